#include "duckdb/csv_values.h"

#include <cstring>
#include <limits>

#include "functions/civil_time.h"
#include "functions/string_casts.h"

namespace ember {
namespace {

constexpr size_t kDayLength = 10;        // yyyy-MM-dd
constexpr size_t kTimestampLength = 19;  // yyyy-MM-dd HH:mm:ss
constexpr int kMaxPrecision = 38;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]) != lower[i]) return false;
  }
  return true;
}

// -1 when they are not two digits.
int TwoDigits(const char* text) {
  if (!IsDigit(text[0]) || !IsDigit(text[1])) return -1;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

// The days of a text that starts with yyyy-MM-dd.
std::optional<int32_t> PlainDay(const char* text) {
  const int century = TwoDigits(text);
  const int year = TwoDigits(text + 2);
  const int month = TwoDigits(text + 5);
  const int day = TwoDigits(text + 8);
  if (century < 0 || year < 0 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (month < 1 || month > 12 || day < 1) return std::nullopt;
  if (day > DaysInMonth(century * 100 + year, month)) return std::nullopt;
  return static_cast<int32_t>(
      DaysFromCivil({.year = century * 100 + year, .month = month, .day = day}));
}

// Microseconds within the day of "HH:mm:ss".
std::optional<int64_t> PlainTime(const char* text) {
  const int hour = TwoDigits(text);
  const int minute = TwoDigits(text + 3);
  const int second = TwoDigits(text + 6);
  if (text[2] != ':' || text[5] != ':' || hour < 0 || minute < 0 || second < 0) return std::nullopt;
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return ((hour * 60 + minute) * int64_t{60} + second) * kMicrosPerSecond;
}

// [-+]digits[.digits] with so few digits that one division of two exact doubles rounds correctly.
std::optional<double> ShortDouble(std::string_view text) {
  static constexpr double kPowers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  constexpr size_t kMaxDigits = 15;
  size_t i = 0;
  const bool is_negative = text[0] == '-';
  if (is_negative || text[0] == '+') ++i;
  if (text.size() - i > kMaxDigits + 1 || i == text.size()) return std::nullopt;
  uint64_t digits = 0;
  size_t point = text.size();
  for (; i < text.size(); ++i) {
    if (IsDigit(text[i])) {
      digits = digits * 10 + static_cast<uint64_t>(text[i] - '0');
    } else if (text[i] == '.' && point == text.size() && text.size() > 2) {
      point = i;
    } else {
      return std::nullopt;
    }
  }
  const size_t fraction = point == text.size() ? 0 : text.size() - point - 1;
  if (digits > (uint64_t{1} << 53) || fraction > kMaxDigits) return std::nullopt;
  const double value = static_cast<double>(digits) / kPowers[fraction];
  return is_negative ? -value : value;
}

// Double.parseDouble takes the words "NaN" and "Infinity" in this case only, where a cast takes
// more. True: the text is a word (and no number of any kind) that it does not take.
bool IsForeignWord(std::string_view text) {
  while (!text.empty() && IsCsvBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsCsvBlank(text.back())) text.remove_suffix(1);
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || std::string_view("iInN").find(text[0]) == std::string_view::npos)
    return false;
  return text != "NaN" && text != "Infinity";
}

template <typename T>
std::optional<T> SpecialValue(std::string_view text, const CsvSpec& spec) {
  if (text == spec.nan_value) return std::numeric_limits<T>::quiet_NaN();
  if (text == spec.negative_inf) return -std::numeric_limits<T>::infinity();
  if (text == spec.positive_inf) return std::numeric_limits<T>::infinity();
  return std::nullopt;
}

// The class of a text of digits with at most one point; none for other texts, and for numbers whose
// size counts.
std::optional<CsvClass> ClassOfDigits(std::string_view text) {
  constexpr size_t kIntDigits = 9;
  size_t points = 0;
  const size_t first = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  for (size_t i = first; i < text.size(); ++i) {
    if (text[i] == '.') {
      ++points;
    } else if (!IsDigit(text[i])) {
      return std::nullopt;
    }
  }
  const size_t digits = text.size() - first - points;
  if (digits == 0 || points > 1) return std::nullopt;
  if (points == 1) return text.back() == '.' ? std::nullopt : std::optional(CsvClass::kDouble);
  return digits <= kIntDigits ? std::optional(CsvClass::kInteger) : std::nullopt;
}

// Whether something stands behind a time of day, as a zone does.
bool HasZone(std::string_view text) {
  while (!text.empty() && IsCsvBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsCsvBlank(text.back())) text.remove_suffix(1);
  const size_t time = text.find_first_of(" T");
  return time != std::string_view::npos &&
         text.find_first_not_of("0123456789:.", time + 1) != std::string_view::npos;
}

std::optional<DateTimePattern> Compiled(std::string_view pattern) {
  if (pattern.empty()) return std::nullopt;
  Result<DateTimePattern> compiled = DateTimePattern::Make(pattern, DateTimePattern::Use::kParse);
  if (!compiled.ok()) return std::nullopt;
  return *std::move(compiled);
}

// ExprUtils.getDecimalParser: new BigDecimal(text without commas); it takes no blanks.
std::optional<ParsedDecimal> ParseDecimal(std::string_view text) {
  if (text.empty() || IsCsvBlank(text.front()) || IsCsvBlank(text.back())) return std::nullopt;
  if (text.find(',') == std::string_view::npos) return ParseBigDecimal(text);
  std::string digits;
  for (const char c : text) {
    if (c != ',') digits += c;
  }
  return ParseBigDecimal(digits);
}

}  // namespace

