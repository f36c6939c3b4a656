#include "batch/cell_text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace ember {
namespace {

// The shortest digits that read back, laid out as Python and numpy print them.
template <typename T>
std::string PythonText(T value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  if (value == 0) return std::signbit(value) ? "-0.0" : "0.0";
  char buffer[400];
  const double magnitude = std::abs(static_cast<double>(value));
  // numpy turns to exponents at 1e16, for 32-bit floats at 1e6.
  const double limit = sizeof(T) == sizeof(float) ? 1e6 : 1e16;
  const auto format = magnitude >= 1e-4 && magnitude < limit ? std::chars_format::fixed
                                                             : std::chars_format::scientific;
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, format).ptr;
  std::string text(buffer, end);
  if (format == std::chars_format::fixed && text.find('.') == std::string::npos) text += ".0";
  return text;
}

std::string IsoTimestamp(int64_t microseconds) {
  int64_t fraction = microseconds % 1'000'000;
  if (fraction < 0) fraction += 1'000'000;
  std::string text = TimestampText(microseconds - fraction);
  text[text.find(' ')] = 'T';
  if (text.front() == '+') text.erase(0, 1);
  return fmt::format("{}.{:06}", text, fraction);
}

std::string ItemsJson(const DataType& type, const std::vector<Value>& items) {
  std::string out = "[";
  for (size_t i = 0; i < items.size(); ++i) {
    if (type.kind == TypeKind::kMap) {
      if (i % 2 == 0) out += i == 0 ? "[" : ",[";
      if (i % 2 == 1) out += ',';
      out += CellJson((*type.children)[i % 2].type, items[i]);
      if (i % 2 == 1) out += ']';
      continue;
    }
    if (i > 0) out += ',';
    out += CellJson(type.kind == TypeKind::kStruct ? type.fields()[i].type : type.element().type,
                    items[i]);
  }
  return out + "]";
}

std::string Hex(std::string_view bytes) {
  std::string out = "hex:";
  for (const char c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

std::string JsonString(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string CellJson(const DataType& type, const Value& value) {
  if (value.is_null()) return "null";
  switch (type.kind) {
    case TypeKind::kNull:
      return "null";
    case TypeKind::kBoolean:
      return std::get<bool>(value.data) ? "true" : "false";
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
      return fmt::format("{}", std::get<int64_t>(value.data));
    case TypeKind::kFloat:
      return fmt::format("\"{}\"", PythonText(static_cast<float>(std::get<double>(value.data))));
    case TypeKind::kDouble:
      return fmt::format("\"{}\"", PythonText(std::get<double>(value.data)));
    case TypeKind::kDecimal:
      return fmt::format("\"{}\"",
                         DecimalText(std::get<DecimalValue>(value.data).unscaled, type.scale));
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return JsonString(std::get<std::string>(value.data));
    case TypeKind::kBinary:
      return fmt::format("\"{}\"", Hex(std::get<std::string>(value.data)));
    case TypeKind::kDate: {
      std::string text = DateText(std::get<int64_t>(value.data));
      if (text.front() == '+') text.erase(0, 1);
      return fmt::format("\"{}\"", text);
    }
    case TypeKind::kTimestamp:
      return fmt::format("\"{}Z\"", IsoTimestamp(std::get<int64_t>(value.data)));
    case TypeKind::kTimestampNtz:
      return fmt::format("\"{}\"", IsoTimestamp(std::get<int64_t>(value.data)));
    case TypeKind::kCalendarInterval: {
      const auto& interval = std::get<CalendarIntervalValue>(value.data);
      return fmt::format("[{},{},{}]", interval.months, interval.days, interval.microseconds);
    }
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct:
      return ItemsJson(type, std::get<std::vector<Value>>(value.data));
  }
  return "null";
}

}  // namespace ember
