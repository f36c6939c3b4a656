// What SHOW and DESCRIBE tell of a table: ShowCreateTableCommand, DescribeTableCommand and kin.
#include <fmt/format.h>

#include <ctime>
#include <nlohmann/json.hpp>

#include "duckdb/file_formats.h"
#include "duckdb/local_session.h"
#include "duckdb/table_partitions.h"

namespace ember {
namespace {

StructField Text(std::string name, bool nullable = false) {
  return {std::move(name), StringType(), nullable, ""};
}

RelationPtr Rows(Schema schema, std::vector<std::vector<Value>> rows) {
  return MakeRelation(ValuesRelation{std::move(schema), std::move(rows)});
}

std::string CommentOf(const StructField& field) {
  const auto json = nlohmann::json::parse(field.metadata, nullptr, false);
  if (!json.is_object() || !json.contains("comment") || !json["comment"].is_string()) return "";
  return json["comment"].get<std::string>();
}

std::string SqlQuoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\\';
    out += c;
  }
  return out + "'";
}

// Quoted where it is not a plain word, as in a column of SchemaDdl.
std::string QuotedIfNeeded(const std::string& name) {
  const std::string ddl = SchemaDdl({{name, IntegerType(), true, ""}});
  return ddl.substr(0, ddl.size() - std::string_view(" INT").size());
}

std::string PropertiesClause(std::string_view word,
                             const std::map<std::string, std::string>& properties) {
  if (properties.empty()) return "";
  std::string lines;
  for (const auto& [key, value] : properties) {
    lines +=
        fmt::format("{}  {} = {}", lines.empty() ? "" : ",\n", SqlQuoted(key), SqlQuoted(value));
  }
  return fmt::format("{} (\n{})\n", word, lines);
}

