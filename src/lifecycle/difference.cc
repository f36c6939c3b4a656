#include "lifecycle/difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "emr/nodes.h"
#include "lifecycle/answer.h"

namespace ember {
namespace {

// EMR answers with s3n:// what it was given as s3://, and with or without the last slash.
std::string PlainS3(const std::string& uri) {
  const S3Place place = ParseS3Place(uri);
  if (place.bucket.empty()) return uri;
  std::string key = place.key;
  while (key.ends_with('/')) key.pop_back();
  return fmt::format("s3://{}/{}", place.bucket, key);
}

// A role or profile by its name: EMR takes ARNs and names, and answers with either.
std::string LastPart(const std::string& arn) { return arn.substr(arn.find_last_of("/:") + 1); }

std::string Same(const std::string& text) { return text; }

// What RunJobFlow says once and for all.
struct FixedRow {
  std::string_view key;
  std::string_view part;    // of the request: "" or "Instances"
  std::string_view member;  // there
  std::string_view running_part;
  std::string_view running_member;
  std::string (*form)(const std::string&);
  bool is_own;  // where the file does not say it, EMR takes something of its own
};
constexpr auto kFixed = std::to_array<FixedRow>({
    {"release", "", "ReleaseLabel", "", "ReleaseLabel", Same, false},
    {"storage.logs", "", "LogUri", "", "LogUri", PlainS3, true},
    {"roles.service", "", "ServiceRole", "", "ServiceRole", LastPart, true},
    {"roles.instance_profile", "", "JobFlowRole", "Ec2InstanceAttributes", "IamInstanceProfile",
     LastPart, true},
    {"network.master_security_group", "Instances", "EmrManagedMasterSecurityGroup",
     "Ec2InstanceAttributes", "EmrManagedMasterSecurityGroup", Same, true},
    {"network.core_security_group", "Instances", "EmrManagedSlaveSecurityGroup",
     "Ec2InstanceAttributes", "EmrManagedSlaveSecurityGroup", Same, true},
    {"network.service_security_group", "Instances", "ServiceAccessSecurityGroup",
     "Ec2InstanceAttributes", "ServiceAccessSecurityGroup", Same, true},
    {"security.ssh_key", "Instances", "Ec2KeyName", "Ec2InstanceAttributes", "Ec2KeyName", Same,
     false},
    {"security", "", "SecurityConfiguration", "", "SecurityConfiguration", Same, false},
    {"root_volume_gb", "", "EbsRootVolumeSize", "", "EbsRootVolumeSize", Same, true},
    {"connect.mode", "", "SessionEnabled", "", "SessionEnabled", Same, true},
});

class Comparison {
 public:
  Comparison(const EmrCluster& cluster, const EmrFacts& facts, const EmrGround& ground,
             const RunningShape& shape)
      : cluster_(cluster),
        shape_(shape),
        request_(RunJobFlowRequest(cluster, facts, ground)),
        has_security_(!ground.security_configuration.is_null() ||
                      EmrSecurityConfiguration(cluster, nullptr).is_null()) {}

  std::vector<EmrDifference> Make(const AwsJson& bootstrap) {
    CompareFixed();
    CompareSubnets();
    CompareApplications();
    CompareConfigurations();
    CompareBootstrap(bootstrap);
    CompareFlags();
    CompareTags();
    ComparePolicies();
    if (cluster_.HasFleets() != shape_.cluster.has_fleets) {
      NeedsNew("instances", shape_.cluster.has_fleets ? "fleets" : "groups", cluster_.instances);
    } else {
      for (const EmrRole& role : EmrRoleNodes(cluster_)) CompareNodes(role);
      if (!cluster_.task) CompareNoTask();
    }
    return std::move(differences_);
  }

 private:
  void NeedsNew(std::string key, std::string before, std::string after) {
    differences_.push_back({std::move(key), std::move(before), std::move(after), "", {}});
  }
  void Changes(std::string key, std::string before, std::string after, std::string action,
               AwsJson request) {
    differences_.push_back({std::move(key), std::move(before), std::move(after), std::move(action),
                            std::move(request)});
  }
  const std::string& id() const { return shape_.cluster.id; }
  AwsJson WithId(std::string member, AwsJson value) const {
    return {{"ClusterId", id()}, {std::move(member), std::move(value)}};
  }

