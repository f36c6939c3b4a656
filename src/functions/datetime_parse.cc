#include <algorithm>
#include <span>

#include "functions/civil_time.h"
#include "functions/datetime_names.h"
#include "functions/datetime_pattern.h"

// Parsing as DateTimeFormatter does with strict resolving and texts in any case.

namespace ember {

struct DateTimePattern::Fields {
  std::optional<int64_t> year, year_of_era, era, month, day, day_of_year;
  std::optional<int64_t> hour, clock_hour, half_hour, clock_half_hour, half, minute, second, nano;
  std::shared_ptr<const Zone> zone;

  std::optional<int64_t>& Of(char letter) {
    switch (letter) {
      case 'u':
        return year;
      case 'y':
        return year_of_era;
      case 'G':
        return era;
      case 'M':
      case 'L':
        return month;
      case 'd':
        return day;
      case 'D':
        return day_of_year;
      case 'H':
        return hour;
      case 'k':
        return clock_hour;
      case 'K':
        return half_hour;
      case 'h':
        return clock_half_hour;
      case 'a':
        return half;
      case 'm':
        return minute;
      case 's':
        return second;
      default:
        return nano;
    }
  }
};

namespace {

constexpr size_t kFailed = std::string_view::npos;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool StartsWith(std::string_view text, size_t at, std::string_view prefix) {
  if (text.size() - at < prefix.size()) return false;
  for (size_t i = 0; i < prefix.size(); ++i) {
    if (Lower(text[at + i]) != Lower(prefix[i])) return false;
  }
  return true;
}

// The index of the longest name that stands at `at`; -1 for none.
int FindName(std::span<const std::string_view> names, std::string_view text, size_t at) {
  int found = -1;
  for (size_t i = 0; i < names.size(); ++i) {
    if (StartsWith(text, at, names[i]) &&
        (found < 0 || names[i].size() > names[static_cast<size_t>(found)].size())) {
      found = static_cast<int>(i);
    }
  }
  return found;
}

size_t TakeTwoDigits(std::string_view text, size_t at, int64_t& value) {
  if (text.size() < at + 2 || !IsDigit(text[at]) || !IsDigit(text[at + 1])) return kFailed;
  value = (text[at] - '0') * 10 + (text[at + 1] - '0');
  return at + 2;
}

size_t ParseOffset(char letter, int style, std::string_view text, size_t at, int64_t& seconds) {
  if (letter == 'Z') style = style == 5 ? 5 : 2;
  seconds = 0;
  const bool has_z = letter == 'X' || (letter == 'Z' && style == 5);
  if (has_z && StartsWith(text, at, "Z")) return at + 1;
  if (at >= text.size() || (text[at] != '+' && text[at] != '-')) return kFailed;
  const int64_t sign = text[at] == '-' ? -1 : 1;
  const bool has_colon = style == 3 || style == 5;
  int64_t hours = 0, minutes = 0, rest = 0;
  at = TakeTwoDigits(text, at + 1, hours);
  if (at == kFailed || hours > 18) return kFailed;
  size_t next = at;
  if (has_colon) next = at < text.size() && text[at] == ':' ? at + 1 : kFailed;
  if (next != kFailed) next = TakeTwoDigits(text, next, minutes);
  if (next == kFailed) {
    if (style != 1) return kFailed;
    minutes = 0;
  } else {
    at = next;
  }
  if (style >= 4) {
    next = at;
    if (has_colon) next = at < text.size() && text[at] == ':' ? at + 1 : kFailed;
    if (next != kFailed) next = TakeTwoDigits(text, next, rest);
    if (next != kFailed) at = next;
  }
  seconds = sign * (hours * 3600 + minutes * 60 + rest);
  return at;
}

size_t ParseZone(bool takes_names, std::string_view text, size_t at,
                 std::shared_ptr<const Zone>& zone) {
  auto is_part = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '/' || c == '_' || c == '+' ||
           c == '-' || c == ':';
  };
  size_t end = at;
  while (end < text.size() && is_part(text[end])) ++end;
  for (; end > at; --end) {
    std::string_view name = text.substr(at, end - at);
    if (takes_names) {
      for (const ZoneAbbreviation& row : kZoneAbbreviations) {
        if (row.text == name) name = row.zone;
      }
    }
    zone = Zone::Find(name);
    if (zone != nullptr) return end;
  }
  return kFailed;
}

std::string Shortened(std::string_view text) {
  if (text.size() <= 64) return std::string(text);
  return std::string(text.substr(0, 64)) + "...";
}

std::string OutOfRange(std::string_view field, std::string_view range, int64_t value) {
  return "Invalid value for " + std::string(field) + " (valid values " + std::string(range) +
         "): " + std::to_string(value);
}

}  // namespace

