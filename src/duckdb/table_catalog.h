#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "duckdb/bucket_spec.h"
#include "plan/relation.h"
#include "store/remote_stores.h"
#include "store/store.h"
#include "types/data_type.h"

namespace ember {

/// A partition that does not lie in its folder below its table, or whose folder has other values.
struct StrayPartition {
  std::vector<std::string> values;  // raw, in the order of the table's partition columns
  std::string location;
};

/// A table of the warehouse folder: files, and what is known of them.
struct TableInfo {
  std::string database;
  std::string name;
  std::string format = "parquet";
  Schema schema;  // partition columns last
  std::vector<std::string> partition_by;
  BucketSpec bucket;
  std::string location;  // absolute, or in S3
  Options options;
  bool is_external = false;
  std::string comment;
  std::map<std::string, std::string> properties;
  int64_t created_us = 0;  // 0: not known
  // Permanent views. Their schema is that of the view, its files and format are none.
  bool is_view = false;
  std::string view_text;
  std::vector<std::string> query_columns;  // outputs of the text, one a column of the schema
  bool is_ansi = true;                     // the mode the view was made in
  bool is_outer = false;                   // of an OuterCatalog, with what follows
  std::string unreadable;  // why it cannot be read, as a feature that is not supported
  /// The partitions that the catalog lists, as folders below `location`; nothing where the folders
  /// that are there tell.
  std::optional<std::vector<std::string>> listed_partitions;
  std::vector<StrayPartition> stray_partitions;  // listed, too
};

class OuterCatalog;

/// The folder that a table (or the warehouse) is given: an absolute local path, or one of `remote`
/// (which may be null). UNSUPPORTED_FEATURE.EMBER for any other.
Result<std::string> TableFolder(const std::string& location, const RemoteStores* remote);
/// "s3://bucket/t", or "file:/warehouse/t".
std::string ShownLocation(const std::string& folder);

/// Databases and tables in the warehouse folder, as one session's store sees it: one JSON file a
/// table below `<warehouse>/.ember`, written in one step. Names are lower-case. Thread-safe.
class TableCatalog {
 public:
  /// The catalog that stands in the warehouse's place at the moment; null for the warehouse.
  using Outer = std::function<Result<OuterCatalog*>()>;
  /// `store` must outlive it.
  TableCatalog(std::string warehouse, Store& store, Outer outer)
      : warehouse_(std::move(warehouse)), store_(store), outer_(std::move(outer)) {}

  /// UNSUPPORTED_FEATURE.EMBER where an outer catalog stands in the warehouse's place. Put, Drop
  /// and the like say so too; this is for before files are touched.
  Status CheckWritable();

  Result<std::vector<std::string>> Databases();
  Result<bool> HasDatabase(const std::string& database);
  Status CreateDatabase(const std::string& database);
  Status DropDatabase(const std::string& database, bool cascade);  // NOLINT: SQL's own word
  Result<std::vector<std::string>> Tables(const std::string& database);
  Result<std::optional<TableInfo>> Find(const std::string& database, const std::string& table);
  Status Put(const TableInfo& table);
  Status Drop(const TableInfo& table);
  /// A managed table's folder goes along; UNSUPPORTED_FEATURE.EMBER in S3, which has no rename.
  Status Rename(const TableInfo& table, const std::string& name);
  std::string DefaultLocation(const std::string& database, const std::string& table) const;
  /// Empty where an outer catalog knows none.
  std::string DatabaseLocation(const std::string& database) const;

 private:
  std::string MetadataFolder(const std::string& database) const;
  std::string MetadataFile(const std::string& database, const std::string& table) const;

  const std::string warehouse_;
  Store& store_;
  const Outer outer_;
};

}  // namespace ember
