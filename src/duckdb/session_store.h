#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "duckdb/engine.h"
#include "store/remote_stores.h"
#include "store/store.h"

namespace ember {

/// Who reads what from remote buckets by DuckDB's httpfs, which asks this for the keys of each file
/// that it opens: so keys that expire are renewed while a query runs, those of every bucket. For
/// DuckDB a bucket's keys are the same in all connections. Thread-safe; shared by the sessions of
/// an engine, one for each engine.
class RemoteReaders {
 public:
  /// `remote` may be null; it must outlive this.
  RemoteReaders(std::shared_ptr<Engine> engine, RemoteStores* remote)
      : engine_(std::move(engine)), known_(std::make_shared<Known>()) {
    known_->remote = remote;
  }
  /// Lets DuckDB read what `access` is for. UNSUPPORTED_FEATURE.EMBER when another session that
  /// lives reads the same bucket with other settings.
  Status Allow(const ObjectAccess& access, const RemoteStores::Settings& settings,
               const void* session);
  /// Tells what a listing has shown before DuckDB reads it. Until a file is another than it was,
  /// DuckDB may keep what it knows of files (size, ETag, footer) from query to query.
  Status Notice(const std::vector<FileInfo>& files);
  void Leave(const void* session);

 private:
  struct Reader {
    RemoteStores::Settings settings;
    std::set<const void*> sessions;
    ObjectAccess access;  // as it was last
  };
  // What DuckDB asks; it may ask when this is gone.
  struct Known {
    std::optional<ObjectAccess> AccessTo(const std::string& path);

    RemoteStores* remote = nullptr;
    std::mutex mutex;
    std::map<std::string, Reader> readers;  // by scope; guarded by mutex
  };
  Status LoadExtension();

  std::shared_ptr<Engine> engine_;
  std::shared_ptr<Known> known_;
  std::mutex mutex_;
  bool is_loaded_ = false;
  std::string transfer_settings_;  // the statements that DuckDB has run last
  bool keeps_facts_ = true;        // of files, from query to query
  std::unordered_map<std::string, std::string> versions_;  // of listed files, by path
};

/// The store of one session: local paths go to the process's store, remote ones to a store made of
/// the session's settings. A remote path that was listed can be read by DuckDB. Where Spark's own
/// setting spark.sql.metadataCacheTTLSeconds is positive, remote listings are kept for so long, or
/// until this session writes: as Spark lists once for each DataFrame.
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
  Status WriteAll(const std::string& path, std::string_view text) override;
  Result<std::vector<std::string>> ListFolders(const std::string& path) override;
  Result<std::vector<std::string>> ListNames(const std::string& path) override;
  Status MakeFolder(const std::string& path) override;
  Result<std::unique_ptr<StagedWrite>> BeginWrite(const std::string& target,
                                                  CommitKind kind) override;
  Status Remove(const std::string& path) override;
  Status Recover(const std::string& target) override;
  /// Something was written.
  void ForgetListings();

 private:
  bool IsRemote(const std::string& path) const { return remote_ != nullptr && remote_->Owns(path); }
  RemoteStores::Settings SettingsIn(const std::map<std::string, std::string>& config) const;
  RemoteStores::Settings SettingsNow() const { return SettingsIn(config_()); }

  struct KeptListing {
    std::vector<FileInfo> files;
    RemoteStores::Settings settings;
    std::chrono::steady_clock::time_point until;
  };

  Store& local_;
  RemoteStores* remote_;
  RemoteReaders& readers_;
  AllConfig config_;
  std::mutex mutex_;
  std::map<std::string, KeptListing> listings_;  // by path; guarded by mutex_
};

}  // namespace ember
