#include <algorithm>

#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "functions/order_key.h"
#include "functions/result_types.h"
#include "functions/row_index.h"
#include "functions/table_check.h"

namespace ember {
namespace {

using enum TypeClass;
using Arguments = std::span<const ArgumentInfo>;

// Sum and Average: numbers and intervals; strings become doubles.
Result<std::vector<DataType>> CoerceSummed(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  const bool is_double =
      type.IsStringLike() || type.Is(TypeKind::kNull) || type.Is(TypeKind::kTimestamp);
  if (is_double) return std::vector<DataType>{DoubleType()};
  const bool is_interval =
      type.Is(TypeKind::kYearMonthInterval) || type.Is(TypeKind::kDayTimeInterval);
  if (!type.IsNumeric() && !is_interval) {
    return UnexpectedInputType(arguments, 0, "\"NUMERIC\" or \"ANSI INTERVAL\"");
  }
  return std::vector<DataType>{type};
}

Result<DataType> ResultSum(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (type.Is(TypeKind::kDecimal)) {
    return DecimalType(std::min(38, type.precision + 10), type.scale);
  }
  if (type.IsIntegral()) return LongType();
  if (type.IsInterval()) return type;
  return DoubleType();
}

Result<DataType> ResultAverage(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (type.Is(TypeKind::kDecimal)) {
    return DecimalType(std::min(38, type.precision + 4), std::min(38, type.scale + 4));
  }
  if (type.Is(TypeKind::kYearMonthInterval)) return YearMonthIntervalType();
  if (type.Is(TypeKind::kDayTimeInterval)) return DayTimeIntervalType();
  return DoubleType();
}

// DuckDB adds integers as HUGEINT: what does not fit a bigint is Spark's overflow (Sum).
std::string LongSum(const EmitContext& context, std::string_view sum, bool is_try) {
  std::string fits = std::string(sum) + " BETWEEN -9223372036854775808 AND 9223372036854775807";
  std::string overflow = "NULL";
  if (!is_try && context.ansi) {
    overflow = RaiseOverflow("long overflow", "try_add");
  } else if (!is_try) {
    constexpr std::string_view kSpan = "CAST('18446744073709551616' AS HUGEINT)";
    constexpr std::string_view kHalf = "CAST('9223372036854775808' AS HUGEINT)";
    overflow = "CAST(((" + std::string(sum) + " + " + std::string(kHalf) + ") % " +
               std::string(kSpan) + " + " + std::string(kSpan) + ") % " + std::string(kSpan) +
               " - " + std::string(kHalf) + " AS BIGINT)";
  }
  return "(CASE WHEN " + std::string(sum) + " IS NULL THEN NULL WHEN " + fits + " THEN CAST(" +
         std::string(sum) + " AS BIGINT) ELSE " + overflow + " END)";
}

std::string IntervalSum(const EmitContext& context, std::string_view sum) {
  const bool is_months = context.result.Is(TypeKind::kYearMonthInterval);
  std::string_view storage = is_months ? "INTEGER" : "BIGINT";
  std::string fits = is_months ? " BETWEEN -2147483648 AND 2147483647"
                               : " BETWEEN -9223372036854775808 AND 9223372036854775807";
  std::string raise = RaiseSql("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION", {});
  return Guarded("NOT (" + std::string(sum) + fits + ")", raise, CastSql(sum, storage));
}

Result<std::string> EmitSumAs(const EmitContext& context, bool is_try) {
  const DataType& type = context.arguments[0].type;
  auto sum_of = [&](std::string_view storage) {
    return "sum(" + std::string(context.distinct) +
           (storage.empty() ? context.sql[0] : CastSql(context.sql[0], storage)) + ")" +
           std::string(context.tail);
  };
  if (type.Is(TypeKind::kDecimal)) {
    std::string scale = std::to_string(type.scale);
    std::string sum = sum_of("");
    ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(context.result));
    if (context.result.precision < 38) return CastSql(sum, storage);
    std::string nines = std::string(38 - static_cast<size_t>(type.scale), '9') + "." +
                        std::string(static_cast<size_t>(type.scale), '9');
    std::string limit = "CAST('" + nines + "' AS DECIMAL(38, " + scale + "))";
    std::string overflow =
        context.ansi && !is_try ? RaiseOverflow("Overflow in sum of decimals", "try_sum") : "NULL";
    return Guarded("abs(" + sum + ") > " + limit, overflow, CastSql(sum, storage));
  }
  if (type.IsInterval()) return IntervalSum(context, sum_of(""));
  if (type.IsIntegral()) return LongSum(context, sum_of(""), is_try || context.is_try);
  return sum_of("DOUBLE");
}

Result<std::string> EmitSum(const EmitContext& context) {
  return EmitSumAs(context, context.is_try);
}
Result<std::string> EmitTrySum(const EmitContext& context) { return EmitSumAs(context, true); }

Result<std::string> EmitAverage(const EmitContext& context) {
  const DataType& type = context.arguments[0].type;
  std::string distinct(context.distinct), tail(context.tail);
  std::string sum = "sum(" + distinct + context.sql[0] + ")" + tail;
  std::string count = "count(" + distinct + context.sql[0] + ")" + tail;
  if (type.Is(TypeKind::kDecimal)) {
    ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(context.result));
    return CastSql("ember_decimal_average(CAST(" + sum + " AS VARCHAR), " + count + ", " +
                       std::to_string(context.result.scale) + ")",
                   storage);
  }
  if (type.IsInterval()) {
    ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(context.result));
    return CastSql("ember_decimal_average(CAST(" + sum + " AS VARCHAR), " + count + ", 0)",
                   storage);
  }
  // Spark adds bigints as doubles; DuckDB would add them exactly.
  return "avg(" + distinct + CastSql(context.sql[0], "DOUBLE") + ")" + tail;
}

