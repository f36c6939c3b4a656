#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/emit_collection.h"
#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "functions/result_types.h"
#include "functions/table_check.h"
#include "functions/zone.h"
#include "types/coercion.h"

// sequence: numbers by a number, dates and timestamps by an interval.

namespace ember {
namespace {

using enum TypeClass;
using Arguments = std::span<const ArgumentInfo>;

Result<std::vector<DataType>> CoerceSequence(Arguments arguments, const TypeContext& context) {
  std::vector<DataType> types = ArgumentTypes(arguments);
  std::optional<DataType> common = WiderType(types[0], types[1], context.ansi);
  const bool is_numeric = common && common->IsIntegral();
  if (is_numeric && types.size() > 2) common = WiderType(*common, types[2], context.ansi);
  if (common && common->Is(TypeKind::kNull)) common = IntegerType();
  const bool fits = common && (common->IsIntegral() || common->IsDatetime());
  if (!fits || (types.size() > 2 && common->IsDatetime() && !types[2].IsInterval())) {
    return MakeError(
        "DATATYPE_MISMATCH.SEQUENCE_WRONG_INPUT_TYPES",
        {{"functionName", "`sequence`"},
         {"startType", "(\"TIMESTAMP\" or \"TIMESTAMP_NTZ\" or \"DATE\")"},
         {"stepType", "(\"INTERVAL\" or \"INTERVAL YEAR TO MONTH\" or \"INTERVAL DAY TO SECOND\")"},
         {"otherStartType", "\"INTEGRAL\""}});
  }
  std::vector<DataType> result(2, *common);
  if (types.size() > 2) result.push_back(common->IsIntegral() ? *common : types[2]);
  return result;
}

Result<DataType> ResultSequence(Arguments arguments, const TypeContext&) {
  return ArrayType(arguments[0].type, false);
}

std::string RaiseBoundaries(const std::string& start, const std::string& stop,
                            const std::string& step) {
  const TokenParameter parameters[] = {{"message",
                                        "'Illegal sequence boundaries: ' || " + start +
                                            " || ' to ' || " + stop + " || ' by ' || " + step,
                                        true}};
  return RaiseSql("java.lang.IllegalArgumentException", parameters);
}

Result<std::string> EmitNumbers(const EmitContext& context) {
  ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(context.result));
  const std::string start = CastSql(context.sql[0], "BIGINT"),
                    stop = CastSql(context.sql[1], "BIGINT");
  if (context.sql.size() < 3) {
    std::string step = "CASE WHEN " + start + " <= " + stop + " THEN 1 ELSE -1 END";
    return CastSql("generate_series(" + start + ", " + stop + ", " + step + ")", storage);
  }
  const std::string step = CastSql(context.sql[2], "BIGINT");
  std::string list = "CASE WHEN " + step + " = 0 AND " + start + " = " + stop + " THEN [" + start +
                     "] WHEN " + step + " = 0 OR (" + step + " > 0 AND " + start + " > " + stop +
                     ") OR (" + step + " < 0 AND " + start + " < " + stop + ") THEN " +
                     RaiseBoundaries(start, stop, step) + " ELSE generate_series(" + start + ", " +
                     stop + ", " + step + ") END";
  return NullWhenAnyNull(context, CastSql("(" + list + ")", storage));
}

// Instants step as a timestamp and an interval are added: months and whole days move the clock of
// the zone, the rest goes by.
std::string InstantItem(const EmitContext& context, const std::string& wall, bool is_months) {
  const std::string& start = context.sql[0];
  if (is_months) {
    return ToInstantNearSql("(" + wall + " + to_months(CAST(si * qs AS INTEGER)))", start,
                            context.zone);
  }
  std::string days = ToInstantNearSql(
      "(" + wall + " + to_days(CAST(si * (qs // 86400000000) AS INTEGER)))", start, context.zone);
  return "(" + days + " + to_microseconds(si * (qs % 86400000000)))";
}

// Dates and wall clocks step from the start: i months or microseconds at once, so that no day is
// lost at the end of a month (TemporalSequenceImpl).
Result<std::string> EmitTimes(const EmitContext& context) {
  const DataType& type = context.arguments[0].type;
  const bool is_instant = type.Is(TypeKind::kTimestamp) && context.zone != "UTC";
  auto wall = [&](size_t index) {
    return is_instant ? ToWallSql(context.sql[index], context.zone)
                      : CastSql(context.sql[index], "TIMESTAMP");
  };
  const std::string start = wall(0), stop = wall(1);
  std::string step =
      "CASE WHEN " + start + " <= " + stop + " THEN 86400000000 ELSE -86400000000 END";
  bool is_months = false;
  if (context.sql.size() > 2) {
    step = context.sql[2];
    is_months = context.arguments[2].type.Is(TypeKind::kYearMonthInterval);
    if (context.arguments[2].type.Is(TypeKind::kCalendarInterval)) {
      return Unsupported("sequence by a calendar interval");
    }
    if (!is_months && type.Is(TypeKind::kDate)) {
      std::optional<int64_t> micros = ConstantInteger(context.arguments[2]);
      if (micros && *micros % kMicrosPerDay != 0) {
        return MakeError("_LEGACY_ERROR_TEMP_3242", {{"intervalType", "interval day to second"}});
      }
    }
  }
  std::string moved = is_months ? "(" + start + " + to_months(CAST(si * qs AS INTEGER)))"
                                : "(" + start + " + to_microseconds(si * qs))";
  std::string count = is_months
                          ? "abs(datediff('month', " + start + ", " + stop + ")) // abs(qs) + 2"
                          : "abs(epoch_us(" + stop + ") - epoch_us(" + start + ")) // abs(qs) + 2";
  std::string item = moved, last = stop;
  if (is_instant) {
    last = context.sql[1];
    item = moved = InstantItem(context, start, is_months);
    // A day of 25 hours holds one step more.
    if (!is_months) count += " + 1 + 3600000000 // abs(qs)";
  }
  if (type.Is(TypeKind::kDate)) item = CastSql(moved, "DATE");
  std::string in_range =
      "(qs > 0 AND " + moved + " <= " + last + ") OR (qs < 0 AND " + moved + " >= " + last + ")";
  std::string list =
      "CASE WHEN " + start + " = " + stop + " THEN [" +
      (type.Is(TypeKind::kDate) ? CastSql(start, "DATE")
                                : (is_instant ? ToInstantSql(start, context.zone) : start)) +
      "] WHEN qs = 0 OR (qs > 0) <> (" + start + " < " + stop + ") THEN " +
      RaiseBoundaries("CAST(" + context.sql[0] + " AS VARCHAR)",
                      "CAST(" + context.sql[1] + " AS VARCHAR)", "qs") +
      " ELSE list_transform(list_filter(range(" + count + "), lambda si: " + in_range +
      "), lambda si: " + item + ") END";
  return NullWhenAnyNull(context, WithValue("qs", "CAST(" + step + " AS BIGINT)", list));
}

Result<std::string> EmitSequence(const EmitContext& context) {
  return context.arguments[0].type.IsIntegral() ? EmitNumbers(context) : EmitTimes(context);
}

constexpr FunctionRow kRows[] = {
    {.name = "sequence",
     .min_arguments = 2,
     .max_arguments = 3,
     .arguments = kTypes<kAny>,
     .coercion = CoercionRule::kCustom,
     .result = ResultSequence,
     .emit = EmitSequence,
     .coerce = CoerceSequence,
     .doc = "The values from a start to a stop, both included.",
     .example = "SELECT sequence(1, 5)"},
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> SequenceFunctions() { return kRows; }

}  // namespace ember
