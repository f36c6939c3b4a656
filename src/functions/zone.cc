#include "functions/zone.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "functions/civil_time.h"
#include "functions/error_token.h"

namespace ember {
namespace {

constexpr std::string_view kDatabase = "/usr/share/zoneinfo/";
// The Gregorian calendar repeats after 400 years.
constexpr int64_t kCycleSeconds = 146'097LL * 86'400;
constexpr int kLastYear = 2437;

// ZoneId.SHORT_IDS.
constexpr std::pair<std::string_view, std::string_view> kShortIds[] = {
    {"ACT", "Australia/Darwin"},
    {"AET", "Australia/Sydney"},
    {"AGT", "America/Argentina/Buenos_Aires"},
    {"ART", "Africa/Cairo"},
    {"AST", "America/Anchorage"},
    {"BET", "America/Sao_Paulo"},
    {"BST", "Asia/Dhaka"},
    {"CAT", "Africa/Harare"},
    {"CNT", "America/St_Johns"},
    {"CST", "America/Chicago"},
    {"CTT", "Asia/Shanghai"},
    {"EAT", "Africa/Addis_Ababa"},
    {"ECT", "Europe/Paris"},
    {"EST", "-05:00"},
    {"HST", "-10:00"},
    {"IET", "America/Indiana/Indianapolis"},
    {"IST", "Asia/Kolkata"},
    {"JST", "Asia/Tokyo"},
    {"MIT", "Pacific/Apia"},
    {"MST", "-07:00"},
    {"NET", "Asia/Yerevan"},
    {"NST", "Pacific/Auckland"},
    {"PLT", "Asia/Karachi"},
    {"PNT", "America/Phoenix"},
    {"PRT", "America/Puerto_Rico"},
    {"PST", "America/Los_Angeles"},
    {"SST", "Pacific/Guadalcanal"},
    {"VST", "Asia/Ho_Chi_Minh"},
};

std::optional<int> TwoDigits(std::string_view text) {
  if (text.empty() || text.size() > 2) return std::nullopt;
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// "+1", "+01", "+0130", "+01:30", "+1:30", "+01:30:15" (ZoneOffset.of, with Spark's one-digit
// hours).
std::optional<int64_t> ParseOffset(std::string_view text) {
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  int sign = text[0] == '-' ? -1 : 1;
  text.remove_prefix(1);
  std::array<std::string_view, 3> parts{};
  if (text.find(':') != std::string_view::npos) {
    for (size_t i = 0; i < 3 && !text.empty(); ++i) {
      size_t colon = std::min(text.find(':'), text.size());
      parts[i] = text.substr(0, colon);
      if (i > 0 && colon != 2) return std::nullopt;
      text.remove_prefix(std::min(colon + 1, text.size()));
    }
    if (!text.empty()) return std::nullopt;
  } else if (text.size() <= 2) {
    parts[0] = text;
  } else if (text.size() == 4 || text.size() == 6) {
    for (size_t i = 0; i * 2 < text.size(); ++i) parts[i] = text.substr(i * 2, 2);
  } else {
    return std::nullopt;
  }
  int64_t seconds = 0;
  for (size_t i = 0; i < 3; ++i) {
    std::optional<int> value = parts[i].empty() && i > 0 ? 0 : TwoDigits(parts[i]);
    if (!value || (i > 0 && *value > 59)) return std::nullopt;
    seconds = seconds * 60 + *value;
  }
  if (seconds > 18 * 3600) return std::nullopt;
  return sign * seconds;
}

// A rule of the POSIX TZ text at the end of a TZif file: when daylight time starts or ends in a
// year.
struct ChangeRule {
  char kind = 'M';  // M: month, week, weekday; J: day without leap days; n: day with them
  int month = 0, week = 0, weekday = 0, day = 0;
  int64_t time = 7200;

  int64_t WallSecondsIn(int64_t year) const {
    int64_t days = 0;
    if (kind == 'M') {
      int64_t first = DaysFromCivil({year, month, 1});
      int64_t first_weekday = ((first + 4) % 7 + 7) % 7;
      days = first + (weekday - first_weekday + 7) % 7 + (week - 1) * 7;
      int64_t next =
          month == 12 ? DaysFromCivil({year + 1, 1, 1}) : DaysFromCivil({year, month + 1, 1});
      while (days >= next) days -= 7;
    } else if (kind == 'J') {
      days = DaysFromCivil({year, 1, 1}) + day - 1 + (IsLeapYear(year) && day >= 60 ? 1 : 0);
    } else {
      days = DaysFromCivil({year, 1, 1}) + day;
    }
    return days * 86400 + time;
  }
};

class PosixReader {
 public:
  explicit PosixReader(std::string_view text) : text_(text) {}

  std::string Name() {
    std::string name;
    if (Take('<')) {
      while (!text_.empty() && text_[0] != '>') name += Next();
      Take('>');
    } else {
      while (!text_.empty() && std::isalpha(static_cast<unsigned char>(text_[0]))) name += Next();
    }
    return name;
  }
  // hh[:mm[:ss]] with a sign.
  int64_t Time() {
    int sign = 1;
    if (Take('-'))
      sign = -1;
    else
      Take('+');
    int64_t seconds = Number() * 3600;
    if (Take(':')) seconds += Number() * 60;
    if (Take(':')) seconds += Number();
    return sign * seconds;
  }
  ChangeRule Rule() {
    ChangeRule rule;
    Take(',');
    if (Take('M')) {
      rule.month = static_cast<int>(Number());
      Take('.');
      rule.week = static_cast<int>(Number());
      Take('.');
      rule.weekday = static_cast<int>(Number());
    } else {
      rule.kind = Take('J') ? 'J' : 'n';
      rule.day = static_cast<int>(Number());
    }
    if (Take('/')) rule.time = Time();
    return rule;
  }
  bool AtEnd() const { return text_.empty(); }
  char Peek() const { return text_.empty() ? '\0' : text_[0]; }

 private:
  char Next() {
    char c = text_[0];
    text_.remove_prefix(1);
    return c;
  }
  bool Take(char c) {
    if (text_.empty() || text_[0] != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  int64_t Number() {
    int64_t number = 0;
    while (!text_.empty() && text_[0] >= '0' && text_[0] <= '9')
      number = number * 10 + Next() - '0';
    return number;
  }
  std::string_view text_;
};

int64_t ReadBig(const char* bytes, int size) {
  uint64_t value = 0;
  for (int i = 0; i < size; ++i) value = (value << 8) | static_cast<unsigned char>(bytes[i]);
  return size == 4 ? static_cast<int32_t>(static_cast<uint32_t>(value))
                   : static_cast<int64_t>(value);
}

}  // namespace

struct ZoneLoader {
  static std::shared_ptr<const Zone> Fixed(std::string name, int64_t offset,
                                           std::string abbreviation) {
    auto zone = std::make_shared<Zone>();
    zone->name_ = std::move(name);
    zone->periods_.push_back({offset, false, std::move(abbreviation)});
    return zone;
  }

  static std::shared_ptr<const Zone> Region(const std::string& name) {
    if (name.empty() || name[0] == '/' || name.find("..") != std::string::npos) return nullptr;
    std::ifstream file(std::string(kDatabase) + name, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (bytes.size() < 44 || bytes.compare(0, 4, "TZif") != 0) return nullptr;
    auto zone = std::make_shared<Zone>();
    zone->name_ = name;
    if (!Read(bytes, *zone)) return nullptr;
    for (size_t i = 0; i < zone->transitions_.size(); ++i) {
      zone->wall_changes_.push_back(
          zone->transitions_[i] + std::max(zone->periods_[i].offset, zone->periods_[i + 1].offset));
    }
    return zone;
  }

 private:
  struct Header {
    int64_t isut, isstd, leap, time, type, chars;
  };
  static Header ReadHeader(const char* at) {
    return {ReadBig(at + 20, 4), ReadBig(at + 24, 4), ReadBig(at + 28, 4),
            ReadBig(at + 32, 4), ReadBig(at + 36, 4), ReadBig(at + 40, 4)};
  }

  // RFC 8536: the second, 64-bit block and the rule after it.
  static bool Read(const std::string& bytes, Zone& zone) {
    Header first = ReadHeader(bytes.data());
    auto block_size = [](const Header& h, int64_t width) {
      return h.time * width + h.time + h.type * 6 + h.chars + h.leap * (width + 4) + h.isstd +
             h.isut;
    };
    const bool has_second = bytes[4] >= '2';
    size_t start = 0;
    int width = 4;
    Header header = first;
    if (has_second) {
      start = 44 + static_cast<size_t>(block_size(first, 4));
      if (bytes.size() < start + 44) return false;
      header = ReadHeader(bytes.data() + start);
      width = 8;
    }
    size_t end = start + 44 + static_cast<size_t>(block_size(header, width));
    if (bytes.size() < end || header.type < 1) return false;
    const char* times = bytes.data() + start + 44;
    const char* indexes = times + header.time * width;
    const char* types = indexes + header.time;
    const char* names = types + header.type * 6;
    auto period = [&](int64_t index) {
      const char* type = types + index * 6;
      return Zone::Period{ReadBig(type, 4), type[4] != 0,
                          std::string(names + static_cast<unsigned char>(type[5]))};
    };
    zone.periods_.push_back(period(0));
    for (int64_t i = 0; i < header.time; ++i) {
      int64_t instant = ReadBig(times + i * width, width);
      Zone::Period next = period(static_cast<unsigned char>(indexes[i]));
      // Files that reach back to the big bang say nothing there.
      if (instant < -(int64_t{1} << 58)) {
        zone.periods_.back() = next;
        continue;
      }
      zone.transitions_.push_back(instant);
      zone.periods_.push_back(std::move(next));
    }
    if (has_second) {
      std::string_view rule(bytes.data() + end, bytes.size() - end);
      if (rule.starts_with('\n')) rule.remove_prefix(1);
      rule = rule.substr(0, rule.find('\n'));
      AddRule(rule, zone);
    }
    return true;
  }

  static void AddRule(std::string_view text, Zone& zone) {
    if (text.empty()) return;
    PosixReader reader(text);
    Zone::Period standard{0, false, reader.Name()};
    standard.offset = -reader.Time();
    if (reader.AtEnd()) return;
    Zone::Period daylight{standard.offset + 3600, true, reader.Name()};
    if (reader.Peek() != ',') daylight.offset = -reader.Time();
    ChangeRule begin = reader.Rule(), finish = reader.Rule();
    zone.repeats_ = true;
    int64_t last = zone.transitions_.empty() ? -(int64_t{1} << 40) : zone.transitions_.back();
    for (int64_t year = 1970; year <= kLastYear; ++year) {
      std::pair<int64_t, const Zone::Period*> changes[] = {
          {begin.WallSecondsIn(year) - standard.offset, &daylight},
          {finish.WallSecondsIn(year) - daylight.offset, &standard}};
      if (changes[1].first < changes[0].first) std::swap(changes[0], changes[1]);
      for (const auto& [instant, period] : changes) {
        if (instant <= last) continue;
        zone.transitions_.push_back(instant);
        zone.periods_.push_back(*period);
      }
    }
  }
};

namespace {

std::shared_ptr<const Zone> Load(std::string_view name) {
  for (const auto& [id, target] : kShortIds) {
    if (id == name) return Load(target);
  }
  if (name == "Z" || name == "UTC" || name == "GMT" || name == "UT" || name == "Etc/UTC") {
    return ZoneLoader::Fixed(std::string(name), 0, name == "GMT" ? "GMT" : "UTC");
  }
  if (std::optional<int64_t> offset = ParseOffset(name)) {
    std::string text = OffsetText(*offset);
    return ZoneLoader::Fixed(text, *offset, text);
  }
  for (std::string_view prefix : {"UTC", "GMT", "UT"}) {
    if (!name.starts_with(prefix)) continue;
    if (std::optional<int64_t> offset = ParseOffset(name.substr(prefix.size()))) {
      std::string text = std::string(prefix) + (*offset == 0 ? "" : OffsetText(*offset));
      return ZoneLoader::Fixed(text, *offset, text);
    }
  }
  return ZoneLoader::Region(std::string(name));
}

// Zones by name; each is loaded once.
struct ZoneCache {
  std::shared_mutex mutex;
  std::unordered_map<std::string, std::shared_ptr<const Zone>> zones;
};

ZoneCache& TheCache() {
  static ZoneCache cache;
  return cache;
}

}  // namespace

std::shared_ptr<const Zone> Zone::Find(std::string_view name) {
  ZoneCache& cache = TheCache();
  std::string key(name);
  {
    std::shared_lock lock(cache.mutex);
    auto found = cache.zones.find(key);
    if (found != cache.zones.end()) return found->second;
  }
  std::shared_ptr<const Zone> zone = Load(name);
  std::unique_lock lock(cache.mutex);
  // Names that are no zone come from data: they are not kept.
  if (zone != nullptr) cache.zones.emplace(std::move(key), zone);
  return zone;
}

const Zone::Period& Zone::PeriodAt(int64_t instant_seconds) const {
  if (transitions_.empty()) return periods_.front();
  if (repeats_ && instant_seconds >= transitions_.back()) {
    int64_t beyond = instant_seconds - transitions_.back();
    if (beyond > 366 * 86400) instant_seconds -= (beyond / kCycleSeconds + 1) * kCycleSeconds;
  }
  auto next = std::upper_bound(transitions_.begin(), transitions_.end(), instant_seconds);
  return periods_[static_cast<size_t>(next - transitions_.begin())];
}

int64_t Zone::OffsetAt(int64_t instant_seconds) const { return PeriodAt(instant_seconds).offset; }
bool Zone::IsDaylightAt(int64_t instant_seconds) const {
  return PeriodAt(instant_seconds).is_daylight;
}
std::string_view Zone::AbbreviationAt(int64_t instant_seconds) const {
  return PeriodAt(instant_seconds).abbreviation;
}

int64_t Zone::ToWall(int64_t instant_micros) const {
  return instant_micros +
         OffsetAt(FloorDivide(instant_micros, kMicrosPerSecond)) * kMicrosPerSecond;
}

int64_t Zone::ToInstant(int64_t wall_micros) const {
  if (transitions_.empty()) return wall_micros - periods_.front().offset * kMicrosPerSecond;
  int64_t wall = FloorDivide(wall_micros, kMicrosPerSecond);
  if (repeats_ && wall >= wall_changes_.back()) {
    int64_t beyond = wall - wall_changes_.back();
    if (beyond > 366 * 86400) wall -= (beyond / kCycleSeconds + 1) * kCycleSeconds;
  }
  auto next = std::upper_bound(wall_changes_.begin(), wall_changes_.end(), wall);
  const Period& period = periods_[static_cast<size_t>(next - wall_changes_.begin())];
  return wall_micros - period.offset * kMicrosPerSecond;
}

int64_t Zone::ToInstantNear(int64_t wall_micros, int64_t origin_micros) const {
  const int64_t offset = OffsetAt(FloorDivide(origin_micros, kMicrosPerSecond));
  const int64_t instant = wall_micros - offset * kMicrosPerSecond;
  return ToWall(instant) == wall_micros ? instant : ToInstant(wall_micros);
}

std::string OffsetText(int64_t seconds) {
  if (seconds == 0) return "Z";
  std::string text(1, seconds < 0 ? '-' : '+');
  int64_t magnitude = std::abs(seconds);
  auto add = [&text](int64_t value) {
    text += static_cast<char>('0' + value / 10);
    text += static_cast<char>('0' + value % 10);
  };
  add(magnitude / 3600);
  text += ':';
  add(magnitude / 60 % 60);
  if (magnitude % 60 != 0) {
    text += ':';
    add(magnitude % 60);
  }
  return text;
}

namespace {

std::string Shifted(std::string_view sql, std::string_view zone, std::string_view function,
                    int sign) {
  std::shared_ptr<const Zone> found = Zone::Find(zone);
  if (found != nullptr && found->is_fixed()) {
    int64_t offset = found->OffsetAt(0) * sign;
    if (offset == 0) return std::string(sql);
    return "(" + std::string(sql) + " + to_microseconds(" +
           std::to_string(offset * kMicrosPerSecond) + "))";
  }
  return std::string(function) + "(" + std::string(sql) + ", " + SqlString(zone) + ")";
}

}  // namespace

std::string ToWallSql(std::string_view sql, std::string_view zone) {
  return Shifted(sql, zone, "ember_to_wall", 1);
}
std::string ToInstantSql(std::string_view sql, std::string_view zone) {
  return Shifted(sql, zone, "ember_to_instant", -1);
}
std::string ToInstantNearSql(std::string_view sql, std::string_view origin, std::string_view zone) {
  std::shared_ptr<const Zone> found = Zone::Find(zone);
  if (found != nullptr && found->is_fixed()) return ToInstantSql(sql, zone);
  return "ember_to_instant_near(" + std::string(sql) + ", " + std::string(origin) + ", " +
         SqlString(zone) + ")";
}

}  // namespace ember
