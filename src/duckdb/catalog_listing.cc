// What spark.catalog asks: names, tables, columns and functions as rows.
#include "duckdb/catalog_listing.h"

#include <algorithm>
#include <array>

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

namespace {

StructField FlagField(std::string name) { return {std::move(name), BooleanType(), false, ""}; }

Value SparkCatalog() { return Value{std::string("spark_catalog")}; }

ValuesRelation Single(StructField field, Value value) {
  ValuesRelation answer;
  answer.schema = {std::move(field)};
  answer.rows = {{std::move(value)}};
  return answer;
}

}  // namespace

/// One question of spark.catalog's to a session; the operations are in the table below.
class CatalogListing {
 public:
  using Answer = Result<ValuesRelation>;
  CatalogListing(LocalSession& session, const CatalogQuery& query)
      : session_(session), query_(query) {}

  Answer CurrentDatabase() {
    return Single(TextField("value", true), Value{session_.CurrentDatabase()});
  }
  Answer CurrentCatalog() { return Single(TextField("value", true), SparkCatalog()); }

  Answer DatabaseExists() {
    ASSIGN_OR_RETURN(const bool is_there, tables().HasDatabase(LowerCase(Argument("dbName"))));
    return Single(FlagField("value"), Value{is_there});
  }

  Answer TableExists() {
    ASSIGN_OR_RETURN(const std::vector<std::string> name, TableName());
    return Single(FlagField("value"), Value{session_.FindTable(name).ok()});
  }

  Answer FunctionExists() {
    return Single(FlagField("value"), Value{FindFunction(Argument("functionName")) != nullptr});
  }

  Answer SetCurrentDatabase() { return AfterRunning(UseNamespace{{Argument("dbName")}}); }

  Answer ListDatabases() {
    ValuesRelation answer = Databases();
    ASSIGN_OR_RETURN(const std::vector<std::string> names, tables().Databases());
    for (const std::string& name : names) {
      if (MatchesPattern(Argument("pattern"), name)) answer.rows.push_back(DatabaseRow(name));
    }
    return answer;
  }

  Answer GetDatabase() {
    const std::string name = LowerCase(Argument("dbName"));
    ASSIGN_OR_RETURN(const bool has_database, tables().HasDatabase(name));
    if (!has_database) return NoSuchSchema(name);
    ValuesRelation answer = Databases();
    answer.rows.push_back(DatabaseRow(name));
    return answer;
  }

  Answer ListCatalogs() {
    ValuesRelation answer;
    answer.schema = {TextField("name", true), TextField("description", true)};
    answer.rows = {{SparkCatalog(), Value{}}};
    return answer;
  }

  Answer ListTables() {
    const std::string database =
        Argument("dbName").empty() ? session_.CurrentDatabase() : LowerCase(Argument("dbName"));
    ASSIGN_OR_RETURN(const bool has_database, tables().HasDatabase(database));
    if (!has_database) return NoSuchSchema(database);
    ValuesRelation answer = Tables();
    ASSIGN_OR_RETURN(const std::vector<std::string> names, tables().Tables(database));
    for (const std::string& name : names) {
      if (!MatchesPattern(Argument("pattern"), name)) continue;
      ASSIGN_OR_RETURN(std::optional<TableInfo> table, tables().Find(database, name));
      if (table) answer.rows.push_back(TableRow(*table));
    }
    std::lock_guard lock(session_.mutex_);
    for (const auto& [name, view] : session_.views_) {
      if (MatchesPattern(Argument("pattern"), name)) answer.rows.push_back(ViewRow(name));
    }
    return answer;
  }

  Answer GetTable() {
    ASSIGN_OR_RETURN(const std::vector<std::string> name, TableName());
    ValuesRelation answer = Tables();
    if (session_.FindView(name)) {
      answer.rows.push_back(ViewRow(LowerCase(name.back())));
      return answer;
    }
    ASSIGN_OR_RETURN(const TableInfo table, session_.RequireTable(name));
    answer.rows.push_back(TableRow(table));
    return answer;
  }

