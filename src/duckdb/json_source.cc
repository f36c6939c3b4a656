// JSON files, a document a line or (multiLine) a file, as Spark's JacksonParser and JsonInferSchema
// read them: DuckDB splits files into lines, our own functions read the records.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "duckdb/file_formats.h"
#include "duckdb/line_scan.h"
#include "duckdb/sql_writer.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"
#include "functions/json_reader.h"
#include "functions/json_schema.h"

namespace ember {
namespace {

// SQL that gives one record a row as "line", and folders' values.
Result<std::string> LinesSql(const FileSource& source) {
  ASSIGN_OR_RETURN(const bool is_multi_line, BooleanOption(source.options, "multiline", false));
  if (is_multi_line) {
    if (!source.partition_schema.empty()) return Unsupported("multiLine JSON in partition folders");
    return fmt::format("(SELECT content AS \"line\", filename FROM read_text({}))",
                       FileListSql(source.files));
  }
  const auto separator = source.options.find("linesep");
  if (separator != source.options.end()) return SeparatedScanSql(source, separator->second);
  std::string scan = LineScanSql(source);
  scan.insert(scan.size() - 1, ", new_line = '\\n', filename = true");
  return scan;
}

Result<JsonReadOptions> ReadOptionsOf(const FileSource& source) {
  JsonReadOptions read;
  read.zone = source.read.zone;
  read.corrupt_column = source.read.corrupt_record_column;
  for (const auto& [key, value] : source.options) SetJsonOption(key, value, read);
  for (const std::string* pattern :
       {&read.date_format, &read.timestamp_format, &read.timestamp_ntz_format}) {
    if (!pattern->empty())
      RETURN_IF_ERROR(DateTimePattern::Make(*pattern, DateTimePattern::Use::kParse));
  }
  const std::string charset = LowerCase(
      TextOption(source.options, "encoding", TextOption(source.options, "charset", "utf-8")));
  if (charset != "utf-8" && charset != "utf8") return Unsupported("JSON encoding " + charset);
  return read;
}

bool IsStored(const DataType& type) {
  if (type.Is(TypeKind::kArray)) return IsStored(type.element().type);
  if (type.Is(TypeKind::kMap)) return IsStored(type.key().type) && IsStored(type.value().type);
  if (!type.Is(TypeKind::kStruct)) return !type.Is(TypeKind::kCalendarInterval);
  return std::all_of(type.fields().begin(), type.fields().end(),
                     [](const StructField& field) { return IsStored(field.type); });
}

Status CheckTypes(const FileSource& source) {
  for (const StructField& field : source.file_schema) {
    if (IsStored(field.type)) continue;
    return MakeError("UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                     {{"format", "JSON"},
                      {"columnName", QuoteIdentifier(field.name)},
                      {"columnType", "\"" + SqlText(field.type) + "\""}});
  }
  return {};
}

}  // namespace

Result<Schema> DescribeJson(const FileSource& source, Engine& engine) {
  JsonInferOptions options;
  ASSIGN_OR_RETURN(options.read, ReadOptionsOf(source));
  const auto flag = [&](const char* key) { return BooleanOption(source.options, key, false); };
  ASSIGN_OR_RETURN(options.prefers_decimal, flag("prefersdecimal"));
  ASSIGN_OR_RETURN(options.infers_timestamp, flag("infertimestamp"));
  ASSIGN_OR_RETURN(options.primitives_as_string, flag("primitivesasstring"));
  ASSIGN_OR_RETURN(options.drops_null_fields, flag("dropfieldifallnull"));
  const std::string specification = JsonSchemaInference::Specification(options);
  ASSIGN_OR_RETURN(const auto inference, JsonSchemaInference::Make(specification));
  ASSIGN_OR_RETURN(std::string lines, LinesSql(source));
  ASSIGN_OR_RETURN(lines, SampledLinesSql(source, std::move(lines)));
  ASSIGN_OR_RETURN(Connection connection, engine.Connect());
  // Records of one shape have one type: few types come back.
  ASSIGN_OR_RETURN(auto rows,
                   connection.Rows(fmt::format(
                       "SELECT DISTINCT ember_json_record_type(\"line\", {}) FROM {} AS l",
                       SqlString(specification), lines)));
  DataType type = NullType();
  for (const auto& row : rows) {
    if (!row[0]) continue;
    if (*row[0] == JsonTypeReader::kFailed) {
      return inference.Merge(StructType(Schema()), StringType()).error();
    }
    ASSIGN_OR_RETURN(const DataType other, ParseTypeJson(*row[0]));
    ASSIGN_OR_RETURN(type, inference.Merge(type, other));
  }
  Schema schema = inference.SchemaOf(type);
  RETURN_IF_ERROR(CheckDistinctNames(schema));
  return schema;
}

Result<std::string> JsonScanSql(const FileSource& source,
                                const std::vector<ResolvedColumn>& columns,
                                const std::set<int64_t>& needed) {
  ASSIGN_OR_RETURN(const JsonReadOptions read, ReadOptionsOf(source));
  RETURN_IF_ERROR(CheckTypes(source));
  Schema fields;
  for (size_t i = 0; i < source.file_schema.size(); ++i) {
    if (needed.contains(columns[i].id)) fields.push_back(source.file_schema[i]);
  }
  if (fields.size() == 1 && fields[0].name == read.corrupt_column)
    return MakeError("UNSUPPORTED_FEATURE.QUERY_ONLY_CORRUPT_RECORD_COLUMN");
  ASSIGN_OR_RETURN(std::string lines, LinesSql(source));
  ASSIGN_OR_RETURN(std::string folders,
                   PartitionColumns(source, columns, source.file_schema.size()));
  folders += FileNameOutput(source);
  const DataType type = StructType(fields);
  const std::string records =
      fmt::format("(SELECT *, unnest(ember_json_records(\"line\", {})) AS \"record\" FROM {} AS l)",
                  SqlString(JsonTypeReader::Specification(type, read)), lines);
  std::string condition;
  if (read.is_fail_fast) {
    const TokenParameter path = {"path", "'file://' || filename", true};
    condition =
        fmt::format(" WHERE CASE WHEN \"record\" = '{}' THEN {} ELSE true END",
                    JsonTypeReader::kFailed, RaiseSql("FAILED_READ_FILE.NO_HINT", {&path, 1}));
  }
  const std::vector<std::string> names = StorageFieldNames(type);
  std::string outputs;
  size_t field = 0;
  for (size_t i = 0; i < source.file_schema.size(); ++i) {
    std::string value;
    if (needed.contains(columns[i].id)) {
      value = fmt::format("struct_extract(\"row\", {})", SqlString(names[field++]));
    } else {
      ASSIGN_OR_RETURN(const std::string storage, DuckDbTypeName(columns[i].type));
      value = fmt::format("CAST(NULL AS {})", storage);
    }
    outputs += fmt::format("{}{} AS {}", i > 0 ? ", " : "", value, ColumnName(columns[i].id));
  }
  if (outputs.empty()) outputs = "1 AS \"nothing\"";
  if (fields.empty())
    return fmt::format("SELECT {}{} FROM {} AS d{}", outputs, folders, records, condition);
  ASSIGN_OR_RETURN(const std::string structure, JsonStructure(type));
  ASSIGN_OR_RETURN(const std::string storage, DuckDbTypeName(type));
  return fmt::format(
      "SELECT {}{} FROM (SELECT *, CAST(from_json(\"record\", {}) AS {}) AS \"row\" FROM {} AS "
      "d{}) "
      "AS r",
      outputs, folders, SqlString(structure), storage, records, condition);
}

}  // namespace ember
