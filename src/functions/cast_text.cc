#include <fmt/format.h>

#include "functions/cast_rules.h"
#include "functions/cast_sql.h"
#include "functions/sql_build.h"

namespace ember {
namespace {

using enum TypeKind;

std::string Variable(const CastRequest& request) { return fmt::format("ember_c{}", request.depth); }

// The text of a nested value; null is the word.
Result<std::string> ItemText(const CastRequest& parent, const DataType& type, std::string sql) {
  ASSIGN_OR_RETURN(std::string text, EmitCastOf({std::move(sql), type, StringType(), parent.mode,
                                                 parent.zone, parent.depth + 1}));
  return fmt::format("coalesce({}, 'null')", text);
}

Result<std::string> ArrayText(const CastRequest& request) {
  const std::string x = Variable(request);
  ASSIGN_OR_RETURN(std::string item, ItemText(request, request.from.element().type, x));
  return fmt::format("('[' || array_to_string(list_transform({}, lambda {}: {}), ', ') || ']')",
                     request.sql, x, item);
}

Result<std::string> MapText(const CastRequest& request) {
  const std::string x = Variable(request);
  ASSIGN_OR_RETURN(std::string key, ItemText(request, request.from.key().type, x + ".key"));
  ASSIGN_OR_RETURN(std::string value, ItemText(request, request.from.value().type, x + ".value"));
  return fmt::format(
      "('{{' || array_to_string(list_transform(map_entries({}), lambda {}: {} || ' -> ' || {}), ', "
      "') || "
      "'}}')",
      request.sql, x, key, value);
}

Result<std::string> StructText(const CastRequest& request) {
  std::string text = "'{'";
  const auto& fields = request.from.fields();
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) text += " || ', '";
    ASSIGN_OR_RETURN(std::string item,
                     ItemText(request, fields[i].type,
                              fmt::format("struct_extract_at({}, {})", request.sql, i + 1)));
    text += " || " + item;
  }
  return SqlCase(request.sql + " IS NULL", "NULL", text + " || '}'");
}

}  // namespace

Result<std::string> CastToText(const CastRequest& request) {
  const std::string& sql = request.sql;
  const DataType& from = request.from;
  switch (from.kind) {
    case kFloat:
      return fmt::format("ember_float_text({})", sql);
    case kDouble:
      return fmt::format("ember_double_text({})", sql);
    case kDecimal:
      // BigDecimal.toString is scientific below 10^-6, toPlainString (ANSI mode) never.
      if (request.mode == CastMode::kLegacy && from.scale > 6) {
        return fmt::format("ember_decimal_java_text({}, {})", sql, from.scale);
      }
      // DuckDB leaves the zero before the point out when there is no room for it.
      if (from.scale == from.precision)
        return fmt::format("ember_decimal_text({}, {})", sql, from.scale);
      return SqlCast(sql, "VARCHAR");
    case kBinary:
      return fmt::format("ember_blob_text({})", sql);
    case kDate:
      return fmt::format("ember_date_text({})", sql);
    case kTimestamp:
      return fmt::format("ember_timestamp_text({})", ToLocal(sql, request.zone));
    case kTimestampNtz:
      return fmt::format("ember_timestamp_text({})", sql);
    case kYearMonthInterval:
      return fmt::format("ember_year_month_text({}, {}, {})", sql, from.precision, from.scale);
    case kDayTimeInterval:
      return fmt::format("ember_day_time_text({}, {}, {})", sql, from.precision, from.scale);
    case kCalendarInterval:
      return Bind(sql, [](const std::string& x) {
        return fmt::format(
            "ember_calendar_interval_text(datepart('year', {0}) * 12 + datepart('month', {0}), "
            "datepart('day', {0}), datepart('hour', {0}) * 3600000000 + datepart('minute', {0}) * "
            "60000000 "
            "+ datepart('microsecond', {0}))",
            x);
      });
    case kArray:
      return ArrayText(request);
    case kMap:
      return MapText(request);
    case kStruct:
      return StructText(request);
    default:
      return SqlCast(sql, "VARCHAR");
  }
}

Result<std::string> CastNested(const CastRequest& request) {
  ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(request.to));
  const DataType& from = request.from;
  const DataType& to = request.to;
  const std::string x = Variable(request);
  auto child = [&](const std::string& sql, const DataType& a, const DataType& b) {
    return EmitCastOf({sql, a, b, request.mode, request.zone, request.depth + 1});
  };
  if (from.Is(kArray) && to.Is(kArray)) {
    ASSIGN_OR_RETURN(std::string item, child(x, from.element().type, to.element().type));
    return fmt::format("CAST(list_transform({}, lambda {}: {}) AS {})", request.sql, x, item,
                       storage);
  }
  if (from.Is(kMap) && to.Is(kMap)) {
    ASSIGN_OR_RETURN(std::string key, child(x, from.key().type, to.key().type));
    ASSIGN_OR_RETURN(std::string value, child(x, from.value().type, to.value().type));
    return fmt::format(
        "CAST(CASE WHEN {0} IS NULL THEN NULL ELSE MAP(list_transform(map_keys({0}), lambda {1}: "
        "{2}), "
        "list_transform(map_values({0}), lambda {1}: {3})) END AS {4})",
        request.sql, x, key, value, storage);
  }
  if (!from.Is(kStruct) || !to.Is(kStruct) || from.fields().size() != to.fields().size()) {
    return Unsupported("a cast of " + SimpleString(from) + " to " + SimpleString(to));
  }
  std::string row = "ROW(";
  for (size_t i = 0; i < to.fields().size(); ++i) {
    ASSIGN_OR_RETURN(std::string field,
                     child(fmt::format("struct_extract_at({}, {})", request.sql, i + 1),
                           from.fields()[i].type, to.fields()[i].type));
    row += (i > 0 ? ", " : "") + field;
  }
  return fmt::format("CASE WHEN {} IS NULL THEN CAST(NULL AS {}) ELSE CAST({}) AS {}) END",
                     request.sql, storage, row, storage);
}

}  // namespace ember
