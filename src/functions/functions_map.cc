#include <algorithm>

#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/emit_collection.h"
#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "functions/result_types.h"
#include "functions/table_check.h"
#include "types/coercion.h"

// Maps and structs, subscripts, sizes.

namespace ember {
namespace {

using enum TypeClass;
using Arguments = std::span<const ArgumentInfo>;

std::string TypesText(Arguments arguments, size_t first, size_t step) {
  std::string text;
  for (size_t i = first; i < arguments.size(); i += step) {
    text += (text.empty() ? "\"" : ", \"") + SqlText(arguments[i].type) + "\"";
  }
  return "[" + text + "]";
}

Error OddArguments(std::string_view function, Arguments arguments) {
  return MakeError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                   {{"functionName", QuoteIdentifier(function)},
                    {"expectedNum", "2n (n > 0)"},
                    {"actualNum", std::to_string(arguments.size())},
                    {"docroot", "https://spark.apache.org/docs/latest"}});
}

std::optional<DataType> CommonType(Arguments arguments, size_t first, size_t step, bool ansi) {
  std::vector<DataType> types;
  for (size_t i = first; i < arguments.size(); i += step) types.push_back(arguments[i].type);
  if (types.empty()) return NullType();
  return WiderType(types, ansi);
}

Result<std::vector<DataType>> CoerceMap(Arguments arguments, const TypeContext& context) {
  if (arguments.size() % 2 != 0) return OddArguments("map", arguments);
  std::optional<DataType> key = CommonType(arguments, 0, 2, context.ansi);
  if (!key) {
    return MakeError("DATATYPE_MISMATCH.CREATE_MAP_KEY_DIFF_TYPES",
                     {{"functionName", "`map`"}, {"dataType", TypesText(arguments, 0, 2)}});
  }
  std::optional<DataType> value = CommonType(arguments, 1, 2, context.ansi);
  if (!value) {
    return MakeError("DATATYPE_MISMATCH.CREATE_MAP_VALUE_DIFF_TYPES",
                     {{"functionName", "`map`"}, {"dataType", TypesText(arguments, 1, 2)}});
  }
  std::vector<DataType> types;
  for (size_t i = 0; i < arguments.size(); ++i) types.push_back(i % 2 == 0 ? *key : *value);
  return types;
}

Result<DataType> ResultMap(Arguments arguments, const TypeContext&) {
  if (arguments.empty()) return MapType(NullType(), NullType(), false);
  if (arguments[0].type.Is(TypeKind::kMap)) {
    return MakeError("DATATYPE_MISMATCH.INVALID_MAP_KEY_TYPE",
                     {{"keyType", "\"" + SqlText(arguments[0].type) + "\""}});
  }
  bool nullable = false;
  for (size_t i = 1; i < arguments.size(); i += 2) nullable = nullable || arguments[i].nullable;
  return MapType(arguments[0].type, arguments[1].type, nullable);
}

Result<std::string> EmitMap(const EmitContext& context) {
  ASSIGN_OR_RETURN(std::string key, DuckDbTypeName(context.result.key().type));
  ASSIGN_OR_RETURN(std::string value, DuckDbTypeName(context.result.value().type));
  std::string keys, values;
  for (size_t i = 0; i < context.sql.size(); ++i) {
    std::string& list = i % 2 == 0 ? keys : values;
    list += (list.empty() ? "" : ", ") + context.sql[i];
  }
  keys = CastSql("[" + keys + "]", key + "[]");
  values = CastSql("[" + values + "]", value + "[]");
  if (context.sql.empty()) return "MAP(" + keys + ", " + values + ")";
  return CheckedMap(keys, values);
}

Result<DataType> ResultMapFromArrays(Arguments arguments, const TypeContext&) {
  return MapType(arguments[0].type.element().type, arguments[1].type.element().type,
                 arguments[1].type.element().nullable);
}
Result<std::string> EmitMapFromArrays(const EmitContext& context) {
  ASSIGN_OR_RETURN(std::string differ, FillTemplate("len({0}) <> len({1})", context));
  std::string made = Guarded(differ, RaiseSql("_LEGACY_ERROR_TEMP_2128", {}),
                             CheckedMap(context.sql[0], context.sql[1]));
  return NullWhenAnyNull(context, made);
}

Result<std::vector<DataType>> CoerceEntries(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (!type.Is(TypeKind::kArray) || !type.element().type.Is(TypeKind::kStruct) ||
      type.element().type.fields().size() != 2) {
    return UnexpectedInputType(arguments, 0, "\"ARRAY\" of pair \"STRUCT\"");
  }
  return ArgumentTypes(arguments);
}
Result<DataType> ResultMapFromEntries(Arguments arguments, const TypeContext&) {
  const auto& fields = arguments[0].type.element().type.fields();
  return MapType(fields[0].type, fields[1].type, fields[1].nullable);
}
bool NullableEntries(Arguments arguments, const TypeContext&) {
  return arguments[0].nullable || arguments[0].type.element().nullable;
}
Result<std::string> EmitMapFromEntries(const EmitContext& context) {
  const std::string& entries = context.sql[0];
  std::string keys = "list_transform(" + entries + ", lambda me: struct_extract_at(me, 1))";
  std::string values = "list_transform(" + entries + ", lambda me: struct_extract_at(me, 2))";
  return "(CASE WHEN list_count(" + entries + ") = len(" + entries + ") THEN " +
         CheckedMap(keys, values) + " END)";
}

template <bool is_keys>
Result<DataType> ResultMapPart(Arguments arguments, const TypeContext&) {
  const DataType& map = arguments[0].type;
  // MapKeys and MapValues say that their elements may be null, though keys never are.
  return is_keys ? ArrayType(map.key().type, true) : ArrayType(map.value().type, true);
}
Result<DataType> ResultMapEntries(Arguments arguments, const TypeContext&) {
  const DataType& map = arguments[0].type;
  return ArrayType(StructType({{"key", map.key().type, false, ""},
                               {"value", map.value().type, map.value().nullable, ""}}),
                   false);
}

Result<std::vector<DataType>> CoerceMapConcat(Arguments arguments, const TypeContext& context) {
  if (arguments.empty()) return std::vector<DataType>{};
  std::vector<DataType> types = ArgumentTypes(arguments);
  const bool all_maps =
      std::ranges::all_of(types, [](const DataType& type) { return type.Is(TypeKind::kMap); });
  if (!all_maps) {
    return MakeError("DATATYPE_MISMATCH.MAP_CONCAT_DIFF_TYPES",
                     {{"functionName", "`map_concat`"}, {"dataType", TypesText(arguments, 0, 1)}});
  }
  const std::optional<DataType> common = WiderType(types, context.ansi);
  if (!common) {
    std::string list;
    for (const DataType& type : types) {
      list += (list.empty() ? "\"" : " or \"") + SqlText(type) + "\"";
    }
    return MakeError("DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                     {{"functionName", "`map_concat`"}, {"dataType", "(" + list + ")"}});
  }
  return std::vector<DataType>(arguments.size(), *common);
}
Result<DataType> ResultMapConcat(Arguments arguments, const TypeContext&) {
  if (arguments.empty()) return MapType(StringType(), StringType(), true);
  bool nullable = false;
  for (const ArgumentInfo& argument : arguments) {
    nullable = nullable || argument.type.value().nullable;
  }
  const DataType& first = arguments[0].type;
  return MapType(first.key().type, first.value().type, nullable);
}
Result<std::string> EmitMapConcat(const EmitContext& context) {
  if (context.sql.empty()) return std::string("MAP(CAST([] AS VARCHAR[]), CAST([] AS VARCHAR[]))");
  std::string keys, values;
  for (const std::string& map : context.sql) {
    keys += (keys.empty() ? "" : ", ") + ("map_keys(" + map + ")");
    values += (values.empty() ? "" : ", ") + ("map_values(" + map + ")");
  }
  return NullWhenAnyNull(context,
                         CheckedMap("list_concat(" + keys + ")", "list_concat(" + values + ")"));
}

Result<std::vector<DataType>> MapAndKey(std::string_view function, Arguments arguments,
                                        const TypeContext& context) {
  std::vector<DataType> types = ArgumentTypes(arguments);
  if (types[0].Is(TypeKind::kMap)) {
    std::optional<DataType> common =
        WiderWithoutStrings(types[0].key().type, types[1], context.ansi);
    if (types[1].Is(TypeKind::kNull) && function == "map_contains_key") {
      return MakeError("DATATYPE_MISMATCH.NULL_TYPE",
                       {{"functionName", QuoteIdentifier(function)}});
    }
    if (common) {
      types[0] = MapType(*common, types[0].value().type, types[0].value().nullable);
      types[1] = *common;
      return types;
    }
  }
  return ContainerMismatch("DATATYPE_MISMATCH.MAP_FUNCTION_DIFF_TYPES", function, "dataType", "MAP",
                           arguments);
}
Result<std::vector<DataType>> CoerceContainsKey(Arguments arguments, const TypeContext& context) {
  return MapAndKey("map_contains_key", arguments, context);
}
Result<std::string> EmitContainsKey(const EmitContext& context) {
  ASSIGN_OR_RETURN(std::string sql, FillTemplate("list_contains(map_keys({0}), {1})", context));
  return NullWhenAnyNull(context, sql);
}

// Subscripts and element_at: an index into an array, or a map's key.
Result<std::vector<DataType>> Subscript(std::string_view function, Arguments arguments,
                                        const TypeContext& context) {
  const DataType& container = arguments[0].type;
  std::vector<DataType> types = ArgumentTypes(arguments);
  if (container.Is(TypeKind::kMap)) return MapAndKey(function, arguments, context);
  if (!container.Is(TypeKind::kArray)) {
    return UnexpectedInputType(arguments, 0, "(\"ARRAY\" or \"MAP\")");
  }
  if (types[1].Is(TypeKind::kNull) && function == "[]") {
    types[1] = IntegerType();
  } else if (!types[1].IsIntegral()) {
    return UnexpectedInputType(arguments, 1, function == "[]" ? "\"INTEGRAL\"" : "\"INT\"");
  }
  if (function != "[]" && types[1].Is(TypeKind::kLong)) {
    return UnexpectedInputType(arguments, 1, "\"INT\"");
  }
  return types;
}
Result<std::vector<DataType>> CoerceSubscript(Arguments arguments, const TypeContext& context) {
  return Subscript("[]", arguments, context);
}
Result<std::vector<DataType>> CoerceElementAt(Arguments arguments, const TypeContext& context) {
  return Subscript("element_at", arguments, context);
}
// TryElementAt is replaced by ElementAt before its types are checked.
Result<std::vector<DataType>> CoerceTryElementAt(Arguments arguments, const TypeContext& context) {
  Result<std::vector<DataType>> types = Subscript("element_at", arguments, context);
  if (types.ok()) return types;
  Error error = types.error();
  error.parameters["sqlExpr"] =
      QuoteExpression("element_at(" + arguments[0].pretty + ", " + arguments[1].pretty + ")");
  return error;
}

// Get is GetArrayItem, which takes any whole number and converts nothing.
Result<std::vector<DataType>> CoerceGet(Arguments arguments, const TypeContext&) {
  std::vector<DataType> types = ArgumentTypes(arguments);
  if (!types[0].Is(TypeKind::kArray)) {
    return MakeError("java.lang.ClassCastException",
                     {{"message", "get() takes an array, not " + SimpleString(types[0])}});
  }
  if (types[1].Is(TypeKind::kNull)) types[1] = IntegerType();
  if (types[1].IsIntegral()) return types;
  Error error = UnexpectedInputType(arguments, 1, "\"INTEGRAL\"");
  error.parameters["sqlExpr"] =
      QuoteExpression(arguments[0].pretty + "[" + arguments[1].pretty + "]");
  return error;
}

Result<DataType> ResultSubscript(Arguments arguments, const TypeContext&) {
  const DataType& container = arguments[0].type;
  return container.Is(TypeKind::kMap) ? container.value().type : container.element().type;
}

// Whether the array is spelled out as array(…) and has an element at the constant index, counted
// from `first`.
bool IsSpelledOutAt(Arguments arguments, int64_t first) {
  const std::string& text = arguments[0].pretty;
  std::optional<int64_t> index = ConstantInteger(arguments[1]);
  if (!text.starts_with("array(") || !index) return false;
  int64_t elements = text.size() > 7 ? 1 : 0;
  int depth = 0;
  for (char c : text) {
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (c == ',' && depth == 1) ++elements;
  }
  if (first == 1 && *index < 0) return -*index <= elements;
  return *index >= first && *index < elements + first;
}

// GetArrayItem.computeNullabilityFromArray: a constant index is only sure in an array that is
// spelled out.
bool NullableSubscript(Arguments arguments, const TypeContext& context) {
  const DataType& container = arguments[0].type;
  if (container.Is(TypeKind::kMap)) return true;
  if (arguments[1].constant) {
    return !IsSpelledOutAt(arguments, 0) || container.element().nullable;
  }
  return !context.ansi || container.element().nullable;
}

template <bool raises>
bool NullableElementAt(Arguments arguments, const TypeContext& context) {
  const DataType& container = arguments[0].type;
  if (container.Is(TypeKind::kMap)) return true;
  if (arguments[1].constant) {
    return !IsSpelledOutAt(arguments, 1) || container.element().nullable;
  }
  return !raises || !context.ansi || container.element().nullable;
}

std::string OutOfRange(const EmitContext& context, std::string_view condition) {
  const TokenParameter parameters[] = {{"indexValue", context.sql[1], true},
                                       {"arraySize", "len(" + context.sql[0] + ")", true}};
  return RaiseSql(condition, parameters);
}

Result<std::string> EmitSubscript(const EmitContext& context) {
  if (context.arguments[0].type.Is(TypeKind::kMap)) {
    return FillTemplate("map_extract_value({0}, {1})", context);
  }
  std::string missing = context.ansi ? OutOfRange(context, "INVALID_ARRAY_INDEX") : "NULL";
  const std::string_view has_array = context.arguments[0].nullable ? "{0} IS NOT NULL AND " : "";
  return FillTemplate("(CASE WHEN " + std::string(has_array) +
                          "({1} < 0 OR {1} >= len({0})) THEN " + missing +
                          " ELSE {0}[CAST({1} AS BIGINT) + 1] END)",
                      context);
}

Result<std::string> EmitGet(const EmitContext& context) {
  return FillTemplate("(CASE WHEN {1} >= 0 THEN {0}[CAST({1} AS BIGINT) + 1] END)", context);
}

Result<std::string> ElementAt(const EmitContext& context, bool raises) {
  if (context.arguments[0].type.Is(TypeKind::kMap)) {
    return FillTemplate("map_extract_value({0}, {1})", context);
  }
  std::string missing =
      raises && context.ansi ? OutOfRange(context, "INVALID_ARRAY_INDEX_IN_ELEMENT_AT") : "NULL";
  return FillTemplate("(CASE WHEN {0} IS NULL THEN NULL WHEN {1} = 0 THEN " +
                          RaiseSql("INVALID_INDEX_OF_ZERO", {}) +
                          " WHEN abs({1}) > len({0}) THEN " + missing + " ELSE {0}[{1}] END)",
                      context);
}
Result<std::string> EmitElementAt(const EmitContext& context) { return ElementAt(context, true); }
Result<std::string> EmitTryElementAt(const EmitContext& context) {
  return ElementAt(context, false);
}

std::string PrettySubscript(std::span<const std::string> arguments) {
  return arguments[0] + "[" + arguments[1] + "]";
}

// Size gives -1 for null without ANSI mode (spark.sql.legacy.sizeOfNull).
bool NullableSize(Arguments arguments, const TypeContext& context) {
  return context.ansi && arguments[0].nullable;
}
Result<std::string> EmitSize(const EmitContext& context) {
  std::string_view size =
      context.arguments[0].type.Is(TypeKind::kMap) ? "cardinality({0})" : "len({0})";
  ASSIGN_OR_RETURN(std::string sql, FillTemplate(size, context));
  sql = CastSql(sql, "INTEGER");
  if (context.ansi || !context.arguments[0].nullable) return sql;
  return "coalesce(" + sql + ", -1)";
}

Result<std::vector<DataType>> CoerceNamedStruct(Arguments arguments, const TypeContext&) {
  if (arguments.size() % 2 != 0) return OddArguments("named_struct", arguments);
  std::string wrong;
  for (size_t i = 0; i < arguments.size(); i += 2) {
    if (ConstantText(arguments[i]) && arguments[i].type.IsStringLike()) continue;
    wrong += (wrong.empty() ? "\"" : ", \"") + arguments[i].pretty + "\"";
  }
  if (!wrong.empty()) {
    return MakeError("DATATYPE_MISMATCH.CREATE_NAMED_STRUCT_WITHOUT_FOLDABLE_STRING",
                     {{"inputExprs", "[" + wrong + "]"}});
  }
  return ArgumentTypes(arguments);
}
Result<DataType> ResultNamedStruct(Arguments arguments, const TypeContext&) {
  std::vector<StructField> fields;
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    fields.push_back({ConstantText(arguments[i]).value_or(""), arguments[i + 1].type,
                      arguments[i + 1].nullable, ""});
  }
  return StructType(std::move(fields));
}
Result<std::string> EmitNamedStruct(const EmitContext& context) {
  if (context.result.fields().empty()) return Unsupported("a struct without fields");
  std::vector<std::string> names = StorageFieldNames(context.result);
  std::string fields;
  for (size_t i = 0; i < names.size(); ++i) {
    fields += (i > 0 ? ", " : "") + SqlIdentifier(names[i]) + " := " + context.sql[2 * i + 1];
  }
  return "struct_pack(" + fields + ")";
}

// StringToMap with separators that mean themselves; its regular expressions are not supported.
Result<DataType> ResultStringMap(Arguments, const TypeContext&) {
  return MapType(StringType(), StringType(), true);
}
Result<std::string> EmitStringToMap(const EmitContext& context) {
  std::string separators[2] = {",", ":"};
  for (size_t i = 1; i < context.sql.size(); ++i) {
    std::optional<std::string> text = ConstantText(context.arguments[i]);
    if (!text || text->empty() || text->find_first_of("\\^$.|?*+()[]{}") != std::string::npos) {
      return Unsupported("str_to_map with a separator that is a regular expression");
    }
    separators[i - 1] = *text;
  }
  std::string pairs = "string_split(" + context.sql[0] + ", " + SqlString(separators[0]) + ")";
  std::string between = SqlString(separators[1]);
  std::string keys = "list_transform(" + pairs + ", lambda sp: CASE WHEN contains(sp, " + between +
                     ") THEN left(sp, instr(sp, " + between + ") - 1) ELSE sp END)";
  std::string values = "list_transform(" + pairs + ", lambda sp: CASE WHEN contains(sp, " +
                       between + ") THEN substr(sp, instr(sp, " + between + ") + " + "length(" +
                       between + ")) END)";
  return "(CASE WHEN " + context.sql[0] + " IS NOT NULL THEN " + CheckedMap(keys, values) + " END)";
}

constexpr FunctionRow Row(std::string_view name, int minimum, int maximum,
                          std::span<const TypeClass> types, ResultTypeFunction result,
                          std::string_view duckdb, EmitFunction emit, std::string_view doc,
                          std::string_view example) {
  return {.name = name,
          .min_arguments = minimum,
          .max_arguments = maximum,
          .arguments = types,
          .result = result,
          .duckdb = duckdb,
          .emit = emit,
          .doc = doc,
          .example = example};
}
constexpr FunctionRow Coerced(FunctionRow row, CoerceFunction coerce) {
  row.coercion = CoercionRule::kCustom;
  row.coerce = coerce;
  return row;
}
constexpr FunctionRow NullableBy(FunctionRow row, NullableFunction nullable) {
  row.nullability = Nullability::kCustom;
  row.nullable = nullable;
  return row;
}
constexpr FunctionRow With(FunctionRow row, Nullability nullability) {
  row.nullability = nullability;
  return row;
}
constexpr FunctionRow SubscriptRow() {
  FunctionRow row = NullableBy(
      Coerced(Row("[]", 2, 2, kTypes<kAny>, ResultSubscript, "", EmitSubscript,
                  "An array's element counted from 0, or a map's value.", "SELECT array(1, 2)[0]"),
              CoerceSubscript),
      NullableSubscript);
  row.style = PrettyStyle::kCustom;
  row.pretty = PrettySubscript;
  return row;
}
constexpr std::string_view kMapSeparators[] = {",", ":"};
constexpr FunctionRow StringToMap() {
  FunctionRow row = Coerced(
      Row("str_to_map", 1, 3, kTypes<kString>, ResultStringMap, "", EmitStringToMap,
          "Text split into pairs, and those into keys and values.", "SELECT str_to_map('a:1,b:2')"),
      ExactTexts);
  row.defaults = kMapSeparators;
  return row;
}

constexpr FunctionRow kRows[] = {
    SubscriptRow(),
    NullableBy(Coerced(Row("element_at", 2, 2, kTypes<kAny>, ResultSubscript, "", EmitElementAt,
                           "An array's element counted from 1 or from its end, or a map's value.",
                           "SELECT element_at(array(1, 2), -1)"),
                       CoerceElementAt),
               NullableElementAt<true>),
    NullableBy(Coerced(Row("get", 2, 2, kTypes<kAny>, ResultSubscript, "", EmitGet,
                           "An array's element counted from 0; null where there is none.",
                           "SELECT get(array(1, 2), 5)"),
                       CoerceGet),
               [](Arguments arguments, const TypeContext&) {
                 return !IsSpelledOutAt(arguments, 0) || arguments[0].type.element().nullable;
               }),
    With(Coerced(Row("map", 0, -1, kTypes<kAny>, ResultMap, "", EmitMap,
                     "A map of keys and values in turn.", "SELECT map('a', 1, 'b', 2)"),
                 CoerceMap),
         Nullability::kNever),
    Coerced(Row("map_concat", 0, -1, kTypes<kAny>, ResultMapConcat, "", EmitMapConcat,
                "One map of several.", "SELECT map_concat(map('a', 1), map('b', 2))"),
            CoerceMapConcat),
    With(Coerced(Row("map_contains_key", 2, 2, kTypes<kAny>, ResultBoolean, "", EmitContainsKey,
                     "Whether the map has a key.", "SELECT map_contains_key(map('a', 1), 'a')"),
                 CoerceContainsKey),
         Nullability::kAlways),
    Row("map_entries", 1, 1, kTypes<kMap>, ResultMapEntries, "map_entries({0})", nullptr,
        "The pairs of a map.", "SELECT map_entries(map('a', 1))"),
    Row("map_from_arrays", 2, 2, kTypes<kArray>, ResultMapFromArrays, "", EmitMapFromArrays,
        "A map of an array of keys and one of values.",
        "SELECT map_from_arrays(array('a'), array(1))"),
    NullableBy(Coerced(Row("map_from_entries", 1, 1, kTypes<kAny>, ResultMapFromEntries, "",
                           EmitMapFromEntries, "A map of an array of pairs.",
                           "SELECT map_from_entries(array(struct('a', 1)))"),
                       CoerceEntries),
               NullableEntries),
    Row("map_keys", 1, 1, kTypes<kMap>, ResultMapPart<true>, "map_keys({0})", nullptr,
        "The keys of a map.", "SELECT map_keys(map('a', 1))"),
    Row("map_values", 1, 1, kTypes<kMap>, ResultMapPart<false>, "map_values({0})", nullptr,
        "The values of a map.", "SELECT map_values(map('a', 1))"),
    With(Coerced(Row("named_struct", 0, -1, kTypes<kAny>, ResultNamedStruct, "", EmitNamedStruct,
                     "A struct of names and values in turn.", "SELECT named_struct('a', 1)"),
                 CoerceNamedStruct),
         Nullability::kNever),
    NullableBy(Row("size", 1, 1, kTypes<kArrayOrMap>, ResultInteger, "", EmitSize,
                   "The number of elements of an array or a map.", "SELECT size(array(1, 2))"),
               NullableSize),
    StringToMap(),
    With(Row(
             "struct", 0, -1, kTypes<kAny>, ResultNull, "",
             [](const EmitContext&) -> Result<std::string> {
               return InternalError("struct() reached the engine: the analyzer names its fields");
             },
             "A struct of its arguments, named as they are.", "SELECT struct(1, 2)"),
         Nullability::kNever),
    NullableBy(Coerced(Row("try_element_at", 2, 2, kTypes<kAny>, ResultSubscript, "",
                           EmitTryElementAt, "As element_at; null where there is none.",
                           "SELECT try_element_at(array(1, 2), 5)"),
                       CoerceTryElementAt),
               NullableElementAt<false>),
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> MapFunctions() { return kRows; }

}  // namespace ember
