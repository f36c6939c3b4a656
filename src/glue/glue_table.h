#pragma once

#include <map>
#include <string>
#include <vector>

#include "aws/aws_api.h"
#include "base/result.h"
#include "types/data_type.h"

namespace ember {

/// How a table tells which partitions it has: Glue lists them, or (for Athena) properties of the
/// table say what values there may be, and Spark looks at the folders.
enum class GluePartitioning { kExplicit, kProjection };

/// A table of the Glue Data Catalog over files in S3.
struct GlueTable {
  std::string database;
  std::string name;
  std::string comment;
  Schema columns;            // without those of the partitions
  Schema partition_columns;  // outermost first
  std::string location;      // "s3://bucket/folder"
  std::string format = "parquet";
  std::map<std::string, std::string> options;  // of the format, by lower-case name
  GluePartitioning partitioning = GluePartitioning::kExplicit;
  std::map<std::string, std::string> projection;  // "projection.enabled" and its like
  /// Not empty: why Ember does not read this table, as a feature that is not supported.
  std::string unreadable;
};

/// A partition: the values of the table's partition columns as their folders have them (unescaped)
/// and its place, "s3://bucket/folder/day=2024-01-02".
struct GluePartition {
  std::vector<std::string> values;
  std::string location;
  auto operator<=>(const GluePartition&) const = default;
};

/// Names as Glue takes them: lower-case, of letters, digits and '_'. EMBER_INVALID_INPUT for
/// others.
Status CheckGlueName(const std::string& name);

/// The TableInput of CreateTable: what Spark 4.0 tells a Hive metastore of a table of a data source
/// (HiveExternalCatalog.tableMetaToTableProps), with SerDe and columns that Athena reads too.
/// UNSUPPORTED_FEATURE.EMBER for columns that Hive has no type for.
Result<AwsJson> GlueTableInput(const GlueTable& table);
/// The PartitionInput of BatchCreatePartition.
Result<AwsJson> GluePartitionInput(const GlueTable& table, const GluePartition& partition);
/// A Table of GetTable. What Ember cannot read has its reason in `unreadable`.
GlueTable ParseGlueTable(const AwsJson& table);

/// Keys of a table's Parameters that are Ember's to set and to remove.
bool IsOwnGlueParameter(const std::string& key);

}  // namespace ember
