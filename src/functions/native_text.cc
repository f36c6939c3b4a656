#include <algorithm>
#include <vector>

#include "functions/native_kernels.h"
#include "functions/native_tables.h"
#include "functions/text_case.h"

namespace ember {
namespace {

// Characters are code points; DuckDB's strings are well-formed UTF-8.
bool IsLead(char c) { return (c & 0xC0) != 0x80; }

size_t NextCharacter(std::string_view text, size_t at) {
  for (++at; at < text.size() && !IsLead(text[at]);) ++at;
  return at;
}

int64_t CountCharacters(std::string_view text) {
  int64_t count = 0;
  for (char c : text) count += IsLead(c);
  return count;
}

// Byte offset of the character number `index` (from 0), the length when there are fewer.
size_t OffsetOf(std::string_view text, int64_t index) {
  size_t at = 0;
  for (; index > 0 && at < text.size(); --index) at = NextCharacter(text, at);
  return at;
}

// UTF8String.substring(from, until) in characters.
std::string_view Characters(std::string_view text, int64_t from, int64_t until) {
  if (until <= from) return {};
  const size_t begin = OffsetOf(text, std::max<int64_t>(from, 0));
  const std::string_view rest = text.substr(begin);
  return rest.substr(0, OffsetOf(rest, until - std::max<int64_t>(from, 0)));
}

// UTF8String.substringSQL and ByteArray.subStringSQL: position 0 is 1, negative counts from the
// end.
struct Slice {
  int64_t from;
  int64_t until;
};
Slice SliceOf(int64_t size, int64_t position, int64_t length) {
  const int64_t from = position > 0 ? position - 1 : position < 0 ? size + position : 0;
  const int64_t until = from + length;
  return {from, until};
}
std::string Substring(std::string_view text, int32_t position, int32_t length) {
  const int64_t size = position < 0 ? CountCharacters(text) : 0;
  const Slice slice = SliceOf(size, position, length);
  return std::string(Characters(text, slice.from, slice.until));
}
NativeBlob SubstringBlob(NativeBlobView blob, int32_t position, int32_t length) {
  const auto size = static_cast<int64_t>(blob.bytes.size());
  const Slice slice = SliceOf(size, position, length);
  const int64_t from = std::clamp<int64_t>(slice.from, 0, size);
  const int64_t until = std::clamp<int64_t>(slice.until, from, size);
  return {
      std::string(blob.bytes.substr(static_cast<size_t>(from), static_cast<size_t>(until - from)))};
}

// UTF8String.lpad and rpad.
std::string Padding(int64_t count, std::string_view pad) {
  const int64_t pad_size = CountCharacters(pad);
  std::string padding;
  for (int64_t i = 0; i < count / pad_size; ++i) padding += pad;
  padding += Characters(pad, 0, count % pad_size);
  return padding;
}
std::string Pad(std::string_view text, int32_t length, std::string_view pad, bool is_left) {
  const int64_t missing = length - CountCharacters(text);
  if (missing <= 0 || pad.empty()) return std::string(Characters(text, 0, length));
  std::string padding = Padding(missing, pad);
  return is_left ? padding + std::string(text) : std::string(text) + padding;
}
std::string Lpad(std::string_view text, int32_t length, std::string_view pad) {
  return Pad(text, length, pad, true);
}
std::string Rpad(std::string_view text, int32_t length, std::string_view pad) {
  return Pad(text, length, pad, false);
}
NativeBlob PadBlob(NativeBlobView blob, int32_t length, NativeBlobView pad, bool is_left) {
  const int64_t missing = length - static_cast<int64_t>(blob.bytes.size());
  if (missing <= 0 || pad.bytes.empty()) {
    return {std::string(blob.bytes.substr(0, static_cast<size_t>(std::max(length, 0))))};
  }
  std::string padding;
  for (int64_t i = 0; i < missing; ++i)
    padding += pad.bytes[static_cast<size_t>(i) % pad.bytes.size()];
  std::string bytes(blob.bytes);
  return {is_left ? padding + bytes : bytes + padding};
}
NativeBlob LpadBlob(NativeBlobView blob, int32_t length, NativeBlobView pad) {
  return PadBlob(blob, length, pad, true);
}
NativeBlob RpadBlob(NativeBlobView blob, int32_t length, NativeBlobView pad) {
  return PadBlob(blob, length, pad, false);
}

// UTF8String.toTitleCase of the lower-cased text: words are parted by spaces alone.
std::string Initcap(std::string_view lower) {
  std::string out;
  for (size_t i = 0; i < lower.size();) {
    const size_t next = NextCharacter(lower, i);
    const bool starts_word = i == 0 || lower[i - 1] == ' ';
    const std::string_view character = lower.substr(i, next - i);
    out += starts_word ? UpperCharacter(character) : std::string(character);
    i = next;
  }
  return out;
}

// StringLocate: 0 for a position below 1, 1 for an empty text to look for.
int32_t Locate(std::string_view part, std::string_view text, int32_t position) {
  if (position < 1) return 0;
  if (part.empty()) return 1;
  const size_t start = OffsetOf(text, position - 1);
  const size_t found = text.find(part, start);
  if (found == std::string_view::npos) return 0;
  return static_cast<int32_t>(CountCharacters(text.substr(0, found))) + 1;
}

std::string Reverse(std::string_view text) {
  std::string out(text.size(), '\0');
  for (size_t i = 0; i < text.size();) {
    const size_t next = NextCharacter(text, i);
    std::copy(text.begin() + static_cast<ptrdiff_t>(i), text.begin() + static_cast<ptrdiff_t>(next),
              out.begin() + static_cast<ptrdiff_t>(text.size() - next));
    i = next;
  }
  return out;
}

// Chr: the code modulo 256, as Latin-1; empty for negative numbers.
std::string Chr(int64_t code) {
  if (code < 0) return "";
  const auto byte = static_cast<unsigned char>(code & 0xFF);
  if (byte < 0x80) return std::string(1, static_cast<char>(byte));
  return {static_cast<char>(0xC0 | (byte >> 6)), static_cast<char>(0x80 | (byte & 0x3F))};
}

// UTF8String.soundex: texts that do not start with a letter stay as they are.
std::string Soundex(std::string_view text) {
  //                                 ABCDEFGHIJKLMNOPQRSTUVWXYZ; 7 is skipped without parting equal
  //                                 codes
  static constexpr std::string_view kCodes = "01230127022455012623017202";
  auto letter = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  if (text.empty()) return "";
  char first = letter(text[0]);
  if (first < 'A' || first > 'Z') return std::string(text);
  std::string out = {first, '0', '0', '0'};
  size_t size = 1;
  char last = kCodes[static_cast<size_t>(first - 'A')];
  for (size_t i = 1; i < text.size() && size < 4; ++i) {
    const char c = letter(text[i]);
    if (c < 'A' || c > 'Z') {
      last = '0';
      continue;
    }
    const char code = kCodes[static_cast<size_t>(c - 'A')];
    if (code == '7') continue;
    if (code != '0' && code != last) out[size++] = code;
    last = code;
  }
  return out;
}

std::vector<std::string_view> AllCharacters(std::string_view text) {
  std::vector<std::string_view> characters;
  for (size_t i = 0; i < text.size();) {
    const size_t next = NextCharacter(text, i);
    characters.push_back(text.substr(i, next - i));
    i = next;
  }
  return characters;
}
int32_t Levenshtein(std::string_view a, std::string_view b) {
  const auto left = AllCharacters(a), right = AllCharacters(b);
  std::vector<int32_t> row(right.size() + 1);
  for (size_t j = 0; j <= right.size(); ++j) row[j] = static_cast<int32_t>(j);
  for (size_t i = 1; i <= left.size(); ++i) {
    int32_t diagonal = row[0];
    row[0] = static_cast<int32_t>(i);
    for (size_t j = 1; j <= right.size(); ++j) {
      const int32_t above = row[j];
      const int32_t replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
      row[j] = std::min({above + 1, row[j - 1] + 1, replaced});
      diagonal = above;
    }
  }
  return row.back();
}

// Overlay.calculate.
std::string OverlayText(std::string_view text, std::string_view part, int32_t position,
                        int32_t length) {
  const int64_t cut = length >= 0 ? length : CountCharacters(part);
  std::string out(Characters(text, 0, position - 1));
  out += part;
  const Slice tail = SliceOf(CountCharacters(text), position + cut, INT32_MAX);
  return out + std::string(Characters(text, tail.from, tail.until));
}

NativeBlob OverlayBlob(NativeBlobView blob, NativeBlobView part, int32_t position, int32_t length) {
  const int64_t cut = length >= 0 ? length : static_cast<int64_t>(part.bytes.size());
  const auto size = static_cast<int64_t>(blob.bytes.size());
  auto slice = [&](Slice of) {
    const int64_t from = std::clamp<int64_t>(of.from, 0, size);
    const int64_t until = std::clamp<int64_t>(of.until, from, size);
    return std::string(
        blob.bytes.substr(static_cast<size_t>(from), static_cast<size_t>(until - from)));
  };
  return {slice({0, position - 1}) + std::string(part.bytes) +
          slice(SliceOf(size, position + cut, INT32_MAX))};
}

// UTF8String.subStringIndex.
std::string SubstringIndex(std::string_view text, std::string_view delimiter, int32_t count) {
  if (delimiter.empty() || count == 0) return "";
  size_t at = std::string_view::npos;
  if (count > 0) {
    size_t from = 0;
    for (; count > 0; --count) {
      at = text.find(delimiter, from);
      if (at == std::string_view::npos) return std::string(text);
      from = at + 1;
    }
    return std::string(text.substr(0, at));
  }
  size_t end = text.size();
  for (; count < 0; ++count) {
    if (end == 0) return std::string(text);
    at = text.rfind(delimiter, end - 1);
    if (at == std::string_view::npos) return std::string(text);
    end = at;
  }
  return std::string(text.substr(at + delimiter.size()));
}

// SplitPart: null for part 0 (the template raises), empty beyond the parts.
std::optional<std::string> SplitPart(std::string_view text, std::string_view delimiter,
                                     int32_t part) {
  if (part == 0) return std::nullopt;
  std::vector<std::string_view> parts;
  size_t from = 0;
  while (!delimiter.empty()) {
    const size_t at = text.find(delimiter, from);
    if (at == std::string_view::npos) break;
    parts.push_back(text.substr(from, at - from));
    from = at + delimiter.size();
  }
  parts.push_back(text.substr(from));
  const auto size = static_cast<int64_t>(parts.size());
  const int64_t index = part > 0 ? part - 1 : size + part;
  if (index < 0 || index >= size) return "";
  return std::string(parts[static_cast<size_t>(index)]);
}

int32_t FindInSet(std::string_view word, std::string_view set) {
  if (word.find(',') != std::string_view::npos) return 0;
  int32_t number = 1;
  for (size_t from = 0;; ++number) {
    const size_t at = set.find(',', from);
    if (set.substr(from, at == std::string_view::npos ? at : at - from) == word) return number;
    if (at == std::string_view::npos) return 0;
    from = at + 1;
  }
}

// Letters that have two cases, as far as they stand around a Σ.
bool IsCased(uint32_t code) {
  if (code < 0x80) return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
  return (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7) ||
         (code >= 0x370 && code <= 0x52F) || (code >= 0x1E00 && code <= 0x1FFF);
}

uint32_t CodePointAt(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) {
    return i < text.size() ? static_cast<uint32_t>(static_cast<unsigned char>(text[i])) : 0U;
  };
  const uint32_t first = byte(at);
  if (first < 0x80) return first;
  if (first < 0xE0) return ((first & 0x1F) << 6) | (byte(at + 1) & 0x3F);
  if (first < 0xF0) {
    return ((first & 0x0F) << 12) | ((byte(at + 1) & 0x3F) << 6) | (byte(at + 2) & 0x3F);
  }
  return 0x10000;
}

// The two capitals whose small form depends on more than themselves: İ is i with a dot above, Σ
// after a letter and before none is ς.
std::string FinalSigma(std::string_view text) {
  constexpr std::string_view kDottedI = "İ", kSigma = "Σ";
  std::string out;
  bool after_letter = false;
  for (size_t at = 0; at < text.size();) {
    size_t next = at + 1;
    while (next < text.size() && (text[next] & 0xC0) == 0x80) ++next;
    const std::string_view character = text.substr(at, next - at);
    const bool before_letter = next < text.size() && IsCased(CodePointAt(text, next));
    if (character == kDottedI) {
      out += "i\xCC\x87";
    } else if (character == kSigma && after_letter && !before_letter) {
      out += "ς";
    } else {
      out += character;
    }
    after_letter = IsCased(CodePointAt(text, at));
    at = next;
  }
  return out;
}

// Base64 as Java's MIME decoder reads it: other characters are skipped.
std::optional<NativeBlob> Unbase64(std::string_view text) {
  NativeBlob blob;
  uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    int value = c >= 'A' && c <= 'Z'   ? c - 'A'
                : c >= 'a' && c <= 'z' ? c - 'a' + 26
                : c >= '0' && c <= '9' ? c - '0' + 52
                : c == '+'             ? 62
                : c == '/'             ? 63
                                       : -1;
    if (c == '=') break;
    if (value < 0) continue;
    bits = (bits << 6) | static_cast<uint32_t>(value);
    if (++count == 4) {
      blob.bytes +=
          {static_cast<char>(bits >> 16), static_cast<char>(bits >> 8), static_cast<char>(bits)};
      bits = 0;
      count = 0;
    }
  }
  if (count == 1) return std::nullopt;
  if (count >= 2) blob.bytes += static_cast<char>(count == 2 ? bits >> 4 : bits >> 10);
  if (count == 3) blob.bytes += static_cast<char>(bits >> 2);
  return blob;
}

