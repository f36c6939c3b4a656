#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/emit_datetime.h"
#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "functions/result_types.h"
#include "functions/table_check.h"
#include "functions/zone.h"

// Text, numbers and zones to dates and timestamps, and back.

namespace ember {
namespace {

using enum TypeClass;
using Arguments = std::span<const ArgumentInfo>;

// What is neither text nor a date or time is read as text; a number is an instant where no pattern
// says otherwise.
Result<std::vector<DataType>> AsText(Arguments arguments, bool takes_numbers) {
  const DataType& type = arguments[0].type;
  std::vector<DataType> types{type};
  const bool is_number = takes_numbers && type.IsNumeric() && arguments.size() == 1;
  if (!type.IsAtomic() && !type.IsInterval() && !type.Is(TypeKind::kNull)) {
    return UnexpectedInputType(
        arguments, 0,
        takes_numbers
            ? "(\"STRING\" or \"DATE\" or \"TIMESTAMP\" or \"TIMESTAMP_NTZ\" or \"NUMERIC\")"
            : "(\"STRING\" or \"DATE\" or \"TIMESTAMP\" or \"TIMESTAMP_NTZ\")");
  }
  if (!type.IsDatetime() && !type.IsStringLike() && !is_number) types[0] = StringType();
  if (arguments.size() > 1) types.push_back(StringType());
  return types;
}
Result<std::vector<DataType>> CoerceParsed(Arguments arguments, const TypeContext&) {
  return AsText(arguments, false);
}
Result<std::vector<DataType>> CoerceInstant(Arguments arguments, const TypeContext&) {
  return AsText(arguments, true);
}

// ExpectsInputTypes without implicit casts.
Result<std::vector<DataType>> ExactType(Arguments arguments, TypeClass expected) {
  const DataType& type = arguments[0].type;
  if (type.Is(TypeKind::kNull)) {
    DataType concrete = LongType();
    if (expected == kDate) concrete = DateType();
    if (expected == kTimestamp) concrete = TimestampType();
    if (expected == kNumeric) concrete = DoubleType();
    return std::vector<DataType>{concrete};
  }
  if (!AcceptsType(expected, type)) {
    return UnexpectedInputType(arguments, 0, TypeClassText(expected));
  }
  return std::vector<DataType>{type};
}
template <TypeClass expected>
Result<std::vector<DataType>> CoerceExact(Arguments arguments, const TypeContext&) {
  return ExactType(arguments, expected);
}

// ParseToDate, ParseToTimestamp: a cast without a pattern, or of what is no text.
Result<std::string> EmitParse(const EmitContext& context, const DataType& target, bool raises) {
  EmitContext adjusted = context;
  adjusted.is_try = context.is_try || !raises;
  const bool has_pattern = context.sql.size() > 1;
  if (!has_pattern || !context.arguments[0].type.IsStringLike()) {
    ASSIGN_OR_RETURN(std::string cast, EmitCastTo(adjusted, 0, target));
    if (!has_pattern) return cast;
    return "CASE WHEN " + context.sql[1] + " IS NOT NULL THEN " + cast + " END";
  }
  std::string_view zone = target.Is(TypeKind::kTimestampNtz) ? "" : context.zone;
  std::string parsed = ParseTimestampSql(context, context.sql[0], context.sql[1], zone, raises);
  if (target.Is(TypeKind::kDate)) parsed = CastSql(ToWallSql(parsed, context.zone), "DATE");
  return GuardPattern(context, 1, true, parsed);
}

Result<std::string> EmitToDate(const EmitContext& context) {
  return EmitParse(context, DateType(), true);
}
Result<std::string> EmitToTimestamp(const EmitContext& context) {
  return EmitParse(context, TimestampType(), true);
}
Result<std::string> EmitToTimestampNtz(const EmitContext& context) {
  return EmitParse(context, TimestampNtzType(), true);
}
Result<std::string> EmitTryToTimestamp(const EmitContext& context) {
  return EmitParse(context, TimestampType(), false);
}

Result<std::string> EmitDateFormat(const EmitContext& context) {
  return GuardPattern(context, 1, false,
                      "ember_format_timestamp(" + context.sql[0] + ", " + context.sql[1] + ", " +
                          SqlString(context.zone) + ")");
}

constexpr std::string_view kDefaultPattern = "yyyy-MM-dd HH:mm:ss";

Result<std::string> EmitFromUnixTime(const EmitContext& context) {
  std::string pattern = context.sql.size() > 1 ? context.sql[1] : SqlString(kDefaultPattern);
  std::string text = "ember_format_seconds(" + context.sql[0] + ", " + pattern + ", " +
                     SqlString(context.zone) + ")";
  if (context.sql.size() < 2) return text;
  return GuardPattern(context, 1, false, text);
}

// UnixTime: whole seconds, rounded down.
Result<std::string> EmitUnixTimestamp(const EmitContext& context) {
  // ToTimestamp divides as Java does, towards zero; a wall clock counts as it stands.
  auto exact = [](const std::string& instant) { return "(epoch_us(" + instant + ") // 1000000)"; };
  if (context.sql.empty()) return exact("CAST(now() AS TIMESTAMP)");
  const DataType& type = context.arguments[0].type;
  if (type.IsStringLike()) {
    std::string pattern = context.sql.size() > 1 ? context.sql[1] : SqlString(kDefaultPattern);
    std::string parsed =
        exact(ParseTimestampSql(context, context.sql[0], pattern, context.zone, true));
    if (context.sql.size() < 2) return parsed;
    return GuardPattern(context, 1, true, parsed);
  }
  if (type.Is(TypeKind::kTimestampNtz)) return exact(context.sql[0]);
  ASSIGN_OR_RETURN(std::string instant, EmitCastTo(context, 0, TimestampType()));
  return exact(instant);
}

Result<std::vector<DataType>> CoerceUnixTimestamp(Arguments arguments, const TypeContext&) {
  std::vector<DataType> types;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const DataType& type = arguments[i].type;
    if (type.Is(TypeKind::kNull)) {
      types.push_back(StringType());
    } else if (i == 1 && !type.IsStringLike()) {
      return UnexpectedInputType(arguments, i, "\"STRING\"");
    } else if (i == 0 && !type.IsStringLike() && !type.IsDatetime()) {
      return UnexpectedInputType(arguments, i,
                                 "(\"STRING\" or \"DATE\" or \"TIMESTAMP\" or \"TIMESTAMP_NTZ\")");
    } else {
      types.push_back(type);
    }
  }
  return types;
}

bool NullableUnixTimestamp(Arguments arguments, const TypeContext& context) {
  if (arguments.empty()) return false;
  if (!context.ansi) return true;
  return arguments[0].nullable || (arguments.size() > 1 && arguments[1].nullable);
}

Result<std::string> EmitTimestampSeconds(const EmitContext& context) {
  const std::string& value = context.sql[0];
  const DataType& type = context.arguments[0].type;
  const TokenParameter message[] = {{"message", "long overflow"}};
  std::string overflow = RaiseSql("java.lang.ArithmeticException", message);
  if (type.IsFractional() && !type.Is(TypeKind::kDecimal)) {
    std::string number = CastSql(value, "DOUBLE");
    std::string micros = "trunc(" + number + " * 1000000)";
    return "CASE WHEN isfinite(" + number + ") THEN make_timestamp(ember_saturating_micros(" +
           micros + ")) END";
  }
  std::string micros = "CAST(" + CastSql(value, "DECIMAL(38, 6)") + " * 1000000 AS HUGEINT)";
  if (type.IsIntegral()) micros = "CAST(" + value + " AS HUGEINT) * 1000000";
  std::string fits = micros + " BETWEEN -9223372036854775807 AND 9223372036854775807";
  std::string made =
      Guarded("NOT (" + fits + ")", overflow, "make_timestamp(CAST(" + micros + " AS BIGINT))");
  if (type.scale <= 6 || !type.Is(TypeKind::kDecimal)) return made;
  // BigDecimal.longValueExact: a digit below the microsecond is an error.
  const TokenParameter rounding[] = {{"message", "Rounding necessary"}};
  return Guarded(value + " <> " + CastSql(value, "DECIMAL(38, 6)"),
                 RaiseSql("java.lang.ArithmeticException", rounding), made);
}

bool NullableSeconds(Arguments arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  return arguments[0].nullable || type.Is(TypeKind::kFloat) || type.Is(TypeKind::kDouble);
}

Result<std::string> EmitTimestampMillis(const EmitContext& context) {
  const TokenParameter message[] = {{"message", "long overflow"}};
  std::string micros = "CAST(" + context.sql[0] + " AS HUGEINT) * 1000";
  return Guarded("NOT (" + micros + " BETWEEN -9223372036854775807 AND 9223372036854775807)",
                 RaiseSql("java.lang.ArithmeticException", message),
                 "make_timestamp(CAST(" + micros + " AS BIGINT))");
}

// The zone names of both from_utc_timestamp and to_utc_timestamp may be columns.
Result<std::string> ZoneGuarded(const std::string& zone, const ArgumentInfo& argument,
                                std::string value) {
  if (std::optional<std::string> name = ConstantText(argument)) {
    if (Zone::Find(*name) != nullptr) return value;
    return MakeError("INVALID_TIMEZONE", {{"timeZone", *name}});
  }
  const TokenParameter parameters[] = {{"timeZone", zone, true}};
  return Guarded("NOT ember_is_zone(" + zone + ")", RaiseSql("INVALID_TIMEZONE", parameters),
                 value);
}

Result<std::string> EmitFromUtc(const EmitContext& context) {
  return ZoneGuarded(context.sql[1], context.arguments[1],
                     "ember_to_wall(" + context.sql[0] + ", " + context.sql[1] + ")");
}
Result<std::string> EmitToUtc(const EmitContext& context) {
  return ZoneGuarded(context.sql[1], context.arguments[1],
                     "ember_to_instant(" + context.sql[0] + ", " + context.sql[1] + ")");
}

Result<std::string> EmitConvertZone(const EmitContext& context) {
  const bool has_source = context.sql.size() == 3;
  const size_t target = has_source ? 1 : 0;
  const std::string& wall = context.sql[target + 1];
  std::string source = has_source ? context.sql[0] : SqlString(context.zone);
  std::string value =
      "ember_to_wall(ember_to_instant(" + wall + ", " + source + "), " + context.sql[target] + ")";
  ASSIGN_OR_RETURN(value, ZoneGuarded(context.sql[target], context.arguments[target], value));
  if (!has_source) return value;
  return ZoneGuarded(source, context.arguments[0], value);
}

Result<std::vector<DataType>> CoerceConvertZone(Arguments arguments, const TypeContext&) {
  const DataType& time = arguments.back().type;
  if (!time.IsDatetime() && !time.IsStringLike() && !time.Is(TypeKind::kNull)) {
    return UnexpectedInputType(arguments, arguments.size() - 1, "\"TIMESTAMP_NTZ\"", 2);
  }
  std::vector<DataType> types(arguments.size(), StringType());
  types.back() = TimestampNtzType();
  return types;
}

std::string PrettyConvertZone(std::span<const std::string> arguments) {
  std::string text = "convert_timezone(";
  if (arguments.size() == 2) text += "current_timezone(), ";
  for (size_t i = 0; i < arguments.size(); ++i) text += (i == 0 ? "" : ", ") + arguments[i];
  return text + ")";
}

constexpr std::string_view kPatternDefault[] = {kDefaultPattern};
constexpr std::string_view kUnixDefaults[] = {"current_timestamp()", kDefaultPattern};

constexpr FunctionRow Parser(std::string_view name, ResultTypeFunction result, EmitFunction emit,
                             std::string_view doc, std::string_view example) {
  return {.name = name,
          .min_arguments = 1,
          .max_arguments = 2,
          .arguments = kTypes<kAny, kString>,
          .coercion = CoercionRule::kCustom,
          .result = result,
          .nullability = Nullability::kCustom,
          .emit = emit,
          .coerce = CoerceParsed,
          .nullable = NullableParse,
          .doc = doc,
          .example = example};
}
constexpr FunctionRow One(std::string_view name, std::span<const TypeClass> types,
                          ResultTypeFunction result, std::string_view duckdb, std::string_view doc,
                          std::string_view example) {
  return {.name = name,
          .min_arguments = 1,
          .max_arguments = 1,
          .arguments = types,
          .result = result,
          .duckdb = duckdb,
          .doc = doc,
          .example = example};
}
constexpr FunctionRow Emitted(FunctionRow row, EmitFunction emit) {
  row.duckdb = {};
  row.emit = emit;
  return row;
}
constexpr FunctionRow Pair(std::string_view name, std::span<const TypeClass> types,
                           ResultTypeFunction result, EmitFunction emit, std::string_view doc,
                           std::string_view example) {
  FunctionRow row = One(name, types, result, "", doc, example);
  row.min_arguments = row.max_arguments = 2;
  row.emit = emit;
  return row;
}
constexpr FunctionRow UnixTimestamp(std::string_view name, int minimum,
                                    std::span<const std::string_view> defaults,
                                    std::string_view doc, std::string_view example) {
  return {.name = name,
          .min_arguments = minimum,
          .max_arguments = 2,
          .arguments = kTypes<kAny, kString>,
          .coercion = CoercionRule::kCustom,
          .result = ResultLong,
          .nullability = Nullability::kCustom,
          .emit = EmitUnixTimestamp,
          .coerce = CoerceUnixTimestamp,
          .nullable = NullableUnixTimestamp,
          .defaults = defaults,
          .doc = doc,
          .example = example};
}

constexpr FunctionRow TakesNumbers(FunctionRow row) {
  row.coerce = CoerceInstant;
  return row;
}
constexpr FunctionRow Exactly(FunctionRow row, CoerceFunction coerce) {
  row.coercion = CoercionRule::kCustom;
  row.coerce = coerce;
  return row;
}
constexpr FunctionRow TryToTimestamp() {
  FunctionRow row = Parser("try_to_timestamp", ResultTimestamp, EmitTryToTimestamp,
                           "As to_timestamp; null where the text does not fit.",
                           "SELECT try_to_timestamp('2024-13-45')");
  row.nullability = Nullability::kAlways;
  row.nullable = nullptr;
  row.coerce = CoerceInstant;
  return row;
}
constexpr FunctionRow FromUnixTime() {
  FunctionRow row =
      Pair("from_unixtime", kTypes<kLong, kString>, ResultString, EmitFromUnixTime,
           "The text of seconds since 1970 in a pattern.", "SELECT from_unixtime(0, 'yyyy-MM-dd')");
  row.min_arguments = 1;
  row.nullability = Nullability::kAlways;
  row.defaults = kPatternDefault;
  return row;
}
constexpr FunctionRow TimestampSeconds() {
  FunctionRow row =
      Emitted(One("timestamp_seconds", kTypes<kNumeric>, ResultTimestamp, "",
                  "The instant of seconds since 1970.", "SELECT timestamp_seconds(1.5)"),
              EmitTimestampSeconds);
  row.nullability = Nullability::kCustom;
  row.nullable = NullableSeconds;
  return Exactly(row, CoerceExact<kNumeric>);
}

constexpr FunctionRow kRows[] = {
    {.name = "convert_timezone",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultTimestampNtz,
     .emit = EmitConvertZone,
     .coerce = CoerceConvertZone,
     .style = PrettyStyle::kCustom,
     .pretty = PrettyConvertZone,
     .doc = "A wall clock of one zone as that of another.",
     .example = "SELECT convert_timezone('UTC', 'Asia/Tokyo', timestamp_ntz'2024-01-01 00:00:00')"},
    Pair("date_format", kTypes<kTimestamp, kString>, ResultString, EmitDateFormat,
         "The text of a timestamp in a pattern.", "SELECT date_format(date'2024-02-29', 'yyyy')"),
    One("date_from_unix_date", kTypes<kInteger>, ResultDate, "(DATE '1970-01-01' + {0})",
        "The date of a number of days since 1970.", "SELECT date_from_unix_date(1)"),
    FromUnixTime(),
    Pair("from_utc_timestamp", kTypes<kTimestamp, kString>, ResultTimestamp, EmitFromUtc,
         "A UTC wall clock as that of a zone.",
         "SELECT from_utc_timestamp(timestamp'2024-07-01 12:00:00', 'America/New_York')"),
    TimestampSeconds(),
    Parser("to_date", ResultDate, EmitToDate, "Text, by a pattern or a cast, as a date.",
           "SELECT to_date('29.02.2024', 'dd.MM.yyyy')"),
    TakesNumbers(Parser("to_timestamp", ResultTimestamp, EmitToTimestamp,
                        "Text, by a pattern or a cast, as a timestamp.",
                        "SELECT to_timestamp('29.02.2024', 'dd.MM.yyyy')")),
    TakesNumbers(Parser("to_timestamp_ltz", ResultTimestamp, EmitToTimestamp,
                        "Text, by a pattern or a cast, as an instant.",
                        "SELECT to_timestamp_ltz('2024-02-29')")),
    Parser("to_timestamp_ntz", ResultTimestampNtz, EmitToTimestampNtz,
           "Text, by a pattern or a cast, as a wall clock.",
           "SELECT to_timestamp_ntz('2024-02-29')"),
    UnixTimestamp("to_unix_timestamp", 1, kPatternDefault, "Seconds since 1970.",
                  "SELECT to_unix_timestamp('2024', 'yyyy')"),
    Pair("to_utc_timestamp", kTypes<kTimestamp, kString>, ResultTimestamp, EmitToUtc,
         "A wall clock of a zone as that of UTC.",
         "SELECT to_utc_timestamp(timestamp'2024-07-01 12:00:00', 'America/New_York')"),
    TryToTimestamp(),
    Exactly(
        One("unix_date", kTypes<kDate>, ResultInteger, "CAST({0} - DATE '1970-01-01' AS INTEGER)",
            "Days since 1970.", "SELECT unix_date(date'1970-01-02')"),
        CoerceExact<kDate>),
    Exactly(One("unix_micros", kTypes<kTimestamp>, ResultLong, "epoch_us({0})",
                "Microseconds since 1970.", "SELECT unix_micros(timestamp'1970-01-01 00:00:01')"),
            CoerceExact<kTimestamp>),
    Exactly(One("unix_millis", kTypes<kTimestamp>, ResultLong,
                "((epoch_us({0}) - ((epoch_us({0}) % 1000) + 1000) % 1000) // 1000)",
                "Milliseconds since 1970, rounded down.",
                "SELECT unix_millis(timestamp'1970-01-01 00:00:01')"),
            CoerceExact<kTimestamp>),
    Exactly(One("unix_seconds", kTypes<kTimestamp>, ResultLong,
                "((epoch_us({0}) - ((epoch_us({0}) % 1000000) + 1000000) % 1000000) // 1000000)",
                "Seconds since 1970, rounded down.",
                "SELECT unix_seconds(timestamp'1970-01-01 00:00:01')"),
            CoerceExact<kTimestamp>),
    UnixTimestamp("unix_timestamp", 0, kUnixDefaults, "Seconds since 1970; now, without arguments.",
                  "SELECT unix_timestamp('2024', 'yyyy')"),
};

constexpr FunctionRow kEpochRows[] = {
    Exactly(One("timestamp_micros", kTypes<kIntegral>, ResultTimestamp,
                "make_timestamp(CAST({0} AS BIGINT))", "The instant of microseconds since 1970.",
                "SELECT timestamp_micros(1)"),
            CoerceExact<kIntegral>),
    Exactly(Emitted(One("timestamp_millis", kTypes<kIntegral>, ResultTimestamp, "",
                        "The instant of milliseconds since 1970.", "SELECT timestamp_millis(1)"),
                    EmitTimestampMillis),
            CoerceExact<kIntegral>),
};
static_assert(IsWellFormedTable(kRows));
static_assert(IsWellFormedTable(kEpochRows));

}  // namespace

std::span<const FunctionRow> DatetimeConversionFunctions() {
  static const std::vector<FunctionRow> rows = [] {
    std::vector<FunctionRow> all(std::begin(kRows), std::end(kRows));
    all.insert(all.end(), std::begin(kEpochRows), std::end(kEpochRows));
    return all;
  }();
  return rows;
}

}  // namespace ember
