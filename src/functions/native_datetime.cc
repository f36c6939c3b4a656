#include <cmath>
#include <optional>

#include "functions/civil_time.h"
#include "functions/datetime_pattern.h"
#include "functions/native_tables.h"
#include "functions/zone.h"

namespace ember {
namespace {

using Inputs = std::span<const NativeVector>;

bool AnyNull(Inputs inputs, size_t row) {
  for (const NativeVector& input : inputs) {
    if (input.is_null(row)) return true;
  }
  return false;
}

// The zone of a column of names, looked up again only where the name changes.
class ZoneColumn {
 public:
  explicit ZoneColumn(const NativeVector& input) : input_(input) {}
  const Zone* at(size_t row) {
    std::string_view name = input_.text(row);
    if (!is_known_ || name != name_) {
      name_ = name;
      zone_ = Zone::Find(name);
      is_known_ = true;
    }
    return zone_.get();
  }

 private:
  const NativeVector& input_;
  bool is_known_ = false;
  std::string name_;
  std::shared_ptr<const Zone> zone_;
};

// The same for patterns; null where a pattern is wrong.
class PatternColumn {
 public:
  PatternColumn(const NativeVector& input, DateTimePattern::Use use) : input_(input), use_(use) {}
  const DateTimePattern* at(size_t row) {
    std::string_view text = input_.text(row);
    if (!is_known_ || text != text_) {
      text_ = text;
      pattern_.reset();
      Result<DateTimePattern> made = DateTimePattern::Make(text, use_);
      if (made.ok()) pattern_ = std::move(made).value();
      is_known_ = true;
    }
    return pattern_ ? &*pattern_ : nullptr;
  }

