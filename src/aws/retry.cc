#include "aws/retry.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace ember {
namespace {

struct RetryCodeRow {
  std::string_view code;
  RetryKind kind;
};

// Error codes of AWS services, sorted; a code that is not here is judged by its HTTP status.
constexpr auto kCodes = std::to_array<RetryCodeRow>({
    {"BandwidthLimitExceeded", RetryKind::kThrottled},
    {"ConditionalRequestConflict", RetryKind::kTransient},  // 409 of a conditional write of S3
    {"EC2ThrottledException", RetryKind::kThrottled},
    {"ExpiredToken", RetryKind::kExpiredCredentials},
    {"ExpiredTokenException", RetryKind::kExpiredCredentials},
    {"IDPCommunicationError", RetryKind::kTransient},
    {"InternalError", RetryKind::kTransient},
    {"InternalFailure", RetryKind::kTransient},
    {"InternalServerError", RetryKind::kTransient},
    {"LimitExceededException", RetryKind::kThrottled},
    {"PriorRequestNotComplete", RetryKind::kThrottled},
    {"ProvisionedThroughputExceededException", RetryKind::kThrottled},
    {"RequestExpired", RetryKind::kWrongClock},
    {"RequestInTheFuture", RetryKind::kWrongClock},
    {"RequestLimitExceeded", RetryKind::kThrottled},
    {"RequestThrottled", RetryKind::kThrottled},
    {"RequestThrottledException", RetryKind::kThrottled},
    {"RequestTimeTooSkewed", RetryKind::kWrongClock},
    {"RequestTimeout", RetryKind::kTransient},
    {"RequestTimeoutException", RetryKind::kTransient},
    {"ServiceUnavailable", RetryKind::kTransient},
    {"SlowDown", RetryKind::kThrottled},
    {"ThrottledException", RetryKind::kThrottled},
    {"Throttling", RetryKind::kThrottled},
    {"ThrottlingException", RetryKind::kThrottled},
    {"TokenRefreshRequired", RetryKind::kExpiredCredentials},
    {"TooManyRequests", RetryKind::kThrottled},
    {"TooManyRequestsException", RetryKind::kThrottled},
    {"TransactionInProgressException", RetryKind::kThrottled},
    {"XAmzContentSHA256Mismatch", RetryKind::kTransient},  // the body was damaged on its way
});
static_assert(std::is_sorted(kCodes.begin(), kCodes.end(),
                             [](const auto& a, const auto& b) { return a.code < b.code; }));

struct RetryStatusRow {
  int status;
  RetryKind kind;
};
constexpr auto kStatuses = std::to_array<RetryStatusRow>({{429, RetryKind::kThrottled},
                                                          {500, RetryKind::kTransient},
                                                          {502, RetryKind::kTransient},
                                                          {503, RetryKind::kThrottled},
                                                          {504, RetryKind::kTransient}});

}  // namespace

RetryKind ClassifyAnswer(int status, std::string_view code) {
  const auto row = std::lower_bound(kCodes.begin(), kCodes.end(), code,
                                    [](const auto& r, std::string_view c) { return r.code < c; });
  if (row != kCodes.end() && row->code == code) return row->kind;
  for (const RetryStatusRow& known : kStatuses) {
    if (known.status == status) return known.kind;
  }
  return RetryKind::kFinal;
}

RetryKind ClassifyFailure(const Error& error) {
  if (error.condition != "EMBER_AWS.CONNECTION") return RetryKind::kFinal;
  const auto kind = error.parameters.find("kind");
  return kind != error.parameters.end() && kind->second != "TLS" ? RetryKind::kTransient
                                                                 : RetryKind::kFinal;
}

int64_t RetryDelayMs(const RetryPolicy& policy, RetryKind kind, int attempt, double chance,
                     const std::vector<HttpHeader>& headers) {
  if (kind == RetryKind::kExpiredCredentials || kind == RetryKind::kWrongClock) return 0;
  const int64_t base =
      kind == RetryKind::kThrottled ? policy.throttled_delay_ms : policy.transient_delay_ms;
  const int64_t full = std::min(policy.max_delay_ms, base << std::clamp(attempt - 1, 0, 30));
  auto delay = static_cast<int64_t>(static_cast<double>(full) * chance);
  if (const std::string* asked = FindHttpHeader(headers, "Retry-After")) {
    int64_t seconds = 0;
    const auto [end, error] =
        std::from_chars(asked->data(), asked->data() + asked->size(), seconds);
    if (error == std::errc() && seconds > 0 && seconds <= 3600) {
      delay = std::max(delay, seconds * 1000);
    }
  }
  return std::min(delay, policy.max_delay_ms);
}

}  // namespace ember
