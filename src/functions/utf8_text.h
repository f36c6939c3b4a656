#pragma once

#include <string>
#include <string_view>

namespace ember {

/// Whether bytes are well-formed UTF-8.
bool IsUtf8(std::string_view bytes);
/// Bytes as Java's decoder reads them: U+FFFD for each part that is no character.
std::string RepairUtf8(std::string_view bytes);

}  // namespace ember
