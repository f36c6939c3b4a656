#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "plan/relation.h"

namespace ember {

enum class SaveMode { kErrorIfExists, kAppend, kOverwrite, kIgnore };

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
};
struct CreateView {
  std::vector<std::string> name;
  std::vector<std::string> columns;
  RelationPtr input;
  bool is_temporary = true;
  bool is_global = false;
  bool or_replace = false;
  bool if_not_exists = false;
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
};
/// DESCRIBE [EXTENDED] table | FUNCTION name | QUERY select.
struct DescribeObject {
  std::string what;  // "table" "function" "query" "database"
  std::vector<std::string> name;
  RelationPtr query;
  bool is_extended = false;
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

using CommandNode =
    std::variant<WriteFiles, CreateView, CreateTable, DropTable, CreateNamespace, DropNamespace,
                 UseNamespace, SetConfig, Show, DescribeObject, Explain, CacheTable>;
/// What has an effect. Its answer is a relation, often empty.
struct Command {
  CommandNode node;
};
/// One SQL statement: a query or a command.
using Statement = std::variant<RelationPtr, Command>;

}  // namespace ember
