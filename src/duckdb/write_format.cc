#include "duckdb/write_format.h"

#include <fmt/format.h>

#include <algorithm>

#include "duckdb/file_formats.h"
#include "duckdb/row_text.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"

namespace ember {
namespace {

constexpr std::string_view kSparkVersion = "4.0.2";

bool HoldsInstant(const DataType& type) {
  if (type.Is(TypeKind::kTimestamp)) return true;
  if (type.children == nullptr) return false;
  return std::any_of(type.children->begin(), type.children->end(),
                     [](const StructField& child) { return HoldsInstant(child.type); });
}

// Parquet marks an instant by its type, TIMESTAMPTZ; made of microseconds it costs nothing, cast it
// costs much.
std::string WithZonedInstants(const std::string& sql, const DataType& type, int depth) {
  if (!HoldsInstant(type)) return sql;
  const std::string item = fmt::format("\"i{}\"", depth);
  switch (type.kind) {
    case TypeKind::kTimestamp:
      return fmt::format("make_timestamptz(epoch_us({}))", sql);
    case TypeKind::kArray:
      return fmt::format("list_transform({}, lambda {}: {})", sql, item,
                         WithZonedInstants(item, type.element().type, depth + 1));
    case TypeKind::kMap:
      return fmt::format(
          "map(list_transform(map_keys({0}), lambda {1}: {2}), list_transform(map_values({0}), "
          "lambda {1}: {3}))",
          sql, item, WithZonedInstants(item, type.key().type, depth + 1),
          WithZonedInstants(item, type.value().type, depth + 1));
    default: {
      const std::vector<std::string> names = StorageFieldNames(type);
      std::string fields;
      for (size_t i = 0; i < names.size(); ++i) {
        fields +=
            fmt::format("{}{} := {}", i > 0 ? ", " : "", SqlIdentifier(names[i]),
                        WithZonedInstants(fmt::format("struct_extract_at({}, {})", sql, i + 1),
                                          type.fields()[i].type, depth));
      }
      return fmt::format("CASE WHEN {} IS NULL THEN NULL ELSE struct_pack({}) END", sql, fields);
    }
  }
}

struct Codec {
  std::string duckdb;     // DuckDB's name
  std::string extension;  // what Spark puts into the file name
};

Result<Codec> CodecOf(const FileWriteRequest& request) {
  const bool is_parquet = request.format == "parquet";
  const std::string name = LowerCase(
      TextOption(request.options, "compression", is_parquet ? request.default_codec : "none"));
  if (name == "none" || name == "uncompressed")
    return Codec{is_parquet ? "uncompressed" : "none", ""};
  if (is_parquet && name == "snappy") return Codec{"snappy", ".snappy"};
  if (name == "gzip") return Codec{"gzip", ".gz"};
  if (name == "zstd") return Codec{"zstd", is_parquet ? ".zstd" : ".zst"};
  if (is_parquet && name == "lz4_raw") return Codec{"lz4_raw", ".lz4raw"};
  if (is_parquet && name == "brotli") return Codec{"brotli", ".br"};
  const std::string known =
      is_parquet ? "brotli, uncompressed, lzo, snappy, lz4_raw, none, zstd, lz4, gzip"
                 : "bzip2, deflate, uncompressed, snappy, none, lz4, gzip";
  if ((", " + known + ",").find(", " + name + ",") != std::string::npos) {
    return Unsupported("compression " + name + " of " + request.format);
  }
  return MakeError("CODEC_NOT_AVAILABLE.WITH_AVAILABLE_CODECS_SUGGESTION",
                   {{"codecName", name}, {"availableCodecs", known}});
}

std::string ParquetOutputs(const std::vector<TextColumn>& columns) {
  std::string list;
  for (const TextColumn& column : columns) {
    list += fmt::format("{}{} AS {}", list.empty() ? "" : ", ",
                        WithZonedInstants(column.sql, column.field.type, 0),
                        SqlIdentifier(column.field.name));
  }
  return list;
}

}  // namespace

Result<WriteFormat> WriteFormat::Make(const FileWriteRequest& request, const ResolvedRelation& plan,
                                      const std::vector<int>& written) {
  WriteFormat format;
  ASSIGN_OR_RETURN(const Codec codec, CodecOf(request));
  std::vector<TextColumn> columns;
  Schema schema;
  for (const int column : written) {
    ASSIGN_OR_RETURN(std::string sql, OutputSql(plan.columns[column]));
    columns.push_back({request.schema[column], std::move(sql)});
    schema.push_back(request.schema[column]);
  }
  if (request.format == "parquet") {
    format.outputs_ = ParquetOutputs(columns);
    format.extension_ = codec.extension + ".parquet";
    format.copy_options_ = fmt::format(
        "FORMAT parquet, CODEC {}, KV_METADATA {{'org.apache.spark.version': {}, "
        "'org.apache.spark.sql.parquet.row.metadata': {}}}",
        SqlString(codec.duckdb), SqlString(kSparkVersion), SqlString(SchemaJson(schema)));
    return format;
  }
  ASSIGN_OR_RETURN(const bool has_header, BooleanOption(request.options, "header", false));
  // Each row is one finished line: DuckDB must neither quote nor replace anything in it.
  format.copy_options_ = fmt::format(
      "FORMAT csv, HEADER {}, QUOTE '', ESCAPE '', DELIMITER e'\\x01', NULLSTR e'\\x02', "
      "COMPRESSION {}",
      has_header && request.format == "csv", codec.duckdb);
  format.extension_ = (request.format == "text" ? ".txt" : "." + request.format) + codec.extension;
  if (request.format == "text") {
    format.outputs_ = fmt::format("coalesce({}, '') AS \"line\"", columns[0].sql);
  } else if (request.format == "json") {
    ASSIGN_OR_RETURN(std::string line, JsonLineSql(columns, request.options, request.zone));
    format.outputs_ = fmt::format("{} AS \"line\"", line);
  } else {
    ASSIGN_OR_RETURN(std::string line, CsvLineSql(columns, request.options, request.zone));
    ASSIGN_OR_RETURN(std::string header, CsvHeader(columns, request.options));
    if (columns.size() == 1) format.single_csv_column_ = SqlIdentifier(header);
    format.outputs_ = fmt::format("{} AS {}", line, SqlIdentifier(header));
  }
  return format;
}

// A CSV line of one null is empty, and the writer of Spark (univocity) leaves empty lines out.
std::string WriteFormat::WithoutEmptyLines(const std::string& rows) const {
  if (single_csv_column_.empty()) return rows;
  return fmt::format("SELECT * FROM ({}) AS n WHERE {} <> ''", rows, single_csv_column_);
}

}  // namespace ember
