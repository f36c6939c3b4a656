#include "duckdb/session_store.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "functions/error_token.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

constexpr int kRenewalSeconds = 5;
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

// Keys that are left out of a secret are taken from the settings, so empty ones have to be said.
enum class SecretKeys { kInSecret, kInSettings };

std::string SecretSql(const ObjectAccess& access, SecretKeys keys) {
  std::string sql = fmt::format(
      "CREATE OR REPLACE TEMPORARY SECRET {} (TYPE s3, SCOPE {}, ENDPOINT {}, REGION {}, "
      "URL_STYLE {}, USE_SSL {}",
      SqlIdentifier("ember " + access.scope), SqlString(access.scope), SqlString(access.endpoint),
      SqlString(access.region), access.url_style == ObjectUrlStyle::kPath ? "'path'" : "'vhost'",
      access.transport == ObjectTransport::kTls ? "true" : "false");
  if (keys == SecretKeys::kInSecret) {
    sql += fmt::format(", KEY_ID {}, SECRET {}, SESSION_TOKEN {}", SqlString(access.access_key_id),
                       SqlString(access.secret_access_key), SqlString(access.session_token));
  }
  return sql + ")";
}

std::string SettingsSql(const ObjectAccess& access) {
  return fmt::format(
      "SET GLOBAL s3_session_token = {}; SET GLOBAL s3_secret_access_key = {}; "
      "SET GLOBAL s3_access_key_id = {}",
      SqlString(access.session_token), SqlString(access.secret_access_key),
      SqlString(access.access_key_id));
}

bool HasSameKeys(const ObjectAccess& a, const ObjectAccess& b) {
  return a.access_key_id == b.access_key_id && a.secret_access_key == b.secret_access_key &&
         a.session_token == b.session_token;
}

bool IsSameAccess(const ObjectAccess& a, const ObjectAccess& b) {
  return HasSameKeys(a, b) && a.endpoint == b.endpoint && a.region == b.region &&
         a.transport == b.transport && a.url_style == b.url_style && a.expires_us == b.expires_us;
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
  Reader& reader = readers_[access.scope];
  std::set<const void*> others = reader.sessions;
  others.erase(session);
  if (!others.empty() && reader.settings != settings) {
    return Unsupported("two sessions at once that read " + access.scope +
                       " with different fs.s3a settings");
  }
  reader.settings = settings;
  reader.sessions.insert(session);
  ASSIGN_OR_RETURN(Connection connection, engine_->Connect());
  if (std::string transfer = TransferSql(access); transfer != transfer_settings_) {
    RETURN_IF_ERROR(connection.Run(transfer));
    transfer_settings_ = std::move(transfer);
  }
  if (reader.access && IsSameAccess(*reader.access, access)) return {};
  const SecretKeys keys = access.expires_us != 0 && MayShareKeys(access) ? SecretKeys::kInSettings
                                                                         : SecretKeys::kInSecret;
  if (keys == SecretKeys::kInSettings) RETURN_IF_ERROR(ShareKeys(access, settings));
  // DuckDB's message may quote the statement, and with it the secret.
  if (!connection.Run(SecretSql(access, keys)).ok()) {
    return InternalError("DuckDB does not take the access to " + access.scope);
  }
  reader.access = access;
  reader.uses_settings = keys == SecretKeys::kInSettings;
  return {};
}

// With mutex_ held. Of several buckets with different keys that expire, those of the first one and
// its equals are renewed while queries run, until no session reads these buckets any more: then
// DuckDB has to be told of them anew.
bool RemoteReaders::MayShareKeys(const ObjectAccess& access) {
  if (!shared_ || shared_->scope == access.scope || HasSameKeys(*shared_, access)) return true;
  for (const auto& [scope, reader] : readers_) {
    if (scope != access.scope && reader.uses_settings && !reader.sessions.empty()) return false;
  }
  for (auto& [scope, reader] : readers_) {
    if (reader.uses_settings) reader.access.reset();
    reader.uses_settings = false;
  }
  return true;
}

// With mutex_ held.
Status RemoteReaders::ShareKeys(const ObjectAccess& access,
                                const RemoteStores::Settings& settings) {
  if (!shared_ || !HasSameKeys(*shared_, access)) {
    ASSIGN_OR_RETURN(Connection connection, engine_->Connect());
    if (!connection.Run(SettingsSql(access)).ok()) {
      return InternalError("DuckDB does not take the keys of " + access.scope);
    }
  }
  shared_ = access;
  shared_settings_ = settings;
  if (!renewal_.joinable() && remote_ != nullptr) {
    renewal_ = std::jthread([this](const std::stop_token& stop) { RenewKeys(stop); });
  }
  return {};
}

// Whoever gives the keys asks for new ones some minutes before they expire; it only has to be
// asked.
void RemoteReaders::RenewKeys(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    wake_.wait_for(lock, stop, std::chrono::seconds(kRenewalSeconds), [] { return false; });
    if (stop.stop_requested()) return;
    const std::string scope = shared_->scope;
    const RemoteStores::Settings settings = shared_settings_;
    lock.unlock();
    Result<ObjectAccess> access = remote_->AccessTo(scope, settings);
    lock.lock();
    // Without new keys the old ones stay: they may last, and the query says what S3 says.
    if (access.ok() && shared_->scope == scope) static_cast<void>(ShareKeys(*access, settings));
  }
}

void RemoteReaders::Leave(const void* session) {
  std::lock_guard lock(mutex_);
  for (auto& [scope, reader] : readers_) reader.sessions.erase(session);
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
