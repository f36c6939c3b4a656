#include "emulator/emr_emulator.h"

#include <fmt/format.h>

#include <array>

#include "base/uuid.h"
#include "emulator/api_fault.h"
#include "emulator/cluster_describe.h"
#include "emulator/cluster_lifecycle.h"
#include "emulator/query_api.h"
#include "emulator/signature_check.h"

namespace ember {
namespace {

constexpr std::string_view kTargetStart = "ElasticMapReduce.";
constexpr std::string_view kControlStart = "/_emulator/";
constexpr std::string_view kStsVersion = "2011-06-15";
constexpr std::string_view kStsNamespace = "https://sts.amazonaws.com/doc/2011-06-15/";

// How services name what is wrong with a signature: those that speak JSON, those that speak Query.
struct FaultName {
  SignatureFault fault;
  const char* json;
  const char* query;
};
constexpr auto kFaultNames = std::to_array<FaultName>({
    {SignatureFault::kMissing, "MissingAuthenticationTokenException", "MissingAuthenticationToken"},
    {SignatureFault::kIncomplete, "IncompleteSignatureException", "IncompleteSignature"},
    {SignatureFault::kUnknownKey, "UnrecognizedClientException", "InvalidClientTokenId"},
    {SignatureFault::kMismatch, "InvalidSignatureException", "SignatureDoesNotMatch"},
    {SignatureFault::kSkewedClock, "InvalidSignatureException", "SignatureDoesNotMatch"},
});
constexpr int kQueryForbidden = 403;  // JSON services answer 400

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
                         EventJournal& journal, S3Buckets* buckets)
    : credentials_(std::move(credentials)),
      journal_(journal),
      store_(std::move(settings), journal),
      service_(store_),
      stacks_(WorldOfStacks(buckets)) {}

StackWorld EmrEmulator::WorldOfStacks(S3Buckets* buckets) {
  StackWorld world;
  world.region = store_.settings().region;
  world.account = kEmulatedAccount;
  world.speed = store_.settings().speed;
  world.now_us = store_.settings().now_us;
  world.journal = &journal_;
  world.make_bucket = [buckets](const std::string& name) -> Result<bool> {
    return buckets == nullptr ? Result<bool>(true) : buckets->Make(name);
  };
  world.delete_bucket = [buckets](const std::string& name) -> Status {
    return buckets == nullptr ? Status() : buckets->Delete(name);
  };
  world.put_security = [this](const std::string& name, const std::string& text) {
    const std::lock_guard lock(store_.mutex());
    store_.security()[name] = {text, store_.settings().now_us()};
  };
  world.delete_security = [this](const std::string& name) {
    const std::lock_guard lock(store_.mutex());
    store_.security().erase(name);
  };
  // A live cluster holds what its request names.
  world.user_of = [this](const std::string& id) -> std::string {
    const std::lock_guard lock(store_.mutex());
    for (const ClusterRecord* cluster : store_.All()) {
      if (!cluster->is_over() &&
          cluster->request.dump().find("\"" + id + "\"") != std::string::npos)
        return cluster->id;
    }
    return "";
  };
  return world;
}

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
  const bool is_control = request.path.starts_with(kControlStart);
  try {
    return is_control ? Control(request) : AnswerSigned(request);
  } catch (const AwsJson::exception& thrown) {
    // JSON of a type that is not expected where no model says what is: a template's, an order's.
    const Error error =
        ApiFault("ValidationError", fmt::format("Template format error: {}", thrown.what()));
    return is_control ? JsonFault(error) : QueryFault(error, kCloudFormationNamespace);
  }
}

EmulatorAnswer EmrEmulator::AnswerSigned(const EmulatorRequest& request) {
  const bool is_form =
      request.Header("content-type").starts_with("application/x-www-form-urlencoded");
  return is_form ? AnswerForm(request) : AnswerJson(request);
}

std::optional<Error> EmrEmulator::SignatureFaultOf(const EmulatorRequest& request,
                                                   std::string_view service, bool is_json) {
  const SignatureVerdict verdict =
      CheckSignature(request, credentials_, store_.settings().now_us());
  const int status = is_json ? 400 : kQueryForbidden;
  for (const FaultName& name : kFaultNames) {
    if (name.fault == verdict.fault)
      return ApiFault(is_json ? name.json : name.query, verdict.message, status);
  }
  const std::string& region = store_.settings().region;
  if (verdict.service == service && verdict.region == region) return std::nullopt;
  return ApiFault(
      is_json ? "InvalidSignatureException" : "SignatureDoesNotMatch",
      fmt::format("Credential should be scoped to a valid region and service: this emulator is {} "
                  "in {}, not {} in {}.",
                  service, region, verdict.service, verdict.region),
      status);
}

EmulatorAnswer EmrEmulator::AnswerJson(const EmulatorRequest& request) {
  if (const auto fault = SignatureFaultOf(request, "elasticmapreduce", true))
    return JsonFault(*fault);
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

EmulatorAnswer EmrEmulator::AnswerForm(const EmulatorRequest& request) {
  const AwsJson form = ParseQueryForm(request.body);
  const bool is_sts = form.value("Version", "") == kStsVersion;
  const std::string_view name_space = is_sts ? kStsNamespace : kCloudFormationNamespace;
  if (const auto fault = SignatureFaultOf(request, is_sts ? "sts" : "cloudformation", false))
    return QueryFault(*fault, name_space);
  if (const auto fault = NextOrderedFault()) return QueryFault(*fault, name_space);
  return is_sts ? AnswerSts(form) : stacks_.Answer(form);
}

EmulatorAnswer EmrEmulator::AnswerSts(const AwsJson& form) {
  const std::string action = form.value("Action", "");
  if (action != "GetCallerIdentity") {
    return QueryFault(ApiFault("InvalidAction", fmt::format("Could not find operation {} for "
                                                            "version 2011-06-15",
                                                            action)),
                      kStsNamespace);
  }
  return QueryAnswer(action, kStsNamespace,
                     {{"Arn", fmt::format("arn:aws:iam::{}:user/emulated", kEmulatedAccount)},
                      {"UserId", "AIDAEMULATED"},
                      {"Account", kEmulatedAccount}});
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
  if (kind == "resource_failure") {
    stacks_.OrderFailure(order.value("resource", ""));
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
      "no_capacity (with type, off), bootstrap_failure, master_lost (with cluster), "
      "resource_failure (with resource: a type or a logical name).");
}

}  // namespace ember