  void CompareFixed();
  void CompareSubnets();
  void CompareApplications();
  void CompareConfigurations();
  void CompareBootstrap(const AwsJson& bootstrap);
  void CompareFlags();
  void CompareTags();
  void ComparePolicies();
  void CompareNodes(const EmrRole& role);
  void CompareCounts(const EmrRole& role, const RunningNodes& running);
  void CompareNoTask();
  void AddNodes(const EmrRole& role);

  const EmrCluster& cluster_;
  const RunningShape& shape_;
  const AwsJson request_;
  const bool has_security_;  // the security configuration's name is known, or there is none
  std::vector<EmrDifference> differences_;
};

void Comparison::CompareFixed() {
  const AwsJson& running = shape_.cluster.json;
  for (const FixedRow& row : kFixed) {
    const AwsJson& asked = row.part.empty() ? request_ : AwsStructure(request_, row.part);
    const AwsJson& there =
        row.running_part.empty() ? running : AwsStructure(running, row.running_part);
    const std::string after = row.form(AwsText(asked, row.member));
    const std::string before = row.form(AwsText(there, row.running_member));
    if (after.empty() && row.is_own) continue;
    if (row.member == "SecurityConfiguration" && !has_security_) continue;
    if (before != after) NeedsNew(std::string(row.key), before, after);
  }
}

void Comparison::CompareSubnets() {
  const std::string there =
      AwsText(AwsStructure(shape_.cluster.json, "Ec2InstanceAttributes"), "Ec2SubnetId");
  const AwsJson& instances = AwsStructure(request_, "Instances");
  std::vector<std::string> asked;
  for (const AwsJson& subnet : AwsList(instances, "Ec2SubnetIds")) {
    if (subnet.is_string()) asked.push_back(subnet);
  }
  const std::string one = AwsText(instances, "Ec2SubnetId");
  if (!one.empty()) asked.push_back(one);
  // Of several EMR takes the one with the most room, once it starts nodes.
  if (there.empty() || asked.empty() || std::count(asked.begin(), asked.end(), there) > 0) return;
  NeedsNew("network.subnets", there, fmt::format("{}", fmt::join(asked, ", ")));
}

void Comparison::CompareApplications() {
  std::set<std::string> there;
  const auto lower = [](std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
  };
  for (const AwsJson& application : AwsList(shape_.cluster.json, "Applications"))
    there.insert(lower(AwsText(application, "Name")));
  // EMR adds applications that others need: more than asked for is no difference.
  for (const AwsJson& application : AwsList(request_, "Applications")) {
    const std::string name = AwsText(application, "Name");
    if (!there.contains(lower(name))) NeedsNew("applications", "", name);
  }
}

using ConfigurationValues = std::map<std::string, std::string>;

ConfigurationValues ValuesOf(const AwsJson& configurations) {
  ConfigurationValues values;
  for (const AwsJson& configuration : configurations) {
    const std::string name = AwsText(configuration, "Classification");
    for (const auto& [key, value] : AwsStructure(configuration, "Properties").items())
      values[fmt::format("configurations.{}.{}", name, key)] =
          AwsText(configuration["Properties"], key);
  }
  return values;
}

void Comparison::CompareConfigurations() {
  const ConfigurationValues before = ValuesOf(AwsList(shape_.cluster.json, "Configurations"));
  const ConfigurationValues after = ValuesOf(AwsList(request_, "Configurations"));
  std::set<std::string> keys;
  for (const auto& [key, value] : before) keys.insert(key);
  for (const auto& [key, value] : after) keys.insert(key);
  const auto value_of = [](const ConfigurationValues& values, const std::string& key) {
    const auto found = values.find(key);
    return found == values.end() ? std::string() : found->second;
  };
  for (const std::string& key : keys) {
    if (value_of(before, key) != value_of(after, key))
      NeedsNew(key, value_of(before, key), value_of(after, key));
  }
}

void Comparison::CompareBootstrap(const AwsJson& bootstrap) {
  const auto line = [](const std::string& name, const std::string& path, const AwsJson& arguments) {
    std::string text = fmt::format("{}: {}", name, path);
    for (const AwsJson& argument : arguments)
      text += " " + (argument.is_string() ? argument.get<std::string>() : argument.dump());
    return text;
  };
  std::vector<std::string> before;
  std::vector<std::string> after;
  for (const AwsJson& action : bootstrap) {
    before.push_back(
        line(AwsText(action, "Name"), AwsText(action, "ScriptPath"), AwsList(action, "Args")));
  }
  for (const AwsJson& action : AwsList(request_, "BootstrapActions")) {
    const AwsJson& script = AwsStructure(action, "ScriptBootstrapAction");
    after.push_back(
        line(AwsText(action, "Name"), AwsText(script, "Path"), AwsList(script, "Args")));
  }
  if (before != after) {
    NeedsNew("bootstrap", fmt::format("{}", fmt::join(before, "; ")),
             fmt::format("{}", fmt::join(after, "; ")));
  }
}

void Comparison::CompareFlags() {
  const auto text = [](bool flag) { return flag ? "true" : "false"; };
  const AwsJson ids = AwsJson::array({id()});
  const bool is_protected = cluster_.lifetime.termination_protection;
  if (is_protected != shape_.cluster.is_protected) {
    Changes("lifetime.termination_protection", text(shape_.cluster.is_protected),
            text(is_protected), "SetTerminationProtection",
            {{"JobFlowIds", ids}, {"TerminationProtected", is_protected}});
  }
  const bool is_kept = !AwsFlag(shape_.cluster.json, "AutoTerminate");
  if (is_kept != cluster_.lifetime.keep_alive) {
    Changes("lifetime.keep_alive", text(is_kept), text(cluster_.lifetime.keep_alive),
            "SetKeepJobFlowAliveWhenNoSteps",
            {{"JobFlowIds", ids}, {"KeepJobFlowAliveWhenNoSteps", cluster_.lifetime.keep_alive}});
  }
  const auto steps = AwsInteger(shape_.cluster.json, "StepConcurrencyLevel").value_or(1);
  if (steps != cluster_.step_concurrency) {
    Changes("step_concurrency", std::to_string(steps), std::to_string(cluster_.step_concurrency),
            "ModifyCluster", WithId("StepConcurrencyLevel", cluster_.step_concurrency));
  }
}

void Comparison::CompareTags() {
  std::map<std::string, std::string> asked;
  for (const AwsJson& tag : AwsList(request_, "Tags"))
    asked[AwsText(tag, "Key")] = AwsText(tag, "Value");
  for (const auto& [key, value] : asked) {
    const auto there = shape_.cluster.tags.find(key);
    const bool is_there = there != shape_.cluster.tags.end();
    if (is_there && there->second == value) continue;
    Changes("tags." + key, is_there ? there->second : "", value, "AddTags",
            {{"ResourceId", id()}, {"Tags", AwsJson::array({{{"Key", key}, {"Value", value}}})}});
  }
  for (const auto& [key, value] : shape_.cluster.tags) {
    if (asked.contains(key) || key.starts_with("aws:")) continue;
    Changes("tags." + key, value, "", "RemoveTags",
            {{"ResourceId", id()}, {"TagKeys", AwsJson::array({key})}});
  }
}

std::string LimitsText(const AwsJson& limits) {
  if (limits.is_null()) return "";
  const auto max = AwsInteger(limits, "MaximumCapacityUnits").value_or(0);
  return fmt::format("{} {} to {}, at most {} core and {} on demand", AwsText(limits, "UnitType"),
                     AwsInteger(limits, "MinimumCapacityUnits").value_or(0), max,
                     AwsInteger(limits, "MaximumCoreCapacityUnits").value_or(max),
                     AwsInteger(limits, "MaximumOnDemandCapacityUnits").value_or(max));
}

void Comparison::ComparePolicies() {
  const AwsJson& policy = AwsStructure(request_, "ManagedScalingPolicy");
  const AwsJson asked = policy.empty() ? AwsJson() : AwsStructure(policy, "ComputeLimits");
  const std::string before = LimitsText(shape_.limits);
  const std::string after = LimitsText(asked);
  if (before != after && asked.is_null()) {
    Changes("scaling", before, "", "RemoveManagedScalingPolicy", {{"ClusterId", id()}});
  } else if (before != after) {
    Changes("scaling", before, after, "PutManagedScalingPolicy",
            WithId("ManagedScalingPolicy", policy));
  }
  const auto minutes = [](int64_t seconds) {
    return seconds == 0 ? std::string() : fmt::format("{:g}", static_cast<double>(seconds) / 60);
  };
  const int64_t idle = int64_t{cluster_.lifetime.idle_minutes} * 60;
  if (idle == shape_.idle_seconds) return;
  if (idle == 0) {
    Changes("lifetime.idle_minutes", minutes(shape_.idle_seconds), "",
            "RemoveAutoTerminationPolicy", {{"ClusterId", id()}});
  } else {
    Changes("lifetime.idle_minutes", minutes(shape_.idle_seconds), minutes(idle),
            "PutAutoTerminationPolicy", WithId("AutoTerminationPolicy", {{"IdleTimeout", idle}}));
  }
}

std::string TypesText(std::vector<EmrInstanceType> types, bool has_weights) {
  std::vector<std::string> names;
  for (const EmrInstanceType& type : types)
    names.push_back(has_weights ? fmt::format("{} ({})", type.name, type.weight) : type.name);
  std::sort(names.begin(), names.end());
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string VolumesText(std::vector<std::string> volumes) {
  std::sort(volumes.begin(), volumes.end());
  return fmt::format("{}", fmt::join(volumes, " + "));
}

// The nodes of a role in the request.
AwsJson AskedNodes(const AwsJson& request, bool has_fleets, const std::string& role) {
  const AwsJson& instances = AwsStructure(request, "Instances");
  for (const AwsJson& nodes :
       AwsList(instances, has_fleets ? "InstanceFleets" : "InstanceGroups")) {
    if (AwsText(nodes, "Name") == role) return nodes;
  }
  return AwsJson::object();
}

void Comparison::AddNodes(const EmrRole& role) {
  const AwsJson nodes = AskedNodes(request_, cluster_.HasFleets(), role.path);
  const std::string types = TypesText(role.nodes->types, cluster_.HasFleets());
  if (role.path != "task") {
    NeedsNew(role.path, "", types);
  } else if (cluster_.HasFleets()) {
    Changes(role.path, "", types, "AddInstanceFleet", WithId("InstanceFleet", nodes));
  } else {
    Changes(role.path, "", types, "AddInstanceGroups",
            {{"JobFlowId", id()}, {"InstanceGroups", AwsJson::array({nodes})}});
  }
}

void Comparison::CompareNodes(const EmrRole& role) {
  const RunningNodes* running = shape_.Find(role.path);
  if (running == nullptr) return AddNodes(role);
  const bool has_weights = cluster_.HasFleets() && role.path != "master";
  const std::string before = TypesText(running->types, has_weights);
  const std::string after = TypesText(role.nodes->types, has_weights);
  if (before != after) NeedsNew(role.path + ".types", before, after);
  if (!cluster_.HasFleets() && running->market != role.nodes->market)
    NeedsNew(role.path + ".market", running->market, role.nodes->market);
  if (role.nodes->volumes && !running->volumes.empty()) {
    const EmrVolumes& volumes = *role.nodes->volumes;
    const std::vector<std::string> asked(static_cast<size_t>(std::max(volumes.count, 0)),
                                         fmt::format("{} {} GB", volumes.type, volumes.size_gb));
    if (VolumesText(running->volumes) != VolumesText(asked))
      NeedsNew(role.path + ".volumes", VolumesText(running->volumes), VolumesText(asked));
  }
  if (role.path != "master" && !cluster_.scaling) CompareCounts(role, *running);
}

void Comparison::CompareCounts(const EmrRole& role, const RunningNodes& running) {
  const EmrNodes& nodes = *role.nodes;
  if (!cluster_.HasFleets()) {
    if (running.requested == nodes.count) return;
    Changes(role.path + ".count", std::to_string(running.requested), std::to_string(nodes.count),
            "ModifyInstanceGroups",
            WithId("InstanceGroups", AwsJson::array({{{"InstanceGroupId", running.id},
                                                      {"InstanceCount", nodes.count}}})));
    return;
  }
  const int on_demand = std::max(nodes.on_demand_units, 0);
  const int spot = std::max(nodes.spot_units, 0);
  if (running.on_demand_units == on_demand && running.spot_units == spot) return;
  const auto text = [](int a, int b) { return fmt::format("{} on demand + {} spot", a, b); };
  Changes(role.path + " units", text(running.on_demand_units, running.spot_units),
          text(on_demand, spot), "ModifyInstanceFleet",
          WithId("InstanceFleet", {{"InstanceFleetId", running.id},
                                   {"TargetOnDemandCapacity", on_demand},
                                   {"TargetSpotCapacity", spot}}));
}

// EMR ends no group or fleet before its cluster: one that the file no longer has becomes empty.
void Comparison::CompareNoTask() {
  for (const RunningNodes& running : shape_.nodes) {
    const int units = running.requested + running.on_demand_units + running.spot_units;
    if (running.role != "task" || units == 0) continue;
    const std::string before = TypesText(running.types, cluster_.HasFleets());
    if (cluster_.scaling) {
      NeedsNew("task", before, "");  // scaling would fill it again
    } else if (cluster_.HasFleets()) {
      Changes("task", before, "", "ModifyInstanceFleet",
              WithId("InstanceFleet", {{"InstanceFleetId", running.id},
                                       {"TargetOnDemandCapacity", 0},
                                       {"TargetSpotCapacity", 0}}));
    } else {
      Changes("task", before, "", "ModifyInstanceGroups",
              WithId("InstanceGroups",
                     AwsJson::array({{{"InstanceGroupId", running.id}, {"InstanceCount", 0}}})));
    }
  }
}

struct GroundRow {
  std::string_view resource;  // or what its name starts with
  std::string_view key;
};
constexpr auto kGround = std::to_array<GroundRow>({
    {"CoreGroup", "network"},
    {"MasterGroup", "network"},
    {"NodeProfile", "roles"},
    {"NodeRole", "roles"},
    {"SecurityConfiguration", "security"},
    {"ServiceGroup", "network"},
    {"ServiceRole", "roles"},
    {"Subnet1", "network.zones"},
    {"Subnet2", "network.zones"},
    {"Subnet3", "network.zones"},
    {"Subnet4", "network.zones"},
    {"Subnet5", "network.zones"},
    {"Subnet6", "network.zones"},
    {"Vpc", "network.cidr"},
});

}  // namespace

Result<std::vector<EmrDifference>> CompareEmrCluster(const EmrWorld& world,
                                                     const EmrCluster& cluster,
                                                     const EmrGround& ground,
                                                     const RunningShape& shape) {
  AwsApiCall call;
  call.action = "ListBootstrapActions";
  call.request = {{"ClusterId", shape.cluster.id}};
  call.stop = world.stop;
  ASSIGN_OR_RETURN(const AwsJson bootstrap, ListAws(world.api, call, {"BootstrapActions"}));
  return Comparison(cluster, world.facts, ground, shape).Make(bootstrap);
}

std::vector<EmrDifference> ReplacedGround(const EmrStackPlan& plan) {
  std::vector<EmrDifference> differences;
  for (const EmrStackChange& change : plan.changes) {
    if (change.action != "Replace" && change.action != "Remove") continue;
    for (const GroundRow& row : kGround) {
      if (row.resource != change.resource) continue;
      differences.push_back({std::string(row.key),
                             change.physical_id,
                             change.action == "Remove" ? "" : "made anew",
                             "",
                             {}});
    }
  }
  return differences;
}

}  // namespace ember
