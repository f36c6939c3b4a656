// What Spark checks before a write starts.
#include <algorithm>
#include <set>

#include "duckdb/file_formats.h"
#include "duckdb/file_writer.h"

namespace ember {
namespace {

std::string SparkFormatName(const std::string& format) {
  if (format == "parquet") return "Parquet";
  return format == "text" ? "Text" : format == "csv" ? "CSV" : "JSON";
}

bool CanHold(const std::string& format, const DataType& type) {
  switch (type.kind) {
    case TypeKind::kNull:
      return format == "json";
    case TypeKind::kCalendarInterval:
      return false;
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct:
      if (format == "csv") return false;
      return std::all_of(type.children->begin(), type.children->end(),
                         [&](const StructField& child) { return CanHold(format, child.type); });
    case TypeKind::kBinary:
      return true;
    default:
      return format != "text" || type.IsStringLike();
  }
}

}  // namespace

Status CheckWrite(const FileWriteRequest& request) {
  std::set<std::string> names;
  for (const StructField& field : request.schema) {
    const std::string name = LowerCase(field.name);
    if (!names.insert(name).second) {
      return MakeError("COLUMN_ALREADY_EXISTS", {{"columnName", QuoteIdentifier(name)}});
    }
  }
  std::set<std::string> partitions;
  for (const std::string& name : request.partition_by) {
    if (FindField(request.schema, name) < 0) {
      return MakeError(
          "_LEGACY_ERROR_TEMP_1155",
          {{"col", name}, {"schemaCatalog", SimpleString(StructType(request.schema))}});
    }
    if (!partitions.insert(LowerCase(name)).second) {
      return MakeError("COLUMN_ALREADY_EXISTS", {{"columnName", QuoteIdentifier(LowerCase(name))}});
    }
  }
  if (!partitions.empty() && partitions.size() == request.schema.size()) {
    return MakeError("ALL_PARTITION_COLUMNS_NOT_ALLOWED");
  }
  if (request.schema.empty()) {
    return MakeError("EMPTY_SCHEMA_NOT_SUPPORTED_FOR_DATASOURCE",
                     {{"format", SparkFormatName(request.format)}});
  }
  for (const StructField& field : request.schema) {
    if (partitions.contains(LowerCase(field.name))) continue;
    if (!CanHold(request.format, field.type)) {
      return MakeError("UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                       {{"format", SparkFormatName(request.format)},
                        {"columnName", QuoteIdentifier(field.name)},
                        {"columnType", "\"" + SqlText(field.type) + "\""}});
    }
  }
  if (request.format != "parquet") {
    const std::string line_end = TextOption(request.options, "linesep", "\n");
    if (line_end != "\n") return Unsupported("the option lineSep when writing " + request.format);
    const std::string charset = LowerCase(
        TextOption(request.options, "encoding", TextOption(request.options, "charset", "utf-8")));
    if (charset != "utf-8" && charset != "utf8")
      return Unsupported("the encoding " + charset + " when writing " + request.format);
  }
  if (request.format == "text" && request.schema.size() != partitions.size() + 1) {
    return Unsupported("text files of more than one column");
  }
  return {};
}

}  // namespace ember
