// The account of AWS in memory that the tests of this room run against.
#include "lifecycle/fake_aws.h"

#include <array>

namespace ember {
namespace {

constexpr int64_t kStackUs = 20'000'000;
constexpr int64_t kStartUs = 90'000'000;
constexpr int64_t kEndUs = 40'000'000;

Error NoStack(const std::string& name) {
  return AwsFault("ValidationError", fmt::format("Stack with id {} does not exist", name));
}

AwsJson ById(const AwsJson& request, const char* member) {
  return request.contains(member) ? request[member] : AwsJson("");
}

}  // namespace

Result<AwsJson> FakeAws::Call(const AwsApiCall& call) {
  const int number = static_cast<int>(calls.size());
  const FakeAwsEvent event = number == armed_call_ ? event_ : FakeAwsEvent::kNone;
  if (is_dead_) return MakeError("OPERATION_CANCELLED");
  calls.push_back(call);
  if (event == FakeAwsEvent::kStop) stop_.request_stop();
  if (call.stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
  if (event == FakeAwsEvent::kDenied) {
    return AwsFault("AccessDenied", fmt::format("not authorized to perform {}", call.action));
  }
  if (event == FakeAwsEvent::kDeadBefore) is_dead_ = true;
  if (event == FakeAwsEvent::kDeadBefore) return MakeError("OPERATION_CANCELLED");
  const bool is_lost = event == FakeAwsEvent::kLostBefore || event == FakeAwsEvent::kLostAfter;
  if (event == FakeAwsEvent::kLostAfter || event == FakeAwsEvent::kDeadAfter) {
    const Result<AwsJson> unheard = Act(call);
  }
  if (event == FakeAwsEvent::kDeadAfter) is_dead_ = true;
  if (event == FakeAwsEvent::kDeadAfter) return MakeError("OPERATION_CANCELLED");
  // What may be repeated is sent again by the seam.
  if (is_lost && !call.is_repeatable)
    return AwsFault("InternalFailure", "an internal error", 500, "true");
  return Act(call);
}

Result<AwsJson> FakeAws::Act(const AwsApiCall& call) {
  struct Row {
    std::string_view action;
    Handler handler;
  };
  static constexpr auto kRows = std::to_array<Row>({
      {"AddInstanceFleet", &FakeAws::ChangeNodes},
      {"AddInstanceGroups", &FakeAws::ChangeNodes},
      {"AddTags", &FakeAws::ChangeTags},
      {"CreateChangeSet", &FakeAws::CreateChangeSet},
      {"DeleteChangeSet", &FakeAws::DeleteChangeSet},
      {"DeleteStack", &FakeAws::DeleteStack},
      {"DescribeChangeSet", &FakeAws::DescribeChangeSet},
      {"DescribeCluster", &FakeAws::DescribeCluster},
      {"DescribeStackEvents", &FakeAws::DescribeStackEvents},
      {"DescribeStacks", &FakeAws::DescribeStacks},
      {"ExecuteChangeSet", &FakeAws::ExecuteChangeSet},
      {"GetAutoTerminationPolicy", &FakeAws::GetPolicy},
      {"GetManagedScalingPolicy", &FakeAws::GetPolicy},
      {"GetMetricStatistics", &FakeAws::GetMetricStatistics},
      {"GetTemplate", &FakeAws::GetTemplate},
      {"ListBootstrapActions", &FakeAws::ListBootstrapActions},
      {"ListClusters", &FakeAws::ListClusters},
      {"ListInstanceFleets", &FakeAws::ListNodes},
      {"ListInstanceGroups", &FakeAws::ListNodes},
      {"ListInstances", &FakeAws::ListInstances},
      {"ListStackResources", &FakeAws::ListStackResources},
      {"ListSteps", &FakeAws::ListSteps},
      {"ModifyCluster", &FakeAws::SetPart},
      {"ModifyInstanceFleet", &FakeAws::ChangeNodes},
      {"ModifyInstanceGroups", &FakeAws::ChangeNodes},
      {"PutAutoTerminationPolicy", &FakeAws::SetPart},
      {"PutManagedScalingPolicy", &FakeAws::SetPart},
      {"RemoveAutoTerminationPolicy", &FakeAws::RemovePolicies},
      {"RemoveManagedScalingPolicy", &FakeAws::RemovePolicies},
      {"RemoveTags", &FakeAws::ChangeTags},
      {"RunJobFlow", &FakeAws::RunJobFlow},
      {"SetKeepJobFlowAliveWhenNoSteps", &FakeAws::SetFlags},
      {"SetTerminationProtection", &FakeAws::SetFlags},
      {"TerminateJobFlows", &FakeAws::TerminateJobFlows},
  });
  Settle();
  action_ = call.action;
  for (const Row& row : kRows) {
    if (row.action == call.action) return (this->*row.handler)(call.request);
  }
  ADD_FAILURE() << "not known: " << call.action;
  return AwsFault("InvalidAction", call.action);
}

void FakeAws::Settle() {
  for (Stack& stack : stacks) {
    if (stack.settles_us > 0 && now_us_ >= stack.settles_us) FinishStack(stack);
  }
  for (Cluster& cluster : clusters) {
    if (cluster.settles_us == 0 || now_us_ < cluster.settles_us) continue;
    cluster.settles_us = 0;
    if (cluster.state == "TERMINATING") {
      cluster.state = "TERMINATED";
    } else if (start_failure.empty()) {
      cluster.state = "WAITING";
    } else {
      cluster.state = "TERMINATED_WITH_ERRORS";
      cluster.reason_code = "VALIDATION_ERROR";
      cluster.reason = start_failure;
    }
  }
}

// --- CloudFormation

FakeAws::Stack* FakeAws::FindStack(const std::string& name_or_id, bool with_deleted) {
  for (Stack& stack : stacks) {
    const bool is_deleted = stack.status == "DELETE_COMPLETE";
    if (stack.id == name_or_id && (with_deleted || !is_deleted)) return &stack;
    if (stack.name == name_or_id && !is_deleted) return &stack;
  }
  return nullptr;
}

void FakeAws::Note(Stack& stack, const std::string& resource, const std::string& status,
                   const std::string& reason) {
  const AwsJson& resources = AwsStructure(stack.document, "Resources");
  const std::string type = resource == stack.name
                               ? "AWS::CloudFormation::Stack"
                               : AwsText(AwsStructure(resources, resource), "Type");
  AwsJson event = {{"EventId", fmt::format("event-{}", ++last_id_)},
                   {"LogicalResourceId", resource},
                   {"PhysicalResourceId", "physical-" + resource},
                   {"ResourceType", type},
                   {"ResourceStatus", status}};
  if (!reason.empty()) event["ResourceStatusReason"] = reason;
  stack.events.insert(stack.events.begin(), event);
}

void FakeAws::FinishStack(Stack& stack) {
  stack.settles_us = 0;
  stack.status = stack.settles_as;
  for (ChangeSet& change_set : change_sets) {
    if (change_set.stack_id == stack.id && change_set.execution == "EXECUTE_IN_PROGRESS")
      change_set.execution = "EXECUTE_COMPLETE";
  }
  for (const auto& [name, resource] : stack.document["Resources"].items()) {
    const auto failing = failing_resources.find(name);
    if (stack.status == "DELETE_FAILED") {
      if (name == stuck_resource) Note(stack, name, "DELETE_FAILED", "has a dependent object");
    } else if (stack.status == "DELETE_COMPLETE") {
      const bool stays = AwsText(resource, "DeletionPolicy") == "Retain";
      Note(stack, name, stays ? "DELETE_SKIPPED" : "DELETE_COMPLETE");
    } else if (failing != failing_resources.end()) {
      Note(stack, name, "CREATE_FAILED", failing->second);
    }
  }
  Note(stack, stack.name, stack.status);
}

Result<AwsJson> FakeAws::DescribeStacks(const AwsJson& request) {
  const std::string name = request.value("StackName", "");
  const Stack* stack = FindStack(name, true);
  if (stack == nullptr) return NoStack(name);
  AwsJson outputs = AwsJson::array();
  for (const auto& [key, value] : AwsStructure(stack->document, "Outputs").items())
    outputs.push_back({{"OutputKey", key}, {"OutputValue", "made-" + key}});
  AwsJson json = {
      {"StackId", stack->id}, {"StackName", stack->name}, {"StackStatus", stack->status}};
  if (!outputs.empty()) json["Outputs"] = outputs;
  return AwsJson{{"Stacks", AwsJson::array({json})}};
}

Result<AwsJson> FakeAws::DescribeStackEvents(const AwsJson& request) {
  const std::string name = request.value("StackName", "");
  const Stack* stack = FindStack(name, true);
  if (stack == nullptr) return NoStack(name);
  return AwsJson{{"StackEvents", stack->events}};
}

FakeAws::ChangeSet* FakeAws::FindChangeSet(const std::string& name) {
  for (ChangeSet& change_set : change_sets) {
    if (change_set.name == name) return &change_set;
  }
  return nullptr;
}

Result<AwsJson> FakeAws::CreateChangeSet(const AwsJson& request) {
  ChangeSet made;
  made.name = request.value("ChangeSetName", "");
  if (FindChangeSet(made.name) != nullptr) return AwsFault("AlreadyExistsException", made.name);
  const std::string name = request.value("StackName", "");
  made.is_update = request["ChangeSetType"] == "UPDATE";
  made.document = AwsJson::parse(request["TemplateBody"].get<std::string>());
  made.parameters = request.value("Parameters", AwsJson::array());
  Stack* stack = FindStack(name, false);
  if (made.is_update && stack == nullptr) return NoStack(name);
  if (made.is_update && !stack->status.ends_with("_COMPLETE"))
    return AwsFault("ValidationError", "in " + stack->status + " state and can not be updated");
  if (!made.is_update) {
    if (stack != nullptr) return AwsFault("ValidationError", name + " already exists");
    stacks.push_back({.id = fmt::format("arn:stack/{}/{}", name, ++last_id_), .name = name});
    stack = &stacks.back();
    stack->status = "REVIEW_IN_PROGRESS";
    Note(*stack, name, stack->status);
  }
  made.stack_id = stack->id;
  const AwsJson empty = AwsJson::object();
  const AwsJson& before = AwsStructure(stack->document, "Resources");
  const AwsJson& after = AwsStructure(made.document, "Resources");
  const auto add = [&](const char* action, const std::string& resource, const AwsJson& json) {
    AwsJson change = {{"Action", action},
                      {"LogicalResourceId", resource},
                      {"ResourceType", AwsText(json, "Type")}};
    if (action == std::string("Modify"))
      change["Replacement"] = resource == "SecurityConfiguration" ? "True" : "False";
    made.changes.push_back({{"Type", "Resource"}, {"ResourceChange", change}});
  };
  for (const auto& [key, value] : after.items()) {
    if (!before.contains(key)) add("Add", key, value);
    if (before.contains(key) && before[key] != value) add("Modify", key, value);
  }
  for (const auto& [key, value] : before.items()) {
    if (!after.contains(key)) add("Remove", key, value);
  }
  if (made.changes.empty() && stack->parameters != made.parameters) {
    for (const auto& [key, value] : after.items()) add("Modify", key, value);
  }
  if (made.changes.empty()) made.status = "FAILED";
  change_sets.push_back(made);
  return AwsJson{{"Id", made.name}, {"StackId", made.stack_id}};
}

Result<AwsJson> FakeAws::DescribeChangeSet(const AwsJson& request) {
  const ChangeSet* change_set = FindChangeSet(request.value("ChangeSetName", ""));
  if (change_set == nullptr) return AwsFault("ChangeSetNotFound", "no such change set");
  AwsJson answer = {{"Status", change_set->status},
                    {"ExecutionStatus", change_set->execution},
                    {"Changes", change_set->changes}};
  if (change_set->status == "FAILED")
    answer["StatusReason"] = "The submitted information didn't contain changes.";
  return answer;
}

Result<AwsJson> FakeAws::ExecuteChangeSet(const AwsJson& request) {
  ChangeSet* change_set = FindChangeSet(request.value("ChangeSetName", ""));
  if (change_set == nullptr) return AwsFault("ChangeSetNotFound", "no such change set");
  if (change_set->execution != "AVAILABLE" || change_set->status == "FAILED")
    return AwsFault("InvalidChangeSetStatus", change_set->execution);
  Stack* stack = FindStack(change_set->stack_id, false);
  if (stack == nullptr) return NoStack(change_set->stack_id);
  bool fails = false;
  for (const auto& [name, resource] : change_set->document["Resources"].items())
    fails = fails || failing_resources.contains(name);
  change_set->execution = "EXECUTE_IN_PROGRESS";
  stack->status = change_set->is_update ? "UPDATE_IN_PROGRESS" : "CREATE_IN_PROGRESS";
  const std::string verb = change_set->is_update ? "UPDATE" : "";
  stack->settles_as =
      fails ? (change_set->is_update ? "UPDATE_ROLLBACK_COMPLETE" : "ROLLBACK_COMPLETE")
            : (change_set->is_update ? "UPDATE_COMPLETE" : "CREATE_COMPLETE");
  stack->settles_us = now_us_ + kStackUs;
  if (!fails || !change_set->is_update) stack->document = change_set->document;
  stack->parameters = change_set->parameters;
  Note(*stack, stack->name, stack->status);
  return AwsJson::object();
}

Result<AwsJson> FakeAws::DeleteChangeSet(const AwsJson& request) {
  const std::string name = request.value("ChangeSetName", "");
  if (FindChangeSet(name) == nullptr) return AwsFault("ChangeSetNotFound", name);
  std::erase_if(change_sets, [&](const ChangeSet& one) { return one.name == name; });
  return AwsJson::object();
}

Result<AwsJson> FakeAws::DeleteStack(const AwsJson& request) {
  Stack* stack = FindStack(request.value("StackName", ""), true);
  if (stack == nullptr || stack->status.starts_with("DELETE_COMPLETE")) return AwsJson::object();
  if (stack->status == "REVIEW_IN_PROGRESS") {
    stack->status = "DELETE_COMPLETE";
    return AwsJson::object();
  }
  // Groups and subnets are in use while a cluster has nodes.
  const bool is_ground = stack->document["Resources"].contains("SecurityConfiguration");
  if (is_ground && LiveClusters() > 0) ADD_FAILURE() << "what a live cluster stands on is deleted";
  if (stack->status == "DELETE_IN_PROGRESS") return AwsJson::object();
  stack->status = "DELETE_IN_PROGRESS";
  stack->settles_as = stuck_resource.empty() ? "DELETE_COMPLETE" : "DELETE_FAILED";
  stack->settles_us = now_us_ + kStackUs;
  Note(*stack, stack->name, stack->status);
  return AwsJson::object();
}

Result<AwsJson> FakeAws::ListStackResources(const AwsJson& request) {
  const std::string name = request.value("StackName", "");
  const Stack* stack = FindStack(name, true);
  if (stack == nullptr) return NoStack(name);
  AwsJson list = AwsJson::array();
  for (const auto& [key, value] : AwsStructure(stack->document, "Resources").items()) {
    list.push_back({{"LogicalResourceId", key},
                    {"PhysicalResourceId", "physical-" + key},
                    {"ResourceType", AwsText(value, "Type")},
                    {"ResourceStatus", "CREATE_COMPLETE"}});
  }
  return AwsJson{{"StackResourceSummaries", list}};
}

Result<AwsJson> FakeAws::GetTemplate(const AwsJson& request) {
  const std::string name = request.value("StackName", "");
  const Stack* stack = FindStack(name, true);
  if (stack == nullptr) return NoStack(name);
  return AwsJson{{"TemplateBody", stack->document.dump()}};
}

// --- EMR

FakeAws::Cluster* FakeAws::FindCluster(const std::string& id) {
  for (Cluster& cluster : clusters) {
    if (cluster.id == id) return &cluster;
  }
  return nullptr;
}

Result<AwsJson> FakeAws::RunJobFlow(const AwsJson& request) {
  if (role_lag-- > 0) return AwsFault("ValidationException", "Invalid InstanceProfile: x.");
  Cluster cluster;
  cluster.id = fmt::format("j-{}", ++last_id_);
  cluster.request = request;
  cluster.settles_us = now_us_ + kStartUs;
  const AwsJson& instances = request["Instances"];
  const bool has_fleets = instances.contains("InstanceFleets");
  for (AwsJson nodes : instances[has_fleets ? "InstanceFleets" : "InstanceGroups"]) {
    nodes["Id"] = fmt::format("{}-{}", has_fleets ? "if" : "ig", ++last_id_);
    cluster.nodes.push_back(nodes);
  }
  clusters.push_back(cluster);
  return AwsJson{{"JobFlowId", cluster.id}};
}

Result<AwsJson> FakeAws::ListClusters(const AwsJson& request) {
  AwsJson list = AwsJson::array();
  for (const Cluster& cluster : clusters) {
    bool is_asked = false;
    for (const AwsJson& state : request["ClusterStates"])
      is_asked = is_asked || state == cluster.state;
    if (is_asked) list.push_back({{"Id", cluster.id}, {"Name", cluster.request["Name"]}});
  }
  return AwsJson{{"Clusters", list}};
}

Result<AwsJson> FakeAws::DescribeCluster(const AwsJson& request) {
  const Cluster* cluster = FindCluster(ById(request, "ClusterId"));
  if (cluster == nullptr) return AwsFault("InvalidRequestException", "Cluster id is not valid");
  const AwsJson& asked = cluster->request;
  const AwsJson& instances = asked["Instances"];
  const bool has_fleets = instances.contains("InstanceFleets");
  AwsJson json = {
      {"Id", cluster->id},
      {"Status",
       {{"State", cluster->state},
        {"StateChangeReason", {{"Code", cluster->reason_code}, {"Message", cluster->reason}}},
        {"Timeline", {{"CreationDateTime", 1764000000}}}}},
      {"InstanceCollectionType", has_fleets ? "INSTANCE_FLEET" : "INSTANCE_GROUP"},
      {"TerminationProtected", instances["TerminationProtected"]},
      {"AutoTerminate", !instances["KeepJobFlowAliveWhenNoSteps"].get<bool>()}};
  for (const char* member :
       {"Name", "ReleaseLabel", "LogUri", "ServiceRole", "Applications", "Configurations",
        "SecurityConfiguration", "Tags", "StepConcurrencyLevel", "EbsRootVolumeSize"}) {
    if (asked.contains(member)) json[member] = asked[member];
  }
  AwsJson attributes = {{"IamInstanceProfile", asked["JobFlowRole"]}};
  for (const char* member : {"Ec2KeyName", "EmrManagedMasterSecurityGroup",
                             "EmrManagedSlaveSecurityGroup", "ServiceAccessSecurityGroup"}) {
    if (instances.contains(member)) attributes[member] = instances[member];
  }
  attributes["Ec2SubnetId"] =
      has_fleets ? instances["Ec2SubnetIds"].front() : instances["Ec2SubnetId"];
  json["Ec2InstanceAttributes"] = attributes;
  return AwsJson{{"Cluster", json}};
}

Result<AwsJson> FakeAws::ListNodes(const AwsJson& request) {
  const Cluster* cluster = FindCluster(ById(request, "ClusterId"));
  const bool has_fleets = action_ == "ListInstanceFleets";
  AwsJson list = AwsJson::array();
  for (const AwsJson& nodes : cluster->nodes) {
    AwsJson json = nodes;
    json["Status"] = {{"State", "RUNNING"}};
    if (has_fleets) {
      json["InstanceTypeSpecifications"] = nodes["InstanceTypeConfigs"];
      json["ProvisionedOnDemandCapacity"] = nodes["TargetOnDemandCapacity"];
      json["ProvisionedSpotCapacity"] = nodes["TargetSpotCapacity"];
    } else {
      json["InstanceGroupType"] = nodes["InstanceRole"];
      json["RequestedInstanceCount"] = nodes["InstanceCount"];
      json["RunningInstanceCount"] = nodes["InstanceCount"];
    }
    list.push_back(json);
  }
  return AwsJson{{has_fleets ? "InstanceFleets" : "InstanceGroups", list}};
}

Result<AwsJson> FakeAws::ListInstances(const AwsJson&) { return AwsJson{{"Instances", instances}}; }

Result<AwsJson> FakeAws::ListSteps(const AwsJson&) { return AwsJson{{"Steps", steps}}; }

Result<AwsJson> FakeAws::ListBootstrapActions(const AwsJson& request) {
  const Cluster* cluster = FindCluster(ById(request, "ClusterId"));
  AwsJson list = AwsJson::array();
  for (const AwsJson& action : AwsList(cluster->request, "BootstrapActions")) {
    const AwsJson& script = action["ScriptBootstrapAction"];
    list.push_back({{"Name", action["Name"]},
                    {"ScriptPath", script["Path"]},
                    {"Args", AwsList(script, "Args")}});
  }
  return AwsJson{{"BootstrapActions", list}};
}

Result<AwsJson> FakeAws::GetPolicy(const AwsJson& request) {
  const Cluster* cluster = FindCluster(ById(request, "ClusterId"));
  const std::string member = action_.substr(3);
  AwsJson answer = AwsJson::object();
  if (cluster->request.contains(member)) answer[member] = cluster->request[member];
  return answer;
}

Result<AwsJson> FakeAws::SetPart(const AwsJson& request) {
  Cluster* cluster = FindCluster(ById(request, "ClusterId"));
  for (const auto& [member, value] : request.items()) {
    if (member != "ClusterId") cluster->request[member] = value;
  }
  return AwsJson::object();
}

Result<AwsJson> FakeAws::RemovePolicies(const AwsJson& request) {
  FindCluster(ById(request, "ClusterId"))->request.erase(action_.substr(6));
  return AwsJson::object();
}

Result<AwsJson> FakeAws::ChangeTags(const AwsJson& request) {
  Cluster* cluster = FindCluster(ById(request, "ResourceId"));
  AwsJson kept = AwsJson::array();
  for (const AwsJson& tag : cluster->request["Tags"]) {
    bool goes = false;
    for (const AwsJson& key : AwsList(request, "TagKeys")) goes = goes || key == tag["Key"];
    for (const AwsJson& other : AwsList(request, "Tags")) goes = goes || other["Key"] == tag["Key"];
    if (!goes) kept.push_back(tag);
  }
  for (const AwsJson& tag : AwsList(request, "Tags")) kept.push_back(tag);
  cluster->request["Tags"] = kept;
  return AwsJson::object();
}

Result<AwsJson> FakeAws::ChangeNodes(const AwsJson& request) {
  const std::string id =
      request.contains("JobFlowId") ? request["JobFlowId"] : request["ClusterId"];
  Cluster* cluster = FindCluster(id);
  const bool has_fleets = request.contains("InstanceFleet");
  const AwsJson list =
      has_fleets ? AwsJson::array({request["InstanceFleet"]}) : request["InstanceGroups"];
  for (AwsJson change : list) {
    if (action_.starts_with("Add")) {
      change["Id"] = fmt::format("{}-{}", has_fleets ? "if" : "ig", ++last_id_);
      cluster->nodes.push_back(change);
      continue;
    }
    for (AwsJson& nodes : cluster->nodes) {
      if (nodes["Id"] != change[has_fleets ? "InstanceFleetId" : "InstanceGroupId"]) continue;
      for (const auto& [member, value] : change.items()) nodes[member] = value;
    }
  }
  return AwsJson::object();
}

Result<AwsJson> FakeAws::SetFlags(const AwsJson& request) {
  for (const AwsJson& id : request["JobFlowIds"]) {
    AwsJson& instances = FindCluster(id)->request["Instances"];
    for (const char* member : {"TerminationProtected", "KeepJobFlowAliveWhenNoSteps"}) {
      if (request.contains(member)) instances[member] = request[member];
    }
  }
  return AwsJson::object();
}

Result<AwsJson> FakeAws::TerminateJobFlows(const AwsJson& request) {
  for (const AwsJson& id : request["JobFlowIds"]) {
    Cluster* cluster = FindCluster(id);
    if (cluster->request["Instances"]["TerminationProtected"] == true)
      return AwsFault("ValidationException", "termination protection is on");
    if (cluster->state.starts_with("TERMINAT")) continue;
    cluster->state = "TERMINATING";
    cluster->settles_us = now_us_ + kEndUs;
  }
  return AwsJson::object();
}

Result<AwsJson> FakeAws::GetMetricStatistics(const AwsJson&) {
  return AwsJson{{"Datapoints", datapoints}};
}

}  // namespace ember
