#include <algorithm>

#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/emit_collection.h"
#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "functions/order_key.h"
#include "functions/result_types.h"
#include "functions/table_check.h"

// Functions of arrays. DuckDB counts from 1, drops or keeps nulls by its own rules and answers null
// out of range: each row says what Spark does.

namespace ember {
namespace {

using enum TypeClass;
using Arguments = std::span<const ArgumentInfo>;

bool ContainsNull(const DataType& array) {
  return array.Is(TypeKind::kArray) && array.element().nullable;
}

Result<std::string> Typed(const EmitContext& context, std::string_view sql) {
  ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(context.result));
  return CastSql(sql, storage);
}

Result<DataType> ResultArray(Arguments arguments, const TypeContext&) {
  if (arguments.empty()) return ArrayType(NullType(), false);
  const bool nullable = std::ranges::any_of(arguments, &ArgumentInfo::nullable);
  return ArrayType(arguments[0].type, nullable);
}

Result<std::string> EmitArray(const EmitContext& context) {
  ASSIGN_OR_RETURN(std::string list, FillTemplate("[{*}]", context));
  return Typed(context, list);
}

// An array and a value of its element type (ArrayContains, ArrayPosition, ArrayRemove, ArrayAppend
// …).
using ElementCoercion = Result<std::vector<DataType>>;

ElementCoercion ElementTypes(std::string_view function, Arguments arguments, size_t value_index,
                             bool takes_null, const TypeContext& context) {
  std::vector<DataType> types = ArgumentTypes(arguments);
  if (types[value_index].Is(TypeKind::kNull) && !takes_null) {
    return MakeError("DATATYPE_MISMATCH.NULL_TYPE", {{"functionName", QuoteIdentifier(function)}});
  }
  const bool names_type = function == "array_append" || function == "array_prepend" ||
                          function == "array_contains" || function == "array_position";
  if (!types[0].Is(TypeKind::kArray) && names_type) {
    if (types[0].Is(TypeKind::kNull) &&
        (function == "array_contains" || function == "array_position")) {
      return MakeError("DATATYPE_MISMATCH.NULL_TYPE",
                       {{"functionName", QuoteIdentifier(function)}});
    }
    return UnexpectedInputType(arguments, 0, "\"ARRAY\"");
  }
  const ArgumentInfo pair[] = {arguments[0], arguments[value_index]};
  Error mismatch = ContainerMismatch("DATATYPE_MISMATCH.ARRAY_FUNCTION_DIFF_TYPES", function,
                                     "dataType", "ARRAY", pair);
  if (!types[0].Is(TypeKind::kArray)) return mismatch;
  // Only ArrayContains widens decimals.
  const DataType& element = types[0].element().type;
  std::optional<DataType> common =
      function == "array_contains" ? WiderWithoutStrings(element, types[value_index], context.ansi)
                                   : TightestCommonType(element, types[value_index], context.ansi);
  if (!common) return mismatch;
  if (function == "array_contains" && !AcceptsType(kOrderable, *common)) {
    return InvalidOrdering(function, *common);
  }
  types[0] = ArrayType(*common, types[0].element().nullable);
  types[value_index] = *common;
  return types;
}

ElementCoercion CoerceContains(Arguments arguments, const TypeContext& context) {
  return ElementTypes("array_contains", arguments, 1, false, context);
}
ElementCoercion CoercePosition(Arguments arguments, const TypeContext& context) {
  return ElementTypes("array_position", arguments, 1, true, context);
}
ElementCoercion CoerceRemove(Arguments arguments, const TypeContext& context) {
  return ElementTypes("array_remove", arguments, 1, true, context);
}
ElementCoercion CoerceAppend(Arguments arguments, const TypeContext& context) {
  return ElementTypes("array_append", arguments, 1, true, context);
}
ElementCoercion CoercePrepend(Arguments arguments, const TypeContext& context) {
  return ElementTypes("array_prepend", arguments, 1, true, context);
}

ElementCoercion CoerceInsert(Arguments arguments, const TypeContext& context) {
  const DataType& position = arguments[1].type;
  if (!position.IsIntegral()) return UnexpectedInputType(arguments, 1, "\"INT\"");
  ASSIGN_OR_RETURN(std::vector<DataType> types,
                   ElementTypes("array_insert", arguments, 2, true, context));
  types[1] = IntegerType();
  return types;
}

// Two arrays of one element type.
ElementCoercion TwoArrays(std::string_view function, Arguments arguments,
                          const TypeContext& context) {
  std::vector<DataType> types = ArgumentTypes(arguments);
  Error mismatch = ContainerMismatch("DATATYPE_MISMATCH.BINARY_ARRAY_DIFF_TYPES", function,
                                     "arrayType", "ARRAY", arguments);
  if (!types[0].Is(TypeKind::kArray) || !types[1].Is(TypeKind::kArray)) return mismatch;
  std::optional<DataType> common =
      TightestCommonType(types[0].element().type, types[1].element().type, context.ansi);
  if (!common) return mismatch;
  if (!AcceptsType(kOrderable, *common)) return InvalidOrdering(function, *common);
  for (DataType& type : types) type = ArrayType(*common, type.element().nullable);
  return types;
}
ElementCoercion CoerceExcept(Arguments arguments, const TypeContext& context) {
  return TwoArrays("array_except", arguments, context);
}
ElementCoercion CoerceIntersect(Arguments arguments, const TypeContext& context) {
  return TwoArrays("array_intersect", arguments, context);
}
ElementCoercion CoerceUnion(Arguments arguments, const TypeContext& context) {
  return TwoArrays("array_union", arguments, context);
}
ElementCoercion CoerceOverlap(Arguments arguments, const TypeContext& context) {
  return TwoArrays("arrays_overlap", arguments, context);
}

bool NullableContains(Arguments arguments, const TypeContext&) {
  return arguments[0].nullable || arguments[1].nullable || ContainsNull(arguments[0].type);
}
bool NullableOverlap(Arguments arguments, const TypeContext&) {
  return NullableContains(arguments, {}) || ContainsNull(arguments[1].type);
}
bool NullableFirst(Arguments arguments, const TypeContext&) { return arguments[0].nullable; }

Result<DataType> ResultGrown(Arguments arguments, const TypeContext&) {
  return ArrayType(arguments[0].type.element().type, true);
}
Result<DataType> ResultWithoutNulls(Arguments arguments, const TypeContext&) {
  return ArrayType(arguments[0].type.element().type, false);
}
Result<DataType> ResultUnion(Arguments arguments, const TypeContext&) {
  return ArrayType(arguments[0].type.element().type,
                   ContainsNull(arguments[0].type) || ContainsNull(arguments[1].type));
}
Result<DataType> ResultIntersect(Arguments arguments, const TypeContext&) {
  return ArrayType(arguments[0].type.element().type,
                   ContainsNull(arguments[0].type) && ContainsNull(arguments[1].type));
}
template <bool is_max>
Result<DataType> ResultExtreme(Arguments arguments, const TypeContext&) {
  const DataType& element = arguments[0].type.element().type;
  if (!AcceptsType(kOrderable, element)) {
    return InvalidOrdering(is_max ? "array_max" : "array_min", element);
  }
  return element;
}

template <bool is_by_direction>
Result<DataType> ResultSorted(Arguments arguments, const TypeContext&) {
  if (!AcceptsType(kOrderable, arguments[0].type.element().type)) {
    return InvalidOrdering(is_by_direction ? "sort_array" : "array_sort", arguments[0].type);
  }
  return arguments[0].type;
}

const DataType& ElementOf(const EmitContext& context) {
  return context.arguments[0].type.element().type;
}
// Where an element of the first array is in the second, as sets see it.
std::string InOther(const EmitContext& context) {
  return "list_position(" + SetKeys("{1}", ElementOf(context)) + ", " +
         SetKey("ex", ElementOf(context)) + ")";
}

Result<std::string> EmitContains(const EmitContext& context) {
  ASSIGN_OR_RETURN(
      std::string sql,
      FillTemplate("CASE WHEN list_contains({0}, {1}) THEN TRUE WHEN list_count({0}) < "
                   "len({0}) THEN NULL ELSE FALSE END",
                   context));
  return NullWhenAnyNull(context, sql);
}
Result<std::string> EmitOverlap(const EmitContext& context) {
  ASSIGN_OR_RETURN(
      std::string sql,
      FillTemplate("CASE WHEN list_has_any(" + SetKeys("{0}", ElementOf(context)) + ", " +
                       SetKeys("{1}", ElementOf(context)) +
                       ") THEN TRUE WHEN len({0}) > 0 AND len({1}) > 0 AND (list_count({0}) < "
                       "len({0}) OR list_count({1}) < len({1})) THEN NULL ELSE FALSE END",
                   context));
  return NullWhenAnyNull(context, sql);
}

Result<std::string> Filled(const EmitContext& context, std::string_view duckdb) {
  ASSIGN_OR_RETURN(std::string sql, FillTemplate(duckdb, context));
  return NullWhenAnyNull(context, sql);
}
Result<std::string> EmitPosition(const EmitContext& context) {
  return Filled(context, "CAST(coalesce(list_position({0}, {1}), 0) AS BIGINT)");
}
Result<std::string> EmitRemove(const EmitContext& context) {
  return Filled(context, "list_filter({0}, lambda ex: ex IS DISTINCT FROM {1})");
}
Result<std::string> EmitAppend(const EmitContext& context) {
  return FillTemplate("(CASE WHEN {0} IS NOT NULL THEN list_concat({0}, [{1}]) END)", context);
}
Result<std::string> EmitPrepend(const EmitContext& context) {
  return FillTemplate("(CASE WHEN {0} IS NOT NULL THEN list_concat([{1}], {0}) END)", context);
}

// ArrayInsert: from the end with a negative position; nulls fill what lies between.
Result<std::string> EmitInsert(const EmitContext& context) {
  ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(context.result.element().type));
  std::string nulls = "[CAST(NULL AS " + storage + ")]";
  std::string zero = RaiseSql("INVALID_INDEX_OF_ZERO", {});
  std::string sql =
      "CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL WHEN {1} = 0 THEN " + zero +
      " WHEN {1} > len({0}) THEN list_concat({0}, repeat(" + nulls +
      ", {1} - len({0}) - 1), [{2}])"
      " WHEN {1} > 0 THEN list_concat({0}[1:{1} - 1], [{2}], {0}[{1}:])"
      " WHEN len({0}) + {1} + 1 < 0 THEN list_concat([{2}], repeat(" +
      nulls +
      ", -(len({0}) + {1} + 1)), {0})"
      " ELSE list_concat({0}[1:len({0}) + {1} + 1], [{2}], {0}[len({0}) + {1} + 2:]) END";
  ASSIGN_OR_RETURN(sql, FillTemplate(sql, context));
  return "(" + sql + ")";
}

