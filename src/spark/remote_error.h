#pragma once

#include <grpcpp/grpcpp.h>

#include <string>

#include "base/error.h"

namespace spark::connect {
class FetchErrorDetailsResponse;
}

namespace ember {

/// A failed call, as far as the status itself tells.
struct RemoteFailure {
  Error error;
  std::string error_id;  // for FetchErrorDetails; empty when the server keeps none
};

/// How the failed call was made, for what to do about it.
struct CallPlace {
  std::string target;  // host:port
  bool uses_tls = false;
  bool has_token = false;
  int timeout_seconds = 0;
};
RemoteFailure ReadFailure(const grpc::Status& status, const CallPlace& place);
/// Condition, parameters, SQLSTATE and query contexts of the root error, complete.
void AddDetails(const spark::connect::FetchErrorDetailsResponse& response, Error& error);

}  // namespace ember
