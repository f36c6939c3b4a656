#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/emit_datetime.h"
#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "functions/result_types.h"
#include "functions/table_check.h"
#include "functions/zone.h"

// Truncation, differences and steps of dates and timestamps.

namespace ember {
namespace {

using enum TypeClass;
using Arguments = std::span<const ArgumentInfo>;

// TruncDate and TruncTimestamp: an unknown unit gives null.
std::string Truncated(std::string_view unit, const std::string& wall, bool is_date) {
  const bool is_below_week = unit == "day" || unit == "hour" || unit == "minute" ||
                             unit == "second" || unit == "milliseconds" || unit == "microseconds";
  if (is_date && is_below_week) return "CAST(NULL AS DATE)";
  if (unit == "microseconds") return wall;
  std::string sql = "date_trunc('" + std::string(unit) + "', " + wall + ")";
  return is_date ? CastSql(sql, "DATE") : sql;
}

std::string TruncatedByColumn(const std::string& unit, const std::string& wall, bool is_date) {
  static constexpr std::string_view kNames[] = {
      "YEAR", "YYYY", "YY",   "QUARTER", "MONTH",  "MM",          "MON",        "WEEK",
      "DAY",  "DD",   "HOUR", "MINUTE",  "SECOND", "MILLISECOND", "MICROSECOND"};
  std::string sql = "CASE upper(" + unit + ")";
  for (std::string_view name : kNames) {
    sql +=
        " WHEN '" + std::string(name) + "' THEN " + Truncated(*TruncationUnit(name), wall, is_date);
  }
  return "(" + sql + " END)";
}

Result<std::string> EmitTrunc(const EmitContext& context) {
  const ArgumentInfo& unit = context.arguments[1];
  if (IsConstantNull(unit)) return std::string("CAST(NULL AS DATE)");
  if (std::optional<std::string> name = ConstantText(unit)) {
    std::optional<std::string_view> known = TruncationUnit(*name);
    return known ? Truncated(*known, context.sql[0], true) : "CAST(NULL AS DATE)";
  }
  return TruncatedByColumn(context.sql[1], context.sql[0], true);
}

Result<std::string> EmitDateTrunc(const EmitContext& context) {
  const ArgumentInfo& unit = context.arguments[0];
  if (IsConstantNull(unit)) return std::string("CAST(NULL AS TIMESTAMP)");
  std::string wall = ToWallSql(context.sql[1], context.zone);
  if (std::optional<std::string> name = ConstantText(unit)) {
    std::optional<std::string_view> known = TruncationUnit(*name);
    if (!known) return std::string("CAST(NULL AS TIMESTAMP)");
    // Below the hour no zone matters (offsets of seconds are older than any trading).
    if (*known == "minute" || *known == "second" || *known == "milliseconds" ||
        *known == "microseconds") {
      return Truncated(*known, context.sql[1], false);
    }
    return ToInstantNearSql(Truncated(*known, wall, false), context.sql[1], context.zone);
  }
  return ToInstantNearSql(TruncatedByColumn(context.sql[0], wall, false), context.sql[1],
                          context.zone);
}

// DateAdd and DateSub take whole days; text becomes an int only with ANSI mode or when it is one.
Result<std::vector<DataType>> DateAndDays(std::string_view function, Arguments arguments,
                                          const TypeContext& context) {
  const DataType& date = arguments[0].type;
  if (!date.IsDatetime() && !date.IsStringLike() && !date.Is(TypeKind::kNull)) {
    return UnexpectedInputType(arguments, 0, "\"DATE\"");
  }
  const DataType& days = arguments[1].type;
  if (days.IsStringLike()) {
    std::optional<std::string> text = ConstantText(arguments[1]);
    if (!context.ansi && text) {
      const bool is_integer =
          !text->empty() &&
          text->find_first_not_of("0123456789", (*text)[0] == '-' ? 1 : 0) == std::string::npos;
      if (!is_integer) {
        return MakeError("SECOND_FUNCTION_ARGUMENT_NOT_INTEGER",
                         {{"functionName", std::string(function)}});
      }
    }
  } else if (!days.Is(TypeKind::kInteger) && !days.Is(TypeKind::kShort) &&
             !days.Is(TypeKind::kByte) && !days.Is(TypeKind::kNull)) {
    return UnexpectedInputType(arguments, 1, "(\"INT\" or \"SMALLINT\" or \"TINYINT\")");
  }
  return std::vector<DataType>{DateType(), IntegerType()};
}

Result<std::vector<DataType>> CoerceDateAdd(Arguments arguments, const TypeContext& context) {
  return DateAndDays("date_add", arguments, context);
}
Result<std::vector<DataType>> CoerceDateSub(Arguments arguments, const TypeContext& context) {
  return DateAndDays("date_sub", arguments, context);
}

// DateAdd adds ints, which wrap around; DuckDB refuses dates that are too far.
std::string MovedByDays(const EmitContext& context, char sign) {
  constexpr int64_t kNear = 1'000'000;
  const auto days = ConstantInteger(context.arguments[1]);
  if (days && *days < kNear && *days > -kNear) {
    return "(" + context.sql[0] + " " + sign + " " + context.sql[1] + ")";
  }
  return std::string(sign == '+' ? "ember_add_days(" : "ember_subtract_days(") + context.sql[0] +
         ", " + context.sql[1] + ")";
}
Result<std::string> EmitDateAdd(const EmitContext& context) { return MovedByDays(context, '+'); }
Result<std::string> EmitDateSub(const EmitContext& context) { return MovedByDays(context, '-'); }

Result<std::string> EmitMonthsBetween(const EmitContext& context) {
  return "ember_months_between(" + context.sql[0] + ", " + context.sql[1] + ", " +
         (context.sql.size() > 2 ? context.sql[2] : "TRUE") + ", " + SqlString(context.zone) + ")";
}

Result<std::string> EmitNextDay(const EmitContext& context) {
  std::string weekday = "ember_weekday_number(" + context.sql[1] + ")";
  std::string next = "(" + context.sql[0] + " + CAST((" + weekday + " - isodow(" + context.sql[0] +
                     ") + 6) % 7 + 1 AS INTEGER))";
  if (!context.ansi) return next;
  const TokenParameter parameters[] = {{"string", context.sql[1], true}};
  return Guarded(context.sql[0] + " IS NOT NULL AND " + context.sql[1] + " IS NOT NULL AND " +
                     weekday + " IS NULL",
                 RaiseSql("ILLEGAL_DAY_OF_WEEK", parameters), next);
}

struct StepUnit {
  std::string_view name;
  int64_t micros;  // 0: the wall clock moves
  int64_t days;
  int64_t months;
};

const StepUnit* FindStepUnit(const ArgumentInfo& argument) {
  static constexpr StepUnit kUnits[] = {
      {"MICROSECOND", 1, 0, 0},
      {"MILLISECOND", 1'000, 0, 0},
      {"SECOND", kMicrosPerSecond, 0, 0},
      {"MINUTE", 60 * kMicrosPerSecond, 0, 0},
      {"HOUR", 3'600 * kMicrosPerSecond, 0, 0},
      {"DAY", 0, 1, 0},
      {"DAYOFYEAR", 0, 1, 0},
      {"WEEK", 0, 7, 0},
      {"MONTH", 0, 0, 1},
      {"QUARTER", 0, 0, 3},
      {"YEAR", 0, 0, 12},
  };
  std::string name = ConstantText(argument).value_or("");
  for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  for (const StepUnit& unit : kUnits) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

Error WrongUnit(std::string_view function, const ArgumentInfo& argument) {
  return MakeError("INVALID_PARAMETER_VALUE.DATETIME_UNIT",
                   {{"functionName", QuoteIdentifier(function)},
                    {"parameter", "`unit`"},
                    {"invalidValue", "'" + argument.pretty + "'"}});
}

Result<std::vector<DataType>> CoerceTimestampAdd(Arguments arguments, const TypeContext&) {
  const DataType& amount = arguments[1].type;
  if (!amount.IsNumeric() && !amount.IsStringLike() && !amount.Is(TypeKind::kNull)) {
    return UnexpectedInputType(arguments, 1, "\"BIGINT\"", 0);
  }
  const DataType& type = arguments[2].type;
  if (!type.IsDatetime() && !type.IsStringLike() && !type.Is(TypeKind::kNull)) {
    return UnexpectedInputType(arguments, 2, "\"(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)\"", 1);
  }
  return std::vector<DataType>{StringType(), LongType(),
                               type.Is(TypeKind::kTimestampNtz) ? type : TimestampType()};
}

// The unit is no argument of the checked expression.
Result<std::vector<DataType>> CoerceTimestampDiff(Arguments arguments, const TypeContext&) {
  for (size_t i = 1; i < arguments.size(); ++i) {
    const DataType& type = arguments[i].type;
    if (type.IsDatetime() || type.IsStringLike() || type.Is(TypeKind::kNull)) continue;
    return UnexpectedInputType(arguments, i, "\"TIMESTAMP\"", i - 1);
  }
  return std::vector<DataType>{StringType(), TimestampType(), TimestampType()};
}

Result<std::string> EmitTimestampAdd(const EmitContext& context) {
  const StepUnit* unit = FindStepUnit(context.arguments[0]);
  if (unit == nullptr) return WrongUnit("timestampadd", context.arguments[0]);
  const std::string& count = context.sql[1];
  if (unit->micros != 0) {
    return "(" + context.sql[2] + " + to_microseconds(" + count + " * " +
           std::to_string(unit->micros) + "))";
  }
  std::string step = unit->days != 0
                         ? "to_days(CAST(" + count + " * " + std::to_string(unit->days)
                         : "to_months(CAST(" + count + " * " + std::to_string(unit->months);
  std::string moved = "(" + WallSql(context, 2) + " + " + step + " AS INTEGER)))";
  if (!context.arguments[2].type.Is(TypeKind::kTimestamp)) return moved;
  return ToInstantNearSql(moved, context.sql[2], context.zone);
}

Result<std::string> EmitTimestampDiff(const EmitContext& context) {
  const StepUnit* unit = FindStepUnit(context.arguments[0]);
  if (unit == nullptr) return WrongUnit("timestampdiff", context.arguments[0]);
  std::string start = WallSql(context, 1), end = WallSql(context, 2);
  if (unit->months != 0) {
    return "(ember_whole_months(" + start + ", " + end + ") // " + std::to_string(unit->months) +
           ")";
  }
  int64_t micros = unit->micros != 0 ? unit->micros : unit->days * kMicrosPerDay;
  return "((epoch_us(" + end + ") - epoch_us(" + start + ")) // " + std::to_string(micros) + ")";
}

constexpr std::string_view kTrue[] = {"true"};

constexpr FunctionRow Two(std::string_view name, std::span<const TypeClass> types,
                          ResultTypeFunction result, std::string_view duckdb, EmitFunction emit,
                          std::string_view doc, std::string_view example) {
  return {.name = name,
          .min_arguments = 2,
          .max_arguments = 2,
          .arguments = types,
          .result = result,
          .duckdb = duckdb,
          .emit = emit,
          .doc = doc,
          .example = example};
}
constexpr FunctionRow Nullable(FunctionRow row) {
  row.nullability = Nullability::kAlways;
  return row;
}
constexpr FunctionRow Days(std::string_view name, CoerceFunction coerce, EmitFunction emit,
                           std::string_view doc, std::string_view example) {
  FunctionRow row = Two(name, kTypes<kAny>, ResultDate, "", emit, doc, example);
  row.coercion = CoercionRule::kCustom;
  row.coerce = coerce;
  return row;
}
constexpr FunctionRow Step(std::string_view name, CoerceFunction coerce, ResultTypeFunction result,
                           EmitFunction emit, std::string_view doc, std::string_view example) {
  FunctionRow row = Two(name, kTypes<kAny>, result, "", emit, doc, example);
  row.min_arguments = row.max_arguments = 3;
  row.coercion = CoercionRule::kCustom;
  row.coerce = coerce;
  return row;
}
constexpr FunctionRow MonthsBetween() {
  FunctionRow row =
      Two("months_between", kTypes<kTimestamp, kTimestamp, kBoolean>, ResultDouble, "",
          EmitMonthsBetween, "Months, with a fraction of 31 days, between two times.",
          "SELECT months_between(date'2024-03-15', date'2024-01-01')");
  row.max_arguments = 3;
  row.defaults = kTrue;
  return row;
}
constexpr FunctionRow LastDay() {
  FunctionRow row = Two("last_day", kTypes<kDate>, ResultDate, "last_day({0})", nullptr,
                        "The last day of the date's month.", "SELECT last_day(date'2024-02-01')");
  row.min_arguments = row.max_arguments = 1;
  return row;
}

constexpr FunctionRow kRows[] = {
    Two("add_months", kTypes<kDate, kInteger>, ResultDate, "CAST({0} + to_months({1}) AS DATE)",
        nullptr, "The date some months later, within that month.",
        "SELECT add_months(date'2024-01-31', 1)"),
    Days("date_add", CoerceDateAdd, EmitDateAdd, "The date some days later.",
         "SELECT date_add(date'2024-02-28', 2)"),
    Days("date_sub", CoerceDateSub, EmitDateSub, "The date some days before.",
         "SELECT date_sub(date'2024-03-01', 1)"),
    Nullable(Two("date_trunc", kTypes<kString, kTimestamp>, ResultTimestamp, "", EmitDateTrunc,
                 "A timestamp cut to the start of a unit in the session's zone.",
                 "SELECT date_trunc('MONTH', timestamp'2024-02-29 12:34:56')")),
    Two("datediff", kTypes<kDate>, ResultInteger, "CAST({0} - {1} AS INTEGER)", nullptr,
        "Days from the second date to the first.",
        "SELECT datediff(date'2024-03-01', date'2024-02-28')"),
    LastDay(),
    MonthsBetween(),
    Nullable(Two("next_day", kTypes<kDate, kString>, ResultDate, "", EmitNextDay,
                 "The first date after a date that has a weekday.",
                 "SELECT next_day(date'2024-02-29', 'MO')")),
    Step("timestampadd", CoerceTimestampAdd, ResultSameAsLast, EmitTimestampAdd,
         "A timestamp moved by some units.",
         "SELECT timestampadd(HOUR, 1, timestamp'2024-02-29 12:00:00')"),
    Step("timestampdiff", CoerceTimestampDiff, ResultLong, EmitTimestampDiff,
         "Whole units between two timestamps.",
         "SELECT timestampdiff(HOUR, timestamp'2024-02-29 12:00:00', timestamp'2024-03-01 "
         "12:00:00')"),
    Nullable(Two("trunc", kTypes<kDate, kString>, ResultDate, "", EmitTrunc,
                 "A date cut to the start of a unit.", "SELECT trunc(date'2024-02-29', 'MM')")),
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> DatetimeArithmeticFunctions() { return kRows; }

}  // namespace ember
