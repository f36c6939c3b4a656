#include "functions/emit_arithmetic.h"

#include <fmt/format.h>

#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"
#include "functions/sql_build.h"

namespace ember {
namespace {

// One of the operations that can overflow.
struct Operation {
  std::string_view symbol;
  std::string_view try_name;   // what the error suggests
  std::string_view overflows;  // native test for BIGINT
  std::string_view wraps;      // native two's complement result
  DecimalOperation decimal;
};

constexpr Operation kAdd = {"+", "try_add", "ember_add_overflows", "ember_add_wrapping",
                            DecimalOperation::kAdd};
constexpr Operation kSubtract = {"-", "try_subtract", "ember_subtract_overflows",
                                 "ember_subtract_wrapping", DecimalOperation::kSubtract};
constexpr Operation kMultiply = {"*", "try_multiply", "ember_multiply_overflows",
                                 "ember_multiply_wrapping", DecimalOperation::kMultiply};

// ByteExactNumeric and ShortExactNumeric name the operands, IntegerExactNumeric and
// LongExactNumeric the type.
std::string RaiseOverflowOf(const Operation& operation, TypeKind kind, const std::string& a,
                            const std::string& b) {
  if (kind == TypeKind::kByte || kind == TypeKind::kShort) {
    const TokenParameter parameters[] = {
        {"value1", fmt::format("CAST({} AS VARCHAR) || 'S'", a), true},
        {"symbol", std::string(operation.symbol)},
        {"value2", fmt::format("CAST({} AS VARCHAR) || 'S'", b), true},
        {"functionName", fmt::format("`{}`", operation.try_name)}};
    return RaiseSql("BINARY_ARITHMETIC_OVERFLOW", parameters);
  }
  return RaiseOverflow(std::string(JavaTypeName(kind)) + " overflow", operation.try_name);
}

std::string EmitWrapping(const Operation& operation, TypeKind kind, const std::string& a,
                         const std::string& b) {
  std::string wide =
      fmt::format("{}(CAST({} AS BIGINT), CAST({} AS BIGINT))", operation.wraps, a, b);
  if (kind == TypeKind::kLong) return wide;
  const int bits = kind == TypeKind::kByte ? 8 : kind == TypeKind::kShort ? 16 : 32;
  const int64_t half = int64_t{1} << (bits - 1);
  std::string_view type = kind == TypeKind::kByte    ? "TINYINT"
                          : kind == TypeKind::kShort ? "SMALLINT"
                                                     : "INTEGER";
  return fmt::format("CAST((({} + {}) & {}) - {} AS {})", wide, half, 2 * half - 1, half, type);
}

std::string EmitIntegral(const Operation& operation, const EmitContext& context) {
  const TypeKind kind = context.result.kind;
  const bool is_checked = context.ansi || context.is_try;
  auto emit = [&](const std::string& a, const std::string& b) {
    if (!is_checked) return EmitWrapping(operation, kind, a, b);
    std::string failure = Failure(context, RaiseOverflowOf(operation, kind, a, b));
    std::string test = kind == TypeKind::kLong
                           ? fmt::format("{}({}, {})", operation.overflows, a, b)
                           : fmt::format("CAST({} AS BIGINT) {} {} NOT BETWEEN {} AND {}", a,
                                         operation.symbol, b, MinimumOf(kind), MaximumOf(kind));
    return SqlCase(test, failure, fmt::format("{} {} {}", a, operation.symbol, b));
  };
  return Bind(context.sql[0], context.sql[1], emit);
}

Result<std::string> EmitOperation(const Operation& operation, const EmitContext& context) {
  switch (context.result.kind) {
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
      return EmitIntegral(operation, context);
    case TypeKind::kDecimal:
      return EmitDecimal(operation.decimal, context);
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return fmt::format("({} {} {})", context.sql[0], operation.symbol, context.sql[1]);
    case TypeKind::kNull:
      return "CAST(NULL AS INTEGER)";
    default:
      break;
  }
  return Unsupported(fmt::format("{} of {} and {}", operation.symbol,
                                 SimpleString(context.arguments[0].type),
                                 SimpleString(context.arguments[1].type)));
}

// Intervals are INTEGER months and BIGINT microseconds: their sums are checked in both modes
// (IntervalMathUtils.addExact), with a condition of their own.
Result<std::string> EmitIntervalSum(const Operation& operation, const EmitContext& context) {
  if (context.result.Is(TypeKind::kCalendarInterval)) {
    return fmt::format("({} {} {})", context.sql[0], operation.symbol, context.sql[1]);
  }
  const TokenParameter suggestion[] = {{"functionName", fmt::format("`{}`", operation.try_name)}};
  std::string raise = context.is_try
                          ? "NULL"
                          : RaiseSql("INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION", suggestion);
  const bool is_months = context.result.Is(TypeKind::kYearMonthInterval);
  return Bind(context.sql[0], context.sql[1], [&](const std::string& a, const std::string& b) {
    std::string test = is_months ? fmt::format("CAST({} AS BIGINT) {} {} NOT BETWEEN {} AND {}", a,
                                               operation.symbol, b, MinimumOf(TypeKind::kInteger),
                                               MaximumOf(TypeKind::kInteger))
                                 : fmt::format("{}({}, {})", operation.overflows, a, b);
    return SqlCase(test, raise, fmt::format("{} {} {}", a, operation.symbol, b));
  });
}

// NULL / 0 is null: Spark looks at nulls before it looks at zero (DivModLike).
std::string EmitZeroGuard(const EmitContext& context, const std::string& a, const std::string& b,
                          const std::string& result) {
  if (IsNonZeroConstant(context.arguments[1])) return "(" + result + ")";
  std::string failure = Failure(context, RaiseDivideByZero());
  if (failure != "NULL" && context.arguments[0].nullable) {
    failure = SqlCase(a + " IS NULL", "NULL", failure);
  }
  return SqlCase(b + " = 0", failure, result);
}

Result<DataType> ResultOfArithmetic(DecimalOperation operation,
                                    std::span<const ArgumentInfo> arguments) {
  const DataType& a = arguments[0].type;
  const DataType& b = arguments[1].type;
  if (a.Is(TypeKind::kDecimal) && b.Is(TypeKind::kDecimal))
    return DecimalResultType(operation, a, b);
  if (a.Is(TypeKind::kNull)) return b;
  if (a.IsInterval() && a.kind == b.kind && !a.Is(TypeKind::kCalendarInterval)) {
    DataType widest = a;
    widest.precision = std::min(a.precision, b.precision);
    widest.scale = std::max(a.scale, b.scale);
    return widest;
  }
  return a;
}

}  // namespace

Result<std::string> EmitAdd(const EmitContext& context) {
  if (context.result.IsInterval()) return EmitIntervalSum(kAdd, context);
  return EmitOperation(kAdd, context);
}

Result<std::string> EmitSubtract(const EmitContext& context) {
  if (context.result.IsInterval()) return EmitIntervalSum(kSubtract, context);
  return EmitOperation(kSubtract, context);
}

Result<std::string> EmitMultiply(const EmitContext& context) {
  return EmitOperation(kMultiply, context);
}

Result<std::string> EmitDivide(const EmitContext& context) {
  if (context.result.Is(TypeKind::kNull)) return "CAST(NULL AS INTEGER)";
  if (context.result.Is(TypeKind::kDecimal)) return EmitDecimal(DecimalOperation::kDivide, context);
  return Bind(context.sql[0], context.sql[1], [&](const std::string& a, const std::string& b) {
    return EmitZeroGuard(context, a, b, fmt::format("{} / {}", a, b));
  });
}

Result<std::string> EmitRemainder(const EmitContext& context) {
  if (context.result.Is(TypeKind::kNull)) return "CAST(NULL AS INTEGER)";
  if (context.result.Is(TypeKind::kDecimal)) {
    return EmitDecimal(DecimalOperation::kRemainder, context);
  }
  return Bind(context.sql[0], context.sql[1], [&](const std::string& a, const std::string& b) {
    std::string remainder = fmt::format("{} % {}", a, b);
    // DuckDB fails at MIN % -1, which is 0 in Java.
    const std::optional<int64_t> divisor = ConstantInteger(context.arguments[1]);
    if (context.result.IsIntegral() && (!divisor || *divisor == -1)) {
      remainder = SqlCase(b + " = -1", fmt::format("{} & 0", a), remainder);
    }
    return EmitZeroGuard(context, a, b, remainder);
  });
}

Result<std::string> EmitPmod(const EmitContext& context) {
  const TypeKind kind = context.result.kind;
  if (kind == TypeKind::kNull) return "CAST(NULL AS INTEGER)";
  auto emit = [&](const std::string& a, const std::string& b) -> std::string {
    // Pmod: r = a % n; if r < 0 then (r + n) % n else r.
    if (kind == TypeKind::kFloat || kind == TypeKind::kDouble) {
      std::string result = fmt::format(
          "CASE WHEN {0} % {1} < 0 THEN ({0} % {1} + {1}) % {1} ELSE {0} % {1} END", a, b);
      return EmitZeroGuard(context, a, b, result);
    }
    std::string result = fmt::format("ember_pmod(CAST({} AS BIGINT), CAST({} AS BIGINT))", a, b);
    std::string_view type = kind == TypeKind::kByte      ? "TINYINT"
                            : kind == TypeKind::kShort   ? "SMALLINT"
                            : kind == TypeKind::kInteger ? "INTEGER"
                                                         : "BIGINT";
    return EmitZeroGuard(context, a, b, SqlCast(result, type));
  };
  if (kind == TypeKind::kDecimal) {
    ASSIGN_OR_RETURN(std::string remainder, EmitDecimal(DecimalOperation::kRemainder, context));
    ASSIGN_OR_RETURN(std::string type, DuckDbTypeName(context.result));
    return Bind(remainder, [&](const std::string& r) {
      return fmt::format("CAST((CASE WHEN {0} < 0 THEN {0} + {1} ELSE {0} END) AS {2})", r,
                         context.sql[1], type);
    });
  }
  return Bind(context.sql[0], context.sql[1], emit);
}

Result<std::string> EmitIntegralDivide(const EmitContext& context) {
  const DataType& type = context.arguments[0].type;
  if (type.Is(TypeKind::kNull)) return "CAST(NULL AS BIGINT)";
  if (type.Is(TypeKind::kDecimal)) {
    return EmitDecimal(DecimalOperation::kIntegralDivide, context);
  }
  return Bind(context.sql[0], context.sql[1], [&](const std::string& a, const std::string& b) {
    std::string quotient = fmt::format("CAST({} AS BIGINT) // {}", a, b);
    if (type.Is(TypeKind::kLong) || type.Is(TypeKind::kDayTimeInterval)) {
      std::string overflow =
          context.ansi || context.is_try
              ? Failure(context, RaiseOverflow("Overflow in integral divide", "try_divide"))
              : std::string(MinimumOf(TypeKind::kLong));
      quotient = SqlCase(fmt::format("{} = -1 AND {} = {}", b, a, MinimumOf(TypeKind::kLong)),
                         overflow, quotient);
    }
    return EmitZeroGuard(context, a, b, quotient);
  });
}

Result<std::string> EmitNegative(const EmitContext& context) {
  const TypeKind kind = context.result.kind;
  const bool is_interval =
      kind == TypeKind::kYearMonthInterval || kind == TypeKind::kDayTimeInterval;
  if (!context.result.IsIntegral() && !is_interval) return fmt::format("(- {})", context.sql[0]);
  return Bind(context.sql[0], [&](const std::string& a) {
    std::string at_minimum(is_interval || context.ansi || context.is_try ? "" : a);
    if (at_minimum.empty()) {
      at_minimum = RaiseOverflow(std::string(JavaTypeName(kind)) + " overflow", "");
    }
    return SqlCase(fmt::format("{} = {}", a, MinimumOf(kind)), at_minimum, fmt::format("- {}", a));
  });
}

Result<std::string> EmitAbs(const EmitContext& context) {
  const TypeKind kind = context.result.kind;
  const bool is_interval =
      kind == TypeKind::kYearMonthInterval || kind == TypeKind::kDayTimeInterval;
  if (!context.result.IsIntegral() && !is_interval) {
    return fmt::format("abs({})", context.sql[0]);
  }
  return Bind(context.sql[0], [&](const std::string& a) {
    std::string at_minimum = is_interval || context.ansi
                                 ? RaiseOverflow(std::string(JavaTypeName(kind)) + " overflow", "")
                                 : a;
    return SqlCase(fmt::format("{} = {}", a, MinimumOf(kind)), at_minimum,
                   fmt::format("abs({})", a));
  });
}

Result<DataType> ResultAdd(std::span<const ArgumentInfo> arguments, const TypeContext&) {
  return ResultOfArithmetic(DecimalOperation::kAdd, arguments);
}
Result<DataType> ResultSubtract(std::span<const ArgumentInfo> arguments, const TypeContext&) {
  return ResultOfArithmetic(DecimalOperation::kSubtract, arguments);
}
Result<DataType> ResultMultiply(std::span<const ArgumentInfo> arguments, const TypeContext&) {
  return ResultOfArithmetic(DecimalOperation::kMultiply, arguments);
}
Result<DataType> ResultDivide(std::span<const ArgumentInfo> arguments, const TypeContext&) {
  return ResultOfArithmetic(DecimalOperation::kDivide, arguments);
}
Result<DataType> ResultRemainder(std::span<const ArgumentInfo> arguments, const TypeContext&) {
  return ResultOfArithmetic(DecimalOperation::kRemainder, arguments);
}
Result<DataType> ResultIntegralDivide(std::span<const ArgumentInfo>, const TypeContext&) {
  return LongType();
}

}  // namespace ember
