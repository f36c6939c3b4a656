#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "analyzer/resolved.h"
#include "plan/relation.h"

namespace ember {

/// What a name in FROM stands for.
struct FoundView {
  RelationPtr plan;
  std::vector<std::string> columns;
  // Permanent views: the database their names mean, the outputs of `plan` by name, and the columns
  // they were made with. Empty for temporary views.
  std::string database;
  std::vector<std::string> query_columns;
  Schema schema;
  std::vector<std::string> identifier;  // spark_catalog.default.v
};
struct FoundTable {
  ReadFiles files;
  std::vector<std::string> identifier;  // spark_catalog.default.t
};

struct SourceSchema {
  Schema schema;
  std::shared_ptr<const SourceHandle> handle;
  std::string description;
};

/// What the analyzer must ask outside of the plan. Implemented by the engine; answers are cached
/// there by path and modification time.
class SourceCatalog {
 public:
  virtual ~SourceCatalog() = default;
  /// Schema of a read: PATH_NOT_FOUND, UNABLE_TO_INFER_SCHEMA, FAILED_READ_FILE … Never reads rows
  /// but where Spark does (inferSchema, JSON without a schema).
  virtual Result<SourceSchema> DescribeFiles(const ReadFiles& read) = 0;
  /// The view or table of that name: TABLE_OR_VIEW_NOT_FOUND.
  virtual Result<std::variant<FoundView, FoundTable>> FindTable(
      const std::vector<std::string>& name) = 0;
  /// Schema of an Arrow IPC stream.
  virtual Result<Schema> DescribeArrow(const std::string& arrow_ipc) = 0;
  /// The bytes of artifact `cache/<hash>`.
  virtual Result<std::shared_ptr<const std::string>> FindArtifact(const std::string& hash) = 0;
  /// Runs a plan now and gives its rows: pivot without values, crosstab, approxQuantile.
  virtual Result<std::vector<std::vector<Value>>> Collect(const ResolvedRelation& relation) = 0;
  /// Rows of spark.catalog and SHOW commands.
  virtual Result<ValuesRelation> QueryCatalog(const CatalogQuery& query) = 0;
  /// Set when the plan (by semantic hash) is persisted.
  virtual std::optional<uint64_t> FindCached(const Relation& relation) = 0;
};

}  // namespace ember
