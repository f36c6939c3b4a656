#include "lifecycle/explained_api.h"

#include <fmt/format.h>

#include <array>

#include "aws/service_call.h"

namespace ember {
namespace {

enum class Fault { kDenied, kExpired, kThrottled };

struct FaultRow {
  std::string_view code;
  Fault fault;
};
constexpr auto kFaults = std::to_array<FaultRow>({
    {"AccessDenied", Fault::kDenied},
    {"AccessDeniedException", Fault::kDenied},
    {"UnauthorizedOperation", Fault::kDenied},
    {"ExpiredToken", Fault::kExpired},
    {"ExpiredTokenException", Fault::kExpired},
    {"InvalidClientTokenId", Fault::kExpired},
    {"UnrecognizedClientException", Fault::kExpired},
    {"Throttling", Fault::kThrottled},
    {"ThrottlingException", Fault::kThrottled},
    {"TooManyRequestsException", Fault::kThrottled},
});

// The prefix of a service's IAM actions, in the order of AwsService.
constexpr auto kPrefixes = std::to_array<std::string_view>(
    {"elasticmapreduce", "glue", "cloudwatch", "logs", "cloudformation", "sts"});
static_assert(kPrefixes.size() == static_cast<size_t>(AwsService::kSts) + 1);

std::string Advice(Fault fault, const AwsApiCall& call) {
  switch (fault) {
    case Fault::kDenied:
      return fmt::format(
          "the right {}:{} is missing; ember emr policy FILE prints what the verbs of a cluster "
          "need",
          kPrefixes[static_cast<size_t>(call.service)], call.action);
    case Fault::kExpired:
      return "the credentials are no longer valid: renew them (aws sso login, or new keys) and run "
             "the same command again: it goes on from here";
    case Fault::kThrottled:
      return "AWS asks for fewer requests: run the same command again later: it goes on from here";
  }
  return "";
}

}  // namespace

Result<AwsJson> ExplainedAwsApi::Call(const AwsApiCall& call) {
  Result<AwsJson> answer = api_.Call(call);
  if (answer.ok()) return answer;
  const std::string code = ServiceCodeOf(answer.error());
  for (const FaultRow& row : kFaults) {
    if (row.code != code) continue;
    Error error = std::move(answer).error();
    error.message += fmt::format(" [{}]", Advice(row.fault, call));
    return error;
  }
  return answer;
}

}  // namespace ember
