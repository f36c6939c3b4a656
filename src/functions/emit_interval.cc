#include "functions/emit_interval.h"

#include <fmt/format.h>

#include "functions/error_token.h"
#include "functions/sql_build.h"
#include "functions/zone.h"

namespace ember {
namespace {

bool IsTimestamp(const DataType& type) {
  return type.Is(TypeKind::kTimestamp) || type.Is(TypeKind::kTimestampNtz);
}

bool IsSmallIntegral(const DataType& type) {
  return type.IsIntegral() && !type.Is(TypeKind::kLong);
}

// INTERVAL DAY alone: added to a date it gives a date.
bool IsDayInterval(const DataType& type) {
  return type.Is(TypeKind::kDayTimeInterval) && type.scale == static_cast<int>(IntervalField::kDay);
}

// TimestampAddInterval and TimeAdd: months and whole days move the wall clock of the session zone,
// the rest the instant.
std::string MoveTimestamp(const EmitContext& context, const std::string& timestamp,
                          const DataType& interval, const std::string& amount, char sign) {
  const bool is_instant = context.result.Is(TypeKind::kTimestamp);
  std::string_view zone = is_instant ? context.zone : std::string_view("UTC");
  std::string_view minus = sign == '-' ? "-" : "";
  if (interval.Is(TypeKind::kYearMonthInterval)) {
    return ToInstantNearSql(
        fmt::format("({} + to_months({}{}))", ToLocal(timestamp, zone), minus, amount), timestamp,
        zone);
  }
  if (interval.Is(TypeKind::kDayTimeInterval)) {
    if (zone == "UTC") return fmt::format("({} + to_microseconds({}{}))", timestamp, minus, amount);
    std::string local = fmt::format("({} + to_days(CAST({}({} // {}) AS INTEGER)))",
                                    ToLocal(timestamp, zone), minus, amount, kMicrosPerDay);
    return fmt::format("({} + to_microseconds({}({} % {})))",
                       ToInstantNearSql(local, timestamp, zone), minus, amount, kMicrosPerDay);
  }
  if (zone == "UTC") return fmt::format("({} {} {})", timestamp, sign, amount);
  std::string micros = fmt::format(
      "datepart('microsecond', {0}) + 60000000 * (datepart('minute', {0}) + 60 * datepart('hour', "
      "{0}))",
      amount);
  return fmt::format("({} {} to_microseconds({}))",
                     ToInstantNearSql(fmt::format("({} {} ({} - to_microseconds({})))",
                                                  ToLocal(timestamp, zone), sign, amount, micros),
                                      timestamp, zone),
                     sign, micros);
}

std::string MoveDatetime(const EmitContext& context, char sign) {
  const DataType& start = context.arguments[0].type;
  const DataType& interval = context.arguments[1].type;
  const std::string& amount = context.sql[1];
  if (IsTimestamp(start)) return MoveTimestamp(context, context.sql[0], interval, amount, sign);
  if (interval.Is(TypeKind::kYearMonthInterval)) {
    return fmt::format("CAST({} + to_months({}{}) AS DATE)", context.sql[0], sign == '-' ? "-" : "",
                       amount);
  }
  if (interval.Is(TypeKind::kCalendarInterval)) {
    return fmt::format("CAST({} {} {} AS DATE)", context.sql[0], sign, amount);
  }
  std::string midnight = FromLocal(SqlCast(context.sql[0], "TIMESTAMP"), context.zone);
  return MoveTimestamp(context, midnight, interval, amount, sign);
}

std::optional<Replacement> ReplaceMove(const ArgumentInfo& start, const ArgumentInfo& amount,
                                       bool is_add, bool is_swapped) {
  const bool is_date = start.type.Is(TypeKind::kDate);
  if (!is_date && !IsTimestamp(start.type)) return std::nullopt;
  if (is_date && IsDayInterval(amount.type)) {
    return Replacement{is_add ? "date + day interval" : "date - day interval", is_swapped};
  }
  if (amount.type.IsInterval()) {
    return Replacement{is_add ? "datetime + interval" : "datetime - interval", is_swapped};
  }
  if (is_date && (IsSmallIntegral(amount.type) || amount.type.Is(TypeKind::kNull))) {
    return Replacement{is_add ? "date_add" : "date_sub", is_swapped};
  }
  return std::nullopt;
}

bool IsFactor(const DataType& type) {
  return type.IsNumeric() || type.IsStringLike() || type.Is(TypeKind::kNull);
}

std::string RoundHalfUp(const std::string& sql, std::string_view type) {
  return fmt::format("CAST(round({}) AS {})", sql, type);
}

std::string_view StorageOf(const DataType& interval) {
  return interval.Is(TypeKind::kYearMonthInterval) ? "INTEGER" : "BIGINT";
}

std::string RaiseIntervalOverflow(const EmitContext& context) {
  // IntervalMathUtils and Math.toIntExact: Java's own ArithmeticException.
  return context.is_try ? "NULL" : RaiseOverflow("Overflow", "");
}

}  // namespace

std::optional<Replacement> ReplaceAdd(std::span<const ArgumentInfo> arguments) {
  auto replacement = ReplaceMove(arguments[0], arguments[1], true, false);
  if (!replacement) replacement = ReplaceMove(arguments[1], arguments[0], true, true);
  return replacement;
}

std::optional<Replacement> ReplaceSubtract(std::span<const ArgumentInfo> arguments) {
  const DataType& a = arguments[0].type;
  const DataType& b = arguments[1].type;
  if (auto replacement = ReplaceMove(arguments[0], arguments[1], false, false)) {
    return replacement;
  }
  const bool a_is_text = a.IsStringLike() || a.Is(TypeKind::kNull);
  const bool b_is_text = b.IsStringLike() || b.Is(TypeKind::kNull);
  if (IsTimestamp(a) || IsTimestamp(b)) {
    if ((a.IsDatetime() || a_is_text) && (b.IsDatetime() || b_is_text)) {
      return Replacement{"timestamp - timestamp"};
    }
    return std::nullopt;
  }
  const bool is_date = a.Is(TypeKind::kDate) || b.Is(TypeKind::kDate);
  if (is_date && (a.Is(TypeKind::kDate) || a_is_text) && (b.Is(TypeKind::kDate) || b_is_text)) {
    return Replacement{"date - date"};
  }
  return std::nullopt;
}

std::optional<Replacement> ReplaceMultiply(std::span<const ArgumentInfo> arguments) {
  for (size_t i : {size_t{0}, size_t{1}}) {
    const DataType& interval = arguments[i].type;
    if (!interval.IsInterval() || !IsFactor(arguments[1 - i].type)) continue;
    const bool is_calendar = interval.Is(TypeKind::kCalendarInterval);
    return Replacement{is_calendar ? "multiply calendar interval" : "interval * number", i == 1};
  }
  return std::nullopt;
}

std::optional<Replacement> ReplaceDivide(std::span<const ArgumentInfo> arguments) {
  const DataType& interval = arguments[0].type;
  if (!interval.IsInterval() || !IsFactor(arguments[1].type)) return std::nullopt;
  const bool is_calendar = interval.Is(TypeKind::kCalendarInterval);
  return Replacement{is_calendar ? "divide calendar interval" : "interval / number"};
}

Result<std::string> EmitAddDayInterval(const EmitContext& context) {
  return fmt::format("({} + CAST({} // {} AS INTEGER))", context.sql[0], context.sql[1],
                     kMicrosPerDay);
}

Result<std::string> EmitSubtractDayInterval(const EmitContext& context) {
  return fmt::format("({} - CAST({} // {} AS INTEGER))", context.sql[0], context.sql[1],
                     kMicrosPerDay);
}

Result<std::string> EmitAddInterval(const EmitContext& context) {
  return MoveDatetime(context, '+');
}

Result<std::string> EmitSubtractInterval(const EmitContext& context) {
  return MoveDatetime(context, '-');
}

Result<std::string> EmitSubtractDates(const EmitContext& context) {
  return fmt::format("(({} - {}) * {})", context.sql[0], context.sql[1], kMicrosPerDay);
}

// SubtractTimestamps compares wall clocks of the session zone: a day with a change of clocks has 24
// hours.
Result<std::string> EmitSubtractTimestamps(const EmitContext& context) {
  std::string_view zone =
      context.arguments[0].type.Is(TypeKind::kTimestamp) ? context.zone : std::string_view("UTC");
  return fmt::format("(epoch_us({}) - epoch_us({}))", ToLocal(context.sql[0], zone),
                     ToLocal(context.sql[1], zone));
}

Result<std::string> EmitMultiplyInterval(const EmitContext& context) {
  const DataType& factor = context.arguments[1].type;
  std::string_view storage = StorageOf(context.result);
  return Bind(context.sql[0], context.sql[1], [&](const std::string& a, const std::string& b) {
    std::string product;
    if (factor.IsIntegral()) {
      product = fmt::format("CAST({} AS HUGEINT) * {}", a, b);
      return SqlCase(fmt::format("{} NOT BETWEEN {} AND {}", product,
                                 MinimumOf(context.result.kind), MaximumOf(context.result.kind)),
                     RaiseIntervalOverflow(context), SqlCast(product, storage));
    }
    product = fmt::format("CAST({} AS DOUBLE) * CAST({} AS DOUBLE)", a, b);
    return SqlCase(fmt::format("abs({}) >= {}", product,
                               storage == "INTEGER" ? "2147483648e0" : "9223372036854775808e0"),
                   RaiseIntervalOverflow(context), RoundHalfUp(product, storage));
  });
}

Result<std::string> EmitDivideInterval(const EmitContext& context) {
  const DataType& divisor = context.arguments[1].type;
  std::string_view storage = StorageOf(context.result);
  return Bind(context.sql[0], context.sql[1], [&](const std::string& a, const std::string& b) {
    // HALF_UP: away from zero at a half, which DuckDB's round of decimals and doubles does too.
    std::string quotient =
        divisor.IsIntegral()
            ? fmt::format(
                  "(({0} // {1}) + CASE WHEN abs(CAST({0} % {1} AS HUGEINT)) * 2 >= abs(CAST({1} "
                  "AS HUGEINT)) THEN CASE WHEN ({0} < 0) = ({1} < 0) THEN 1 ELSE -1 END ELSE 0 "
                  "END)",
                  a, b)
            : fmt::format("round(CAST({} AS DOUBLE) / CAST({} AS DOUBLE))", a, b);
    std::string raise = context.is_try ? "NULL" : RaiseSql("INTERVAL_DIVIDED_BY_ZERO", {});
    if (context.arguments[0].nullable && !context.is_try)
      raise = SqlCase(a + " IS NULL", "NULL", raise);
    return SqlCase(b + " = 0", raise, SqlCast(quotient, storage));
  });
}

Result<DataType> ResultDatetimeAndInterval(std::span<const ArgumentInfo> arguments,
                                           const TypeContext&) {
  const bool is_date = arguments[0].type.Is(TypeKind::kDate);
  if (is_date && arguments[1].type.Is(TypeKind::kDayTimeInterval)) return TimestampType();
  return arguments[0].type;
}

Result<DataType> ResultDayInterval(std::span<const ArgumentInfo>, const TypeContext&) {
  return DayTimeIntervalType(IntervalField::kDay, IntervalField::kDay);
}

Result<DataType> ResultDayTimeInterval(std::span<const ArgumentInfo>, const TypeContext&) {
  return DayTimeIntervalType();
}

Result<DataType> ResultWholeInterval(std::span<const ArgumentInfo> arguments, const TypeContext&) {
  if (arguments[0].type.Is(TypeKind::kYearMonthInterval)) return YearMonthIntervalType();
  if (arguments[0].type.Is(TypeKind::kDayTimeInterval)) return DayTimeIntervalType();
  return arguments[0].type;
}

Result<std::vector<DataType>> CoerceTimestampDifference(std::span<const ArgumentInfo> arguments,
                                                        const TypeContext&) {
  const bool is_ntz = (arguments[0].type.Is(TypeKind::kTimestampNtz) ||
                       arguments[1].type.Is(TypeKind::kTimestampNtz)) &&
                      !arguments[0].type.Is(TypeKind::kTimestamp) &&
                      !arguments[1].type.Is(TypeKind::kTimestamp);
  const DataType common = is_ntz ? TimestampNtzType() : TimestampType();
  return std::vector<DataType>{common, common};
}

Result<std::vector<DataType>> CoerceDateDifference(std::span<const ArgumentInfo>,
                                                   const TypeContext&) {
  return std::vector<DataType>{DateType(), DateType()};
}

Result<std::vector<DataType>> CoerceIntervalFactor(std::span<const ArgumentInfo> arguments,
                                                   const TypeContext&) {
  const DataType& factor = arguments[1].type;
  const bool is_numeric = factor.IsNumeric();
  return std::vector<DataType>{arguments[0].type, is_numeric ? factor : DoubleType()};
}

}  // namespace ember
