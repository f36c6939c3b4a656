#include <algorithm>

#include "functions/emit_datetime.h"
#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "functions/result_types.h"
#include "functions/table_check.h"
#include "functions/zone.h"

// Fields of dates and timestamps, and the current time.

namespace ember {

std::span<const FunctionRow> DatetimeConversionFunctions();
std::span<const FunctionRow> DatetimeArithmeticFunctions();
std::span<const FunctionRow> DatetimeConstructorFunctions();

namespace {

using enum TypeClass;

constexpr FunctionRow Field(std::string_view name, std::span<const TypeClass> types,
                            std::string_view duckdb, EmitFunction emit, std::string_view doc,
                            std::string_view example) {
  return {.name = name,
          .min_arguments = 1,
          .max_arguments = 1,
          .arguments = types,
          .result = ResultInteger,
          .duckdb = duckdb,
          .emit = emit,
          .doc = doc,
          .example = example};
}
constexpr FunctionRow DateField(std::string_view name, std::string_view duckdb,
                                std::string_view doc, std::string_view example) {
  return Field(name, kTypes<kDate>, duckdb, nullptr, doc, example);
}
constexpr FunctionRow TimeField(std::string_view name, EmitFunction emit, std::string_view doc,
                                std::string_view example) {
  return Field(name, kTypes<kAnyTimestamp>, "", emit, doc, example);
}
constexpr FunctionRow Named(FunctionRow row) {
  row.result = ResultString;
  return row;
}

// The current time is that of the query's start, everywhere in the query.
constexpr std::string_view kNow = "CAST(now() AS TIMESTAMP)";

constexpr FunctionRow Current(std::string_view name, ResultTypeFunction result, EmitFunction emit,
                              std::string_view doc, std::string_view example) {
  return {.name = name,
          .result = result,
          .nullability = Nullability::kNever,
          .emit = emit,
          .doc = doc,
          .example = example};
}

Result<std::string> EmitNow(const EmitContext&) { return std::string(kNow); }
Result<std::string> EmitLocalNow(const EmitContext& context) {
  return ToWallSql(kNow, context.zone);
}

Result<std::string> EmitWallField(const EmitContext& context, std::string_view field) {
  return CastSql(std::string(field) + "(" + WallSql(context, 0) + ")", "INTEGER");
}

constexpr FunctionRow kRows[] = {
    Current(
        "current_date", ResultDate,
        [](const EmitContext& context) -> Result<std::string> {
          return CastSql(ToWallSql(kNow, context.zone), "DATE");
        },
        "The date in the session's zone when the query started.", "SELECT current_date()"),
    Current("current_timestamp", ResultTimestamp, EmitNow, "The instant when the query started.",
            "SELECT current_timestamp()"),
    Current(
        "current_timezone", ResultString,
        [](const EmitContext& context) -> Result<std::string> { return SqlString(context.zone); },
        "The session's zone.", "SELECT current_timezone()"),
    Named(DateField("dayname", "left(dayname({0}), 3)", "The short name of the weekday.",
                    "SELECT dayname(date'2024-02-29')")),
    DateField("dayofmonth", "CAST(day({0}) AS INTEGER)", "The day of the month.",
              "SELECT dayofmonth(date'2024-02-29')"),
    DateField("dayofweek", "CAST(dayofweek({0}) + 1 AS INTEGER)", "The weekday: 1 is Sunday.",
              "SELECT dayofweek(date'2024-02-29')"),
    DateField("dayofyear", "CAST(dayofyear({0}) AS INTEGER)", "The day of the year.",
              "SELECT dayofyear(date'2024-02-29')"),
    TimeField(
        "hour", [](const EmitContext& context) { return EmitWallField(context, "hour"); },
        "The hour in the session's zone.", "SELECT hour(timestamp'2024-02-29 12:34:56')"),
    Current("localtimestamp", ResultTimestampNtz, EmitLocalNow,
            "The wall clock in the session's zone when the query started.",
            "SELECT localtimestamp()"),
    TimeField(
        "minute", [](const EmitContext& context) { return EmitWallField(context, "minute"); },
        "The minute of the hour.", "SELECT minute(timestamp'2024-02-29 12:34:56')"),
    DateField("month", "CAST(month({0}) AS INTEGER)", "The month of the year.",
              "SELECT month(date'2024-02-29')"),
    Named(DateField("monthname", "left(monthname({0}), 3)", "The short name of the month.",
                    "SELECT monthname(date'2024-02-29')")),
    Current("now", ResultTimestamp, EmitNow, "The instant when the query started.", "SELECT now()"),
    DateField("quarter", "CAST(quarter({0}) AS INTEGER)", "The quarter of the year.",
              "SELECT quarter(date'2024-02-29')"),
    TimeField(
        "second", [](const EmitContext& context) { return EmitWallField(context, "second"); },
        "The second of the minute, without its fraction.",
        "SELECT second(timestamp'2024-02-29 12:34:56')"),
    DateField("weekday", "CAST(isodow({0}) - 1 AS INTEGER)", "The weekday: 0 is Monday.",
              "SELECT weekday(date'2024-02-29')"),
    DateField("weekofyear", "CAST(weekofyear({0}) AS INTEGER)", "The ISO week of the year.",
              "SELECT weekofyear(date'2024-02-29')"),
    DateField("year", "CAST(year({0}) AS INTEGER)", "The year.", "SELECT year(date'2024-02-29')"),
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> DatetimeFunctions() {
  static const std::vector<FunctionRow> rows = [] {
    std::vector<FunctionRow> all(std::begin(kRows), std::end(kRows));
    for (auto more : {DatetimeConversionFunctions(), DatetimeArithmeticFunctions(),
                      DatetimeConstructorFunctions()}) {
      all.insert(all.end(), more.begin(), more.end());
    }
    return all;
  }();
  return rows;
}

}  // namespace ember
