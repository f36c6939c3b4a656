#include "lifecycle/change_set.h"

#include <fmt/format.h>

#include <set>

#include "aws/service_call.h"
#include "lifecycle/answer.h"

namespace ember {
namespace {

constexpr size_t kMaxTemplateBytes = 51200;  // of a template that is sent in the request
constexpr int64_t kPollLeastMs = 1000;
constexpr int64_t kPollMostMs = 3000;

AwsJson Parameters(const std::map<std::string, std::string>& parameters) {
  AwsJson list = AwsJson::array();
  for (const auto& [key, value] : parameters)
    list.push_back({{"ParameterKey", key}, {"ParameterValue", value}});
  return list;
}

// CloudFormation says only by its words that there is nothing to do.
bool SaysNoChanges(const std::string& reason) {
  return reason.find("didn't contain changes") != std::string::npos ||
         reason.find("No updates are to be performed") != std::string::npos;
}

EmrStackChange ReadChange(const AwsJson& json) {
  EmrStackChange change;
  change.action = AwsText(json, "Action");
  change.resource = AwsText(json, "LogicalResourceId");
  change.type = AwsText(json, "ResourceType");
  change.physical_id = AwsText(json, "PhysicalResourceId");
  const std::string replacement = AwsText(json, "Replacement");
  if (change.action == "Modify" && replacement == "True") change.action = "Replace";
  change.may_replace = replacement == "Conditional";
  std::set<std::string> properties;
  for (const AwsJson& detail : AwsList(json, "Details")) {
    const AwsJson& target = AwsStructure(detail, "Target");
    const std::string name = AwsText(target, "Name");
    properties.insert(name.empty() ? AwsText(target, "Attribute") : name);
  }
  change.properties.assign(properties.begin(), properties.end());
  return change;
}

}  // namespace

EmrChangeSet::EmrChangeSet(const EmrWorld& world, const EmrStackRequest& request, bool is_update)
    : world_(world), request_(request), is_update_(is_update), stack_id_(request.name) {
  const auto chance = static_cast<uint64_t>(world.host.Random() * 0x1p32);
  name_ = fmt::format("ember-{:x}-{:08x}", static_cast<uint64_t>(world.host.NowUs()), chance);
}

Status EmrChangeSet::Create() {
  const std::string body = request_.document.dump();
  if (body.size() > kMaxTemplateBytes) {
    return EmrFailure(
        fmt::format("the template of stack {} has {} bytes: CloudFormation takes {} "
                    "in a request",
                    request_.name, body.size(), kMaxTemplateBytes));
  }
  AwsJson call = {{"StackName", request_.name},
                  {"ChangeSetName", name_},
                  {"ClientToken", name_},
                  {"ChangeSetType", is_update_ ? "UPDATE" : "CREATE"},
                  {"TemplateBody", body},
                  {"Capabilities", {"CAPABILITY_IAM"}},
                  // A bucket that an earlier stack left is taken over, not refused.
                  {"ImportExistingResources", true},
                  {"Tags", request_.tags}};
  if (!request_.parameters.empty()) call["Parameters"] = Parameters(request_.parameters);
  const Result<AwsJson> answer =
      world_.Ask(AwsService::kCloudFormation, "CreateChangeSet", std::move(call));
  // The name is used once: one that is there is ours, made by a try whose answer was lost.
  if (!answer.ok() && ServiceCodeOf(answer.error()) != "AlreadyExistsException") {
    is_needless_ = SaysNoChanges(answer.error().message);
    return is_needless_ ? Status() : answer.error();
  }
  if (!answer.ok()) return {};
  const std::string id = AwsText(*answer, "StackId");
  if (!id.empty()) stack_id_ = id;
  return {};
}

Status EmrChangeSet::Read() {
  AwsJson request = {{"ChangeSetName", name_}, {"StackName", stack_id_}};
  while (true) {
    ASSIGN_OR_RETURN(const AwsJson answer,
                     world_.Ask(AwsService::kCloudFormation, "DescribeChangeSet", request));
    const std::string status = AwsText(answer, "Status");
    const std::string reason = AwsText(answer, "StatusReason");
    if (status == "FAILED" && SaysNoChanges(reason)) return {};
    if (status == "FAILED" || status.starts_with("DELETE")) {
      return EmrFailure(fmt::format("CloudFormation refuses the template of stack {}: {}",
                                    request_.name, reason));
    }
    if (status != "CREATE_COMPLETE") {
      RETURN_IF_ERROR(world_.Pause(kPollLeastMs, kPollMostMs));
      continue;
    }
    for (const AwsJson& change : AwsList(answer, "Changes"))
      changes_.push_back(ReadChange(AwsStructure(change, "ResourceChange")));
    const std::string next = AwsText(answer, "NextToken");
    if (next.empty()) return {};
    request["NextToken"] = next;
  }
}

Status EmrChangeSet::Make() {
  RETURN_IF_ERROR(Create());
  return is_needless_ ? Status() : Read();
}

Status EmrChangeSet::Remove() {
  if (is_needless_) return {};
  EmrWorld world = world_.WithoutStop();
  world.tell = nullptr;
  const Result<AwsJson> removed = world.Ask(AwsService::kCloudFormation, "DeleteChangeSet",
                                            {{"ChangeSetName", name_}, {"StackName", stack_id_}});
  const std::string code = removed.ok() ? "" : ServiceCodeOf(removed.error());
  const bool is_gone = code == "ChangeSetNotFound" || code == "ValidationError";
  if (!removed.ok() && !is_gone) return removed.error();
  if (is_update_) return {};
  ASSIGN_OR_RETURN(const std::optional<EmrStack> shell, FindEmrStack(world, stack_id_));
  if (!shell || shell->status != "REVIEW_IN_PROGRESS") return {};
  const auto deleted = DeleteEmrStack(world, stack_id_);
  return deleted.ok() ? Status() : deleted.error();
}

Status EmrChangeSet::Execute() {
  const Result<AwsJson> answer =
      world_.Ask(AwsService::kCloudFormation, "ExecuteChangeSet",
                 {{"ChangeSetName", name_},
                  {"StackName", stack_id_},
                  {"ClientRequestToken", name_},
                  // A stack that fails leaves nothing, also of what outlives a whole one.
                  {"RetainExceptOnCreate", true}});
  if (answer.ok()) return {};
  // A try whose answer was lost has executed it.
  return ServiceCodeOf(answer.error()) == "InvalidChangeSetStatus" ? Status() : answer.error();
}

Result<bool> EmrChangeSet::IsExecuted() {
  const Result<AwsJson> answer = world_.Ask(AwsService::kCloudFormation, "DescribeChangeSet",
                                            {{"ChangeSetName", name_}, {"StackName", stack_id_}});
  if (!answer.ok()) {
    const std::string code = ServiceCodeOf(answer.error());
    if (code == "ChangeSetNotFound" || code == "ValidationError") return true;
    return answer.error();
  }
  const std::string status = AwsText(*answer, "ExecutionStatus");
  return status != "AVAILABLE" && status != "EXECUTE_IN_PROGRESS";
}

}  // namespace ember