Result<std::string> EmitExcept(const EmitContext& context) {
  ASSIGN_OR_RETURN(
      std::string kept,
      FillTemplate("list_filter({0}, lambda ex: " + InOther(context) + " IS NULL)", context));
  return NullWhenAnyNull(context, DistinctElements(kept, ElementOf(context)));
}
Result<std::string> EmitIntersect(const EmitContext& context) {
  ASSIGN_OR_RETURN(
      std::string kept,
      FillTemplate("list_filter({0}, lambda ex: " + InOther(context) + " IS NOT NULL)", context));
  return NullWhenAnyNull(context, DistinctElements(kept, ElementOf(context)));
}
Result<std::string> EmitUnion(const EmitContext& context) {
  ASSIGN_OR_RETURN(std::string both, FillTemplate("list_concat({0}, {1})", context));
  return NullWhenAnyNull(context, DistinctElements(both, ElementOf(context)));
}
Result<std::string> EmitDistinct(const EmitContext& context) {
  return DistinctElements(context.sql[0], ElementOf(context));
}

Result<DataType> ResultDistinct(Arguments arguments, const TypeContext&) {
  const DataType& element = arguments[0].type.element().type;
  if (!AcceptsType(kOrderable, element)) return InvalidOrdering("array_distinct", element);
  return arguments[0].type;
}

