#include <fmt/format.h>

#include "functions/cast_sql.h"
#include "functions/emit_arithmetic.h"
#include "functions/error_token.h"
#include "functions/sql_build.h"

namespace ember {
namespace {

std::string_view NativeName(DecimalOperation operation) {
  switch (operation) {
    case DecimalOperation::kAdd:
      return "ember_decimal_add";
    case DecimalOperation::kSubtract:
      return "ember_decimal_subtract";
    case DecimalOperation::kMultiply:
      return "ember_decimal_multiply";
    case DecimalOperation::kDivide:
      return "ember_decimal_divide";
    case DecimalOperation::kRemainder:
      return "ember_decimal_remainder";
    case DecimalOperation::kIntegralDivide:
      return "ember_decimal_quotient";
  }
  return "";
}

// The result type holds every sum or product: DuckDB's own decimals compute it, without a guard.
bool FitsAlways(DecimalOperation operation, const DataType& a, const DataType& b) {
  if (operation == DecimalOperation::kMultiply) return a.precision + b.precision + 1 <= 38;
  if (operation != DecimalOperation::kAdd && operation != DecimalOperation::kSubtract) return false;
  return std::max(a.scale, b.scale) + std::max(a.precision - a.scale, b.precision - b.scale) + 1 <=
         38;
}

Result<std::string> EmitExact(DecimalOperation operation, const EmitContext& context) {
  ASSIGN_OR_RETURN(std::string type, DuckDbTypeName(context.result));
  if (operation == DecimalOperation::kMultiply) {
    // DuckDB keeps a product of small decimals in 18 digits unless one of them is wide already.
    const DataType& a = context.arguments[0].type;
    return fmt::format("CAST(CAST({} AS DECIMAL({}, {})) * {} AS {})", context.sql[0],
                       context.result.precision, a.scale, context.sql[1], type);
  }
  std::string_view symbol = operation == DecimalOperation::kAdd ? "+" : "-";
  return fmt::format("CAST(CAST({0} AS {2}) {3} CAST({1} AS {2}) AS {2})", context.sql[0],
                     context.sql[1], type, symbol);
}

}  // namespace

Result<std::string> EmitDecimal(DecimalOperation operation, const EmitContext& context) {
  const DataType& a_type = context.arguments[0].type;
  const DataType& b_type = context.arguments[1].type;
  if (!a_type.Is(TypeKind::kDecimal) || !b_type.Is(TypeKind::kDecimal)) {
    ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(context.result));
    return fmt::format("CAST(NULL AS {})", storage);
  }
  if (FitsAlways(operation, a_type, b_type)) return EmitExact(operation, context);
  const bool is_quotient = operation == DecimalOperation::kIntegralDivide;
  const bool can_be_zero = (operation == DecimalOperation::kDivide || is_quotient ||
                            operation == DecimalOperation::kRemainder) &&
                           !IsNonZeroConstant(context.arguments[1]);
  const DataType result = is_quotient ? DecimalType(38, 0) : context.result;
  return Bind(context.sql[0], context.sql[1], [&](const std::string& a, const std::string& b) {
    std::string arguments = fmt::format("{}, {}, {}, {}, {}, {}", a, b, a_type.scale, b_type.scale,
                                        result.precision, result.scale);
    std::string value = fmt::format("{}({})", NativeName(operation), arguments);
    std::string decimal = is_quotient ? SqlCast(value, "BIGINT") : ScaledDecimal(value, result);
    if (!context.ansi || context.is_try) return decimal;
    // The native gives null when the result does not fit, when the divisor is 0, and for nulls.
    const TokenParameter parameters[] = {
        {"value", fmt::format("{}_text({})", NativeName(operation), arguments), true},
        {"precision", std::to_string(result.precision)},
        {"scale", std::to_string(result.scale)},
        {"config", "\"spark.sql.ansi.enabled\""}};
    std::string failure = RaiseSql("NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION", parameters);
    if (can_be_zero) failure = SqlCase(b + " = 0", RaiseDivideByZero(), failure);
    return fmt::format("coalesce({}, CASE WHEN {} IS NULL OR {} IS NULL THEN NULL ELSE {} END)",
                       decimal, a, b, failure);
  });
}

}  // namespace ember
