// The one file that uses DuckDB's C++ classes: its C interface can make secrets, but has none that
// are asked for anew. Headers and library are of one pinned version (third_party/parts.json).
#include "duckdb/remote_secrets.h"

#include <duckdb/main/capi/capi_internal.hpp>
#include <duckdb/main/secret/secret_manager.hpp>
#include <duckdb/main/secret/secret_storage.hpp>

#include <exception>
#include <utility>

namespace ember {
namespace {

constexpr const char* kSecretType = "s3";
constexpr const char* kStorageName = "ember";
constexpr int64_t kTieBreak = 5;  // before DuckDB's own storages, 10 and 20

duckdb::unique_ptr<const duckdb::BaseSecret> SecretOf(const ObjectAccess& access) {
  auto secret = duckdb::make_uniq<duckdb::KeyValueSecret>(
      duckdb::vector<duckdb::string>{access.scope}, kSecretType, "config", "ember " + access.scope);
  // Keys that are left out are taken from the settings, so empty ones have to be said.
  secret->secret_map["key_id"] = duckdb::Value(access.access_key_id);
  secret->secret_map["secret"] = duckdb::Value(access.secret_access_key);
  secret->secret_map["session_token"] = duckdb::Value(access.session_token);
  secret->secret_map["endpoint"] = duckdb::Value(access.endpoint);
  secret->secret_map["region"] = duckdb::Value(access.region);
  secret->secret_map["url_style"] =
      duckdb::Value(access.url_style == ObjectUrlStyle::kPath ? "path" : "vhost");
  secret->secret_map["use_ssl"] = duckdb::Value::BOOLEAN(access.transport == ObjectTransport::kTls);
  secret->redact_keys = {"secret", "session_token"};
  return secret;
}

class RemoteSecretStorage final : public duckdb::SecretStorage {
 public:
  explicit RemoteSecretStorage(AccessSource source)
      : SecretStorage(kStorageName, kTieBreak), source_(std::move(source)) {}

  duckdb::SecretMatch LookupSecret(
      const duckdb::string& path, const duckdb::string& type,
      duckdb::optional_ptr<duckdb::CatalogTransaction> /*transaction*/) override {
    duckdb::SecretMatch none;
    if (type != kSecretType) return none;
    const std::optional<ObjectAccess> access = source_(path);
    if (!access) return none;
    duckdb::SecretEntry entry(SecretOf(*access));
    entry.persist_type = duckdb::SecretPersistType::TEMPORARY;
    entry.storage_mode = kStorageName;
    return SelectBestMatch(entry, path, tie_break_offset, none);
  }

  // Nothing is kept, so there is nothing to list, to take away or to find by name.
  duckdb::vector<duckdb::SecretEntry> AllSecrets(
      duckdb::optional_ptr<duckdb::CatalogTransaction> /*transaction*/) override {
    return {};
  }
  duckdb::unique_ptr<duckdb::SecretEntry> GetSecretByName(
      const duckdb::string& /*name*/,
      duckdb::optional_ptr<duckdb::CatalogTransaction> /*transaction*/) override {
    return nullptr;
  }
  void DropSecretByName(const duckdb::string& name, duckdb::OnEntryNotFound if_missing,
                        duckdb::optional_ptr<duckdb::CatalogTransaction> /*transaction*/) override {
    if (if_missing == duckdb::OnEntryNotFound::RETURN_NULL) return;
    throw duckdb::InvalidInputException("there is no secret \"%s\" in \"%s\"", name, kStorageName);
  }
  duckdb::unique_ptr<duckdb::SecretEntry> StoreSecret(
      duckdb::unique_ptr<const duckdb::BaseSecret> /*secret*/,
      duckdb::OnCreateConflict /*if_there*/,
      duckdb::optional_ptr<duckdb::CatalogTransaction> /*transaction*/) override {
    throw duckdb::InvalidInputException("\"%s\" keeps no secrets", kStorageName);
  }

 private:
  AccessSource source_;
};

}  // namespace

Status AddRemoteSecrets(duckdb_database database, AccessSource source) {
  auto* wrapper = reinterpret_cast<duckdb::DatabaseWrapper*>(database);
  try {
    duckdb::SecretManager::Get(*wrapper->database->instance)
        .LoadSecretStorage(duckdb::make_uniq<RemoteSecretStorage>(std::move(source)));
  } catch (const std::exception& error) {
    return InternalError(std::string("DuckDB takes no source of secrets: ") + error.what());
  }
  return {};
}

}  // namespace ember
