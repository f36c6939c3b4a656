#include "spark/address.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace ember {
namespace {

std::string Unescape(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    int code = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, code, 16).ptr ==
            text.data() + i + 3) {
      out += static_cast<char>(code);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

Status AddHeader(std::string name, std::string value, ConnectAddress& address) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  if (!IsHeaderName(name)) {
    return InvalidInput(
        "Spark Connect address: a parameter is neither use_ssl, token, user_id nor session_id, and "
        "its name cannot be a header's: that is letters, digits, '-', '_' and '.'");
  }
  if (!IsHeaderValue(value)) {
    return InvalidInput(fmt::format(
        "Spark Connect address: the value of '{}' has characters that no header may have", name));
  }
  address.headers.emplace_back(std::move(name), std::move(value));
  return {};
}

Status SetParameter(std::string_view parameter, ConnectAddress& address) {
  const size_t equals = parameter.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return InvalidInput(
        "Spark Connect address: a parameter is not key=value; parameters are separated by ';'");
  }
  const std::string key(parameter.substr(0, equals));
  std::string value = Unescape(parameter.substr(equals + 1));
  if (key == "use_ssl") {
    if (value != "true" && value != "false")
      return InvalidInput("Spark Connect address: use_ssl must be true or false");
    address.use_ssl = value == "true";
  } else if (key == "token") {
    if (value.empty() || !IsHeaderValue(value)) {
      return InvalidInput(
          "Spark Connect address: the token is empty or has unprintable characters");
    }
    address.token = std::move(value);
  } else if (key == "user_id") {
    address.user_id = std::move(value);
  } else if (key == "session_id") {
    address.session_id = std::move(value);
  } else {
    return AddHeader(key, std::move(value), address);
  }
  return {};
}

}  // namespace

std::string ConnectAddress::target() const { return fmt::format("{}:{}", host, port); }

bool ConnectAddress::is_loopback() const {
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

bool IsHeaderName(std::string_view name) {
  return !name.empty() && !name.starts_with("grpc-") && !name.ends_with("-bin") &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                  c == '.';
         });
}

bool IsHeaderValue(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

Result<ConnectAddress> ParseConnectAddress(std::string_view url) {
  constexpr std::string_view kScheme = "sc://";
  if (!url.starts_with(kScheme)) {
    return InvalidInput("Spark Connect address: must be sc://host[:port][/;key=value;…]");
  }
  url.remove_prefix(kScheme.size());
  const size_t end = url.find_first_of("/;");
  std::string_view authority = url.substr(0, end);
  std::string_view rest = end == std::string_view::npos ? "" : url.substr(end);
  if (rest.starts_with('/')) rest.remove_prefix(1);
  if (!rest.empty() && rest.front() != ';') {
    return InvalidInput("Spark Connect address: only parameters (;key=value) may follow the host");
  }
  ConnectAddress address;
  const size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos) {
    const std::string_view port = authority.substr(colon + 1);
    const auto [last, code] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (code != std::errc() || last != port.data() + port.size() || address.port < 1 ||
        address.port > 65535) {
      return InvalidInput(fmt::format("Spark Connect address: '{}' is not a port", port));
    }
    authority = authority.substr(0, colon);
  }
  if (authority.empty()) return InvalidInput("Spark Connect address: the host is missing");
  address.host = authority;
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const size_t next = rest.find(';');
    const std::string_view parameter = rest.substr(0, next);
    if (!parameter.empty()) RETURN_IF_ERROR(SetParameter(parameter, address));
    rest = next == std::string_view::npos ? "" : rest.substr(next);
  }
  // A token travels over TLS only, but for this machine itself.
  if (!address.token.empty() && !address.is_loopback()) address.use_ssl = true;
  return address;
}

}  // namespace ember
