#include "duckdb/bucket_spec.h"

#include <fmt/format.h>

#include <set>

#include "duckdb/file_formats.h"

namespace ember {
namespace {

std::string Joined(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

Error NotDefined(std::string_view kind, const std::string& column, const BucketedTable& table) {
  std::string columns;
  for (const StructField& field : table.schema)
    columns += (columns.empty() ? "" : ", ") + QuoteIdentifier(field.name);
  return MakeError("COLUMN_NOT_DEFINED_IN_TABLE", {{"colType", std::string(kind)},
                                                   {"colName", QuoteIdentifier(column)},
                                                   {"tableName", table.name},
                                                   {"tableCols", columns}});
}

// The names as the schema spells them.
Status Normalize(std::vector<std::string>& names, std::string_view kind,
                 const BucketedTable& table) {
  for (std::string& name : names) {
    const int at = FindField(table.schema, name);
    if (at < 0) return NotDefined(kind, name, table);
    name = table.schema[at].name;
  }
  return {};
}

Status CheckDistinct(const std::vector<std::string>& names) {
  std::set<std::string> seen;
  for (const std::string& name : names) {
    if (!seen.insert(LowerCase(name)).second)
      return MakeError("COLUMN_ALREADY_EXISTS", {{"columnName", QuoteIdentifier(LowerCase(name))}});
  }
  return {};
}

Status CheckNotPartition(const std::vector<std::string>& names, const BucketedTable& table,
                         const std::string& condition, const std::string& parameter) {
  for (const std::string& name : names) {
    for (const std::string& by : table.partition_by) {
      if (LowerCase(by) != LowerCase(name)) continue;
      return MakeError(condition,
                       {{parameter, name}, {"normalizedPartCols", Joined(table.partition_by)}});
    }
  }
  return {};
}

bool HoldsMap(const DataType& type) {
  if (type.Is(TypeKind::kMap)) return true;
  if (type.children == nullptr) return false;
  for (const StructField& child : *type.children) {
    if (HoldsMap(child.type)) return true;
  }
  return false;
}

}  // namespace

std::string BucketText(const BucketSpec& spec) {
  if (spec.empty()) return "not bucketed";
  std::string text =
      fmt::format("{} buckets, bucket columns: [{}]", spec.count, Joined(spec.columns));
  if (!spec.sort_columns.empty())
    text += fmt::format(", sort columns: [{}]", Joined(spec.sort_columns));
  return text;
}

Result<BucketSpec> NormalizeBuckets(BucketSpec spec, const BucketedTable& table) {
  if (spec.empty()) return spec;
  if (spec.count <= 0 || spec.count > table.max_buckets) {
    return MakeError("_LEGACY_ERROR_TEMP_1083",
                     {{"bucketingMaxBuckets", std::to_string(table.max_buckets)},
                      {"numBuckets", std::to_string(spec.count)}});
  }
  RETURN_IF_ERROR(Normalize(spec.columns, "bucket", table));
  RETURN_IF_ERROR(Normalize(spec.sort_columns, "sort", table));
  RETURN_IF_ERROR(CheckDistinct(spec.columns));
  RETURN_IF_ERROR(CheckDistinct(spec.sort_columns));
  RETURN_IF_ERROR(CheckNotPartition(spec.columns, table, "_LEGACY_ERROR_TEMP_1166", "bucketCol"));
  RETURN_IF_ERROR(
      CheckNotPartition(spec.sort_columns, table, "_LEGACY_ERROR_TEMP_1167", "sortCol"));
  for (const std::string& name : spec.sort_columns) {
    const DataType& type = table.schema[FindField(table.schema, name)].type;
    if (!HoldsMap(type)) continue;
    return MakeError("_LEGACY_ERROR_TEMP_3072", {{"msg", fmt::format("Cannot use {} for sorting "
                                                                     "column",
                                                                     SimpleString(type))}});
  }
  for (const std::string& name : spec.columns) {
    const DataType& type = table.schema[FindField(table.schema, name)].type;
    if (HoldsMap(type)) return Unsupported("bucketBy of a column of type " + SimpleString(type));
  }
  return spec;
}

}  // namespace ember
