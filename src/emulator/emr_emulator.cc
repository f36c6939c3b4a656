#include "emulator/emr_emulator.h"

#include <fmt/format.h>

#include <array>

#include "base/uuid.h"
#include "emulator/api_fault.h"
#include "emulator/cluster_lifecycle.h"
#include "emulator/signature_check.h"

namespace ember {
namespace {

constexpr std::string_view kTargetStart = "ElasticMapReduce.";
constexpr std::string_view kControlStart = "/_emulator/";

// How JSON services name what is wrong with a signature.
struct FaultName {
  SignatureFault fault;
  const char* code;
};
constexpr auto kFaultNames = std::to_array<FaultName>({
    {SignatureFault::kMissing, "MissingAuthenticationTokenException"},
    {SignatureFault::kIncomplete, "IncompleteSignatureException"},
    {SignatureFault::kUnknownKey, "UnrecognizedClientException"},
    {SignatureFault::kMismatch, "InvalidSignatureException"},
    {SignatureFault::kSkewedClock, "InvalidSignatureException"},
});

// Faults that may be ordered for the next calls.
struct CallFault {
  std::string_view kind;
  const char* code;
  const char* message;
  int status;
};
constexpr auto kCallFaults = std::to_array<CallFault>({
    {"throttling", "ThrottlingException", "Rate exceeded", 400},
    {"server_error", "InternalFailure", "An internal failure was ordered", 500},
    {"unavailable", "ServiceUnavailable", "The service was ordered to be unavailable", 503},
    {"expired_token", "ExpiredTokenException",
     "The security token included in the request is expired", 400},
});

EmulatorAnswer JsonAnswer(const AwsJson& json) {
  return {.body = json.dump(), .headers = {{"x-amzn-RequestId", NewUuid()}}};
}

EmulatorAnswer JsonFault(const Error& error) {
  const ApiFaultParts parts = PartsOfFault(error);
  AwsJson body = {{"__type", parts.code}};
  // The exceptions of EMR's model spell it so.
  body[parts.code == "InvalidRequestException" ? "Message" : "message"] = parts.message;
  EmulatorAnswer answer = JsonAnswer(body);
  answer.status = parts.status;
  return answer;
}

Result<AwsJson> ParseBody(const EmulatorRequest& request) {
  AwsJson json = AwsJson::parse(request.body.empty() ? "{}" : request.body, nullptr, false);
  if (json.is_discarded())
    return ApiFault("SerializationException", "The request's body is no JSON.");
  return json;
}

}  // namespace

EmrEmulator::EmrEmulator(EmulatorSettings settings, AwsCredentials credentials,
                         EventJournal& journal)
    : credentials_(std::move(credentials)),
      journal_(journal),
      store_(std::move(settings), journal),
      service_(store_) {}

std::optional<Error> EmrEmulator::NextOrderedFault() {
  const std::lock_guard lock(mutex_);
  for (OrderedFault& ordered : ordered_) {
    if (ordered.count <= 0) continue;
    --ordered.count;
    for (const CallFault& fault : kCallFaults) {
      if (fault.kind == ordered.kind) return ApiFault(fault.code, fault.message, fault.status);
    }
  }
  return std::nullopt;
}

EmulatorAnswer EmrEmulator::Answer(const EmulatorRequest& request) {
  if (request.path.starts_with(kControlStart)) return Control(request);
  return AnswerJson(request);
}

EmulatorAnswer EmrEmulator::AnswerJson(const EmulatorRequest& request) {
  const SignatureVerdict verdict =
      CheckSignature(request, credentials_, store_.settings().now_us());
  for (const FaultName& name : kFaultNames) {
    if (name.fault == verdict.fault) return JsonFault(ApiFault(name.code, verdict.message));
  }
  const std::string& region = store_.settings().region;
  if (verdict.service != "elasticmapreduce" || verdict.region != region) {
    return JsonFault(ApiFault(
        "InvalidSignatureException",
        fmt::format("Credential should be scoped to a valid region and service: this emulator is "
                    "elasticmapreduce in {}, not {} in {}.",
                    region, verdict.service, verdict.region)));
  }
  const std::string target = request.Header("x-amz-target");
  if (request.method != "POST" || !target.starts_with(kTargetStart)) {
    return JsonFault(
        ApiFault("UnknownOperationException", "POST with an X-Amz-Target of EMR is expected."));
  }
  if (const auto fault = NextOrderedFault()) return JsonFault(*fault);
  const Result<AwsJson> body = ParseBody(request);
  if (!body.ok()) return JsonFault(body.error());
  const Result<AwsJson> answer = service_.Call(target.substr(kTargetStart.size()), *body);
  return answer.ok() ? JsonAnswer(*answer) : JsonFault(answer.error());
}

EmulatorAnswer EmrEmulator::Control(const EmulatorRequest& request) {
  const std::string what = request.path.substr(kControlStart.size());
  if (what == "events") return {.content_type = "application/x-ndjson", .body = journal_.Lines()};
  const Result<AwsJson> order = ParseBody(request);
  if (!order.ok()) return JsonFault(order.error());
  const Result<AwsJson> answer = what == "spot-loss" ? SpotLoss(*order)
                                 : what == "fault"
                                     ? Order(*order)
                                     : Result<AwsJson>(ApiFault("NotFound",
                                                                "There are events, "
                                                                "spot-loss and fault.",
                                                                404));
  return answer.ok() ? JsonAnswer(*answer) : JsonFault(answer.error());
}

Result<AwsJson> EmrEmulator::SpotLoss(const AwsJson& order) {
  const std::lock_guard lock(store_.mutex());
  ClusterRecord* cluster = store_.Find(order.value("cluster", ""));
  if (cluster == nullptr) return ValidationFault("There is no cluster of that id.");
  const int lost = LoseSpotNodes(*cluster, order.value("count", 1), store_.View());
  return AwsJson{{"noticed", lost}};
}

Result<AwsJson> EmrEmulator::Order(const AwsJson& order) {
  const std::string kind = order.value("kind", "");
  for (const CallFault& fault : kCallFaults) {
    if (fault.kind != kind) continue;
    const std::lock_guard lock(mutex_);
    ordered_.push_back({kind, order.value("count", 1)});
    return AwsJson::object();
  }
  const std::lock_guard lock(store_.mutex());
  if (kind == "no_capacity") {
    const std::string type = order.value("type", "");
    if (order.value("off", false))
      store_.faults().types_without_capacity.erase(type);
    else
      store_.faults().types_without_capacity.insert(type);
    return AwsJson::object();
  }
  if (kind == "bootstrap_failure") {
    store_.faults().bootstrap_fails = true;
    return AwsJson::object();
  }
  if (kind == "master_lost") {
    ClusterRecord* cluster = store_.Find(order.value("cluster", ""));
    if (cluster == nullptr) return ValidationFault("There is no cluster of that id.");
    TerminateCluster(*cluster, {"INSTANCE_FAILURE", "The master node was terminated", true},
                     store_.View());
    store_.Settle(*cluster);
    return AwsJson::object();
  }
  return ValidationFault(
      "kind is one of throttling, server_error, unavailable, expired_token (with count), "
      "no_capacity (with type, off), bootstrap_failure, master_lost (with cluster).");
}

}  // namespace ember
