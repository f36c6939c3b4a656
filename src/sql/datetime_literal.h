#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ember {

/// Text of a DATE literal as days since 1970-01-01 (SparkDateTimeUtils.stringToDate): yyyy, yyyy-M, yyyy-M-d, then
/// anything behind a space or T. None when it is no date.
std::optional<int64_t> ParseDateLiteral(std::string_view text);

/// A wall clock in microseconds and the zone it is in: empty for none, else as written.
struct TimestampLiteral {
  int64_t microseconds = 0;
  std::string zone;
};
/// Text of a TIMESTAMP literal (SparkDateTimeUtils.parseTimestampString). A time without a date is not taken.
std::optional<TimestampLiteral> ParseTimestampLiteral(std::string_view text);
/// Seconds east of UTC of "Z", "UTC", "+02:00", "GMT-3" …; none for a region.
std::optional<int64_t> FixedZoneOffset(std::string_view zone);

}  // namespace ember
