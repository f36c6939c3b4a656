#pragma once

#include <string>

#include "base/result.h"

namespace ember {

/// The text of a pipeline file. Errors: EMBER_INVALID_INPUT for a folder or an unreadable file.
Result<std::string> ReadPipelineText(const std::string& path);

}  // namespace ember