 private:
  const NativeVector& input_;
  DateTimePattern::Use use_;
  bool is_known_ = false;
  std::string text_;
  std::optional<DateTimePattern> pattern_;
};

template <int64_t (Zone::*convert)(int64_t) const>
void Convert(Inputs inputs, size_t rows, NativeWriter& out) {
  ZoneColumn zones(inputs[1]);
  for (size_t row = 0; row < rows; ++row) {
    const Zone* zone = AnyNull(inputs, row) ? nullptr : zones.at(row);
    if (zone == nullptr) {
      out.SetNull(row);
    } else {
      out.Set<int64_t>(row, (zone->*convert)(inputs[0].get<int64_t>(row)));
    }
  }
}

// (wall clock, instant that it comes from, zone)
void ConvertNear(Inputs inputs, size_t rows, NativeWriter& out) {
  ZoneColumn zones(inputs[2]);
  for (size_t row = 0; row < rows; ++row) {
    const Zone* zone = AnyNull(inputs, row) ? nullptr : zones.at(row);
    if (zone == nullptr) {
      out.SetNull(row);
    } else {
      out.Set<int64_t>(
          row, zone->ToInstantNear(inputs[0].get<int64_t>(row), inputs[1].get<int64_t>(row)));
    }
  }
}

void IsZone(Inputs inputs, size_t rows, NativeWriter& out) {
  ZoneColumn zones(inputs[0]);
  for (size_t row = 0; row < rows; ++row) {
    if (inputs[0].is_null(row)) {
      out.SetNull(row);
    } else {
      out.Set<bool>(row, zones.at(row) != nullptr);
    }
  }
}

// (instant or seconds, pattern, zone)
template <bool is_seconds>
void FormatInstant(Inputs inputs, size_t rows, NativeWriter& out) {
  PatternColumn patterns(inputs[1], DateTimePattern::Use::kFormat);
  ZoneColumn zones(inputs[2]);
  std::string text;
  for (size_t row = 0; row < rows; ++row) {
    const DateTimePattern* pattern = AnyNull(inputs, row) ? nullptr : patterns.at(row);
    const Zone* zone = pattern == nullptr ? nullptr : zones.at(row);
    if (zone == nullptr) {
      out.SetNull(row);
      continue;
    }
    int64_t micros = inputs[0].get<int64_t>(row);
    // FromUnixTime multiplies without a check.
    if (is_seconds) micros = static_cast<int64_t>(static_cast<uint64_t>(micros) * kMicrosPerSecond);
    text.clear();
    pattern->Format(zone->ToWall(micros), FloorDivide(micros, kMicrosPerSecond), *zone, text);
    out.SetText(row, text);
  }
}

// (text, pattern, zone); an empty zone gives the wall clock as it stands.
void ParseInstant(Inputs inputs, size_t rows, NativeWriter& out) {
  PatternColumn patterns(inputs[1], DateTimePattern::Use::kParse);
  ZoneColumn zones(inputs[2]);
  for (size_t row = 0; row < rows; ++row) {
    const DateTimePattern* pattern = AnyNull(inputs, row) ? nullptr : patterns.at(row);
    if (pattern == nullptr) {
      out.SetNull(row);
      continue;
    }
    DateTimePattern::Parsed parsed = pattern->Parse(inputs[0].text(row));
    const bool is_wall = inputs[2].text(row).empty();
    const Zone* zone = is_wall ? nullptr : parsed.zone ? parsed.zone.get() : zones.at(row);
    if (!parsed.is_ok || (!is_wall && zone == nullptr)) {
      out.SetNull(row);
    } else {
      out.Set<int64_t>(row, is_wall ? parsed.wall_micros : zone->ToInstant(parsed.wall_micros));
    }
  }
}

void ParseFault(Inputs inputs, size_t rows, NativeWriter& out) {
  PatternColumn patterns(inputs[1], DateTimePattern::Use::kParse);
  for (size_t row = 0; row < rows; ++row) {
    const DateTimePattern* pattern = AnyNull(inputs, row) ? nullptr : patterns.at(row);
    if (pattern == nullptr) {
      out.SetNull(row);
      continue;
    }
    DateTimePattern::Parsed parsed = pattern->Parse(inputs[0].text(row));
    if (parsed.is_ok) {
      out.SetNull(row);
    } else {
      out.SetText(row, parsed.fault);
    }
  }
}

template <DateTimePattern::Use use>
void IsPattern(Inputs inputs, size_t rows, NativeWriter& out) {
  PatternColumn patterns(inputs[0], use);
  for (size_t row = 0; row < rows; ++row) {
    if (inputs[0].is_null(row)) {
      out.SetNull(row);
    } else {
      out.Set<bool>(row, patterns.at(row) != nullptr);
    }
  }
}

template <int sign>
void AddDays(Inputs inputs, size_t rows, NativeWriter& out) {
  for (size_t row = 0; row < rows; ++row) {
    if (AnyNull(inputs, row)) {
      out.SetNull(row);
      continue;
    }
    const auto days = static_cast<uint32_t>(inputs[1].get<int32_t>(row));
    const auto date = static_cast<uint32_t>(inputs[0].get<int32_t>(row));
    out.Set<int32_t>(row, static_cast<int32_t>(sign > 0 ? date + days : date - days));
  }
}

int64_t MonthNumber(const CivilDate& date) { return date.year * 12 + date.month; }

// DateTimeUtils.monthsBetween: (later, earlier, round, zone). Dates are those of the zone, seconds
// those that went by since midnight, not those of the clock.
void MonthsBetween(Inputs inputs, size_t rows, NativeWriter& out) {
  ZoneColumn zones(inputs[3]);
  for (size_t row = 0; row < rows; ++row) {
    const Zone* zone = AnyNull(inputs, row) ? nullptr : zones.at(row);
    if (zone == nullptr) {
      out.SetNull(row);
      continue;
    }
    int64_t seconds[2];
    CivilDate dates[2];
    for (size_t i = 0; i < 2; ++i) {
      int64_t micros = inputs[i].get<int64_t>(row);
      int64_t days = FloorDivide(zone->ToWall(micros), kMicrosPerDay);
      dates[i] = CivilFromDays(days);
      seconds[i] = (micros - zone->ToInstant(days * kMicrosPerDay)) / kMicrosPerSecond;
    }
    auto months = static_cast<double>(MonthNumber(dates[0]) - MonthNumber(dates[1]));
    auto is_last = [](const CivilDate& date) {
      return date.day == DaysInMonth(date.year, date.month);
    };
    if (dates[0].day == dates[1].day || (is_last(dates[0]) && is_last(dates[1]))) {
      out.Set<double>(row, months);
      continue;
    }
    int64_t rest = (dates[0].day - dates[1].day) * 86'400LL + seconds[0] - seconds[1];
    double difference = months + static_cast<double>(rest) / (31.0 * 86'400.0);
    if (inputs[2].get<bool>(row)) difference = std::floor(difference * 1e8 + 0.5) / 1e8;
    out.Set<double>(row, difference);
  }
}

// ChronoUnit.MONTHS.between(start, end): whole months, towards zero.
void WholeMonths(Inputs inputs, size_t rows, NativeWriter& out) {
  for (size_t row = 0; row < rows; ++row) {
    if (AnyNull(inputs, row)) {
      out.SetNull(row);
      continue;
    }
    int64_t start = inputs[0].get<int64_t>(row), end = inputs[1].get<int64_t>(row);
    int64_t start_days = FloorDivide(start, kMicrosPerDay),
            end_days = FloorDivide(end, kMicrosPerDay);
    int64_t start_time = start - start_days * kMicrosPerDay,
            end_time = end - end_days * kMicrosPerDay;
    // A day that is not over does not count.
    if (end_days > start_days && end_time < start_time) --end_days;
    if (end_days < start_days && end_time > start_time) ++end_days;
    CivilDate first = CivilFromDays(start_days), last = CivilFromDays(end_days);
    int64_t packed = (MonthNumber(last) * 32 + last.day) - (MonthNumber(first) * 32 + first.day);
    out.Set<int64_t>(row, packed / 32);
  }
}

// "MO", "mon", "Monday" … as 1 … 7; null for none (getDayOfWeekFromString).
void WeekdayNumber(Inputs inputs, size_t rows, NativeWriter& out) {
  static constexpr std::string_view kNames[] = {"MONDAY", "TUESDAY",  "WEDNESDAY", "THURSDAY",
                                                "FRIDAY", "SATURDAY", "SUNDAY"};
  for (size_t row = 0; row < rows; ++row) {
    int found = 0;
    if (!inputs[0].is_null(row)) {
      std::string name(inputs[0].text(row));
      for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      for (int i = 0; i < 7; ++i) {
        std::string_view full = kNames[i];
        if (name == full || name == full.substr(0, 3) || name == full.substr(0, 2)) found = i + 1;
      }
    }
    if (found == 0) {
      out.SetNull(row);
    } else {
      out.Set<int32_t>(row, found);
    }
  }
}

constexpr int64_t kMinDay = -2'147'483'648LL, kMaxDay = 2'147'483'647LL;

std::string FaultOfDate(Inputs inputs, size_t row) {
  int64_t year = inputs[0].get<int32_t>(row);
  int64_t month = inputs[1].get<int32_t>(row), day = inputs[2].get<int32_t>(row);
  return DateFault(year, month, day);
}

int64_t DayOf(Inputs inputs, size_t row) {
  return DaysFromCivil(
      {inputs[0].get<int32_t>(row), inputs[1].get<int32_t>(row), inputs[2].get<int32_t>(row)});
}

void MakeDate(Inputs inputs, size_t rows, NativeWriter& out) {
  for (size_t row = 0; row < rows; ++row) {
    if (AnyNull(inputs, row) || !FaultOfDate(inputs, row).empty() || DayOf(inputs, row) < kMinDay ||
        DayOf(inputs, row) > kMaxDay) {
      out.SetNull(row);
    } else {
      out.Set<int32_t>(row, static_cast<int32_t>(DayOf(inputs, row)));
    }
  }
}

void MakeDateFault(Inputs inputs, size_t rows, NativeWriter& out) {
  for (size_t row = 0; row < rows; ++row) {
    std::string fault = AnyNull(inputs, row) ? "" : FaultOfDate(inputs, row);
    if (fault.empty()) {
      out.SetNull(row);
    } else {
      out.SetText(row, fault);
    }
  }
}

// (year, month, day, hour, minute, microseconds of the minute)
std::string FaultOfTimestamp(Inputs inputs, size_t row) {
  std::string fault = FaultOfDate(inputs, row);
  if (!fault.empty()) return fault;
  int64_t micros = inputs[5].get<int64_t>(row);
  int64_t second = FloorDivide(micros, kMicrosPerSecond);
  if (second == 60) second = 0;
  return TimeFault(inputs[3].get<int32_t>(row), inputs[4].get<int32_t>(row), second);
}

void MakeTimestamp(Inputs inputs, size_t rows, NativeWriter& out) {
  constexpr int64_t kMinute = 60 * kMicrosPerSecond;
  for (size_t row = 0; row < rows; ++row) {
    if (AnyNull(inputs, row) || !FaultOfTimestamp(inputs, row).empty()) {
      out.SetNull(row);
      continue;
    }
    int64_t micros = inputs[5].get<int64_t>(row);
    int64_t days = DayOf(inputs, row);
    // 60 seconds are the next minute; a fraction more is none.
    if (micros > kMinute || days < -106'751'991 || days > 106'751'991) {
      out.SetNull(row);
      continue;
    }
    int64_t minutes = inputs[3].get<int32_t>(row) * 60LL + inputs[4].get<int32_t>(row);
    out.Set<int64_t>(row, days * kMicrosPerDay + minutes * kMinute + micros);
  }
}

void MakeTimestampFault(Inputs inputs, size_t rows, NativeWriter& out) {
  for (size_t row = 0; row < rows; ++row) {
    std::string fault = AnyNull(inputs, row) ? "" : FaultOfTimestamp(inputs, row);
    if (fault.empty()) {
      out.SetNull(row);
    } else {
      out.SetText(row, fault);
    }
  }
}

}  // namespace

std::vector<NativeFunction> DatetimeNatives() {
  using enum NativeType;
  const std::vector<NativeType> date_fields = {kInteger, kInteger, kInteger};
  const std::vector<NativeType> timestamp_fields = {kInteger, kInteger, kInteger,
                                                    kInteger, kInteger, kBigInt};
  return {
      {"ember_to_wall", {kTimestamp, kVarchar}, kTimestamp, Convert<&Zone::ToWall>},
      {"ember_to_instant", {kTimestamp, kVarchar}, kTimestamp, Convert<&Zone::ToInstant>},
      {"ember_is_zone", {kVarchar}, kBoolean, IsZone},
      {"ember_format_timestamp", {kTimestamp, kVarchar, kVarchar}, kVarchar, FormatInstant<false>},
      {"ember_format_seconds", {kBigInt, kVarchar, kVarchar}, kVarchar, FormatInstant<true>},
      {"ember_parse_timestamp", {kVarchar, kVarchar, kVarchar}, kTimestamp, ParseInstant},
      {"ember_parse_timestamp_fault", {kVarchar, kVarchar}, kVarchar, ParseFault},
      {"ember_is_format_pattern", {kVarchar}, kBoolean, IsPattern<DateTimePattern::Use::kFormat>},
      {"ember_is_parse_pattern", {kVarchar}, kBoolean, IsPattern<DateTimePattern::Use::kParse>},
      {"ember_to_instant_near", {kTimestamp, kTimestamp, kVarchar}, kTimestamp, ConvertNear},
      {"ember_add_days", {kDate, kInteger}, kDate, AddDays<1>},
      {"ember_subtract_days", {kDate, kInteger}, kDate, AddDays<-1>},
      {"ember_months_between",
       {kTimestamp, kTimestamp, kBoolean, kVarchar},
       kDouble,
       MonthsBetween},
      {"ember_whole_months", {kTimestamp, kTimestamp}, kBigInt, WholeMonths},
      {"ember_weekday_number", {kVarchar}, kInteger, WeekdayNumber},
      {"ember_make_date", date_fields, kDate, MakeDate},
      {"ember_make_date_fault", date_fields, kVarchar, MakeDateFault},
      {"ember_make_timestamp", timestamp_fields, kTimestamp, MakeTimestamp},
      {"ember_make_timestamp_fault", timestamp_fields, kVarchar, MakeTimestampFault},
  };
}

}  // namespace ember
