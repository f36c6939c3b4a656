#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "session/session.h"

namespace ember {

/// A session for tests of the server: Range gives its numbers, ten rows a batch; Range from 13
/// fails; Range from 99 runs until it is stopped; SQL that starts with SET is a command.
class FakeSession final : public Session {
 public:
  explicit FakeSession(std::string id) : id_(std::move(id)) {
    config_["spark.sql.session.timeZone"] = "UTC";
  }

  std::string_view id() const override { return id_; }
  std::string SparkVersion() const override { return "4.0.2"; }

  Result<std::unique_ptr<BatchStream>> Execute(RelationPtr relation,
                                               ExecuteOptions options) override;
  Result<RelationPtr> Execute(const Command& command, ExecuteOptions) override {
    const std::lock_guard lock(mutex_);
    commands_.push_back(command);
    return MakeRelation(ValuesRelation{});
  }
  Result<RelationPtr> ExecuteSql(const SqlQuery& query, ExecuteOptions) override {
    if (query.text.starts_with("SET")) {
      return MakeRelation(ValuesRelation{{{"key", StringType()}}, {{{std::string("k")}}}});
    }
    return MakeRelation(query);
  }
  Result<WriteResult> Write(const WriteFiles& write, ExecuteOptions) override {
    const std::lock_guard lock(mutex_);
    commands_.push_back({write});
    return WriteResult{};
  }

  Result<Schema> AnalyzeSchema(RelationPtr) override { return Schema{{"id", LongType(), false}}; }
  Result<std::string> ExplainText(RelationPtr, ExplainMode) override { return "plan"; }
  Result<std::vector<std::string>> InputFiles(RelationPtr) override {
    return std::vector<std::string>{"file:/a"};
  }
  Result<bool> SameSemantics(RelationPtr, RelationPtr) override { return true; }

  Status Persist(RelationPtr, StorageLevel level) override {
    const std::lock_guard lock(mutex_);
    level_ = level;
    return {};
  }
  Status Unpersist(RelationPtr, bool) override {
    const std::lock_guard lock(mutex_);
    level_ = {};
    return {};
  }
  Result<StorageLevel> GetStorageLevel(RelationPtr) override {
    const std::lock_guard lock(mutex_);
    return level_;
  }

  Result<std::string> GetConfig(const std::string& key) override {
    const auto value = FindConfig(key);
    if (!value) return MakeError("SQL_CONF_NOT_FOUND", {{"sqlConf", "\"" + key + "\""}});
    return *value;
  }
  std::optional<std::string> FindConfig(const std::string& key) override {
    const std::lock_guard lock(mutex_);
    const auto found = config_.find(key);
    if (found == config_.end()) return std::nullopt;
    return found->second;
  }
  Status SetConfig(const std::string& key, const std::string& value) override {
    const std::lock_guard lock(mutex_);
    config_[key] = value;
    return {};
  }
  Status UnsetConfig(const std::string& key) override {
    const std::lock_guard lock(mutex_);
    config_.erase(key);
    return {};
  }
  std::map<std::string, std::string> AllConfig() override {
    const std::lock_guard lock(mutex_);
    return config_;
  }
  bool IsModifiableConfig(const std::string&) override { return true; }
  Status AddArtifact(const std::string& name, std::string) override {
    return Unsupported("artifact " + name);
  }
  bool HasArtifact(const std::string&) override { return false; }

  std::vector<Command> commands() const {
    const std::lock_guard lock(mutex_);
    return commands_;
  }

 private:
  const std::string id_;
  mutable std::mutex mutex_;
  std::map<std::string, std::string> config_;
  std::vector<Command> commands_;
  StorageLevel level_;
};

/// Keeps the sessions it made, so that a test can look into them.
class FakeSessions final : public SessionFactory {
 public:
  Result<std::shared_ptr<Session>> NewSession(const std::string& id, const std::string&) override {
    const std::lock_guard lock(mutex_);
    sessions_.push_back(std::make_shared<FakeSession>(id));
    return std::shared_ptr<Session>(sessions_.back());
  }
  std::shared_ptr<FakeSession> last() const {
    const std::lock_guard lock(mutex_);
    return sessions_.back();
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<FakeSession>> sessions_;
};

}  // namespace ember