// Spark quotes these names nowhere.
std::string NameList(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

std::string BucketsClause(const BucketSpec& bucket) {
  if (bucket.empty()) return "";
  std::string text = fmt::format("CLUSTERED BY ({})\n", NameList(bucket.columns));
  if (!bucket.sort_columns.empty())
    text += fmt::format("SORTED BY ({})\n", NameList(bucket.sort_columns));
  return text + fmt::format("INTO {} BUCKETS\n", bucket.count);
}

std::string CreateTableText(const TableInfo& table) {
  std::string text = fmt::format("CREATE TABLE spark_catalog.{}.{} (\n",
                                 QuotedIfNeeded(table.database), QuotedIfNeeded(table.name));
  std::string columns;
  for (const StructField& field : table.schema)
    columns += fmt::format("{}  {}", columns.empty() ? "" : ",\n", SchemaDdl({field}));
  text += columns + ")\nUSING " + table.format + "\n";
  text += PropertiesClause("OPTIONS", table.options);
  if (!table.partition_by.empty()) {
    std::string names;
    for (const std::string& by : table.partition_by)
      names += (names.empty() ? "" : ", ") + QuotedIfNeeded(by);
    text += "PARTITIONED BY (" + names + ")\n";
  }
  text += BucketsClause(table.bucket);
  if (!table.comment.empty()) text += "COMMENT " + SqlQuoted(table.comment) + "\n";
  if (table.is_external) text += "LOCATION " + SqlQuoted(ShownLocation(table.location)) + "\n";
  return text + PropertiesClause("TBLPROPERTIES", table.properties);
}

std::string CreateViewText(const TableInfo& view) {
  std::string columns;
  for (const StructField& field : view.schema) {
    const std::string comment = CommentOf(field);
    columns += fmt::format("{}  {}{}", columns.empty() ? "" : ",\n", QuotedIfNeeded(field.name),
                           comment.empty() ? "" : " COMMENT " + SqlQuoted(comment));
  }
  std::string text = fmt::format("CREATE VIEW {}.{} (\n{})\n", QuotedIfNeeded(view.database),
                                 QuotedIfNeeded(view.name), columns);
  if (!view.comment.empty()) text += "COMMENT " + SqlQuoted(view.comment) + "\n";
  text += PropertiesClause("TBLPROPERTIES", view.properties);
  return text + "WITH SCHEMA COMPENSATION\nAS " + view.view_text + "\n";
}

// java.util.Date.toString, in UTC.
std::string DateOf(int64_t microseconds) {
  const std::time_t seconds = microseconds / 1'000'000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[64];
  const size_t size = std::strftime(text, sizeof text, "%a %b %d %H:%M:%S UTC %Y", &parts);
  return {text, size};
}

std::string PropertyList(const std::map<std::string, std::string>& properties) {
  std::string list;
  for (const auto& [key, value] : properties)
    list += (list.empty() ? "" : ", ") + key + "=" + value;
  return "[" + list + "]";
}

std::string QuotedNames(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + QuoteIdentifier(name);
  return "[" + list + "]";
}

void DescribeDetails(const TableInfo& table, std::vector<std::vector<Value>>& rows) {
  const auto line = [&](std::string name, std::string value) {
    rows.push_back({Value{std::move(name)}, Value{std::move(value)}, Value{std::string()}});
  };
  line("", "");
  line("# Detailed Table Information", "");
  line("Catalog", "spark_catalog");
  line("Database", table.database);
  line("Table", table.name);
  line("Created Time", DateOf(table.created_us));
  line("Last Access", "UNKNOWN");
  line("Created By", "Spark 4.0.2");
  line("Type", table.is_view ? "VIEW" : table.is_external ? "EXTERNAL" : "MANAGED");
  if (!table.is_view) line("Provider", table.format);
  if (!table.bucket.empty()) {
    line("Num Buckets", std::to_string(table.bucket.count));
    line("Bucket Columns", QuotedNames(table.bucket.columns));
    if (!table.bucket.sort_columns.empty())
      line("Sort Columns", QuotedNames(table.bucket.sort_columns));
  }
  if (!table.comment.empty()) line("Comment", table.comment);
  if (table.is_view) {
    line("View Text", table.view_text);
    line("View Original Text", table.view_text);
    line("View Schema Mode", "COMPENSATION");
    line("View Catalog and Namespace", "spark_catalog." + table.database);
    line("View Query Output Columns", QuotedNames(table.query_columns));
  }
  if (!table.properties.empty()) line("Table Properties", PropertyList(table.properties));
  if (table.is_view) return;
  line("Location", ShownLocation(table.location));
  if (!table.options.empty()) line("Storage Properties", PropertyList(table.options));
  if (!table.partition_by.empty()) line("Partition Provider", "Catalog");
}

Result<RelationPtr> DescribeColumn(const DescribeObject& command, const Schema& columns) {
  const int at = command.column.size() == 1 ? FindField(columns, command.column[0]) : -1;
  if (at < 0) {
    return MakeError("COLUMN_NOT_FOUND", {{"colName", QuoteName(command.column)},
                                          {"caseSensitiveConfig", "\"spark.sql.caseSensitive\""}});
  }
  const std::string comment = CommentOf(columns[at]);
  std::vector<std::vector<Value>> rows;
  const auto line = [&](std::string name, std::string value) {
    rows.push_back({Value{std::move(name)}, Value{std::move(value)}});
  };
  line("col_name", columns[at].name);
  line("data_type", SimpleString(columns[at].type));
  line("comment", comment.empty() ? "NULL" : comment);
  if (command.is_extended) {
    for (const char* name :
         {"min", "max", "num_nulls", "distinct_count", "avg_col_len", "max_col_len", "histogram"}) {
      line(name, "NULL");
    }
  }
  return Rows({Text("info_name"), Text("info_value")}, std::move(rows));
}

}  // namespace