Result<std::string> EmitCount(const EmitContext& context) {
  std::string distinct(context.distinct), tail(context.tail);
  if (context.sql.empty()) return "count(*)" + tail;
  if (context.sql.size() == 1) {
    const ArgumentInfo& argument = context.arguments[0];
    const bool counts_rows = distinct.empty() && argument.constant && !argument.constant->is_null();
    return "count(" + distinct + (counts_rows ? "*" : context.sql[0]) + ")" + tail;
  }
  // Rows with a null in any of the columns do not count (DuckDB counts a tuple that holds one).
  std::string all_set, tuple;
  for (const std::string& argument : context.sql) {
    all_set += (all_set.empty() ? "" : " AND ") + argument + " IS NOT NULL";
    tuple += (tuple.empty() ? "" : ", ") + argument;
  }
  return "count(" + distinct + "CASE WHEN " + all_set + " THEN row(" + tuple + ") END)" + tail;
}

bool IgnoresNulls(const EmitContext& context) {
  if (context.ignore_nulls) return true;
  if (context.arguments.size() < 2 || !context.arguments[1].constant) return false;
  const auto* flag = std::get_if<bool>(&context.arguments[1].constant->data);
  return flag != nullptr && *flag;
}

// First and Last keep nulls unless told otherwise; DuckDB's any_value always skips them.
std::string FirstOrLast(const EmitContext& context, std::string_view name) {
  std::string tail(context.tail);
  const std::string& value = context.sql[0];
  const bool ignore_nulls = IgnoresNulls(context);
  if (IsWindowTail(tail) && tail.find(" FILTER ") == std::string::npos) {
    return std::string(name) + "_value(" + value + (ignore_nulls ? " IGNORE NULLS)" : ")") + tail;
  }
  if (ignore_nulls) tail = AddFilter(tail, value + " IS NOT NULL");
  return std::string(name) + "(" + value + ")" + tail;
}
Result<std::string> EmitFirst(const EmitContext& context) { return FirstOrLast(context, "first"); }
Result<std::string> EmitLast(const EmitContext& context) { return FirstOrLast(context, "last"); }

