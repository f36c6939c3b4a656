#pragma once

#include <map>
#include <memory>
#include <string>

#include "session/session.h"
#include "spark/connect_client.h"
#include "spark/server_version.h"

namespace ember {

/// A Session at a real Spark Connect server. Plans go as protobuf; what only SQL can say goes as
/// SQL text. Errors are the server's own. Ends the server's session when it is destroyed.
class RemoteSession : public Session {
 public:
  RemoteSession(std::shared_ptr<ConnectClient> client, ServerVersion version);
  ~RemoteSession() override;

  std::string_view id() const override { return client_->session_id(); }
  std::string SparkVersion() const override { return version_.text; }
  /// host:port, for messages.
  std::string server() const { return client_->server(); }

  Result<std::unique_ptr<BatchStream>> Execute(RelationPtr relation,
                                               ExecuteOptions options) override;
  Result<RelationPtr> Execute(const Command& command, ExecuteOptions options) override;
  Result<RelationPtr> ExecuteSql(const SqlQuery& query, ExecuteOptions options) override;
  /// Spark does not say which files it wrote, nor how large they are; it counts the rows where that
  /// does not change their order in the files. What is not known is negative.
  Result<WriteResult> Write(const WriteFiles& write, ExecuteOptions options) override;
  /// A plan of Spark Connect as it is: what the recorder of golden files replays.
  Result<std::unique_ptr<BatchStream>> ExecutePlan(spark::connect::Plan plan,
                                                   ExecuteOptions options);

  Result<Schema> AnalyzeSchema(RelationPtr relation) override;
  Result<std::string> ExplainText(RelationPtr relation, ExplainMode mode) override;
  Result<std::vector<std::string>> InputFiles(RelationPtr relation) override;
  Result<bool> SameSemantics(RelationPtr a, RelationPtr b) override;

  Status Persist(RelationPtr relation, StorageLevel level) override;
  Status Unpersist(RelationPtr relation, bool blocking) override;  // NOLINT: Spark's own flag
  Result<StorageLevel> GetStorageLevel(RelationPtr relation) override;

  Result<std::string> GetConfig(const std::string& key) override;
  std::optional<std::string> FindConfig(const std::string& key) override;
  Status SetConfig(const std::string& key, const std::string& value) override;
  /// All of them in one call.
  Status SetConfigs(const std::map<std::string, std::string>& config);
  Status UnsetConfig(const std::string& key) override;
  std::map<std::string, std::string> AllConfig() override;
  bool IsModifiableConfig(const std::string& key) override;

  Status AddArtifact(const std::string& name, std::string bytes) override;
  bool HasArtifact(const std::string& name) override;

 private:
  std::shared_ptr<ConnectClient> client_;
  ServerVersion version_;
};

/// As ConnectSpark, for those who need more than a Session.
Result<std::shared_ptr<RemoteSession>> ConnectRemoteSession(
    const std::string& url, ConnectOptions options = {},
    const std::map<std::string, std::string>& config = {});

}  // namespace ember
