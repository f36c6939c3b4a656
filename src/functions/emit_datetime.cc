#include "functions/emit_datetime.h"

#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/datetime_pattern.h"
#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "functions/zone.h"

namespace ember {

std::string WallSql(const EmitContext& context, size_t index) {
  const DataType& type = context.arguments[index].type;
  if (type.Is(TypeKind::kTimestamp)) return ToWallSql(context.sql[index], context.zone);
  if (type.Is(TypeKind::kDate)) return CastSql(context.sql[index], "TIMESTAMP");
  return context.sql[index];
}

std::optional<std::string_view> TruncationUnit(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> kUnits[] = {
      {"YEAR", "year"},
      {"YYYY", "year"},
      {"YY", "year"},
      {"QUARTER", "quarter"},
      {"MONTH", "month"},
      {"MM", "month"},
      {"MON", "month"},
      {"WEEK", "week"},
      {"DAY", "day"},
      {"DD", "day"},
      {"HOUR", "hour"},
      {"MINUTE", "minute"},
      {"SECOND", "second"},
      {"MILLISECOND", "milliseconds"},
      {"MICROSECOND", "microseconds"},
  };
  std::string upper(name);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  for (const auto& [spark, duckdb] : kUnits) {
    if (spark == upper) return duckdb;
  }
  return std::nullopt;
}

Result<std::string> GuardPattern(const EmitContext& context, size_t index, bool is_parsing,
                                 std::string value) {
  auto use = is_parsing ? DateTimePattern::Use::kParse : DateTimePattern::Use::kFormat;
  const ArgumentInfo& argument = context.arguments[index];
  if (std::optional<std::string> pattern = ConstantText(argument)) {
    RETURN_IF_ERROR(DateTimePattern::Make(*pattern, use));
    return value;
  }
  if (argument.constant) return value;
  const TokenParameter parameters[] = {
      {"pattern", "'''' || " + context.sql[index] + " || ''''", true},
      {"config", "\"spark.sql.legacy.timeParserPolicy\""},
      {"docroot", "https://spark.apache.org/docs/latest"}};
  std::string check = is_parsing ? "ember_is_parse_pattern(" : "ember_is_format_pattern(";
  return Guarded(
      "NOT " + check + context.sql[index] + ")",
      RaiseSql("INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION", parameters),
      value);
}

std::string ParseTimestampSql(const EmitContext& context, std::string_view text,
                              std::string_view pattern, std::string_view zone, bool raises) {
  std::string inputs = std::string(text) + ", " + std::string(pattern);
  std::string parsed = "ember_parse_timestamp(" + inputs + ", " + SqlString(zone) + ")";
  if (!raises || !context.ansi) return parsed;
  std::string fault = "ember_parse_timestamp_fault(" + inputs + ")";
  const TokenParameter parameters[] = {{"message", fault, true}, {"func", "`try_to_timestamp`"}};
  return Guarded(fault + " IS NOT NULL", RaiseSql("CANNOT_PARSE_TIMESTAMP", parameters), parsed);
}

Result<std::string> EmitCastTo(const EmitContext& context, size_t index, const DataType& target) {
  CastMode mode =
      context.is_try ? CastMode::kTry : (context.ansi ? CastMode::kAnsi : CastMode::kLegacy);
  return EmitCast(context.sql[index], context.arguments[index].type, target, mode, context.zone);
}

// A cast from text may fail; Spark takes it as nullable in both modes.
bool NullableCast(std::span<const ArgumentInfo> arguments, const TypeContext&) {
  const DataType& type = arguments[0].type;
  return arguments[0].nullable || type.IsStringLike() || type.Is(TypeKind::kDouble) ||
         type.Is(TypeKind::kFloat);
}

// GetTimestamp: nullable where it fails softly.
bool NullableParse(std::span<const ArgumentInfo> arguments, const TypeContext& context) {
  if (arguments.size() == 1) return NullableCast(arguments, context);
  return !context.ansi || arguments[0].nullable || arguments[1].nullable;
}

}  // namespace ember
