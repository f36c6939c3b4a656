#include "sql/interval_literal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "sql/lexer.h"

namespace ember {
namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

enum class Part { kMonths, kDays, kMicros };

struct UnitRow {
  std::string_view name;  // singular, lower case
  Part part;
  int64_t factor;
  int field;  // IntervalField it counts for, in year-month or day-time
};

constexpr auto kUnits = std::to_array<UnitRow>({
    {"year", Part::kMonths, 12, 0},
    {"month", Part::kMonths, 1, 1},
    {"week", Part::kDays, 7, 0},
    {"day", Part::kDays, 1, 0},
    {"hour", Part::kMicros, 3600 * kMicrosPerSecond, 1},
    {"minute", Part::kMicros, 60 * kMicrosPerSecond, 2},
    {"second", Part::kMicros, kMicrosPerSecond, 3},
    {"millisecond", Part::kMicros, 1000, 3},
    {"microsecond", Part::kMicros, 1, 3},
});

const UnitRow* FindUnit(std::string_view word) {
  std::string name = ToLower(word);
  if (name.size() > 1 && name.back() == 's') name.pop_back();
  const auto it = std::find_if(kUnits.begin(), kUnits.end(),
                               [&](const UnitRow& row) { return row.name == name; });
  return it == kUnits.end() ? nullptr : &*it;
}

Error FormatError(std::string_view kind, std::string_view input, ErrorParameters parameters = {}) {
  parameters["input"] = input;
  return MakeError(fmt::format("INVALID_INTERVAL_FORMAT.{}", kind), std::move(parameters));
}

bool IsSpace(char c) { return static_cast<unsigned char>(c) <= ' '; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Reads `[interval] (sign number unit)+`.
class IntervalReader {
 public:
  explicit IntervalReader(std::string_view text) : input_(text), text_(ToLower(text)) {}

  Result<CalendarIntervalValue> Read() {
    SkipSpace();
    if (at_ >= text_.size()) return FormatError("INPUT_IS_EMPTY", input_);
    if (text_.compare(at_, 8, "interval") == 0) {
      at_ += 8;
      if (at_ < text_.size() && !IsSpace(text_[at_])) {
        return FormatError("INVALID_PREFIX", input_, {{"prefix", "interval" + Word()}});
      }
      SkipSpace();
      if (at_ >= text_.size()) return FormatError("INPUT_IS_EMPTY", input_);
    }
    while (at_ < text_.size()) {
      RETURN_IF_ERROR(ReadPart());
      SkipSpace();
    }
    return value_;
  }

 private:
  void SkipSpace() {
    while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
  }
  std::string Word() const {
    size_t end = at_;
    while (end < text_.size() && !IsSpace(text_[end])) ++end;
    return text_.substr(at_, end - at_);
  }

  Status ReadPart() {
    bool negative = false;
    const std::string input_word = Word();
    if (text_[at_] == '-' || text_[at_] == '+') {
      negative = text_[at_++] == '-';
      SkipSpace();
    }
    if (at_ >= text_.size()) return FormatError("MISSING_NUMBER", input_, {{"word", ""}});
    if (text_[at_] == '-' || text_[at_] == '+') {
      return FormatError("INVALID_VALUE", input_, {{"value", input_word}});
    }
    if (!IsDigit(text_[at_]) && text_[at_] != '.') {
      return FormatError("UNRECOGNIZED_NUMBER", input_, {{"number", Word()}});
    }
    const std::string word = Word();
    int64_t whole = 0;
    bool overflow = false;
    while (at_ < text_.size() && IsDigit(text_[at_])) {
      overflow |= __builtin_mul_overflow(whole, int64_t{10}, &whole);
      overflow |= __builtin_add_overflow(whole, int64_t{text_[at_++] - '0'}, &whole);
    }
    if (overflow) return FormatError("ARITHMETIC_EXCEPTION", input_);
    bool has_fraction = false;
    int64_t nanos = 0;
    if (at_ < text_.size() && text_[at_] == '.') {
      has_fraction = true;
      int64_t scale = 100'000'000;
      for (++at_; at_ < text_.size() && IsDigit(text_[at_]); ++at_) {
        if (scale == 0) return FormatError("INVALID_PRECISION", input_, {{"value", word}});
        nanos += scale * (text_[at_] - '0');
        scale /= 10;
      }
    }
    if (at_ < text_.size() && !IsSpace(text_[at_]))
      return FormatError("INVALID_VALUE", input_, {{"value", word}});
    SkipSpace();
    if (at_ >= text_.size()) return FormatError("MISSING_UNIT", input_, {{"word", word}});
    return AddUnit(negative ? -whole : whole, negative ? -nanos : nanos, has_fraction);
  }

  Status AddUnit(int64_t whole, int64_t nanos, bool has_fraction) {
    const std::string word = Word();
    const UnitRow* unit = FindUnit(word);
    if (unit == nullptr) return FormatError("INVALID_UNIT", input_, {{"unit", word}});
    if (has_fraction && unit->name != "second")
      return FormatError("INVALID_FRACTION", input_, {{"unit", word}});
    at_ += word.size();
    int64_t amount = 0;
    bool overflow = __builtin_mul_overflow(whole, unit->factor, &amount);
    switch (unit->part) {
      case Part::kMonths:
        overflow |= AddTo(value_.months, amount);
        break;
      case Part::kDays:
        overflow |= AddTo(value_.days, amount);
        break;
      case Part::kMicros:
        overflow |= __builtin_add_overflow(amount, nanos / 1000, &amount);
        overflow |= __builtin_add_overflow(value_.microseconds, amount, &value_.microseconds);
        break;
    }
    if (overflow) return FormatError("ARITHMETIC_EXCEPTION", input_);
    return {};
  }

  static bool AddTo(int32_t& field, int64_t amount) {
    int32_t sum = 0;
    if (__builtin_add_overflow(field, amount, &sum)) return true;
    field = sum;
    return false;
  }

  std::string_view input_;
  std::string text_;
  size_t at_ = 0;
  CalendarIntervalValue value_;
};

constexpr std::array<std::string_view, 4> kDayTimeNames = {"day", "hour", "minute", "second"};
constexpr std::array<std::string_view, 4> kDayTimeFormats = {"d", "h", "m", "s.n"};
constexpr std::array<int64_t, 4> kDayTimeFactors = {kMicrosPerDay, 3600 * kMicrosPerSecond,
                                                    60 * kMicrosPerSecond, kMicrosPerSecond};
constexpr std::array<int64_t, 4> kDayTimeLimits = {0, 23, 59, 59};

int DayTimeField(std::string_view unit) {
  const auto it = std::find(kDayTimeNames.begin(), kDayTimeNames.end(), unit);
  return it == kDayTimeNames.end() ? -1 : static_cast<int>(it - kDayTimeNames.begin());
}

Error UnmatchedFormat(std::string_view text, std::string_view kind, std::string_view format,
                      std::string_view from, std::string_view to) {
  return FormatError(
      kind == "day-time" ? "UNMATCHED_FORMAT_STRING_WITH_NOTICE" : "UNMATCHED_FORMAT_STRING", text,
      {{"intervalStr", std::string(kind)},
       {"supportedFormat", fmt::format("`[+|-]{0}`, `INTERVAL [+|-]'[+|-]{0}' {1} TO {2}`", format,
                                       ToUpper(from), ToUpper(to))},
       {"typeName", fmt::format("interval {} to {}", from, to)}});
}

// Up to nine digits; none when there are none or too many.
std::optional<int64_t> TakeNumber(std::string_view& text, size_t max_digits) {
  size_t count = 0;
  int64_t value = 0;
  while (count < text.size() && IsDigit(text[count])) {
    if (count >= max_digits) return std::nullopt;
    value = value * 10 + (text[count++] - '0');
  }
  if (count == 0) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

bool TakeSign(std::string_view& text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return negative;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

Result<Literal> ParseYearToMonth(std::string_view input) {
  std::string_view text = Trim(input);
  const bool negative = TakeSign(text);
  const auto years = TakeNumber(text, 9);
  const bool dash = years && text.starts_with('-');
  if (dash) text.remove_prefix(1);
  const auto months = dash ? TakeNumber(text, 2) : std::nullopt;
  if (!months || !text.empty()) return UnmatchedFormat(input, "year-month", "y-m", "year", "month");
  if (*months > 11) return FormatError("INTERVAL_PARSING", input, {{"interval", "year-month"}});
  const int64_t total = *years * 12 + *months;
  if (total > INT32_MAX) return FormatError("ARITHMETIC_EXCEPTION", input);
  return Literal{YearMonthIntervalType(), {negative ? -total : total}};
}

Result<Literal> ParseDayTime(std::string_view input, int from, int to) {
  std::string format;
  for (int field = from; field <= to; ++field) {
    if (field > from) format += field == 1 ? ' ' : ':';
    format += kDayTimeFormats[static_cast<size_t>(field)];
  }
  const auto from_name = kDayTimeNames[static_cast<size_t>(from)];
  const Error unmatched =
      UnmatchedFormat(input, "day-time", format, from_name, kDayTimeNames[static_cast<size_t>(to)]);
  std::string_view text = Trim(input);
  const bool negative = TakeSign(text);
  int64_t total = 0;
  for (int field = from; field <= to; ++field) {
    const auto i = static_cast<size_t>(field);
    if (field > from) {
      const char separator = field == 1 ? ' ' : ':';
      if (text.empty() || text.front() != separator) return unmatched;
      text.remove_prefix(1);
      if (separator == ' ') text = Trim(text);
    }
    const auto number = TakeNumber(text, field == from ? 10 : 2);
    if (!number) return unmatched;
    if (field > from && *number > kDayTimeLimits[i]) {
      return MakeError("_LEGACY_ERROR_TEMP_0063",
                       {{"msg", fmt::format("requirement failed: {} {} outside range [0, {}]",
                                            kDayTimeNames[i], *number, kDayTimeLimits[i])}});
    }
    int64_t amount = 0;
    if (__builtin_mul_overflow(*number, kDayTimeFactors[i], &amount) ||
        __builtin_add_overflow(total, amount, &total)) {
      return FormatError("ARITHMETIC_EXCEPTION", input);
    }
  }
  if (to == 3 && text.starts_with('.')) {
    text.remove_prefix(1);
    int64_t scale = 100'000;
    for (size_t digits = 0; !text.empty() && IsDigit(text.front()) && digits < 9; ++digits) {
      total += scale * (text.front() - '0');
      scale /= 10;
      text.remove_prefix(1);
    }
  }
  if (!text.empty()) return unmatched;
  return Literal{
      DayTimeIntervalType(static_cast<IntervalField>(from), static_cast<IntervalField>(to)),
      {negative ? -total : total}};
}

}  // namespace

Result<CalendarIntervalValue> ParseIntervalText(std::string_view text) {
  return IntervalReader(text).Read();
}

Result<std::optional<Literal>> MakeMultiUnitInterval(const CalendarIntervalValue& value,
                                                     const std::vector<std::string>& units) {
  bool has_months = false;
  bool has_days = false;
  int first = 3;
  int last = 0;
  for (const auto& unit : units) {
    const UnitRow* row = FindUnit(unit);
    if (row == nullptr) return FormatError("INVALID_UNIT", unit, {{"unit", ToLower(unit)}});
    (row->part == Part::kMonths ? has_months : has_days) = true;
    first = std::min(first, row->field);
    last = std::max(last, row->field);
  }
  if (has_months && has_days) return std::optional<Literal>();
  const auto from = static_cast<IntervalField>(first);
  const auto to = static_cast<IntervalField>(last);
  if (has_months)
    return std::optional(Literal{YearMonthIntervalType(from, to), {int64_t{value.months}}});
  int64_t micros = 0;
  if (__builtin_mul_overflow(int64_t{value.days}, kMicrosPerDay, &micros) ||
      __builtin_add_overflow(micros, value.microseconds, &micros)) {
    return FormatError("ARITHMETIC_EXCEPTION", "");
  }
  return std::optional(Literal{DayTimeIntervalType(from, to), {micros}});
}

Result<Literal> ParseUnitToUnitInterval(std::string_view text, std::string_view from,
                                        std::string_view to) {
  const std::string from_unit = ToLower(from);
  const std::string to_unit = ToLower(to);
  if (from_unit == "year" && to_unit == "month") return ParseYearToMonth(text);
  const int first = DayTimeField(from_unit);
  const int last = DayTimeField(to_unit);
  if (first < 0 || last <= first) {
    return FormatError("UNSUPPORTED_FROM_TO_EXPRESSION", text,
                       {{"from", from_unit}, {"to", to_unit}});
  }
  return ParseDayTime(text, first, last);
}

bool IsIntervalUnit(std::string_view word) {
  return FindUnit(word) != nullptr || EqualsIgnoreCase(word, "nanosecond") ||
         EqualsIgnoreCase(word, "nanoseconds");
}

bool IsIntervalField(std::string_view word) {
  const std::string unit = ToLower(word);
  return unit == "year" || unit == "month" || DayTimeField(unit) >= 0;
}

}  // namespace ember
