#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "aws/http.h"
#include "base/result.h"

namespace ember {

struct EmulatorRequest {
  std::string method;
  std::string path;   // as it was sent, encoded
  std::string query;  // as it was sent, without '?'
  std::vector<HttpHeader> headers;
  std::string body;

  /// The first header of that name, in any case; empty without one.
  std::string Header(std::string_view name) const;
};

struct EmulatorAnswer {
  int status = 200;
  std::string content_type = "application/x-amz-json-1.1";
  std::string body;
  std::vector<HttpHeader> headers;
};

/// An HTTP/1.1 server. The handler is called from several threads at once.
class EmulatorHttpServer {
 public:
  using Handler = std::function<EmulatorAnswer(const EmulatorRequest&)>;

  /// Port 0 takes a free one. Errors: EMBER_INVALID_INPUT when it cannot listen there.
  static Result<std::unique_ptr<EmulatorHttpServer>> Start(const std::string& host, int port,
                                                           Handler handler);
  ~EmulatorHttpServer();
  EmulatorHttpServer(const EmulatorHttpServer&) = delete;
  EmulatorHttpServer& operator=(const EmulatorHttpServer&) = delete;

  int port() const { return port_; }

 private:
  struct Parts;
  explicit EmulatorHttpServer(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
  int port_ = 0;
};

}  // namespace ember
