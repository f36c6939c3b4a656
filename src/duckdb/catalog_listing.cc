// What spark.catalog asks: names, tables, columns and functions as rows.
#include "duckdb/catalog_listing.h"

#include <algorithm>

#include "duckdb/file_formats.h"
#include "duckdb/local_session.h"
#include "functions/registry.h"

namespace ember {

bool MatchesPattern(const std::string& pattern, const std::string& name) {
  if (pattern.empty()) return true;
  size_t start = 0;
  while (start <= pattern.size()) {
    size_t end = pattern.find('|', start);
    if (end == std::string::npos) end = pattern.size();
    if (MatchesGlob(LowerCase(pattern.substr(start, end - start)), LowerCase(name))) return true;
    start = end + 1;
  }
  return false;
}

StructField TextField(std::string name, bool nullable) {
  return {std::move(name), StringType(), nullable, ""};
}

Error NoSuchSchema(const std::string& database) {
  return MakeError("SCHEMA_NOT_FOUND", {{"schemaName", QuoteName({"spark_catalog", database})}});
}

Result<ValuesRelation> LocalSession::QueryCatalog(const CatalogQuery& query) {
  const auto argument = [&](const char* name) {
    const auto found = query.arguments.find(name);
    return found == query.arguments.end() ? std::string() : found->second;
  };
  const std::string& operation = query.operation;
  ValuesRelation answer;
  const auto single = [&](StructField field, Value value) {
    answer.schema = {std::move(field)};
    answer.rows = {{std::move(value)}};
    return answer;
  };
  if (operation == "currentDatabase")
    return single(TextField("value", true), Value{CurrentDatabase()});
  if (operation == "currentCatalog")
    return single(TextField("value", true), Value{std::string("spark_catalog")});
  if (operation == "databaseExists") {
    ASSIGN_OR_RETURN(const bool is_there, tables_.HasDatabase(LowerCase(argument("dbName"))));
    return single({"value", BooleanType(), false, ""}, Value{is_there});
  }
  if (operation == "tableExists") {
    std::vector<std::string> name;
    if (!argument("dbName").empty()) name.push_back(argument("dbName"));
    ASSIGN_OR_RETURN(std::vector<std::string> parts, ParseTableName(argument("tableName")));
    name.insert(name.end(), parts.begin(), parts.end());
    return single({"value", BooleanType(), false, ""}, Value{FindTable(name).ok()});
  }
  if (operation == "functionExists") {
    return single({"value", BooleanType(), false, ""},
                  Value{FindFunction(argument("functionName")) != nullptr});
  }
  if (operation == "setCurrentDatabase") {
    RETURN_IF_ERROR(Run(UseNamespace{{argument("dbName")}}, ExecuteOptions{}));
    return answer;
  }
  if (operation == "setCurrentCatalog") return answer;
  if (operation == "listDatabases") {
    answer.schema = {TextField("name", true), TextField("catalog", true),
                     TextField("description", true), TextField("locationUri", true)};
    ASSIGN_OR_RETURN(const std::vector<std::string> names, tables_.Databases());
    for (const std::string& name : names) {
      if (!MatchesPattern(argument("pattern"), name)) continue;
      answer.rows.push_back(
          {Value{name}, Value{std::string("spark_catalog")},
           Value{name == "default" ? std::string("default database") : std::string()},
           Value{ShownLocation(tables_.DatabaseLocation(name))}});
    }
    return answer;
  }
  if (operation == "listCatalogs") {
    answer.schema = {TextField("name", true), TextField("description", true)};
    answer.rows = {{Value{std::string("spark_catalog")}, Value{}}};
    return answer;
  }
  if (operation == "listTables" || operation == "getTable") {
    answer.schema = {TextField("name", true),
                     TextField("catalog", true),
                     {"namespace", ArrayType(StringType(), true), true, ""},
                     TextField("description", true),
                     TextField("tableType", true),
                     {"isTemporary", BooleanType(), false, ""}};
    const auto table_row = [&](const TableInfo& table) {
      answer.rows.push_back({Value{table.name}, Value{std::string("spark_catalog")},
                             Value{std::vector<Value>{Value{table.database}}},
                             table.comment.empty() ? Value{} : Value{table.comment},
                             Value{std::string(table.is_view       ? "VIEW"
                                               : table.is_external ? "EXTERNAL"
                                                                   : "MANAGED")},
                             Value{false}});
    };
    const auto view_row = [&](const std::string& name) {
      answer.rows.push_back({Value{name}, Value{}, Value{std::vector<Value>{}}, Value{},
                             Value{std::string("TEMPORARY")}, Value{true}});
    };
    if (operation == "getTable") {
      ASSIGN_OR_RETURN(std::vector<std::string> name, ParseTableName(argument("tableName")));
      if (!argument("dbName").empty()) name.insert(name.begin(), argument("dbName"));
      if (FindView(name)) {
        view_row(LowerCase(name.back()));
        return answer;
      }
      ASSIGN_OR_RETURN(TableInfo table, RequireTable(name));
      table_row(table);
      return answer;
    }
    const std::string database =
        argument("dbName").empty() ? CurrentDatabase() : LowerCase(argument("dbName"));
    ASSIGN_OR_RETURN(const bool has_database, tables_.HasDatabase(database));
    if (!has_database) return NoSuchSchema(database);
    ASSIGN_OR_RETURN(const std::vector<std::string> names, tables_.Tables(database));
    for (const std::string& name : names) {
      if (!MatchesPattern(argument("pattern"), name)) continue;
      ASSIGN_OR_RETURN(std::optional<TableInfo> table, tables_.Find(database, name));
      if (table) table_row(*table);
    }
    std::lock_guard lock(mutex_);
    for (const auto& [name, view] : views_) {
      if (MatchesPattern(argument("pattern"), name)) view_row(name);
    }
    return answer;
  }
  if (operation == "listColumns") {
    ASSIGN_OR_RETURN(std::vector<std::string> name, ParseTableName(argument("tableName")));
    if (!argument("dbName").empty()) name.insert(name.begin(), argument("dbName"));
    ASSIGN_OR_RETURN(Schema columns,
                     AnalyzeSchema(MakeRelation(ReadTable{.name = name, .options = {}})));
    answer.schema = {TextField("name", true),
                     TextField("description", true),
                     TextField("dataType", true),
                     {"nullable", BooleanType(), false, ""},
                     {"isPartition", BooleanType(), false, ""},
                     {"isBucket", BooleanType(), false, ""},
                     {"isCluster", BooleanType(), false, ""}};
    TableInfo described;
    if (auto table = RequireTable(name); table.ok() && !FindView(name)) described = *table;
    for (const StructField& field : columns) {
      const auto is_it = [&](const std::string& by) {
        return LowerCase(by) == LowerCase(field.name);
      };
      const auto is_in = [&](const std::vector<std::string>& names) {
        return std::any_of(names.begin(), names.end(), is_it);
      };
      answer.rows.push_back({Value{field.name}, Value{}, Value{SimpleString(field.type)},
                             Value{field.nullable}, Value{is_in(described.partition_by)},
                             Value{is_in(described.bucket.columns)}, Value{false}});
    }
    return answer;
  }
  if (operation == "dropTempView" || operation == "dropGlobalTempView") {
    const bool is_global = operation == "dropGlobalTempView";
    std::lock_guard lock(is_global ? shared_->mutex : mutex_);
    auto& views = is_global ? shared_->global_views : views_;
    return single({"value", BooleanType(), false, ""},
                  Value{views.erase(LowerCase(argument("viewName"))) > 0});
  }
  if (operation == "isCached") {
    ASSIGN_OR_RETURN(std::vector<std::string> name, ParseTableName(argument("tableName")));
    RETURN_IF_ERROR(FindTable(name));
    ASSIGN_OR_RETURN(StorageLevel level,
                     GetStorageLevel(MakeRelation(ReadTable{.name = name, .options = {}})));
    return single({"value", BooleanType(), false, ""}, Value{level.use_memory || level.use_disk});
  }
  if (operation == "cacheTable" || operation == "uncacheTable") {
    CacheTable command;
    command.what = operation == "cacheTable" ? "cache" : "uncache";
    ASSIGN_OR_RETURN(command.name, ParseTableName(argument("tableName")));
    command.is_lazy = true;
    RETURN_IF_ERROR(Run(command, ExecuteOptions{}));
    return answer;
  }
  if (operation == "clearCache") {
    CacheTable command;
    command.what = "clear";
    RETURN_IF_ERROR(Run(command, ExecuteOptions{}));
    return answer;
  }
  if (operation == "getDatabase") {
    const std::string name = LowerCase(argument("dbName"));
    ASSIGN_OR_RETURN(const bool has_database, tables_.HasDatabase(name));
    if (!has_database) return NoSuchSchema(name);
    answer.schema = {TextField("name", true), TextField("catalog", true),
                     TextField("description", true), TextField("locationUri", true)};
    answer.rows = {{Value{name}, Value{std::string("spark_catalog")},
                    Value{name == "default" ? std::string("default database") : std::string()},
                    Value{ShownLocation(tables_.DatabaseLocation(name))}}};
    return answer;
  }
  if (operation == "listFunctions" || operation == "getFunction") {
    answer.schema = {TextField("name", true),
                     TextField("catalog", true),
                     {"namespace", ArrayType(StringType(), true), true, ""},
                     TextField("description", true),
                     TextField("className", true),
                     {"isTemporary", BooleanType(), false, ""}};
    const std::string wanted = LowerCase(argument("functionName"));
    for (const FunctionRow* row : AllFunctions()) {
      const std::string name(row->name);
      const bool is_internal = name.find(' ') != std::string::npos;
      const bool is_listed =
          operation == "getFunction" ? name == wanted : MatchesPattern(argument("pattern"), name);
      if (is_internal || !is_listed) continue;
      answer.rows.push_back({Value{name}, Value{}, Value{}, Value{std::string(row->doc)},
                             Value{"ember." + name}, Value{true}});
    }
    if (operation == "getFunction" && answer.rows.empty()) {
      return MakeError(
          "UNRESOLVED_ROUTINE",
          {{"routineName", QuoteIdentifier(argument("functionName"))},
           {"searchPath", "[`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`]"}});
    }
    return answer;
  }
  if (operation == "createTable" || operation == "createExternalTable") {
    CreateTable command;
    ASSIGN_OR_RETURN(command.name, ParseTableName(argument("tableName")));
    command.format = argument("source");
    command.location = argument("path");
    command.comment = argument("description");
    if (!argument("schema").empty()) {
      ASSIGN_OR_RETURN(DataType type, ParseTypeJson(argument("schema")));
      command.schema = type.fields();
    }
    for (const auto& [key, value] : query.arguments) {
      if (key.starts_with("option.")) command.options[key.substr(7)] = value;
    }
    RETURN_IF_ERROR(Run(command, ExecuteOptions{}));
    answer.schema = {};
    return answer;
  }
  if (operation == "refreshTable" || operation == "recoverPartitions") {
    ASSIGN_OR_RETURN(std::vector<std::string> name, ParseTableName(argument("tableName")));
    RETURN_IF_ERROR(AnalyzeSchema(MakeRelation(ReadTable{.name = name, .options = {}})));
    return answer;
  }
  if (operation == "refreshByPath") return answer;
  return Unsupported("spark.catalog." + operation);
}

}  // namespace ember