CsvValueReader::CsvValueReader(const CsvSpec& spec)
    : spec_(spec),
      zone_(Zone::Find(spec.zone)),
      date_pattern_(Compiled(spec.date_format)),
      timestamp_pattern_(Compiled(spec.timestamp_format)),
      ntz_pattern_(Compiled(spec.timestamp_ntz_format)) {}

std::optional<bool> CsvValueReader::Boolean(std::string_view text) const {
  if (EqualsIgnoringCase(text, "true")) return true;
  if (EqualsIgnoringCase(text, "false")) return false;
  return std::nullopt;
}

std::optional<int64_t> CsvValueReader::Integer(std::string_view text, int64_t minimum,
                                               int64_t maximum) const {
  constexpr size_t kSafeDigits = 18;
  if (text.empty()) return std::nullopt;
  const bool is_negative = text[0] == '-';
  const std::string_view digits = text.substr(is_negative || text[0] == '+' ? 1 : 0);
  if (digits.empty()) return std::nullopt;
  if (digits.size() > kSafeDigits) {
    for (const char c : digits) {
      if (!IsDigit(c)) return std::nullopt;
    }
    return ParseInteger(text, minimum, maximum, false);
  }
  int64_t value = 0;
  for (const char c : digits) {
    if (!IsDigit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  if (is_negative) value = -value;
  if (value < minimum || value > maximum) return std::nullopt;
  return value;
}

std::optional<double> CsvValueReader::Double(std::string_view text) const {
  if (auto special = SpecialValue<double>(text, spec_)) return special;
  if (text.empty()) return std::nullopt;
  if (auto value = ShortDouble(text)) return value;
  if (IsForeignWord(text)) return std::nullopt;
  return ParseJavaDouble(text);
}

std::optional<float> CsvValueReader::Float(std::string_view text) const {
  if (auto special = SpecialValue<float>(text, spec_)) return special;
  if (IsForeignWord(text)) return std::nullopt;
  return ParseJavaFloat(text);
}

std::optional<__int128> CsvValueReader::Decimal(std::string_view text, int precision,
                                                int scale) const {
  const std::optional<ParsedDecimal> decimal = ParseDecimal(text);
  return decimal ? ToUnscaled(*decimal, precision, scale) : std::nullopt;
}

std::optional<int64_t> CsvValueReader::ByPattern(const DateTimePattern& pattern,
                                                 std::string_view text, bool is_instant) const {
  const DateTimePattern::Parsed parsed = pattern.Parse(text);
  if (!parsed.is_ok) return std::nullopt;
  if (!is_instant && parsed.zone == nullptr) return parsed.wall_micros;
  const Zone* zone = parsed.zone ? parsed.zone.get() : zone_.get();
  if (zone == nullptr || zone_ == nullptr) return std::nullopt;
  const int64_t instant = zone->ToInstant(parsed.wall_micros);
  return is_instant ? instant : zone_->ToWall(instant);
}

std::optional<int32_t> CsvValueReader::Date(std::string_view text) {
  if (!spec_.date_format.empty()) {
    if (!date_pattern_) return std::nullopt;
    const auto micros = ByPattern(*date_pattern_, text, false);
    if (!micros) return std::nullopt;
    return static_cast<int32_t>(FloorDivide(*micros, kMicrosPerDay));
  }
  if (text.size() != kDayLength) return ParseSparkDate(text);
  // Rows of one day often follow each other.
  if (std::memcmp(text.data(), last_day_, kDayLength) == 0) return last_days_;
  const std::optional<int32_t> days = PlainDay(text.data());
  if (!days) return ParseSparkDate(text);
  std::memcpy(last_day_, text.data(), kDayLength);
  last_days_ = *days;
  return days;
}

std::optional<int64_t> CsvValueReader::Timestamp(std::string_view text) {
  if (!spec_.timestamp_format.empty()) {
    return timestamp_pattern_ ? ByPattern(*timestamp_pattern_, text, true) : std::nullopt;
  }
  if (text.size() == kTimestampLength && (text[10] == ' ' || text[10] == 'T') && zone_) {
    const std::optional<int32_t> days = PlainDay(text.data());
    const std::optional<int64_t> time = PlainTime(text.data() + 11);
    if (days && time) return zone_->ToInstant(*days * kMicrosPerDay + *time);
  }
  return ParseSparkTimestamp(text, spec_.zone);
}

std::optional<int64_t> CsvValueReader::TimestampNtz(std::string_view text) {
  if (!spec_.timestamp_ntz_format.empty()) {
    return ntz_pattern_ ? ByPattern(*ntz_pattern_, text, false) : std::nullopt;
  }
  if (text.size() == kTimestampLength && (text[10] == ' ' || text[10] == 'T')) {
    const std::optional<int32_t> days = PlainDay(text.data());
    const std::optional<int64_t> time = PlainTime(text.data() + 11);
    if (days && time) return *days * kMicrosPerDay + *time;
  }
  // A cast leaves a zone out; here it is none of the text (parseWithoutTimeZone).
  if (HasZone(text)) return std::nullopt;
  return ParseSparkTimestampNtz(text);
}

int64_t CsvValueReader::ClassBits(std::string_view text) {
  if (const std::optional<CsvClass> plain = ClassOfDigits(text)) return BitOf(*plain);
  const std::optional<int64_t> integer =
      Integer(text, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max());
  if (integer) {
    const bool is_int = *integer >= std::numeric_limits<int32_t>::min() &&
                        *integer <= std::numeric_limits<int32_t>::max();
    return BitOf(is_int ? CsvClass::kInteger : CsvClass::kLong);
  }
  const bool may_be_number =
      !text.empty() &&
      (IsDigit(text[0]) || std::string_view("+-.").find(text[0]) != std::string_view::npos);
  const bool is_day = text.size() == kDayLength && text[4] == '-' && text[7] == '-';
  // Only numbers without places after the point; and here commas are not left out.
  const size_t point = text.find('.');
  const bool has_places =
      point < text.size() - 1 && text.find_first_of("eE", point) == std::string_view::npos;
  if (may_be_number && !is_day && !has_places) {
    const std::optional<ParsedDecimal> decimal = ParseBigDecimal(text);
    if (decimal && decimal->scale == 0 && !IsCsvBlank(text.back())) {
      const size_t precision = std::max<size_t>(1, decimal->digits.size());
      if (precision <= kMaxPrecision)
        return BitOf(CsvClass::kDecimal) | (int64_t{1} << (kFirstPrecisionBit + precision));
    }
  }
  if (!is_day && Double(text)) return BitOf(CsvClass::kDouble);
  if (spec_.prefers_date) {
    if (!spec_.date_format.empty()) {
      if (Date(text)) return BitOf(CsvClass::kDate);
    } else if (is_day && PlainDay(text.data())) {
      return BitOf(CsvClass::kDate);
    }
  }
  if (Timestamp(text)) return BitOf(CsvClass::kTimestamp);
  return BitOf(Boolean(text) ? CsvClass::kBoolean : CsvClass::kString);
}

}  // namespace ember