size_t DateTimePattern::ParseNumber(const Element& element, std::string_view text, size_t at,
                                    int64_t& value, size_t& fault) {
  fault = at;
  if (at >= text.size()) return kFailed;

  bool is_negative = false, is_positive = false;
  if (text[at] == '+' || text[at] == '-') {
    is_negative = text[at] == '-';
    is_positive = !is_negative;
    const bool takes_sign =
        element.sign == Sign::kExceedsPad || (element.sign == Sign::kNormal && is_negative);
    if (!takes_sign) return kFailed;
    ++at;
  }
  const auto minimum = static_cast<size_t>(element.minimum);
  auto maximum = static_cast<size_t>(element.maximum) + static_cast<size_t>(element.subsequent);
  if (at + minimum > text.size()) return kFailed;
  const size_t first = at;
  size_t digits = 0;
  while (digits < maximum && first + digits < text.size() && IsDigit(text[first + digits]))
    ++digits;
  if (digits < minimum) return kFailed;
  if (element.subsequent > 0) {
    const auto reserved = static_cast<size_t>(element.subsequent);
    digits = std::max(minimum, digits > reserved ? digits - reserved : 0);
  }
  if (digits > 18) return kFailed;
  value = 0;
  for (size_t i = 0; i < digits; ++i) value = value * 10 + (text[first + i] - '0');
  if (is_negative) {
    if (value == 0) return kFailed;
    value = -value;
  } else if (element.sign == Sign::kExceedsPad) {
    if (is_positive && digits <= minimum) return kFailed;
    if (!is_positive && digits > minimum) return kFailed;
  }

  return first + digits;
}

size_t DateTimePattern::ParseElement(const Element& element, std::string_view text, size_t at,
                                     Fields& fields, size_t& fault) const {
  fault = at;
  switch (element.kind) {
    case Kind::kLiteral:
      return StartsWith(text, at, element.literal) ? at + element.literal.size() : kFailed;
    case Kind::kNumber: {
      int64_t value = 0;
      size_t end = ParseNumber(element, text, at, value, fault);
      if (end != kFailed) fields.Of(element.letter) = value;
      return end;
    }
    case Kind::kReducedYear: {
      int64_t value = 0;
      size_t end = ParseNumber(element, text, at, value, fault);
      if (end != kFailed) fields.Of(element.letter) = end - at == 2 ? 2000 + value : value;
      return end;
    }
    case Kind::kFraction: {
      size_t digits = 0;
      int64_t nanos = 0;
      while (digits < static_cast<size_t>(element.maximum) && at + digits < text.size() &&
             IsDigit(text[at + digits])) {
        nanos = nanos * 10 + (text[at + digits] - '0');
        ++digits;
      }
      if (digits < static_cast<size_t>(element.minimum)) return kFailed;
      for (size_t i = digits; i < 9; ++i) nanos *= 10;
      fields.nano = nanos;
      return at + digits;
    }
    case Kind::kText: {
      std::span<const std::string_view> names =
          element.letter == 'G' ? std::span<const std::string_view>(kShortEraNames)
                                : kShortMonthNames;
      if (element.style == 4) {
        names = element.letter == 'G' ? std::span<const std::string_view>(kEraNames) : kMonthNames;
      }
      int found = FindName(names, text, at);
      if (found < 0) return kFailed;
      fields.Of(element.letter) = element.letter == 'G' ? found : found + 1;
      return at + names[static_cast<size_t>(found)].size();
    }
    case Kind::kAmPm: {
      int found = FindName(kAmPmNames, text, at);
      if (found < 0) return kFailed;
      fields.half = found;
      return at + 2;
    }
    case Kind::kOffset: {
      int64_t seconds = 0;
      size_t end = ParseOffset(element.letter, element.style, text, at, seconds);
      if (end != kFailed) {
        std::string name = OffsetText(seconds);
        fields.zone = Zone::Find(name);
      }
      return end;
    }
    case Kind::kLocalizedOffset: {
      if (!StartsWith(text, at, "GMT")) return kFailed;
      return ParseZone(false, text, at, fields.zone);
    }
    case Kind::kZoneId:
    case Kind::kZoneName:
      return ParseZone(element.kind == Kind::kZoneName, text, at, fields.zone);
    case Kind::kOptionalStart:
    case Kind::kOptionalEnd:
      return at;
  }
  return kFailed;
}

