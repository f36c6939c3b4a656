// JSON files, a document a line or (multiLine) a file, as Spark's JacksonParser and JsonInferSchema
// read them.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "duckdb/file_formats.h"
#include "duckdb/line_scan.h"
#include "duckdb/sql_writer.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"

namespace ember {
namespace {

// SQL that gives one JSON document a row as "doc", the text it came from as "line", and folders'
// values.
Result<std::string> DocumentsSql(const FileSource& source) {
  ASSIGN_OR_RETURN(const bool is_multi_line, BooleanOption(source.options, "multiline", false));
  std::string lines;
  if (is_multi_line) {
    if (!source.partition_schema.empty()) return Unsupported("multiLine JSON in partition folders");
    lines = fmt::format("(SELECT content AS \"line\", filename FROM read_text({}))",
                        FileListSql(source.files));
  } else {
    std::string scan = LineScanSql(source);
    scan.insert(scan.size() - 1, ", filename = true");
    lines = fmt::format("(SELECT * FROM {} WHERE trim(\"line\") <> '')", scan);
  }
  return fmt::format(
      "(SELECT *, unnest(CASE WHEN NOT json_valid(\"line\") THEN [NULL] WHEN json_type(\"line\") = "
      "'ARRAY' THEN json_extract(\"line\", '$[*]') ELSE [CAST(\"line\" AS JSON)] END) AS \"doc\" "
      "FROM {} AS l)",
      lines);
}

// primitivesAsString: what is no array and no object is read as text.
DataType WithTextLeaves(const DataType& type) {
  if (type.Is(TypeKind::kArray)) return ArrayType(WithTextLeaves(type.element().type), true);
  if (!type.Is(TypeKind::kStruct)) return StringType();
  std::vector<StructField> fields = type.fields();
  for (StructField& field : fields) field.type = WithTextLeaves(field.type);
  return StructType(std::move(fields));
}

DataType TypeOfStructure(const nlohmann::json& structure) {
  if (structure.is_string()) {
    const std::string name = structure;
    if (name == "UBIGINT" || name == "BIGINT") return LongType();
    if (name == "HUGEINT") return DecimalType(38, 0);
    if (name == "DOUBLE") return DoubleType();
    if (name == "BOOLEAN") return BooleanType();
    return StringType();
  }
  if (structure.is_array()) {
    return ArrayType(structure.empty() ? StringType() : TypeOfStructure(structure[0]), true);
  }
  // Field names are sorted, as Spark's inference sorts them; nlohmann's objects are.
  std::vector<StructField> fields;
  for (const auto& [name, type] : structure.items())
    fields.push_back({name, TypeOfStructure(type), true, ""});
  return StructType(std::move(fields));
}

std::string FieldPath(const std::string& name) {
  std::string path = "$.\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') path += '\\';
    path += c;
  }
  return path + "\"";
}

// A value of `type` out of the JSON value `sql`; null when it is none.
Result<std::string> ValueSql(const std::string& sql, const DataType& type, const std::string& zone,
                             int depth) {
  const std::string item = fmt::format("\"i{}\"", depth);
  const std::string text = fmt::format("({} ->> '$')", sql);
  switch (type.kind) {
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return text;
    case TypeKind::kBoolean:
      return fmt::format("CASE json_type({0}) WHEN 'BOOLEAN' THEN {1} = 'true' END", sql, text);
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong: {
      ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(type));
      return fmt::format(
          "CASE WHEN json_type({}) IN ('UBIGINT', 'BIGINT') THEN TRY_CAST({} AS {}) END", sql, text,
          storage);
    }
    case TypeKind::kFloat:
    case TypeKind::kDouble: {
      ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(type));
      return fmt::format(
          "CASE WHEN json_type({0}) IN ('UBIGINT', 'BIGINT', 'DOUBLE', 'HUGEINT') OR {1} IN "
          "('NaN', 'Infinity', "
          "'-Infinity', 'INF', '-INF', '+INF') THEN TRY_CAST({1} AS {2}) END",
          sql, text, storage);
    }
    case TypeKind::kArray: {
      ASSIGN_OR_RETURN(std::string body, ValueSql(item, type.element().type, zone, depth + 1));
      return fmt::format(
          "CASE json_type({0}) WHEN 'ARRAY' THEN list_transform(json_extract({0}, '$[*]'), lambda "
          "{1}: {2}) END",
          sql, item, body);
    }
    case TypeKind::kMap: {
      ASSIGN_OR_RETURN(std::string body,
                       ValueSql(fmt::format("json_extract({}, '$.\"' || {} || '\"')", sql, item),
                                type.value().type, zone, depth + 1));
      return fmt::format(
          "CASE json_type({0}) WHEN 'OBJECT' THEN map(json_keys({0}), "
          "list_transform(json_keys({0}), lambda {1}: {2})) END",
          sql, item, body);
    }
    case TypeKind::kStruct: {
      const std::vector<std::string> names = StorageFieldNames(type);
      std::string fields;
      for (size_t i = 0; i < names.size(); ++i) {
        ASSIGN_OR_RETURN(std::string field,
                         ValueSql(fmt::format("json_extract({}, {})", sql,
                                              SqlString(FieldPath(type.fields()[i].name))),
                                  type.fields()[i].type, zone, depth));
        fields += fmt::format("{}{} := {}", i > 0 ? ", " : "", SqlIdentifier(names[i]), field);
      }
      return fmt::format("CASE json_type({}) WHEN 'OBJECT' THEN struct_pack({}) END", sql, fields);
    }
    default:
      return EmitCast(text, StringType(), type, CastMode::kTry, zone);
  }
}

