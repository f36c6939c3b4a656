// SHOW and DESCRIBE of what is not one table (table_texts.cc).
#include "duckdb/catalog_listing.h"
#include "duckdb/file_formats.h"
#include "duckdb/local_session.h"
#include "functions/registry.h"

namespace ember {
namespace {

RelationPtr Rows(Schema schema, std::vector<std::vector<Value>> rows) {
  return MakeRelation(ValuesRelation{std::move(schema), std::move(rows)});
}

}  // namespace

Result<ValuesRelation> LocalSession::ListTables(const std::string& database,
                                                const std::string& pattern) {
  ValuesRelation answer;
  answer.schema = {
      TextField("namespace"), TextField("tableName"), {"isTemporary", BooleanType(), false, ""}};
  ASSIGN_OR_RETURN(const std::vector<std::string> names, tables_.Tables(database));
  for (const std::string& name : names) {
    if (MatchesPattern(pattern, name))
      answer.rows.push_back({Value{database}, Value{name}, Value{false}});
  }
  std::lock_guard lock(mutex_);
  for (const auto& [name, view] : views_) {
    if (MatchesPattern(pattern, name))
      answer.rows.push_back({Value{std::string()}, Value{name}, Value{true}});
  }
  return answer;
}

Result<RelationPtr> LocalSession::Run(const Show& command, const ExecuteOptions&) {
  if (command.what == "tables") {
    const std::string database =
        command.name.empty() ? CurrentDatabase() : LowerCase(command.name.back());
    ASSIGN_OR_RETURN(const bool has_database, tables_.HasDatabase(database));
    if (!has_database) return NoSuchSchema(database);
    ASSIGN_OR_RETURN(ValuesRelation tables, ListTables(database, command.pattern));
    return MakeRelation(std::move(tables));
  }
  if (command.what == "views") {
    std::vector<std::vector<Value>> rows;
    const std::string database =
        command.name.empty() ? CurrentDatabase() : LowerCase(command.name.back());
    ASSIGN_OR_RETURN(const std::vector<std::string> names, tables_.Tables(database));
    for (const std::string& name : names) {
      ASSIGN_OR_RETURN(std::optional<TableInfo> table, tables_.Find(database, name));
      if (table && table->is_view && MatchesPattern(command.pattern, name))
        rows.push_back({Value{database}, Value{name}, Value{false}});
    }
    std::lock_guard lock(mutex_);
    for (const auto& [name, view] : views_) {
      if (MatchesPattern(command.pattern, name))
        rows.push_back({Value{std::string()}, Value{name}, Value{true}});
    }
    return Rows(
        {TextField("namespace"), TextField("viewName"), {"isTemporary", BooleanType(), false, ""}},
        std::move(rows));
  }
  if (command.what == "databases" || command.what == "schemas" || command.what == "namespaces") {
    std::vector<std::vector<Value>> rows;
    ASSIGN_OR_RETURN(const std::vector<std::string> names, tables_.Databases());
    for (const std::string& name : names) {
      if (MatchesPattern(command.pattern, name)) rows.push_back({Value{name}});
    }
    return Rows({TextField("namespace")}, std::move(rows));
  }
  if (command.what == "columns") {
    ASSIGN_OR_RETURN(Schema schema,
                     AnalyzeSchema(MakeRelation(ReadTable{.name = command.name, .options = {}})));
    std::vector<std::vector<Value>> rows;
    for (const StructField& field : schema) rows.push_back({Value{field.name}});
    return Rows({TextField("col_name")}, std::move(rows));
  }
  if (command.what == "current namespace") {
    return Rows({TextField("catalog"), TextField("namespace")},
                {{Value{std::string("spark_catalog")}, Value{CurrentDatabase()}}});
  }
  if (command.what == "functions" || command.what == "system functions") {
    std::vector<std::vector<Value>> rows;
    for (const FunctionRow* row : AllFunctions()) {
      const std::string name(row->name);
      if (name.find(' ') == std::string::npos && MatchesPattern(command.pattern, name))
        rows.push_back({Value{name}});
    }
    return Rows({TextField("function")}, std::move(rows));
  }
  if (command.what == "catalogs")
    return Rows({TextField("catalog")}, {{Value{std::string("spark_catalog")}}});
  if (command.what == "partitions" || command.what == "create table" ||
      command.what == "tblproperties") {
    return ShowTable(command);
  }
  return Unsupported("SHOW " + command.what);
}

Result<RelationPtr> LocalSession::Run(const DescribeObject& command, const ExecuteOptions&) {
  if (command.what == "function") {
    const FunctionRow* row = FindFunction(command.name.back());
    if (row == nullptr) {
      return MakeError(
          "UNRESOLVED_ROUTINE",
          {{"routineName", QuoteName(command.name)},
           {"searchPath", "[`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`]"}});
    }
    return Rows({TextField("function_desc")}, {{Value{"Function: " + std::string(row->name)}},
                                               {Value{"Usage: " + std::string(row->doc)}}});
  }
  if (command.what == "database") {
    const std::string database = LowerCase(command.name.back());
    ASSIGN_OR_RETURN(const bool has_database, tables_.HasDatabase(database));
    if (!has_database) return NoSuchSchema(database);
    return Rows({TextField("info_name"), TextField("info_value")},
                {{Value{std::string("Catalog Name")}, Value{std::string("spark_catalog")}},
                 {Value{std::string("Namespace Name")}, Value{database}},
                 {Value{std::string("Location")},
                  Value{ShownLocation(tables_.DatabaseLocation(database))}}});
  }
  return DescribeTable(command);
}

}  // namespace ember
