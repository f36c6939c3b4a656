#include "functions/utf8_text.h"

#include <cstdint>
#include <cstring>

namespace ember {
namespace {

// What stands at the start of `bytes`: a character, or the longest part of one.
struct Utf8Part {
  size_t length = 1;
  bool is_character = false;
};

Utf8Part PartOf(std::string_view bytes) {
  const auto at = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {};
  const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  for (size_t i = 1; i < length; ++i) {
    if (i >= bytes.size() || (at(i) & 0xC0) != 0x80) return {i, false};
    if (i > 1) continue;
    const bool is_overlong = (lead == 0xE0 && at(1) < 0xA0) || (lead == 0xF0 && at(1) < 0x90);
    if (is_overlong || (lead == 0xF4 && at(1) > 0x8F)) return {};
  }
  // Half of a surrogate pair: Java drops its three bytes at once.
  if (lead == 0xED && at(1) > 0x9F) return {3, false};
  return {length, true};
}

size_t AsciiPrefix(std::string_view bytes) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  size_t count = 0;
  for (uint64_t word = 0; count + sizeof(word) <= bytes.size(); count += sizeof(word)) {
    std::memcpy(&word, bytes.data() + count, sizeof(word));
    if ((word & kHighBits) != 0) break;
  }
  while (count < bytes.size() && static_cast<unsigned char>(bytes[count]) < 0x80) ++count;
  return count;
}

}  // namespace

bool IsUtf8(std::string_view bytes) {
  while (true) {
    bytes.remove_prefix(AsciiPrefix(bytes));
    if (bytes.empty()) return true;
    const Utf8Part part = PartOf(bytes);
    if (!part.is_character) return false;
    bytes.remove_prefix(part.length);
  }
}

std::string RepairUtf8(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const Utf8Part part = PartOf(bytes);
    text += part.is_character ? bytes.substr(0, part.length) : std::string_view("\xEF\xBF\xBD");
    bytes.remove_prefix(part.length);
  }
  return text;
}

}  // namespace ember
