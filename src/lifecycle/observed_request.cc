#include "lifecycle/observed_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "lifecycle/answer.h"
#include "lifecycle/submitted_step.h"

namespace ember {
namespace {

constexpr int kPagesOfSteps = 40;
// Steps of RunJobFlow are as old as their cluster.
constexpr int64_t kFirstStepsUs = int64_t{120} * 1000000;
constexpr std::string_view kRunner = "command-runner.jar";

using Notes = std::vector<std::string>;

// Members of the answers that no cluster file has a key for, with what is usual.
struct UnsaidMember {
  std::string_view member;
  std::string_view usual;  // not worth a word, as JSON
};
constexpr auto kClusterMembers = std::to_array<UnsaidMember>({
    {"CustomAmiId", ""},
    {"KerberosAttributes", ""},
    {"AutoScalingRole", ""},
    {"OutpostArn", ""},
    {"PlacementGroups", "[]"},
    {"RepoUpgradeOnBoot", "\"SECURITY\""},
    {"ScaleDownBehavior", "\"TERMINATE_AT_TASK_COMPLETION\""},
    {"EbsRootVolumeIops", ""},
    {"EbsRootVolumeThroughput", ""},
    {"LogEncryptionKmsKeyId", ""},
    {"MonitoringConfiguration", "{}"},
    {"ExtendedSupport", "false"},
    {"VisibleToAllUsers", "true"},
});
constexpr auto kNetworkMembers = std::to_array<UnsaidMember>({
    {"AdditionalMasterSecurityGroups", "[]"},
    {"AdditionalSlaveSecurityGroups", "[]"},
});
constexpr auto kGroupMembers = std::to_array<UnsaidMember>({
    {"AutoScalingPolicy", ""},
    {"BidPrice", ""},
    {"Configurations", "[]"},
    {"CustomAmiId", ""},
});
constexpr auto kFleetMembers = std::to_array<UnsaidMember>({
    {"ResizeSpecifications", "{}"},
    {"Context", ""},
});
constexpr auto kFleetTypeMembers = std::to_array<UnsaidMember>({
    {"BidPrice", ""},
    {"Configurations", "[]"},
    {"CustomAmiId", ""},
    {"Priority", ""},
});

void NoteUnsaid(const AwsJson& json, std::span<const UnsaidMember> members,
                const std::string& where, Notes& notes) {
  for (const UnsaidMember& row : members) {
    const auto found = json.find(row.member);
    if (found == json.end() || found->is_null()) continue;
    const std::string text = found->dump();
    if (text == row.usual || text == "\"\"") continue;
    notes.push_back(fmt::format("{}{} is {}", where, row.member, text));
  }
}

Result<AwsJson> Ask(AwsApi& api, std::string action, const std::string& cluster_id,
                    const std::stop_token& stop) {
  AwsApiCall call;
  call.action = std::move(action);
  call.request = {{"ClusterId", cluster_id}};
  call.stop = stop;
  return api.Call(call);
}

Result<AwsJson> AskForList(AwsApi& api, std::string action, std::string_view list,
                           const std::string& cluster_id, const std::stop_token& stop) {
  AwsApiCall call;
  call.action = std::move(action);
  call.request = {{"ClusterId", cluster_id}};
  call.stop = stop;
  return ListAws(api, call, {list, "Marker"});
}

void Copy(const AwsJson& from, std::string_view member, AwsJson& to, std::string_view as) {
  const auto found = from.find(member);
  if (found != from.end() && !found->is_null() && *found != "") to[std::string(as)] = *found;
}

// One entry for volumes that are alike.
AwsJson Volumes(const AwsJson& devices) {
  AwsJson configs = AwsJson::array();
  for (const AwsJson& device : devices) {
    const AwsJson& specification = AwsStructure(device, "VolumeSpecification");
    if (!configs.empty() && configs.back()["VolumeSpecification"] == specification) {
      configs.back()["VolumesPerInstance"] = configs.back()["VolumesPerInstance"].get<int>() + 1;
    } else {
      configs.push_back({{"VolumeSpecification", specification}, {"VolumesPerInstance", 1}});
    }
  }
  return {{"EbsBlockDeviceConfigs", configs}};
}

bool HasGone(const AwsJson& nodes) {
  const std::string state = AwsText(AwsPath(nodes, {"Status"}), "State");
  return state == "TERMINATED" || state == "ENDED" || state == "SHUTTING_DOWN";
}

// Master, core, then task nodes, whatever their order in the answer.
AwsJson InOrder(const AwsJson& list, std::string_view role) {
  AwsJson sorted = AwsJson::array();
  for (const char* wanted : {"MASTER", "CORE", "TASK"}) {
    for (const AwsJson& nodes : list) {
      if (AwsText(nodes, role) == wanted && !HasGone(nodes)) sorted.push_back(nodes);
    }
  }
  return sorted;
}

AwsJson Groups(const AwsJson& list, Notes& notes) {
  AwsJson groups = AwsJson::array();
  for (const AwsJson& told : InOrder(list, "InstanceGroupType")) {
    AwsJson group = AwsJson::object();
    Copy(told, "Name", group, "Name");
    Copy(told, "InstanceGroupType", group, "InstanceRole");
    Copy(told, "Market", group, "Market");
    Copy(told, "InstanceType", group, "InstanceType");
    group["InstanceCount"] = AwsInteger(told, "RequestedInstanceCount").value_or(0);
    const AwsJson& devices = AwsList(told, "EbsBlockDevices");
    if (!devices.empty()) group["EbsConfiguration"] = Volumes(devices);
    NoteUnsaid(told, kGroupMembers,
               fmt::format("of the {} nodes, ", AwsText(told, "InstanceGroupType")), notes);
    groups.push_back(std::move(group));
  }
  return groups;
}

AwsJson FleetType(const AwsJson& told, bool is_master, const std::string& where, Notes& notes) {
  AwsJson type = AwsJson::object();
  Copy(told, "InstanceType", type, "InstanceType");
  if (!is_master) type["WeightedCapacity"] = AwsInteger(told, "WeightedCapacity").value_or(1);
  // A number with a fraction, by the model.
  const auto percent = told.find("BidPriceAsPercentageOfOnDemandPrice");
  if (percent != told.end() && percent->is_number() && percent->get<double>() > 0)
    type["BidPriceAsPercentageOfOnDemandPrice"] = percent->get<int64_t>();
  const AwsJson& devices = AwsList(told, "EbsBlockDevices");
  if (!devices.empty()) type["EbsConfiguration"] = Volumes(devices);
  NoteUnsaid(told, kFleetTypeMembers, where + AwsText(told, "InstanceType") + ", ", notes);
  return type;
}

AwsJson Fleets(const AwsJson& list, Notes& notes) {
  AwsJson fleets = AwsJson::array();
  for (const AwsJson& told : InOrder(list, "InstanceFleetType")) {
    const std::string role = AwsText(told, "InstanceFleetType");
    const std::string where = fmt::format("of the {} fleet, ", role);
    AwsJson fleet = AwsJson::object();
    Copy(told, "Name", fleet, "Name");
    fleet["InstanceFleetType"] = role;
    fleet["TargetOnDemandCapacity"] = AwsInteger(told, "TargetOnDemandCapacity").value_or(0);
    fleet["TargetSpotCapacity"] = AwsInteger(told, "TargetSpotCapacity").value_or(0);
    AwsJson types = AwsJson::array();
    for (const AwsJson& type : AwsList(told, "InstanceTypeSpecifications"))
      types.push_back(FleetType(type, role == "MASTER", where, notes));
    fleet["InstanceTypeConfigs"] = std::move(types);
    const AwsJson& launch = AwsStructure(told, "LaunchSpecifications");
    if (!launch.empty()) fleet["LaunchSpecifications"] = launch;
    NoteUnsaid(told, kFleetMembers, where, notes);
    fleets.push_back(std::move(fleet));
  }
  return fleets;
}

Result<AwsJson> Instances(AwsApi& api, const RunningCluster& cluster, Notes& notes,
                          const std::stop_token& stop) {
  AwsJson instances = AwsJson::object();
  const AwsJson& network = AwsStructure(cluster.json, "Ec2InstanceAttributes");
  if (cluster.has_fleets) {
    ASSIGN_OR_RETURN(const AwsJson fleets,
                     AskForList(api, "ListInstanceFleets", "InstanceFleets", cluster.id, stop));
    instances["InstanceFleets"] = Fleets(fleets, notes);
    const AwsJson& asked = AwsList(network, "RequestedEc2SubnetIds");
    AwsJson subnets = asked;
    if (asked.empty() && !AwsText(network, "Ec2SubnetId").empty())
      subnets.push_back(AwsText(network, "Ec2SubnetId"));
    instances["Ec2SubnetIds"] = std::move(subnets);
  } else {
    ASSIGN_OR_RETURN(const AwsJson groups,
                     AskForList(api, "ListInstanceGroups", "InstanceGroups", cluster.id, stop));
    instances["InstanceGroups"] = Groups(groups, notes);
    Copy(network, "Ec2SubnetId", instances, "Ec2SubnetId");
  }
  for (const char* member : {"EmrManagedMasterSecurityGroup", "EmrManagedSlaveSecurityGroup",
                             "ServiceAccessSecurityGroup", "Ec2KeyName"}) {
    Copy(network, member, instances, member);
  }
  NoteUnsaid(network, kNetworkMembers, "", notes);
  instances["KeepJobFlowAliveWhenNoSteps"] = !AwsFlag(cluster.json, "AutoTerminate");
  instances["TerminationProtected"] = cluster.is_protected;
  return instances;
}

AwsJson Configurations(const AwsJson& cluster, Notes& notes) {
  AwsJson list = AwsJson::array();
  for (const AwsJson& told : AwsList(cluster, "Configurations")) {
    const std::string name = AwsText(told, "Classification");
    const AwsJson& properties = AwsStructure(told, "Properties");
    if (!properties.empty()) list.push_back({{"Classification", name}, {"Properties", properties}});
    if (!AwsList(told, "Configurations").empty()) {
      notes.push_back(fmt::format("the classification '{}' has others within it: {}", name,
                                  AwsList(told, "Configurations").dump()));
    }
  }
  return list;
}

AwsJson Bootstrap(const AwsJson& told) {
  AwsJson actions = AwsJson::array();
  for (const AwsJson& action : told) {
    AwsJson script = {{"Path", AwsText(action, "ScriptPath")}};
    if (!AwsList(action, "Args").empty()) script["Args"] = AwsList(action, "Args");
    actions.push_back(
        {{"Name", AwsText(action, "Name")}, {"ScriptBootstrapAction", std::move(script)}});
  }
  return actions;
}

Result<AwsJson> FirstSteps(AwsApi& api, const RunningCluster& cluster, Notes& notes,
                           const std::stop_token& stop) {
  ASSIGN_OR_RETURN(auto told, ListEmrSteps(api, cluster.id, kPagesOfSteps, stop));
  std::reverse(told.begin(), told.end());
  AwsJson steps = AwsJson::array();
  size_t later = 0;
  for (const SubmittedStep& step : told) {
    const bool is_later = step.created_us != 0 && cluster.created_us != 0 &&
                          step.created_us > cluster.created_us + kFirstStepsUs;
    if (is_later || IsMarkedStepName(step.name)) {
      ++later;
    } else if (step.jar != kRunner) {
      notes.push_back(fmt::format("step '{}' runs the jar {}", step.name, step.jar));
    } else {
      std::string action = step.on_failure;
      if (action == "TERMINATE_JOB_FLOW") action = "TERMINATE_CLUSTER";
      steps.push_back({{"Name", step.name},
                       {"ActionOnFailure", action},
                       {"HadoopJarStep", {{"Jar", kRunner}, {"Args", step.arguments}}}});
    }
  }
  if (later > 0)
    notes.push_back(
        fmt::format("{} step{} came later: not part of the cluster", later, later == 1 ? "" : "s"));
  return steps;
}

// EMR spells the log URI as it likes.
std::string LogUri(std::string uri) {
  for (const std::string_view old : {"s3n://", "s3a://"}) {
    if (uri.starts_with(old)) uri.replace(0, old.size(), "s3://");
  }
  return uri;
}

}  // namespace

Result<ObservedRequest> ObserveEmrRequest(AwsApi& api, const RunningCluster& cluster,
                                          const std::stop_token& stop) {
  ObservedRequest observed;
  AwsJson& request = observed.request;
  const AwsJson& told = cluster.json;
  request = {{"Name", cluster.name}, {"ReleaseLabel", cluster.release}};
  if (!cluster.log_uri.empty()) request["LogUri"] = LogUri(cluster.log_uri);
  Copy(told, "ServiceRole", request, "ServiceRole");
  Copy(AwsStructure(told, "Ec2InstanceAttributes"), "IamInstanceProfile", request, "JobFlowRole");
  request["VisibleToAllUsers"] = true;
  AwsJson applications = AwsJson::array();
  for (const AwsJson& application : AwsList(told, "Applications"))
    applications.push_back({{"Name", AwsText(application, "Name")}});
  request["Applications"] = std::move(applications);
  NoteUnsaid(told, kClusterMembers, "", observed.notes);
  ASSIGN_OR_RETURN(request["Instances"], Instances(api, cluster, observed.notes, stop));
  const auto set_list = [&](const char* member, AwsJson list) {
    if (!list.empty()) request[member] = std::move(list);
  };
  set_list("Configurations", Configurations(told, observed.notes));
  ASSIGN_OR_RETURN(const AwsJson actions,
                   AskForList(api, "ListBootstrapActions", "BootstrapActions", cluster.id, stop));
  set_list("BootstrapActions", Bootstrap(actions));
  ASSIGN_OR_RETURN(AwsJson steps, FirstSteps(api, cluster, observed.notes, stop));
  set_list("Steps", std::move(steps));
  request["StepConcurrencyLevel"] = AwsInteger(told, "StepConcurrencyLevel").value_or(1);
  ASSIGN_OR_RETURN(const AwsJson scaling, Ask(api, "GetManagedScalingPolicy", cluster.id, stop));
  const AwsJson& limits = AwsStructure(AwsPath(scaling, {"ManagedScalingPolicy"}), "ComputeLimits");
  if (!limits.empty()) request["ManagedScalingPolicy"] = {{"ComputeLimits", limits}};
  if (AwsText(AwsPath(scaling, {"ManagedScalingPolicy"}), "ScalingStrategy") == "ADVANCED")
    observed.notes.emplace_back("its managed scaling has the strategy ADVANCED");
  ASSIGN_OR_RETURN(const AwsJson ending, Ask(api, "GetAutoTerminationPolicy", cluster.id, stop));
  const int64_t idle =
      AwsInteger(AwsPath(ending, {"AutoTerminationPolicy"}), "IdleTimeout").value_or(0);
  if (idle > 0) request["AutoTerminationPolicy"] = {{"IdleTimeout", idle}};
  Copy(told, "SecurityConfiguration", request, "SecurityConfiguration");
  const int64_t root = AwsInteger(told, "EbsRootVolumeSize").value_or(0);
  if (root > 0) request["EbsRootVolumeSize"] = root;
  if (AwsFlag(told, "SessionEnabled")) request["SessionEnabled"] = true;
  request["Tags"] = AwsList(told, "Tags");
  return observed;
}

}  // namespace ember
