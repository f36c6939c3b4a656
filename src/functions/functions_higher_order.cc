#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/emit_collection.h"
#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "functions/order_key.h"
#include "functions/result_types.h"
#include "functions/table_check.h"

// Functions that take lambdas. A lambda arrives as "lambda a, b: body"; where DuckDB passes other
// parameters than Spark, its body is bound to them.

namespace ember {
namespace {

using enum TypeClass;
using Arguments = std::span<const ArgumentInfo>;

// Parameters of the lambdas.
std::vector<StructField> ElementAndIndex(Arguments arguments, size_t, size_t declared) {
  if (!arguments[0].type.Is(TypeKind::kArray)) return std::vector<StructField>(declared);
  const StructField& element = arguments[0].type.element();
  std::vector<StructField> fields{{"", element.type, element.nullable, ""}};
  if (declared == 2) fields.push_back({"", IntegerType(), false, ""});
  return fields;
}
std::vector<StructField> Element(Arguments arguments, size_t, size_t declared) {
  if (!arguments[0].type.Is(TypeKind::kArray)) return std::vector<StructField>(declared);
  const StructField& element = arguments[0].type.element();
  return {{"", element.type, element.nullable, ""}};
}
std::vector<StructField> TwoElements(Arguments arguments, size_t, size_t declared) {
  if (!arguments[0].type.Is(TypeKind::kArray)) return std::vector<StructField>(declared);
  const StructField& element = arguments[0].type.element();
  return {{"", element.type, element.nullable, ""}, {"", element.type, element.nullable, ""}};
}
std::vector<StructField> KeyAndValue(Arguments arguments, size_t, size_t declared) {
  const DataType& map = arguments[0].type;
  if (!map.Is(TypeKind::kMap)) return std::vector<StructField>(declared);
  return {{"", map.key().type, false, ""}, {"", map.value().type, map.value().nullable, ""}};
}
std::vector<StructField> Fold(Arguments arguments, size_t index, size_t declared) {
  if (!arguments[0].type.Is(TypeKind::kArray)) return std::vector<StructField>(declared);
  const StructField& element = arguments[0].type.element();
  std::vector<StructField> fields{{"", arguments[1].type, true, ""}};
  if (index == 2) fields.push_back({"", element.type, element.nullable, ""});
  return fields;
}
std::vector<StructField> ZippedElements(Arguments arguments, size_t, size_t declared) {
  std::vector<StructField> fields;
  for (size_t i = 0; i < 2; ++i) {
    if (!arguments[i].type.Is(TypeKind::kArray)) return std::vector<StructField>(declared);
    fields.push_back({"", arguments[i].type.element().type, true, ""});
  }
  return fields;
}
std::vector<StructField> ZippedEntries(Arguments arguments, size_t, size_t declared) {
  for (size_t i = 0; i < 2; ++i) {
    if (!arguments[i].type.Is(TypeKind::kMap)) return std::vector<StructField>(declared);
  }
  return {{"", arguments[0].type.key().type, false, ""},
          {"", arguments[0].type.value().type, true, ""},
          {"", arguments[1].type.value().type, true, ""}};
}

Status NeedsBoolean(Arguments arguments, size_t index) {
  if (arguments[index].type.Is(TypeKind::kBoolean) || arguments[index].type.Is(TypeKind::kNull)) {
    return {};
  }
  return UnexpectedInputType(arguments, index, "\"BOOLEAN\"");
}

Result<DataType> ResultTransform(Arguments arguments, const TypeContext&) {
  return ArrayType(arguments[1].type, arguments[1].nullable);
}
Result<DataType> ResultFilter(Arguments arguments, const TypeContext&) {
  RETURN_IF_ERROR(NeedsBoolean(arguments, 1));
  return arguments[0].type;
}
Result<DataType> ResultPredicate(Arguments arguments, const TypeContext&) {
  RETURN_IF_ERROR(NeedsBoolean(arguments, 1));
  return BooleanType();
}
bool NullableFirst(Arguments arguments, const TypeContext&) { return arguments[0].nullable; }
bool NullablePredicate(Arguments arguments, const TypeContext&) {
  return arguments[0].nullable || arguments[1].nullable;
}
Result<DataType> ResultFold(Arguments arguments, const TypeContext&) {
  if (!SameType(arguments[1].type, arguments[2].type)) {
    return UnexpectedInputType(arguments, 2, "\"" + SqlText(arguments[1].type) + "\"");
  }
  return arguments.size() > 3 ? arguments[3].type : arguments[1].type;
}
Result<DataType> ResultZipWith(Arguments arguments, const TypeContext&) {
  return ArrayType(arguments[2].type, arguments[2].nullable);
}
Result<DataType> ResultTransformKeys(Arguments arguments, const TypeContext&) {
  const DataType& map = arguments[0].type;
  return MapType(arguments[1].type, map.value().type, map.value().nullable);
}
Result<DataType> ResultTransformValues(Arguments arguments, const TypeContext&) {
  return MapType(arguments[0].type.key().type, arguments[1].type, arguments[1].nullable);
}
Result<DataType> ResultMapZip(Arguments arguments, const TypeContext& context) {
  const DataType& left = arguments[0].type.key().type;
  const DataType& right = arguments[1].type.key().type;
  if (!SameType(left, right)) {
    if (!context.ansi || WiderWithoutStrings(left, right, context.ansi)) {
      return Unsupported("map_zip_with of maps with different types of keys");
    }
    return MakeError("DATATYPE_MISMATCH.MAP_ZIP_WITH_DIFF_TYPES",
                     {{"functionName", "`map_zip_with`"},
                      {"leftType", "\"" + SqlText(left) + "\""},
                      {"rightType", "\"" + SqlText(right) + "\""}});
  }
  return MapType(arguments[0].type.key().type, arguments[2].type, arguments[2].nullable);
}

// transform and filter with an index: DuckDB counts from 1, Spark from 0.
std::string IndexedLambda(const LambdaText& lambda) {
  if (lambda.parameters.size() < 2) {
    return "lambda " + lambda.parameters[0] + ": " + lambda.body;
  }
  return "lambda " + lambda.parameters[0] + ", hi: " +
         WithValue(lambda.parameters[1], "CAST(hi - 1 AS INTEGER)", "(" + lambda.body + ")");
}

Result<std::string> EmitTransform(const EmitContext& context) {
  return "list_transform(" + context.sql[0] + ", " + IndexedLambda(SplitLambda(context.sql[1])) +
         ")";
}
Result<std::string> EmitFilter(const EmitContext& context) {
  LambdaText lambda = SplitLambda(context.sql[1]);
  if (lambda.parameters.size() == 1) {
    lambda.body = "coalesce(CAST(" + lambda.body + " AS BOOLEAN), FALSE)";
    return "list_filter(" + context.sql[0] + ", " + IndexedLambda(lambda) + ")";
  }
  return "list_filter(" + context.sql[0] + ", " + IndexedLambda(lambda) + ")";
}

// Three-valued: a null answer counts when no other decides (ArrayExists, ArrayForAll).
Result<std::string> Decide(const EmitContext& context, std::string_view decisive) {
  const std::string_view other = decisive == "TRUE" ? "FALSE" : "TRUE";
  std::string answers = "list_transform(" + context.sql[0] + ", " + context.sql[1] + ")";
  std::string body = "CASE WHEN pl IS NULL THEN NULL WHEN list_contains(pl, " +
                     std::string(decisive) + ") THEN " + std::string(decisive) +
                     " WHEN list_count(pl) < len(pl) THEN NULL ELSE " + std::string(other) + " END";
  return WithValue("pl", answers, body);
}
Result<std::string> EmitExists(const EmitContext& context) { return Decide(context, "TRUE"); }
Result<std::string> EmitForAll(const EmitContext& context) { return Decide(context, "FALSE"); }

// list_reduce wants one type for the state and the elements: both travel in a struct.
Result<std::string> EmitFold(const EmitContext& context) {
  ASSIGN_OR_RETURN(std::string state, DuckDbTypeName(context.arguments[1].type));
  ASSIGN_OR_RETURN(std::string element, DuckDbTypeName(context.arguments[0].type.element().type));
  LambdaText merge = SplitLambda(context.sql[2]);
  const std::string arguments[] = {"fs.a", "fe.x"};
  std::string boxed = "list_transform(" + context.sql[0] +
                      ", lambda fx: struct_pack(a := CAST(NULL AS " + state + "), x := fx))";
  std::string initial = "struct_pack(a := CAST(" + context.sql[1] + " AS " + state +
                        "), x := CAST(NULL AS " + element + "))";
  std::string folded = "list_reduce(" + boxed + ", lambda fs, fe: struct_pack(a := CAST(" +
                       ApplyLambda(merge, arguments) + " AS " + state + "), x := CAST(NULL AS " +
                       element + ")), " + initial + ").a";
  if (context.sql.size() > 3) {
    const std::string result[] = {folded};
    folded = ApplyLambda(SplitLambda(context.sql[3]), result);
  }
  return Guarded(context.sql[0] + " IS NULL", "NULL", folded);
}

Result<std::string> EmitZipWith(const EmitContext& context) {
  const std::string arguments[] = {context.sql[0] + "[zi + 1]", context.sql[1] + "[zi + 1]"};
  std::string sql = "list_transform(range(greatest(len(" + context.sql[0] + "), len(" +
                    context.sql[1] +
                    "))), lambda zi: " + ApplyLambda(SplitLambda(context.sql[2]), arguments) + ")";
  return Guarded(context.sql[0] + " IS NULL OR " + context.sql[1] + " IS NULL", "NULL", sql);
}

const std::string kEntry[] = {"me.key", "me.value"};

Result<std::string> EmitMapFilter(const EmitContext& context) {
  return "map_from_entries(list_filter(map_entries(" + context.sql[0] + "), lambda me: coalesce(" +
         ApplyLambda(SplitLambda(context.sql[1]), kEntry) + ", FALSE)))";
}
Result<std::string> EmitTransformValues(const EmitContext& context) {
  ASSIGN_OR_RETURN(std::string value, DuckDbTypeName(context.result.value().type));
  return "(CASE WHEN " + context.sql[0] + " IS NOT NULL THEN MAP(map_keys(" + context.sql[0] +
         "), CAST(list_transform(map_entries(" + context.sql[0] +
         "), lambda me: " + ApplyLambda(SplitLambda(context.sql[1]), kEntry) + ") AS " + value +
         "[])) END)";
}
Result<std::string> EmitTransformKeys(const EmitContext& context) {
  ASSIGN_OR_RETURN(std::string key, DuckDbTypeName(context.result.key().type));
  std::string keys = "CAST(list_transform(map_entries(" + context.sql[0] +
                     "), lambda me: " + ApplyLambda(SplitLambda(context.sql[1]), kEntry) + ") AS " +
                     key + "[])";
  return CheckedMap(keys, "map_values(" + context.sql[0] + ")");
}
Result<std::string> EmitMapZip(const EmitContext& context) {
  ASSIGN_OR_RETURN(std::string value, DuckDbTypeName(context.result.value().type));
  const std::string arguments[] = {"zk", "map_extract_value(" + context.sql[0] + ", zk)",
                                   "map_extract_value(" + context.sql[1] + ", zk)"};
  std::string keys = DistinctElements(
      "list_concat(map_keys(" + context.sql[0] + "), map_keys(" + context.sql[1] + "))",
      context.arguments[0].type.key().type);
  std::string made =
      WithValue("zks", keys,
                "MAP(zks, CAST(list_transform(zks, lambda zk: " +
                    ApplyLambda(SplitLambda(context.sql[2]), arguments) + ") AS " + value + "[]))");
  return Guarded(context.sql[0] + " IS NULL OR " + context.sql[1] + " IS NULL", "NULL", made);
}

constexpr std::string_view kDefaultComparator =
    "lambdafunction((IF(((namedlambdavariable() IS NULL) AND (namedlambdavariable() IS NULL)), 0, "
    "(IF((namedlambdavariable() IS NULL), 1, (IF((namedlambdavariable() IS NULL), -1, "
    "(IF((namedlambdavariable() < namedlambdavariable()), -1, (IF((namedlambdavariable() > "
    "namedlambdavariable()), 1, 0)))))))))), namedlambdavariable(), namedlambdavariable())";

Result<DataType> ResultArraySort(Arguments arguments, const TypeContext&) {
  if (!arguments[0].type.Is(TypeKind::kArray))
    return UnexpectedInputType(arguments, 0, "\"ARRAY\"");
  if (arguments.size() == 1 && !AcceptsType(kOrderable, arguments[0].type.element().type)) {
    return InvalidOrdering("array_sort", arguments[0].type);
  }
  if (arguments.size() > 1 && !arguments[1].type.Is(TypeKind::kInteger)) {
    return MakeError("DATATYPE_MISMATCH.UNEXPECTED_RETURN_TYPE",
                     {{"functionName", "`lambdafunction`"},
                      {"expectedType", "\"INT\""},
                      {"actualType", "\"" + SqlText(arguments[1].type) + "\""}});
  }
  return arguments[0].type;
}

// DuckDB sorts by values only: with a comparator each element's place is the number of elements
// that go before it, the earlier of two equal ones first.
Result<std::string> EmitArraySort(const EmitContext& context) {
  const std::string& array = context.sql[0];
  const DataType& element = context.arguments[0].type.element().type;
  if (context.sql.size() == 1 && NeedsOrderKey(element)) {
    return "list_transform(list_sort(list_transform(" + array +
           ", lambda ox: struct_pack(f := ox IS NULL, k := " + OrderKey("ox", element) +
           ", x := ox))), lambda ox: ox.x)";
  }
  if (context.sql.size() == 1) return "list_sort(" + array + ", 'ASC', 'NULLS LAST')";
  const std::string arguments[] = {array + "[oj + 1]", "ox"};
  std::string compared = ApplyLambda(SplitLambda(context.sql[1]), arguments);
  const TokenParameter parameters[] = {{"firstValue", "ox", true},
                                       {"secondValue", array + "[oj + 1]", true}};
  std::string checked =
      "coalesce(" + compared + ", " + RaiseSql("COMPARATOR_RETURNS_NULL", parameters) + ")";
  std::string place = "len(list_filter(range(len(" + array + ")), lambda oj: oj <> oi - 1 AND " +
                      WithValue("oc", checked, "oc < 0 OR (oc = 0 AND oj < oi - 1)") + "))";
  return "list_transform(list_sort(list_transform(" + array +
         ", lambda ox, oi: struct_pack(p := " + place + ", x := ox))), lambda ox: ox.x)";
}

constexpr FunctionRow Row(std::string_view name, int minimum, int maximum,
                          std::span<const TypeClass> types, ResultTypeFunction result,
                          LambdaFunctionTypes lambda, EmitFunction emit, std::string_view doc,
                          std::string_view example) {
  return {.name = name,
          .kind = FunctionKind::kHigherOrder,
          .min_arguments = minimum,
          .max_arguments = maximum,
          .arguments = types,
          .result = result,
          .nullability = Nullability::kCustom,
          .emit = emit,
          .nullable = NullableFirst,
          .lambda = lambda,
          .doc = doc,
          .example = example};
}
constexpr FunctionRow NullableBy(FunctionRow row, NullableFunction nullable) {
  row.nullable = nullable;
  return row;
}
// The state may be null; the last lambda decides.
bool NullableFold(Arguments arguments, const TypeContext&) {
  return arguments.size() < 4 || arguments[0].nullable || arguments[3].nullable;
}
constexpr std::string_view kIdentity[] = {
    "lambdafunction(namedlambdavariable(), namedlambdavariable())"};
constexpr FunctionRow FoldRow(std::string_view name, std::string_view example) {
  FunctionRow row =
      NullableBy(Row(name, 3, 4, kTypes<kArray, kAny, kLambda>, ResultFold, Fold, EmitFold,
                     "The elements folded into a state, from the first on.", example),
                 NullableFold);
  row.defaults = kIdentity;
  return row;
}
constexpr std::string_view kComparatorDefault[] = {kDefaultComparator};
constexpr FunctionRow ArraySort() {
  FunctionRow row = Row("array_sort", 1, 2, kTypes<kArray, kLambda>, ResultArraySort, TwoElements,
                        EmitArraySort, "The array sorted, nulls last, or by a comparator.",
                        "SELECT array_sort(array(3, NULL, 1))");
  row.defaults = kComparatorDefault;
  return row;
}
bool NullableBoth(Arguments arguments, const TypeContext&) {
  return arguments[0].nullable || arguments[1].nullable;
}

constexpr FunctionRow kRows[] = {
    FoldRow("aggregate", "SELECT aggregate(array(1, 2, 3), 0, (a, x) -> a + x)"),
    ArraySort(),
    NullableBy(Row("exists", 2, 2, kTypes<kArray, kLambda>, ResultPredicate, Element, EmitExists,
                   "Whether the condition holds for any element.",
                   "SELECT exists(array(1, 2), x -> x > 1)"),
               NullablePredicate),
    Row("filter", 2, 2, kTypes<kArray, kLambda>, ResultFilter, ElementAndIndex, EmitFilter,
        "The elements for which the condition holds.", "SELECT filter(array(1, 2), x -> x > 1)"),
    NullableBy(Row("forall", 2, 2, kTypes<kArray, kLambda>, ResultPredicate, Element, EmitForAll,
                   "Whether the condition holds for all elements.",
                   "SELECT forall(array(1, 2), x -> x > 1)"),
               NullablePredicate),
    Row("map_filter", 2, 2, kTypes<kMap, kLambda>, ResultFilter, KeyAndValue, EmitMapFilter,
        "The pairs for which the condition holds.",
        "SELECT map_filter(map('a', 1, 'b', 2), (k, v) -> v > 1)"),
    NullableBy(Row("map_zip_with", 3, 3, kTypes<kMap, kMap, kLambda>, ResultMapZip, ZippedEntries,
                   EmitMapZip, "A map of the values of two maps under one key.",
                   "SELECT map_zip_with(map('a', 1), map('a', 2), (k, v, w) -> v + w)"),
               NullableBoth),
    FoldRow("reduce", "SELECT reduce(array(1, 2, 3), 0, (a, x) -> a + x)"),
    Row("transform", 2, 2, kTypes<kArray, kLambda>, ResultTransform, ElementAndIndex, EmitTransform,
        "The array of what the lambda makes of each element.",
        "SELECT transform(array(1, 2), x -> x + 1)"),
    Row("transform_keys", 2, 2, kTypes<kMap, kLambda>, ResultTransformKeys, KeyAndValue,
        EmitTransformKeys, "The map with other keys.",
        "SELECT transform_keys(map('a', 1), (k, v) -> concat(k, '!'))"),
    Row("transform_values", 2, 2, kTypes<kMap, kLambda>, ResultTransformValues, KeyAndValue,
        EmitTransformValues, "The map with other values.",
        "SELECT transform_values(map('a', 1), (k, v) -> v + 1)"),
    NullableBy(Row("zip_with", 3, 3, kTypes<kArray, kArray, kLambda>, ResultZipWith, ZippedElements,
                   EmitZipWith, "The array of what the lambda makes of two arrays' elements.",
                   "SELECT zip_with(array(1, 2), array(3, 4), (x, y) -> x + y)"),
               NullableBoth),
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> HigherOrderFunctions() { return kRows; }

}  // namespace ember
