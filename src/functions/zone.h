#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ember {

constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

/// A time zone: a fixed offset or the transitions of a region, from the system's tz database.
/// Immutable and shared; instants beyond the table follow the region's last rule.
class Zone {
 public:
  /// The zone Spark means by `name` (DateTimeUtils.getZoneId): a region, an offset, a short id such
  /// as PST. Null when there is none. Cached; may be called from any thread.
  static std::shared_ptr<const Zone> Find(std::string_view name);

  const std::string& name() const { return name_; }
  bool is_fixed() const { return transitions_.empty(); }
  /// Seconds east of UTC at an instant (seconds since 1970).
  int64_t OffsetAt(int64_t instant_seconds) const;
  bool IsDaylightAt(int64_t instant_seconds) const;
  /// "EST", "EDT", "UTC", as the tz database abbreviates.
  std::string_view AbbreviationAt(int64_t instant_seconds) const;

  /// Microseconds of the wall clock at an instant, and back. In a gap the clock is moved on by its
  /// length, in an overlap the earlier instant is meant (ZonedDateTime.ofLocal).
  int64_t ToWall(int64_t instant_micros) const;
  int64_t ToInstant(int64_t wall_micros) const;
  /// As ToInstant, but in an overlap with the offset that holds at `origin_micros`, if it can be
  /// (ZonedDateTime.plusDays, truncatedTo: the clock is moved, the offset kept).
  int64_t ToInstantNear(int64_t wall_micros, int64_t origin_micros) const;

 private:
  struct Period {
    int64_t offset = 0;
    bool is_daylight = false;
    std::string abbreviation;
  };
  friend struct ZoneLoader;

  const Period& PeriodAt(int64_t instant_seconds) const;

  std::string name_;
  bool repeats_ = false;               // whether the last rule's changes go on for ever
  std::vector<int64_t> transitions_;   // instants, ascending
  std::vector<int64_t> wall_changes_;  // the wall clock from which the new offset holds
  std::vector<Period> periods_;        // one more than transitions
};

/// A zone's offset as Java prints it: "Z", "+05:30", "-08:00".
std::string OffsetText(int64_t seconds);

/// DuckDB SQL that turns an instant into the wall clock of `zone`, and back; nothing to do for UTC.
std::string ToWallSql(std::string_view sql, std::string_view zone);
std::string ToInstantSql(std::string_view sql, std::string_view zone);
/// ToInstantNear of a moved wall clock and the instant it was moved from.
std::string ToInstantNearSql(std::string_view sql, std::string_view origin, std::string_view zone);

}  // namespace ember