Result<std::vector<DataType>> WithFlag(std::string_view name, Arguments arguments) {
  if (arguments.size() == 2 &&
      (!arguments[1].constant || !std::holds_alternative<bool>(arguments[1].constant->data))) {
    return MakeError("_LEGACY_ERROR_TEMP_1210", {{"funcName", std::string(name)}});
  }
  std::vector<DataType> types;
  for (const ArgumentInfo& argument : arguments) types.push_back(argument.type);
  return types;
}
Result<std::vector<DataType>> CoerceFirst(Arguments arguments, const TypeContext&) {
  return WithFlag("first", arguments);
}
Result<std::vector<DataType>> CoerceLast(Arguments arguments, const TypeContext&) {
  return WithFlag("last", arguments);
}
Result<std::vector<DataType>> CoerceAnyValue(Arguments arguments, const TypeContext&) {
  return WithFlag("any_value", arguments);
}

// RegrAvgX and RegrAvgY: Average of one side where the other is set, whatever its type.
template <int index>
Result<DataType> ResultRegressionMean(Arguments arguments, const TypeContext& context) {
  return ResultAverage(arguments.subspan(index, 1), context);
}
template <int index>
Result<std::string> EmitRegressionMean(const EmitContext& context) {
  const std::string sql[] = {"(CASE WHEN " + context.sql[1 - index] + " IS NOT NULL THEN " +
                             context.sql[index] + " END)"};
  EmitContext mean = context;
  mean.arguments = context.arguments.subspan(index, 1);
  mean.sql = sql;
  return EmitAverage(mean);
}

// HyperLogLogPlusPlus: the relative error is a constant of at most 0.39.
Result<DataType> ResultApproximateCount(Arguments arguments, const TypeContext&) {
  if (arguments.size() < 2) return LongType();
  std::optional<double> error = ConstantDouble(arguments[1]);
  if (!error || arguments[1].type.IsIntegral()) return MakeError("_LEGACY_ERROR_TEMP_1104", {});
  if (*error > 0.39) {
    return MakeError("FAILED_FUNCTION_CALL", {{"funcName", "`approx_count_distinct`"}});
  }
  return LongType();
}

Result<DataType> ResultListAggregate(Arguments arguments, const TypeContext&) {
  if (arguments.size() > 1 && !arguments[1].constant) {
    return NonFoldableInput(arguments[1], "delimiter");
  }
  return arguments[0].type;
}

Result<DataType> ResultCollected(Arguments arguments, const TypeContext&) {
  return ArrayType(arguments[0].type, false);
}

bool HoldsMap(const DataType& type) {
  if (type.Is(TypeKind::kMap)) return true;
  if (!type.children) return false;
  return std::ranges::any_of(*type.children,
                             [](const StructField& field) { return HoldsMap(field.type); });
}

Result<DataType> ResultCollectedSet(Arguments arguments, const TypeContext&) {
  if (HoldsMap(arguments[0].type)) {
    return MakeError(
        "DATATYPE_MISMATCH.UNSUPPORTED_INPUT_TYPE",
        {{"functionName", "`collect_set`"}, {"dataType", "\"MAP\" or \"COLLATED STRING\""}});
  }
  return ArrayType(arguments[0].type, false);
}

// Nulls are dropped, and no rows give an empty array (Collect); DuckDB keeps nulls and gives null.
Result<std::string> EmitCollect(const EmitContext& context) {
  return "coalesce(list(" + std::string(context.distinct) + context.sql[0] + ")" +
         AddFilter(context.tail, context.sql[0] + " IS NOT NULL") + ", [])";
}

// The value as a number whose order is the same; empty where there is none that fits 64 bits.
std::string WholeNumber(const std::string& sql, const DataType& type) {
  switch (type.kind) {
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
      return sql;
    case TypeKind::kDate:
      return "(" + sql + " - DATE '1970-01-01')";
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
      return "epoch_us(" + sql + ")";
    default:
      return "";
  }
}

