#include "aws/uri.h"

#include <fmt/format.h>

#include <algorithm>

namespace ember {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsUnreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string UriEncode(std::string_view text, UriSlash slash) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (IsUnreserved(c) || (c == '/' && slash == UriSlash::kKeep)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::string UriDecode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && HexDigit(text[i + 1]) >= 0 &&
        HexDigit(text[i + 2]) >= 0) {
      out += static_cast<char>(HexDigit(text[i + 1]) * 16 + HexDigit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string UriQueryText(const UriQuery& query) {
  std::string out;
  for (const auto& [name, value] : query) {
    if (!out.empty()) out += '&';
    out += UriEncode(name, UriSlash::kEncode) + '=' + UriEncode(value, UriSlash::kEncode);
  }
  return out;
}

UriQuery ParseUriQuery(std::string_view text) {
  UriQuery query;
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(item.size() + 1, text.size()));
    if (item.empty()) continue;
    const size_t equals = item.find('=');
    query.emplace_back(UriDecode(item.substr(0, equals)),
                       equals == item.npos ? "" : UriDecode(item.substr(equals + 1)));
  }
  return query;
}

Result<UriParts> ParseUri(std::string_view url) {
  UriParts parts;
  const size_t colon = url.find("://");
  parts.scheme = colon == url.npos ? "" : std::string(url.substr(0, colon));
  if (parts.scheme != "http" && parts.scheme != "https") {
    return InvalidInput(fmt::format("not an http:// or https:// address: \"{}\"", url));
  }
  std::string_view rest = url.substr(colon + 3);
  const size_t authority_end = std::min(rest.find_first_of("/?#"), rest.size());
  parts.authority = rest.substr(0, authority_end);
  rest.remove_prefix(authority_end);
  if (parts.authority.find('@') != std::string::npos) {
    return InvalidInput("an address must not hold a name and password");
  }
  rest = rest.substr(0, rest.find('#'));
  const size_t question = rest.find('?');
  parts.path = rest.substr(0, question);
  if (parts.path.empty()) parts.path = "/";
  if (question != rest.npos) parts.query = rest.substr(question + 1);
  std::string_view host = parts.authority;
  if (host.starts_with('[')) {
    host = host.substr(1, host.find(']') - 1);
  } else {
    host = host.substr(0, host.find(':'));
  }
  parts.host = host;
  if (parts.host.empty()) {
    return InvalidInput(fmt::format("an address without a host: \"{}\"", url));
  }
  return parts;
}

std::string UrlHost(std::string_view url) {
  Result<UriParts> parts = ParseUri(url);
  return parts.ok() ? parts->authority : "the given address";
}

}  // namespace ember
