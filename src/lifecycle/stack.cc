#include "lifecycle/stack.h"

#include <fmt/format.h>

#include <array>

#include "aws/service_call.h"
#include "lifecycle/answer.h"
#include "lifecycle/change_set.h"
#include "lifecycle/stack_operation.h"

namespace ember {
namespace {

constexpr int64_t kLagLeastMs = 2000;
constexpr int64_t kLagMostMs = 4000;

// What can be done with a stack that CloudFormation is done with.
enum class StackUse {
  kNone,    // it is gone, or an empty shell: make it
  kUpdate,  // change it
  kRemove,  // it can only be deleted, then made anew
  kStuck,   // a person has to look
};

struct StackStatusRow {
  std::string_view status;
  StackUse use;
};
constexpr auto kStatuses = std::to_array<StackStatusRow>({
    {"CREATE_COMPLETE", StackUse::kUpdate},
    {"CREATE_FAILED", StackUse::kRemove},
    {"DELETE_COMPLETE", StackUse::kNone},
    {"DELETE_FAILED", StackUse::kRemove},
    {"IMPORT_COMPLETE", StackUse::kUpdate},
    {"IMPORT_ROLLBACK_COMPLETE", StackUse::kUpdate},
    {"REVIEW_IN_PROGRESS", StackUse::kRemove},
    {"ROLLBACK_COMPLETE", StackUse::kRemove},
    {"ROLLBACK_FAILED", StackUse::kRemove},
    {"UPDATE_COMPLETE", StackUse::kUpdate},
    {"UPDATE_FAILED", StackUse::kUpdate},
    {"UPDATE_ROLLBACK_COMPLETE", StackUse::kUpdate},
});

StackUse UseOf(const EmrStack& stack) {
  for (const StackStatusRow& row : kStatuses) {
    if (row.status == stack.status) return row.use;
  }
  return StackUse::kStuck;
}

// The stack when CloudFormation is done with what it does; nothing when there is none then.
Result<std::optional<EmrStack>> Settled(const EmrWorld& world, const std::string& name) {
  ASSIGN_OR_RETURN(std::optional<EmrStack> stack, FindEmrStack(world, name));
  if (!stack || !IsEmrStackBusy(*stack)) return stack;
  world.Tell(fmt::format("stack {} is {}: waiting for it", name, stack->status));
  EmrStackWatch watch(world, stack->id);
  ASSIGN_OR_RETURN(EmrStack done, watch.Wait());
  if (done.status == "DELETE_COMPLETE") return std::optional<EmrStack>();
  return std::optional<EmrStack>(std::move(done));
}

Error Stuck(const EmrStack& stack) {
  return EmrFailure(
      fmt::format("stack {} is {}{}: CloudFormation changes it no more by itself; look at its "
                  "events in the console, continue its rollback there, and run this again",
                  stack.name, stack.status, stack.reason.empty() ? "" : " (" + stack.reason + ")"));
}

// All that a template asks for, where no change set can say it.
std::vector<EmrStackChange> AllOf(const AwsJson& document) {
  std::vector<EmrStackChange> changes;
  const AwsJson& resources = AwsStructure(document, "Resources");
  for (const auto& [name, resource] : resources.items())
    changes.push_back({.action = "Add", .resource = name, .type = AwsText(resource, "Type")});
  return changes;
}

// Why a stack rolled back, as its events tell.
std::string WhyItFailed(const EmrWorld& world, const EmrStack& stack) {
  EmrWorld quiet = world.WithoutStop();
  quiet.tell = nullptr;
  EmrStackWatch watch(quiet, stack.id);
  return watch.Wait().ok() ? watch.Failures() : stack.reason;
}

// Makes room: what is left of a stack that failed, or was never made, is deleted. Whether there is
// a stack to change.
Result<bool> Prepare(const EmrWorld& world, const std::string& name) {
  ASSIGN_OR_RETURN(const std::optional<EmrStack> stack, Settled(world, name));
  if (!stack) return false;
  switch (UseOf(*stack)) {
    case StackUse::kNone:
      return false;
    case StackUse::kUpdate:
      return true;
    case StackUse::kStuck:
      return Stuck(*stack);
    case StackUse::kRemove:
      break;
  }
  if (stack->status != "REVIEW_IN_PROGRESS") {
    world.Tell(fmt::format("stack {} is {}, because of {}: deleting it", name, stack->status,
                           WhyItFailed(world, *stack)));
  }
  RETURN_IF_ERROR(DeleteEmrStack(world, name));
  return false;
}

// Waits for the end of what was ordered: the stack's status may lag behind it.
Result<EmrStack> WaitForOrder(const EmrWorld& world, EmrStackWatch& watch,
                              EmrChangeSet& change_set) {
  while (true) {
    ASSIGN_OR_RETURN(EmrStack stack, watch.Wait());
    ASSIGN_OR_RETURN(const bool is_executed, change_set.IsExecuted());
    if (is_executed) return stack;
    RETURN_IF_ERROR(world.Pause(kLagLeastMs, kLagMostMs));
  }
}

// What comes of a stack that was not made, or not changed, as ordered.
Error DeployFailure(const EmrWorld& world, const EmrStack& stack, const EmrStackWatch& watch,
                    bool is_update) {
  if (is_update) {
    return EmrFailure(fmt::format("stack {} is {}: {}; it is as it was before", stack.name,
                                  stack.status, watch.Failures()));
  }
  const auto deleted = DeleteEmrStack(world.WithoutStop(), stack.id);
  const std::string rest = deleted.ok() ? "it was deleted again: nothing of it costs money"
                                        : "deleting it failed: " + deleted.error().message;
  return EmrFailure(
      fmt::format("stack {} could not be made: {}; {}", stack.name, watch.Failures(), rest));
}

}  // namespace

Result<std::optional<EmrStack>> FindEmrStack(const EmrWorld& world, const std::string& name) {
  Result<AwsJson> answer =
      world.Ask(AwsService::kCloudFormation, "DescribeStacks", {{"StackName", name}});
  if (!answer.ok()) {
    // CloudFormation has no code of its own for a stack that is not there.
    const bool is_missing = ServiceCodeOf(answer.error()) == "ValidationError" &&
                            answer.error().message.find("does not exist") != std::string::npos;
    if (is_missing) return std::optional<EmrStack>();
    return std::move(answer).error();
  }
  const AwsJson& stacks = AwsList(*answer, "Stacks");
  if (stacks.empty()) return std::optional<EmrStack>();
  const AwsJson& json = stacks.front();
  EmrStack stack;
  stack.name = AwsText(json, "StackName");
  stack.id = AwsText(json, "StackId");
  stack.status = AwsText(json, "StackStatus");
  stack.reason = AwsText(json, "StackStatusReason");
  if (stack.name.empty()) stack.name = name;
  if (stack.id.empty()) stack.id = name;
  for (const AwsJson& output : AwsList(json, "Outputs"))
    stack.outputs[AwsText(output, "OutputKey")] = AwsText(output, "OutputValue");
  return std::optional<EmrStack>(std::move(stack));
}

Result<EmrStackPlan> PlanEmrStack(const EmrWorld& world, const EmrStackRequest& request) {
  ASSIGN_OR_RETURN(std::optional<EmrStack> stack, FindEmrStack(world, request.name));
  EmrStackPlan plan;
  plan.name = request.name;
  if (stack && stack->status == "REVIEW_IN_PROGRESS") {
    // The empty shell of a plan that was interrupted.
    EmrWorld quiet = world;
    quiet.tell = nullptr;
    RETURN_IF_ERROR(DeleteEmrStack(quiet, request.name));
    stack.reset();
  }
  if (stack) {
    plan.status = stack->status;
    plan.outputs = stack->outputs;
    if (IsEmrStackBusy(*stack)) {
      plan.note =
          fmt::format("CloudFormation works on it ({}): up waits for it first", stack->status);
      return plan;
    }
    switch (UseOf(*stack)) {
      case StackUse::kStuck:
        return Stuck(*stack);
      case StackUse::kRemove:
        plan.note =
            fmt::format("it is {}: up deletes it and makes it anew; it failed because of {}",
                        stack->status, WhyItFailed(world, *stack));
        plan.changes = AllOf(request.document);
        return plan;
      case StackUse::kNone:
        stack.reset();
        break;
      case StackUse::kUpdate:
        break;
    }
  }
  EmrChangeSet change_set(world, request, stack.has_value());
  const Status made = change_set.Make();
  // After Ctrl-C too: nothing is left.
  const Status removed = change_set.Remove();
  RETURN_IF_ERROR(made);
  RETURN_IF_ERROR(removed);
  plan.changes = change_set.changes();
  return plan;
}

Result<EmrStack> DeployEmrStack(const EmrWorld& world, const EmrStackRequest& request) {
  ASSIGN_OR_RETURN(const bool is_update, Prepare(world, request.name));
  EmrChangeSet change_set(world, request, is_update);
  const Status made = change_set.Make();
  if (!made.ok() || change_set.changes().empty()) {
    const Status removed = change_set.Remove();
    RETURN_IF_ERROR(made);
    RETURN_IF_ERROR(removed);
    ASSIGN_OR_RETURN(std::optional<EmrStack> stack, FindEmrStack(world, request.name));
    if (!stack) return EmrFailure(fmt::format("stack {} would be empty", request.name));
    world.Tell(fmt::format("stack {}: nothing to change", request.name));
    return *std::move(stack);
  }
  world.Tell(fmt::format("stack {}: {} changes to {}", request.name, change_set.changes().size(),
                         is_update ? "make" : "a new stack"));
  EmrStackWatch watch(world, change_set.stack_id());
  RETURN_IF_ERROR(watch.SkipPast());
  RETURN_IF_ERROR(change_set.Execute());
  ASSIGN_OR_RETURN(EmrStack done, WaitForOrder(world, watch, change_set));
  const bool is_done = done.status == (is_update ? "UPDATE_COMPLETE" : "CREATE_COMPLETE") ||
                       done.status == "IMPORT_COMPLETE";
  if (!is_done) return DeployFailure(world, done, watch, is_update);
  return done;
}

Result<std::vector<EmrKeptResource>> DeleteEmrStack(const EmrWorld& world,
                                                    const std::string& name) {
  ASSIGN_OR_RETURN(const std::optional<EmrStack> stack, FindEmrStack(world, name));
  if (!stack || stack->status == "DELETE_COMPLETE") return std::vector<EmrKeptResource>();
  EmrStackWatch watch(world, stack->id);
  RETURN_IF_ERROR(watch.SkipPast());
  if (stack->status != "DELETE_IN_PROGRESS") {
    RETURN_IF_ERROR(
        world.Ask(AwsService::kCloudFormation, "DeleteStack", {{"StackName", stack->id}}));
  }
  while (true) {
    ASSIGN_OR_RETURN(const EmrStack done, watch.Wait());
    if (done.status == "DELETE_COMPLETE") return watch.kept();
    if (done.status == "DELETE_FAILED") {
      return EmrFailure(
          fmt::format("stack {} cannot be deleted: {}; end what holds it, then run this again",
                      stack->name, watch.Failures()));
    }
    RETURN_IF_ERROR(world.Pause(kLagLeastMs, kLagMostMs));  // its status lags behind the order
  }
}

}  // namespace ember
