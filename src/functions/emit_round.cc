#include "functions/emit_round.h"

#include <fmt/format.h>

#include <algorithm>

#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"
#include "functions/rounding.h"
#include "functions/sql_build.h"
#include "types/coercion.h"

namespace ember {
namespace {

using enum TypeKind;
using Arguments = std::span<const ArgumentInfo>;

// The digits asked for; 0 without, none for a constant NULL.
std::optional<int> ScaleOf(Arguments arguments) {
  if (arguments.size() < 2) return 0;
  auto constant = ConstantInteger(arguments[1]);
  if (!constant) return std::nullopt;
  return static_cast<int>(*constant);
}

// RoundBase.dataType of a decimal: one more digit before the point, no more after it than there
// are.
DataType RoundedDecimal(const DataType& type, int scale) {
  const int integral = type.precision - type.scale + 1;
  if (scale < 0) return DecimalType(std::min(std::max(integral, -scale + 1), 38), 0);
  const int kept = std::min(type.scale, scale);
  return DecimalType(std::min(integral + kept, 38), kept);
}

Result<std::string> RoundIntegral(const EmitContext& context, int scale, Rounding rounding) {
  if (scale >= 0) return context.sql[0];
  const TypeKind kind = context.result.kind;
  ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(context.result));
  return Bind(context.sql[0], [&](const std::string& x) {
    std::string value = fmt::format("ember_round_integer(CAST({} AS BIGINT), {}, {})", x, scale,
                                    static_cast<int>(rounding));
    // BigDecimal.toByte and the like wrap around with ANSI mode off.
    std::string overflow = RaiseOverflow("Overflow", "");
    if (!context.ansi) {
      const int bits = kind == kByte ? 8 : kind == kShort ? 16 : kind == kInteger ? 32 : 64;
      const std::string half = fmt::format("(CAST(1 AS HUGEINT) << {})", bits - 1);
      overflow =
          fmt::format("CAST((({0} + {1}) & ({1} * 2 - 1)) - {1} AS {2})", value, half, storage);
    }
    return SqlCase(fmt::format("{} NOT BETWEEN {} AND {}", value, MinimumOf(kind), MaximumOf(kind)),
                   overflow, SqlCast(value, storage));
  });
}

Result<std::string> RoundDecimalSql(const EmitContext& context, int scale, Rounding rounding) {
  const DataType& type = context.arguments[0].type;
  ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(context.result));
  const bool has_room =
      context.result.precision - context.result.scale >= type.precision - type.scale + 1;
  // DuckDB's own cast rounds halves away from zero.
  if (scale >= type.scale && context.result.scale == type.scale)
    return SqlCast(context.sql[0], storage);
  if (rounding == Rounding::kHalfUp && scale >= 0 && has_room)
    return SqlCast(context.sql[0], storage);
  std::string value =
      ScaledDecimal(fmt::format("ember_round_decimal({}, {}, {}, {})", context.sql[0], type.scale,
                                scale, static_cast<int>(rounding)),
                    context.result);
  return value;
}

Result<std::string> EmitRounding(const EmitContext& context, Rounding rounding) {
  ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(context.result));
  const std::optional<int> scale = ScaleOf(context.arguments);
  if (!scale || context.arguments[0].type.Is(kNull)) return SqlCast("NULL", storage);
  switch (context.arguments[0].type.kind) {
    case kByte:
    case kShort:
    case kInteger:
    case kLong:
      return RoundIntegral(context, *scale, rounding);
    case kDecimal:
      return RoundDecimalSql(context, *scale, rounding);
    case kFloat:
      return fmt::format("CAST(ember_round_double(CAST({} AS DOUBLE), {}, {}) AS FLOAT)",
                         context.sql[0], *scale, static_cast<int>(rounding));
    default:
      return fmt::format("ember_round_double({}, {}, {})", context.sql[0], *scale,
                         static_cast<int>(rounding));
  }
}

Result<std::string> EmitWhole(const EmitContext& context, std::string_view function,
                              Rounding rounding) {
  if (context.arguments.size() == 2) return EmitRounding(context, rounding);
  const DataType& type = context.arguments[0].type;
  if (type.Is(kLong)) return context.sql[0];
  if (type.Is(kDecimal)) {
    if (type.scale == 0) return context.sql[0];
    return ScaledDecimal(fmt::format("ember_round_decimal({}, {}, 0, {})", context.sql[0],
                                     type.scale, static_cast<int>(rounding)),
                         context.result);
  }
  return fmt::format("ember_saturating_long({}({}))", function, context.sql[0]);
}

}  // namespace

Result<DataType> ResultRound(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (arguments.size() == 2 && !arguments[1].constant) {
    return NonFoldableInput(arguments[1], "scale");
  }
  if (!type.Is(kDecimal)) return type;
  return RoundedDecimal(type, ScaleOf(arguments).value_or(0));
}

Result<DataType> ResultFloor(Arguments arguments, const TypeContext& context) {
  if (arguments.size() == 2) return ResultRound(arguments, context);
  const DataType& type = arguments[0].type;
  if (!type.Is(kDecimal)) return LongType();
  if (type.scale == 0) return type;
  return DecimalType(std::min(type.precision - type.scale + 1, 38), 0);
}

namespace {

// RoundCeil and RoundFloor want a constant number of digits that is not NULL.
Result<std::vector<DataType>> CoerceWhole(Arguments arguments, std::string_view name) {
  const bool has_digits = arguments.size() == 2 && arguments[1].type.Is(kInteger) &&
                          arguments[1].constant && !IsConstantNull(arguments[1]);
  if (arguments.size() == 2 && !has_digits) {
    return MakeError(
        "NON_FOLDABLE_ARGUMENT",
        {{"funcName", QuoteIdentifier(name)}, {"paramName", "`scale`"}, {"paramType", "\"INT\""}});
  }
  const DataType& type = arguments[0].type;
  DataType target;
  if (type.Is(kDecimal)) {
    target = type;
  } else if (arguments.size() == 2) {
    // With digits everything is a decimal.
    target = type.IsNumeric() ? DecimalForType(type) : DecimalType(38, 18);
  } else {
    target = type.IsIntegral() ? LongType() : DoubleType();
  }
  const bool is_accepted = type.IsNumeric() || type.IsStringLike() || type.Is(kNull);
  if (!is_accepted) {
    return UnexpectedInputType(
        arguments, 0,
        arguments.size() == 2 ? "\"DECIMAL\"" : "(\"DOUBLE\" or \"DECIMAL\" or \"BIGINT\")");
  }
  std::vector<DataType> types = {target};
  if (arguments.size() == 2) types.push_back(IntegerType());
  return types;
}

}  // namespace

Result<std::vector<DataType>> CoerceFloor(Arguments arguments, const TypeContext&) {
  return CoerceWhole(arguments, "floor");
}
Result<std::vector<DataType>> CoerceCeil(Arguments arguments, const TypeContext&) {
  return CoerceWhole(arguments, "ceil");
}

Result<std::string> EmitRound(const EmitContext& context) {
  return EmitRounding(context, Rounding::kHalfUp);
}

Result<std::string> EmitBround(const EmitContext& context) {
  return EmitRounding(context, Rounding::kHalfEven);
}

Result<std::string> EmitFloor(const EmitContext& context) {
  return EmitWhole(context, "floor", Rounding::kFloor);
}

Result<std::string> EmitCeil(const EmitContext& context) {
  return EmitWhole(context, "ceil", Rounding::kCeiling);
}

}  // namespace ember
