#pragma once

#include <algorithm>
#include <string_view>

namespace ember {

/// Whether the text of a timestamp ends with a zone: something but digits after its first colon.
inline bool HasZone(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view rest = text.substr(colon);
  return std::any_of(rest.begin(), rest.end(), [](char c) {
    return (c < '0' || c > '9') && c != ':' && c != '.' && c != ' ';
  });
}

}  // namespace ember