  Answer ListColumns() {
    ASSIGN_OR_RETURN(const std::vector<std::string> name, TableName());
    ASSIGN_OR_RETURN(const Schema columns, session_.AnalyzeSchema(TableRelation(name)));
    ValuesRelation answer;
    answer.schema = {TextField("name", true),     TextField("description", true),
                     TextField("dataType", true), FlagField("nullable"),
                     FlagField("isPartition"),    FlagField("isBucket"),
                     FlagField("isCluster")};
    TableInfo described;
    if (auto table = session_.RequireTable(name); table.ok() && !session_.FindView(name))
      described = *table;
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

  Answer DropTempView() { return DropFrom(session_.mutex_, session_.views_); }
  Answer DropGlobalTempView() {
    return DropFrom(session_.shared_->mutex, session_.shared_->global_views);
  }

  Answer IsCached() {
    ASSIGN_OR_RETURN(const std::vector<std::string> name, TableName());
    RETURN_IF_ERROR(session_.FindTable(name));
    ASSIGN_OR_RETURN(const StorageLevel level, session_.GetStorageLevel(TableRelation(name)));
    return Single(FlagField("value"), Value{level.use_memory || level.use_disk});
  }

  Answer Cache() { return ChangeCache("cache"); }
  Answer Uncache() { return ChangeCache("uncache"); }
  Answer ClearCache() {
    CacheTable command;
    command.what = "clear";
    return AfterRunning(command);
  }

  Answer ListFunctions() {
    return Functions(
        [&](const std::string& name) { return MatchesPattern(Argument("pattern"), name); });
  }

  Answer GetFunction() {
    const std::string wanted = LowerCase(Argument("functionName"));
    ValuesRelation answer = Functions([&](const std::string& name) { return name == wanted; });
    if (!answer.rows.empty()) return answer;
    return MakeError(
        "UNRESOLVED_ROUTINE",
        {{"routineName", QuoteIdentifier(Argument("functionName"))},
         {"searchPath", "[`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`]"}});
  }

  Answer CreateTable() {
    ::ember::CreateTable command;
    ASSIGN_OR_RETURN(command.name, ParseTableName(Argument("tableName")));
    command.format = Argument("source");
    command.location = Argument("path");
    command.comment = Argument("description");
    if (!Argument("schema").empty()) {
      ASSIGN_OR_RETURN(DataType type, ParseTypeJson(Argument("schema")));
      command.schema = type.fields();
    }
    for (const auto& [key, value] : query_.arguments) {
      if (key.starts_with("option.")) command.options[key.substr(7)] = value;
    }
    return AfterRunning(command);
  }

  Answer RefreshTable() {
    ASSIGN_OR_RETURN(const std::vector<std::string> name, TableName());
    RETURN_IF_ERROR(session_.AnalyzeSchema(TableRelation(name)));
    return ValuesRelation{};
  }

  Answer Nothing() { return ValuesRelation{}; }

 private:
  std::string Argument(const char* name) const {
    const auto found = query_.arguments.find(name);
    return found == query_.arguments.end() ? std::string() : found->second;
  }

  TableCatalog& tables() { return session_.tables_; }

  Result<std::vector<std::string>> TableName() const {
    ASSIGN_OR_RETURN(std::vector<std::string> name, ParseTableName(Argument("tableName")));
    if (!Argument("dbName").empty()) name.insert(name.begin(), Argument("dbName"));
    return name;
  }

  static RelationPtr TableRelation(const std::vector<std::string>& name) {
    return MakeRelation(ReadTable{.name = name, .options = {}});
  }

  template <typename Statement>
  Answer AfterRunning(const Statement& command) {
    RETURN_IF_ERROR(session_.Run(command, ExecuteOptions{}));
    return ValuesRelation{};
  }

  Answer ChangeCache(const char* what) {
    CacheTable command;
    command.what = what;
    ASSIGN_OR_RETURN(command.name, ParseTableName(Argument("tableName")));
    command.is_lazy = true;
    return AfterRunning(command);
  }

  Answer DropFrom(std::mutex& mutex, std::map<std::string, FoundView>& views) {
    std::lock_guard lock(mutex);
    return Single(FlagField("value"), Value{views.erase(LowerCase(Argument("viewName"))) > 0});
  }

  static ValuesRelation Databases() {
    ValuesRelation answer;
    answer.schema = {TextField("name", true), TextField("catalog", true),
                     TextField("description", true), TextField("locationUri", true)};
    return answer;
  }
  std::vector<Value> DatabaseRow(const std::string& name) {
    return {Value{name}, SparkCatalog(),
            Value{name == "default" ? std::string("default database") : std::string()},
            Value{ShownLocation(tables().DatabaseLocation(name))}};
  }

  static ValuesRelation Tables() {
    ValuesRelation answer;
    answer.schema = {TextField("name", true),
                     TextField("catalog", true),
                     {"namespace", ArrayType(StringType(), true), true, ""},
                     TextField("description", true),
                     TextField("tableType", true),
                     FlagField("isTemporary")};
    return answer;
  }
  static std::vector<Value> TableRow(const TableInfo& table) {
    const std::string kind = table.is_view ? "VIEW" : table.is_external ? "EXTERNAL" : "MANAGED";
    return {Value{table.name},
            SparkCatalog(),
            Value{std::vector<Value>{Value{table.database}}},
            table.comment.empty() ? Value{} : Value{table.comment},
            Value{kind},
            Value{false}};
  }
  static std::vector<Value> ViewRow(const std::string& name) {
    return {
        Value{name}, Value{}, Value{std::vector<Value>{}}, Value{}, Value{std::string("TEMPORARY")},
        Value{true}};
  }

  template <typename IsListed>
  static ValuesRelation Functions(const IsListed& is_listed) {
    ValuesRelation answer;
    answer.schema = {TextField("name", true),
                     TextField("catalog", true),
                     {"namespace", ArrayType(StringType(), true), true, ""},
                     TextField("description", true),
                     TextField("className", true),
                     FlagField("isTemporary")};
    for (const FunctionRow* row : AllFunctions()) {
      const std::string name(row->name);
      const bool is_internal = name.find(' ') != std::string::npos;
      if (is_internal || !is_listed(name)) continue;
      answer.rows.push_back({Value{name}, Value{}, Value{}, Value{std::string(row->doc)},
                             Value{"ember." + name}, Value{true}});
    }
    return answer;
  }

  LocalSession& session_;
  const CatalogQuery& query_;
};

namespace {

struct CatalogOperation {
  std::string_view name;  // as spark.catalog calls it
  Result<ValuesRelation> (CatalogListing::*answer)();
};
constexpr auto kCatalogOperations = std::to_array<CatalogOperation>({
    {"cacheTable", &CatalogListing::Cache},
    {"clearCache", &CatalogListing::ClearCache},
    {"createExternalTable", &CatalogListing::CreateTable},
    {"createTable", &CatalogListing::CreateTable},
    {"currentCatalog", &CatalogListing::CurrentCatalog},
    {"currentDatabase", &CatalogListing::CurrentDatabase},
    {"databaseExists", &CatalogListing::DatabaseExists},
    {"dropGlobalTempView", &CatalogListing::DropGlobalTempView},
    {"dropTempView", &CatalogListing::DropTempView},
    {"functionExists", &CatalogListing::FunctionExists},
    {"getDatabase", &CatalogListing::GetDatabase},
    {"getFunction", &CatalogListing::GetFunction},
    {"getTable", &CatalogListing::GetTable},
    {"isCached", &CatalogListing::IsCached},
    {"listCatalogs", &CatalogListing::ListCatalogs},
    {"listColumns", &CatalogListing::ListColumns},
    {"listDatabases", &CatalogListing::ListDatabases},
    {"listFunctions", &CatalogListing::ListFunctions},
    {"listTables", &CatalogListing::ListTables},
    {"recoverPartitions", &CatalogListing::RefreshTable},
    {"refreshByPath", &CatalogListing::Nothing},
    {"refreshTable", &CatalogListing::RefreshTable},
    {"setCurrentCatalog", &CatalogListing::Nothing},
    {"setCurrentDatabase", &CatalogListing::SetCurrentDatabase},
    {"tableExists", &CatalogListing::TableExists},
    {"uncacheTable", &CatalogListing::Uncache},
});

}  // namespace

Result<ValuesRelation> LocalSession::QueryCatalog(const CatalogQuery& query) {
  for (const CatalogOperation& row : kCatalogOperations) {
    if (row.name != query.operation) continue;
    CatalogListing listing(*this, query);
    return (listing.*row.answer)();
  }
  return Unsupported("spark.catalog." + query.operation);
}

}  // namespace ember
