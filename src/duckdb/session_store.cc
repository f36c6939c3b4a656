#include "duckdb/session_store.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>

#include "functions/error_token.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

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

std::string SecretSql(const ObjectAccess& access) {
  std::string sql = fmt::format(
      "CREATE OR REPLACE TEMPORARY SECRET {} (TYPE s3, SCOPE {}, ENDPOINT {}, REGION {}, "
      "URL_STYLE {}, USE_SSL {}",
      SqlIdentifier("ember " + access.scope), SqlString(access.scope), SqlString(access.endpoint),
      SqlString(access.region), access.url_style == ObjectUrlStyle::kPath ? "'path'" : "'vhost'",
      access.transport == ObjectTransport::kTls ? "true" : "false");
  if (!access.access_key_id.empty()) {
    sql += fmt::format(", KEY_ID {}, SECRET {}", SqlString(access.access_key_id),
                       SqlString(access.secret_access_key));
  }
  if (!access.session_token.empty()) {
    sql += fmt::format(", SESSION_TOKEN {}", SqlString(access.session_token));
  }
  return sql + ")";
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
  is_loaded_ = true;
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
  // DuckDB's message may quote the statement, and with it the secret.
  if (!connection.Run(SecretSql(access)).ok()) {
    return InternalError("DuckDB does not take the access to " + access.scope);
  }
  return {};
}

void RemoteReaders::Leave(const void* session) {
  std::lock_guard lock(mutex_);
  for (auto& [scope, reader] : readers_) reader.sessions.erase(session);
}

RemoteStores::Settings SessionStore::SettingsNow() const {
  RemoteStores::Settings settings;
  for (const auto& [key, value] : config_()) {
    if (remote_->IsSetting(key)) settings[key] = value;
  }
  return settings;
}

Result<std::vector<FileInfo>> SessionStore::List(const std::string& path) {
  if (!IsRemote(path)) return local_.List(path);
  const RemoteStores::Settings settings = SettingsNow();
  ASSIGN_OR_RETURN(std::shared_ptr<Store> store, remote_->StoreFor(settings));
  RETURN_IF_ERROR(store->Recover(path));
  ASSIGN_OR_RETURN(std::vector<FileInfo> files, store->List(path));
  // After the listing: by then it is known where the bucket is.
  ASSIGN_OR_RETURN(ObjectAccess access, remote_->AccessTo(path, settings));
  RETURN_IF_ERROR(readers_.Allow(access, settings, this));
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

Result<std::unique_ptr<StagedWrite>> SessionStore::BeginWrite(const std::string& target,
                                                              CommitKind kind) {
  if (!IsRemote(target)) return local_.BeginWrite(target, kind);
  ASSIGN_OR_RETURN(std::shared_ptr<Store> store, remote_->StoreFor(SettingsNow()));
  return store->BeginWrite(target, kind);
}

Status SessionStore::Remove(const std::string& path) {
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
