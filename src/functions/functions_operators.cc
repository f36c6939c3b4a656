#include <fmt/format.h>

#include "functions/emit_arithmetic.h"
#include "functions/emit_interval.h"
#include "functions/registry.h"
#include "functions/result_types.h"
#include "functions/sql_build.h"
#include "functions/table_check.h"
#include "types/coercion.h"

namespace ember {
namespace {

using enum TypeClass;
using enum Nullability;

// A decimal that does not fit is null with ANSI mode off; other types wrap around.
bool ArithmeticIsNullable(std::span<const ArgumentInfo> arguments, const TypeContext& context) {
  bool is_decimal = !context.ansi && arguments.size() == 2;
  for (const ArgumentInfo& argument : arguments) {
    if (argument.nullable) return true;
    is_decimal = is_decimal && argument.type.Is(TypeKind::kDecimal);
  }
  return is_decimal;
}

// "-" and "+" with one argument are the signs.
Result<std::string> EmitPlus(const EmitContext& context) {
  return context.sql.size() == 1 ? Result<std::string>(context.sql[0]) : EmitAdd(context);
}
Result<std::string> EmitMinus(const EmitContext& context) {
  return context.sql.size() == 1 ? EmitNegative(context) : EmitSubtract(context);
}
Result<DataType> ResultPlus(std::span<const ArgumentInfo> arguments, const TypeContext& context) {
  return arguments.size() == 1 ? arguments[0].type : ResultAdd(arguments, context);
}
Result<DataType> ResultMinus(std::span<const ArgumentInfo> arguments, const TypeContext& context) {
  return arguments.size() == 1 ? arguments[0].type : ResultSubtract(arguments, context);
}
std::optional<Replacement> ReplacePlus(std::span<const ArgumentInfo> arguments) {
  return arguments.size() == 2 ? ReplaceAdd(arguments) : std::nullopt;
}
std::optional<Replacement> ReplaceMinus(std::span<const ArgumentInfo> arguments) {
  return arguments.size() == 2 ? ReplaceSubtract(arguments) : std::nullopt;
}

std::string PrettySigned(std::span<const std::string> text, char symbol) {
  if (text.size() == 1) return fmt::format("({} {})", symbol, text[0]);
  return fmt::format("({} {} {})", text[0], symbol, text[1]);
}
std::string PrettyPlus(std::span<const std::string> text) { return PrettySigned(text, '+'); }
std::string PrettyMinus(std::span<const std::string> text) { return PrettySigned(text, '-'); }
std::string PrettyNotEqual(std::span<const std::string> text) {
  return fmt::format("(NOT ({} = {}))", text[0], text[1]);
}
std::string PrettyBitwiseNot(std::span<const std::string> text) { return "~" + text[0]; }
std::string PrettyIn(std::span<const std::string> text) {
  std::string list;
  for (size_t i = 1; i < text.size(); ++i) list += (i > 1 ? ", " : "") + text[i];
  return fmt::format("({} IN ({}))", text[0], list);
}
std::string PrettyIsNull(std::span<const std::string> text) { return "(" + text[0] + " IS NULL)"; }
std::string PrettyIsNotNull(std::span<const std::string> text) {
  return "(" + text[0] + " IS NOT NULL)";
}
std::string PrettyBare(std::span<const std::string> text, char symbol) {
  return fmt::format("{} {} {}", text[0], symbol, text[1]);
}
std::string PrettyMoveForward(std::span<const std::string> text) { return PrettyBare(text, '+'); }
std::string PrettyMoveBack(std::span<const std::string> text) { return PrettyBare(text, '-'); }
std::string PrettyAddDays(std::span<const std::string> text) {
  return fmt::format("date_add({}, extractansiintervaldays({}))", text[0], text[1]);
}
std::string PrettySubtractDays(std::span<const std::string> text) {
  return fmt::format("date_sub({}, extractansiintervaldays({}))", text[0], text[1]);
}

// Between is (value >= low AND value <= high): with ANSI mode off a string meets another type as
// that type.
Result<std::vector<DataType>> CoerceBetween(std::span<const ArgumentInfo> arguments,
                                            const TypeContext& context) {
  std::vector<DataType> types, others;
  for (const ArgumentInfo& argument : arguments) {
    types.push_back(argument.type);
    if (!argument.type.IsStringLike()) others.push_back(argument.type);
  }
  if (!context.ansi && !others.empty()) types = others;
  const std::optional<DataType> common = WiderType(types, context.ansi);
  if (!common) {
    const size_t other = SameType(arguments[0].type, arguments[1].type) ? 2 : 1;
    return MakeError("DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
                     {{"left", "\"" + SqlText(arguments[0].type) + "\""},
                      {"right", "\"" + SqlText(arguments[other].type) + "\""}});
  }
  return std::vector<DataType>(3, *common);
}

Result<std::string> EmitIn(const EmitContext& context) {
  std::string list;
  for (size_t i = 1; i < context.sql.size(); ++i) list += (i > 1 ? ", " : "") + context.sql[i];
  return fmt::format("({} IN ({}))", context.sql[0], list);
}

// And and Or do not look at the right side where the left decides; DuckDB may compute both sides
// first. Where the right side can raise it is guarded; the left stays a conjunct of its own, for
// filters to be pushed down.
bool CanRaise(const std::string& sql) { return sql.find("error('") != std::string::npos; }

Result<std::string> EmitAnd(const EmitContext& context) {
  if (!CanRaise(context.sql[1])) return fmt::format("({} AND {})", context.sql[0], context.sql[1]);
  return Bind(context.sql[0], [&](const std::string& left) {
    return fmt::format("({0} AND CASE WHEN NOT {0} THEN FALSE ELSE {1} END)", left, context.sql[1]);
  });
}
Result<std::string> EmitOr(const EmitContext& context) {
  if (!CanRaise(context.sql[1])) return fmt::format("({} OR {})", context.sql[0], context.sql[1]);
  return Bind(context.sql[0], [&](const std::string& left) {
    return fmt::format("({0} OR CASE WHEN {0} THEN TRUE ELSE {1} END)", left, context.sql[1]);
  });
}

// Java masks the count of a shift: by 31, or by 63 for longs.
std::string EmitShift(const EmitContext& context, std::string_view name) {
  return fmt::format("ember_{}_{}({}, {})", name,
                     context.result.Is(TypeKind::kLong) ? "long" : "int", context.sql[0],
                     context.sql[1]);
}
Result<std::string> EmitShiftLeft(const EmitContext& context) {
  return EmitShift(context, "shift_left");
}
Result<std::string> EmitShiftRight(const EmitContext& context) {
  return EmitShift(context, "shift_right");
}
Result<std::string> EmitShiftRightUnsigned(const EmitContext& context) {
  return EmitShift(context, "shift_right_unsigned");
}
Result<std::vector<DataType>> CoerceShift(std::span<const ArgumentInfo> arguments,
                                          const TypeContext&) {
  const bool is_long = arguments[0].type.Is(TypeKind::kLong);
  return std::vector<DataType>{is_long ? LongType() : IntegerType(), IntegerType()};
}

Result<std::string> EmitCalendarProduct(const EmitContext& context) {
  return fmt::format("({} * CAST({} AS DOUBLE))", context.sql[0], context.sql[1]);
}
Result<std::string> EmitCalendarQuotient(const EmitContext&) {
  return Unsupported("the division of a calendar interval");
}

constexpr FunctionRow kRows[] = {
    {.name = "!=",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kOrderable>,
     .coercion = CoercionRule::kComparison,
     .result = ResultBoolean,
     .duckdb = "({0} <> {1})",
     .style = PrettyStyle::kCustom,
     .pretty = PrettyNotEqual,
     .doc = "Whether the two differ; NULL when one is NULL.",
     .example = "SELECT 1 != 2"},
    {.name = "%",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kNumeric>,
     .coercion = CoercionRule::kArithmetic,
     .result = ResultRemainder,
     .nullability = kAlways,
     .emit = EmitRemainder,
     .style = PrettyStyle::kInfix,
     .symbol = "%",
     .doc = "The remainder of a division; it has the sign of the dividend.",
     .example = "SELECT 7 % 3"},
    {.name = "&",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kIntegral>,
     .coercion = CoercionRule::kArithmetic,
     .result = ResultSameAsFirst,
     .duckdb = "({0} & {1})",
     .style = PrettyStyle::kInfix,
     .symbol = "&",
     .doc = "Bitwise AND.",
     .example = "SELECT 5 & 3"},
    {.name = "*",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kNumeric>,
     .coercion = CoercionRule::kArithmetic,
     .result = ResultMultiply,
     .nullability = Nullability::kCustom,
     .emit = EmitMultiply,
     .nullable = ArithmeticIsNullable,
     .replace = ReplaceMultiply,
     .style = PrettyStyle::kInfix,
     .symbol = "*",
     .doc = "The product.",
     .example = "SELECT 2 * 3"},
    {.name = "+",
     .min_arguments = 1,
     .max_arguments = 2,
     .arguments = kTypes<kNumericOrAnyInterval>,
     .coercion = CoercionRule::kArithmetic,
     .result = ResultPlus,
     .nullability = Nullability::kCustom,
     .emit = EmitPlus,
     .nullable = ArithmeticIsNullable,
     .replace = ReplacePlus,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyPlus,
     .doc = "The sum; also of a date and days, a date or timestamp and an interval, two intervals.",
     .example = "SELECT 1 + 2"},
    {.name = "-",
     .min_arguments = 1,
     .max_arguments = 2,
     .arguments = kTypes<kNumericOrAnyInterval>,
     .coercion = CoercionRule::kArithmetic,
     .result = ResultMinus,
     .nullability = Nullability::kCustom,
     .emit = EmitMinus,
     .nullable = ArithmeticIsNullable,
     .replace = ReplaceMinus,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyMinus,
     .doc =
         "The difference; also of dates, timestamps and intervals. With one operand its negative.",
     .example = "SELECT 3 - 1"},
    {.name = "/",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kDoubleOrDecimal>,
     .coercion = CoercionRule::kDivision,
     .result = ResultDivide,
     .nullability = kAlways,
     .emit = EmitDivide,
     .replace = ReplaceDivide,
     .style = PrettyStyle::kInfix,
     .symbol = "/",
     .doc = "The quotient: a double, or a decimal of decimals.",
     .example = "SELECT 7 / 2"},
    {.name = "<",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kOrderable>,
     .coercion = CoercionRule::kComparison,
     .result = ResultBoolean,
     .duckdb = "({0} < {1})",
     .style = PrettyStyle::kInfix,
     .symbol = "<",
     .doc = "Whether the first is smaller. NaN is the largest double.",
     .example = "SELECT 1 < 2"},
    {.name = "<<",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kIntegral, kInteger>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSameAsFirst,
     .emit = EmitShiftLeft,
     .coerce = CoerceShift,
     .style = PrettyStyle::kInfix,
     .symbol = "<<",
     .doc = "The bits of the first shifted left.",
     .example = "SELECT 2 << 1"},
    {.name = "<=",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kOrderable>,
     .coercion = CoercionRule::kComparison,
     .result = ResultBoolean,
     .duckdb = "({0} <= {1})",
     .style = PrettyStyle::kInfix,
     .symbol = "<=",
     .doc = "Whether the first is smaller or equal.",
     .example = "SELECT 1 <= 2"},
    {.name = "<=>",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kOrderable>,
     .coercion = CoercionRule::kComparison,
     .result = ResultBoolean,
     .nullability = kNever,
     .duckdb = "({0} IS NOT DISTINCT FROM {1})",
     .style = PrettyStyle::kInfix,
     .symbol = "<=>",
     .doc = "Whether the two are equal, NULLs being equal.",
     .example = "SELECT 1 <=> NULL"},
    {.name = "==",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kOrderable>,
     .coercion = CoercionRule::kComparison,
     .result = ResultBoolean,
     .duckdb = "({0} = {1})",
     .style = PrettyStyle::kInfix,
     .symbol = "=",
     .doc = "Whether the two are equal; NaN equals NaN.",
     .example = "SELECT 1 = 1"},
    {.name = ">",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kOrderable>,
     .coercion = CoercionRule::kComparison,
     .result = ResultBoolean,
     .duckdb = "({0} > {1})",
     .style = PrettyStyle::kInfix,
     .symbol = ">",
     .doc = "Whether the first is larger.",
     .example = "SELECT 2 > 1"},
    {.name = ">=",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kOrderable>,
     .coercion = CoercionRule::kComparison,
     .result = ResultBoolean,
     .duckdb = "({0} >= {1})",
     .style = PrettyStyle::kInfix,
     .symbol = ">=",
     .doc = "Whether the first is larger or equal.",
     .example = "SELECT 2 >= 1"},
    {.name = ">>",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kIntegral, kInteger>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSameAsFirst,
     .emit = EmitShiftRight,
     .coerce = CoerceShift,
     .style = PrettyStyle::kInfix,
     .symbol = ">>",
     .doc = "The bits of the first shifted right, with its sign.",
     .example = "SELECT 8 >> 1"},
    {.name = ">>>",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kIntegral, kInteger>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSameAsFirst,
     .emit = EmitShiftRightUnsigned,
     .coerce = CoerceShift,
     .style = PrettyStyle::kInfix,
     .symbol = ">>>",
     .doc = "The bits of the first shifted right, filled with zeros.",
     .example = "SELECT 8 >>> 1"},
    {.name = "^",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kIntegral>,
     .coercion = CoercionRule::kArithmetic,
     .result = ResultSameAsFirst,
     .duckdb = "xor({0}, {1})",
     .style = PrettyStyle::kInfix,
     .symbol = "^",
     .doc = "Bitwise exclusive OR.",
     .example = "SELECT 5 ^ 3"},
    {.name = "and",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kBoolean>,
     .coercion = CoercionRule::kBoolean,
     .result = ResultBoolean,
     .emit = EmitAnd,
     .style = PrettyStyle::kInfix,
     .symbol = "AND",
     .doc = "Whether both hold, in three-valued logic.",
     .example = "SELECT true AND false"},
    {.name = "between",
     .min_arguments = 3,
     .max_arguments = 3,
     .arguments = kTypes<kOrderable>,
     .coercion = CoercionRule::kCustom,
     .result = ResultBoolean,
     .duckdb = "({0} BETWEEN {1} AND {2})",
     .coerce = CoerceBetween,
     .doc = "Whether the first is at least the second and at most the third.",
     .example = "SELECT 2 BETWEEN 1 AND 3"},
    {.name = "date + day interval",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kDate, kAny>,
     .result = ResultDate,
     .emit = EmitAddDayInterval,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyAddDays,
     .doc = "A date some whole days later (internal: a form of +).",
     .example = "SELECT date'2024-01-01' + interval 1 day"},
    {.name = "date - date",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kDate>,
     .coercion = CoercionRule::kCustom,
     .result = ResultDayInterval,
     .emit = EmitSubtractDates,
     .coerce = CoerceDateDifference,
     .style = PrettyStyle::kInfix,
     .symbol = "-",
     .doc = "The days between two dates (internal: a form of -).",
     .example = "SELECT date'2024-03-01' - date'2024-02-01'"},
    {.name = "date - day interval",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kDate, kAny>,
     .result = ResultDate,
     .emit = EmitSubtractDayInterval,
     .style = PrettyStyle::kCustom,
     .pretty = PrettySubtractDays,
     .doc = "A date some whole days earlier (internal: a form of -).",
     .example = "SELECT date'2024-01-01' - interval 1 day"},
    {.name = "datetime + interval",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kDateOrTimestamp, kInterval>,
     .result = ResultDatetimeAndInterval,
     .emit = EmitAddInterval,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyMoveForward,
     .doc = "A date or timestamp moved forward by an interval (internal: a form of +).",
     .example = "SELECT timestamp'2024-01-31 10:00:00' + interval 1 month"},
    {.name = "datetime - interval",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kDateOrTimestamp, kInterval>,
     .result = ResultDatetimeAndInterval,
     .emit = EmitSubtractInterval,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyMoveBack,
     .doc = "A date or timestamp moved back by an interval (internal: a form of -).",
     .example = "SELECT timestamp'2024-01-31 10:00:00' - interval 1 month"},
    {.name = "div",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kLongDecimalOrInterval>,
     .coercion = CoercionRule::kArithmetic,
     .result = ResultIntegralDivide,
     .nullability = kAlways,
     .emit = EmitIntegralDivide,
     .style = PrettyStyle::kInfix,
     .symbol = "div",
     .doc = "The whole part of a quotient, a bigint.",
     .example = "SELECT 7 div 2"},
    {.name = "divide calendar interval",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kInterval, kDouble>,
     .result = ResultSameAsFirst,
     .nullability = kAlways,
     .emit = EmitCalendarQuotient,
     .symbol = "divide_interval",
     .doc = "A fraction of a calendar interval (internal: a form of /).",
     .example = "SELECT make_interval(1, 2) / 2"},
    {.name = "equal_null",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kOrderable>,
     .coercion = CoercionRule::kComparison,
     .result = ResultBoolean,
     .nullability = kNever,
     .duckdb = "({0} IS NOT DISTINCT FROM {1})",
     .doc = "Whether the two are equal, NULLs being equal.",
     .example = "SELECT equal_null(1, NULL)"},
    {.name = "in",
     .min_arguments = 1,
     .max_arguments = -1,
     .arguments = kTypes<kOrderable>,
     .coercion = CoercionRule::kSameType,
     .result = ResultBoolean,
     .emit = EmitIn,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyIn,
     .doc = "Whether the first equals one of the others.",
     .example = "SELECT 1 IN (1, 2)"},
    {.name = "interval * number",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kInterval, kNumeric>,
     .coercion = CoercionRule::kCustom,
     .result = ResultWholeInterval,
     .emit = EmitMultiplyInterval,
     .coerce = CoerceIntervalFactor,
     .style = PrettyStyle::kInfix,
     .symbol = "*",
     .doc = "A multiple of an interval (internal: a form of *).",
     .example = "SELECT interval 1 day * 3"},
    {.name = "interval / number",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kInterval, kNumeric>,
     .coercion = CoercionRule::kCustom,
     .result = ResultWholeInterval,
     .emit = EmitDivideInterval,
     .coerce = CoerceIntervalFactor,
     .style = PrettyStyle::kInfix,
     .symbol = "/",
     .doc = "A fraction of an interval (internal: a form of /).",
     .example = "SELECT interval 1 day / 2"},
    {.name = "isnotnull",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kAny>,
     .result = ResultBoolean,
     .nullability = kNever,
     .duckdb = "({0} IS NOT NULL)",
     .style = PrettyStyle::kCustom,
     .pretty = PrettyIsNotNull,
     .doc = "Whether the argument is not NULL.",
     .example = "SELECT isnotnull(1)"},
    {.name = "isnull",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kAny>,
     .result = ResultBoolean,
     .nullability = kNever,
     .duckdb = "({0} IS NULL)",
     .style = PrettyStyle::kCustom,
     .pretty = PrettyIsNull,
     .doc = "Whether the argument is NULL.",
     .example = "SELECT isnull(1)"},
    {.name = "multiply calendar interval",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kInterval, kDouble>,
     .result = ResultSameAsFirst,
     .nullability = kAlways,
     .emit = EmitCalendarProduct,
     .symbol = "multiply_interval",
     .doc = "A multiple of a calendar interval (internal: a form of *).",
     .example = "SELECT make_interval(1, 2) * 2"},
    {.name = "negative",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kNumericOrAnyInterval>,
     .result = ResultSameAsFirst,
     .emit = EmitNegative,
     .doc = "The argument with the other sign.",
     .example = "SELECT negative(1)"},
    {.name = "not",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kBoolean>,
     .coercion = CoercionRule::kBoolean,
     .result = ResultBoolean,
     .duckdb = "(NOT {0})",
     .style = PrettyStyle::kPrefix,
     .symbol = "NOT",
     .doc = "The opposite of a condition.",
     .example = "SELECT NOT true"},
    {.name = "or",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kBoolean>,
     .coercion = CoercionRule::kBoolean,
     .result = ResultBoolean,
     .emit = EmitOr,
     .style = PrettyStyle::kInfix,
     .symbol = "OR",
     .doc = "Whether one of the two holds, in three-valued logic.",
     .example = "SELECT true OR false"},
    {.name = "positive",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kNumericOrAnyInterval>,
     .result = ResultSameAsFirst,
     .duckdb = "{0}",
     .style = PrettyStyle::kPrefix,
     .symbol = "+",
     .doc = "The argument itself.",
     .example = "SELECT +5"},
    {.name = "shiftleft",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kIntegral, kInteger>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSameAsFirst,
     .emit = EmitShiftLeft,
     .coerce = CoerceShift,
     .doc = "The bits of the first shifted left; the count is taken modulo 32 or 64.",
     .example = "SELECT shiftleft(2, 1)"},
    {.name = "shiftright",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kIntegral, kInteger>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSameAsFirst,
     .emit = EmitShiftRight,
     .coerce = CoerceShift,
     .doc = "The bits of the first shifted right, with its sign.",
     .example = "SELECT shiftright(8, 1)"},
    {.name = "shiftrightunsigned",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kIntegral, kInteger>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSameAsFirst,
     .emit = EmitShiftRightUnsigned,
     .coerce = CoerceShift,
     .doc = "The bits of the first shifted right, filled with zeros.",
     .example = "SELECT shiftrightunsigned(8, 1)"},
    {.name = "timestamp - timestamp",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kAnyTimestamp>,
     .coercion = CoercionRule::kCustom,
     .result = ResultDayTimeInterval,
     .emit = EmitSubtractTimestamps,
     .coerce = CoerceTimestampDifference,
     .style = PrettyStyle::kInfix,
     .symbol = "-",
     .doc = "The time between two timestamps (internal: a form of -).",
     .example = "SELECT timestamp'2024-03-01 12:00:00' - timestamp'2024-02-01 00:00:00'"},
    {.name = "|",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kIntegral>,
     .coercion = CoercionRule::kArithmetic,
     .result = ResultSameAsFirst,
     .duckdb = "({0} | {1})",
     .style = PrettyStyle::kInfix,
     .symbol = "|",
     .doc = "Bitwise OR.",
     .example = "SELECT 5 | 3"},
    {.name = "~",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kIntegral>,
     .result = ResultSameAsFirst,
     .duckdb = "(~ {0})",
     .style = PrettyStyle::kCustom,
     .pretty = PrettyBitwiseNot,
     .doc = "Every bit turned over.",
     .example = "SELECT ~5"},
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> OperatorFunctions() { return kRows; }

}  // namespace ember
