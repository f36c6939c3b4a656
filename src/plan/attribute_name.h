#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ember {

/// The parts of a column name as the DataFrame API spells it (Spark's AttributeNameParser): dots
/// separate, backticks quote a whole part, a doubled backtick inside quotes is one. "a.`b.c`" gives
/// "a" and "b.c". Errors: INVALID_ATTRIBUTE_NAME_SYNTAX (name).
Result<std::vector<std::string>> SplitAttributeName(std::string_view name);

/// The inverse: parts joined by dots, quoted where a plain part would read differently.
std::string JoinAttributeName(const std::vector<std::string>& parts);

}  // namespace ember
