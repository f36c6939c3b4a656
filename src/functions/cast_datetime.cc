#include <fmt/format.h>

#include <algorithm>

#include "functions/cast_rules.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"
#include "functions/sql_build.h"

namespace ember {
namespace {

using enum TypeKind;

Result<std::string> NoCast(const CastRequest& request) {
  return Unsupported("a cast of " + SimpleString(request.from) + " to " + SimpleString(request.to));
}

// Parses text, or raises.
std::string Parsed(const CastRequest& request, std::string_view call) {
  return Bind(request.sql, [&](const std::string& x) {
    return GuardParsed(request, x, fmt::format(fmt::runtime(call), x));
  });
}

// IntervalUtils.supportedFormat.
std::string SupportedFormat(const DataType& type) {
  static constexpr std::string_view kParts[] = {"d", "h", "m", "s.n"};
  static constexpr std::string_view kDayTime[] = {"DAY", "HOUR", "MINUTE", "SECOND"};
  static constexpr std::string_view kYearMonth[] = {"YEAR", "MONTH"};
  const bool is_months = type.Is(kYearMonthInterval);
  std::string format = "[+|-]";
  for (int field = type.precision; field <= type.scale; ++field) {
    if (field > type.precision) format += is_months ? "-" : field == 1 ? " " : ":";
    format += is_months ? (field == 0 ? "y" : "m") : kParts[field];
  }
  auto name = [&](int field) { return is_months ? kYearMonth[field] : kDayTime[field]; };
  std::string fields(name(type.precision));
  if (type.scale != type.precision) fields += fmt::format(" TO {}", name(type.scale));
  return fmt::format("`{0}`, `INTERVAL [+|-]'{0}' {1}`", format, fields);
}

Result<std::string> CastToTimestamp(const CastRequest& request) {
  const std::string& sql = request.sql;
  const DataType& from = request.from;
  if (from.Is(kDate)) return FromLocal(SqlCast(sql, "TIMESTAMP"), request.zone);
  if (from.Is(kTimestampNtz)) return FromLocal(sql, request.zone);
  if (from.IsIntegral()) return fmt::format("ember_seconds_to_timestamp(CAST({} AS BIGINT))", sql);
  // Cast: true is one microsecond.
  if (from.Is(kBoolean)) return fmt::format("make_timestamp(CAST({} AS BIGINT))", sql);
  if (from.Is(kDecimal)) {
    return fmt::format(
        "make_timestamp(CAST(trunc(CAST({} AS DECIMAL(38, {})) * 1000000) AS BIGINT))", sql,
        std::min(from.scale, 12));
  }
  if (!from.Is(kFloat) && !from.Is(kDouble)) return NoCast(request);
  return Bind(SqlCast(sql, "DOUBLE"), [&](const std::string& x) {
    std::string failure = "NULL";
    if (request.mode == CastMode::kAnsi) {
      failure = RaiseCastInvalidInput(request, fmt::format("ember_double_text({})", x));
    }
    std::string made = fmt::format("make_timestamp(ember_saturating_micros({} * 1000000))", x);
    if (request.mode == CastMode::kAnsi) {
      const TokenParameter parameters[] = {
          {"value",
           fmt::format("ember_double_text({0} * 1000000) || CASE WHEN isfinite({0} * 1000000) THEN "
                       "'D' ELSE '' END",
                       x),
           true},
          {"sourceType", "\"DOUBLE\""},
          {"targetType", "\"BIGINT\""},
          {"ansiConfig", "\"spark.sql.ansi.enabled\""}};
      made = SqlCase(fmt::format("abs({}) * 1000000 >= 9223372036854775808e0", x),
                     RaiseSql("CAST_OVERFLOW", parameters), made);
    }
    return SqlCase(fmt::format("NOT isfinite({})", x), failure, made);
  });
}

}  // namespace

Result<std::string> CastToDatetime(const CastRequest& request) {
  const DataType& from = request.from;
  if (request.to.Is(kDate)) {
    if (from.IsStringLike()) return Parsed(request, "ember_cast_date({})");
    if (from.Is(kTimestampNtz)) return SqlCast(request.sql, "DATE");
    if (from.Is(kTimestamp)) return SqlCast(ToLocal(request.sql, request.zone), "DATE");
    return NoCast(request);
  }
  if (request.to.Is(kTimestampNtz)) {
    if (from.IsStringLike()) return Parsed(request, "ember_cast_timestamp_ntz({})");
    if (from.Is(kDate)) return SqlCast(request.sql, "TIMESTAMP");
    if (from.Is(kTimestamp)) return ToLocal(request.sql, request.zone);
    return NoCast(request);
  }
  if (from.IsStringLike()) {
    return Parsed(request, "ember_cast_timestamp({}, " + SqlString(request.zone) + ")");
  }
  return CastToTimestamp(request);
}

Result<std::string> CastToInterval(const CastRequest& request) {
  static constexpr int64_t kMicros[] = {86'400'000'000, 3'600'000'000, 60'000'000, 1'000'000};
  const DataType& from = request.from;
  const DataType& to = request.to;
  if (to.Is(kCalendarInterval)) return NoCast(request);
  const bool is_months = to.Is(kYearMonthInterval);
  const int64_t unit =
      is_months ? (to.scale == 0 ? 12 : 1) : kMicros[static_cast<size_t>(to.scale)];
  if (from.IsStringLike()) {
    return Bind(request.sql, [&](const std::string& x) {
      std::string parsed = fmt::format(
          "{}({}, {}, {})", is_months ? "ember_parse_year_month" : "ember_parse_day_time", x,
          to.precision, to.scale);
      // Malformed text is an error with ANSI mode off too.
      if (request.mode == CastMode::kTry) return parsed;
      const TokenParameter parameters[] = {{"input", x, true},
                                           {"intervalStr", is_months ? "year-month" : "day-time"},
                                           {"supportedFormat", SupportedFormat(to)},
                                           {"typeName", SimpleString(to)}};
      return OrFailure(
          x, parsed,
          RaiseSql("INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING_WITH_NOTICE", parameters));
    });
  }
  if (from.kind == to.kind) {
    if (to.scale >= from.scale) return request.sql;
    return fmt::format("({0} - {0} % {1})", request.sql, unit);
  }
  std::string_view storage = is_months ? "INTEGER" : "BIGINT";
  const TypeKind bounds = is_months ? kInteger : kLong;
  if (!from.IsIntegral() && !from.Is(kDecimal)) return NoCast(request);
  return Bind(request.sql, [&](const std::string& x) {
    std::string product = from.IsIntegral()
                              ? fmt::format("CAST({} AS HUGEINT) * {}", x, unit)
                              : fmt::format("CAST(round({} * {}) AS HUGEINT)", x, unit);
    std::string failure = request.mode == CastMode::kTry
                              ? "NULL"
                              : RaiseCastOverflow(request, LiteralTextSql(request, x));
    return SqlCase(
        fmt::format("{} NOT BETWEEN {} AND {}", product, MinimumOf(bounds), MaximumOf(bounds)),
        failure, SqlCast(product, storage));
  });
}

}  // namespace ember
