#pragma once

#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <string>
#include <string_view>

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
/// CRC-32 (IEEE 802.3), as artifacts carry it.
int64_t Crc32(std::string_view bytes);

}  // namespace ember
