#include "duckdb/session_store.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "duckdb/remote_secrets.h"
#include "functions/error_token.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostVersions = 200000;  // of files, some 150 bytes each
constexpr const char* kListingSeconds = "spark.sql.metadataCacheTTLSeconds";

// Beside the DuckDB library, in the build as after an installation.
std::string ExtensionPath() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&duckdb_open), &info) == 0 ||
      info.dli_fname == nullptr) {
    return {};
  }
  std::error_code error;
  const fs::path library = fs::absolute(info.dli_fname, error);
  return library.parent_path() / "httpfs.duckdb_extension";
}

// The beginning of a path that ObjectAccess::scope holds: "s3://bucket/".
std::string ScopeOf(const std::string& path) {
  const size_t bucket = path.find("://");
  if (bucket == std::string::npos) return {};
  const size_t end = path.find('/', bucket + 3);
  return end == std::string::npos ? path + "/" : path.substr(0, end + 1);
}

// DuckDB's own tries: the first comes at once, the next ones after 0.2, 0.4, 0.8 … seconds. It
// takes these settings for all buckets alike.
std::string TransferSql(const ObjectAccess& access) {
  std::string sql = fmt::format(
      "SET GLOBAL http_retries = {}; SET GLOBAL http_retry_wait_ms = 200; "
      "SET GLOBAL http_retry_backoff = 2; SET GLOBAL enable_server_cert_verification = true",
      std::max(access.max_attempts - 1, 0));
  if (!access.ca_file.empty()) {
    sql += fmt::format("; SET GLOBAL ca_cert_file = {}", SqlString(access.ca_file));
  }
  return sql;
}

}  // namespace

Status RemoteReaders::LoadExtension() {
  if (is_loaded_) return {};
  const std::string path = ExtensionPath();
  std::error_code error;
  if (path.empty() || !fs::exists(path, error)) {
    return InvalidInput(
        fmt::format("reading from S3 needs \"{}\", which is not there: install Ember anew", path));
  }
  ASSIGN_OR_RETURN(Connection connection, engine_->Connect());
  RETURN_IF_ERROR(connection.Run(fmt::format("LOAD {}", SqlString(path))));
  // A footer that was read once holds as long as the file's ETag is the same.
  RETURN_IF_ERROR(connection.Run(
      "SET GLOBAL enable_http_metadata_cache = true; SET GLOBAL parquet_metadata_cache = true"));
  ASSIGN_OR_RETURN(duckdb_database database, engine_->Database());
  RETURN_IF_ERROR(AddRemoteSecrets(
      database,
      [known = std::weak_ptr(known_)](const std::string& of) -> std::optional<ObjectAccess> {
        const std::shared_ptr<Known> alive = known.lock();
        return alive == nullptr ? std::nullopt : alive->AccessTo(of);
      }));
  is_loaded_ = true;
  return {};
}

// DuckDB asks for size and ETag of a file once, and every answer with bytes has to carry that ETag.
// But what a footer alone answers (count(*)) would be out of date after a change, and DuckDB
// forgets nothing by itself: from the first change on it has to ask again in every query.
Status RemoteReaders::Notice(const std::vector<FileInfo>& files) {
  std::lock_guard lock(mutex_);
  if (!keeps_facts_) return {};
  bool is_changed = versions_.size() + files.size() > kMostVersions;
  for (const FileInfo& file : files) {
    std::string version = fmt::format("{} {} {}", file.etag, file.size, file.modified_us);
    const auto [known, is_new] = versions_.try_emplace(file.path, version);
    is_changed = is_changed || (!is_new && known->second != version);
  }
  if (!is_changed) return {};
  ASSIGN_OR_RETURN(Connection connection, engine_->Connect());
  RETURN_IF_ERROR(connection.Run("SET GLOBAL enable_http_metadata_cache = false"));
  keeps_facts_ = false;
  versions_.clear();
  return {};
}

Status RemoteReaders::Allow(const ObjectAccess& access, const RemoteStores::Settings& settings,
                            const void* session) {
  std::lock_guard lock(mutex_);
  RETURN_IF_ERROR(LoadExtension());
  {
    std::lock_guard known_lock(known_->mutex);
    Reader& reader = known_->readers[access.scope];
    std::set<const void*> others = reader.sessions;
    others.erase(session);
    if (!others.empty() && reader.settings != settings) {
      return Unsupported("two sessions at once that read " + access.scope +
                         " with different fs.s3a settings");
    }
    reader.settings = settings;
    reader.sessions.insert(session);
    reader.access = access;
  }
  std::string transfer = TransferSql(access);
  if (transfer == transfer_settings_) return {};
  ASSIGN_OR_RETURN(Connection connection, engine_->Connect());
  RETURN_IF_ERROR(connection.Run(transfer));
  transfer_settings_ = std::move(transfer);
  return {};
}

