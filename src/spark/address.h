#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace ember {

/// Where a Spark Connect server is: sc://host:port/;use_ssl=true;token=…;user_id=…;x-header=value.
struct ConnectAddress {
  std::string host;
  int port = 15002;
  bool use_ssl = false;
  std::string token;  // sent as `authorization: Bearer …`; never printed
  std::string user_id;
  std::string session_id;                                    // empty: a new one
  std::vector<std::pair<std::string, std::string>> headers;  // every other parameter

  std::string target() const;  // host:port
  bool is_loopback() const;    // this machine
};

/// Errors: EMBER_INVALID_INPUT that says what is wrong; no value of a parameter is ever part of it.
Result<ConnectAddress> ParseConnectAddress(std::string_view url);

/// Whether a header may have the name: lower-case letters, digits, '-', '_' and '.'.
bool IsHeaderName(std::string_view name);
/// Whether gRPC takes `value` as a header's: printable ASCII. (It ends the process over others.)
bool IsHeaderValue(std::string_view value);

}  // namespace ember