Result<std::string> EmitJoin(const EmitContext& context) {
  std::string_view list = context.sql.size() > 2
                              ? "list_transform({0}, lambda ex: coalesce(ex, {2}))"
                              : "list_filter({0}, lambda ex: ex IS NOT NULL)";
  if (context.arguments[1].constant) {
    return Filled(context, "coalesce(array_to_string(" + std::string(list) + ", {1}), '')");
  }
  // DuckDB's separator must be a constant.
  ASSIGN_OR_RETURN(std::string filled, FillTemplate(list, context));
  std::string joined = "CASE WHEN len(jl) = 0 THEN '' ELSE list_reduce(jl, lambda ja, jb: ja || " +
                       context.sql[1] + " || jb) END";
  return NullWhenAnyNull(context, WithValue("jl", filled, joined));
}

Result<std::vector<DataType>> CoerceJoin(Arguments arguments, const TypeContext&) {
  if (!arguments[0].type.Is(TypeKind::kArray) && !arguments[0].type.Is(TypeKind::kNull)) {
    return UnexpectedInputType(arguments, 0, "\"ARRAY<STRING>\"");
  }
  for (size_t i = 1; i < arguments.size(); ++i) {
    const DataType& type = arguments[i].type;
    if (!type.IsStringLike() && !type.Is(TypeKind::kNull)) {
      return UnexpectedInputType(arguments, i, "\"STRING\"");
    }
  }
  std::vector<DataType> types(arguments.size(), StringType());
  types[0] = ArrayType(StringType(), ContainsNull(arguments[0].type));
  return types;
}

