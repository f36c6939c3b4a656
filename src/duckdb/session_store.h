#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "duckdb/engine.h"
#include "store/remote_stores.h"
#include "store/store.h"

namespace ember {

/// Who reads what from remote buckets by DuckDB's httpfs. DuckDB keeps one secret for each bucket,
/// for all connections. Thread-safe; shared by the sessions of an engine.
class RemoteReaders {
 public:
  explicit RemoteReaders(std::shared_ptr<Engine> engine) : engine_(std::move(engine)) {}
  /// Lets DuckDB read what `access` is for. UNSUPPORTED_FEATURE.EMBER when another session that
  /// lives reads the same bucket with other settings.
  Status Allow(const ObjectAccess& access, const RemoteStores::Settings& settings,
               const void* session);
  void Leave(const void* session);

 private:
  struct Reader {
    RemoteStores::Settings settings;
    std::set<const void*> sessions;
  };
  Status LoadExtension();

  std::shared_ptr<Engine> engine_;
  std::mutex mutex_;
  bool is_loaded_ = false;
  std::map<std::string, Reader> readers_;  // by scope
};

/// The store of one session: local paths go to the process's store, remote ones to a store made of
/// the session's settings. A remote path that was listed can be read by DuckDB.
class SessionStore final : public Store {
 public:
  using AllConfig = std::function<std::map<std::string, std::string>()>;
  /// `remote` may be null; all must outlive this.
  SessionStore(Store& local, RemoteStores* remote, RemoteReaders& readers, AllConfig config)
      : local_(local), remote_(remote), readers_(readers), config_(std::move(config)) {}
  ~SessionStore() override { readers_.Leave(this); }

  Result<std::vector<FileInfo>> List(const std::string& path) override;
  Result<bool> Exists(const std::string& path) override;
  Result<std::string> ReadAll(const std::string& path, int64_t max_bytes) override;
  Result<std::unique_ptr<StagedWrite>> BeginWrite(const std::string& target,
                                                  CommitKind kind) override;
  Status Remove(const std::string& path) override;
  Status Recover(const std::string& target) override;

 private:
  bool IsRemote(const std::string& path) const { return remote_ != nullptr && remote_->Owns(path); }
  RemoteStores::Settings SettingsNow() const;

  Store& local_;
  RemoteStores* remote_;
  RemoteReaders& readers_;
  AllConfig config_;
};

}  // namespace ember
