#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/specification.h"

namespace ember {

/// The comments of a YAML text, line by line, without `#`: those above the first key.
std::vector<std::string> FileComments(std::string_view text);

/// Those of the entry `name` whose value stands at `location`: directly above its key, behind it,
/// and inside it.
std::vector<std::string> EntryComments(std::string_view text, Location location,
                                       std::string_view name);

}  // namespace ember
