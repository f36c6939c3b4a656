#include "emulator/stack_service.h"

#include <fmt/format.h>

#include <array>

#include "base/uuid.h"
#include "emulator/api_fault.h"
#include "emulator/iso_time.h"
#include "emulator/query_api.h"

namespace ember {
namespace {

constexpr size_t kPageSize = 100;
constexpr size_t kMaxTemplateBytes = 51200;

Error Invalid(std::string message) { return ApiFault("ValidationError", std::move(message)); }

std::string TextOf(const AwsJson& json, const char* key) {
  return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : "";
}

Result<EmulatedStack*> StackOf(StackStore& store, const AwsJson& form) {
  const std::string name = TextOf(form, "StackName");
  if (name.empty()) return Invalid("StackName must be given");
  return store.Find(name);
}

// A change set by its name, or by its ARN, which needs no stack.
struct FoundChangeSet {
  EmulatedStack* stack;
  StackChangeSet* set;
};
Result<FoundChangeSet> ChangeSetOf(StackStore& store, const AwsJson& form) {
  const std::string name = TextOf(form, "ChangeSetName");
  std::vector<EmulatedStack*> stacks = store.All();
  if (!TextOf(form, "StackName").empty()) {
    ASSIGN_OR_RETURN(EmulatedStack * stack, StackOf(store, form));
    stacks = {stack};
  }
  for (EmulatedStack* stack : stacks) {
    for (auto& [key, set] : stack->change_sets) {
      if (key == name || set.id == name) return FoundChangeSet{stack, &set};
    }
    if (stack->executing.name == name || stack->executing.id == name)
      return FoundChangeSet{stack, &stack->executing};
  }
  return ApiFault("ChangeSetNotFound", fmt::format("ChangeSet [{}] does not exist", name), 404);
}

std::map<std::string, std::string> ParametersOf(const AwsJson& form, const EmulatedStack* stack) {
  std::map<std::string, std::string> given;
  for (const AwsJson& entry : form.value("Parameters", AwsJson::array())) {
    const std::string key = TextOf(entry, "ParameterKey");
    const bool keeps = TextOf(entry, "UsePreviousValue") == "true";
    if (!keeps) given[key] = TextOf(entry, "ParameterValue");
    if (keeps && stack != nullptr && stack->parameters.contains(key))
      given[key] = stack->parameters.at(key);
  }
  return given;
}

// Templates that make roles need to be let.
Status CheckCapabilities(const AwsJson& document, const AwsJson& form) {
  bool has_role = false;
  bool has_named_role = false;
  for (const auto& [name, resource] : document["Resources"].items()) {
    const std::string type = resource.value("Type", "");
    if (!type.starts_with("AWS::IAM::")) continue;
    has_role = true;
    const AwsJson properties = resource.value("Properties", AwsJson::object());
    has_named_role |= (type == "AWS::IAM::Role" && properties.contains("RoleName")) ||
                      properties.contains("InstanceProfileName");
  }
  bool may = false;
  bool may_name = false;
  for (const AwsJson& entry : form.value("Capabilities", AwsJson::array())) {
    may |= entry == "CAPABILITY_IAM";
    may_name |= entry == "CAPABILITY_NAMED_IAM";
  }
  const char* missing = has_named_role && !may_name     ? "CAPABILITY_NAMED_IAM"
                        : has_role && !may && !may_name ? "CAPABILITY_IAM"
                                                        : nullptr;
  if (missing == nullptr) return {};
  return ApiFault("InsufficientCapabilitiesException",
                  fmt::format("Requires capabilities : [{}]", missing));
}

Result<AwsJson> DocumentOf(const AwsJson& form) {
  const std::string body = TextOf(form, "TemplateBody");
  if (body.empty()) return Invalid("TemplateBody must be given: the emulator reads no TemplateURL");
  if (body.size() > kMaxTemplateBytes) {
    return Invalid(fmt::format(
        "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member "
        "must have length less than or equal to {}",
        kMaxTemplateBytes));
  }
  AwsJson document = AwsJson::parse(body, nullptr, false);
  if (!document.is_object())
    return Invalid("Template format error: the emulator reads templates in JSON only.");
  if (!document.contains("Resources") || !document["Resources"].is_object() ||
      document["Resources"].empty()) {
    return Invalid("Template format error: At least one Resources member must be defined.");
  }
  return document;
}

Result<AwsJson> CreateChangeSet(StackStore& store, const AwsJson& form) {
  StackChangeSet set;
  const std::string name = TextOf(form, "StackName");
  set.name = TextOf(form, "ChangeSetName");
  if (name.empty() || set.name.empty()) return Invalid("StackName and ChangeSetName must be given");
  const std::string type = TextOf(form, "ChangeSetType");
  if (type != "CREATE" && type != "UPDATE" && !type.empty())
    return Invalid(fmt::format("ChangeSetType {} is not emulated", type));
  set.is_update = type != "CREATE";
  ASSIGN_OR_RETURN(set.document, DocumentOf(form));
  RETURN_IF_ERROR(CheckCapabilities(set.document, form));
  const Result<EmulatedStack*> stack = store.Find(name);
  ASSIGN_OR_RETURN(
      set.parameters,
      StackParameters(set.document, ParametersOf(form, stack.ok() ? *stack : nullptr)));
  set.tags = form.value("Tags", AwsJson::array());
  set.takes_existing = TextOf(form, "ImportExistingResources") == "true";
  const std::string set_name = set.name;
  ASSIGN_OR_RETURN(EmulatedStack * made, store.AddChangeSet(name, std::move(set)));
  return AwsJson{{"Id", made->change_sets[set_name].id}, {"StackId", made->id}};
}

AwsJson ChangeJson(const StackChange& change) {
  AwsJson details = AwsJson::array();
  for (const std::string& property : change.properties) {
    details.push_back({{"Target",
                        {{"Attribute", "Properties"},
                         {"Name", property},
                         {"RequiresRecreation", change.is_replaced ? "Always" : "Never"}}},
                       {"Evaluation", "Static"},
                       {"ChangeSource", "DirectModification"}});
  }
  AwsJson resource = {{"Action", change.action}, {"LogicalResourceId", change.logical}};
  if (!change.id.empty()) resource["PhysicalResourceId"] = change.id;
  resource["ResourceType"] = change.type;
  if (change.action == "Modify") resource["Replacement"] = change.is_replaced ? "True" : "False";
  resource["Scope"] = change.properties.empty() ? AwsJson::array() : AwsJson::array({"Properties"});
  resource["Details"] = details;
  return {{"Type", "Resource"}, {"ResourceChange", resource}};
}

// A list from the token's place on; the token is a number.
Result<AwsJson> Page(const AwsJson& form, const char* field, const std::vector<AwsJson>& items) {
  const size_t start = std::strtoul(TextOf(form, "NextToken").c_str(), nullptr, 10);
  AwsJson list = AwsJson::array();
  for (size_t i = start; i < std::min(start + kPageSize, items.size()); ++i)
    list.push_back(items[i]);
  AwsJson answer = {{field, list}};
  if (start + kPageSize < items.size()) answer["NextToken"] = std::to_string(start + kPageSize);
  return answer;
}

AwsJson ParametersJson(const std::map<std::string, std::string>& parameters) {
  AwsJson list = AwsJson::array();
  for (const auto& [key, value] : parameters)
    list.push_back({{"ParameterKey", key}, {"ParameterValue", value}});
  return list;
}

Result<AwsJson> DescribeChangeSet(StackStore& store, const AwsJson& form) {
  ASSIGN_OR_RETURN(const FoundChangeSet found, ChangeSetOf(store, form));
  std::vector<AwsJson> changes;
  for (const StackChange& change : found.set->changes) changes.push_back(ChangeJson(change));
  ASSIGN_OR_RETURN(AwsJson answer, Page(form, "Changes", changes));
  const bool is_executing = found.set == &found.stack->executing;
  answer["ChangeSetName"] = found.set->name;
  answer["ChangeSetId"] = found.set->id;
  answer["StackId"] = found.stack->id;
  answer["StackName"] = found.stack->name;
  answer["Parameters"] = ParametersJson(found.set->parameters);
  answer["CreationTime"] = IsoTime(found.set->created_us);
  answer["ExecutionStatus"] = !is_executing                 ? found.set->execution
                              : !found.stack->works.empty() ? "EXECUTE_IN_PROGRESS"
                                                            : "EXECUTE_COMPLETE";
  answer["Status"] = found.set->status;
  if (!found.set->reason.empty()) answer["StatusReason"] = found.set->reason;
  answer["Tags"] = found.set->tags;
  return answer;
}

Result<AwsJson> ExecuteChangeSet(StackStore& store, const AwsJson& form) {
  ASSIGN_OR_RETURN(const FoundChangeSet found, ChangeSetOf(store, form));
  if (found.set == &found.stack->executing)
    return ApiFault("InvalidChangeSetStatus", "The change set was executed already");
  const std::string name = found.set->name;
  RETURN_IF_ERROR(
      store.Execute(*found.stack, name, TextOf(form, "RetainExceptOnCreate") == "true"));
  return AwsJson::object();
}

Result<AwsJson> DeleteChangeSet(StackStore& store, const AwsJson& form) {
  const Result<FoundChangeSet> found = ChangeSetOf(store, form);
  if (!found.ok()) {
    // One that is not there counts as deleted, its stack must be there.
    if (PartsOfFault(found.error()).code == "ChangeSetNotFound") return AwsJson::object();
    return found.error();
  }
  const std::string name = found->set->name;
  store.RemoveChangeSet(*found->stack, name);
  return AwsJson::object();
}

AwsJson StackJson(const EmulatedStack& stack) {
  AwsJson json = {{"StackId", stack.id},
                  {"StackName", stack.name},
                  {"Description", stack.document.value("Description", "")},
                  {"Parameters", ParametersJson(stack.parameters)},
                  {"CreationTime", IsoTime(stack.created_us)}};
  if (stack.updated_us != 0) json["LastUpdatedTime"] = IsoTime(stack.updated_us);
  if (stack.deleted_us != 0) json["DeletionTime"] = IsoTime(stack.deleted_us);
  json["StackStatus"] = stack.status;
  if (!stack.reason.empty()) json["StackStatusReason"] = stack.reason;
  json["DisableRollback"] = false;
  json["Outputs"] = stack.outputs;
  json["Tags"] = stack.tags;
  json["EnableTerminationProtection"] = false;
  return json;
}

Result<AwsJson> DescribeStacks(StackStore& store, const AwsJson& form) {
  std::vector<AwsJson> items;
  if (TextOf(form, "StackName").empty()) {
    for (const EmulatedStack* stack : store.All()) items.push_back(StackJson(*stack));
  } else {
    ASSIGN_OR_RETURN(const EmulatedStack* stack, StackOf(store, form));
    items.push_back(StackJson(*stack));
  }
  return Page(form, "Stacks", items);
}

// The newest first.
Result<AwsJson> DescribeStackEvents(StackStore& store, const AwsJson& form) {
  ASSIGN_OR_RETURN(const EmulatedStack* stack, StackOf(store, form));
  std::vector<AwsJson> items;
  for (auto event = stack->events.rbegin(); event != stack->events.rend(); ++event) {
    AwsJson json = {{"StackId", stack->id},
                    {"EventId", fmt::format("{}-{:06}", event->logical, event->number)},
                    {"StackName", stack->name},
                    {"LogicalResourceId", event->logical},
                    {"PhysicalResourceId", event->id},
                    {"ResourceType", event->type},
                    {"Timestamp", IsoTime(event->time_us)},
                    {"ResourceStatus", event->status}};
    if (!event->reason.empty()) json["ResourceStatusReason"] = event->reason;
    items.push_back(std::move(json));
  }
  return Page(form, "StackEvents", items);
}

std::vector<AwsJson> ResourcesJson(const EmulatedStack& stack, const char* time_field) {
  std::vector<AwsJson> items;
  for (const auto& [logical, resource] : stack.resources) {
    items.push_back({{"LogicalResourceId", logical},
                     {"PhysicalResourceId", resource.id},
                     {"ResourceType", resource.type},
                     {time_field, IsoTime(resource.changed_us)},
                     {"ResourceStatus", resource.status}});
  }
  return items;
}

Result<AwsJson> ListStackResources(StackStore& store, const AwsJson& form) {
  ASSIGN_OR_RETURN(const EmulatedStack* stack, StackOf(store, form));
  return Page(form, "StackResourceSummaries", ResourcesJson(*stack, "LastUpdatedTimestamp"));
}

Result<AwsJson> DescribeStackResources(StackStore& store, const AwsJson& form) {
  ASSIGN_OR_RETURN(const EmulatedStack* stack, StackOf(store, form));
  std::vector<AwsJson> items = ResourcesJson(*stack, "Timestamp");
  for (AwsJson& item : items) {
    item["StackName"] = stack->name;
    item["StackId"] = stack->id;
  }
  return AwsJson{{"StackResources", items}};
}

Result<AwsJson> DeleteStack(StackStore& store, const AwsJson& form) {
  const Result<EmulatedStack*> stack = StackOf(store, form);
  if (stack.ok()) store.Delete(**stack);  // one that is not there counts as deleted
  return AwsJson();
}

Result<AwsJson> GetTemplate(StackStore& store, const AwsJson& form) {
  ASSIGN_OR_RETURN(const EmulatedStack* stack, StackOf(store, form));
  return AwsJson{{"TemplateBody", stack->document.dump(2)},
                 {"StagesAvailable", AwsJson::array({"Original", "Processed"})}};
}

using StackAction = Result<AwsJson> (*)(StackStore& store, const AwsJson& form);
struct StackActionRow {
  std::string_view name;
  StackAction function;
};
constexpr auto kActions = std::to_array<StackActionRow>({
    {"CreateChangeSet", CreateChangeSet},
    {"DescribeChangeSet", DescribeChangeSet},
    {"ExecuteChangeSet", ExecuteChangeSet},
    {"DeleteChangeSet", DeleteChangeSet},
    {"DescribeStacks", DescribeStacks},
    {"DescribeStackEvents", DescribeStackEvents},
    {"DescribeStackResources", DescribeStackResources},
    {"ListStackResources", ListStackResources},
    {"DeleteStack", DeleteStack},
    {"GetTemplate", GetTemplate},
});

}  // namespace

EmulatorAnswer StackService::Answer(const AwsJson& form) {
  const std::string action = TextOf(form, "Action");
  const std::lock_guard lock(mutex_);
  store_.Advance();
  for (const StackActionRow& row : kActions) {
    if (row.name != action) continue;
    const Result<AwsJson> answer = row.function(store_, form);
    return answer.ok() ? QueryAnswer(action, kCloudFormationNamespace, *answer)
                       : QueryFault(answer.error(), kCloudFormationNamespace);
  }
  return QueryFault(
      ApiFault("InvalidAction",
               fmt::format("Could not find operation {} for version 2010-05-15", action)),
      kCloudFormationNamespace);
}

void StackService::OrderFailure(const std::string& type_or_name) {
  const std::lock_guard lock(mutex_);
  store_.OrderFailure(type_or_name);
}

}  // namespace ember
