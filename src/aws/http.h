#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ember {

struct HttpHeader {
  std::string name;
  std::string value;
  bool operator==(const HttpHeader&) const = default;
};
/// The value of the first header of that name, in any case; null when there is none.
const std::string* FindHttpHeader(const std::vector<HttpHeader>& headers, std::string_view name);

/// A part of a local file that a request sends as its body.
struct HttpFileRange {
  std::string path;
  int64_t offset = 0;
  int64_t size = 0;
};

/// Whether http_proxy, https_proxy and no_proxy count. Addresses on the machine's own link
/// (instance metadata, container credentials) are never asked through a proxy.
enum class HttpProxy { kFromEnvironment, kNone };

/// One exchange. Redirects are never followed: a signature holds for one address.
struct HttpRequest {
  std::string method = "GET";
  std::string url;  // absolute and already percent-encoded; sent as it stands
  std::vector<HttpHeader> headers;
  std::string body;
  std::optional<HttpFileRange> file;  // in place of `body`, read while it is sent
  /// Takes the body of a 2xx answer piece by piece; any other body goes to HttpResponse::body. An
  /// error ends the exchange and is what Send returns.
  std::function<Status(std::string_view)> sink;
  int64_t max_body_bytes = int64_t{64} << 20;  // of HttpResponse::body; more is an error
  int64_t connect_timeout_ms = 5000;
  int64_t idle_timeout_ms = 30000;  // no byte in either direction for so long; whole seconds
  int64_t total_timeout_ms = 0;     // 0: no limit
  HttpProxy proxy = HttpProxy::kFromEnvironment;
  std::stop_token stop;
};

struct HttpResponse {
  int status = 0;
  std::vector<HttpHeader> headers;
  std::string body;
};

/// Sends requests. Safe to use from several threads at once; each call blocks its caller.
/// Errors: OPERATION_CANCELLED when stopped; EMBER_AWS.CONNECTION when no whole answer arrived,
/// with the parameter `kind`: CONNECT (no connection was made), TIMEOUT, TLS or BROKEN (cut off in
/// mid-exchange: sent, but whether the server acted on it is unknown). An answer with an error
/// status is an answer, not an error.
class HttpClient {
 public:
  virtual ~HttpClient() = default;
  virtual Result<HttpResponse> Send(const HttpRequest& request) = 0;
};

struct HttpClientOptions {
  std::string ca_file;  // PEM; empty: the system's
  int max_idle_connections = 64;
};
/// The client over libcurl. EMBER_AWS.NO_HTTP_LIBRARY where libcurl is not installed.
Result<std::unique_ptr<HttpClient>> MakeCurlHttpClient(const HttpClientOptions& options = {});

}  // namespace ember