// Scala's hash (##) of an element as CollectSet keeps it; empty where Ember does not compute it.
std::string JavaHashSql(const std::string& sql, const DataType& type) {
  if (const std::string whole = WholeNumber(sql, type); !whole.empty()) {
    return "ember_hash_of_long(CAST(" + whole + " AS BIGINT))";
  }
  switch (type.kind) {
    case TypeKind::kBoolean:
      return "(CASE WHEN " + sql + " THEN 1231 ELSE 1237 END)";
    case TypeKind::kString:
      return "ember_murmur_text(" + sql + ", 42)";
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return "ember_hash_of_double(CAST(" + sql + " AS DOUBLE))";
    default:
      return "";
  }
}

Result<std::string> EmitCollectSet(const EmitContext& context) {
  const std::string& value = context.sql[0];
  if (const std::string hash = JavaHashSql("se", context.arguments[0].type); !hash.empty()) {
    std::string distinct =
        "list(DISTINCT " + value + ")" + AddFilter(context.tail, value + " IS NOT NULL");
    // The places of the elements in a table of Scala's HashSet, which is as long as their number
    // wants it; in one place the hashes ascend.
    return "coalesce(" +
           WithValue("sl", distinct,
                     "list_transform(list_sort(list_transform(sl, lambda se: struct_pack(b := "
                     "ember_set_bucket(" +
                         hash + ", len(sl)), h := ember_set_hash(" + hash +
                         "), e := se))), lambda sb: sb.e)") +
           ", [])";
  }
  if (IsWindowTail(context.tail)) {
    return "coalesce(list(DISTINCT " + value + ")" +
           AddFilter(context.tail, value + " IS NOT NULL") + ", [])";
  }
  return "coalesce(list(DISTINCT " + value + " ORDER BY " + value + ")" +
         AddFilter(context.tail, value + " IS NOT NULL") + ", [])";
}

template <int index>
Result<DataType> ResultFirstOrdered(Arguments arguments, const TypeContext&) {
  static constexpr std::string_view kNames[] = {"min", "max", "min_by", "max_by"};
  const DataType& ordering = arguments[index < 2 ? 0 : 1].type;
  if (!AcceptsType(kOrderable, ordering)) return InvalidOrdering(kNames[index], ordering);
  return arguments[0].type;
}

Result<std::string> EmitExtreme(const EmitContext& context, std::string_view name) {
  const DataType& type = context.arguments[0].type;
  std::string tail(context.tail);
  if (!NeedsOrderKey(type)) {
    return std::string(name) + "(" + std::string(context.distinct) + context.sql[0] + ")" + tail;
  }
  return "arg_" + std::string(name) + "_null(" + context.sql[0] + ", " +
         OrderKey(context.sql[0], type) + ")" + tail;
}

// MaxBy and MinBy: the last of equal ones. DuckDB would keep the first: the number of the row
// decides, as lower digits of the number that is compared or as a second field.
Result<std::string> EmitExtremeBy(const EmitContext& context, std::string_view name) {
  const DataType& type = context.arguments[1].type;
  std::string call =
      "arg_" + std::string(name) + "_null(" + std::string(context.distinct) + context.sql[0] + ", ";
  std::string key = OrderKey(context.sql[1], type), tail(context.tail);
  // Rows of an ordered window come in its order, not in that of their numbers.
  if (tail.find("ORDER BY ") != std::string::npos) return call + key + ")" + tail;
  const std::string_view sign = name == "max" ? "+" : "-";
  std::string row(kRowIndexColumn);
  if (const std::string number = WholeNumber(key, type); !number.empty()) {
    return call + "CAST(" + number + " AS HUGEINT) * 1099511627776 " + std::string(sign) + " " +
           row + ")" + tail;
  }
  return call + "CASE WHEN " + key + " IS NOT NULL THEN struct_pack(k := " + key +
         ", r := " + std::string(sign) + row + ") END)" + tail;
}

