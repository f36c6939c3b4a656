#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>

#include "base/result.h"
#include "spark/address.h"
#include "spark/connect.h"

namespace ember {

/// A channel to a server, which connects at the first call: over TLS where the address asks for it,
/// and where a token or headers travel to another machine. Errors: a file of certificates that
/// cannot be read.
Result<std::shared_ptr<grpc::Channel>> MakeConnectChannel(const ConnectAddress& address,
                                                          const ConnectOptions& options);

/// Errors: names or values that gRPC would end the process over; no value is part of them.
Status CheckConnectHeaders(const ConnectHeaders& headers);

}  // namespace ember
