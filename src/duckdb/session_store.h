#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "duckdb/engine.h"
#include "store/remote_stores.h"
#include "store/store.h"

namespace ember {

/// Who reads what from remote buckets by DuckDB's httpfs. DuckDB keeps one secret for each bucket,
/// for all connections, and a query that runs sees the secrets as they were when it began. So keys
/// that expire are in DuckDB's settings, which files opened later do see, and a thread renews them
/// there; one set of such keys at a time, others stay as they were when the query began.
/// Thread-safe; shared by the sessions of an engine.
class RemoteReaders {
 public:
  /// `remote` may be null; it must outlive this.
  RemoteReaders(std::shared_ptr<Engine> engine, RemoteStores* remote)
      : engine_(std::move(engine)), remote_(remote) {}
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
  Status ShareKeys(const ObjectAccess& access, const RemoteStores::Settings& settings);
  void RenewKeys(const std::stop_token& stop);

  std::shared_ptr<Engine> engine_;
  RemoteStores* remote_;
  std::mutex mutex_;
  bool is_loaded_ = false;
  std::map<std::string, Reader> readers_;  // by scope
  // Whose keys are in DuckDB's settings, and what they are: guarded by mutex_.
  std::optional<ObjectAccess> shared_;
  RemoteStores::Settings shared_settings_;
  std::condition_variable_any wake_;
  std::jthread renewal_;  // runs once keys expire
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
