#include <chrono>
#include <cstdlib>
#include <vector>

#include "functions/string_casts.h"
#include "functions/zone.h"
#include "types/value.h"

namespace ember {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view TrimAll(std::string_view text) {
  auto is_trimmed = [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F;
  };
  while (!text.empty() && is_trimmed(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_trimmed(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<int64_t> DaysOf(int64_t year, int month, int day) {
  using namespace std::chrono;  // NOLINT: calendar types
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return std::nullopt;
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (day > kDays[month - 1] + (month == 2 && is_leap ? 1 : 0)) return std::nullopt;
  // Days from the civil calendar (proleptic Gregorian), any year.
  const int64_t shifted = month <= 2 ? year - 1 : year;
  const int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  const int64_t year_of_era = shifted - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

struct TimestampParts {
  int64_t segments[9] = {1, 1, 1, 0, 0, 0, 0, 0, 0};
  std::optional<std::string> zone;
  bool is_time_only = false;
};

constexpr int kMostDigits = 6;  // of a year; also what is kept of a fraction

bool IsValidSegment(int segment, int digits) {
  if (segment == 6) return true;
  if (segment == 0) return digits >= 4 && digits <= kMostDigits;
  if (segment == 7) return digits <= 2;
  return digits > 0 && digits <= 2;
}

// SparkDateTimeUtils.parseTimestampString: a state machine over year, month, day, hour, minute,
// second, fraction.
class TimestampReader {
 public:
  explicit TimestampReader(std::string_view text) : text_(text) {}

  std::optional<TimestampParts> Read() {
    if (text_.empty()) return std::nullopt;
    if (text_[0] == '-' || text_[0] == '+') {
      year_sign_ = text_[0] == '-' ? -1 : 1;
      at_ = 1;
    }
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (IsDigit(c)) {
        if (segment_ == 6) {
          ++fraction_digits_;
        } else if (digits_ == kMostDigits) {
          return std::nullopt;
        }
        if (digits_ < kMostDigits) value_ = value_ * 10 + (c - '0');
        ++digits_;
      } else if (!Separator(c)) {
        return std::nullopt;
      }
    }
    if (segment_ > 8 || !IsValidSegment(segment_, digits_)) return std::nullopt;
    parts_.segments[segment_] = value_;
    for (; fraction_digits_ < 6; ++fraction_digits_) parts_.segments[6] *= 10;
    parts_.segments[0] *= year_sign_ == 0 ? 1 : year_sign_;
    return parts_;
  }

 private:
  bool Close(int next) {
    if (!IsValidSegment(segment_, digits_)) return false;
    parts_.segments[segment_] = value_;
    value_ = 0;
    digits_ = 0;
    segment_ = next;
    return true;
  }

  bool Separator(char c) {
    if (at_ == 0 && c == 'T') {
      parts_.is_time_only = true;
      segment_ = 3;
      return true;
    }
    if (segment_ < 2) {
      if (c == '-') return Close(segment_ + 1);
      if (segment_ != 0 || c != ':' || year_sign_ != 0) return false;
      parts_.is_time_only = true;
      segment_ = 3;
      return Close(4);
    }
    if (segment_ == 2) return (c == ' ' || c == 'T') && Close(3);
    if (segment_ == 3 || segment_ == 4) return c == ':' && Close(segment_ + 1);
    if (segment_ == 5 && c == '.') return Close(6);
    if (segment_ == 5 || segment_ == 6) {
      if (!Close(7)) return false;
      parts_.zone = std::string(text_.substr(at_));
      at_ = text_.size() - 1;
      return true;
    }
    return false;
  }

  std::string_view text_;
  size_t at_ = 0;
  int year_sign_ = 0;
  int segment_ = 0;
  int64_t value_ = 0;
  int digits_ = 0;
  int fraction_digits_ = 0;
  TimestampParts parts_;
};

std::optional<int64_t> WallMicros(const TimestampParts& parts, int64_t today) {
  const int64_t* s = parts.segments;
  std::optional<int64_t> days = today;
  if (!parts.is_time_only) days = DaysOf(s[0], static_cast<int>(s[1]), static_cast<int>(s[2]));
  if (!days || s[3] > 23 || s[4] > 59 || s[5] > 59) return std::nullopt;
  const int64_t seconds = (s[3] * 60 + s[4]) * 60 + s[5];
  const __int128 micros = static_cast<__int128>(*days) * kMicrosPerDay + seconds * 1'000'000 + s[6];
  if (micros > INT64_MAX || micros < INT64_MIN) return std::nullopt;
  return static_cast<int64_t>(micros);
}

std::string_view TrimSpaces(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<int32_t> ParseSparkDate(std::string_view text) {
  text = TrimAll(text);
  if (text.empty()) return std::nullopt;
  int64_t sign = 1;
  if (text[0] == '-' || text[0] == '+') {
    sign = text[0] == '-' ? -1 : 1;
    text.remove_prefix(1);
  }
  int64_t segments[3] = {1, 1, 1};
  int segment = 0, digits = 0;
  int64_t value = 0;
  size_t i = 0;
  auto is_valid = [&] {
    return segment == 0 ? digits >= 4 && digits <= 7 : digits > 0 && digits <= 2;
  };
  for (; i < text.size() && text[i] != ' ' && text[i] != 'T'; ++i) {
    if (segment < 2 && text[i] == '-') {
      if (!is_valid()) return std::nullopt;
      segments[segment++] = value;
      value = 0;
      digits = 0;
    } else if (!IsDigit(text[i]) || ++digits > 7) {
      return std::nullopt;
    } else {
      value = value * 10 + (text[i] - '0');
    }
  }
  if (!is_valid()) return std::nullopt;
  // yyyy and yyyy-[m]m must be all there is; after a day anything may follow 'T' or a space.
  if (segment < 2 && i < text.size()) return std::nullopt;
  segments[segment] = value;
  std::optional<int64_t> days =
      DaysOf(sign * segments[0], static_cast<int>(segments[1]), static_cast<int>(segments[2]));
  if (!days || *days > INT32_MAX || *days < INT32_MIN) return std::nullopt;
  return static_cast<int32_t>(*days);
}

std::optional<int64_t> ParseSparkTimestamp(std::string_view text, std::string_view zone_name) {
  std::optional<TimestampParts> parts = TimestampReader(TrimAll(text)).Read();
  if (!parts) return std::nullopt;
  if (!parts->zone && zone_name == "UTC" && !parts->is_time_only) return WallMicros(*parts, 0);
  auto zone = Zone::Find(parts->zone ? TrimSpaces(*parts->zone) : zone_name);
  if (zone == nullptr) return std::nullopt;
  int64_t today = 0;
  if (parts->is_time_only) {
    const int64_t now = std::chrono::duration_cast<std::chrono::microseconds>(
                            std::chrono::system_clock::now().time_since_epoch())
                            .count();
    const int64_t wall = zone->ToWall(now);
    today = (wall - (wall % kMicrosPerDay + kMicrosPerDay) % kMicrosPerDay) / kMicrosPerDay;
  }
  std::optional<int64_t> wall = WallMicros(*parts, today);
  if (!wall) return std::nullopt;
  return zone->ToInstant(*wall);
}

std::optional<int64_t> ParseSparkTimestampNtz(std::string_view text) {
  std::optional<TimestampParts> parts = TimestampReader(TrimAll(text)).Read();
  if (!parts || parts->is_time_only) return std::nullopt;
  if (parts->zone && Zone::Find(TrimSpaces(*parts->zone)) == nullptr) return std::nullopt;
  return WallMicros(*parts, 0);
}

}  // namespace ember
