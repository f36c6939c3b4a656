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
/// `server` is named when it cannot be reached.
RemoteFailure ReadFailure(const grpc::Status& status, const std::string& server);
/// Condition, parameters, SQLSTATE and query contexts of the root error, complete.
void AddDetails(const spark::connect::FetchErrorDetailsResponse& response, Error& error);

}  // namespace ember
