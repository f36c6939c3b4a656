#pragma once

#include <cstdint>
#include <string_view>

namespace ember {

/// Wall-clock microseconds of an instant in a zone ("UTC", "+02:00", "America/New_York").
int64_t LocalMicroseconds(int64_t utc_microseconds, std::string_view zone);

}  // namespace ember
