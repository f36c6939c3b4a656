#include "emulator/cluster_describe.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "emulator/cluster_lifecycle.h"

namespace ember {
namespace {

AwsJson StateJson(const EmulatedState& state, const EmulatedTimeline& times,
                  const char* ready = "ReadyDateTime") {
  AwsJson json = {{"State", state.name}};
  AwsJson reason = AwsJson::object();
  if (!state.reason_code.empty()) reason["Code"] = state.reason_code;
  if (!state.reason.empty()) reason["Message"] = state.reason;
  json["StateChangeReason"] = reason;
  AwsJson timeline = {{"CreationDateTime", TimeJson(times.created_us)}};
  if (times.ready_us != 0) timeline[ready] = TimeJson(times.ready_us);
  if (times.ended_us != 0) timeline["EndDateTime"] = TimeJson(times.ended_us);
  json["Timeline"] = timeline;
  return json;
}

void Copy(const AwsJson& from, std::initializer_list<const char*> keys, AwsJson& to) {
  for (const char* key : keys) {
    if (from.contains(key)) to[key] = from[key];
  }
}

std::string Address(const EmulatedInstance& instance) {
  return fmt::format("10-0-{}-{}", instance.number / 250, instance.number % 250 + 4);
}

std::string Dns(const ClusterRecord& cluster, const EmulatedInstance& instance) {
  const std::string domain =
      cluster.region == "us-east-1" ? "ec2.internal" : cluster.region + ".compute.internal";
  return fmt::format("ip-{}.{}", Address(instance), domain);
}

// EMR counts hours of a node by its size: a unit for each m1.small's worth; four virtual processors
// are eight of them.
int NormalizedHours(const ClusterRecord& cluster) {
  double hours = 0;
  for (const EmulatedInstance& instance : cluster.instances) {
    if (instance.times.ready_us == 0 || instance.times.ended_us == 0) continue;
    const auto lasted = static_cast<double>(instance.times.ended_us - instance.times.ready_us);
    hours += lasted / 3.6e9 * instance.vcpu * 2;
  }
  return static_cast<int>(std::ceil(hours));
}

AwsJson Ec2Attributes(const ClusterRecord& cluster) {
  const AwsJson& instances = cluster.request["Instances"];
  AwsJson json = AwsJson::object();
  Copy(instances,
       {"Ec2KeyName", "EmrManagedMasterSecurityGroup", "EmrManagedSlaveSecurityGroup",
        "ServiceAccessSecurityGroup", "AdditionalMasterSecurityGroups",
        "AdditionalSlaveSecurityGroups"},
       json);
  const AwsJson subnets = instances.contains("Ec2SubnetIds") ? instances["Ec2SubnetIds"]
                          : instances.contains("Ec2SubnetId")
                              ? AwsJson::array({instances["Ec2SubnetId"]})
                              : AwsJson::array();
  if (!subnets.empty()) json["Ec2SubnetId"] = subnets[0];
  json["RequestedEc2SubnetIds"] = subnets;
  json["Ec2AvailabilityZone"] = cluster.region + "a";
  json["RequestedEc2AvailabilityZones"] = AwsJson::array();
  if (cluster.request.contains("JobFlowRole"))
    json["IamInstanceProfile"] = cluster.request["JobFlowRole"];
  return json;
}

AwsJson Volumes(const AwsJson& config) {
  AwsJson list = AwsJson::array();
  if (!config.contains("EbsConfiguration") ||
      !config["EbsConfiguration"].contains("EbsBlockDeviceConfigs")) {
    return list;
  }
  char letter = 'b';
  for (const AwsJson& device : config["EbsConfiguration"]["EbsBlockDeviceConfigs"]) {
    for (int i = device.value("VolumesPerInstance", 1); i > 0; --i) {
      list.push_back({{"VolumeSpecification", device["VolumeSpecification"]},
                      {"Device", fmt::format("/dev/sd{}", letter++)}});
    }
  }
  return list;
}

}  // namespace

AwsJson TimeJson(int64_t time_us) { return std::round(static_cast<double>(time_us) / 1e3) / 1e3; }

AwsJson TagsJson(const std::map<std::string, std::string>& tags) {
  AwsJson list = AwsJson::array();
  for (const auto& [key, value] : tags) list.push_back({{"Key", key}, {"Value", value}});
  return list;
}

std::string ClusterArn(const ClusterRecord& cluster) {
  return fmt::format("arn:aws:elasticmapreduce:{}:{}:cluster/{}", cluster.region, kEmulatedAccount,
                     cluster.id);
}

std::string LogFolder(const ClusterRecord& cluster) {
  if (!cluster.request.contains("LogUri")) return "";
  std::string uri = cluster.request["LogUri"];
  if (uri.empty()) return "";
  if (!uri.ends_with('/')) uri += '/';
  return uri + cluster.id + "/";
}

AwsJson ClusterSummaryJson(const ClusterRecord& cluster) {
  return {{"Id", cluster.id},
          {"Name", cluster.request["Name"]},
          {"Status", StateJson(cluster.state, cluster.times)},
          {"NormalizedInstanceHours", NormalizedHours(cluster)},
          {"ClusterArn", ClusterArn(cluster)}};
}

AwsJson ClusterJson(const ClusterRecord& cluster) {
  AwsJson json = ClusterSummaryJson(cluster);
  json["Ec2InstanceAttributes"] = Ec2Attributes(cluster);
  json["InstanceCollectionType"] = cluster.has_fleets ? "INSTANCE_FLEET" : "INSTANCE_GROUP";
  Copy(cluster.request,
       {"LogUri", "LogEncryptionKmsKeyId", "ReleaseLabel", "ServiceRole", "SecurityConfiguration",
        "AutoScalingRole", "CustomAmiId", "EbsRootVolumeSize", "EbsRootVolumeIops",
        "EbsRootVolumeThroughput", "RepoUpgradeOnBoot", "KerberosAttributes", "OSReleaseLabel",
        "ExtendedSupport", "MonitoringConfiguration", "SessionEnabled"},
       json);
  json["AutoTerminate"] = !cluster.keep_alive;
  json["TerminationProtected"] = cluster.is_protected;
  json["VisibleToAllUsers"] = cluster.is_visible;
  json["Applications"] = cluster.request.value("Applications", AwsJson::array());
  json["Tags"] = TagsJson(cluster.tags);
  json["Configurations"] = cluster.request.value("Configurations", AwsJson::array());
  json["ScaleDownBehavior"] =
      cluster.request.value("ScaleDownBehavior", "TERMINATE_AT_TASK_COMPLETION");
  json["StepConcurrencyLevel"] = cluster.step_concurrency;
  json["PlacementGroups"] = cluster.request.value("PlacementGroupConfigs", AwsJson::array());
  for (const EmulatedInstance& instance : cluster.instances) {
    if (instance.role == NodeRole::kMaster && instance.state.name != "PROVISIONING")
      json["MasterPublicDnsName"] = Dns(cluster, instance);
  }
  return json;
}

AwsJson InstanceJson(const ClusterRecord& cluster, const EmulatedInstance& instance) {
  std::string address = Address(instance);
  std::replace(address.begin(), address.end(), '-', '.');
  return {{"Id", instance.id},
          {"Ec2InstanceId", instance.ec2_id},
          {"PublicDnsName", ""},
          {"PrivateDnsName", Dns(cluster, instance)},
          {"PrivateIpAddress", address},
          {"Status", StateJson(instance.state, instance.times)},
          {cluster.has_fleets ? "InstanceFleetId" : "InstanceGroupId", instance.pool_id},
          {"Market", instance.is_spot ? "SPOT" : "ON_DEMAND"},
          {"InstanceType", instance.type},
          {"EbsVolumes", AwsJson::array()}};
}

AwsJson GroupJson(const ClusterRecord& cluster, const NodePool& pool) {
  AwsJson json = {{"Id", pool.id},
                  {"Name", pool.name},
                  {"Market", pool.spot_market ? "SPOT" : "ON_DEMAND"},
                  {"InstanceGroupType", NodeRoleText(pool.role)}};
  Copy(pool.config, {"BidPrice", "CustomAmiId"}, json);
  json["InstanceType"] = pool.types.front().name;
  json["RequestedInstanceCount"] = pool.target();
  json["RunningInstanceCount"] =
      RunningUnits(cluster, pool, false) + RunningUnits(cluster, pool, true);
  json["Status"] = StateJson(pool.state, pool.times);
  json["Configurations"] = pool.config.value("Configurations", AwsJson::array());
  json["EbsBlockDevices"] = Volumes(pool.config);
  json["ShrinkPolicy"] = AwsJson::object();
  return json;
}

AwsJson FleetJson(const ClusterRecord& cluster, const NodePool& pool) {
  AwsJson types = AwsJson::array();
  for (const PoolType& type : pool.types) {
    AwsJson entry = {{"InstanceType", type.name}, {"WeightedCapacity", type.weight}};
    Copy(type.config,
         {"BidPrice", "BidPriceAsPercentageOfOnDemandPrice", "Configurations", "CustomAmiId",
          "Priority"},
         entry);
    entry["EbsBlockDevices"] = Volumes(type.config);
    types.push_back(std::move(entry));
  }
  AwsJson json = {{"Id", pool.id},
                  {"Name", pool.name},
                  {"Status", StateJson(pool.state, pool.times)},
                  {"InstanceFleetType", NodeRoleText(pool.role)},
                  {"TargetOnDemandCapacity", pool.on_demand_target},
                  {"TargetSpotCapacity", pool.spot_target},
                  {"ProvisionedOnDemandCapacity", RunningUnits(cluster, pool, false)},
                  {"ProvisionedSpotCapacity", RunningUnits(cluster, pool, true)},
                  {"InstanceTypeSpecifications", types}};
  Copy(pool.config, {"LaunchSpecifications", "ResizeSpecifications", "Context"}, json);
  return json;
}

AwsJson StepJson(const ClusterRecord& cluster, const StepRecord& step) {
  const AwsJson& jar = step.config["HadoopJarStep"];
  AwsJson properties = AwsJson::object();
  for (const AwsJson& entry : jar.value("Properties", AwsJson::array()))
    properties[entry.value("Key", "")] = entry.value("Value", "");
  AwsJson config = {{"Jar", jar["Jar"]},
                    {"Properties", properties},
                    {"Args", jar.value("Args", AwsJson::array())}};
  Copy(jar, {"MainClass"}, config);
  AwsJson status = StateJson(step.state, step.times, "StartDateTime");
  if (step.state.name == "FAILED") {
    status["FailureDetails"] = {{"Reason", "Unknown Error."}, {"Message", step.state.reason}};
    const std::string logs = LogFolder(cluster);
    if (!logs.empty())
      status["FailureDetails"]["LogFile"] = fmt::format("{}steps/{}/stderr.gz", logs, step.id);
  }
  return {{"Id", step.id},
          {"Name", step.name()},
          {"Config", config},
          {"ActionOnFailure", step.action_on_failure},
          {"Status", status}};
}

}  // namespace ember
