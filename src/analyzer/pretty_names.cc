#include "analyzer/pretty_names.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "analyzer/analysis.h"
#include "analyzer/resolved_relations.h"
#include "functions/zone.h"

namespace ember {
namespace {

using enum TypeKind;

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kMinute = 60 * kSecond;
constexpr int64_t kHour = 60 * kMinute;
constexpr int64_t kDay = 24 * kHour;
constexpr std::array kDayTimeFields = {"DAY", "HOUR", "MINUTE", "SECOND"};

std::string JoinTexts(std::span<const std::string> parts, std::string_view separator) {
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += separator;
    out += parts[i];
  }
  return out;
}

// Seconds with their fraction, two digits before the point.
std::string SecondsText(int64_t microseconds) {
  std::string out = fmt::format("{:02}", microseconds / kSecond);
  if (const int64_t fraction = microseconds % kSecond; fraction != 0) {
    std::string digits = fmt::format("{:06}", fraction);
    digits.erase(digits.find_last_not_of('0') + 1);
    out += "." + digits;
  }
  return out;
}

// IntervalUtils.toYearMonthIntervalString.
std::string YearMonthText(int64_t months, int first, int last) {
  const std::string sign = months < 0 ? "-" : "";
  const int64_t magnitude = std::abs(months);
  if (first == last) {
    const bool is_year = first == static_cast<int>(IntervalField::kYear);
    return fmt::format("INTERVAL '{}{}' {}", sign, is_year ? magnitude / 12 : magnitude,
                       is_year ? "YEAR" : "MONTH");
  }
  return fmt::format("INTERVAL '{}{}-{}' YEAR TO MONTH", sign, magnitude / 12, magnitude % 12);
}

// IntervalUtils.toDayTimeIntervalString.
std::string DayTimeText(int64_t microseconds, int first, int last) {
  std::string out = microseconds < 0 ? "-" : "";
  uint64_t rest =
      microseconds < 0 ? -static_cast<uint64_t>(microseconds) : static_cast<uint64_t>(microseconds);
  constexpr std::array<uint64_t, 3> kUnits = {kDay, kHour, kMinute};
  for (int field = first; field <= last; ++field) {
    if (field > first) out += field == 1 ? " " : ":";
    if (field == 3) {
      out += SecondsText(static_cast<int64_t>(rest));
    } else {
      const uint64_t unit = kUnits[static_cast<size_t>(field)];
      out += field == 0 ? fmt::format("{}", rest / unit) : fmt::format("{:02}", rest / unit);
      rest %= unit;
    }
  }
  const char* from = kDayTimeFields[static_cast<size_t>(first)];
  if (first == last) return fmt::format("INTERVAL '{}' {}", out, from);
  return fmt::format("INTERVAL '{}' {} TO {}", out, from,
                     kDayTimeFields[static_cast<size_t>(last)]);
}

// CalendarInterval.toString.
std::string CalendarText(const CalendarIntervalValue& value) {
  std::vector<std::string> parts;
  const auto add = [&](int64_t amount, const char* unit) {
    if (amount != 0) parts.push_back(fmt::format("{} {}", amount, unit));
  };
  add(value.months / 12, "years");
  add(value.months % 12, "months");
  add(value.days, "days");
  int64_t rest = value.microseconds;
  add(rest / kHour, "hours");
  rest %= kHour;
  add(rest / kMinute, "minutes");
  rest %= kMinute;
  if (rest != 0) {
    std::string seconds = fmt::format("{}{}", rest < 0 ? "-" : "", std::abs(rest) / kSecond);
    if (const int64_t fraction = std::abs(rest) % kSecond; fraction != 0) {
      std::string digits = fmt::format("{:06}", fraction);
      digits.erase(digits.find_last_not_of('0') + 1);
      seconds += "." + digits;
    }
    parts.push_back(seconds + " seconds");
  }
  if (parts.empty()) return "INTERVAL '0 seconds'";
  return fmt::format("INTERVAL '{}'", JoinTexts(parts, " "));
}

std::string HexText(const std::string& bytes) {
  std::string out = "X'";
  for (unsigned char c : bytes) out += fmt::format("{:02X}", c);
  return out + "'";
}

// Literal.sql of nested constants: ARRAY(1, 2), NAMED_STRUCT('a', 1), MAP(1, 2).
std::string NestedText(const Literal& literal, std::string_view zone) {
  const auto& cells = std::get<std::vector<Value>>(literal.value.data);
  std::vector<std::string> parts;
  for (size_t i = 0; i < cells.size(); ++i) {
    const StructField* field = nullptr;
    if (literal.type.Is(kArray)) field = &literal.type.element();
    if (literal.type.Is(kMap)) field = i % 2 == 0 ? &literal.type.key() : &literal.type.value();
    if (literal.type.Is(kStruct)) field = &literal.type.fields()[i];
    if (literal.type.Is(kStruct)) parts.push_back("'" + field->name + "'");
    const std::string text = PrettyLiteral({field->type, cells[i]}, zone);
    parts.push_back(field->type.IsStringLike() && !cells[i].is_null() ? "'" + text + "'" : text);
  }
  const char* name = literal.type.Is(kArray) ? "ARRAY" : "MAP";
  if (literal.type.Is(kStruct)) name = "NAMED_STRUCT";
  return fmt::format("{}({})", name, JoinTexts(parts, ", "));
}

std::string PrettyBound(const ResolvedBound& bound) {
  switch (bound.type) {
    case BoundType::kUnboundedPreceding:
      return "UNBOUNDED PRECEDING";
    case BoundType::kCurrentRow:
      return "CURRENT ROW";
    case BoundType::kUnboundedFollowing:
      return "UNBOUNDED FOLLOWING";
    case BoundType::kValue:
      break;
  }
  const std::string& text = bound.value->pretty;
  // lag and lead: their frames are shown as the tree has them, "-1 FOLLOWING".
  if (text.ends_with(" FOLLOWING")) return text;
  // SpecifiedWindowFrame.boundarySql: SQL's 1 PRECEDING is -(1), a DataFrame's -1 is a number.
  if (text.starts_with("(- ") && text.ends_with(")")) {
    return text.substr(3, text.size() - 4) + " PRECEDING";
  }
  return text + " FOLLOWING";
}

// BigDecimal.toString: an exponent below 1E-6.
std::string PlainOrScientific(Int128 unscaled, int scale) {
  std::string digits = DecimalText(unscaled, 0);
  const bool negative = digits.starts_with('-');
  if (negative) digits.erase(0, 1);
  const int exponent = static_cast<int>(digits.size()) - 1 - scale;
  if (scale <= 0 || exponent >= -6) return DecimalText(unscaled, scale);
  std::string out = (negative ? "-" : "") + digits.substr(0, 1);
  if (digits.size() > 1) out += "." + digits.substr(1);
  return out + "E" + std::to_string(exponent);
}

int64_t WallMicroseconds(int64_t instant, std::string_view zone) {
  if (zone == "UTC") return instant;
  const auto found = Zone::Find(zone);
  return found ? found->ToWall(instant) : instant;
}

std::string SqlOf(const ResolvedExpression& expression, const ResolvedRelation& input) {
  if (const auto* column = std::get_if<ColumnReference>(&expression.node)) {
    for (const auto& candidate : input.columns) {
      if (candidate.id == column->id) return PrettyQualified(candidate);
    }
    return column->name;
  }
  if (const auto* call = std::get_if<ResolvedCall>(&expression.node)) {
    std::vector<std::string> arguments;
    for (const auto& argument : call->arguments) arguments.push_back(SqlOf(*argument, input));
    return PrettyAggregate(
        *call, PrettyCall(*call->function, arguments, call->is_distinct ? "DISTINCT " : ""));
  }
  if (const auto* literal = std::get_if<Literal>(&expression.node)) {
    if (literal->type.IsStringLike() && !literal->value.is_null()) {
      return "'" + expression.pretty + "'";
    }
  }
  return expression.pretty;
}

}  // namespace

