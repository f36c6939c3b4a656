#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "duckdb/table_catalog.h"

namespace ember {

/// The option of a read by which only files in some folders below its path count: those of the
/// partitions that a catalog lists (Spark's CatalogFileIndex), a line each; "*" for all. A place
/// that is not there has no files then, as with Spark's tables, where a path of a reader is an
/// error.
inline constexpr const char* kListedPartitions = "ember.listedpartitions";

/// A database of an OuterCatalog.
struct OuterDatabase {
  std::string name;
  std::string location;  // "s3://bucket/stocks.db"; may be empty
};

/// A catalog that others keep, such as Glue's: a session reads tables by it, and changes nothing.
/// Names are lower-case. Safe to use from several threads.
class OuterCatalog {
 public:
  virtual ~OuterCatalog() = default;
  /// "the Glue Data Catalog": for messages.
  virtual std::string title() const = 0;
  virtual Result<std::vector<OuterDatabase>> Databases() = 0;
  virtual Result<std::optional<OuterDatabase>> FindDatabase(const std::string& name) = 0;
  /// Names; none when there is no such database.
  virtual Result<std::vector<std::string>> Tables(const std::string& database) = 0;
  virtual Result<std::optional<TableInfo>> Find(const std::string& database,
                                                const std::string& table) = 0;
};

}  // namespace ember
