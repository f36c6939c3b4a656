#include "lifecycle/stack_operation.h"

#include <fmt/format.h>

#include <algorithm>

#include "aws/service_call.h"
#include "lifecycle/answer.h"

namespace ember {
namespace {

constexpr int64_t kPollLeastMs = 4000;
constexpr int64_t kPollMostMs = 8000;
constexpr int kMaxEventPages = 20;
constexpr std::string_view kStackType = "AWS::CloudFormation::Stack";

// Follows from another failure, and says nothing of why.
bool IsConsequence(const std::string& reason) {
  return reason.empty() || reason.find("cancelled") != std::string::npos ||
         reason.starts_with("The following resource(s) failed");
}

}  // namespace

bool IsEmrStackBusy(const EmrStack& stack) {
  return stack.status.ends_with("_IN_PROGRESS") && stack.status != "REVIEW_IN_PROGRESS";
}

Result<std::vector<AwsJson>> EmrStackWatch::NewEvents() {
  // The newest come first: those before one that is known are known.
  std::vector<AwsJson> events;
  AwsJson request = {{"StackName", id_}};
  for (int page = 0; page < kMaxEventPages; ++page) {
    ASSIGN_OR_RETURN(const AwsJson answer,
                     world_.Ask(AwsService::kCloudFormation, "DescribeStackEvents", request));
    bool is_known = false;
    for (const AwsJson& event : AwsList(answer, "StackEvents")) {
      is_known = !seen_.insert(AwsText(event, "EventId")).second;
      if (is_known) break;
      events.push_back(event);
    }
    const std::string next = AwsText(answer, "NextToken");
    if (is_known || next.empty()) break;
    request["NextToken"] = next;
  }
  std::reverse(events.begin(), events.end());
  return events;
}

Status EmrStackWatch::SkipPast() {
  const Result<std::vector<AwsJson>> events = NewEvents();
  return events.ok() ? Status() : events.error();
}

Status EmrStackWatch::Tell() {
  ASSIGN_OR_RETURN(const std::vector<AwsJson> events, NewEvents());
  for (const AwsJson& event : events) {
    const std::string status = AwsText(event, "ResourceStatus");
    const std::string reason = AwsText(event, "ResourceStatusReason");
    const std::string type = AwsText(event, "ResourceType");
    const std::string resource = AwsText(event, "LogicalResourceId");
    if (status.ends_with("_FAILED") && !IsConsequence(reason) && type != kStackType)
      failures_.push_back(fmt::format("{} ({}): {}", resource, type, reason));
    if (status == "DELETE_SKIPPED") kept_.push_back({type, AwsText(event, "PhysicalResourceId")});
    const bool says_why = status.ends_with("_FAILED") && !reason.empty();
    world_.Tell(
        fmt::format("  {:<22} {:<26} {}{}", status, resource, type, says_why ? ": " + reason : ""));
  }
  return {};
}

Result<EmrStack> EmrStackWatch::Look() {
  ASSIGN_OR_RETURN(std::optional<EmrStack> stack, FindEmrStack(world_, id_));
  // By its name a deleted stack is not found any more.
  if (!stack) return EmrStack{.name = id_, .id = id_, .status = "DELETE_COMPLETE"};
  RETURN_IF_ERROR(Tell());
  return *std::move(stack);
}

Result<EmrStack> EmrStackWatch::Wait() {
  EmrPatience patience;
  while (true) {
    Result<EmrStack> stack = Look();
    if (!stack.ok() && !patience.Forgives(stack.error())) return stack;
    if (stack.ok()) {
      patience.Reset();
      if (!IsEmrStackBusy(*stack)) return stack;
    }
    RETURN_IF_ERROR(world_.Pause(kPollLeastMs, kPollMostMs));
  }
}

std::string EmrStackWatch::Failures() const {
  return failures_.empty() ? "CloudFormation does not say which resource failed"
                           : fmt::format("{}", fmt::join(failures_, "; "));
}

}  // namespace ember
