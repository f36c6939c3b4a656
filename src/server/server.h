#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "session/session.h"

namespace ember {

/// Where a server listens and what it asks of its clients.
struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 0;  // 0: a free one is chosen
  /// Clients send it as header `authorization: Bearer <secret>` or `x-ember-secret: <secret>`;
  /// without it nothing is answered. Must not be empty.
  std::string secret;
};

/// A Spark Connect endpoint (gRPC service spark.connect.SparkConnectService) over the sessions of
/// one engine. Threads: gRPC's own for calls, one per running execution. The factory is used from
/// any of them.
class Server {
 public:
  /// Listens at once. Errors: EMBER_INVALID_INPUT when the address cannot be bound (a busy port) or
  /// the secret is empty.
  static Result<std::unique_ptr<Server>> Start(ServerOptions options,
                                               std::shared_ptr<SessionFactory> sessions);
  /// Stops, see Stop.
  virtual ~Server() = default;

  virtual int port() const = 0;
  /// Returns when the server was stopped.
  virtual void Wait() = 0;
  /// Interrupts what runs, closes all sessions and connections. May be called from any thread, more
  /// than once.
  virtual void Stop() = 0;
};

/// "sc://host:port/;x-ember-secret=…": what a client needs to connect.
std::string ConnectionString(const std::string& host, int port, const std::string& secret);
/// Random bits in hex.
std::string NewSecret();

}  // namespace ember
