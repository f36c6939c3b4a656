#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "plan/relation.h"

namespace ember {

enum class SaveMode { kErrorIfExists, kAppend, kOverwrite, kIgnore };

/// PARTITION (column = value, …): constants; null where no value is given.
struct PartitionValue {
  std::string column;
  ExpressionPtr value;
};
using PartitionSpec = std::vector<PartitionValue>;

/// df.write.format(…).mode(…).partitionBy(…).save(path) or saveAsTable / insertInto.
struct WriteFiles {
  RelationPtr input;
  std::string format;  // empty: spark.sql.sources.default
  std::string path;    // empty when `table` is given
  std::vector<std::string> table;
  bool is_insert_into = false;  // by position, into an existing table
  SaveMode mode = SaveMode::kErrorIfExists;
  std::vector<std::string> partition_by;
  std::vector<std::string> sort_by;
  std::vector<std::string> bucket_by;
  int buckets = 0;
  std::vector<std::string> cluster_by;
  Options options;
  // INSERT's clauses: the columns that are given, BY NAME, PARTITION (…) [IF NOT EXISTS].
  std::vector<std::string> insert_columns;
  bool is_by_name = false;
  PartitionSpec partition;
  bool if_not_exists = false;
  // Of the table that a write makes.
  std::string comment;
  std::map<std::string, std::string> properties;
};
struct CreateView {
  std::vector<std::string> name;
  std::vector<std::string> columns;
  RelationPtr input;
  bool is_temporary = true;
  bool is_global = false;
  bool or_replace = false;
  bool if_not_exists = false;
  // Permanent views: the query as it was written, and what SHOW CREATE TABLE tells.
  std::string text;
  std::vector<std::string> column_comments;  // empty, or one a column
  std::string comment;
  std::map<std::string, std::string> properties;
};
/// CREATE TABLE name (schema) USING format …, without AS SELECT (that is WriteFiles).
struct CreateTable {
  std::vector<std::string> name;
  Schema schema;
  std::string format;
  std::vector<std::string> partition_by;
  Options options;
  std::string location;
  bool if_not_exists = false;
  std::string comment;
  std::map<std::string, std::string> properties;
  std::vector<std::string> like;  // CREATE TABLE … LIKE: the table whose columns it gets
};
struct DropTable {
  std::vector<std::string> name;
  bool if_exists = false;
  bool is_view = false;
  bool purge = false;
};
struct CreateNamespace {
  std::vector<std::string> name;
  bool if_not_exists = false;
};
struct DropNamespace {
  std::vector<std::string> name;
  bool if_exists = false;
  bool cascade = false;
};
struct UseNamespace {
  std::vector<std::string> name;
};
/// SET key=value; SET key; SET; RESET [key]; SET TIME ZONE.
struct SetConfig {
  std::string key;
  std::optional<std::string> value;
  bool is_reset = false;
};
/// SHOW TABLES|VIEWS|DATABASES|COLUMNS|FUNCTIONS|PARTITIONS|TBLPROPERTIES|CREATE TABLE.
struct Show {
  std::string what;  // lower case: "tables" …
  std::vector<std::string> name;
  std::string pattern;
  PartitionSpec partition;
};
/// DESCRIBE [EXTENDED] table | FUNCTION name | QUERY select.
struct DescribeObject {
  std::string what;  // "table" "function" "query" "database"
  std::vector<std::string> name;
  RelationPtr query;
  bool is_extended = false;
  std::vector<std::string> column;
  PartitionSpec partition;
};
struct Explain {
  RelationPtr input;
  std::string mode;  // simple extended codegen cost formatted
};
/// CACHE [LAZY] TABLE, UNCACHE TABLE, CLEAR CACHE, REFRESH TABLE.
struct CacheTable {
  std::string what;  // "cache" "uncache" "clear" "refresh"
  std::vector<std::string> name;
  RelationPtr query;
  bool is_lazy = false;
  bool if_exists = false;
};

/// ALTER TABLE|VIEW, COMMENT ON TABLE, MSCK REPAIR, ANALYZE, TRUNCATE: what changes a known table.
struct AlterTable {
  /// "rename" "add columns" "comment column" "add partition" "drop partition" "rename partition"
  /// "set properties" "unset properties" "set location" "comment" "view text" "recover partitions"
  /// "truncate" "analyze"
  std::string what;
  std::vector<std::string> name;
  bool is_view = false;
  bool if_exists = false;  // or IF NOT EXISTS
  std::vector<std::string> new_name;
  Schema columns;
  std::vector<PartitionSpec> partitions;
  std::map<std::string, std::string> properties;
  std::vector<std::string> keys;
  std::string text;  // location, comment or a view's query
  RelationPtr query;
};

using CommandNode =
    std::variant<WriteFiles, CreateView, CreateTable, DropTable, CreateNamespace, DropNamespace,
                 UseNamespace, SetConfig, Show, DescribeObject, Explain, CacheTable, AlterTable>;
/// What has an effect. Its answer is a relation, often empty.
struct Command {
  CommandNode node;
};
/// One SQL statement: a query or a command.
using Statement = std::variant<RelationPtr, Command>;

}  // namespace ember
