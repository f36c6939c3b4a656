#include "functions/text_case.h"

#include <cstdint>

namespace ember {
namespace {

struct CaseRange {
  uint32_t first, last;
  int32_t shift;  // 0: letters alternate, the lower ones are odd
};

constexpr CaseRange kLowerRanges[] = {
    {0xE0, 0xF6, -32},   {0xF8, 0xFE, -32},   {0xFF, 0xFF, 121},   {0x101, 0x137, 0},
    {0x14B, 0x177, 0},   {0x3AC, 0x3AC, -38}, {0x3AD, 0x3AF, -37}, {0x3B1, 0x3C1, -32},
    {0x3C2, 0x3C2, -31}, {0x3C3, 0x3CB, -32}, {0x3CC, 0x3CC, -64}, {0x3CD, 0x3CE, -63},
    {0x430, 0x44F, -32}, {0x450, 0x45F, -80}, {0x461, 0x481, 0},   {0x561, 0x586, -48},
    {0x1E01, 0x1E95, 0}, {0x1EA1, 0x1EFF, 0},
};

uint32_t UpperCodePoint(uint32_t code) {
  for (const CaseRange& range : kLowerRanges) {
    if (code < range.first || code > range.last) continue;
    if (range.shift != 0) return static_cast<uint32_t>(static_cast<int32_t>(code) + range.shift);
    return code % 2 == 1 ? code - 1 : code;
  }
  return code;
}

uint32_t CodePoint(std::string_view character) {
  const auto byte = [&](size_t i) { return static_cast<uint32_t>(character[i] & 0x3F); };
  if (character.size() == 2) {
    return (static_cast<uint32_t>(character[0] & 0x1F) << 6) | byte(1);
  }
  if (character.size() == 3) {
    return (static_cast<uint32_t>(character[0] & 0x0F) << 12) | (byte(1) << 6) | byte(2);
  }
  return character.size() == 1 ? static_cast<unsigned char>(character[0]) : 0;
}

}  // namespace

LetterCase CaseOf(std::string_view character) {
  const uint32_t code = CodePoint(character);
  if (code >= 'a' && code <= 'z') return LetterCase::kLower;
  if (code >= 'A' && code <= 'Z') return LetterCase::kUpper;
  if (code == 0xDF || UpperCodePoint(code) != code) return LetterCase::kLower;
  for (const CaseRange& range : kLowerRanges) {
    const uint32_t lower = code - static_cast<uint32_t>(range.shift == 0 ? -1 : range.shift);
    if (lower >= range.first && lower <= range.last && UpperCodePoint(lower) == code) {
      return LetterCase::kUpper;
    }
  }
  return LetterCase::kNone;
}

std::string UpperCharacter(std::string_view character) {
  const char c = character[0];
  if (character.size() == 1)
    return std::string(1, c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
  if (character.size() == 2) {
    uint32_t code =
        (static_cast<uint32_t>(c & 0x1F) << 6) | static_cast<uint32_t>(character[1] & 0x3F);
    code = UpperCodePoint(code);
    return {static_cast<char>(0xC0 | (code >> 6)), static_cast<char>(0x80 | (code & 0x3F))};
  }
  if (character.size() == 3) {
    uint32_t code = (static_cast<uint32_t>(c & 0x0F) << 12) |
                    (static_cast<uint32_t>(character[1] & 0x3F) << 6) |
                    static_cast<uint32_t>(character[2] & 0x3F);
    code = UpperCodePoint(code);
    return {static_cast<char>(0xE0 | (code >> 12)), static_cast<char>(0x80 | ((code >> 6) & 0x3F)),
            static_cast<char>(0x80 | (code & 0x3F))};
  }
  return std::string(character);
}

}  // namespace ember
