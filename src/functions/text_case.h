#pragma once

#include <string>
#include <string_view>

namespace ember {

/// Character.toTitleCase of one UTF-8 character, for Latin, Greek and Cyrillic; others stay.
std::string UpperCharacter(std::string_view character);

}  // namespace ember