Result<DataType> ResultGroupingId(Arguments, const TypeContext&) { return LongType(); }
Result<std::string> EmitGrouping(const EmitContext&) {
  return InternalError("grouping() reached the engine: the analyzer replaces it");
}

Result<std::string> EmitListAggregate(const EmitContext& context) {
  const std::string& value = context.sql[0];
  std::string separator = context.sql.size() > 1 ? context.sql[1] : "''";
  if (context.sql.size() > 1 && IsConstantNull(context.arguments[1])) separator = "''";
  std::string order(context.order.empty() ? "" : " " + std::string(context.order));
  // DuckDB joins text only; binary goes through its hexadecimal digits.
  if (context.result.Is(TypeKind::kBinary)) {
    return "unhex(string_agg(" + std::string(context.distinct) + "hex(" + value + "), hex(" +
           (separator == "''" ? "CAST('' AS BLOB)" : separator) + ")" + order + ")" +
           std::string(context.tail) + ")";
  }
  return "string_agg(" + std::string(context.distinct) + value + ", " + separator + order + ")" +
         std::string(context.tail);
}

constexpr std::string_view kNullText[] = {"NULL"};

// A row of one double (or two) that a native aggregate computes.
constexpr FunctionRow OneDouble(std::string_view name, std::string_view duckdb,
                                std::string_view doc, std::string_view example) {
  return {.name = name,
          .kind = FunctionKind::kAggregate,
          .min_arguments = 1,
          .max_arguments = 1,
          .arguments = kTypes<kDouble>,
          .result = ResultDouble,
          .nullability = Nullability::kAlways,
          .duckdb = duckdb,
          .doc = doc,
          .example = example};
}
constexpr FunctionRow TwoDoubles(std::string_view name, std::string_view duckdb,
                                 std::string_view doc, std::string_view example) {
  FunctionRow row = OneDouble(name, duckdb, doc, example);
  row.min_arguments = row.max_arguments = 2;
  return row;
}
constexpr FunctionRow OneValue(std::string_view name, std::span<const TypeClass> types,
                               std::string_view duckdb, std::string_view doc,
                               std::string_view example) {
  FunctionRow row = OneDouble(name, duckdb, doc, example);
  row.arguments = types;
  row.result = ResultSameAsFirst;
  return row;
}
constexpr FunctionRow Emitted(std::string_view name, int minimum, int maximum,
                              std::span<const TypeClass> types, ResultTypeFunction result,
                              EmitFunction emit, std::string_view doc, std::string_view example) {
  FunctionRow row = OneDouble(name, "", doc, example);
  row.min_arguments = minimum;
  row.max_arguments = maximum;
  row.arguments = types;
  row.result = result;
  row.emit = emit;
  return row;
}
constexpr FunctionRow NeverNull(FunctionRow row) {
  row.nullability = Nullability::kNever;
  return row;
}
constexpr FunctionRow FirstLike(std::string_view name, CoerceFunction coerce, EmitFunction emit,
                                std::string_view doc, std::string_view example) {
  FunctionRow row =
      Emitted(name, 1, 2, kTypes<kAny, kBoolean>, ResultSameAsFirst, emit, doc, example);
  row.coercion = CoercionRule::kCustom;
  row.coerce = coerce;
  row.shown_arguments = 1;
  row.is_deterministic = false;
  return row;
}
constexpr FunctionRow Coerced(FunctionRow row, CoerceFunction coerce) {
  row.coercion = CoercionRule::kCustom;
  row.coerce = coerce;
  return row;
}
constexpr FunctionRow Shown(FunctionRow row, int shown) {
  row.shown_arguments = shown;
  return row;
}
constexpr FunctionRow WithDefaults(FunctionRow row, std::span<const std::string_view> defaults) {
  row.defaults = defaults;
  return row;
}

// corr answers 2 where Spark divides by zero: an error with ANSI, else null.
Result<std::string> EmitCorrelation(const EmitContext& context) {
  std::string call = "ember_corr(" + std::string(context.distinct) + context.sql[0] + ", " +
                     context.sql[1] + ")" + std::string(context.tail);
  return Guarded(call + " = 2", context.ansi ? RaiseDivideByZero() : "NULL", call);
}

