#pragma once

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace ember {

class Session;

/// Metadata of a call.
using ConnectHeaders = std::vector<std::pair<std::string, std::string>>;
/// Whether headers that are still good will do, or the server has refused the last ones.
enum class HeaderNeed { kGood, kNew };

/// What the address of a server does not say.
struct ConnectOptions {
  std::string ca_file;  // PEM certificates to trust; empty: the system's
  /// Gives the token of a call, where the address has none; asked before every call, from any
  /// thread. Empty text: no token.
  std::function<Result<std::string>()> token;
  /// Gives further headers of a call, such as a token that lasts for an hour; asked before every
  /// call, from any thread, and once more when the server refuses them. They travel over TLS only,
  /// but for this machine itself, and are blotted out of errors.
  std::function<Result<ConnectHeaders>(HeaderNeed need)> headers;
  std::stop_token stop;      // OPERATION_CANCELED for calls that wait when it is requested
  int timeout_seconds = 60;  // of every call but executions
};

struct SparkConnection {
  std::shared_ptr<Session> session;
  std::string server;  // host:port, for messages
};

/// Opens a session at sc://…: asks the server for its version, so that a wrong address fails here,
/// and sets `config`. Errors: EMBER_INVALID_INPUT for the address or the file of certificates;
/// EMBER_CONNECT.VERSION for a Spark that Ember does not know, and its neighbours where none
/// answers.
Result<SparkConnection> ConnectSpark(const std::string& url, ConnectOptions options,
                                     const std::map<std::string, std::string>& config);

}  // namespace ember
