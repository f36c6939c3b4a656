#include <algorithm>
#include <string>

#include "functions/native_kernels.h"
#include "functions/native_tables.h"
#include "functions/utf8_text.h"

namespace ember {
namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return lower;
}

bool IsCharset(std::string_view name) {
  const std::string lower = Lower(name);
  for (std::string_view known :
       {"iso-8859-1", "us-ascii", "utf-16", "utf-16be", "utf-16le", "utf-32", "utf-8"}) {
    if (lower == known) return true;
  }
  return false;
}

// The next code point of well-formed UTF-8.
uint32_t TakeCodePoint(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  uint32_t code = length == 1 ? lead : lead & (0x7F >> length);
  for (size_t i = 1; i < length && i < text.size(); ++i) {
    code = (code << 6) | (static_cast<unsigned char>(text[i]) & 0x3F);
  }
  text.remove_prefix(std::min(length, text.size()));
  return code;
}

void AppendUtf8(uint32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += {static_cast<char>(0xC0 | (code >> 6)), static_cast<char>(0x80 | (code & 0x3F))};
  } else if (code < 0x10000) {
    out += {static_cast<char>(0xE0 | (code >> 12)), static_cast<char>(0x80 | ((code >> 6) & 0x3F)),
            static_cast<char>(0x80 | (code & 0x3F))};
  } else {
    out +=
        {static_cast<char>(0xF0 | (code >> 18)), static_cast<char>(0x80 | ((code >> 12) & 0x3F)),
         static_cast<char>(0x80 | ((code >> 6) & 0x3F)), static_cast<char>(0x80 | (code & 0x3F))};
  }
}

void AppendUnit(uint32_t unit, bool is_little, std::string& out) {
  const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit);
  if (is_little) {
    out += {low, high};
  } else {
    out += {high, low};
  }
}

// String.getBytes; null where a character has no place in the charset, or the charset is unknown.
std::optional<NativeBlob> Encode(std::string_view text, std::string_view charset_name) {
  const std::string charset = Lower(charset_name);
  if (!IsCharset(charset)) return std::nullopt;
  NativeBlob blob;
  if (charset == "utf-8") {
    blob.bytes = text;
    return blob;
  }
  const uint32_t limit = charset == "us-ascii" ? 0x80 : charset == "iso-8859-1" ? 0x100 : 0x110000;
  const bool is_little = charset == "utf-16le";
  if (charset == "utf-16" && !text.empty()) blob.bytes += {'\xFE', '\xFF'};
  while (!text.empty()) {
    const uint32_t code = TakeCodePoint(text);
    if (code >= limit) return std::nullopt;
    if (limit <= 0x100) {
      blob.bytes += static_cast<char>(code);
    } else if (charset == "utf-32") {
      AppendUnit(code >> 16, false, blob.bytes);
      AppendUnit(code & 0xFFFF, false, blob.bytes);
    } else if (code < 0x10000) {
      AppendUnit(code, is_little, blob.bytes);
    } else {
      AppendUnit(0xD800 + ((code - 0x10000) >> 10), is_little, blob.bytes);
      AppendUnit(0xDC00 + ((code - 0x10000) & 0x3FF), is_little, blob.bytes);
    }
  }
  return blob;
}

std::optional<std::string> DecodeUtf16(std::string_view bytes, bool is_little) {
  std::string out;
  if (bytes.size() % 2 != 0) return std::nullopt;
  uint32_t high = 0;
  for (size_t i = 0; i < bytes.size(); i += 2) {
    const auto a = static_cast<unsigned char>(bytes[i]),
               b = static_cast<unsigned char>(bytes[i + 1]);
    const uint32_t unit =
        is_little ? (static_cast<uint32_t>(b) << 8) | a : (static_cast<uint32_t>(a) << 8) | b;
    if (high != 0) {
      if (unit < 0xDC00 || unit > 0xDFFF) return std::nullopt;
      AppendUtf8(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00), out);
      high = 0;
    } else if (unit >= 0xD800 && unit <= 0xDBFF) {
      high = unit;
    } else if (unit >= 0xDC00 && unit <= 0xDFFF) {
      return std::nullopt;
    } else {
      AppendUtf8(unit, out);
    }
  }
  if (high != 0) return std::nullopt;
  return out;
}

std::optional<std::string> Decode(NativeBlobView blob, std::string_view charset_name) {
  const std::string charset = Lower(charset_name);
  std::string_view bytes = blob.bytes;
  if (!IsCharset(charset)) return std::nullopt;
  if (charset == "utf-8") return IsUtf8(bytes) ? std::optional(std::string(bytes)) : std::nullopt;
  if (charset == "utf-16le") return DecodeUtf16(bytes, true);
  if (charset == "utf-16be") return DecodeUtf16(bytes, false);
  if (charset == "utf-16") {
    if (bytes.starts_with("\xFF\xFE")) return DecodeUtf16(bytes.substr(2), true);
    if (bytes.starts_with("\xFE\xFF")) bytes.remove_prefix(2);
    return DecodeUtf16(bytes, false);
  }
  std::string out;
  if (charset == "utf-32") {
    if (bytes.size() % 4 != 0) return std::nullopt;
    for (size_t i = 0; i < bytes.size(); i += 4) {
      uint32_t code = 0;
      for (size_t j = 0; j < 4; ++j) code = (code << 8) | static_cast<unsigned char>(bytes[i + j]);
      if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return std::nullopt;
      AppendUtf8(code, out);
    }
    return out;
  }
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 && charset == "us-ascii") return std::nullopt;
    AppendUtf8(byte, out);
  }
  return out;
}

// URLDecoder.decode with UTF-8; null for a broken escape.
std::optional<std::string> UrlDecode(std::string_view text) {
  auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size() || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0)
        return std::nullopt;
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    }
  }
  return IsUtf8(out) ? std::optional(out) : std::nullopt;
}

std::optional<std::string> RepairBytes(NativeBlobView blob) { return RepairUtf8(blob.bytes); }

}  // namespace

std::vector<NativeFunction> CharsetNatives() {
  return {
      Native<RepairBytes>("ember_repair_bytes"),
      Native<IsCharset>("ember_is_charset"),
      Native<Encode>("ember_encode"),
      Native<Decode>("ember_decode"),
      Native<UrlDecode>("ember_url_decode"),
  };
}

}  // namespace ember