// Sorted by Spark's order of nested elements: with a key before each element, a null element's flag
// before the key.
std::string SortedByKey(const std::string& list, const DataType& element, std::string_view order) {
  return "list_transform(list_sort(list_transform(" + list +
         ", lambda sx: struct_pack(f := sx IS NOT NULL, k := " + OrderKey("sx", element) +
         ", x := sx)), " + std::string(order) + "), lambda sx: sx.x)";
}

Result<std::string> EmitSortArray(const EmitContext& context) {
  const std::string& list = context.sql[0];
  const DataType& element = context.arguments[0].type.element().type;
  std::string ascending = "list_sort(" + list + ", 'ASC', 'NULLS FIRST')";
  std::string descending = "list_sort(" + list + ", 'DESC', 'NULLS LAST')";
  if (NeedsOrderKey(element)) {
    ascending = SortedByKey(list, element, "'ASC'");
    descending = SortedByKey(list, element, "'DESC'");
  }
  if (context.sql.size() < 2) return ascending;
  if (context.arguments[1].constant) {
    if (IsConstantNull(context.arguments[1])) {
      ASSIGN_OR_RETURN(const std::string storage, DuckDbTypeName(context.result));
      return CastSql("NULL", storage);
    }
    const auto* flag = std::get_if<bool>(&context.arguments[1].constant->data);
    return flag == nullptr || *flag ? ascending : descending;
  }
  return "CASE WHEN " + context.sql[1] + " THEN " + ascending + " ELSE " + descending + " END";
}

Result<std::string> EmitExtremeElement(const EmitContext& context, std::string_view native) {
  const DataType& element = context.arguments[0].type.element().type;
  if (!NeedsOrderKey(element)) return std::string(native) + "(" + context.sql[0] + ")";
  return std::string(native) + "(list_transform(list_filter(" + context.sql[0] +
         ", lambda sx: sx IS NOT NULL), lambda sx: struct_pack(k := " + OrderKey("sx", element) +
         ", x := sx))).x";
}
Result<std::string> EmitMaximum(const EmitContext& context) {
  return EmitExtremeElement(context, "list_max");
}
Result<std::string> EmitMinimum(const EmitContext& context) {
  return EmitExtremeElement(context, "list_min");
}

