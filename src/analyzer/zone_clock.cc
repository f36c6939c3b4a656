#include "analyzer/zone_clock.h"

#include <charconv>

namespace ember {
namespace {

// "+02:00", "-0530", "UTC+1": seconds east of UTC; 0 when it is none of these.
int64_t FixedOffsetSeconds(std::string_view zone) {
  if (zone.starts_with("UTC") || zone.starts_with("GMT")) zone.remove_prefix(3);
  if (zone.empty() || (zone[0] != '+' && zone[0] != '-')) return 0;
  const int sign = zone[0] == '-' ? -1 : 1;
  zone.remove_prefix(1);
  int64_t seconds = 0;
  for (int64_t unit = 3600; unit >= 1 && !zone.empty(); unit /= 60) {
    int value = 0;
    const size_t digits = zone.size() >= 2 && zone[1] != ':' ? 2 : 1;
    std::from_chars(zone.data(), zone.data() + digits, value);
    seconds += value * unit;
    zone.remove_prefix(digits);
    if (zone.starts_with(':')) zone.remove_prefix(1);
  }
  return sign * seconds;
}

}  // namespace

int64_t LocalMicroseconds(int64_t utc_microseconds, std::string_view zone) {
  return utc_microseconds + FixedOffsetSeconds(zone) * 1'000'000;
}

}  // namespace ember
