#pragma once

#include <cstdint>
#include <string>

namespace ember {

/// "2026-01-02T03:04:05.678Z".
std::string IsoTime(int64_t time_us);

}  // namespace ember
