#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "spark/connect.h"

namespace ember {

/// A door on this machine to a Spark Connect server elsewhere: listens on 127.0.0.1 and passes
/// every call on, with the headers that the server asks for. What clients here need to know is the
/// relay's secret: a client that cannot renew a token, and a program that should not see it, work
/// for longer than the token lasts.
class ConnectRelay {
 public:
  /// `secret`: what callers send as header `x-ember-secret`, or as a bearer token. Errors:
  /// EMBER_INVALID_INPUT for the address or the file of certificates, or when no port can be had.
  static Result<std::unique_ptr<ConnectRelay>> Start(const std::string& url, ConnectOptions options,
                                                     std::string secret);
  /// Ends the calls under way.
  virtual ~ConnectRelay() = default;
  virtual int port() const = 0;
};

}  // namespace ember
