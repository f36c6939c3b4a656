#pragma once

#include <cstdint>
#include <string>

namespace ember {

/// "1,234,567".
std::string CountText(int64_t count);
/// "12.3 MB" (powers of 1000), "0 B".
std::string BytesText(int64_t bytes);
/// `text` of what is not negative; "?" of what is, which means that nobody knows it.
std::string KnownText(int64_t value, std::string (*text)(int64_t));
/// "0.12 s", "1 min 05 s".
std::string SecondsText(double seconds);

}  // namespace ember
