#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace ember {

/// What a Spark server says it is.
struct ServerVersion {
  int major = 0;
  int minor = 0;
  std::string text;  // "4.0.2", "3.5.6-amzn-1"
};

/// Errors: EMBER_CONNECT.VERSION for what Ember was not made for: before 3.5, from 5.0 on, and
/// anything that is no version.
Result<ServerVersion> ParseServerVersion(std::string_view text, std::string_view server);

}  // namespace ember
