#include "functions/time_window.h"

#include "functions/argument_errors.h"
#include "functions/zone.h"

namespace ember {
namespace {

struct IntervalUnit {
  std::string_view name;
  int months;
  int days;
  int64_t micros;
};

constexpr IntervalUnit kUnits[] = {
    {"year", 12, 0, 0},
    {"month", 1, 0, 0},
    {"week", 0, 7, 0},
    {"day", 0, 1, 0},
    {"hour", 0, 0, 3'600 * kMicrosPerSecond},
    {"minute", 0, 0, 60 * kMicrosPerSecond},
    {"second", 0, 0, kMicrosPerSecond},
    {"millisecond", 0, 0, 1'000},
    {"microsecond", 0, 0, 1},
};

std::string LowerTrimmed(std::string_view text) {
  std::string lower;
  for (char c : text) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  size_t begin = lower.find_first_not_of(" \t\n\r");
  if (begin == std::string::npos) return "";
  return lower.substr(begin, lower.find_last_not_of(" \t\n\r") - begin + 1);
}

std::string_view TakeWord(std::string_view& text) {
  size_t begin = text.find_first_not_of(" \t\n\r");
  if (begin == std::string_view::npos) {
    text = {};
    return {};
  }
  text.remove_prefix(begin);
  size_t end = std::min(text.find_first_of(" \t\n\r"), text.size());
  std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

struct ParsedNumber {
  int64_t whole = 0;
  int64_t micros = 0;  // of a fraction
  bool has_fraction = false;
};

std::optional<ParsedNumber> ParseNumber(std::string_view word) {
  ParsedNumber number;
  int64_t sign = 1;
  if (!word.empty() && (word[0] == '-' || word[0] == '+')) {
    sign = word[0] == '-' ? -1 : 1;
    word.remove_prefix(1);
  }
  size_t point = std::min(word.find('.'), word.size());
  if (point == 0 || point > 18) return std::nullopt;
  for (char c : word.substr(0, point)) {
    if (c < '0' || c > '9') return std::nullopt;
    number.whole = number.whole * 10 + (c - '0');
  }
  number.whole *= sign;
  if (point == word.size()) return number;
  number.has_fraction = true;
  int64_t scale = 100'000 * sign;
  for (char c : word.substr(point + 1)) {
    if (c < '0' || c > '9') return std::nullopt;
    number.micros += (c - '0') * scale;
    scale /= 10;
  }
  return number;
}

Error CannotParse(std::string_view text) {
  return MakeError("CANNOT_PARSE_INTERVAL", {{"intervalString", "'" + std::string(text) + "'"}});
}

Result<int64_t> DurationOf(const ArgumentInfo& argument) {
  std::optional<std::string> text = ConstantText(argument);
  if (!text) return MakeError("_LEGACY_ERROR_TEMP_1207", {});
  std::optional<CalendarIntervalValue> interval = ParseWindowInterval(*text);
  if (!interval) return CannotParse(*text);
  if (interval->months != 0) {
    return MakeError("_LEGACY_ERROR_TEMP_3231", {{"interval", *text}});
  }
  return interval->days * kMicrosPerDay + interval->microseconds;
}

std::string MicrosText(int64_t micros) { return std::to_string(micros) + "L"; }

}  // namespace

std::optional<CalendarIntervalValue> ParseWindowInterval(std::string_view text) {
  std::string lower = LowerTrimmed(text);
  std::string_view rest = lower;
  if (rest.starts_with("interval ")) rest.remove_prefix(9);
  CalendarIntervalValue interval;
  bool has_any = false;
  while (true) {
    std::string_view word = TakeWord(rest);
    if (word.empty()) break;
    std::optional<ParsedNumber> number = ParseNumber(word);
    std::string_view name = TakeWord(rest);
    if (!number || name.empty()) return std::nullopt;
    if (name.ends_with('s')) name.remove_suffix(1);
    const IntervalUnit* found = nullptr;
    for (const IntervalUnit& unit : kUnits) {
      if (unit.name == name) found = &unit;
    }
    if (found == nullptr || (number->has_fraction && found->name != "second")) return std::nullopt;
    interval.months += static_cast<int32_t>(number->whole * found->months);
    interval.days += static_cast<int32_t>(number->whole * found->days);
    interval.microseconds += number->whole * found->micros + number->micros;
    has_any = true;
  }
  if (!has_any) return std::nullopt;
  return interval;
}

// TimeWindow.apply and its checks.
Result<TimeWindow> MakeTimeWindow(std::span<const ArgumentInfo> arguments) {
  TimeWindow window;
  ASSIGN_OR_RETURN(window.duration, DurationOf(arguments[1]));
  window.slide = window.duration;
  if (arguments.size() > 2) {
    ASSIGN_OR_RETURN(window.slide, DurationOf(arguments[2]));
  }
  if (arguments.size() > 3) {
    ASSIGN_OR_RETURN(window.start, DurationOf(arguments[3]));
  }
  constexpr std::string_view kPositive = "(0, 9223372036854775807]";
  if (window.duration <= 0) {
    return ValueOutOfRange("`window_duration`", kPositive, MicrosText(window.duration));
  }
  if (window.slide <= 0) {
    return ValueOutOfRange("`slide_duration`", kPositive, MicrosText(window.slide));
  }
  auto violation = [](std::string_view left, int64_t left_value, std::string_view constraint,
                      std::string_view right, int64_t right_value) {
    return MakeError("DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION",
                     {{"leftExprName", std::string(left)},
                      {"leftExprValue", MicrosText(left_value)},
                      {"constraint", std::string(constraint)},
                      {"rightExprName", std::string(right)},
                      {"rightExprValue", MicrosText(right_value)}});
  };
  if (window.slide > window.duration) {
    return violation("`slide_duration`", window.slide, "<=", "`window_duration`", window.duration);
  }
  if (std::abs(window.start) >= window.slide) {
    return violation("`abs(start_time)`", std::abs(window.start), "<", "`slide_duration`",
                     window.slide);
  }
  return window;
}

std::string WindowArgumentsText(std::span<const ArgumentInfo> arguments) {
  const auto text = [&](size_t index, const std::string& fallback) {
    if (arguments.size() <= index) return fallback;
    const auto duration = DurationOf(arguments[index]);
    return duration.ok() ? std::to_string(*duration) : arguments[index].pretty;
  };
  const std::string duration = text(1, "0");
  return duration + ", " + text(2, duration) + ", " + text(3, "0");
}

std::string WindowStartSql(std::string_view time, const TimeWindow& window, int64_t index) {
  std::string micros = "epoch_us(" + std::string(time) + ")";
  std::string slide = std::to_string(window.slide);
  std::string past = micros;
  if (window.start != 0) past = "(" + micros + " - " + std::to_string(window.start) + ")";
  std::string rest = "((" + past + " % " + slide + " + " + slide + ") % " + slide + ")";
  std::string start = micros + " - " + rest;
  if (index != 0) start += " - " + std::to_string(index * window.slide);
  return "make_timestamp(" + start + ")";
}

std::string WindowSql(std::string_view time, const TimeWindow& window, int64_t index) {
  std::string start = WindowStartSql(time, window, index);
  return "struct_pack(\"start\" := " + start + ", \"end\" := " + start + " + to_microseconds(" +
         std::to_string(window.duration) + "))";
}

}  // namespace ember
