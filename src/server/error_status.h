#pragma once

#include <grpcpp/support/status.h>

#include <string>
#include <vector>

#include "base/error.h"

namespace spark::connect {
class FetchErrorDetailsResponse;
}

namespace ember {

/// The Java classes of an error, most specific first, as Spark has them; the client chooses its
/// exception by them.
std::vector<std::string> WireClassNames(const Error& error);
/// "[CONDITION] text SQLSTATE: 12345", with the query's text where it is known.
std::string WireMessage(const Error& error);
/// What Spark's ErrorUtils.buildStatusFromThrowable makes: INTERNAL with google.rpc.ErrorInfo in
/// the details. `error_id` (may be empty) is the key for FetchErrorDetails.
grpc::Status ToGrpcStatus(const Error& error, const std::string& error_id);
/// The whole of the error: conditions, parameters, query contexts.
void FillErrorDetails(const Error& error, spark::connect::FetchErrorDetailsResponse* response);

}  // namespace ember
