#include "emulator/stack_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/uuid.h"
#include "emulator/api_fault.h"

namespace ember {
namespace {

constexpr double kResourceS = 10;  // emulated seconds that a resource takes
constexpr std::string_view kStackType = "AWS::CloudFormation::Stack";

using Work = EmulatedStack::Work;

Error Invalid(std::string message) { return ApiFault("ValidationError", std::move(message)); }

// Which words begin and end the events of a work.
struct WorkWords {
  const char* begin;
  const char* end;
  const char* failure;
};
WorkWords WordsOf(Work::Kind kind) {
  switch (kind) {
    case Work::Kind::kMake:
      return {"CREATE_IN_PROGRESS", "CREATE_COMPLETE", "CREATE_FAILED"};
    case Work::Kind::kChange:
    case Work::Kind::kReplace:
      return {"UPDATE_IN_PROGRESS", "UPDATE_COMPLETE", "UPDATE_FAILED"};
    case Work::Kind::kDelete:
      return {"DELETE_IN_PROGRESS", "DELETE_COMPLETE", "DELETE_FAILED"};
  }
  return {};
}

bool IsBusy(const EmulatedStack& stack) { return !stack.works.empty(); }

std::string TypeOf(const AwsJson& document, const std::string& logical) {
  return document["Resources"][logical].value("Type", "");
}

}  // namespace

void StackStore::AddEvent(EmulatedStack& stack, const std::string& logical,
                          const std::string& status, const std::string& reason) {
  StackEvent event;
  event.time_us = stack.next_us == 0 ? world_.now_us() : std::min(stack.next_us, world_.now_us());
  event.logical = logical.empty() ? stack.name : logical;
  event.id = logical.empty() ? stack.id : stack.resources[logical].id;
  event.type = logical.empty() ? kStackType : stack.resources[logical].type;
  event.status = status;
  event.reason = reason;
  event.number = static_cast<int>(stack.events.size());
  if (!logical.empty()) {
    stack.resources[logical].status = status;
    stack.resources[logical].changed_us = event.time_us;
  }
  stack.events.push_back(std::move(event));
}

void StackStore::SetStatus(EmulatedStack& stack, const std::string& status,
                           const std::string& reason) {
  stack.status = status;
  stack.reason = reason;
  AddEvent(stack, "", status, reason);
  world_.journal->Add(world_.now_us(), "stack_status", "",
                      {{"stack", stack.name}, {"status", status}, {"reason", reason}});
}

Result<EmulatedStack*> StackStore::Find(const std::string& name_or_id) {
  const auto by_id = stacks_.find(name_or_id);
  if (by_id != stacks_.end()) return &by_id->second;
  for (auto& [id, stack] : stacks_) {
    if (stack.name == name_or_id && stack.status != "DELETE_COMPLETE") return &stack;
  }
  return Invalid(fmt::format("Stack with id {} does not exist", name_or_id));
}

std::vector<EmulatedStack*> StackStore::All() {
  std::vector<EmulatedStack*> all;
  for (auto& [id, stack] : stacks_) {
    if (stack.status != "DELETE_COMPLETE") all.push_back(&stack);
  }
  return all;
}

StackValues StackStore::ValuesOf(const EmulatedStack& stack) const {
  StackValues values{.region = world_.region,
                     .account = world_.account,
                     .stack_name = stack.name,
                     .stack_id = stack.id,
                     .parameters = stack.parameters};
  for (const auto& [logical, resource] : stack.resources) {
    values.ids[logical] = resource.id;
    values.attributes[logical] = resource.attributes;
  }
  return values;
}

// What a change set would do, by the templates. References to what is not made yet count as the
// same when they are written the same.
Result<std::vector<StackChange>> StackStore::ChangesOf(const EmulatedStack& stack,
                                                       const StackChangeSet& set) {
  ASSIGN_OR_RETURN(const auto order, StackOrder(set.document));
  std::vector<StackChange> changes;
  const AwsJson before = stack.document.value("Resources", AwsJson::object());
  const bool has_same_parameters = stack.parameters == set.parameters;
  for (const std::string& logical : order) {
    const AwsJson& resource = set.document["Resources"][logical];
    const std::string type = TypeOf(set.document, logical);
    const StackKind* kind = FindStackKind(type);
    if (kind == nullptr)
      return Invalid(fmt::format("Template format error: Unrecognized resource types: [{}]", type));
    const auto existing = stack.resources.find(logical);
    if (existing == stack.resources.end()) {
      changes.push_back({.action = "Add", .logical = logical, .type = type});
      continue;
    }
    if (!before.contains(logical) || (before[logical] == resource && has_same_parameters)) continue;
    StackChange change{
        .action = "Modify", .logical = logical, .type = type, .id = existing->second.id};
    change.is_replaced =
        ReplacesResource(*kind, before[logical].value("Properties", AwsJson::object()),
                         resource.value("Properties", AwsJson::object()), change.properties) ||
        existing->second.type != type;
    if (!change.properties.empty() || change.is_replaced) changes.push_back(std::move(change));
  }
  for (auto at = stack.made.rbegin(); at != stack.made.rend(); ++at) {
    if (set.document["Resources"].contains(*at)) continue;
    const StackResource& resource = stack.resources.at(*at);
    changes.push_back(
        {.action = "Remove", .logical = *at, .type = resource.type, .id = resource.id});
  }
  return changes;
}

Result<EmulatedStack*> StackStore::AddChangeSet(const std::string& name, StackChangeSet set) {
  Result<EmulatedStack*> found = Find(name);
  EmulatedStack fresh;
  if (set.is_update && (!found.ok() || (*found)->status == "REVIEW_IN_PROGRESS"))
    return Invalid(fmt::format("Stack [{}] does not exist", name));
  if (!set.is_update && found.ok() && (*found)->status != "REVIEW_IN_PROGRESS") {
    return Invalid(fmt::format(
        "Stack [{}] already exists and cannot be created again with the changeSet [{}].", name,
        set.name));
  }
  if (found.ok() && IsBusy(**found)) {
    return Invalid(fmt::format("Stack:{} is in {} state and can not be updated.", (*found)->id,
                               (*found)->status));
  }
  if (found.ok() && (*found)->change_sets.contains(set.name)) {
    return ApiFault("AlreadyExistsException",
                    fmt::format("ChangeSet {} already exists.", set.name));
  }
  if (!found.ok()) {
    fresh.name = name;
    fresh.id = fmt::format("arn:aws:cloudformation:{}:{}:stack/{}/{}", world_.region,
                           world_.account, name, NewUuid());
    fresh.created_us = world_.now_us();
  }
  const EmulatedStack& seen = found.ok() ? **found : fresh;
  ASSIGN_OR_RETURN(set.changes, ChangesOf(seen, set));
  const bool is_empty = set.is_update && set.changes.empty();
  set.status = is_empty ? "FAILED" : "CREATE_COMPLETE";
  if (is_empty) {
    set.reason =
        "The submitted information didn't contain changes. Submit different information to create "
        "a change set.";
    set.execution = "UNAVAILABLE";
  }
  set.created_us = world_.now_us();
  set.id = fmt::format("arn:aws:cloudformation:{}:{}:changeSet/{}/{}", world_.region,
                       world_.account, set.name, NewUuid());
  EmulatedStack* stack = found.ok() ? *found : &(stacks_[fresh.id] = fresh);
  if (!found.ok()) SetStatus(*stack, "REVIEW_IN_PROGRESS", "User Initiated");
  stack->change_sets[set.name] = std::move(set);
  return stack;
}

void StackStore::RemoveChangeSet(EmulatedStack& stack, const std::string& change_set) {
  stack.change_sets.erase(change_set);
}

Status StackStore::Execute(EmulatedStack& stack, const std::string& name,
                           bool deletes_new_retained) {
  StackChangeSet& set = stack.change_sets[name];
  if (set.execution != "AVAILABLE") {
    return ApiFault("InvalidChangeSetStatus",
                    fmt::format("ChangeSet [{}] cannot be executed in its current execution status "
                                "of [{}]",
                                set.id, set.execution));
  }
  set.deletes_new_retained = deletes_new_retained;
  stack.executing = set;
  stack.change_sets.clear();
  stack.added.clear();
  stack.next_us = 0;
  for (const StackChange& change : stack.executing.changes) {
    const Work::Kind kind = change.action == "Add"      ? Work::Kind::kMake
                            : change.action == "Remove" ? Work::Kind::kDelete
                            : change.is_replaced        ? Work::Kind::kReplace
                                                        : Work::Kind::kChange;
    stack.works.push_back({.kind = kind, .logical = change.logical});
  }
  stack.resources_before = stack.resources;
  stack.parameters_before = stack.parameters;
  stack.parameters = stack.executing.parameters;
  SetStatus(stack, stack.executing.is_update ? "UPDATE_IN_PROGRESS" : "CREATE_IN_PROGRESS",
            "User Initiated");
  stack.next_us = world_.now_us();
  return {};
}

void StackStore::Delete(EmulatedStack& stack) {
  if (stack.status == "DELETE_COMPLETE" || stack.status == "DELETE_IN_PROGRESS") return;
  stack.next_us = 0;
  stack.works.clear();
  SetStatus(stack, "DELETE_IN_PROGRESS", "User Initiated");
  for (auto at = stack.made.rbegin(); at != stack.made.rend(); ++at)
    stack.works.push_back({.kind = Work::Kind::kDelete, .logical = *at});
  stack.next_us = world_.now_us();
  if (stack.works.empty()) Complete(stack);
}

void StackStore::Advance() {
  for (auto& [id, stack] : stacks_) AdvanceStack(stack);
}

void StackStore::AdvanceStack(EmulatedStack& stack) {
  while (IsBusy(stack) && world_.now_us() >= stack.next_us) {
    Work work = stack.works.front();
    if (!work.has_begun) {
      Begin(stack, stack.works.front());
      stack.next_us += static_cast<int64_t>(kResourceS * 1e6 / world_.speed);
      continue;
    }
    stack.works.pop_front();
    const Status done = Finish(stack, work);
    if (!done.ok()) {
      Fail(stack, work, done.error().message);
    } else if (stack.works.empty()) {
      Complete(stack);
    }
  }
}

void StackStore::Begin(EmulatedStack& stack, Work& work) {
  work.has_begun = true;
  StackResource& resource = stack.resources[work.logical];
  resource.logical = work.logical;
  if (work.kind != Work::Kind::kDelete)
    resource.type = TypeOf(stack.executing.document, work.logical);
  AddEvent(stack, work.logical, WordsOf(work.kind).begin);
}

Status StackStore::Finish(EmulatedStack& stack, const Work& work) {
  switch (work.kind) {
    case Work::Kind::kMake:
    case Work::Kind::kReplace:
    case Work::Kind::kChange:
      RETURN_IF_ERROR(Make(stack, work.logical));
      AddEvent(stack, work.logical, WordsOf(work.kind).end);
      return {};
    case Work::Kind::kDelete:
      return Remove(stack, work.logical);
  }
  return {};
}

// Makes a resource, or gives one that is there its new properties.
Status StackStore::Make(EmulatedStack& stack, const std::string& logical) {
  StackResource& resource = stack.resources[logical];
  if (failing_.erase(logical) + failing_.erase(resource.type) > 0)
    return InvalidInput("Resource handler returned message: \"the failure that was ordered\"");
  const AwsJson& described = stack.executing.document["Resources"][logical];
  ASSIGN_OR_RETURN(
      const AwsJson properties,
      ResolveStackValue(described.value("Properties", AwsJson::object()), ValuesOf(stack)));
  const StackKind& kind = *FindStackKind(resource.type);
  const StackNaming naming{stack.name, logical, world_.region, world_.account,
                           [this] { return Random(); }};
  std::vector<std::string> changed;
  const bool is_new =
      resource.id.empty() || ReplacesResource(kind, resource.properties, properties, changed);
  const std::string id = is_new ? PhysicalId(kind, properties, naming) : resource.id;
  if (is_new && resource.type == "AWS::S3::Bucket") {
    ASSIGN_OR_RETURN(const bool is_made, world_.make_bucket(id));
    if (!is_made && !stack.executing.takes_existing)
      return InvalidInput(fmt::format("{} already exists", id));
    resource.is_taken_over = !is_made;
  }
  if (resource.type == "AWS::EMR::SecurityConfiguration")
    world_.put_security(id, properties.value("SecurityConfiguration", AwsJson::object()).dump());
  if (is_new) resource.attributes = StackAttributes(kind, id, properties, naming);
  resource.id = id;
  resource.properties = properties;
  resource.is_retained = described.value("DeletionPolicy", "Delete") == "Retain";
  if (std::find(stack.made.begin(), stack.made.end(), logical) == stack.made.end()) {
    stack.made.push_back(logical);
    stack.added.push_back(logical);
  }
  return {};
}

Status StackStore::Remove(EmulatedStack& stack, const std::string& logical) {
  StackResource& resource = stack.resources[logical];
  const bool is_rollback = stack.status.find("ROLLBACK") != std::string::npos;
  const bool is_new = !resource.is_taken_over;
  const bool is_kept =
      resource.is_retained && !(is_rollback && is_new && stack.executing.deletes_new_retained);
  if (!is_kept && !resource.id.empty()) {
    const bool may_be_held = FindStackKind(resource.type)->is_held_by_clusters;
    const std::string user = may_be_held ? world_.user_of(resource.id) : "";
    if (!user.empty()) return InvalidInput(fmt::format("{} is in use by {}", resource.id, user));
    if (resource.type == "AWS::S3::Bucket") RETURN_IF_ERROR(world_.delete_bucket(resource.id));
    if (resource.type == "AWS::EMR::SecurityConfiguration") world_.delete_security(resource.id);
  }
  AddEvent(stack, logical, is_kept ? "DELETE_SKIPPED" : "DELETE_COMPLETE");
  std::erase(stack.made, logical);
  stack.resources.erase(logical);
  return {};
}

void StackStore::Complete(EmulatedStack& stack) {
  const std::string& status = stack.status;
  if (status == "DELETE_IN_PROGRESS") {
    stack.deleted_us = world_.now_us();
    SetStatus(stack, "DELETE_COMPLETE");
    return;
  }
  if (status == "ROLLBACK_IN_PROGRESS") {
    SetStatus(stack, "ROLLBACK_COMPLETE");
    return;
  }
  if (status == "UPDATE_ROLLBACK_IN_PROGRESS") {
    GiveBack(stack);
    SetStatus(stack, "UPDATE_ROLLBACK_COMPLETE");
    return;
  }
  stack.document = stack.executing.document;
  stack.tags = stack.executing.tags;
  stack.outputs = AwsJson::array();
  const StackValues values = ValuesOf(stack);
  const AwsJson outputs = stack.document.value("Outputs", AwsJson::object());
  for (const auto& [name, output] : outputs.items()) {
    const Result<AwsJson> value = ResolveStackValue(output["Value"], values);
    if (!value.ok()) continue;
    stack.outputs.push_back(
        {{"OutputKey", name},
         {"OutputValue", value->is_string() ? value->get<std::string>() : value->dump()}});
  }
  const bool is_update = status.starts_with("UPDATE");
  if (is_update) CompleteUpdate(stack);
  SetStatus(stack, is_update ? "UPDATE_COMPLETE" : "CREATE_COMPLETE");
}

// What was made anew leaves its old self behind.
void StackStore::CompleteUpdate(EmulatedStack& stack) {
  stack.updated_us = world_.now_us();
  for (const auto& [logical, before] : stack.resources_before) {
    const auto now = stack.resources.find(logical);
    if (now != stack.resources.end() && now->second.id != before.id) Discard(stack, before);
  }
}

void StackStore::GiveBack(EmulatedStack& stack) {
  for (const auto& [logical, before] : stack.resources_before) {
    const auto now = stack.resources.find(logical);
    if (now != stack.resources.end() && now->second.id != before.id) Discard(stack, now->second);
    stack.resources[logical] = before;
    if (before.type == "AWS::EMR::SecurityConfiguration") {
      world_.put_security(
          before.id, before.properties.value("SecurityConfiguration", AwsJson::object()).dump());
    }
  }
  stack.parameters = stack.parameters_before;
}

void StackStore::Discard(EmulatedStack& stack, const StackResource& resource) {
  bool is_gone = !resource.is_retained;
  if (is_gone && resource.type == "AWS::S3::Bucket")
    is_gone = world_.delete_bucket(resource.id).ok();
  if (is_gone && resource.type == "AWS::EMR::SecurityConfiguration")
    world_.delete_security(resource.id);
  StackEvent event;
  event.time_us = world_.now_us();
  event.logical = resource.logical;
  event.id = resource.id;
  event.type = resource.type;
  event.status = is_gone ? "DELETE_COMPLETE" : "DELETE_SKIPPED";
  event.number = static_cast<int>(stack.events.size());
  stack.events.push_back(std::move(event));
}

void StackStore::Fail(EmulatedStack& stack, const Work& work, const std::string& why) {
  AddEvent(stack, work.logical, WordsOf(work.kind).failure, why);
  if (work.kind == Work::Kind::kDelete && stack.status == "UPDATE_IN_PROGRESS") {
    // What an update cannot clear away is left behind, as CloudFormation leaves it.
    std::erase(stack.made, work.logical);
    stack.resources.erase(work.logical);
    if (stack.works.empty()) Complete(stack);
    return;
  }
  if (work.kind == Work::Kind::kDelete) {
    const std::string reason =
        fmt::format("The following resource(s) failed to delete: [{}]. ", work.logical);
    stack.works.clear();
    SetStatus(stack,
              stack.status == "DELETE_IN_PROGRESS" ? "DELETE_FAILED"
              : stack.status.starts_with("UPDATE") ? "UPDATE_ROLLBACK_FAILED"
                                                   : "ROLLBACK_FAILED",
              reason);
    return;
  }
  const bool is_update = stack.status.starts_with("UPDATE");
  stack.works.clear();
  SetStatus(stack, is_update ? "UPDATE_ROLLBACK_IN_PROGRESS" : "ROLLBACK_IN_PROGRESS",
            fmt::format("The following resource(s) failed to {}: [{}]. ",
                        is_update ? "update" : "create", work.logical));
  // What failed is not there; what was made before it goes again.
  if (work.kind == Work::Kind::kMake) stack.resources.erase(work.logical);
  for (auto at = stack.added.rbegin(); at != stack.added.rend(); ++at)
    stack.works.push_back({.kind = Work::Kind::kDelete, .logical = *at});
  if (stack.works.empty()) Complete(stack);
}

}  // namespace ember
