#pragma once

#include <cstdint>
#include <string>

#include "aws/credentials.h"
#include "emulator/http_server.h"

namespace ember {

enum class SignatureFault {
  kNone,
  kMissing,      // the request is not signed
  kIncomplete,   // the Authorization header is not what it must be
  kUnknownKey,   // no such access key, or a session token that does not belong to it
  kMismatch,     // another secret, or a request that was changed on its way
  kSkewedClock,  // signed more than five minutes ago, or hence
};

struct SignatureVerdict {
  SignatureFault fault = SignatureFault::kNone;
  std::string message;
  std::string region;   // of the scope
  std::string service;  // of the scope: "elasticmapreduce"
};

/// Whether a request was signed (AWS Signature Version 4, in the Authorization header) by the owner
/// of `expected` about now: the signature is made again from what arrived.
SignatureVerdict CheckSignature(const EmulatorRequest& request, const AwsCredentials& expected,
                                int64_t now_us);

}  // namespace ember
