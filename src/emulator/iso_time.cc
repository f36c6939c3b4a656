#include "emulator/iso_time.h"

#include <fmt/format.h>
#include <time.h>

namespace ember {

std::string IsoTime(int64_t time_us) {
  const time_t seconds = time_us / 1000000;
  struct tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900,
                     parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                     time_us / 1000 % 1000);
}

}  // namespace ember
