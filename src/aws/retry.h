#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "aws/http.h"
#include "base/result.h"

namespace ember {

/// How often and how patiently a call is tried again.
struct RetryPolicy {
  int max_attempts = 3;
  int64_t transient_delay_ms = 100;  // doubled with each try, then multiplied by chance
  int64_t throttled_delay_ms = 500;
  int64_t max_delay_ms = 20000;
};

/// What a failed try means for the next.
enum class RetryKind {
  kFinal,               // the same again would fail the same way
  kTransient,           // a passing fault
  kThrottled,           // too many requests: wait longer
  kExpiredCredentials,  // try again with new ones
  kWrongClock,          // try again with the server's time
};

/// By the error code of the answer's body (may be empty) and its HTTP status.
RetryKind ClassifyAnswer(int status, std::string_view code);
/// By what HttpClient::Send returned.
RetryKind ClassifyFailure(const Error& error);
/// How long to wait after the failed try number `attempt` (from 1), for a `chance` in [0, 1); at
/// least what the server's Retry-After header asks for, within the policy's limit.
int64_t RetryDelayMs(const RetryPolicy& policy, RetryKind kind, int attempt, double chance,
                     const std::vector<HttpHeader>& headers);

}  // namespace ember