std::string QualifiedSql(const ResolvedExpression& expression, const ResolvedRelation& input) {
  return SqlOf(expression, input);
}

std::string PrettyLiteral(const Literal& literal, std::string_view zone) {
  const DataType& type = literal.type;
  if (literal.value.is_null()) return "NULL";
  const auto& data = literal.value.data;
  switch (type.kind) {
    case kNull:
      return "NULL";
    case kBoolean:
      return std::get<bool>(data) ? "true" : "false";
    case kByte:
    case kShort:
    case kInteger:
    case kLong:
      return std::to_string(std::get<int64_t>(data));
    case kFloat:
      return JavaFloatText(static_cast<float>(std::get<double>(data)));
    case kDouble:
      return JavaDoubleText(std::get<double>(data));
    case kDecimal:
      return PlainOrScientific(std::get<DecimalValue>(data).unscaled, type.scale);
    case kString:
    case kChar:
    case kVarchar:
      return std::get<std::string>(data);
    case kBinary:
      return HexText(std::get<std::string>(data));
    case kDate:
      return fmt::format("DATE '{}'", DateText(std::get<int64_t>(data)));
    case kTimestamp:
      return fmt::format("TIMESTAMP '{}'",
                         TimestampText(WallMicroseconds(std::get<int64_t>(data), zone)));
    case kTimestampNtz:
      return fmt::format("TIMESTAMP_NTZ '{}'", TimestampText(std::get<int64_t>(data)));
    case kCalendarInterval:
      return CalendarText(std::get<CalendarIntervalValue>(data));
    case kYearMonthInterval:
      return YearMonthText(std::get<int64_t>(data), type.precision, type.scale);
    case kDayTimeInterval:
      return DayTimeText(std::get<int64_t>(data), type.precision, type.scale);
    case kArray:
    case kMap:
    case kStruct:
      return NestedText(literal, zone);
  }
  return "";
}

