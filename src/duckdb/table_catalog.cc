#include "duckdb/table_catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "duckdb/outer_catalog.h"

namespace ember {
namespace {

constexpr std::string_view kDefaultDatabase = "default";

constexpr int64_t kMaxMetadataBytes = int64_t{64} << 20;

bool IsRemotePath(const std::string& path) {
  return path.find("://") != std::string::npos && !path.starts_with("file:");
}

// What stands before `suffix` in the names of a folder.
Result<std::vector<std::string>> NamesIn(Store& store, const std::string& folder,
                                         std::string_view suffix) {
  ASSIGN_OR_RETURN(std::vector<std::string> names, store.ListNames(folder));
  std::erase_if(names, [&](const std::string& name) {
    return name.starts_with('.') || !name.ends_with(suffix);
  });
  for (std::string& name : names) name.resize(name.size() - suffix.size());
  return names;
}

}  // namespace

Result<std::string> TableFolder(const std::string& location, const RemoteStores* remote) {
  if (!IsRemotePath(location)) return LocalPath(location);
  if (remote == nullptr || !remote->Owns(location)) {
    return Unsupported("a table in " + location.substr(0, location.find(':')) + "://");
  }
  std::string folder = location;
  while (folder.ends_with('/')) folder.pop_back();
  return folder;
}

std::string ShownLocation(const std::string& folder) {
  if (folder.empty()) return folder;
  return IsRemotePath(folder) ? folder : "file:" + folder;
}

std::string TableCatalog::MetadataFolder(const std::string& database) const {
  return fmt::format("{}/.ember/{}", warehouse_, database);
}

std::string TableCatalog::MetadataFile(const std::string& database,
                                       const std::string& table) const {
  return fmt::format("{}/{}.json", MetadataFolder(database), table);
}

std::string TableCatalog::DatabaseLocation(const std::string& database) const {
  if (const auto outer = outer_(); outer.ok() && *outer != nullptr) {
    const auto found = (*outer)->FindDatabase(database);
    return found.ok() && *found ? (*found)->location : "";
  }
  return database == kDefaultDatabase ? warehouse_ : fmt::format("{}/{}.db", warehouse_, database);
}

std::string TableCatalog::DefaultLocation(const std::string& database,
                                          const std::string& table) const {
  return DatabaseLocation(database) + "/" + table;
}

Status TableCatalog::CheckWritable() {
  ASSIGN_OR_RETURN(OuterCatalog * outer, outer_());
  if (outer == nullptr) return {};
  return Unsupported("changes of " + outer->title() +
                     " by SQL and saveAsTable: a pipeline's outputs keep its tables");
}

Result<std::vector<std::string>> TableCatalog::Databases() {
  ASSIGN_OR_RETURN(OuterCatalog * outer, outer_());
  std::vector<std::string> names;
  if (outer != nullptr) {
    ASSIGN_OR_RETURN(const std::vector<OuterDatabase> databases, outer->Databases());
    for (const OuterDatabase& database : databases) names.push_back(database.name);
    std::sort(names.begin(), names.end());
  } else {
    ASSIGN_OR_RETURN(names, NamesIn(store_, warehouse_ + "/.ember", "/"));
  }
  if (std::find(names.begin(), names.end(), kDefaultDatabase) == names.end()) {
    names.emplace_back(kDefaultDatabase);
    std::sort(names.begin(), names.end());
  }
  return names;
}

Result<bool> TableCatalog::HasDatabase(const std::string& database) {
  if (database == kDefaultDatabase) return true;
  ASSIGN_OR_RETURN(OuterCatalog * outer, outer_());
  if (outer != nullptr) {
    ASSIGN_OR_RETURN(const auto found, outer->FindDatabase(database));
    return found.has_value();
  }
  return store_.Exists(MetadataFolder(database));
}

Status TableCatalog::CreateDatabase(const std::string& database) {
  RETURN_IF_ERROR(CheckWritable());
  RETURN_IF_ERROR(store_.MakeFolder(MetadataFolder(database)));
  return store_.MakeFolder(DatabaseLocation(database));
}

Status TableCatalog::DropDatabase(const std::string& database, bool cascade) {
  RETURN_IF_ERROR(CheckWritable());
  ASSIGN_OR_RETURN(const std::vector<std::string> tables, Tables(database));
  if (!tables.empty() && !cascade) {
    return MakeError("SCHEMA_NOT_EMPTY", {{"schemaName", QuoteIdentifier(database)}});
  }
  for (const std::string& name : tables) {
    ASSIGN_OR_RETURN(std::optional<TableInfo> table, Find(database, name));
    if (table) RETURN_IF_ERROR(Drop(*table));
  }
  RETURN_IF_ERROR(store_.Remove(MetadataFolder(database)));
  return store_.Remove(DatabaseLocation(database));
}

Result<std::vector<std::string>> TableCatalog::Tables(const std::string& database) {
  ASSIGN_OR_RETURN(OuterCatalog * outer, outer_());
  if (outer != nullptr) return outer->Tables(database);
  return NamesIn(store_, MetadataFolder(database), ".json");
}

Result<std::optional<TableInfo>> TableCatalog::Find(const std::string& database,
                                                    const std::string& table) {
  ASSIGN_OR_RETURN(OuterCatalog * outer, outer_());
  if (outer != nullptr) return outer->Find(database, table);
  const std::string path = MetadataFile(database, table);
  Result<std::string> text = store_.ReadAll(path, kMaxMetadataBytes);
  if (!text.ok()) {
    if (text.error().condition == "PATH_NOT_FOUND") return std::optional<TableInfo>();
    return std::move(text).error();
  }
  const nlohmann::json json = nlohmann::json::parse(*text, nullptr, false);
  if (json.is_discarded() || !json.is_object())
    return InvalidInput(fmt::format("\"{}\" is damaged", path));
  TableInfo info;
  info.database = database;
  info.name = table;
  info.format = json.value("format", "parquet");
  info.location = json.value("location", "");
  info.is_external = json.value("external", false);
  info.partition_by = json.value("partition_by", std::vector<std::string>());
  info.bucket.count = json.value("buckets", 0);
  info.bucket.columns = json.value("bucket_by", std::vector<std::string>());
  info.bucket.sort_columns = json.value("sort_by", std::vector<std::string>());
  info.options = json.value("options", Options());
  info.comment = json.value("comment", "");
  info.properties = json.value("properties", std::map<std::string, std::string>());
  info.created_us = json.value("created_us", int64_t{0});
  info.is_view = json.value("view", false);
  info.view_text = json.value("view_text", "");
  info.query_columns = json.value("query_columns", std::vector<std::string>());
  info.is_ansi = json.value("ansi", true);
  ASSIGN_OR_RETURN(DataType type, ParseTypeJson(json.value("schema", "")));
  info.schema = type.fields();
  return std::optional<TableInfo>(std::move(info));
}

Status TableCatalog::Put(const TableInfo& table) {
  RETURN_IF_ERROR(CheckWritable());
  nlohmann::json json = {{"format", table.format},        {"location", table.location},
                         {"external", table.is_external}, {"partition_by", table.partition_by},
                         {"options", table.options},      {"schema", SchemaJson(table.schema)},
                         {"comment", table.comment},      {"properties", table.properties},
                         {"created_us", table.created_us}};
  if (!table.bucket.empty()) {
    json["buckets"] = table.bucket.count;
    json["bucket_by"] = table.bucket.columns;
    json["sort_by"] = table.bucket.sort_columns;
  }
  if (table.is_view) {
    json["view"] = true;
    json["view_text"] = table.view_text;
    json["query_columns"] = table.query_columns;
    json["ansi"] = table.is_ansi;
  }
  return store_.WriteAll(MetadataFile(table.database, table.name), json.dump(1));
}

Status TableCatalog::Drop(const TableInfo& table) {
  RETURN_IF_ERROR(CheckWritable());
  RETURN_IF_ERROR(store_.Remove(MetadataFile(table.database, table.name)));
  if (!table.is_external && !table.is_view) RETURN_IF_ERROR(store_.Remove(table.location));
  return {};
}

Status TableCatalog::Rename(const TableInfo& table, const std::string& name) {
  RETURN_IF_ERROR(CheckWritable());
  TableInfo renamed = table;
  renamed.name = name;
  const bool moves = !table.is_external && !table.is_view &&
                     table.location == DefaultLocation(table.database, table.name);
  if (moves) {
    if (IsRemotePath(table.location)) {
      return Unsupported("ALTER TABLE ... RENAME TO of a managed table in S3");
    }
    renamed.location = DefaultLocation(table.database, name);
    std::error_code error;
    std::filesystem::rename(table.location, renamed.location, error);
    if (error) {
      return InvalidInput(fmt::format("cannot move \"{}\": {}", table.location, error.message()));
    }
  }
  RETURN_IF_ERROR(Put(renamed));
  return store_.Remove(MetadataFile(table.database, table.name));
}

}  // namespace ember
