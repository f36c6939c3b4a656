// What EMR takes and refuses beyond the types of its model.
#include "emulator/cluster_request.h"

#include <fmt/format.h>

#include <algorithm>

#include "emulator/api_fault.h"

namespace ember {
namespace {

constexpr int kMaxTags = 50;

std::string TextOf(const AwsJson& json, const char* key) {
  return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : "";
}
int NumberOf(const AwsJson& json, const char* key, int otherwise = 0) {
  return json.contains(key) && json[key].is_number() ? json[key].get<int>() : otherwise;
}
bool FlagOf(const AwsJson& json, const char* key, bool otherwise = false) {
  return json.contains(key) && json[key].is_boolean() ? json[key].get<bool>() : otherwise;
}

NodeRole RoleOf(const std::string& text) {
  if (text == "MASTER") return NodeRole::kMaster;
  return text == "CORE" ? NodeRole::kCore : NodeRole::kTask;
}

// m5.large and its like. A type that the facts do not know is taken: they do not hold all of them.
Result<PoolType> MakeType(const std::string& name, int weight, const AwsJson& config,
                          const ClusterWorldView& world) {
  if (const auto refused = RefusedEmrType(name))
    return ValidationFault(fmt::format("Instance type '{}' is not supported.", name));
  if (name.find('.') == std::string::npos)
    return ValidationFault(fmt::format("Invalid instance type: '{}'.", name));
  PoolType type;
  type.name = name;
  type.weight = weight;
  type.config = config;
  if (const EmrTypeFact* fact = world.facts->FindType(name)) {
    type.vcpu = fact->vcpu;
    type.price = fact->ec2_usd_hour;
  }
  return type;
}

Status CheckSpotSpecification(const AwsJson& spot, NodePool& pool, const ClusterWorldView& world) {
  const int minutes = NumberOf(spot, "TimeoutDurationMinutes");
  const auto& facts = *world.facts;
  if (minutes < facts.Get(EmrNumber::kSpotTimeoutMin) ||
      minutes > facts.Get(EmrNumber::kSpotTimeoutMax)) {
    return ValidationFault(fmt::format(
        "The spot provisioning timeout must be from {} to {} minutes, not {}.",
        facts.Get(EmrNumber::kSpotTimeoutMin), facts.Get(EmrNumber::kSpotTimeoutMax), minutes));
  }
  pool.spot_timeout_s = int64_t{60} * minutes;
  pool.switches_to_on_demand = TextOf(spot, "TimeoutAction") == "SWITCH_TO_ON_DEMAND";
  return {};
}

// The order in which types are tried: by Priority where the strategy says so, else the cheapest.
void OrderTypes(NodePool& pool, const std::string& strategy) {
  const bool by_priority = strategy.ends_with("prioritized");
  std::stable_sort(pool.types.begin(), pool.types.end(), [&](const PoolType& a, const PoolType& b) {
    if (!by_priority) return a.price / a.weight < b.price / b.weight;
    return a.config.value("Priority", 1e9) < b.config.value("Priority", 1e9);
  });
}

Status CheckPools(const ClusterRecord& cluster) {
  const auto count = [&](NodeRole role) {
    return std::count_if(cluster.pools.begin(), cluster.pools.end(),
                         [&](const NodePool& pool) { return pool.role == role; });
  };
  if (count(NodeRole::kMaster) != 1)
    return ValidationFault("A job flow must have exactly one master instance group or fleet.");
  if (count(NodeRole::kCore) > 1)
    return ValidationFault("A job flow can have at most one core instance group or fleet.");
  if (count(NodeRole::kTask) > 0 && count(NodeRole::kCore) == 0)
    return ValidationFault("Task instances need core instances.");
  if (cluster.has_fleets && count(NodeRole::kTask) > 1)
    return ValidationFault("A job flow can have at most one task instance fleet.");
  return {};
}

Status AddPools(ClusterRecord& cluster, const AwsJson& instances, const ClusterWorldView& world) {
  const bool has_groups = instances.contains("InstanceGroups");
  cluster.has_fleets = instances.contains("InstanceFleets");
  const bool has_count = instances.contains("MasterInstanceType") ||
                         instances.contains("SlaveInstanceType") ||
                         instances.contains("InstanceCount");
  if (int{has_groups} + int{cluster.has_fleets} + int{has_count} > 1) {
    return ValidationFault(
        "Please configure instances using one and only one of the following: instance count and "
        "types, instance groups, or instance fleets.");
  }
  if (has_groups) {
    for (const AwsJson& config : instances["InstanceGroups"]) {
      ASSIGN_OR_RETURN(NodePool pool, MakeGroup(config, world));
      cluster.pools.push_back(std::move(pool));
    }
  } else if (cluster.has_fleets) {
    for (const AwsJson& config : instances["InstanceFleets"]) {
      ASSIGN_OR_RETURN(NodePool pool, MakeFleet(config, world));
      cluster.pools.push_back(std::move(pool));
    }
  } else {
    const int count = NumberOf(instances, "InstanceCount", 1);
    const auto add = [&](const char* role, const char* key, int nodes) -> Status {
      const AwsJson config = {{"InstanceRole", role},
                              {"InstanceType", TextOf(instances, key)},
                              {"InstanceCount", nodes}};
      ASSIGN_OR_RETURN(NodePool pool, MakeGroup(config, world));
      cluster.pools.push_back(std::move(pool));
      return {};
    };
    RETURN_IF_ERROR(add("MASTER", "MasterInstanceType", 1));
    if (count > 1) RETURN_IF_ERROR(add("CORE", "SlaveInstanceType", count - 1));
  }
  return CheckPools(cluster);
}

Status CheckSubnets(const ClusterRecord& cluster, const AwsJson& instances) {
  if (instances.contains("Ec2SubnetId") && instances.contains("Ec2SubnetIds"))
    return ValidationFault("Ec2SubnetId and Ec2SubnetIds exclude each other.");
  if (!cluster.has_fleets && instances.contains("Ec2SubnetIds") &&
      instances["Ec2SubnetIds"].size() > 1) {
    return ValidationFault("Only one subnet can be given for a cluster of instance groups.");
  }
  const bool has_master = instances.contains("EmrManagedMasterSecurityGroup");
  const bool has_core = instances.contains("EmrManagedSlaveSecurityGroup");
  if (has_master != has_core) {
    return ValidationFault(
        "Both of EmrManagedMasterSecurityGroup and EmrManagedSlaveSecurityGroup must be given, or "
        "none.");
  }
  return {};
}

Status CheckRelease(ClusterRecord& cluster, const AwsJson& request) {
  const std::string label = TextOf(request, "ReleaseLabel");
  if (label.empty()) return ValidationFault("A release label must be given.");
  const auto release = ParseEmrRelease(label);
  if (!release)
    return ValidationFault(fmt::format("The supplied release label is invalid: {}.", label));
  cluster.has_sessions = FlagOf(request, "SessionEnabled");
  if (cluster.has_sessions && !release->is_spark_only) {
    return ValidationFault(fmt::format("Sessions are not supported for release label {}.", label));
  }
  return {};
}

}  // namespace

Result<NodePool> MakeGroup(const AwsJson& config, const ClusterWorldView& world) {
  NodePool pool;
  pool.id = world.new_id("ig-");
  pool.role = RoleOf(TextOf(config, "InstanceRole"));
  pool.name = TextOf(config, "Name");
  pool.config = config;
  pool.times.created_us = world.now_us;
  pool.spot_market = TextOf(config, "Market") == "SPOT";
  const int count = NumberOf(config, "InstanceCount");
  const bool may_be_empty = pool.role == NodeRole::kTask;
  if (count < 0 || (count == 0 && !may_be_empty))
    return ValidationFault("The instance count of a master or core group must be at least one.");
  if (pool.role == NodeRole::kMaster && count != 1 && count != 3)
    return ValidationFault("The master group must have one instance or three.");
  if (!pool.spot_market && config.contains("BidPrice"))
    return ValidationFault("A bid price is for the SPOT market only.");
  (pool.spot_market ? pool.spot_target : pool.on_demand_target) = count;
  ASSIGN_OR_RETURN(PoolType type, MakeType(TextOf(config, "InstanceType"), 1, config, world));
  pool.types.push_back(std::move(type));
  return pool;
}

Result<NodePool> MakeFleet(const AwsJson& config, const ClusterWorldView& world) {
  NodePool pool;
  pool.id = world.new_id("if-");
  pool.is_fleet = true;
  pool.role = RoleOf(TextOf(config, "InstanceFleetType"));
  pool.name = TextOf(config, "Name");
  pool.config = config;
  pool.times.created_us = world.now_us;
  pool.on_demand_target = NumberOf(config, "TargetOnDemandCapacity");
  pool.spot_target = NumberOf(config, "TargetSpotCapacity");
  const bool is_master = pool.role == NodeRole::kMaster;
  if (is_master && pool.target() != 1) {
    return ValidationFault(
        "The master fleet must have a target capacity of one: on-demand or spot.");
  }
  if (pool.role == NodeRole::kCore && pool.target() < 1)
    return ValidationFault("The core fleet must have a target capacity of at least one.");
  const AwsJson launch = config.value("LaunchSpecifications", AwsJson::object());
  const AwsJson spot = launch.value("SpotSpecification", AwsJson::object());
  const AwsJson on_demand = launch.value("OnDemandSpecification", AwsJson::object());
  if (!spot.empty()) RETURN_IF_ERROR(CheckSpotSpecification(spot, pool, world));
  std::string strategy = TextOf(spot, "AllocationStrategy");
  if (strategy.empty()) strategy = TextOf(on_demand, "AllocationStrategy");
  const AwsJson types = config.value("InstanceTypeConfigs", AwsJson::array());
  const double limit = world.facts->Get(strategy.empty() ? EmrNumber::kFleetTypes
                                                         : EmrNumber::kFleetTypesWithStrategy);
  if (types.empty()) return ValidationFault("An instance fleet must have an instance type.");
  if (static_cast<double>(types.size()) > limit) {
    return ValidationFault(fmt::format(
        "An instance fleet can have at most {} instance types, not {}.", limit, types.size()));
  }
  for (const AwsJson& entry : types) {
    const int weight = NumberOf(entry, "WeightedCapacity", 1);
    if (weight < 1 || (is_master && weight != 1))
      return ValidationFault("The weighted capacity must be at least one, and one for a master.");
    ASSIGN_OR_RETURN(PoolType type, MakeType(TextOf(entry, "InstanceType"), weight, entry, world));
    pool.types.push_back(std::move(type));
  }
  OrderTypes(pool, strategy);
  return pool;
}

Result<std::vector<std::string>> AddSteps(ClusterRecord& cluster, const AwsJson& steps,
                                          const ClusterWorldView& world) {
  const auto open = std::count_if(cluster.steps.begin(), cluster.steps.end(),
                                  [](const StepRecord& step) { return !step.is_over(); });
  const double limit = world.facts->Get(EmrNumber::kSteps);
  if (static_cast<double>(open) + static_cast<double>(steps.size()) > limit) {
    return ValidationFault(fmt::format(
        "Maximum number of active steps(State = 'Running', 'Pending' or 'Cancel_Pending') for "
        "cluster exceeded. The limit is {}.",
        limit));
  }
  std::vector<StepRecord> added;
  for (const AwsJson& config : steps) {
    StepRecord step;
    step.id = world.new_id("s-");
    step.config = config;
    step.times.created_us = world.now_us;
    if (config.contains("ActionOnFailure")) step.action_on_failure = config["ActionOnFailure"];
    if (cluster.step_concurrency > 1 && step.action_on_failure != "CONTINUE") {
      return ValidationFault(
          "Step failure actions other than CONTINUE are not allowed with a step concurrency level "
          "greater than 1.");
    }
    added.push_back(std::move(step));
  }
  std::vector<std::string> ids;
  for (StepRecord& step : added) {
    ids.push_back(step.id);
    cluster.steps.push_back(std::move(step));
  }
  return ids;
}

Status SetScalingPolicy(ClusterRecord& cluster, const AwsJson& policy) {
  if (!policy.contains("ComputeLimits"))
    return ValidationFault("A managed scaling policy must have compute limits.");
  const AwsJson& limits = policy["ComputeLimits"];
  ScalingLimits made;
  made.unit = TextOf(limits, "UnitType");
  made.min = NumberOf(limits, "MinimumCapacityUnits");
  made.max = NumberOf(limits, "MaximumCapacityUnits");
  made.max_on_demand = NumberOf(limits, "MaximumOnDemandCapacityUnits", made.max);
  made.max_core = NumberOf(limits, "MaximumCoreCapacityUnits", made.max);
  const auto refuse = [](const char* what) {
    return ValidationFault(std::string("The managed scaling policy is not valid: ") + what);
  };
  if (cluster.has_fleets != (made.unit == "InstanceFleetUnits"))
    return refuse("InstanceFleetUnits is the unit of instance fleets and of nothing else.");
  if (made.min < 1) return refuse("MinimumCapacityUnits must be at least 1.");
  if (made.max < made.min) return refuse("MaximumCapacityUnits is below MinimumCapacityUnits.");
  if (made.max_on_demand < 0 || made.max_on_demand > made.max)
    return refuse("MaximumOnDemandCapacityUnits must be from 0 to MaximumCapacityUnits.");
  if (made.max_core < 1 || made.max_core > made.max)
    return refuse("MaximumCoreCapacityUnits must be from 1 to MaximumCapacityUnits.");
  cluster.scaling = made;
  cluster.scaling_policy = policy;
  return {};
}

Status SetAutoTermination(ClusterRecord& cluster, const AwsJson& policy) {
  const int64_t seconds =
      policy.contains("IdleTimeout") ? policy["IdleTimeout"].get<int64_t>() : int64_t{3600};
  if (seconds < 60 || seconds > 604800)
    return ValidationFault("The idle timeout must be from 60 to 604800 seconds.");
  cluster.idle_timeout_s = seconds;
  return {};
}

Status SetStepConcurrency(ClusterRecord& cluster, int level) {
  if (level < 1 || level > 256)
    return ValidationFault("The step concurrency level must be from 1 to 256.");
  cluster.step_concurrency = level;
  return {};
}

Status AddTagsTo(std::map<std::string, std::string>& tags, const AwsJson& list) {
  std::map<std::string, std::string> merged = tags;
  for (const AwsJson& tag : list) {
    const std::string key = TextOf(tag, "Key");
    if (key.empty() || key.size() > 128)
      return InvalidRequestFault("A tag's key must have 1 to 128 characters.");
    if (key.starts_with("aws:")) return InvalidRequestFault("Tag keys of aws: are reserved.");
    merged[key] = TextOf(tag, "Value");
  }
  if (merged.size() > kMaxTags) return InvalidRequestFault("A resource can have 50 tags.");
  tags = std::move(merged);
  return {};
}

Result<ClusterRecord> MakeCluster(const AwsJson& request, const ClusterWorldView& world) {
  ClusterRecord cluster;
  cluster.request = request;
  cluster.times.created_us = world.now_us;
  RETURN_IF_ERROR(CheckRelease(cluster, request));
  const AwsJson& instances = request["Instances"];
  RETURN_IF_ERROR(AddPools(cluster, instances, world));
  RETURN_IF_ERROR(CheckSubnets(cluster, instances));
  if (TextOf(request, "ServiceRole").empty() || TextOf(request, "JobFlowRole").empty())
    return ValidationFault("ServiceRole and JobFlowRole must be given.");
  cluster.keep_alive = FlagOf(instances, "KeepJobFlowAliveWhenNoSteps");
  cluster.is_protected = FlagOf(instances, "TerminationProtected");
  cluster.is_visible = FlagOf(request, "VisibleToAllUsers", true);
  RETURN_IF_ERROR(SetStepConcurrency(cluster, NumberOf(request, "StepConcurrencyLevel", 1)));
  if (request.contains("Tags")) RETURN_IF_ERROR(AddTagsTo(cluster.tags, request["Tags"]));
  if (request.contains("ManagedScalingPolicy"))
    RETURN_IF_ERROR(SetScalingPolicy(cluster, request["ManagedScalingPolicy"]));
  if (request.contains("AutoTerminationPolicy"))
    RETURN_IF_ERROR(SetAutoTermination(cluster, request["AutoTerminationPolicy"]));
  const AwsJson actions = request.value("BootstrapActions", AwsJson::array());
  if (static_cast<double>(actions.size()) > world.facts->Get(EmrNumber::kBootstrapActions))
    return ValidationFault("A cluster can have at most 16 bootstrap actions.");
  if (request.contains("Steps")) {
    ASSIGN_OR_RETURN(const auto ids, AddSteps(cluster, request["Steps"], world));
    (void)ids;
  }
  cluster.id = world.new_id("j-");
  return cluster;
}

}  // namespace ember
