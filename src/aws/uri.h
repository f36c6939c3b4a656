#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace ember {

enum class UriSlash { kKeep, kEncode };
/// Percent-encodes all bytes but A-Z a-z 0-9 - . _ ~ (and '/'), as SigV4 asks for it.
std::string UriEncode(std::string_view text, UriSlash slash);
/// The reverse; a '%' without two hexadecimal digits stays.
std::string UriDecode(std::string_view text);

using UriQuery = std::vector<std::pair<std::string, std::string>>;
/// "a=b&c=" of decoded names and values, in the order given.
std::string UriQueryText(const UriQuery& query);
/// Decoded names and values; a name without '=' has an empty value.
UriQuery ParseUriQuery(std::string_view text);

/// The parts of "https://host:port/path?query"; a missing path is "/".
struct UriParts {
  std::string scheme;
  std::string authority;  // host with port, as the Host header has it
  std::string host;       // without port and brackets
  std::string path;       // as it stands, encoded
  std::string query;
};
/// EMBER_INVALID_INPUT for anything but an http:// or https:// address with a host.
Result<UriParts> ParseUri(std::string_view url);
/// The host (with port) of an address, for messages; never what may be secret.
std::string UrlHost(std::string_view url);

}  // namespace ember
