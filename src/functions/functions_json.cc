#include <algorithm>
#include <map>

#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "functions/json_reader.h"
#include "functions/json_schema.h"
#include "functions/json_tree.h"
#include "functions/json_writer.h"
#include "functions/result_types.h"
#include "functions/table_check.h"

namespace ember {
namespace {

using enum TypeClass;
using Arguments = std::span<const ArgumentInfo>;
using Options = std::map<std::string, std::string>;

std::string Lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// The options argument: a constant map of strings; keys in lower case.
Result<Options> OptionsOf(Arguments arguments, size_t index) {
  Options options;
  if (arguments.size() <= index) return options;
  const ArgumentInfo& argument = arguments[index];
  if (!argument.type.Is(TypeKind::kMap) || !argument.constant) {
    return Unsupported("options of a JSON function that are not a constant map");
  }
  const auto* cells = std::get_if<std::vector<Value>>(&argument.constant->data);
  for (size_t i = 0; cells != nullptr && i + 1 < cells->size(); i += 2) {
    const auto* key = std::get_if<std::string>(&(*cells)[i].data);
    const auto* value = std::get_if<std::string>(&(*cells)[i + 1].data);
    if (key != nullptr && value != nullptr) options[Lower(*key)] = *value;
  }
  return options;
}

// ExprUtils.convertToMapData.
Status CheckOptions(Arguments arguments, size_t index) {
  if (arguments.size() <= index) return {};
  const DataType& type = arguments[index].type;
  if (!type.Is(TypeKind::kMap)) return MakeError("INVALID_OPTIONS.NON_MAP_FUNCTION");
  if (type.key().type.IsStringLike() && type.value().type.IsStringLike()) return {};
  return MakeError("INVALID_OPTIONS.NON_STRING_TYPE", {{"mapType", "\"" + SqlText(type) + "\""}});
}

// A schema: DDL or JSON of a type as constant text, or schema_of_json of a constant.
Result<DataType> SchemaOf(const ArgumentInfo& argument) {
  std::optional<std::string> text = ConstantText(argument);
  constexpr std::string_view kInferred = "schema_of_json(";
  if (!text && argument.pretty.starts_with(kInferred)) {
    std::string json = argument.pretty.substr(kInferred.size());
    json.pop_back();
    return InferJsonType(json);
  }
  if (!text) {
    return MakeError("INVALID_SCHEMA.NON_STRING_LITERAL",
                     {{"inputSchema", QuoteExpression(argument.pretty)}});
  }
  size_t first = text->find_first_not_of(" \t\n");
  if (first != std::string::npos && ((*text)[first] == '{' || (*text)[first] == '"')) {
    return ParseTypeJson(*text);
  }
  Result<DataType> type = ParseDataType(*text);
  if (type.ok()) return type;
  ASSIGN_OR_RETURN(Schema schema, ParseDdlSchema(*text));
  return StructType(schema);
}

// JsonToStructs: nullable at all depths; a map's column is called `entries`.
Result<DataType> ResultFromJson(Arguments arguments, const TypeContext&) {
  ASSIGN_OR_RETURN(DataType type, SchemaOf(arguments[1]));
  const bool fits =
      type.Is(TypeKind::kStruct) || type.Is(TypeKind::kArray) || type.Is(TypeKind::kMap);
  if (!fits) {
    return MakeError("DATATYPE_MISMATCH.INVALID_JSON_SCHEMA",
                     {{"schema", "\"" + SqlText(type) + "\""}});
  }
  ASSIGN_OR_RETURN(Options options, OptionsOf(arguments, 2));
  auto mode = options.find("mode");
  if (mode != options.end() && Lower(mode->second) != "permissive" &&
      Lower(mode->second) != "failfast") {
    return MakeError("PARSE_MODE_UNSUPPORTED",
                     {{"funcName", "`from_json`"}, {"mode", mode->second}});
  }
  return AsNullable(type);
}

Result<std::string> EmitFromJson(const EmitContext& context) {
  ASSIGN_OR_RETURN(Options options, OptionsOf(context.arguments, 2));
  JsonReadOptions read;
  read.zone = context.zone;
  for (const auto& [key, value] : options) {
    if (!SetJsonOption(key, value, read)) return Unsupported("option " + key + " of from_json");
  }
  RETURN_IF_ERROR(JsonTypeReader::Make(JsonTypeReader::Specification(context.result, read)));
  ASSIGN_OR_RETURN(std::string structure, JsonStructure(context.result));
  ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(context.result));
  std::string canonical = "ember_read_json(" + context.sql[0] + ", " +
                          SqlString(JsonTypeReader::Specification(context.result, read)) + ")";
  if (read.is_fail_fast) {
    std::string nulls = "[null";
    if (context.result.Is(TypeKind::kStruct)) {
      for (size_t i = 1; i < context.result.fields().size(); ++i) nulls += ",null";
    }
    const TokenParameter parameters[] = {{"badRecord", nulls + "]"}, {"failFastMode", "FAILFAST"}};
    canonical =
        Guarded(canonical + " = '!'",
                RaiseSql("MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION", parameters), canonical);
  }
  return CastSql("from_json(" + canonical + ", " + SqlString(structure) + ")", storage);
}

Result<DataType> ResultToJson(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  const bool fits = type.Is(TypeKind::kStruct) || type.Is(TypeKind::kArray) ||
                    type.Is(TypeKind::kMap) || type.Is(TypeKind::kNull);
  if (!fits) {
    return MakeError("DATATYPE_MISMATCH.INVALID_JSON_SCHEMA",
                     {{"schema", "\"" + SqlText(type) + "\""}});
  }
  RETURN_IF_ERROR(OptionsOf(arguments, 1));
  return StringType();
}

Result<std::string> EmitToJson(const EmitContext& context) {
  ASSIGN_OR_RETURN(Options options, OptionsOf(context.arguments, 1));
  JsonWriteOptions write{.zone = std::string(context.zone)};
  for (const auto& [key, value] : options) {
    if (key == "timestampformat") {
      write.timestamp_format = value;
    } else if (key == "dateformat") {
      write.date_format = value;
    } else if (key == "timestampntzformat") {
      write.timestamp_ntz_format = value;
    } else if (key == "ignorenullfields") {
      write.ignores_null_fields = Lower(value) != "false";
    } else if (key == "timezone") {
      write.zone = value;
    } else if (key == "pretty" && Lower(value) == "true") {
      return Unsupported("option pretty of to_json");
    }
  }
  return JsonSql(context.sql[0], context.arguments[0].type, write);
}

Result<DataType> ResultSchemaOfJson(Arguments arguments, const TypeContext&) {
  if (!arguments[0].constant) return NonFoldableInput(arguments[0], "json");
  if (arguments[0].constant->is_null()) return UnexpectedNull("json");
  return StringType();
}

Result<std::string> EmitSchemaOfJson(const EmitContext& context) {
  ASSIGN_OR_RETURN(DataType type, InferJsonType(ConstantText(context.arguments[0]).value_or("")));
  return SqlString(SqlText(type));
}

Result<std::vector<DataType>> KeepTypes(Arguments arguments, const TypeContext&) {
  std::vector<DataType> types;
  for (const ArgumentInfo& argument : arguments) types.push_back(argument.type);
  return types;
}

Result<std::vector<DataType>> CoerceFromJson(Arguments arguments, const TypeContext&) {
  RETURN_IF_ERROR(CheckOptions(arguments, 2));
  ASSIGN_OR_RETURN(std::vector<DataType> types, KeepTypes(arguments, {}));
  if (types[0].Is(TypeKind::kNull)) types[0] = StringType();
  if (!types[0].IsStringLike()) return UnexpectedInputType(arguments, 0, "\"STRING\"");
  return types;
}

Result<std::vector<DataType>> CoerceToJson(Arguments arguments, const TypeContext& context) {
  RETURN_IF_ERROR(CheckOptions(arguments, 1));
  return KeepTypes(arguments, context);
}

// GetJsonObject takes strings only, without implicit casts.
Result<std::vector<DataType>> CoerceStrings(Arguments arguments, const TypeContext&) {
  for (size_t i = 0; i < arguments.size(); ++i) {
    const DataType& type = arguments[i].type;
    if (!type.IsStringLike() && !type.Is(TypeKind::kNull)) {
      return UnexpectedInputType(arguments, i, "\"STRING\"");
    }
  }
  return std::vector<DataType>(arguments.size(), StringType());
}

constexpr FunctionRow Row(std::string_view name, int minimum, int maximum, CoerceFunction coerce,
                          ResultTypeFunction result, std::string_view duckdb, EmitFunction emit,
                          int shown, std::string_view doc, std::string_view example) {
  return {.name = name,
          .min_arguments = minimum,
          .max_arguments = maximum,
          .arguments = kTypes<kAny>,
          .coercion = CoercionRule::kCustom,
          .result = result,
          .nullability = Nullability::kAlways,
          .duckdb = duckdb,
          .emit = emit,
          .coerce = coerce,
          .shown_arguments = shown,
          .doc = doc,
          .example = example};
}
constexpr FunctionRow NeverNull(FunctionRow row) {
  row.nullability = Nullability::kNever;
  return row;
}

constexpr FunctionRow kRows[] = {
    Row("from_json", 2, 3, CoerceFromJson, ResultFromJson, "", EmitFromJson, 1,
        "JSON text as a struct, an array or a map.", "SELECT from_json('{\"a\": 1}', 'a INT')"),
    Row("get_json_object", 2, 2, CoerceStrings, ResultString, "ember_get_json_object({0}, {1})",
        nullptr, -1, "What a path finds in JSON text.",
        "SELECT get_json_object('{\"a\": 1}', '$.a')"),
    Row("json_array_length", 1, 1, CoerceStrings, ResultInteger, "ember_json_array_length({0})",
        nullptr, -1, "The number of elements of a JSON array.",
        "SELECT json_array_length('[1, 2]')"),
    Row("json_object_keys", 1, 1, CoerceStrings, ResultStringArray, "ember_json_object_keys({0})",
        nullptr, -1, "The keys of a JSON object.", "SELECT json_object_keys('{\"a\": 1}')"),
    NeverNull(Row("schema_of_json", 1, 2, KeepTypes, ResultSchemaOfJson, "", EmitSchemaOfJson, 1,
                  "The type of a JSON text, as DDL.", "SELECT schema_of_json('{\"a\": 1}')")),
    Row("to_json", 1, 2, CoerceToJson, ResultToJson, "", EmitToJson, 1,
        "A struct, an array or a map as JSON text.", "SELECT to_json(named_struct('a', 1))"),
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> JsonFunctions() { return kRows; }

}  // namespace ember
