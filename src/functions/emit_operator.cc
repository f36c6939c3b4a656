#include "functions/emit_operator.h"

#include <fmt/format.h>

#include "functions/argument_errors.h"
#include "functions/emit_arithmetic.h"
#include "functions/emit_interval.h"
#include "functions/order_key.h"
#include "functions/sql_build.h"
#include "types/coercion.h"

namespace ember {
namespace {

std::string PrettySigned(std::span<const std::string> text, char symbol) {
  if (text.size() == 1) return fmt::format("({} {})", symbol, text[0]);
  return fmt::format("({} {} {})", text[0], symbol, text[1]);
}

std::string PrettyBare(std::span<const std::string> text, char symbol) {
  return fmt::format("{} {} {}", text[0], symbol, text[1]);
}

// And and Or do not look at the right side where the left decides; DuckDB may compute both sides
// first. Where the right side can raise it is guarded; the left stays a conjunct of its own, for
// filters to be pushed down.
bool CanRaise(const std::string& sql) { return sql.find("error('") != std::string::npos; }

// Java masks the count of a shift: by 31, or by 63 for longs.
std::string EmitShift(const EmitContext& context, std::string_view name) {
  return fmt::format("ember_{}_{}({}, {})", name,
                     context.result.Is(TypeKind::kLong) ? "long" : "int", context.sql[0],
                     context.sql[1]);
}

std::string EmitOrderComparison(const EmitContext& context, std::string_view symbol) {
  const DataType& type = context.arguments[0].type;
  return fmt::format("({} {} {})", OrderKey(context.sql[0], type), symbol,
                     OrderKey(context.sql[1], type));
}

}  // namespace

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

std::string PrettyMoveForward(std::span<const std::string> text) { return PrettyBare(text, '+'); }

std::string PrettyMoveBack(std::span<const std::string> text) { return PrettyBare(text, '-'); }

std::string PrettyAddDays(std::span<const std::string> text) {
  return fmt::format("date_add({}, extractansiintervaldays({}))", text[0], text[1]);
}

std::string PrettySubtractDays(std::span<const std::string> text) {
  return fmt::format("date_add({}, (- extractansiintervaldays({})))", text[0], text[1]);
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
  // OptimizeIn: an empty list, which only isin([]) gives, holds nothing.
  if (context.sql.size() == 1) {
    if (context.ansi) return std::string("false");
    return fmt::format("(CASE WHEN {} IS NOT NULL THEN false END)", context.sql[0]);
  }
  std::string list;
  for (size_t i = 1; i < context.sql.size(); ++i) list += (i > 1 ? ", " : "") + context.sql[i];
  return fmt::format("({} IN ({}))", context.sql[0], list);
}

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
  for (size_t i = 0; i < 2; ++i) {
    const DataType& type = arguments[i].type;
    if (type.IsNumeric() || type.IsStringLike() || type.Is(TypeKind::kNull)) continue;
    return UnexpectedInputType(arguments, i, i == 0 ? "(\"INT\" or \"BIGINT\")" : "\"INT\"");
  }
  const bool is_long = arguments[0].type.Is(TypeKind::kLong);
  return std::vector<DataType>{is_long ? LongType() : IntegerType(), IntegerType()};
}

Result<std::string> EmitCalendarProduct(const EmitContext& context) {
  return fmt::format("({} * CAST({} AS DOUBLE))", context.sql[0], context.sql[1]);
}

Result<std::string> EmitCalendarQuotient(const EmitContext&) {
  return Unsupported("the division of a calendar interval");
}

Result<std::string> EmitLess(const EmitContext& context) {
  return EmitOrderComparison(context, "<");
}
Result<std::string> EmitLessOrEqual(const EmitContext& context) {
  return EmitOrderComparison(context, "<=");
}
Result<std::string> EmitGreater(const EmitContext& context) {
  return EmitOrderComparison(context, ">");
}
Result<std::string> EmitGreaterOrEqual(const EmitContext& context) {
  return EmitOrderComparison(context, ">=");
}

}  // namespace ember
