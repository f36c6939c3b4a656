#pragma once

#include <cstdint>
#include <string_view>

namespace ember {

/// CRC-32 (IEEE 802.3) of `bytes`, as Spark Connect's artifacts carry it.
uint32_t Crc32(std::string_view bytes);

}  // namespace ember