Result<std::string> EmitSlice(const EmitContext& context) {
  const TokenParameter start[] = {{"parameter", "`start`"}, {"functionName", "`slice`"}};
  const TokenParameter length[] = {
      {"parameter", "`length`"}, {"length", context.sql[2], true}, {"functionName", "`slice`"}};
  std::string sql = "CASE WHEN {1} = 0 THEN " + RaiseSql("INVALID_PARAMETER_VALUE.START", start) +
                    " WHEN {2} < 0 THEN " + RaiseSql("INVALID_PARAMETER_VALUE.LENGTH", length) +
                    " WHEN {1} > 0 THEN {0}[CAST({1} AS BIGINT):CAST({1} AS BIGINT) + {2} - 1]"
                    " WHEN len({0}) + {1} < 0 THEN {0}[1:0]"
                    " ELSE {0}[len({0}) + {1} + 1:len({0}) + {1} + {2}] END";
  return Filled(context, sql);
}

Result<std::vector<DataType>> CoerceFlatten(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (!type.Is(TypeKind::kArray) || !type.element().type.Is(TypeKind::kArray)) {
    return UnexpectedInputType(arguments, 0, "\"ARRAY\" of \"ARRAY\"");
  }
  return ArgumentTypes(arguments);
}
Result<DataType> ResultFlatten(Arguments arguments, const TypeContext&) {
  return arguments[0].type.element().type;
}
bool NullableFlatten(Arguments arguments, const TypeContext&) {
  return arguments[0].nullable || ContainsNull(arguments[0].type);
}

Result<DataType> ResultRepeat(Arguments arguments, const TypeContext&) {
  return ArrayType(arguments[0].type, arguments[0].nullable);
}
bool NullableRepeat(Arguments arguments, const TypeContext&) { return arguments[1].nullable; }
Result<std::vector<DataType>> CoerceRepeat(Arguments arguments, const TypeContext&) {
  const DataType& count = arguments[1].type;
  if (!count.Is(TypeKind::kInteger) && !count.Is(TypeKind::kShort) && !count.Is(TypeKind::kByte) &&
      !count.Is(TypeKind::kNull)) {
    return UnexpectedInputType(arguments, 1, "\"INT\"");
  }
  return std::vector<DataType>{arguments[0].type, IntegerType()};
}

// ArraysZip names a field by the column, else by its number.
std::string ZipName(const ArgumentInfo& argument, size_t index) {
  const std::string& text = argument.pretty;
  bool is_name = !text.empty() && !argument.constant && !(text[0] >= '0' && text[0] <= '9');
  for (char c : text) {
    is_name = is_name && (std::isalnum(static_cast<unsigned char>(c)) || c == '_');
  }
  return is_name ? text : std::to_string(index);
}

Result<DataType> ResultZip(Arguments arguments, const TypeContext&) {
  std::vector<StructField> fields;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const DataType& type = arguments[i].type;
    if (!type.Is(TypeKind::kArray) && !type.Is(TypeKind::kNull)) {
      return UnexpectedInputType(arguments, i, "\"ARRAY\"");
    }
    fields.push_back({ZipName(arguments[i], i),
                      type.Is(TypeKind::kArray) ? type.element().type : NullType(), true, ""});
  }
  return ArrayType(StructType(std::move(fields)), false);
}

Result<std::string> EmitZip(const EmitContext& context) {
  if (context.sql.empty()) return Unsupported("arrays_zip without arguments");
  std::vector<std::string> names = StorageFieldNames(context.result.element().type);
  std::string lengths, fields;
  for (size_t i = 0; i < context.sql.size(); ++i) {
    if (context.arguments[i].type.Is(TypeKind::kNull)) {
      ASSIGN_OR_RETURN(const std::string storage, DuckDbTypeName(context.result));
      return CastSql("NULL", storage);
    }
    lengths += (i > 0 ? ", len(" : "len(") + context.sql[i] + ")";
    fields += (i > 0 ? ", " : "") + SqlIdentifier(names[i]) + " := " + context.sql[i] + "[zi + 1]";
  }
  return NullWhenAnyNull(context, "list_transform(range(greatest(" + lengths +
                                      ", 0)), lambda zi: struct_pack(" + fields + "))");
}

