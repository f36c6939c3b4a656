#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "functions/result_types.h"
#include "functions/row_index.h"
#include "functions/table_check.h"

// Percentiles and the mode. DuckDB interpolates with other roundings than Spark's Percentile, so
// the exact ones sort the group's values and compute the position themselves.

namespace ember {
namespace {

using enum TypeClass;
using Arguments = std::span<const ArgumentInfo>;

bool IsPercentileInput(const DataType& type) {
  return type.IsNumeric() || type.Is(TypeKind::kYearMonthInterval) ||
         type.Is(TypeKind::kDayTimeInterval);
}

// The percentages of the constant at `index`: one, or an array's.
Result<std::vector<double>> Percentages(Arguments arguments, size_t index) {
  const ArgumentInfo& argument = arguments[index];
  if (!argument.constant) return NonFoldableInput(argument, "percentage");
  if (argument.constant->is_null()) return UnexpectedNull("percentage");
  std::vector<double> percentages;
  if (argument.type.Is(TypeKind::kArray)) {
    for (const Value& item : std::get<std::vector<Value>>(argument.constant->data)) {
      ArgumentInfo element{argument.type.element().type, true, item, ""};
      percentages.push_back(ConstantDouble(element).value_or(-1));
    }
  } else {
    percentages.push_back(ConstantDouble(argument).value_or(-1));
  }
  std::string text;
  bool is_in_range = true;
  for (double percentage : percentages) {
    is_in_range = is_in_range && percentage >= 0 && percentage <= 1;
    text += (text.empty() ? "" : ",") + JavaDoubleText(percentage) + "D";
  }
  if (!is_in_range) return ValueOutOfRange("percentage", "[0.0, 1.0]", text);
  return percentages;
}

std::vector<DataType> TypesOf(Arguments arguments) {
  std::vector<DataType> types;
  for (const ArgumentInfo& argument : arguments) types.push_back(argument.type);
  return types;
}

// Numbers stay what they are: they are read as constants.
DataType AsPercentage(const DataType& type) {
  if (type.Is(TypeKind::kArray)) return ArrayType(DoubleType(), false);
  return DoubleType();
}

// An array of percentages converts numbers, but neither strings nor nulls.
Status CheckPercentages(Arguments arguments, bool is_exact) {
  const DataType& type = arguments[1].type;
  if (type.Is(TypeKind::kArray)) {
    const StructField& element = type.element();
    const bool is_number = element.type.IsNumeric() && !element.nullable;
    if (is_number || element.type.Is(TypeKind::kNull)) return {};
  } else if (type.IsNumeric() || type.IsStringLike() || type.Is(TypeKind::kNull)) {
    return {};
  }
  if (!is_exact) return UnexpectedInputType(arguments, 1, "(\"DOUBLE\" or \"ARRAY<DOUBLE>\")");
  return UnexpectedInputType(arguments, 1,
                             type.Is(TypeKind::kArray) ? "\"ARRAY<DOUBLE>\"" : "\"DOUBLE\"");
}

Status CheckWholeNumber(Arguments arguments, size_t index) {
  if (arguments.size() <= index) return {};
  const DataType& type = arguments[index].type;
  if (type.IsIntegral() || type.Is(TypeKind::kNull)) return {};
  return UnexpectedInputType(arguments, index, "\"INTEGRAL\"");
}

// Strings become doubles, the percentage a double; the frequency a bigint (Percentile.inputTypes).
Result<std::vector<DataType>> CoercePercentile(Arguments arguments, const TypeContext&) {
  std::vector<DataType> types = TypesOf(arguments);
  if (types[0].IsStringLike() || types[0].Is(TypeKind::kNull)) types[0] = DoubleType();
  if (!IsPercentileInput(types[0])) {
    return UnexpectedInputType(
        arguments, 0, "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\")");
  }
  if (types.size() > 1) {
    RETURN_IF_ERROR(CheckPercentages(arguments, true));
    types[1] = AsPercentage(types[1]);
  }
  RETURN_IF_ERROR(CheckWholeNumber(arguments, 2));
  if (types.size() > 2) types[2] = LongType();
  return types;
}

DataType PercentileElement(const DataType& input) {
  if (input.Is(TypeKind::kYearMonthInterval)) return YearMonthIntervalType();
  if (input.Is(TypeKind::kDayTimeInterval)) return DayTimeIntervalType();
  return DoubleType();
}

Result<DataType> ResultPercentile(Arguments arguments, const TypeContext&) {
  DataType element = PercentileElement(arguments[0].type);
  if (arguments.size() == 1) return element;
  RETURN_IF_ERROR(Percentages(arguments, 1));
  return arguments[1].type.Is(TypeKind::kArray) ? ArrayType(element, false) : element;
}

// The group's values as a sorted list.
Result<std::string> SortedValues(const EmitContext& context) {
  const std::string& value = context.sql[0];
  std::string direction = context.is_descending ? "'DESC'" : "'ASC'";
  if (context.sql.size() < 3) {
    return "list_sort(list(" + std::string(context.distinct) + value + ")" +
           AddFilter(context.tail, value + " IS NOT NULL") + ", " + direction + ")";
  }
  const TokenParameter parameters[] = {{"frequencyExpression", "\"boundreference()\""},
                                       {"negativeValue", context.sql[2] + " || 'L'", true}};
  std::string copies = Guarded(context.sql[2] + " < 0",
                               RaiseSql("NEGATIVE_VALUES_IN_FREQUENCY_EXPRESSION", parameters),
                               "repeat([" + value + "], " + context.sql[2] + ")");
  return "list_sort(flatten(list(" + copies + ")" +
         AddFilter(context.tail, value + " IS NOT NULL AND " + context.sql[2] + " IS NOT NULL") +
         "), " + direction + ")";
}

// Percentile.getPercentile: position p * (n - 1) between two values, weighted by its fraction.
std::string Interpolated(double percentage) {
  std::string position = "((len(l) - 1) * CAST('" + JavaDoubleText(percentage) + "' AS DOUBLE))";
  std::string low = "CAST(l[CAST(floor(" + position + ") AS BIGINT) + 1] AS DOUBLE)";
  std::string high = "CAST(l[CAST(ceil(" + position + ") AS BIGINT) + 1] AS DOUBLE)";
  return "CASE WHEN " + low + " = " + high + " THEN " + low + " ELSE (ceil(" + position + ") - " +
         position + ") * " + low + " + (" + position + " - floor(" + position + ")) * " + high +
         " END";
}

std::string Discrete(double percentage) {
  return "l[greatest(CAST(ceil(len(l) * CAST('" + JavaDoubleText(percentage) +
         "' AS DOUBLE)) AS BIGINT), 1)]";
}

Result<std::string> EmitPositions(const EmitContext& context,
                                  const std::vector<double>& percentages, bool is_array,
                                  std::string (*formula)(double)) {
  ASSIGN_OR_RETURN(std::string sorted, SortedValues(context));
  const DataType& element = is_array ? context.result.element().type : context.result;
  ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(element));
  std::string items;
  for (double percentage : percentages) {
    std::string item = formula(percentage);
    if (element.IsInterval()) item = "trunc(" + item + ")";
    if (!items.empty()) items += ", ";
    items += CastSql(item, storage);
  }
  std::string body = is_array ? "[" + items + "]" : items;
  return WithValue("l", sorted, "CASE WHEN len(l) > 0 THEN " + body + " END");
}

Result<std::string> EmitPercentile(const EmitContext& context) {
  ASSIGN_OR_RETURN(std::vector<double> percentages, Percentages(context.arguments, 1));
  return EmitPositions(context, percentages, context.arguments[1].type.Is(TypeKind::kArray),
                       Interpolated);
}

Result<std::string> EmitMedian(const EmitContext& context) {
  return EmitPositions(context, {0.5}, false, Interpolated);
}

Result<std::string> EmitPercentileDisc(const EmitContext& context) {
  ASSIGN_OR_RETURN(std::vector<double> percentages, Percentages(context.arguments, 1));
  return EmitPositions(context, percentages, context.arguments[1].type.Is(TypeKind::kArray),
                       Discrete);
}

// ApproximatePercentile keeps the type of its input.
Result<std::vector<DataType>> CoerceApproximate(Arguments arguments, const TypeContext&) {
  std::vector<DataType> types = TypesOf(arguments);
  if (types[0].IsStringLike() || types[0].Is(TypeKind::kNull)) types[0] = DoubleType();
  if (!IsPercentileInput(types[0]) && !types[0].IsDatetime()) {
    return UnexpectedInputType(arguments, 0,
                               "(\"NUMERIC\" or \"DATE\" or \"TIMESTAMP\" or \"TIMESTAMP_NTZ\" or "
                               "\"INTERVAL YEAR TO MONTH\" or \"INTERVAL DAY TO SECOND\")");
  }
  RETURN_IF_ERROR(CheckPercentages(arguments, false));
  RETURN_IF_ERROR(CheckWholeNumber(arguments, 2));
  types[1] = AsPercentage(types[1]);
  return types;
}

Result<DataType> ResultApproximate(Arguments arguments, const TypeContext&) {
  if (arguments.size() > 2) {
    if (!arguments[2].constant) return NonFoldableInput(arguments[2], "accuracy");
    if (IsConstantNull(arguments[2])) return UnexpectedNull("accuracy");
    int64_t accuracy = ConstantInteger(arguments[2]).value_or(0);
    if (accuracy <= 0 || accuracy > 2147483647) {
      return ValueOutOfRange("accuracy", "(0, 2147483647]", std::to_string(accuracy) + "L");
    }
  }
  RETURN_IF_ERROR(Percentages(arguments, 1));
  const DataType& type = arguments[0].type;
  return arguments[1].type.Is(TypeKind::kArray) ? ArrayType(type, false) : type;
}

// The sketch that Spark keeps, over the values in the order of the rows.
Result<std::string> EmitSketch(const EmitContext& context, const std::string& percentages,
                               bool is_array) {
  constexpr int64_t kDefaultAccuracy = 10'000;
  const int64_t accuracy = context.arguments.size() > 2
                               ? ConstantInteger(context.arguments[2]).value_or(kDefaultAccuracy)
                               : kDefaultAccuracy;
  const std::string& value = context.sql[0];
  const std::string values = "list(CAST(" + value + " AS DOUBLE) ORDER BY " +
                             std::string(kRowIndexColumn) + ")" +
                             AddFilter(context.tail, value + " IS NOT NULL");
  const std::string found = "ember_quantiles(" + values + ", [" + percentages + "], CAST('" +
                            JavaDoubleText(1.0 / static_cast<double>(accuracy)) + "' AS DOUBLE))";
  const DataType& element = is_array ? context.result.element().type : context.result;
  ASSIGN_OR_RETURN(const std::string storage, DuckDbTypeName(element));
  return is_array ? CastSql(found, storage + "[]") : CastSql("(" + found + ")[1]", storage);
}

// Besides numbers, in windows and of distinct values: the value at the exact rank, which is within
// Spark's tolerance.
Result<std::string> EmitApproximate(const EmitContext& context) {
  ASSIGN_OR_RETURN(std::vector<double> percentages, Percentages(context.arguments, 1));
  const bool is_array = context.arguments[1].type.Is(TypeKind::kArray);
  std::string items;
  for (double percentage : percentages) {
    if (!items.empty()) items += ", ";
    items += "CAST('" + JavaDoubleText(percentage) + "' AS DOUBLE)";
  }
  if (context.arguments[0].type.IsNumeric() && context.distinct.empty() &&
      !IsWindowTail(context.tail)) {
    return EmitSketch(context, items, is_array);
  }
  return "quantile_disc(" + std::string(context.distinct) + context.sql[0] + ", " +
         (is_array ? "[" + items + "]" : items) + ")" + std::string(context.tail);
}

// Without an order Spark takes any of the most frequent values.
Result<std::string> EmitMode(const EmitContext& context) {
  const std::string& value = context.sql[0];
  bool is_ordered = !context.order.empty();
  bool is_descending = context.is_descending;
  if (context.arguments.size() > 1 && context.arguments[1].constant) {
    const auto* flag = std::get_if<bool>(&context.arguments[1].constant->data);
    is_ordered = flag != nullptr && *flag;
  }
  std::string tail = AddFilter(context.tail, value + " IS NOT NULL");
  if (!is_ordered || IsWindowTail(context.tail)) return "mode(" + value + ")" + tail;
  return "mode(" + value + " ORDER BY " + value + (is_descending ? " DESC)" : ")") + tail;
}

Result<std::vector<DataType>> CoerceMode(Arguments arguments, const TypeContext&) {
  if (arguments.size() > 1 && arguments[1].type.Is(TypeKind::kNull)) {
    return MakeError("DATATYPE_MISMATCH.UNEXPECTED_NULL",
                     {{"exprName", "`deterministic`"}, {"sqlExpr", "\"NULL\""}});
  }
  if (arguments.size() > 1 && arguments[1].type.Is(TypeKind::kBoolean) && !arguments[1].constant) {
    return MakeError(
        "NON_FOLDABLE_ARGUMENT",
        {{"funcName", "`mode`"}, {"paramName", "`deterministic`"}, {"paramType", "\"BOOLEAN\""}});
  }
  if (arguments.size() > 1 && !arguments[1].type.Is(TypeKind::kBoolean)) {
    return MakeError("UNEXPECTED_INPUT_TYPE",
                     {{"functionName", "`mode`"},
                      {"paramIndex", "second"},
                      {"requiredType", "\"BOOLEAN\""},
                      {"inputSql", QuoteExpression(arguments[1].pretty)},
                      {"inputType", "\"" + SqlText(arguments[1].type) + "\""}});
  }
  return TypesOf(arguments);
}

constexpr std::string_view kOne[] = {"1"};
constexpr std::string_view kTenThousand[] = {"10000"};

constexpr FunctionRow Row(std::string_view name, int minimum, int maximum, CoerceFunction coerce,
                          ResultTypeFunction result, EmitFunction emit,
                          std::span<const std::string_view> defaults, std::string_view doc,
                          std::string_view example) {
  return {.name = name,
          .kind = FunctionKind::kAggregate,
          .min_arguments = minimum,
          .max_arguments = maximum,
          .arguments = kTypes<kAny>,
          .coercion = CoercionRule::kCustom,
          .result = result,
          .nullability = Nullability::kAlways,
          .emit = emit,
          .coerce = coerce,
          .defaults = defaults,
          .doc = doc,
          .example = example};
}

// An ordered mode is printed as its WITHIN GROUP form, which takes the order the other way round.
std::string PrettyMode(std::span<const std::string> arguments) {
  if (arguments.size() > 1 && arguments[1] == "true") {
    return "mode() WITHIN GROUP (ORDER BY " + arguments[0] + " DESC)";
  }
  return "mode(" + (arguments.empty() ? "" : arguments[0]) + ")";
}

constexpr FunctionRow OneShown(FunctionRow row) {
  row.style = PrettyStyle::kCustom;
  row.pretty = PrettyMode;
  return row;
}

constexpr FunctionRow kRows[] = {
    Row("median", 1, 1, CoercePercentile, ResultPercentile, EmitMedian, {},
        "The value in the middle, or the mean of the two there.",
        "SELECT median(a) FROM VALUES (1), (2), (10) AS t(a)"),
    OneShown(Row("mode", 1, 2, CoerceMode, ResultSameAsFirst, EmitMode, {},
                 "The most frequent value.", "SELECT mode(a) FROM VALUES (1), (2), (2) AS t(a)")),
    Row("percentile", 2, 3, CoercePercentile, ResultPercentile, EmitPercentile, kOne,
        "The exact percentile, between two values where it falls there.",
        "SELECT percentile(a, 0.25) FROM VALUES (0), (10) AS t(a)"),
    Row("percentile_approx", 2, 3, CoerceApproximate, ResultApproximate, EmitApproximate,
        kTenThousand, "The value at a percentile's rank.",
        "SELECT percentile_approx(a, 0.5) FROM VALUES (0), (1), (2) AS t(a)"),
    Row("percentile_cont", 2, 2, CoercePercentile, ResultPercentile, EmitPercentile, {},
        "The percentile of WITHIN GROUP's order, between two values where it falls there.",
        "SELECT percentile_cont(0.25) WITHIN GROUP (ORDER BY a) FROM VALUES (0), (10) AS t(a)"),
    Row("percentile_disc", 2, 2, CoercePercentile, ResultPercentile, EmitPercentileDisc, {},
        "The first value of WITHIN GROUP's order at or after the percentile.",
        "SELECT percentile_disc(0.25) WITHIN GROUP (ORDER BY a) FROM VALUES (0), (10) AS t(a)"),
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> PercentileFunctions() { return kRows; }

}  // namespace ember
