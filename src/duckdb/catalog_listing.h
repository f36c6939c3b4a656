#pragma once

#include <string>

#include "base/error.h"
#include "types/data_type.h"

namespace ember {

/// SHOW … LIKE: `*` is any text, `|` separates alternatives, letter case does not matter; an empty
/// pattern matches every name.
bool MatchesPattern(const std::string& pattern, const std::string& name);

/// A text column of a listing.
StructField TextField(std::string name, bool nullable = false);

Error NoSuchSchema(const std::string& database);

}  // namespace ember
