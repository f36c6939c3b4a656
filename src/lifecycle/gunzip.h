#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ember {

/// The bytes of a gzip file (RFC 1952), of all its members one after the other. Errors:
/// EMBER_AWS.INVALID_ANSWER for anything that is none, is cut off or fails its checksum, and for
/// more than `max_bytes`.
Result<std::string> Gunzip(std::string_view packed, int64_t max_bytes);

}  // namespace ember
