#include "lifecycle/world.h"

#include "aws/retry.h"
#include "aws/service_call.h"

namespace ember {
namespace {

constexpr int kMaxPassingFailures = 5;

bool IsPassing(const Error& error) {
  if (error.condition != "EMBER_AWS.SERVICE") return ClassifyFailure(error) != RetryKind::kFinal;
  const RetryKind kind = ClassifyAnswer(ServiceStatusOf(error), ServiceCodeOf(error));
  return kind == RetryKind::kThrottled || kind == RetryKind::kTransient;
}

}  // namespace

bool EmrPatience::Forgives(const Error& error) {
  return IsPassing(error) && ++failures_ < kMaxPassingFailures;
}

Result<AwsJson> EmrWorld::Ask(AwsService service, const std::string& action,
                              AwsJson request) const {
  AwsApiCall call;
  call.service = service;
  call.action = action;
  call.request = std::move(request);
  call.stop = stop;
  return api.Call(call);
}

Status EmrWorld::Pause(int64_t least_ms, int64_t most_ms) const {
  const auto span = static_cast<double>(most_ms - least_ms);
  return host.Sleep(least_ms + static_cast<int64_t>(span * host.Random()), stop);
}

Error EmrFailure(std::string message) {
  return MakeError("EMBER_EMR", {{"message", std::move(message)}});
}

}  // namespace ember