Result<std::string> EmitShuffle(const EmitContext& context) {
  return "list_transform(list_sort(list_transform(" + context.sql[0] +
         ", lambda sx: {'r': random(), 'x': sx})), lambda sx: sx.x)";
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
constexpr FunctionRow Always(FunctionRow row) {
  row.nullability = Nullability::kAlways;
  return row;
}
constexpr FunctionRow MakeArray() {
  FunctionRow row = Row("array", 0, -1, kTypes<kAny>, ResultArray, "", EmitArray,
                        "An array of its arguments.", "SELECT array(1, 2, 3)");
  row.coercion = CoercionRule::kSameType;
  row.nullability = Nullability::kNever;
  return row;
}
// SortArray: the direction is a constant boolean.
Result<std::vector<DataType>> CoerceSortArray(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (!type.Is(TypeKind::kArray) && !type.Is(TypeKind::kNull)) {
    return UnexpectedInputType(arguments, 0, "\"ARRAY\"");
  }
  std::vector<DataType> types = {type.Is(TypeKind::kNull) ? ArrayType(NullType(), true) : type};
  if (arguments.size() == 1) return types;
  if (!arguments[1].type.Is(TypeKind::kBoolean) && !arguments[1].type.Is(TypeKind::kNull)) {
    return UnexpectedInputType(arguments, 1, "\"BOOLEAN\"");
  }
  if (!arguments[1].constant) return NonFoldableInput(arguments[1], "ascendingOrder");
  types.push_back(BooleanType());
  return types;
}
bool NullableSortArray(Arguments arguments, const TypeContext&) {
  return arguments[0].nullable || (arguments.size() > 1 && IsConstantNull(arguments[1]));
}
constexpr std::string_view kTrue[] = {"true"};
constexpr FunctionRow SortArray() {
  FunctionRow row =
      Row("sort_array", 1, 2, kTypes<kArray, kBoolean>, ResultSorted<true>, "", EmitSortArray,
          "The array sorted, nulls first when ascending.", "SELECT sort_array(array(3, NULL, 1))");
  row.defaults = kTrue;
  return NullableBy(Coerced(row, CoerceSortArray), NullableSortArray);
}
constexpr FunctionRow Shuffle() {
  FunctionRow row = Row("shuffle", 1, 2, kTypes<kArray, kLong>, ResultSameAsFirst, "", EmitShuffle,
                        "The array in random order.", "SELECT size(shuffle(array(1, 2, 3)))");
  row.is_deterministic = false;
  return row;
}

constexpr FunctionRow kRows[] = {
    MakeArray(),
    NullableBy(Coerced(Row("array_append", 2, 2, kTypes<kAny>, ResultGrown, "", EmitAppend,
                           "The array with one more element at its end.",
                           "SELECT array_append(array(1), 2)"),
                       CoerceAppend),
               NullableFirst),
    Row("array_compact", 1, 1, kTypes<kArray>, ResultWithoutNulls,
        "list_filter({0}, lambda ex: ex IS NOT NULL)", nullptr, "The array without its nulls.",
        "SELECT array_compact(array(1, NULL))"),
    NullableBy(
        Coerced(Row("array_contains", 2, 2, kTypes<kAny>, ResultBoolean, "", EmitContains,
                    "Whether the array holds a value.", "SELECT array_contains(array(1, 2), 2)"),
                CoerceContains),
        NullableContains),
    Row("array_distinct", 1, 1, kTypes<kArray>, ResultDistinct, "", EmitDistinct,
        "The first of equal elements.", "SELECT array_distinct(array(1, 2, 1))"),
    Coerced(Row("array_except", 2, 2, kTypes<kAny>, ResultSameAsFirst, "", EmitExcept,
                "The distinct elements of the first array that the second lacks.",
                "SELECT array_except(array(1, 2), array(2))"),
            CoerceExcept),
    NullableBy(Coerced(Row("array_insert", 3, 3, kTypes<kAny>, ResultGrown, "", EmitInsert,
                           "The array with an element put in at a position.",
                           "SELECT array_insert(array(1, 3), 2, 2)"),
                       CoerceInsert),
               [](Arguments arguments, const TypeContext&) {
                 return arguments[0].nullable || arguments[1].nullable;
               }),
    Coerced(Row("array_intersect", 2, 2, kTypes<kAny>, ResultIntersect, "", EmitIntersect,
                "The distinct elements that both arrays hold.",
                "SELECT array_intersect(array(1, 2), array(2))"),
            CoerceIntersect),
    Coerced(Row("array_join", 2, 3, kTypes<kAny>, ResultString, "", EmitJoin,
                "The elements joined by a separator; nulls are left out or replaced.",
                "SELECT array_join(array('a', 'b'), ',')"),
            CoerceJoin),
    Always(Row("array_max", 1, 1, kTypes<kArray>, ResultExtreme<true>, "", EmitMaximum,
               "The greatest element.", "SELECT array_max(array(1, 3, 2))")),
    Always(Row("array_min", 1, 1, kTypes<kArray>, ResultExtreme<false>, "", EmitMinimum,
               "The least element.", "SELECT array_min(array(1, 3, 2))")),
    Coerced(Row("array_position", 2, 2, kTypes<kAny>, ResultLong, "", EmitPosition,
                "The position of the first element equal to a value, or 0.",
                "SELECT array_position(array(1, 2), 2)"),
            CoercePosition),
    NullableBy(Coerced(Row("array_prepend", 2, 2, kTypes<kAny>, ResultGrown, "", EmitPrepend,
                           "The array with one more element at its start.",
                           "SELECT array_prepend(array(1), 2)"),
                       CoercePrepend),
               NullableFirst),
    Coerced(Row("array_remove", 2, 2, kTypes<kAny>, ResultSameAsFirst, "", EmitRemove,
                "The array without the elements equal to a value.",
                "SELECT array_remove(array(1, 2, 1), 1)"),
            CoerceRemove),
    NullableBy(
        Coerced(Row("array_repeat", 2, 2, kTypes<kAny>, ResultRepeat,
                    "(CASE WHEN {1} IS NOT NULL THEN repeat([{0}], greatest({1}, 0)) END)", nullptr,
                    "An array of one value some times.", "SELECT array_repeat('a', 2)"),
                CoerceRepeat),
        NullableRepeat),
    Row("array_size", 1, 1, kTypes<kArray>, ResultInteger, "CAST(len({0}) AS INTEGER)", nullptr,
        "The number of elements.", "SELECT array_size(array(1, 2))"),
    Coerced(Row("array_union", 2, 2, kTypes<kAny>, ResultUnion, "", EmitUnion,
                "The distinct elements of both arrays.",
                "SELECT array_union(array(1, 2), array(2, 3))"),
            CoerceUnion),
    NullableBy(Coerced(Row("arrays_overlap", 2, 2, kTypes<kAny>, ResultBoolean, "", EmitOverlap,
                           "Whether two arrays share an element.",
                           "SELECT arrays_overlap(array(1, 2), array(2))"),
                       CoerceOverlap),
               NullableOverlap),
    Row("arrays_zip", 0, -1, kTypes<kAny>, ResultZip, "", EmitZip,
        "An array of structs of the elements at one position.",
        "SELECT arrays_zip(array(1, 2), array('a', 'b'))"),
    NullableBy(Coerced(Row("flatten", 1, 1, kTypes<kAny>, ResultFlatten,
                           "(CASE WHEN list_count({0}) = len({0}) THEN flatten({0}) END)", nullptr,
                           "The elements of an array's arrays.",
                           "SELECT flatten(array(array(1), array(2)))"),
                       CoerceFlatten),
               NullableFlatten),
    Shuffle(),
    Row("slice", 3, 3, kTypes<kArray, kInteger, kInteger>, ResultSameAsFirst, "", EmitSlice,
        "Some elements from a position on.", "SELECT slice(array(1, 2, 3), 2, 2)"),
    SortArray(),
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> ArrayFunctions() { return kRows; }

}  // namespace ember
