#include <charconv>

#include "functions/civil_time.h"
#include "functions/datetime_names.h"
#include "functions/datetime_pattern.h"

namespace ember {
namespace {

void AppendPadded(uint64_t value, int width, std::string& out) {
  char digits[24];
  auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  for (int length = static_cast<int>(end - digits); length < width; ++length) out += '0';
  out.append(digits, end);
}

// DateTimeFormatterBuilder's offset patterns: +HHmm, +HHMM, +HH:MM, +HHMMss, +HH:MM:ss.
void AppendOffset(char letter, int style, int64_t seconds, std::string& out) {
  if (letter == 'Z') style = style == 5 ? 5 : 2;
  if (seconds == 0) {
    if (letter == 'X' || (letter == 'Z' && style == 5)) {
      out += 'Z';
    } else {
      out += style == 1 ? "+00" : style == 2 || style == 4 ? "+0000" : "+00:00";
    }
    return;
  }
  out += seconds < 0 ? '-' : '+';
  auto magnitude = static_cast<uint64_t>(seconds < 0 ? -seconds : seconds);
  const bool has_colon = style == 3 || style == 5;
  AppendPadded(magnitude / 3600, 2, out);
  const uint64_t minutes = magnitude / 60 % 60, rest = magnitude % 60;
  if (style == 1 && minutes == 0) return;
  if (has_colon) out += ':';
  AppendPadded(minutes, 2, out);
  if (style >= 4 && rest != 0) {
    if (has_colon) out += ':';
    AppendPadded(rest, 2, out);
  }
}

void AppendLocalizedOffset(int style, int64_t seconds, std::string& out) {
  out += "GMT";
  if (seconds == 0) return;
  out += seconds < 0 ? '-' : '+';
  auto magnitude = static_cast<uint64_t>(seconds < 0 ? -seconds : seconds);
  const uint64_t minutes = magnitude / 60 % 60, rest = magnitude % 60;
  AppendPadded(magnitude / 3600, style == 4 ? 2 : 1, out);
  if (style != 4 && minutes == 0 && rest == 0) return;
  out += ':';
  AppendPadded(minutes, 2, out);
  if (rest == 0) return;
  out += ':';
  AppendPadded(rest, 2, out);
}

std::string_view LongName(const Zone& zone, int64_t instant_seconds) {
  for (const ZoneLongName& row : kZoneLongNames) {
    if (row.zone == zone.name()) {
      return zone.IsDaylightAt(instant_seconds) ? row.daylight : row.standard;
    }
  }
  return zone.name();
}

struct WallFields {
  CivilDate date;
  int64_t days = 0;
  int64_t second_of_day = 0;
  int64_t micros = 0;
};

int64_t FieldOf(char letter, const WallFields& wall) {
  const int64_t hour = wall.second_of_day / 3600;
  switch (letter) {
    case 'u':
      return wall.date.year;
    case 'y':
      return wall.date.year > 0 ? wall.date.year : 1 - wall.date.year;
    case 'M':
    case 'L':
      return wall.date.month;
    case 'q':
    case 'Q':
      return (wall.date.month + 2) / 3;
    case 'd':
      return wall.date.day;
    case 'D':
      return DayOfYear(wall.date);
    case 'F':  // the day within weeks that start with the month
      return (wall.date.day - 1) % 7 + 1;
    case 'H':
      return hour;
    case 'k':
      return hour == 0 ? 24 : hour;
    case 'K':
      return hour % 12;
    case 'h':
      return hour % 12 == 0 ? 12 : hour % 12;
    case 'm':
      return wall.second_of_day / 60 % 60;
    default:
      return wall.second_of_day % 60;
  }
}

std::string_view TextOf(char letter, int style, const WallFields& wall) {
  const bool is_full = style == 4;
  switch (letter) {
    case 'E': {
      int weekday = IsoWeekday(wall.days) - 1;
      return is_full ? kWeekdayNames[weekday] : kShortWeekdayNames[weekday];
    }
    case 'G':
      return (is_full ? kEraNames : kShortEraNames)[wall.date.year > 0];
    case 'q':
    case 'Q':
      return (is_full ? kQuarterNames : kShortQuarterNames)[(wall.date.month - 1) / 3];
    default:
      return (is_full ? kMonthNames : kShortMonthNames)[wall.date.month - 1];
  }
}

}  // namespace

void DateTimePattern::Format(int64_t wall_micros, int64_t instant_seconds, const Zone& zone,
                             std::string& out) const {
  WallFields wall;
  wall.days = FloorDivide(wall_micros, kMicrosPerDay);
  int64_t in_day = wall_micros - wall.days * kMicrosPerDay;
  wall.date = CivilFromDays(wall.days);
  wall.second_of_day = in_day / kMicrosPerSecond;
  wall.micros = in_day % kMicrosPerSecond;
  for (const Element& element : elements_) {
    switch (element.kind) {
      case Kind::kLiteral:
        out += element.literal;
        break;
      case Kind::kNumber: {
        int64_t value = FieldOf(element.letter, wall);
        auto magnitude = static_cast<uint64_t>(value < 0 ? -value : value);
        if (value < 0) {
          out += '-';
        } else if (element.sign == Sign::kExceedsPad) {
          uint64_t limit = 1;
          for (int i = 0; i < element.minimum; ++i) limit *= 10;
          if (magnitude >= limit) out += '+';
        }
        AppendPadded(magnitude, element.minimum, out);
        break;
      }
      case Kind::kReducedYear: {
        int64_t value = FieldOf(element.letter, wall) % 100;
        AppendPadded(static_cast<uint64_t>(value < 0 ? -value : value), 2, out);
        break;
      }
      case Kind::kFraction: {
        uint64_t nanos = static_cast<uint64_t>(wall.micros) * 1000;
        for (int i = element.maximum; i < 9; ++i) nanos /= 10;
        AppendPadded(nanos, element.maximum, out);
        break;
      }
      case Kind::kText:
        out += TextOf(element.letter, element.style, wall);
        break;
      case Kind::kAmPm:
        out += kAmPmNames[wall.second_of_day >= 12 * 3600];
        break;
      case Kind::kOffset:
        AppendOffset(element.letter, element.style, zone.OffsetAt(instant_seconds), out);
        break;
      case Kind::kLocalizedOffset:
        AppendLocalizedOffset(element.style, zone.OffsetAt(instant_seconds), out);
        break;
      case Kind::kZoneId:
        out += zone.name();
        break;
      case Kind::kZoneName:
        out += element.style == 4 ? LongName(zone, instant_seconds)
                                  : zone.AbbreviationAt(instant_seconds);
        break;
      case Kind::kOptionalStart:
      case Kind::kOptionalEnd:
        break;
    }
  }
}

}  // namespace ember
