#pragma once

#include <string>

#include "base/result.h"

namespace ember {

/// A whole file of this machine. EMBER_INVALID_INPUT says why it cannot be read.
Result<std::string> ReadTextFile(const std::string& path);

}  // namespace ember