constexpr FunctionRow kRows[] = {
    FirstLike("any_value", CoerceAnyValue, EmitFirst,
              "Some value of a group: the first in input order.",
              "SELECT any_value(a) FROM VALUES (1), (2) AS t(a)"),
    WithDefaults(Shown(NeverNull(Emitted(
                           "approx_count_distinct", 1, 2, kTypes<kAny>, ResultApproximateCount,
                           [](const EmitContext& context) -> Result<std::string> {
                             return "count(DISTINCT " + context.sql[0] + ")" +
                                    std::string(context.tail);
                           },
                           "The number of distinct values; exact here, where Spark estimates.",
                           "SELECT approx_count_distinct(a) FROM VALUES (1), (1), (2) AS t(a)")),
                       1),
                 {}),
    Coerced(Emitted("avg", 1, 1, kTypes<kAny>, ResultAverage, EmitAverage,
                    "The mean of the values that are not null.",
                    "SELECT avg(close) FROM VALUES (1.5D), (2.5D) AS t(close)"),
            CoerceSummed),
    OneValue("bit_and", kTypes<kIntegral>, "bit_and({d}{0}){t}", "The AND of all bits.",
             "SELECT bit_and(a) FROM VALUES (3), (5) AS t(a)"),
    OneValue("bit_or", kTypes<kIntegral>, "bit_or({d}{0}){t}", "The OR of all bits.",
             "SELECT bit_or(a) FROM VALUES (3), (5) AS t(a)"),
    OneValue("bit_xor", kTypes<kIntegral>, "bit_xor({d}{0}){t}", "The exclusive OR of all bits.",
             "SELECT bit_xor(a) FROM VALUES (3), (5) AS t(a)"),
    OneValue("bool_and", kTypes<kBoolean>, "bool_and({d}{0}){t}", "Whether all values are true.",
             "SELECT bool_and(a) FROM VALUES (true), (false) AS t(a)"),
    OneValue("bool_or", kTypes<kBoolean>, "bool_or({d}{0}){t}", "Whether any value is true.",
             "SELECT bool_or(a) FROM VALUES (true), (false) AS t(a)"),
    NeverNull(Emitted("collect_list", 1, 1, kTypes<kAny>, ResultCollected, EmitCollect,
                      "The values that are not null, as an array.",
                      "SELECT collect_list(a) FROM VALUES (1), (2), (1) AS t(a)")),
    NeverNull(Emitted("collect_set", 1, 1, kTypes<kAny>, ResultCollectedSet, EmitCollectSet,
                      "The distinct values that are not null, as an array.",
                      "SELECT collect_set(a) FROM VALUES (1), (2), (1) AS t(a)")),
    Emitted("corr", 2, 2, kTypes<kDouble>, ResultDouble, EmitCorrelation,
            "Pearson's correlation of two columns.",
            "SELECT corr(a, b) FROM VALUES (1, 2), (2, 4), (3, 7) AS t(a, b)"),
    NeverNull(Emitted("count", 1, -1, kTypes<kAny>, ResultLong, EmitCount,
                      "The number of rows in which no argument is null.",
                      "SELECT count(*), count(a) FROM VALUES (1), (NULL) AS t(a)")),
    NeverNull(Emitted(
        "count_if", 1, 1, kTypes<kBoolean>, ResultLong,
        [](const EmitContext& context) -> Result<std::string> {
          return FillTemplate("count({d}CASE WHEN {0} THEN TRUE END){t}", context);
        },
        "The number of rows in which the condition is true.",
        "SELECT count_if(a > 1) FROM VALUES (1), (2), (3) AS t(a)")),
    TwoDoubles("covar_pop", "ember_covar_pop({d}{0}, {1}){t}", "The covariance of a population.",
               "SELECT covar_pop(a, b) FROM VALUES (1, 2), (2, 4) AS t(a, b)"),
    TwoDoubles("covar_samp", "ember_covar_samp({d}{0}, {1}){t}", "The covariance of a sample.",
               "SELECT covar_samp(a, b) FROM VALUES (1, 2), (2, 4) AS t(a, b)"),
    FirstLike("first", CoerceFirst, EmitFirst, "The first value of a group, in input order.",
              "SELECT first(a) FROM VALUES (1), (2) AS t(a)"),
    NeverNull(Emitted("grouping", 1, 1, kTypes<kAny>, ResultByte, EmitGrouping,
                      "1 in a row of a grouping set that leaves the column out, else 0.",
                      "SELECT a, grouping(a) FROM VALUES (1) AS t(a) GROUP BY CUBE (a)")),
    NeverNull(Emitted("grouping_id", 0, -1, kTypes<kAny>, ResultGroupingId, EmitGrouping,
                      "The bits of grouping() of all grouping columns.",
                      "SELECT a, grouping_id() FROM VALUES (1) AS t(a) GROUP BY CUBE (a)")),
    OneDouble("kurtosis", "ember_kurtosis({d}{0}){t}", "The excess kurtosis of a population.",
              "SELECT kurtosis(a) FROM VALUES (1), (2), (10) AS t(a)"),
    FirstLike("last", CoerceLast, EmitLast, "The last value of a group, in input order.",
              "SELECT last(a) FROM VALUES (1), (2) AS t(a)"),
    WithDefaults(Emitted("listagg", 1, 2, kTypes<kStringOrBinary>, ResultListAggregate,
                         EmitListAggregate, "The values joined by a separator.",
                         "SELECT listagg(a, ',') FROM VALUES ('x'), ('y') AS t(a)"),
                 kNullText),
    Emitted(
        "max", 1, 1, kTypes<kAny>, ResultFirstOrdered<1>,
        [](const EmitContext& context) { return EmitExtreme(context, "max"); },
        "The greatest value; NaN is greater than all.",
        "SELECT max(a) FROM VALUES (1), (2) AS t(a)"),
    Emitted(
        "max_by", 2, 2, kTypes<kAny>, ResultFirstOrdered<3>,
        [](const EmitContext& context) { return EmitExtremeBy(context, "max"); },
        "The first argument where the second is greatest.",
        "SELECT max_by(a, b) FROM VALUES ('x', 1), ('y', 2) AS t(a, b)"),
    Emitted(
        "min", 1, 1, kTypes<kAny>, ResultFirstOrdered<0>,
        [](const EmitContext& context) { return EmitExtreme(context, "min"); }, "The least value.",
        "SELECT min(a) FROM VALUES (1), (2) AS t(a)"),
    Emitted(
        "min_by", 2, 2, kTypes<kAny>, ResultFirstOrdered<2>,
        [](const EmitContext& context) { return EmitExtremeBy(context, "min"); },
        "The first argument where the second is least.",
        "SELECT min_by(a, b) FROM VALUES ('x', 1), ('y', 2) AS t(a, b)"),
    OneDouble("product of", "product({d}{0}){t}", "The product: F.product, which SQL has not.",
              "SELECT product(a) FROM VALUES (1), (2) AS t(a)"),
    Emitted("regr_avgx", 2, 2, kTypes<kNumeric>, ResultRegressionMean<1>, EmitRegressionMean<1>,
            "The mean of the independent values, the second argument.",
            "SELECT regr_avgx(y, x) FROM VALUES (1, 2), (2, 3) AS t(y, x)"),
    Emitted("regr_avgy", 2, 2, kTypes<kNumeric>, ResultRegressionMean<0>, EmitRegressionMean<0>,
            "The mean of the dependent values, the first argument.",
            "SELECT regr_avgy(y, x) FROM VALUES (1, 2), (2, 3) AS t(y, x)"),
    NeverNull(Emitted(
        "regr_count", 2, 2, kTypes<kNumeric>, ResultLong,
        [](const EmitContext& context) { return EmitCount(context); },
        "The number of rows in which neither argument is null.",
        "SELECT regr_count(y, x) FROM VALUES (1, 2), (2, NULL) AS t(y, x)")),
    TwoDoubles("regr_intercept", "ember_regr_intercept({d}{1}, {0}){t}",
               "The intercept of the regression line.",
               "SELECT regr_intercept(y, x) FROM VALUES (1, 2), (2, 3) AS t(y, x)"),
    TwoDoubles("regr_r2", "ember_regr_r2({d}{0}, {1}){t}", "The coefficient of determination.",
               "SELECT regr_r2(y, x) FROM VALUES (1, 2), (2, 3), (4, 4) AS t(y, x)"),
    TwoDoubles("regr_slope", "ember_regr_slope({d}{1}, {0}){t}",
               "The slope of the regression line.",
               "SELECT regr_slope(y, x) FROM VALUES (1, 2), (2, 3) AS t(y, x)"),
    TwoDoubles("regr_sxx", "ember_sum_of_squares({d}CASE WHEN {0} IS NOT NULL THEN {1} END){t}",
               "The sum of squared deviations of the independent values.",
               "SELECT regr_sxx(y, x) FROM VALUES (1, 2), (2, 3) AS t(y, x)"),
    TwoDoubles("regr_sxy", "ember_regr_sxy({d}{0}, {1}){t}",
               "The sum of products of the deviations.",
               "SELECT regr_sxy(y, x) FROM VALUES (1, 2), (2, 3) AS t(y, x)"),
    TwoDoubles("regr_syy", "ember_sum_of_squares({d}CASE WHEN {1} IS NOT NULL THEN {0} END){t}",
               "The sum of squared deviations of the dependent values.",
               "SELECT regr_syy(y, x) FROM VALUES (1, 2), (2, 3) AS t(y, x)"),
    OneDouble("skewness", "ember_skewness({d}{0}){t}", "The skewness of a population.",
              "SELECT skewness(a) FROM VALUES (1), (2), (10) AS t(a)"),
    OneDouble("stddev_pop", "ember_stddev_pop({d}{0}){t}",
              "The standard deviation of a population.",
              "SELECT stddev_pop(a) FROM VALUES (1), (2) AS t(a)"),
    OneDouble("stddev_samp", "ember_stddev_samp({d}{0}){t}", "The standard deviation of a sample.",
              "SELECT stddev_samp(a) FROM VALUES (1), (2) AS t(a)"),
    Coerced(Emitted("sum", 1, 1, kTypes<kAny>, ResultSum, EmitSum,
                    "The sum of the values that are not null.",
                    "SELECT sum(a) FROM VALUES (1), (2) AS t(a)"),
            CoerceSummed),
    Coerced(Emitted("try_avg", 1, 1, kTypes<kAny>, ResultAverage, EmitAverage,
                    "As avg; null where that overflows.",
                    "SELECT try_avg(a) FROM VALUES (1), (2) AS t(a)"),
            CoerceSummed),
    Coerced(Emitted("try_sum", 1, 1, kTypes<kAny>, ResultSum, EmitTrySum,
                    "As sum; null where that overflows.",
                    "SELECT try_sum(a) FROM VALUES (1), (2) AS t(a)"),
            CoerceSummed),
    OneDouble("var_pop", "ember_var_pop({d}{0}){t}", "The variance of a population.",
              "SELECT var_pop(a) FROM VALUES (1), (2) AS t(a)"),
    OneDouble("var_samp", "ember_var_samp({d}{0}){t}", "The variance of a sample.",
              "SELECT var_samp(a) FROM VALUES (1), (2) AS t(a)"),
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> PercentileFunctions();

std::span<const FunctionRow> AggregateFunctions() {
  static const std::vector<FunctionRow> rows = [] {
    std::vector<FunctionRow> all(std::begin(kRows), std::end(kRows));
    auto more = PercentileFunctions();
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }();
  return rows;
}

}  // namespace ember
