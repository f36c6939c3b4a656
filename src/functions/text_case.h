#pragma once

#include <string>
#include <string_view>

namespace ember {

/// Character.toTitleCase of one UTF-8 character, for Latin, Greek and Cyrillic; others stay.
std::string UpperCharacter(std::string_view character);

enum class LetterCase { kNone, kLower, kUpper };
/// Whether one UTF-8 character is a capital or a small letter, for the same alphabets.
LetterCase CaseOf(std::string_view character);

}  // namespace ember