Result<RelationPtr> LocalSession::DescribeTable(const DescribeObject& command) {
  RelationPtr described = command.query;
  if (described == nullptr)
    described = MakeRelation(ReadTable{.name = command.name, .options = {}});
  ASSIGN_OR_RETURN(Schema columns, AnalyzeSchema(described));
  if (!command.column.empty()) return DescribeColumn(command, columns);
  std::vector<std::vector<Value>> rows;
  for (const StructField& field : columns) {
    const std::string comment = CommentOf(field);
    rows.push_back({Value{field.name}, Value{SimpleString(field.type)},
                    comment.empty() ? Value{} : Value{comment}});
  }
  if (command.query == nullptr && !FindView(command.name)) {
    ASSIGN_OR_RETURN(TableInfo table, RequireTable(command.name));
    if (!command.partition.empty()) {
      ASSIGN_OR_RETURN(PartitionTexts partition, FitPartition(table, command.partition));
      bool is_there = false;
      ASSIGN_OR_RETURN(const std::vector<std::string> folders, ListPartitions(table, store_));
      for (const std::string& folder : folders)
        is_there = is_there || IsInPartition(folder, partition);
      if (!is_there) {
        return MakeError("PARTITIONS_NOT_FOUND",
                         {{"partitionList", PartitionText(partition)},
                          {"tableName", QuoteName({table.database, table.name})}});
      }
    }
    const auto heading = [&](std::string a, std::string b, std::string c) {
      rows.push_back({Value{std::move(a)}, Value{std::move(b)}, Value{std::move(c)}});
    };
    if (!table.partition_by.empty()) {
      heading("# Partition Information", "", "");
      heading("# col_name", "data_type", "comment");
      for (const std::string& by : table.partition_by) {
        const int at = FindField(columns, by);
        if (at < 0) continue;
        const std::string comment = CommentOf(columns[at]);
        rows.push_back({Value{columns[at].name}, Value{SimpleString(columns[at].type)},
                        comment.empty() ? Value{} : Value{comment}});
      }
    }
    if (command.is_extended) DescribeDetails(table, rows);
  }
  return Rows({Text("col_name"), Text("data_type"), Text("comment", true)}, std::move(rows));
}

// SHOW PARTITIONS, CREATE TABLE and TBLPROPERTIES.
Result<RelationPtr> LocalSession::ShowTable(const Show& command) {
  if (const auto view = FindView(command.name); view && view->database.empty()) {
    if (command.what == "create table") {
      return MakeError("EXPECT_PERMANENT_VIEW_NOT_TEMP",
                       {{"operation", "SHOW CREATE TABLE"}, {"viewName", QuoteName(command.name)}});
    }
    if (command.what == "partitions") {
      return MakeError("EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
                       {{"operation", "SHOW PARTITIONS"}, {"viewName", QuoteName(command.name)}});
    }
    return Rows({Text("key"), Text("value")}, {});
  }
  ASSIGN_OR_RETURN(TableInfo table, RequireTable(command.name));
  if (command.what == "create table") {
    return Rows({Text("createtab_stmt")},
                {{Value{table.is_view ? CreateViewText(table) : CreateTableText(table)}}});
  }
  std::vector<std::vector<Value>> rows;
  if (command.what == "tblproperties") {
    const Schema schema = {Text("key"), Text("value")};
    if (!command.pattern.empty()) {
      const auto found = table.properties.find(command.pattern);
      return Rows(schema,
                  {{Value{command.pattern},
                    Value{found != table.properties.end()
                              ? found->second
                              : fmt::format("Table spark_catalog.{}.{} does not have "
                                            "property: {}",
                                            table.database, table.name, command.pattern)}}});
    }
    for (const auto& [key, value] : table.properties) rows.push_back({Value{key}, Value{value}});
    return Rows(schema, std::move(rows));
  }
  if (table.is_view) {
    return MakeError("EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
                     {{"operation", "SHOW PARTITIONS"}, {"viewName", QuotedTable(table)}});
  }
  if (table.partition_by.empty()) {
    return MakeError("INVALID_PARTITION_OPERATION.PARTITION_SCHEMA_IS_EMPTY",
                     {{"name", QuotedTable(table)}});
  }
  ASSIGN_OR_RETURN(PartitionTexts wanted, FitPartition(table, command.partition));
  ASSIGN_OR_RETURN(const std::vector<std::string> folders, ListPartitions(table, store_));
  for (const std::string& folder : folders) {
    if (IsInPartition(folder, wanted)) rows.push_back({Value{folder}});
  }
  return Rows({Text("partition")}, std::move(rows));
}

}  // namespace ember
