#include "lifecycle/submitted_step.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "aws/digest.h"
#include "aws/retry.h"
#include "aws/service_call.h"
#include "lifecycle/answer.h"
#include "lifecycle/running_cluster.h"

namespace ember {
namespace {

// At most 256 steps wait or run; the list has the latest first, 50 to a page.
constexpr int kPagesOfActiveSteps = 6;
constexpr size_t kMarkDigits = 12;
constexpr std::string_view kMarkBegin = " [ember ";
constexpr size_t kMaxNameSize = 256;
constexpr size_t kMaxStepText = 10240;  // AddJobFlowSteps: all strings of HadoopJarStep together
constexpr int kMaxFaults = 20;
constexpr int kAsksPerClusterCheck = 4;
constexpr int kCancelAsks = 8;
constexpr int kSends = 3;
constexpr double kFirstPollMs = 1000;
constexpr double kMaxPollMs = 15000;
constexpr int64_t kLookAgainMs = 2000;

constexpr auto kEndStates =
    std::to_array<std::string_view>({"COMPLETED", "CANCELLED", "FAILED", "INTERRUPTED"});

SubmittedStep ReadStep(const AwsJson& json) {
  SubmittedStep step;
  step.id = AwsText(json, "Id");
  step.name = AwsText(json, "Name");
  step.state = AwsText(AwsPath(json, {"Status"}), "State");
  const std::string reason = AwsText(AwsPath(json, {"Status", "FailureDetails"}), "Reason");
  const std::string message = AwsText(AwsPath(json, {"Status", "FailureDetails"}), "Message");
  step.reason =
      reason.ends_with('.') && !message.empty() ? reason.substr(0, reason.size() - 1) : reason;
  if (!message.empty() && message != reason) step.reason += (reason.empty() ? "" : ": ") + message;
  if (step.reason.empty())
    step.reason = AwsText(AwsPath(json, {"Status", "StateChangeReason"}), "Message");
  step.log_file = AwsText(AwsPath(json, {"Status", "FailureDetails"}), "LogFile");
  step.jar = AwsText(AwsPath(json, {"Config"}), "Jar");
  step.on_failure = AwsText(json, "ActionOnFailure");
  for (const AwsJson& argument : AwsList(AwsPath(json, {"Config"}), "Args")) {
    if (argument.is_string()) step.arguments.push_back(argument.get<std::string>());
  }
  step.created_us =
      AwsTimeUs(AwsPath(json, {"Status", "Timeline"}), "CreationDateTime").value_or(0);
  step.started_us = AwsTimeUs(AwsPath(json, {"Status", "Timeline"}), "StartDateTime").value_or(0);
  step.ended_us = AwsTimeUs(AwsPath(json, {"Status", "Timeline"}), "EndDateTime").value_or(0);
  return step;
}

// The request may have been acted on although no answer says so.
bool IsUnclear(const Error& error) {
  const auto parameter = [&](const char* name) {
    const auto found = error.parameters.find(name);
    return found == error.parameters.end() ? std::string() : found->second;
  };
  if (error.condition == "EMBER_AWS.CONNECTION") return parameter("kind") != "CONNECT";
  return error.condition == "EMBER_AWS.SERVICE" &&
         (parameter("unclear") == "true" || ServiceStatusOf(error) >= 500);
}

AwsJson StepJson(const StepRequest& step, const std::string& name) {
  std::string action = step.on_failure;
  std::transform(action.begin(), action.end(), action.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return {{"Name", name},
          {"ActionOnFailure", action},
          {"HadoopJarStep", {{"Jar", "command-runner.jar"}, {"Args", step.arguments}}}};
}

Status CheckSize(const StepRequest& step) {
  size_t size = 0;
  for (const std::string& argument : step.arguments) size += argument.size();
  if (size <= kMaxStepText) return {};
  return InvalidInput(
      fmt::format("step '{}' has {} characters of arguments, and EMR takes {}: put what is long "
                  "(settings, SQL) "
                  "into the program or a file in S3",
                  step.name, size, kMaxStepText));
}

Result<std::vector<SubmittedStep>> StepsNamed(AwsApi& api, const std::string& cluster_id,
                                              const std::string& name,
                                              const std::stop_token& stop) {
  ASSIGN_OR_RETURN(std::vector<SubmittedStep> steps,
                   ListEmrSteps(api, cluster_id, kPagesOfActiveSteps, stop));
  std::erase_if(steps, [&](const SubmittedStep& step) { return step.name != name; });
  return steps;
}

// What a submission has added, the first of it first: steps of the name that were not there before.
Result<std::vector<std::string>> AddedSteps(AwsApi& api, const std::string& cluster_id,
                                            const std::string& name,
                                            const std::set<std::string>& before,
                                            const std::stop_token& stop) {
  ASSIGN_OR_RETURN(const auto steps, StepsNamed(api, cluster_id, name, stop));
  std::vector<std::string> added;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if (!before.contains(step->id)) added.push_back(step->id);
  }
  return added;
}

std::string AddedId(const AwsJson& answer) {
  const AwsJson& ids = AwsList(answer, "StepIds");
  return ids.empty() || !ids.front().is_string() ? "" : ids.front().get<std::string>();
}

// A call that was tried again after a lost answer may have added the step twice.
Result<StepSubmission> WithoutDoubles(AwsApi& api, const std::string& cluster_id,
                                      std::vector<std::string> added, const std::stop_token& stop) {
  StepSubmission done{.step_id = added.front(), .was_there = false, .doubled = {}};
  added.erase(added.begin());
  if (added.empty()) return done;
  const auto cancelled = api.Call(EmrApiCall("CancelSteps",
                                             {{"ClusterId", cluster_id},
                                              {"StepIds", added},
                                              {"StepCancellationOption", "TERMINATE_PROCESS"}},
                                             stop));
  if (!cancelled.ok()) {
    return WithContext(cancelled.error(),
                       fmt::format("step {} was added more than once, and ending {} failed",
                                   done.step_id, fmt::join(added, ", ")));
  }
  done.doubled = std::move(added);
  return done;
}

}  // namespace

bool SubmittedStep::has_ended() const {
  return std::find(kEndStates.begin(), kEndStates.end(), state) != kEndStates.end();
}

Result<SubmittedStep> DescribeEmrStep(AwsApi& api, const std::string& cluster_id,
                                      const std::string& step_id, const std::stop_token& stop) {
  ASSIGN_OR_RETURN(
      const AwsJson answer,
      api.Call(EmrApiCall("DescribeStep", {{"ClusterId", cluster_id}, {"StepId", step_id}}, stop)));
  SubmittedStep step = ReadStep(AwsStructure(answer, "Step"));
  if (step.id.empty()) step.id = step_id;
  if (step.state.empty()) {
    return MakeError("EMBER_AWS.INVALID_ANSWER",
                     {{"what", fmt::format("step {} without a state", step_id)}});
  }
  return step;
}

Result<std::vector<SubmittedStep>> ListEmrSteps(AwsApi& api, const std::string& cluster_id,
                                                int max_pages, const std::stop_token& stop) {
  AwsApiCall call = EmrApiCall("ListSteps", {{"ClusterId", cluster_id}}, stop);
  std::vector<SubmittedStep> steps;
  for (int page = 0; page < max_pages; ++page) {
    ASSIGN_OR_RETURN(const AwsJson answer, api.Call(call));
    for (const AwsJson& json : AwsList(answer, "Steps")) steps.push_back(ReadStep(json));
    const std::string marker = AwsText(answer, "Marker");
    if (marker.empty()) break;
    call.request["Marker"] = marker;
  }
  return steps;
}

std::string MarkedStepName(const StepRequest& step) {
  std::string text = step.on_failure;
  for (const std::string& argument : step.arguments)
    text += fmt::format("{}:{}", argument.size(), argument);
  const std::string mark = HexText(DigestBytes(Sha256(text))).substr(0, kMarkDigits);
  return fmt::format("{}{}{}]", step.name.substr(0, kMaxNameSize - 30), kMarkBegin, mark);
}

bool IsMarkedStepName(const std::string& name) {
  return name.size() > kMarkBegin.size() + kMarkDigits && name.ends_with(']') &&
         name.rfind(kMarkBegin) == name.size() - kMarkBegin.size() - kMarkDigits - 1;
}

Result<StepSubmission> SubmitEmrStep(AwsApi& api, AwsHost& host, const std::string& cluster_id,
                                     const StepRequest& step, StepRepeat repeat,
                                     const std::stop_token& stop) {
  RETURN_IF_ERROR(CheckSize(step));
  const std::string name = MarkedStepName(step);
  ASSIGN_OR_RETURN(const auto there, StepsNamed(api, cluster_id, name, stop));
  std::set<std::string> before;
  for (const SubmittedStep& old : there) {
    if (repeat == StepRepeat::kJoin && !old.has_ended() && old.state != "CANCEL_PENDING")
      return StepSubmission{.step_id = old.id, .was_there = true, .doubled = {}};
    before.insert(old.id);
  }
  for (int sends = 1;; ++sends) {
    auto answer = api.Call(EmrApiCall(
        "AddJobFlowSteps",
        {{"JobFlowId", cluster_id}, {"Steps", AwsJson::array({StepJson(step, name)})}}, stop));
    if (!answer.ok() && !IsUnclear(answer.error())) return std::move(answer).error();
    std::vector<std::string> added;
    auto listed = AddedSteps(api, cluster_id, name, before, stop);
    if (answer.ok()) {
      // The list only tells whether there are more.
      if (listed.ok()) added = *std::move(listed);
      const std::string id = AddedId(*answer);
      if (!id.empty() && std::find(added.begin(), added.end(), id) == added.end())
        added.push_back(id);
      if (added.empty()) {
        return MakeError("EMBER_AWS.INVALID_ANSWER", {{"what", "AddJobFlowSteps without an id"}});
      }
    } else {
      ASSIGN_OR_RETURN(added, std::move(listed));
    }
    if (added.empty()) {
      // A list may lag behind what was added.
      RETURN_IF_ERROR(host.Sleep(kLookAgainMs, stop));
      ASSIGN_OR_RETURN(added, AddedSteps(api, cluster_id, name, before, stop));
    }
    if (!added.empty()) return WithoutDoubles(api, cluster_id, std::move(added), stop);
    if (sends == kSends) {
      return WithContext(
          std::move(answer).error(),
          fmt::format("the step '{}' was not added: its cluster has none of that name", name));
    }
  }
}

bool IsPassingFault(const Error& error) {
  if (error.condition == "EMBER_AWS.CONNECTION") return true;
  if (error.condition != "EMBER_AWS.SERVICE") return false;
  const RetryKind kind = ClassifyAnswer(ServiceStatusOf(error), ServiceCodeOf(error));
  return kind == RetryKind::kTransient || kind == RetryKind::kThrottled;
}

int64_t PollDelayMs(AwsHost& host, int asked) {
  const double delay = std::min(kMaxPollMs, kFirstPollMs * std::pow(1.3, std::min(asked, 20)));
  return static_cast<int64_t>(delay * (0.75 + host.Random() / 2));
}

Result<SubmittedStep> AwaitEmrStep(AwsApi& api, AwsHost& host, const std::string& cluster_id,
                                   const std::string& step_id,
                                   const std::function<void(const SubmittedStep&)>& observe,
                                   const std::stop_token& stop) {
  int faults = 0;
  for (int asked = 0;; ++asked) {
    auto step = DescribeEmrStep(api, cluster_id, step_id, stop);
    if (step.ok()) {
      faults = 0;
      if (observe) observe(*step);
      if (step->has_ended()) return step;
    } else if (!IsPassingFault(step.error()) || ++faults > kMaxFaults) {
      return std::move(step).error();
    }
    // A cluster that ends may leave its last steps as they were.
    if (asked % kAsksPerClusterCheck == kAsksPerClusterCheck - 1) {
      const auto cluster = DescribeEmrCluster(api, cluster_id, stop);
      if (cluster.ok() && !cluster->is_live()) {
        ASSIGN_OR_RETURN(SubmittedStep last, DescribeEmrStep(api, cluster_id, step_id, stop));
        if (last.has_ended()) return last;
        return MakeError(
            "EMBER_EMR.STEP",
            {{"step", step_id},
             {"cluster", cluster_id},
             {"what", fmt::format("was {} when the cluster ended: {} ({}: {})", last.state,
                                  cluster->state, cluster->reason_code, cluster->reason)}});
      }
    }
    RETURN_IF_ERROR(host.Sleep(PollDelayMs(host, asked), stop));
  }
}

Result<SubmittedStep> CancelEmrStep(AwsApi& api, AwsHost& host, const std::string& cluster_id,
                                    const std::string& step_id) {
  ASSIGN_OR_RETURN(const AwsJson answer,
                   api.Call(EmrApiCall("CancelSteps",
                                       {{"ClusterId", cluster_id},
                                        {"StepIds", AwsJson::array({step_id})},
                                        {"StepCancellationOption", "TERMINATE_PROCESS"}},
                                       {})));
  std::string refused;
  for (const AwsJson& info : AwsList(answer, "CancelStepsInfoList")) {
    if (AwsText(info, "Status") == "FAILED") refused = AwsText(info, "Reason");
  }
  for (int asked = 0;; ++asked) {
    ASSIGN_OR_RETURN(SubmittedStep step, DescribeEmrStep(api, cluster_id, step_id, {}));
    if (step.has_ended()) return step;
    if (!refused.empty()) {
      return MakeError("EMBER_EMR.STEP", {{"step", step_id},
                                          {"cluster", cluster_id},
                                          {"what", "cannot be cancelled: " + refused}});
    }
    if (asked == kCancelAsks) return step;
    RETURN_IF_ERROR(host.Sleep(PollDelayMs(host, asked), {}));
  }
}

}  // namespace ember