// Base64 as Java's MIME encoder writes it: lines of 76 characters
// (spark.sql.legacy.chunkBase64String.enabled).
std::string Base64(NativeBlobView blob) {
  static constexpr char kAlphabet[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string_view bytes = blob.bytes;
  std::string out;
  size_t column = 0;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    if (column == 76) {
      out += "\r\n";
      column = 0;
    }
    uint32_t bits = 0;
    for (size_t j = 0; j < 3; ++j) {
      bits = (bits << 8) | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0);
    }
    for (size_t j = 0; j < 4; ++j) {
      out += i + j > bytes.size() ? '=' : kAlphabet[(bits >> (18 - 6 * j)) & 63];
    }
    column += 4;
  }
  return out;
}

// An empty replacement keeps the character.
std::string Mask(std::string_view text, std::string_view upper, std::string_view lower,
                 std::string_view digit, std::string_view other) {
  std::string out;
  while (!text.empty()) {
    size_t size = 1;
    while (size < text.size() && (text[size] & 0xC0) == 0x80) ++size;
    const std::string_view character = text.substr(0, size);
    text.remove_prefix(size);
    std::string_view mask = other;
    if (character[0] >= '0' && character[0] <= '9') {
      mask = digit;
    } else if (const LetterCase letter = CaseOf(character); letter != LetterCase::kNone) {
      mask = letter == LetterCase::kUpper ? upper : lower;
    }
    out += mask.empty() ? character : mask;
  }
  return out;
}

