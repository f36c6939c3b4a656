#include <cctype>
#include <cstdint>

#include "sql/lexer.h"

namespace ember {
namespace {

void AppendUtf8(uint32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

// Reads `count` hexadecimal digits at `at`; negative when they are not there.
int64_t HexAt(std::string_view text, size_t at, size_t count) {
  if (at + count > text.size()) return -1;
  int64_t value = 0;
  for (const char c : text.substr(at, count)) {
    if (!std::isxdigit(static_cast<unsigned char>(c))) return -1;
    value = value * 16 +
            (std::isdigit(static_cast<unsigned char>(c)) ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  return value;
}

bool IsOctal(char c, char last) { return c >= '0' && c <= last; }

// Replaces the escape whose backslash is at `at`; returns the position behind it.
size_t AppendEscape(std::string_view text, size_t at, std::string& out) {
  const char c = text[at + 1];
  if (c == 'u' || c == 'U') {
    const size_t digits = c == 'u' ? 4 : 8;
    const int64_t code = HexAt(text, at + 2, digits);
    if (code >= 0 && code <= 0x10FFFF) {
      // A pair of \u escapes may spell one character beyond the basic plane.
      if (code >= 0xD800 && code < 0xDC00 && text.substr(at + 6, 2) == "\\u") {
        const int64_t low = HexAt(text, at + 8, 4);
        if (low >= 0xDC00 && low < 0xE000) {
          AppendUtf8(static_cast<uint32_t>(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)),
                     out);
          return at + 12;
        }
      }
      AppendUtf8(static_cast<uint32_t>(code), out);
      return at + 2 + digits;
    }
  }
  if (at + 3 < text.size() && IsOctal(c, '1') && IsOctal(text[at + 2], '7') &&
      IsOctal(text[at + 3], '7')) {
    AppendUtf8(
        static_cast<uint32_t>((c - '0') * 64 + (text[at + 2] - '0') * 8 + (text[at + 3] - '0')),
        out);
    return at + 4;
  }
  switch (c) {
    case '0':
      out += '\0';
      break;
    case 'b':
      out += '\b';
      break;
    case 'n':
      out += '\n';
      break;
    case 'r':
      out += '\r';
      break;
    case 't':
      out += '\t';
      break;
    case 'Z':
      out += '\x1A';
      break;
    case '%':
      out += "\\%";
      break;  // LIKE patterns keep these two escaped
    case '_':
      out += "\\_";
      break;
    default:
      out += c;
  }
  return at + 2;
}

}  // namespace

std::string UnescapeString(std::string_view token) {
  if (token[0] == 'r' || token[0] == 'R') return std::string(token.substr(2, token.size() - 3));
  const std::string_view text = token.substr(1, token.size() - 2);
  std::string out;
  size_t i = 0;
  while (i < text.size()) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      i = AppendEscape(text, i, out);
    } else {
      out += text[i++];
    }
  }
  return out;
}

std::string UnquoteIdentifier(std::string_view token) {
  const char quote = token[0];
  const std::string_view text = token.substr(1, token.size() - 2);
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == quote && i + 1 < text.size() && text[i + 1] == quote) ++i;
  }
  return out;
}

}  // namespace ember