// JSONOptions that say what DuckDB's parser cannot: refused but for Spark's default.
struct RefusedOption {
  const char* key;
  const char* value;  // the default; null: refused whatever it says
};
constexpr RefusedOption kRefusedOptions[] = {
    {"allowbackslashescapinganycharacter", "false"},
    {"allowcomments", "false"},
    {"allownumericleadingzeros", "false"},
    {"allowsinglequotes", "true"},
    {"allowunquotedcontrolchars", "false"},
    {"allowunquotedfieldnames", "false"},
    {"dateformat", nullptr},
    {"dropfieldifallnull", "false"},
    {"linesep", nullptr},
    {"prefersdecimal", "false"},
    {"timestampformat", nullptr},
    {"timestampntzformat", nullptr},
};

Status CheckOptions(const FileSource& source) {
  for (const auto& [key, value] : kRefusedOptions) {
    const auto found = source.options.find(key);
    if (found == source.options.end()) continue;
    if (value != nullptr && LowerCase(found->second) == value) continue;
    return Unsupported(fmt::format("the option {} when reading JSON", key));
  }
  const std::string charset = LowerCase(
      TextOption(source.options, "encoding", TextOption(source.options, "charset", "utf-8")));
  if (charset != "utf-8" && charset != "utf8") return Unsupported("JSON encoding " + charset);
  return {};
}

}  // namespace

Result<Schema> DescribeJson(const FileSource& source, Engine& engine) {
  RETURN_IF_ERROR(CheckOptions(source));
  ASSIGN_OR_RETURN(std::string documents, DocumentsSql(source));
  ASSIGN_OR_RETURN(Connection connection, engine.Connect());
  ASSIGN_OR_RETURN(auto rows, connection.Rows(fmt::format(
                                  "SELECT json_group_structure(\"doc\"), bool_or(\"doc\" IS NULL "
                                  "OR json_type(\"doc\") <> 'OBJECT') "
                                  "FROM {} AS d",
                                  documents)));
  Schema schema;
  if (!rows.empty() && rows[0][0].has_value()) {
    const nlohmann::json structure = nlohmann::json::parse(*rows[0][0], nullptr, false);
    if (structure.is_object()) schema = TypeOfStructure(structure).fields();
    ASSIGN_OR_RETURN(const bool as_text,
                     BooleanOption(source.options, "primitivesasstring", false));
    if (as_text) schema = WithTextLeaves(StructType(std::move(schema))).fields();
  }
  const bool is_permissive =
      LowerCase(TextOption(source.options, "mode", "permissive")) == "permissive";
  if (!rows.empty() && rows[0][1] == "true" && is_permissive) {
    schema.insert(schema.begin(), {source.read.corrupt_record_column, StringType(), true, ""});
    std::sort(schema.begin(), schema.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
  }
  return schema;
}

Result<std::string> JsonScanSql(const FileSource& source,
                                const std::vector<ResolvedColumn>& columns) {
  RETURN_IF_ERROR(CheckOptions(source));
  ASSIGN_OR_RETURN(std::string documents, DocumentsSql(source));
  const std::string corrupt =
      TextOption(source.options, "columnnameofcorruptrecord", source.read.corrupt_record_column);
  std::string bad = "\"doc\" IS NULL OR json_type(\"doc\") <> 'OBJECT'";
  const std::string mode = LowerCase(TextOption(source.options, "mode", "permissive"));
  // A record is bad too when a field of it is not of its type.
  for (const StructField& field : source.file_schema) {
    if (field.type.IsStringLike()) continue;
    const std::string item =
        fmt::format("json_extract(\"doc\", {})", SqlString(FieldPath(field.name)));
    ASSIGN_OR_RETURN(std::string value, ValueSql(item, field.type, source.read.zone, 0));
    bad += fmt::format(" OR (json_type({}) <> 'NULL' AND ({}) IS NULL)", item, value);
  }
  bad = fmt::format("({})", bad);
  std::string outputs;
  for (size_t i = 0; i < source.file_schema.size(); ++i) {
    const StructField& field = source.file_schema[i];
    std::string value;
    if (LowerCase(field.name) == LowerCase(corrupt)) {
      value = fmt::format("CASE WHEN {} THEN \"line\" END", bad);
    } else {
      ASSIGN_OR_RETURN(value, ValueSql(fmt::format("json_extract(\"doc\", {})",
                                                   SqlString(FieldPath(field.name))),
                                       field.type, source.read.zone, 0));
    }
    outputs += fmt::format("{}{} AS {}", i > 0 ? ", " : "", value, ColumnName(columns[i].id));
  }
  ASSIGN_OR_RETURN(std::string folders,
                   PartitionColumns(source, columns, source.file_schema.size()));
  if (outputs.empty()) outputs = "1 AS \"nothing\"";
  folders += FileNameOutput(source);
  std::string condition;
  if (mode == "dropmalformed") condition = fmt::format(" WHERE NOT coalesce({}, false)", bad);
  if (mode == "failfast") {
    const TokenParameter path = {"path", "'file://' || filename", true};
    condition = fmt::format(" WHERE CASE WHEN {} THEN {} ELSE true END", bad,
                            RaiseSql("FAILED_READ_FILE.NO_HINT", {&path, 1}));
  }
  return fmt::format("SELECT {}{} FROM {} AS d{}", outputs, folders, documents, condition);
}

}  // namespace ember