bool LuhnCheck(std::string_view text) {
  if (text.empty()) return false;
  int sum = 0;
  bool doubles = false;
  for (size_t i = text.size(); i-- > 0; doubles = !doubles) {
    if (text[i] < '0' || text[i] > '9') return false;
    const int digit = (text[i] - '0') * (doubles ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 == 0;
}

// URLEncoder.encode with UTF-8.
std::string UrlEncode(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    const bool is_kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '*' || c == '_';
    if (is_kept) {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

bool StartsWithBlob(NativeBlobView a, NativeBlobView b) { return a.bytes.starts_with(b.bytes); }
bool EndsWithBlob(NativeBlobView a, NativeBlobView b) { return a.bytes.ends_with(b.bytes); }
bool ContainsBlob(NativeBlobView a, NativeBlobView b) {
  return a.bytes.find(b.bytes) != std::string_view::npos;
}

}  // namespace

std::vector<NativeFunction> TextNatives() {
  return {
      Native<Substring>("ember_substring"),
      Native<SubstringBlob>("ember_substring_blob"),
      Native<Lpad>("ember_lpad"),
      Native<Rpad>("ember_rpad"),
      Native<LpadBlob>("ember_lpad_blob"),
      Native<RpadBlob>("ember_rpad_blob"),
      Native<Initcap>("ember_initcap"),
      Native<Locate>("ember_locate"),
      Native<Reverse>("ember_reverse"),
      Native<Chr>("ember_chr"),
      Native<Soundex>("ember_soundex"),
      Native<Levenshtein>("ember_levenshtein"),
      Native<OverlayText>("ember_overlay"),
      Native<OverlayBlob>("ember_overlay_blob"),
      Native<SubstringIndex>("ember_substring_index"),
      Native<SplitPart>("ember_split_part"),
      Native<FindInSet>("ember_find_in_set"),
      Native<Base64>("ember_base64"),
      Native<Unbase64>("ember_unbase64"),
      Native<FinalSigma>("ember_final_sigma"),
      Native<Mask>("ember_mask"),
      Native<LuhnCheck>("ember_luhn_check"),
      Native<UrlEncode>("ember_url_encode"),
      Native<StartsWithBlob>("ember_starts_with_blob"),
      Native<EndsWithBlob>("ember_ends_with_blob"),
      Native<ContainsBlob>("ember_contains_blob"),
  };
}

}  // namespace ember
