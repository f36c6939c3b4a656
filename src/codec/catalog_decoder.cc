#include <utility>

#include "codec/decoder.h"
#include "codec/type_codec.h"
#include "spark/connect/catalog.pb.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;
using ProtoCatalog = proto::Catalog;
using Arguments = std::map<std::string, std::string>;

RelationNode Query(std::string operation, Arguments arguments = {}) {
  return CatalogQuery{std::move(operation), std::move(arguments)};
}

// dbName and pattern of the list… calls: absent ones are left out.
template <typename Message>
Arguments Listing(const Message& message) {
  Arguments out;
  if (message.has_db_name()) out["dbName"] = message.db_name();
  if (message.has_pattern()) out["pattern"] = message.pattern();
  return out;
}

template <typename Message>
Arguments Patterned(const Message& message) {
  if (!message.has_pattern()) return {};
  return {{"pattern", message.pattern()}};
}

template <typename Message>
Arguments TableArguments(const Message& message) {
  Arguments out{{"tableName", message.table_name()}};
  if (message.has_db_name()) out["dbName"] = message.db_name();
  return out;
}

template <typename Message>
Arguments FunctionArguments(const Message& message) {
  Arguments out{{"functionName", message.function_name()}};
  if (message.has_db_name()) out["dbName"] = message.db_name();
  return out;
}

// Options travel as "option.<key>", the schema as its JSON.
template <typename Message>
Result<RelationNode> CreateTableOf(const Message& message) {
  Arguments out{{"tableName", message.table_name()}};
  if (message.has_path()) out["path"] = message.path();
  if (message.has_source()) out["source"] = message.source();
  if constexpr (requires { message.has_description(); }) {
    if (message.has_description()) out["description"] = message.description();
  }
  if (message.has_schema()) {
    ASSIGN_OR_RETURN(Schema schema, DecodeSchema(message.schema()));
    out["schema"] = SchemaJson(schema);
  }
  for (const auto& [key, value] : LowerCaseKeys(message.options())) out["option." + key] = value;
  return Query("createTable", std::move(out));
}

}  // namespace

Result<RelationNode> DecodeCatalog(const ProtoCatalog& call) {
  switch (call.cat_type_case()) {
    case ProtoCatalog::kCurrentDatabase:
      return Query("currentDatabase");
    case ProtoCatalog::kSetCurrentDatabase:
      return Query("setCurrentDatabase", {{"dbName", call.set_current_database().db_name()}});
    case ProtoCatalog::kListDatabases:
      return Query("listDatabases", Patterned(call.list_databases()));
    case ProtoCatalog::kListTables:
      return Query("listTables", Listing(call.list_tables()));
    case ProtoCatalog::kListFunctions:
      return Query("listFunctions", Listing(call.list_functions()));
    case ProtoCatalog::kListColumns:
      return Query("listColumns", TableArguments(call.list_columns()));
    case ProtoCatalog::kGetDatabase:
      return Query("getDatabase", {{"dbName", call.get_database().db_name()}});
    case ProtoCatalog::kGetTable:
      return Query("getTable", TableArguments(call.get_table()));
    case ProtoCatalog::kGetFunction:
      return Query("getFunction", FunctionArguments(call.get_function()));
    case ProtoCatalog::kDatabaseExists:
      return Query("databaseExists", {{"dbName", call.database_exists().db_name()}});
    case ProtoCatalog::kTableExists:
      return Query("tableExists", TableArguments(call.table_exists()));
    case ProtoCatalog::kFunctionExists:
      return Query("functionExists", FunctionArguments(call.function_exists()));
    case ProtoCatalog::kCreateExternalTable:
      return CreateTableOf(call.create_external_table());
    case ProtoCatalog::kCreateTable:
      return CreateTableOf(call.create_table());
    case ProtoCatalog::kDropTempView:
      return Query("dropTempView", {{"viewName", call.drop_temp_view().view_name()}});
    case ProtoCatalog::kDropGlobalTempView:
      return Query("dropGlobalTempView", {{"viewName", call.drop_global_temp_view().view_name()}});
    case ProtoCatalog::kRecoverPartitions:
      return Query("recoverPartitions", {{"tableName", call.recover_partitions().table_name()}});
    case ProtoCatalog::kIsCached:
      return Query("isCached", {{"tableName", call.is_cached().table_name()}});
    case ProtoCatalog::kCacheTable:
      return Query("cacheTable", {{"tableName", call.cache_table().table_name()}});
    case ProtoCatalog::kUncacheTable:
      return Query("uncacheTable", {{"tableName", call.uncache_table().table_name()}});
    case ProtoCatalog::kClearCache:
      return Query("clearCache");
    case ProtoCatalog::kRefreshTable:
      return Query("refreshTable", {{"tableName", call.refresh_table().table_name()}});
    case ProtoCatalog::kRefreshByPath:
      return Query("refreshByPath", {{"path", call.refresh_by_path().path()}});
    case ProtoCatalog::kCurrentCatalog:
      return Query("currentCatalog");
    case ProtoCatalog::kSetCurrentCatalog:
      return Query("setCurrentCatalog",
                   {{"catalogName", call.set_current_catalog().catalog_name()}});
    case ProtoCatalog::kListCatalogs:
      return Query("listCatalogs", Patterned(call.list_catalogs()));
    default:
      return Unsupported("a call of spark.catalog that Spark 4.0 does not have");
  }
}

}  // namespace ember
