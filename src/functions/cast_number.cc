#include <fmt/format.h>

#include <algorithm>

#include "functions/cast_rules.h"
#include "functions/cast_sql.h"
#include "functions/sql_build.h"

namespace ember {
namespace {

using enum TypeKind;

std::string_view StorageName(TypeKind kind) {
  if (kind == kByte) return "TINYINT";
  if (kind == kShort) return "SMALLINT";
  return kind == kInteger ? "INTEGER" : "BIGINT";
}

int Width(TypeKind kind) {
  return kind == kByte ? 8 : kind == kShort ? 16 : kind == kInteger ? 32 : 64;
}

// Digits that every value of an integral type has room in.
int DigitsOf(TypeKind kind) {
  return kind == kByte ? 3 : kind == kShort ? 5 : kind == kInteger ? 10 : 19;
}

// The low bits of a BIGINT: Java's narrowing.
std::string Narrow(const std::string& wide, TypeKind to) {
  if (to == kLong) return wide;
  const int64_t half = int64_t{1} << (Width(to) - 1);
  return fmt::format("CAST(xor({} & {}, {}) - {} AS {})", wide, 2 * half - 1, half, half,
                     StorageName(to));
}

std::string FailureOf(const CastRequest& request, const std::string& value_sql) {
  return request.mode == CastMode::kTry ? "NULL" : RaiseCastOverflow(request, value_sql);
}

std::string IntegralToIntegral(const CastRequest& request) {
  const TypeKind to = request.to.kind;
  if (Width(request.from.kind) <= Width(to)) return SqlCast(request.sql, StorageName(to));
  if (request.mode == CastMode::kLegacy) return Narrow(SqlCast(request.sql, "BIGINT"), to);
  return Bind(request.sql, [&](const std::string& x) {
    return SqlCase(fmt::format("{} NOT BETWEEN {} AND {}", x, MinimumOf(to), MaximumOf(to)),
                   FailureOf(request, LiteralTextSql(request, x)), SqlCast(x, StorageName(to)));
  });
}

// FloatingPoint → integral truncates; ANSI mode checks floor(x) ≤ max and ceil(x) ≥ min, where the
// bounds are converted to double (so 2^63 is in a bigint's range and becomes its largest value).
std::string FloatingToIntegral(const CastRequest& request) {
  const TypeKind to = request.to.kind;
  const std::string wide = SqlCast(request.sql, "DOUBLE");
  if (request.mode == CastMode::kLegacy) {
    if (to == kLong) return fmt::format("ember_saturating_long({})", wide);
    std::string integer = fmt::format("ember_saturating_int({})", wide);
    return to == kInteger ? integer : Narrow(SqlCast(integer, "BIGINT"), to);
  }
  return Bind(request.sql, [&](const std::string& x) {
    std::string failure = FailureOf(request, LiteralTextSql(request, x));
    if (to == kLong) {
      return SqlCase(
          fmt::format("NOT ({0} >= -9223372036854775808e0 AND {0} <= 9223372036854775808e0)", x),
          failure, fmt::format("ember_saturating_long(CAST({} AS DOUBLE))", x));
    }
    const int64_t half = int64_t{1} << (Width(to) - 1);
    return SqlCase(fmt::format("NOT ({0} > -{1}e0 AND {0} < {2}e0)", x, half + 1, half), failure,
                   fmt::format("CAST(trunc({}) AS {})", x, StorageName(to)));
  });
}

std::string DecimalToIntegral(const CastRequest& request) {
  const TypeKind to = request.to.kind;
  if (request.mode == CastMode::kLegacy) {
    return Narrow(fmt::format("ember_decimal_to_long({}, {})", request.sql, request.from.scale),
                  to);
  }
  auto truncated = [&](const std::string& x) {
    return request.from.scale == 0 ? x : fmt::format("trunc({})", x);
  };
  if (request.from.precision - request.from.scale < DigitsOf(to)) {
    return SqlCast(truncated(request.sql), StorageName(to));
  }
  return Bind(request.sql, [&](const std::string& x) {
    return SqlCase(fmt::format("CAST({} AS HUGEINT) NOT BETWEEN {} AND {}", truncated(x),
                               MinimumOf(to), MaximumOf(to)),
                   FailureOf(request, LiteralTextSql(request, x)),
                   SqlCast(truncated(x), StorageName(to)));
  });
}

std::string TimestampToIntegral(const CastRequest& request) {
  const TypeKind to = request.to.kind;
  return Bind(request.sql, [&](const std::string& x) {
    std::string seconds = fmt::format("ember_floor_divide(epoch_us({}), 1000000)", x);
    if (to == kLong) return seconds;
    std::string failure = request.mode == CastMode::kAnsi
                              ? RaiseCastOverflow(request, LiteralTextSql(request, x))
                              : "NULL";
    return SqlCase(fmt::format("{} NOT BETWEEN {} AND {}", seconds, MinimumOf(to), MaximumOf(to)),
                   failure, SqlCast(seconds, StorageName(to)));
  });
}

// The number of the interval's last field.
std::string IntervalToIntegral(const CastRequest& request) {
  static constexpr int64_t kMicros[] = {86'400'000'000, 3'600'000'000, 60'000'000, 1'000'000};
  const bool is_months = request.from.Is(kYearMonthInterval);
  const int64_t unit = is_months ? (request.from.scale == 0 ? 12 : 1)
                                 : kMicros[static_cast<size_t>(request.from.scale)];
  const TypeKind to = request.to.kind;
  return Bind(request.sql, [&](const std::string& x) {
    std::string count = fmt::format("(CAST({} AS BIGINT) // {})", x, unit);
    if (to == kLong) return count;
    return SqlCase(fmt::format("{} NOT BETWEEN {} AND {}", count, MinimumOf(to), MaximumOf(to)),
                   FailureOf(request, fmt::format("CAST({} AS VARCHAR)", count)),
                   SqlCast(count, StorageName(to)));
  });
}

std::string_view ParserOf(TypeKind kind) {
  if (kind == kByte) return "ember_parse_tinyint";
  if (kind == kShort) return "ember_parse_smallint";
  return kind == kInteger ? "ember_parse_integer" : "ember_parse_bigint";
}

std::string NullOf(const CastRequest& request) {
  return SqlCast("NULL", StorageName(request.to.kind));
}

}  // namespace

Result<std::string> CastToIntegral(const CastRequest& request) {
  const DataType& from = request.from;
  if (from.IsStringLike()) {
    return Bind(request.sql, [&](const std::string& x) {
      return GuardParsed(request, x,
                         fmt::format("{}({}, {})", ParserOf(request.to.kind), x,
                                     request.mode == CastMode::kLegacy ? "TRUE" : "FALSE"));
    });
  }
  if (from.Is(kBoolean)) return SqlCast(request.sql, StorageName(request.to.kind));
  if (from.IsIntegral()) return IntegralToIntegral(request);
  if (from.Is(kFloat) || from.Is(kDouble)) return FloatingToIntegral(request);
  if (from.Is(kDecimal)) return DecimalToIntegral(request);
  if (from.Is(kTimestamp) || from.Is(kTimestampNtz)) return TimestampToIntegral(request);
  if (from.Is(kDate)) return NullOf(request);
  if (from.Is(kYearMonthInterval) || from.Is(kDayTimeInterval)) return IntervalToIntegral(request);
  return Unsupported("a cast of " + SimpleString(from) + " to " + SimpleString(request.to));
}

Result<std::string> CastToFloating(const CastRequest& request) {
  const DataType& from = request.from;
  const bool is_float = request.to.Is(kFloat);
  std::string_view storage = is_float ? "FLOAT" : "DOUBLE";
  if (from.IsStringLike()) {
    return Bind(request.sql, [&](const std::string& x) {
      return GuardParsed(request, x,
                         fmt::format("ember_parse_{}({})", is_float ? "float" : "double", x));
    });
  }
  if (from.Is(kBoolean)) return SqlCast(SqlCast(request.sql, "INTEGER"), storage);
  // DuckDB divides the digits by a power of ten: exact to the last bit only while both are exact
  // doubles.
  if (from.Is(kDecimal) && from.precision > (is_float ? 7 : 15)) {
    return SqlCast(SqlCast(request.sql, "VARCHAR"), storage);
  }
  // DuckDB refuses doubles beyond a float's range, which are infinite in Java.
  if (from.Is(kDouble) && is_float) return fmt::format("ember_to_float({})", request.sql);
  if (from.IsNumeric()) return SqlCast(request.sql, storage);
  if (from.Is(kTimestamp)) {
    return SqlCast(fmt::format("(CAST(epoch_us({}) AS DOUBLE) / 1000000)", request.sql), storage);
  }
  if (from.Is(kDate)) return SqlCast("NULL", storage);
  return Unsupported("a cast of " + SimpleString(from) + " to " + SimpleString(request.to));
}

Result<std::string> CastToDecimal(const CastRequest& request) {
  const DataType& from = request.from;
  const DataType& to = request.to;
  ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(to));
  const bool is_ansi = request.mode == CastMode::kAnsi;
  const std::string shape = fmt::format("{}, {}", to.precision, to.scale);
  if (from.IsStringLike()) {
    return Bind(request.sql, [&](const std::string& x) {
      std::string parsed = ScaledDecimal(fmt::format("ember_parse_decimal({}, {})", x, shape), to);
      if (!is_ansi) return parsed;
      std::string plain = fmt::format("ember_plain_decimal({})", x);
      std::string failure =
          SqlCase(plain + " IS NULL",
                  RaiseCastInvalidInput(request, fmt::format("ember_quoted_sql({})", x)),
                  RaiseDecimalOutOfRange(request, plain));
      return OrFailure(x, parsed, failure);
    });
  }
  if (from.Is(kFloat) || from.Is(kDouble)) {
    return Bind(SqlCast(request.sql, "DOUBLE"), [&](const std::string& x) {
      std::string value =
          ScaledDecimal(fmt::format("ember_double_to_decimal({}, {})", x, shape), to);
      if (!is_ansi) return value;
      return fmt::format("coalesce({}, CASE WHEN isfinite({}) THEN {} ELSE NULL END)", value, x,
                         RaiseDecimalOutOfRange(request, fmt::format("ember_plain_double({})", x)));
    });
  }
  DataType source = from;
  std::string sql = request.sql;
  if (from.Is(kBoolean)) {
    sql = SqlCast(SqlCast(sql, "INTEGER"), "DECIMAL(1, 0)");
    source = DecimalType(1, 0);
  } else if (from.IsIntegral()) {
    const int digits = DigitsOf(from.kind);
    sql = SqlCast(sql, fmt::format("DECIMAL({}, 0)", digits));
    source = DecimalType(digits, 0);
  } else if (from.Is(kTimestamp)) {
    sql = ScaledDecimal(fmt::format("CAST(epoch_us({}) AS HUGEINT)", sql), DecimalType(20, 6));
    source = DecimalType(20, 6);
  } else if (from.Is(kYearMonthInterval) || from.Is(kDayTimeInterval)) {
    // IntervalUtils.dayTimeIntervalToDecimal: the count of the last field, seconds with their
    // fraction.
    const bool is_seconds = from.Is(kDayTimeInterval) && from.scale == 3;
    source = is_seconds ? DecimalType(19, 6) : DecimalType(19, 0);
    if (!is_seconds) {
      CastRequest count = request;
      count.to = LongType();
      ASSIGN_OR_RETURN(sql, CastToIntegral(count));
    }
    sql = ScaledDecimal(SqlCast(sql, "HUGEINT"), source);
  } else if (from.Is(kDate)) {
    return SqlCast("NULL", storage);
  } else if (!from.Is(kDecimal)) {
    return Unsupported("a cast of " + SimpleString(from) + " to " + SimpleString(to));
  }
  // Room for the integral digits, and for one more when rounding may carry.
  const int spare = (to.precision - to.scale) - (source.precision - source.scale);
  if (spare > 0 || (spare == 0 && to.scale >= source.scale)) return SqlCast(sql, storage);
  return Bind(sql, [&](const std::string& x) {
    std::string value =
        ScaledDecimal(fmt::format("ember_rescale_decimal({}, {}, {})", x, source.scale, shape), to);
    if (!is_ansi) return value;
    std::string text = fmt::format("ember_decimal_text({}, {})", x, source.scale);
    return OrFailure(x, value, RaiseDecimalOutOfRange(request, text));
  });
}

}  // namespace ember