std::string PrettyCast(std::string_view child, const DataType& type, CastMode mode) {
  if (type.Is(kArray) || type.Is(kMap) || type.Is(kStruct)) return std::string(child);
  return fmt::format("{}({} AS {})", mode == CastMode::kTry ? "TRY_CAST" : "CAST", child,
                     SqlText(type));
}

std::string PrettyAggregate(const ResolvedCall& call, std::string plain) {
  if (!call.order.empty()) {
    std::vector<std::string> order;
    for (const auto& item : call.order) {
      // Only listagg shows the whole order; mode shows it the other way round.
      const bool is_mode = call.function->name == "mode";
      const bool descends = (item.direction == SortDirection::kDescending) != is_mode;
      order.push_back(call.function->name == "listagg"
                          ? PrettySortOrder(item)
                          : item.expression->pretty + (descends ? " DESC" : ""));
    }
    plain += fmt::format(" WITHIN GROUP (ORDER BY {})", JoinTexts(order, ", "));
  }
  if (call.filter) plain += fmt::format(" FILTER (WHERE {})", call.filter->pretty);
  return plain;
}

std::string TreeName(const ResolvedExpression& expression) {
  const auto* column = std::get_if<ColumnReference>(&expression.node);
  if (column == nullptr) return expression.pretty;
  return fmt::format("{}#{}{}", column->name, column->id, expression.type.Is(kLong) ? "L" : "");
}

std::string PrettySortOrder(const ResolvedSortOrder& order) {
  return fmt::format("{} {} {}", order.expression->pretty,
                     order.direction == SortDirection::kAscending ? "ASC" : "DESC",
                     order.nulls_first ? "NULLS FIRST" : "NULLS LAST");
}

std::string PrettyWindow(const ResolvedWindow& window) {
  std::vector<std::string> clauses;
  if (!window.partition_by.empty()) {
    std::vector<std::string> parts;
    for (const auto& item : window.partition_by) parts.push_back(item->pretty);
    clauses.push_back("PARTITION BY " + JoinTexts(parts, ", "));
  }
  if (!window.order_by.empty()) {
    std::vector<std::string> parts;
    for (const auto& item : window.order_by) parts.push_back(PrettySortOrder(item));
    clauses.push_back("ORDER BY " + JoinTexts(parts, ", "));
  }
  clauses.push_back(fmt::format("{} BETWEEN {} AND {}",
                                window.frame_type == FrameType::kRow ? "ROWS" : "RANGE",
                                PrettyBound(window.lower), PrettyBound(window.upper)));
  return fmt::format("{} OVER ({})", window.call->pretty, JoinTexts(clauses, " "));
}

}  // namespace ember
