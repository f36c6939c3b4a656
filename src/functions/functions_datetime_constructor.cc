#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/emit_datetime.h"
#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "functions/result_types.h"
#include "functions/table_check.h"
#include "functions/time_window.h"
#include "functions/zone.h"

// Dates, timestamps and intervals from their fields; fields from them by name; time windows.

namespace ember {
namespace {

using enum TypeClass;
using Arguments = std::span<const ArgumentInfo>;

bool NullableMade(Arguments arguments, const TypeContext& context) {
  if (!context.ansi) return true;
  for (const ArgumentInfo& argument : arguments) {
    if (argument.nullable) return true;
  }
  return false;
}

std::string JoinedSql(std::span<const std::string> sql) {
  std::string joined;
  for (const std::string& part : sql) joined += (joined.empty() ? "" : ", ") + part;
  return joined;
}

std::string RaiseOutOfBounds(const std::string& fault) {
  const TokenParameter parameters[] = {{"rangeMessage", fault, true},
                                       {"ansiConfig", "\"spark.sql.ansi.enabled\""}};
  return RaiseSql("DATETIME_FIELD_OUT_OF_BOUNDS", parameters);
}

Result<std::string> EmitMakeDate(const EmitContext& context) {
  std::string fields = JoinedSql(context.sql);
  std::string made = "ember_make_date(" + fields + ")";
  if (!context.ansi) return made;
  std::string fault = "ember_make_date_fault(" + fields + ")";
  return Guarded(fault + " IS NOT NULL", RaiseOutOfBounds(fault), made);
}

// (year, month, day, hour, minute, seconds as decimal(16,6)[, zone])
Result<std::string> EmitMade(const EmitContext& context, bool is_instant, bool raises) {
  std::vector<std::string> fields(context.sql.begin(), context.sql.begin() + 5);
  fields.push_back("CAST(" + context.sql[5] + " * 1000000 AS BIGINT)");
  std::string all = JoinedSql(fields);
  std::string made = "ember_make_timestamp(" + all + ")";
  if (context.ansi && raises) {
    std::string fault = "ember_make_timestamp_fault(" + all + ")";
    std::string text = "rtrim(rtrim(CAST(" + context.sql[5] + " AS VARCHAR), '0'), '.')";
    const TokenParameter fraction[] = {{"secAndMicros", text, true}};
    made = "CASE WHEN " + fault + " IS NOT NULL THEN " + RaiseOutOfBounds(fault) + " WHEN " +
           context.sql[5] + " > 60 THEN " + RaiseSql("INVALID_FRACTION_OF_SECOND", fraction) +
           " ELSE " + made + " END";
  }
  if (!is_instant) return made;
  if (context.sql.size() < 7) return ToInstantSql("(" + made + ")", context.zone);
  const std::string& zone = context.sql[6];
  std::string instant = "ember_to_instant(" + made + ", " + zone + ")";
  if (std::optional<std::string> name = ConstantText(context.arguments[6])) {
    if (Zone::Find(*name) != nullptr) return instant;
    return MakeError("INVALID_TIMEZONE", {{"timeZone", *name}});
  }
  const TokenParameter parameters[] = {{"timeZone", zone, true}};
  return Guarded("NOT ember_is_zone(" + zone + ")", RaiseSql("INVALID_TIMEZONE", parameters),
                 instant);
}
Result<std::string> EmitMakeTimestamp(const EmitContext& context) {
  return EmitMade(context, true, true);
}
Result<std::string> EmitMakeTimestampNtz(const EmitContext& context) {
  return EmitMade(context, false, true);
}
Result<std::string> EmitTryMakeTimestamp(const EmitContext& context) {
  return EmitMade(context, true, false);
}

Result<std::string> EmitTryMakeTimestampNtz(const EmitContext& context) {
  return EmitMade(context, false, false);
}

Result<std::vector<DataType>> CoerceMade(Arguments arguments, const TypeContext&) {
  std::vector<DataType> types(5, IntegerType());
  types.push_back(DecimalType(16, 6));
  if (arguments.size() > 6) types.push_back(StringType());
  return types;
}

std::string At(const EmitContext& context, size_t index) {
  return index < context.sql.size() ? context.sql[index] : "0";
}

Result<std::vector<DataType>> CoerceInterval(Arguments arguments, const TypeContext&) {
  std::vector<DataType> types;
  for (size_t i = 0; i < arguments.size(); ++i) {
    types.push_back(i == 6 ? DecimalType(18, 6) : IntegerType());
  }
  return types;
}
Result<std::vector<DataType>> CoerceDayTime(Arguments arguments, const TypeContext&) {
  std::vector<DataType> types;
  for (size_t i = 0; i < arguments.size(); ++i) {
    types.push_back(i == 3 ? DecimalType(18, 6) : IntegerType());
  }
  return types;
}

Result<std::string> EmitIntervalOr(const EmitContext& context, const std::string& raise) {
  auto wide = [&](size_t index) { return "CAST(" + At(context, index) + " AS BIGINT)"; };
  std::string months = "(" + wide(0) + " * 12 + " + wide(1) + ")";
  std::string days = "(" + wide(2) + " * 7 + " + wide(3) + ")";
  std::string micros = "(CAST(" + At(context, 4) + " AS BIGINT) * 3600000000 + CAST(" +
                       At(context, 5) + " AS BIGINT) * 60000000 + CAST(" + At(context, 6) +
                       " * 1000000 AS BIGINT))";
  std::string fits = months + " BETWEEN -2147483648 AND 2147483647 AND " + days +
                     " BETWEEN -2147483648 AND 2147483647";
  return Guarded("NOT (" + fits + ")", raise,
                 "(to_months(CAST(" + months + " AS INTEGER)) + to_days(CAST(" + days +
                     " AS INTEGER)) + to_microseconds(" + micros + "))");
}

Result<std::string> EmitMakeInterval(const EmitContext& context) {
  return EmitIntervalOr(context, context.ansi ? RaiseOverflow("integer overflow", "") : "NULL");
}
Result<std::string> EmitTryMakeInterval(const EmitContext& context) {
  return EmitIntervalOr(context, "NULL");
}

Result<std::string> EmitMakeDayTime(const EmitContext& context) {
  std::string micros = "(CAST(" + At(context, 0) + " AS HUGEINT) * 86400000000 + CAST(" +
                       At(context, 1) + " AS HUGEINT) * 3600000000 + CAST(" + At(context, 2) +
                       " AS HUGEINT) * 60000000 + CAST(" + At(context, 3) +
                       " * 1000000 AS HUGEINT))";
  return Guarded("NOT (" + micros + " BETWEEN -9223372036854775808 AND 9223372036854775807)",
                 RaiseSql("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION", {}),
                 CastSql(micros, "BIGINT"));
}

Result<std::string> EmitMakeYearMonth(const EmitContext& context) {
  std::string months = "(CAST(" + At(context, 0) + " AS BIGINT) * 12 + " + At(context, 1) + ")";
  return Guarded("NOT (" + months + " BETWEEN -2147483648 AND 2147483647)",
                 RaiseSql("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION", {}),
                 CastSql(months, "INTEGER"));
}

Result<DataType> ResultInterval(Arguments, const TypeContext&) { return CalendarIntervalType(); }
Result<DataType> ResultDayTime(Arguments, const TypeContext&) { return DayTimeIntervalType(); }
Result<DataType> ResultYearMonth(Arguments, const TypeContext&) { return YearMonthIntervalType(); }

// A field of extract and date_part (DatePart.parseExtractField).
struct ExtractField {
  std::string_view names;  // separated by spaces
  bool is_time;            // taken from a timestamp, else from a date
  TypeKind result;
  std::string_view duckdb;          // of {0}
  std::string_view interval_sql{};  // of an interval's months or microseconds
  bool is_month_interval = false;
};

constexpr ExtractField kFields[] = {
    {" YEAR Y YEARS YR YRS ", false, TypeKind::kInteger, "CAST(year({0}) AS INTEGER)",
     "CAST({0} // 12 AS INTEGER)", true},
    {" YEAROFWEEK ", false, TypeKind::kInteger, "CAST(isoyear({0}) AS INTEGER)"},
    {" QUARTER QTR ", false, TypeKind::kInteger, "CAST(quarter({0}) AS INTEGER)"},
    {" MONTH MON MONS MONTHS ", false, TypeKind::kInteger, "CAST(month({0}) AS INTEGER)",
     "CAST({0} % 12 AS TINYINT)", true},
    {" WEEK W WEEKS ", false, TypeKind::kInteger, "CAST(weekofyear({0}) AS INTEGER)"},
    {" DAY D DAYS ", false, TypeKind::kInteger, "CAST(day({0}) AS INTEGER)",
     "CAST({0} // 86400000000 AS INTEGER)"},
    {" DAYOFWEEK DOW ", false, TypeKind::kInteger, "CAST(dayofweek({0}) + 1 AS INTEGER)"},
    {" DAYOFWEEK_ISO DOW_ISO ", false, TypeKind::kInteger, "CAST(isodow({0}) AS INTEGER)"},
    {" DOY ", false, TypeKind::kInteger, "CAST(dayofyear({0}) AS INTEGER)"},
    {" HOUR H HOURS HR HRS ", true, TypeKind::kInteger, "CAST(hour({0}) AS INTEGER)",
     "CAST({0} // 3600000000 % 24 AS TINYINT)"},
    {" MINUTE M MIN MINS MINUTES ", true, TypeKind::kInteger, "CAST(minute({0}) AS INTEGER)",
     "CAST({0} // 60000000 % 60 AS TINYINT)"},
    {" SECOND S SEC SECONDS SECS ", true, TypeKind::kDecimal,
     "CAST(CAST(((epoch_us({0}) % 60000000) + 60000000) % 60000000 AS DECIMAL(18, 0)) * "
     "CAST('0.000001' AS DECIMAL(6, 6)) AS DECIMAL(8, 6))",
     "CAST(CAST({0} % 60000000 AS DECIMAL(18, 0)) * CAST('0.000001' AS DECIMAL(6, 6)) AS "
     "DECIMAL(8, 6))"},
};

const ExtractField* FindField(const ArgumentInfo& argument) {
  std::string name = ConstantText(argument).value_or("");
  for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (name.empty() || name.find(' ') != std::string::npos) return nullptr;
  for (const ExtractField& field : kFields) {
    if (field.names.find(" " + name + " ") != std::string_view::npos) return &field;
  }
  return nullptr;
}

bool IsInterval(const DataType& type) {
  return type.Is(TypeKind::kYearMonthInterval) || type.Is(TypeKind::kDayTimeInterval);
}

// The interval must have the field among its own.
bool HasField(const DataType& interval, const ExtractField& field) {
  if (field.interval_sql.empty()) return false;
  if (interval.Is(TypeKind::kYearMonthInterval) != field.is_month_interval) return false;
  static constexpr std::pair<std::string_view, int> kOrder[] = {
      {" YEAR", 0}, {" MONTH", 1}, {" DAY", 0}, {" HOUR", 1}, {" MINUTE", 2}, {" SECOND", 3}};
  for (const auto& [name, order] : kOrder) {
    if (field.names.starts_with(name)) {
      return interval.precision <= order && order <= interval.scale;
    }
  }
  return false;
}

Result<std::vector<DataType>> CoerceExtract(Arguments arguments, const TypeContext&) {
  const DataType& name = arguments[0].type;
  if (!arguments[0].constant || (!name.IsStringLike() && !name.Is(TypeKind::kNull))) {
    return MakeError(
        "NON_FOLDABLE_ARGUMENT",
        {{"funcName", "`date_part`"}, {"paramName", "`field`"}, {"paramType", "\"STRING\""}});
  }
  if (arguments[0].constant->is_null()) {
    return std::vector<DataType>{StringType(), arguments[1].type};
  }
  const ExtractField* field = FindField(arguments[0]);
  const DataType& type = arguments[1].type;
  if (field == nullptr || (IsInterval(type) && !HasField(type, *field))) {
    return MakeError("INVALID_EXTRACT_FIELD",
                     {{"field", QuoteIdentifier(ConstantText(arguments[0]).value_or("NULL"))},
                      {"expr", QuoteExpression(arguments[1].pretty)}});
  }
  if (IsInterval(type)) return std::vector<DataType>{StringType(), type};
  if (!type.IsDatetime() && !type.IsStringLike() && !type.Is(TypeKind::kNull)) {
    Error error = UnexpectedInputType(
        arguments.subspan(1), 0,
        field->is_time ? "\"(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)\"" : "\"DATE\"");
    // Spark has replaced the call by the field's function.
    std::string_view function = field->duckdb.substr(5, field->duckdb.find('(', 5) - 5);
    if (function == "day") function = "dayofmonth";
    error.parameters["sqlExpr"] =
        QuoteExpression(std::string(function) + "(" + arguments[1].pretty + ")");
    return error;
  }
  if (!field->is_time) return std::vector<DataType>{StringType(), DateType()};
  const bool is_timestamp = type.Is(TypeKind::kTimestamp) || type.Is(TypeKind::kTimestampNtz);
  return std::vector<DataType>{StringType(), is_timestamp ? type : TimestampType()};
}

Result<DataType> ResultExtract(Arguments arguments, const TypeContext&) {
  const ExtractField* field = FindField(arguments[0]);
  if (field == nullptr) return DoubleType();  // a NULL field
  if (field->result == TypeKind::kDecimal) return DecimalType(8, 6);
  const bool is_byte = IsInterval(arguments[1].type) &&
                       field->interval_sql.find("TINYINT") != std::string_view::npos;
  return is_byte ? ByteType() : IntegerType();
}

bool NullableExtract(Arguments arguments, const TypeContext&) {
  return arguments[1].nullable || IsConstantNull(arguments[0]);
}

Result<std::string> EmitExtract(const EmitContext& context) {
  const ExtractField* field = FindField(context.arguments[0]);
  if (field == nullptr) return std::string("CAST(NULL AS DOUBLE)");
  if (IsInterval(context.arguments[1].type)) {
    return Replaced(field->interval_sql, "{0}", context.sql[1]);
  }
  return Replaced(field->duckdb, "{0}", field->is_time ? WallSql(context, 1) : context.sql[1]);
}

std::string PrettyExtract(std::span<const std::string> arguments) {
  return "extract(" + arguments[0] + " FROM " + arguments[1] + ")";
}
std::string PrettyDatepart(std::span<const std::string> arguments) {
  return "datepart(" + arguments[0] + " FROM " + arguments[1] + ")";
}

DataType WindowType(const DataType& time, bool nullable) {
  return StructType({{"start", time, nullable, ""}, {"end", time, nullable, ""}});
}

// The text of durations is that of `window` in errors: microseconds.
std::string PrettyWindow(std::span<const std::string>) { return "window"; }

// TimeWindow as errors show it, with its durations in microseconds.
Error WithWindowText(Error error, Arguments arguments) {
  if (!error.condition.starts_with("DATATYPE_MISMATCH.")) return error;
  std::string time = arguments[0].pretty;
  for (const std::string_view prefix : {"TIMESTAMP_NTZ '", "TIMESTAMP '"}) {
    if (time.starts_with(prefix))
      time = time.substr(prefix.size(), time.size() - prefix.size() - 1);
  }
  error.parameters["sqlExpr"] =
      QuoteExpression("window(" + time + ", " + WindowArgumentsText(arguments) + ")");
  return MakeError(error.condition, error.parameters);
}

Result<std::vector<DataType>> CoerceTime(Arguments arguments) {
  std::vector<DataType> types;
  for (const ArgumentInfo& argument : arguments) types.push_back(argument.type);
  const DataType& time = types[0];
  if (time.Is(TypeKind::kDate) || time.IsStringLike() || time.Is(TypeKind::kNull)) {
    types[0] = TimestampType();
  } else if (!time.Is(TypeKind::kTimestamp) && !time.Is(TypeKind::kTimestampNtz)) {
    return UnexpectedInputType(
        arguments, 0,
        "(\"(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)\" or \"STRUCT<start: TIMESTAMP, end: "
        "TIMESTAMP>\" or \"STRUCT<start: TIMESTAMP_NTZ, end: TIMESTAMP_NTZ>\")");
  }
  return types;
}
Result<std::vector<DataType>> CoerceWindow(Arguments arguments, const TypeContext&) {
  auto types = CoerceTime(arguments);
  if (!types.ok()) return WithWindowText(std::move(types).error(), arguments);
  return types;
}
Result<std::vector<DataType>> CoerceSessionWindow(Arguments arguments, const TypeContext&) {
  auto types = CoerceTime(arguments);
  if (types.ok()) return types;
  Error error = std::move(types).error();
  error.parameters["sqlExpr"] =
      QuoteExpression("sessionwindow(" + arguments[0].pretty + ", " + arguments[1].pretty + ")");
  return MakeError(error.condition, error.parameters);
}

Result<DataType> ResultWindow(Arguments arguments, const TypeContext&) {
  if (auto window = MakeTimeWindow(arguments); !window.ok()) {
    return WithWindowText(std::move(window).error(), arguments);
  }
  return WindowType(arguments[0].type, true);
}

// The last window that holds the time: of sliding ones the analyzer asks for the earlier ones by
// earlier times.
Result<std::string> EmitWindow(const EmitContext& context) {
  ASSIGN_OR_RETURN(TimeWindow window, MakeTimeWindow(context.arguments));
  // Of sliding windows the one that starts last: TimeWindowing shifts the time for the others.
  return WindowSql(context.sql[0], window, 0);
}

Result<DataType> ResultWindowTime(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  if (type.fields().size() == 2 && type.fields()[1].name == "end") return type.fields()[1].type;
  return UnexpectedInputType(arguments, 0, "\"STRUCT\"");
}

Result<DataType> ResultSessionWindow(Arguments arguments, const TypeContext&) {
  return WindowType(arguments[0].type, true);
}

// The session of a row alone; the analyzer unites those of an aggregate.
Result<std::string> EmitSessionWindow(const EmitContext& context) {
  const std::optional<std::string> text = ConstantText(context.arguments[1]);
  if (!text) return Unsupported("session_window with a gap that is not constant");
  const std::optional<CalendarIntervalValue> gap = ParseWindowInterval(*text);
  if (!gap) return Unsupported("session_window with the gap " + *text);
  if (gap->months != 0) return Unsupported("session_window with a gap of months");
  const int64_t micros = gap->days * kMicrosPerDay + gap->microseconds;
  return "struct_pack(\"start\" := " + context.sql[0] + ", \"end\" := " + context.sql[0] +
         " + to_microseconds(" + std::to_string(micros) + "))";
}

constexpr std::string_view kIntervalDefaults[] = {"0", "0", "0", "0", "0", "0", "0.000000"};
constexpr std::string_view kTryIntervalDefaults[] = {"0", "0", "0", "0", "0", "0.000000"};
constexpr std::string_view kDayTimeDefaults[] = {"0", "0", "0", "0.000000"};
constexpr std::string_view kYearMonthDefaults[] = {"0", "0"};

constexpr FunctionRow Made(std::string_view name, int minimum, int maximum, CoerceFunction coerce,
                           ResultTypeFunction result, EmitFunction emit, std::string_view doc,
                           std::string_view example) {
  return {.name = name,
          .min_arguments = minimum,
          .max_arguments = maximum,
          .arguments = kTypes<kAny>,
          .coercion = CoercionRule::kCustom,
          .result = result,
          .nullability = Nullability::kCustom,
          .emit = emit,
          .coerce = coerce,
          .nullable = NullableMade,
          .doc = doc,
          .example = example};
}
constexpr FunctionRow Interval(std::string_view name, int maximum, CoerceFunction coerce,
                               ResultTypeFunction result, EmitFunction emit,
                               std::span<const std::string_view> defaults, std::string_view doc,
                               std::string_view example) {
  FunctionRow row = Made(name, 0, maximum, coerce, result, emit, doc, example);
  row.nullability = Nullability::kAnyArgument;
  row.nullable = nullptr;
  row.defaults = defaults;
  return row;
}
constexpr FunctionRow Extract(std::string_view name, PrettyFunction pretty, std::string_view doc,
                              std::string_view example) {
  FunctionRow row = Made(name, 2, 2, CoerceExtract, ResultExtract, EmitExtract, doc, example);
  row.nullable = NullableExtract;
  if (pretty != nullptr) {
    row.style = PrettyStyle::kCustom;
    row.pretty = pretty;
  }
  return row;
}
constexpr FunctionRow SixShown(FunctionRow row) {
  row.shown_arguments = 6;
  row.nullability = Nullability::kAlways;
  row.nullable = nullptr;
  return row;
}
constexpr FunctionRow MaybeNullable(FunctionRow row) {
  row.nullability = Nullability::kCustom;
  row.nullable = NullableMade;
  return row;
}
constexpr FunctionRow Tried(FunctionRow row, int minimum) {
  row.min_arguments = minimum;
  row.nullability = Nullability::kAlways;
  row.nullable = nullptr;
  return row;
}
constexpr FunctionRow MakeDate() {
  FunctionRow row = Made("make_date", 3, 3, nullptr, ResultDate, EmitMakeDate,
                         "The date of a year, a month and a day.", "SELECT make_date(2024, 2, 29)");
  row.arguments = kTypes<kInteger>;
  row.coercion = CoercionRule::kNone;
  return row;
}

constexpr FunctionRow kRows[] = {
    Extract("date_part", nullptr, "A field of a date, timestamp or interval.",
            "SELECT date_part('year', date'2024-02-29')"),
    Extract("datepart", PrettyDatepart, "A field of a date, timestamp or interval.",
            "SELECT datepart('year', date'2024-02-29')"),
    Extract("extract", PrettyExtract, "A field of a date, timestamp or interval.",
            "SELECT extract(YEAR FROM date'2024-02-29')"),
    MakeDate(),
    Interval("make_dt_interval", 4, CoerceDayTime, ResultDayTime, EmitMakeDayTime, kDayTimeDefaults,
             "The interval of days, hours, minutes and seconds.",
             "SELECT make_dt_interval(1, 2, 3, 4.5)"),
    MaybeNullable(Interval("make_interval", 7, CoerceInterval, ResultInterval, EmitMakeInterval,
                           kIntervalDefaults,
                           "The interval of years, months, weeks, days and a time.",
                           "SELECT make_interval(1, 2, 3, 4, 5, 6, 7.5)")),
    Made("make_timestamp", 6, 7, CoerceMade, ResultTimestamp, EmitMakeTimestamp,
         "The instant of a wall clock's fields.", "SELECT make_timestamp(2024, 2, 29, 12, 0, 1.5)"),
    Made("make_timestamp_ltz", 6, 7, CoerceMade, ResultTimestamp, EmitMakeTimestamp,
         "The instant of a wall clock's fields.",
         "SELECT make_timestamp_ltz(2024, 2, 29, 12, 0, 1.5)"),
    Made("make_timestamp_ntz", 6, 6, CoerceMade, ResultTimestampNtz, EmitMakeTimestampNtz,
         "The wall clock of its fields.", "SELECT make_timestamp_ntz(2024, 2, 29, 12, 0, 1.5)"),
    Interval("make_ym_interval", 2, CoerceInterval, ResultYearMonth, EmitMakeYearMonth,
             kYearMonthDefaults, "The interval of years and months.",
             "SELECT make_ym_interval(1, 2)"),
    {.name = "session_window",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSessionWindow,
     .nullability = Nullability::kNever,
     .emit = EmitSessionWindow,
     .coerce = CoerceSessionWindow,
     .style = PrettyStyle::kCustom,
     .pretty = [](std::span<const std::string>) -> std::string { return "session_window"; },
     .doc = "The span of events that follow each other within a gap.",
     .example = "SELECT session_window(timestamp'2024-01-01 00:00:00', '5 minutes')"},
    Tried(Interval("try_make_interval", 7, CoerceInterval, ResultInterval, EmitTryMakeInterval,
                   kTryIntervalDefaults, "As make_interval; null where that overflows.",
                   "SELECT try_make_interval(1, 2)"),
          1),
    SixShown(Made("try_make_timestamp", 6, 7, CoerceMade, ResultTimestamp, EmitTryMakeTimestamp,
                  "As make_timestamp; null where a field is wrong.",
                  "SELECT try_make_timestamp(2024, 13, 1, 0, 0, 0)")),
    Tried(Made("try_make_timestamp_ltz", 6, 7, CoerceMade, ResultTimestamp, EmitTryMakeTimestamp,
               "As make_timestamp_ltz; null where a field is wrong.",
               "SELECT try_make_timestamp_ltz(2024, 13, 1, 0, 0, 0)"),
          6),
    Tried(Made("try_make_timestamp_ntz", 6, 6, CoerceMade, ResultTimestampNtz,
               EmitTryMakeTimestampNtz, "As make_timestamp_ntz; null where a field is wrong.",
               "SELECT try_make_timestamp_ntz(2024, 13, 1, 0, 0, 0)"),
          6),
    {.name = "window",
     .min_arguments = 2,
     .max_arguments = 4,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultWindow,
     .nullability = Nullability::kNever,
     .emit = EmitWindow,
     .coerce = CoerceWindow,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyWindow,
     .doc = "The tumbling or sliding window of a time.",
     .example = "SELECT window(timestamp'2024-01-01 00:07:00', '5 minutes')"},
    {.name = "window_time",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<kStruct>,
     .result = ResultWindowTime,
     .nullability = Nullability::kAlways,
     .duckdb = "(struct_extract({0}, 'end') - to_microseconds(1))",
     .doc = "The last microsecond of a window.",
     .example = "SELECT window_time(window(timestamp'2024-01-01 00:07:00', '5 minutes'))"},
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> DatetimeConstructorFunctions() { return kRows; }

}  // namespace ember