// Whoever gives the keys asks for new ones some minutes before they expire; it only has to be
// asked. Without new keys the old ones stay: they may last, and the query says what S3 says.
std::optional<ObjectAccess> RemoteReaders::Known::AccessTo(const std::string& path) {
  const std::string scope = ScopeOf(path);
  RemoteStores::Settings settings;
  ObjectAccess last;
  {
    std::lock_guard lock(mutex);
    const auto reader = readers.find(scope);
    if (reader == readers.end()) return std::nullopt;
    settings = reader->second.settings;
    last = reader->second.access;
  }
  if (remote == nullptr || last.expires_us == 0) return last;
  Result<ObjectAccess> access = remote->AccessTo(path, settings);
  return access.ok() ? std::move(*access) : std::move(last);
}

void RemoteReaders::Leave(const void* session) {
  std::lock_guard lock(known_->mutex);
  for (auto& [scope, reader] : known_->readers) reader.sessions.erase(session);
}

RemoteStores::Settings SessionStore::SettingsIn(
    const std::map<std::string, std::string>& config) const {
  RemoteStores::Settings settings;
  for (const auto& [key, value] : config) {
    if (remote_->IsSetting(key)) settings[key] = value;
  }
  return settings;
}

void SessionStore::ForgetListings() {
  std::lock_guard lock(mutex_);
  listings_.clear();
}

Result<std::vector<FileInfo>> SessionStore::List(const std::string& path) {
  if (!IsRemote(path)) return local_.List(path);
  const std::map<std::string, std::string> config = config_();
  const RemoteStores::Settings settings = SettingsIn(config);
  const auto started = std::chrono::steady_clock::now();
  {
    std::lock_guard lock(mutex_);
    const auto kept = listings_.find(path);
    if (kept != listings_.end() && started < kept->second.until &&
        kept->second.settings == settings) {
      return kept->second.files;
    }
  }
  ASSIGN_OR_RETURN(std::shared_ptr<Store> store, remote_->StoreFor(settings));
  ASSIGN_OR_RETURN(std::vector<FileInfo> files, store->List(path));
  // After the listing: by then it is known where the bucket is.
  ASSIGN_OR_RETURN(ObjectAccess access, remote_->AccessTo(path, settings));
  RETURN_IF_ERROR(readers_.Allow(access, settings, this));
  RETURN_IF_ERROR(readers_.Notice(files));
  const auto seconds = config.find(kListingSeconds);
  const int kept_for = seconds == config.end() ? 0 : std::atoi(seconds->second.c_str());
  if (kept_for > 0) {
    std::lock_guard lock(mutex_);
    listings_[path] = {files, settings, started + std::chrono::seconds(kept_for)};
  }
  return files;
}

Result<bool> SessionStore::Exists(const std::string& path) {
  if (!IsRemote(path)) return local_.Exists(path);
  ASSIGN_OR_RETURN(std::shared_ptr<Store> store, remote_->StoreFor(SettingsNow()));
  return store->Exists(path);
}

Result<std::string> SessionStore::ReadAll(const std::string& path, int64_t max_bytes) {
  if (!IsRemote(path)) return local_.ReadAll(path, max_bytes);
  ASSIGN_OR_RETURN(std::shared_ptr<Store> store, remote_->StoreFor(SettingsNow()));
  return store->ReadAll(path, max_bytes);
}

Status SessionStore::WriteAll(const std::string& path, std::string_view text) {
  if (!IsRemote(path)) return local_.WriteAll(path, text);
  ASSIGN_OR_RETURN(std::shared_ptr<Store> store, remote_->StoreFor(SettingsNow()));
  return store->WriteAll(path, text);
}

Result<std::vector<std::string>> SessionStore::ListFolders(const std::string& path) {
  if (!IsRemote(path)) return local_.ListFolders(path);
  ASSIGN_OR_RETURN(std::shared_ptr<Store> store, remote_->StoreFor(SettingsNow()));
  return store->ListFolders(path);
}

Result<std::vector<std::string>> SessionStore::ListNames(const std::string& path) {
  if (!IsRemote(path)) return local_.ListNames(path);
  ASSIGN_OR_RETURN(std::shared_ptr<Store> store, remote_->StoreFor(SettingsNow()));
  return store->ListNames(path);
}

Status SessionStore::MakeFolder(const std::string& path) {
  if (!IsRemote(path)) return local_.MakeFolder(path);
  ASSIGN_OR_RETURN(std::shared_ptr<Store> store, remote_->StoreFor(SettingsNow()));
  return store->MakeFolder(path);
}

Result<std::unique_ptr<StagedWrite>> SessionStore::BeginWrite(const std::string& target,
                                                              CommitKind kind) {
  ForgetListings();
  if (!IsRemote(target)) return local_.BeginWrite(target, kind);
  ASSIGN_OR_RETURN(std::shared_ptr<Store> store, remote_->StoreFor(SettingsNow()));
  return store->BeginWrite(target, kind);
}

Status SessionStore::Remove(const std::string& path) {
  ForgetListings();
  if (!IsRemote(path)) return local_.Remove(path);
  ASSIGN_OR_RETURN(std::shared_ptr<Store> store, remote_->StoreFor(SettingsNow()));
  return store->Remove(path);
}

Status SessionStore::Recover(const std::string& target) {
  if (!IsRemote(target)) return local_.Recover(target);
  ASSIGN_OR_RETURN(std::shared_ptr<Store> store, remote_->StoreFor(SettingsNow()));
  return store->Recover(target);
}

}  // namespace ember
