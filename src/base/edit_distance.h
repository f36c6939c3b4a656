#pragma once

#include <cstddef>
#include <string_view>

namespace ember {

/// How many bytes must be added, taken away or replaced to make `b` of `a` (Levenshtein).
size_t EditDistance(std::string_view a, std::string_view b);

}  // namespace ember
