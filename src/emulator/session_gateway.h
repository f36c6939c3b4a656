#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"

namespace ember {

struct SessionGatewayOptions {
  int backend_port = 0;  // of the Connect server, on 127.0.0.1
  std::string folder;    // for the certificate that clients are to trust
  /// Microseconds of the emulated clock, from any thread.
  std::function<int64_t()> now_us;
};

/// What stands before the Connect server of emr-spark-8: gRPC over TLS on 127.0.0.1 that lets a
/// call through only with a session's two metadata entries, `x-aws-proxy-auth` (a token of Mint)
/// and `authorization` (the session's id), else UNAUTHENTICATED; and at most 5000 calls in five
/// minutes of an address, else RESOURCE_EXHAUSTED. Calls of every method and form go through with
/// their bytes as they are. Thread-safe.
class SessionGateway {
 public:
  /// Listens when it returns. Error: EMBER_INVALID_INPUT.
  static Result<std::unique_ptr<SessionGateway>> Start(const SessionGatewayOptions& options);
  virtual ~SessionGateway() = default;

  virtual int port() const = 0;
  /// The PEM file of the certificate that a client is to trust.
  virtual const std::string& ca_file() const = 0;
  /// A token for the session: it lasts an hour of the emulated clock.
  virtual std::string Mint(const std::string& session_id) = 0;
  /// The session's tokens hold no more.
  virtual void Revoke(const std::string& session_id) = 0;
};

}  // namespace ember
