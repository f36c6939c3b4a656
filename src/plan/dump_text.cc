#include "plan/dump_text.h"

#include <fmt/format.h>

#include <map>

namespace ember {
namespace {

// Control characters never appear raw in a dump (DumpQuoted escapes them), so they can frame plan
// ids.
constexpr char kMark = '\x01';
constexpr char kUse = '\x02';
constexpr char kEnd = '\x03';

template <typename Visit>
void ForEachPlanId(std::string_view text, Visit visit) {
  size_t i = 0;
  while (i < text.size()) {
    if (text[i] != kMark && text[i] != kUse) {
      visit('\0', text.substr(i, 1));
      ++i;
      continue;
    }
    const size_t end = text.find(kEnd, i);
    visit(text[i], text.substr(i + 1, end - i - 1));
    i = end + 1;
  }
}

struct ValueText {
  std::string operator()(std::monostate) const { return "null"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(int64_t value) const { return fmt::format("{}", value); }
  std::string operator()(double value) const { return fmt::format("{}d", value); }
  std::string operator()(const DecimalValue& value) const {
    return fmt::format("decimal({})", DecimalText(value.unscaled, 0));
  }
  std::string operator()(const std::string& value) const { return DumpQuoted(value); }
  std::string operator()(const CalendarIntervalValue& value) const {
    return fmt::format("interval({}, {}, {})", value.months, value.days, value.microseconds);
  }
  std::string operator()(const std::vector<Value>& values) const {
    std::string out;
    for (const auto& value : values) out += (out.empty() ? "" : ", ") + DumpValue(value);
    return "{" + out + "}";
  }
};

}  // namespace

std::string DumpQuoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string DumpQuotedList(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : ", ") + DumpQuoted(text);
  return "[" + out + "]";
}

std::string DumpValue(const Value& value) { return std::visit(ValueText{}, value.data); }

std::string DumpLiteral(const Literal& literal) {
  return DumpValue(literal.value) + ":" + DumpType(literal.type);
}

std::string DumpType(const DataType& type) {
  const bool nested =
      type.Is(TypeKind::kArray) || type.Is(TypeKind::kMap) || type.Is(TypeKind::kStruct);
  return nested ? TypeJson(type) : SimpleString(type);
}

DumpLine& DumpLine::Raw(std::string_view name, std::string_view value) {
  text_ += fmt::format(" {}={}", name, value);
  return *this;
}
DumpLine& DumpLine::Text(std::string_view name, std::string_view value) {
  return value.empty() ? *this : Raw(name, DumpQuoted(value));
}
DumpLine& DumpLine::Texts(std::string_view name, const std::vector<std::string>& values) {
  return values.empty() ? *this : Raw(name, DumpQuotedList(values));
}
DumpLine& DumpLine::Flag(std::string_view name, bool value, bool default_value) {
  return value == default_value ? *this : Raw(name, value ? "true" : "false");
}
DumpLine& DumpLine::Number(std::string_view name, int64_t value, int64_t default_value) {
  return value == default_value ? *this : Raw(name, fmt::format("{}", value));
}
DumpLine& DumpLine::Double(std::string_view name, double value) {
  return Raw(name, fmt::format("{}", value));
}
DumpLine& DumpLine::OptionsText(std::string_view name, const Options& options) {
  if (options.empty()) return *this;
  std::string out;
  for (const auto& [key, value] : options) {
    out += (out.empty() ? "" : ", ") + DumpQuoted(key) + ": " + DumpQuoted(value);
  }
  return Raw(name, "{" + out + "}");
}
DumpLine& DumpLine::SchemaText(std::string_view name, const Schema& schema) {
  return Raw(name, SchemaJson(schema));
}
DumpLine& DumpLine::Mark(std::string_view mark) {
  text_ += mark;
  return *this;
}

std::string PlanIdMark(std::optional<int64_t> plan_id) {
  return plan_id ? fmt::format("{}{}{}", kMark, *plan_id, kEnd) : "";
}
std::string PlanIdUse(std::optional<int64_t> plan_id) {
  return plan_id ? fmt::format("{}{}{}", kUse, *plan_id, kEnd) : "";
}

std::string FinishPlanIds(std::string_view text, PlanIdStyle style) {
  std::map<std::string, std::string, std::less<>> names;
  ForEachPlanId(text, [&](char kind, std::string_view id) {
    if (kind == '\0' || (kind == kMark && style == PlanIdStyle::kNumbered)) return;
    names.try_emplace(std::string(id), style == PlanIdStyle::kActual
                                           ? std::string(id)
                                           : fmt::format("{}", names.size()));
  });
  std::string out;
  ForEachPlanId(text, [&](char kind, std::string_view id) {
    if (kind == '\0') {
      out += id;
    } else if (const auto it = names.find(id); it != names.end()) {
      out += (kind == kMark ? " plan_id=" : "@") + it->second;
    }
  });
  return out;
}

}  // namespace ember