size_t DateTimePattern::ParseFrom(size_t element, size_t end, std::string_view text, size_t at,
                                  Fields& fields, size_t& fault) const {
  while (element < end) {
    const Element& current = elements_[element];
    if (current.kind == Kind::kOptionalStart) {
      // A section that does not fit takes nothing.
      Fields saved = fields;
      size_t ignored = 0;
      size_t next = ParseFrom(element + 1, current.partner, text, at, fields, ignored);
      if (next == kFailed) {
        fields = std::move(saved);
      } else {
        at = next;
      }
      element = current.partner + 1;
      continue;
    }
    at = ParseElement(current, text, at, fields, fault);
    if (at == kFailed) return kFailed;
    ++element;
  }
  return at;
}

DateTimePattern::Parsed DateTimePattern::Parse(std::string_view text) const {
  Fields fields;
  size_t fault = 0;
  size_t end = ParseFrom(0, elements_.size(), text, 0, fields, fault);
  std::string prefix = "Text '" + Shortened(text) + "' could not be parsed";
  Parsed parsed;
  if (end == kFailed) {
    parsed.fault = prefix + " at index " + std::to_string(fault);
  } else if (end < text.size()) {
    parsed.fault = prefix + ", unparsed text found at index " + std::to_string(end);
  } else {
    parsed = Resolve(text, fields);
  }
  return parsed;
}

// Parsed.resolve with ResolverStyle.STRICT, then Spark's defaults for what is missing (1970-01-01,
// midnight).
DateTimePattern::Parsed DateTimePattern::Resolve(std::string_view text,
                                                 const Fields& fields) const {
  Parsed parsed;
  auto fail = [&](std::string why) {
    parsed.fault = "Text '" + Shortened(text) + "' could not be parsed: " + std::move(why);
    return parsed;
  };
  int64_t year = fields.year.value_or(1970);
  if (fields.year_of_era) {
    year = fields.era.value_or(1) == 1 ? *fields.year_of_era : 1 - *fields.year_of_era;
  }
  std::string why;
  int64_t days = 0;
  if (fields.day_of_year && !fields.month) {
    int64_t length = IsLeapYear(year) ? 366 : 365;
    if (*fields.day_of_year < 1 || *fields.day_of_year > 366) {
      return fail(OutOfRange("DayOfYear", "1 - 365/366", *fields.day_of_year));
    }
    if (*fields.day_of_year > length) {
      return fail("Invalid date 'DayOfYear 366' as '" + std::to_string(year) +
                  "' is not a leap year");
    }
    days = DaysFromCivil({year, 1, 1}) + *fields.day_of_year - 1;
  } else {
    why = DateFault(year, fields.month.value_or(1), fields.day.value_or(1));
    if (!why.empty()) return fail(why);
    days = DaysFromCivil({year, static_cast<int>(fields.month.value_or(1)),
                          static_cast<int>(fields.day.value_or(1))});
  }
  std::optional<int64_t> half_hour = fields.half_hour;
  if (half_hour && (*half_hour < 0 || *half_hour > 11)) {
    return fail(OutOfRange("HourOfAmPm", "0 - 11", *half_hour));
  }
  if (fields.clock_half_hour) {
    if (*fields.clock_half_hour < 1 || *fields.clock_half_hour > 12) {
      return fail(OutOfRange("ClockHourOfAmPm", "1 - 12", *fields.clock_half_hour));
    }
    half_hour = *fields.clock_half_hour % 12;
  }
  if (fields.clock_hour && (*fields.clock_hour < 1 || *fields.clock_hour > 24)) {
    return fail(OutOfRange("ClockHourOfDay", "1 - 24", *fields.clock_hour));
  }
  int64_t hour = 0;
  if (fields.hour) {
    hour = *fields.hour;
  } else if (fields.clock_hour) {
    hour = *fields.clock_hour % 24;
  } else if (half_hour) {
    hour = *half_hour + fields.half.value_or(0) * 12;
  } else if (fields.half) {
    hour = *fields.half * 12;
  }
  int64_t minute = fields.minute.value_or(0), second = fields.second.value_or(0);
  why = TimeFault(hour, minute, second);
  if (!why.empty()) return fail(why);
  if (days < -106'751'991 || days > 106'751'991) return fail("long overflow");
  parsed.is_ok = true;
  parsed.zone = fields.zone;
  parsed.wall_micros = (days * 86'400 + hour * 3'600 + minute * 60 + second) * kMicrosPerSecond +
                       fields.nano.value_or(0) / 1'000;
  return parsed;
}

}  // namespace ember
