#include "duckdb/table_catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace ember {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDefaultDatabase = "default";

std::vector<std::string> NamesIn(const std::string& folder, std::string_view suffix) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename();
    if (!name.starts_with('.') && name.ends_with(suffix)) {
      names.push_back(name.substr(0, name.size() - suffix.size()));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

Result<std::string> TableFolder(const std::string& location) {
  if (location.find("://") != std::string::npos && !location.starts_with("file:")) {
    return Unsupported("a table in " + location.substr(0, location.find(':')) +
                       ":// (write and read the path itself, or make a temporary view of it)");
  }
  return LocalPath(location);
}

TableCatalog::TableCatalog(std::string warehouse, Store& store)
    : warehouse_(LocalPath(warehouse)), store_(store) {}

std::string TableCatalog::MetadataFolder(const std::string& database) const {
  return fmt::format("{}/.ember/{}", warehouse_, database);
}

std::string TableCatalog::DatabaseLocation(const std::string& database) const {
  return database == kDefaultDatabase ? warehouse_ : fmt::format("{}/{}.db", warehouse_, database);
}

std::string TableCatalog::DefaultLocation(const std::string& database,
                                          const std::string& table) const {
  return DatabaseLocation(database) + "/" + table;
}

std::vector<std::string> TableCatalog::Databases() {
  std::vector<std::string> names = NamesIn(warehouse_ + "/.ember", "");
  if (std::find(names.begin(), names.end(), kDefaultDatabase) == names.end()) {
    names.emplace_back(kDefaultDatabase);
    std::sort(names.begin(), names.end());
  }
  return names;
}

bool TableCatalog::HasDatabase(const std::string& database) {
  std::error_code error;
  return database == kDefaultDatabase || fs::is_directory(MetadataFolder(database), error);
}

Status TableCatalog::CreateDatabase(const std::string& database) {
  std::error_code error;
  fs::create_directories(MetadataFolder(database), error);
  if (!error) fs::create_directories(DatabaseLocation(database), error);
  if (error)
    return InvalidInput(
        fmt::format("cannot make \"{}\": {}", DatabaseLocation(database), error.message()));
  return {};
}

Status TableCatalog::DropDatabase(const std::string& database, bool cascade) {
  const std::vector<std::string> tables = Tables(database);
  if (!tables.empty() && !cascade) {
    return MakeError("SCHEMA_NOT_EMPTY", {{"schemaName", QuoteIdentifier(database)}});
  }
  for (const std::string& name : tables) {
    ASSIGN_OR_RETURN(std::optional<TableInfo> table, Find(database, name));
    if (table) RETURN_IF_ERROR(Drop(*table));
  }
  std::error_code error;
  fs::remove_all(MetadataFolder(database), error);
  fs::remove_all(DatabaseLocation(database), error);
  return {};
}

std::vector<std::string> TableCatalog::Tables(const std::string& database) {
  return NamesIn(MetadataFolder(database), ".json");
}

Result<std::optional<TableInfo>> TableCatalog::Find(const std::string& database,
                                                    const std::string& table) {
  std::lock_guard lock(mutex_);
  const std::string path = fmt::format("{}/{}.json", MetadataFolder(database), table);
  std::ifstream file(path);
  if (!file) return std::optional<TableInfo>();
  const nlohmann::json json = nlohmann::json::parse(file, nullptr, false);
  if (json.is_discarded() || !json.is_object())
    return InvalidInput(fmt::format("\"{}\" is damaged", path));
  TableInfo info;
  info.database = database;
  info.name = table;
  info.format = json.value("format", "parquet");
  info.location = json.value("location", "");
  info.is_external = json.value("external", false);
  info.partition_by = json.value("partition_by", std::vector<std::string>());
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
  std::lock_guard lock(mutex_);
  const std::string folder = MetadataFolder(table.database);
  std::error_code error;
  fs::create_directories(folder, error);
  nlohmann::json json = {{"format", table.format},        {"location", table.location},
                         {"external", table.is_external}, {"partition_by", table.partition_by},
                         {"options", table.options},      {"schema", SchemaJson(table.schema)},
                         {"comment", table.comment},      {"properties", table.properties},
                         {"created_us", table.created_us}};
  if (table.is_view) {
    json["view"] = true;
    json["view_text"] = table.view_text;
    json["query_columns"] = table.query_columns;
    json["ansi"] = table.is_ansi;
  }
  const std::string path = fmt::format("{}/{}.json", folder, table.name);
  const std::string draft = fmt::format("{}/.{}.draft", folder, table.name);
  {
    std::ofstream file(draft);
    file << json.dump(1);
    if (!file.flush()) return InvalidInput(fmt::format("cannot write \"{}\"", draft));
  }
  fs::rename(draft, path, error);
  if (error) return InvalidInput(fmt::format("cannot write \"{}\": {}", path, error.message()));
  return {};
}

Status TableCatalog::Drop(const TableInfo& table) {
  {
    std::lock_guard lock(mutex_);
    std::error_code error;
    fs::remove(fmt::format("{}/{}.json", MetadataFolder(table.database), table.name), error);
  }
  if (!table.is_external && !table.is_view) RETURN_IF_ERROR(store_.Remove(table.location));
  return {};
}

Status TableCatalog::Rename(const TableInfo& table, const std::string& name) {
  TableInfo renamed = table;
  renamed.name = name;
  const bool moves = !table.is_external && !table.is_view &&
                     table.location == DefaultLocation(table.database, table.name);
  if (moves) {
    renamed.location = DefaultLocation(table.database, name);
    std::error_code error;
    fs::rename(table.location, renamed.location, error);
    if (error) {
      return InvalidInput(fmt::format("cannot move \"{}\": {}", table.location, error.message()));
    }
  }
  RETURN_IF_ERROR(Put(renamed));
  std::lock_guard lock(mutex_);
  std::error_code error;
  fs::remove(fmt::format("{}/{}.json", MetadataFolder(table.database), table.name), error);
  return {};
}

}  // namespace ember
