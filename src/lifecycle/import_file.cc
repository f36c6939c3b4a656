#include "lifecycle/import_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "emr/cluster_file.h"
#include "emr/names.h"
#include "emr/nodes.h"
#include "emr/sizing.h"
#include "lifecycle/answer.h"
#include "lifecycle/import_steps.h"

namespace ember {
namespace {

constexpr const char* kManagedTag = "for-use-with-amazon-emr-managed-policies";
constexpr const char* kClusterTag = "ember-cluster";
constexpr size_t kMaxName = 40;

using Properties = std::map<std::string, std::string>;
using Classifications = std::map<std::string, Properties>;

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// The nearest name that may become part of names of AWS.
std::string EmberName(const std::string& name) {
  if (IsEmrName(name)) return name;
  std::string out;
  for (const char c : Lower(name)) {
    const bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_kept) out += c;
    if (!is_kept && !out.empty() && out.back() != '-') out += '-';
  }
  out.resize(std::min(out.size(), kMaxName));
  while (!out.empty() && out.back() == '-') out.pop_back();
  return IsEmrName(out) ? out : "imported";
}

Classifications ClassificationsOf(const EmrJson& request) {
  Classifications all;
  for (const EmrJson& entry : AwsList(request, "Configurations")) {
    for (const auto& [name, value] : AwsStructure(entry, "Properties").items())
      all[AwsText(entry, "Classification")][name] =
          value.is_string() ? value.get<std::string>() : value.dump();
  }
  return all;
}

EmrJson Volumes(const EmrJson& nodes) {
  const EmrJson& configs = AwsList(AwsPath(nodes, {"EbsConfiguration"}), "EbsBlockDeviceConfigs");
  if (configs.empty()) return nullptr;
  const EmrJson& told = AwsStructure(configs.front(), "VolumeSpecification");
  EmrJson volumes = {{"type", AwsText(told, "VolumeType")},
                     {"size_gb", AwsInteger(told, "SizeInGB").value_or(0)},
                     {"count", AwsInteger(configs.front(), "VolumesPerInstance").value_or(1)}};
  if (AwsInteger(told, "Iops").value_or(0) > 0)
    volumes["iops"] = AwsInteger(told, "Iops").value_or(0);
  if (AwsInteger(told, "Throughput").value_or(0) > 0)
    volumes["throughput_mib_s"] = AwsInteger(told, "Throughput").value_or(0);
  return volumes;
}

EmrJson GroupKeys(const EmrJson& group) {
  EmrJson keys = {{"type", AwsText(group, "InstanceType")},
                  {"count", AwsInteger(group, "InstanceCount").value_or(0)}};
  if (AwsText(group, "Market") == "SPOT") keys["market"] = "spot";
  EmrJson volumes = Volumes(group);
  if (!volumes.is_null()) keys["volumes"] = std::move(volumes);
  return keys;
}

EmrJson FleetKeys(const EmrJson& fleet) {
  EmrJson keys = EmrJson::object();
  const EmrJson& types = AwsList(fleet, "InstanceTypeConfigs");
  EmrJson names = EmrJson::array();
  EmrJson weights = EmrJson::object();
  bool has_weights = false;
  for (const EmrJson& type : types) {
    const std::string name = AwsText(type, "InstanceType");
    names.push_back(name);
    weights[name] = AwsInteger(type, "WeightedCapacity").value_or(1);
    has_weights = has_weights || weights[name] != 1;
  }
  keys["types"] = has_weights ? weights : names;
  keys["on_demand_units"] = AwsInteger(fleet, "TargetOnDemandCapacity").value_or(0);
  keys["spot_units"] = AwsInteger(fleet, "TargetSpotCapacity").value_or(0);
  const EmrJson none = EmrJson::object();
  const EmrJson& first = types.empty() ? none : types.front();
  const int64_t percent = AwsInteger(first, "BidPriceAsPercentageOfOnDemandPrice").value_or(0);
  if (percent > 0) keys["bid_percent"] = percent;
  const EmrJson& spot = AwsStructure(AwsPath(fleet, {"LaunchSpecifications"}), "SpotSpecification");
  if (!spot.empty()) {
    if (!AwsText(spot, "AllocationStrategy").empty())
      keys["spot_strategy"] = AwsText(spot, "AllocationStrategy");
    keys["spot_timeout_minutes"] = AwsInteger(spot, "TimeoutDurationMinutes").value_or(0);
    keys["spot_timeout_action"] = Lower(AwsText(spot, "TimeoutAction"));
  }
  const std::string strategy = AwsText(
      AwsPath(fleet, {"LaunchSpecifications", "OnDemandSpecification"}), "AllocationStrategy");
  if (!strategy.empty()) keys["on_demand_strategy"] = strategy;
  EmrJson volumes = Volumes(first);
  if (!volumes.is_null()) keys["volumes"] = std::move(volumes);
  return keys;
}

EmrJson NetworkKeys(const EmrJson& request) {
  const EmrJson& instances = AwsStructure(request, "Instances");
  EmrJson keys = EmrJson::object();
  EmrJson subnets = AwsList(instances, "Ec2SubnetIds");
  if (!AwsText(instances, "Ec2SubnetId").empty())
    subnets.push_back(AwsText(instances, "Ec2SubnetId"));
  keys["subnets"] = std::move(subnets);
  const auto copy = [&](const char* key, const char* member) {
    if (!AwsText(instances, member).empty()) keys[key] = AwsText(instances, member);
  };
  copy("master_security_group", "EmrManagedMasterSecurityGroup");
  copy("core_security_group", "EmrManagedSlaveSecurityGroup");
  copy("service_security_group", "ServiceAccessSecurityGroup");
  // EMR asks for that group in a private subnet.
  if (!keys.contains("service_security_group")) keys["private"] = false;
  for (const EmrJson& tag : AwsList(request, "Tags")) {
    if (AwsText(tag, "Key") == kManagedTag) keys["tagged"] = true;
  }
  return keys;
}

EmrJson ScalingKeys(const EmrJson& limits) {
  const std::string unit = AwsText(limits, "UnitType");
  EmrJson keys = {{"unit", unit == "InstanceFleetUnits" ? "fleet_units"
                           : unit == "VCPU"             ? "vcpu"
                                                        : "instances"}};
  keys["min"] = AwsInteger(limits, "MinimumCapacityUnits").value_or(0);
  const int64_t max = AwsInteger(limits, "MaximumCapacityUnits").value_or(0);
  keys["max"] = max;
  keys["max_core"] = AwsInteger(limits, "MaximumCoreCapacityUnits").value_or(max);
  keys["max_on_demand"] = AwsInteger(limits, "MaximumOnDemandCapacityUnits").value_or(max);
  return keys;
}

void AddNodes(const EmrJson& request, EmrJson& file) {
  const EmrJson& instances = AwsStructure(request, "Instances");
  const bool has_fleets = instances.contains("InstanceFleets");
  if (has_fleets) file["instances"] = "fleets";
  for (const EmrJson& nodes :
       AwsList(instances, has_fleets ? "InstanceFleets" : "InstanceGroups")) {
    const std::string role =
        Lower(AwsText(nodes, has_fleets ? "InstanceFleetType" : "InstanceRole"));
    // Of several groups of task nodes the first.
    if (!file.contains(role)) file[role] = has_fleets ? FleetKeys(nodes) : GroupKeys(nodes);
  }
}

void AddStanding(const EmrJson& request, EmrJson& file) {
  const EmrJson& instances = AwsStructure(request, "Instances");
  file["lifetime"] = {
      {"idle_minutes",
       (AwsInteger(AwsPath(request, {"AutoTerminationPolicy"}), "IdleTimeout").value_or(0) + 59) /
           60},
      {"keep_alive", AwsFlag(instances, "KeepJobFlowAliveWhenNoSteps")},
      {"termination_protection", AwsFlag(instances, "TerminationProtected")}};
  file["roles"] = {{"create", false},
                   {"service", AwsText(request, "ServiceRole")},
                   {"instance_profile", AwsText(request, "JobFlowRole")}};
  const std::string security = AwsText(request, "SecurityConfiguration");
  if (security.empty())
    file["security"] = {{"at_rest", false}, {"imdsv2", false}};
  else
    file["security"] = {{"configuration", security}};
  if (!AwsText(instances, "Ec2KeyName").empty())
    file["security"]["ssh_key"] = AwsText(instances, "Ec2KeyName");
  const std::string logs = AwsText(request, "LogUri");
  const std::string bucket = ParseS3Place(logs).bucket;
  if (!bucket.empty()) file["storage"]["bucket"] = bucket;
  if (!logs.empty() && logs != "s3://" + bucket + "/logs/emr/") file["storage"]["logs"] = logs;
  if (AwsFlag(request, "SessionEnabled")) file["connect"] = {{"mode", "managed"}};
}

void AddTags(const EmrJson& request, const std::string& name, EmrJson& file) {
  const std::map<std::string, std::string> own = {
      {kManagedTag, "true"}, {"Name", name}, {kClusterTag, name}};
  EmrJson tags = EmrJson::object();
  for (const EmrJson& tag : AwsList(request, "Tags")) {
    const auto found = own.find(AwsText(tag, "Key"));
    if (found == own.end() || found->second != AwsText(tag, "Value"))
      tags[AwsText(tag, "Key")] = AwsText(tag, "Value");
  }
  if (!tags.empty()) file["tags"] = std::move(tags);
}

bool HasTag(const EmrJson& request, const std::string& key, const std::string& value) {
  const EmrJson& tags = AwsList(request, "Tags");
  return std::any_of(tags.begin(), tags.end(), [&](const EmrJson& tag) {
    return AwsText(tag, "Key") == key && AwsText(tag, "Value") == value;
  });
}

std::optional<int> Megabytes(const std::string& text) {
  int number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_size = code == std::errc() && end + 1 == text.data() + text.size() && *end == 'm';
  return is_size ? std::optional(number) : std::nullopt;
}

std::optional<int> Whole(const std::string& text) {
  int number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  return code == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                 : std::nullopt;
}

// The keys of `spark` that make the cluster's spark-defaults.
EmrJson SparkKeys(const EmrCluster& so_far, const Classifications& all, const EmrFacts& facts) {
  const auto take = [](Properties& from, const char* name) {
    const auto node = from.extract(name);
    return node.empty() ? std::string() : node.mapped();
  };
  const auto found = all.find("spark-defaults");
  Properties settings = found == all.end() ? Properties() : found->second;
  EmrJson keys = EmrJson::object();
  const auto spark = all.find("spark");
  if (spark != all.end() && spark->second.contains("maximizeResourceAllocation")) {
    keys["sizing"] = "maximize";
  } else {
    const std::string cores = take(settings, "spark.executor.cores");
    const std::string memory = take(settings, "spark.executor.memory");
    const std::string driver = take(settings, "spark.driver.memory");
    const EmrExecutors executors = SizeEmrExecutors(so_far, facts);
    const bool is_auto = cores == std::to_string(executors.cores) &&
                         memory == fmt::format("{}m", executors.memory_mb);
    const bool has_driver = driver == fmt::format("{}m", executors.driver_memory_mb);
    const auto put = [&](const char* key, const char* setting, const std::string& text,
                         std::optional<int> number) {
      if (number)
        keys[key] = *number;
      else if (!text.empty())
        settings[setting] = text;
    };
    keys["sizing"] = is_auto || (cores.empty() && memory.empty()) ? "auto" : "manual";
    if (keys["sizing"] == "manual") {
      put("executor_cores", "spark.executor.cores", cores, Whole(cores));
      put("executor_memory_mb", "spark.executor.memory", memory, Megabytes(memory));
    }
    if (keys["sizing"] == "manual" || !has_driver)
      put("driver_memory_mb", "spark.driver.memory", driver, Megabytes(driver));
  }
  const std::string partitions = take(settings, "spark.sql.shuffle.partitions");
  if (const auto number = Whole(partitions))
    keys["shuffle_partitions"] = *number;
  else if (!partitions.empty())
    settings["spark.sql.shuffle.partitions"] = partitions;
  if (!settings.empty()) keys["settings"] = settings;
  return keys;
}

// What the cluster sets and the file so far does not make it set.
EmrJson OtherConfigurations(const EmrCluster& so_far, const Classifications& all,
                            const EmrFacts& facts) {
  const Classifications made =
      ClassificationsOf({{"Configurations", EmrConfigurations(so_far, facts)}});
  EmrJson list = EmrJson::array();
  for (const auto& [classification, properties] : all) {
    const auto found = made.find(classification);
    EmrJson others = EmrJson::object();
    for (const auto& [name, value] : properties) {
      const bool is_made =
          found != made.end() && found->second.contains(name) && found->second.at(name) == value;
      if (!is_made) others[name] = value;
    }
    if (!others.empty())
      list.push_back({{"classification", classification}, {"properties", others}});
  }
  return list;
}

EmrCluster ReadBack(const EmrJson& file) {
  return ReadEmrCluster("imported", EmrYaml(file)).cluster;
}

// What has no order in the order of its names, as requests of ours have it.
EmrJson Sorted(EmrJson request) {
  for (const auto& [list, name] :
       {std::pair("Tags", "Key"), {"Configurations", "Classification"}}) {
    if (!request.contains(list)) continue;
    std::vector<EmrJson> items(request[list].begin(), request[list].end());
    std::sort(items.begin(), items.end(), [name = name](const EmrJson& a, const EmrJson& b) {
      return AwsText(a, name) < AwsText(b, name);
    });
    request[list] = items;
  }
  return request;
}

EmrJson WithoutLabels(EmrJson request) {
  for (const char* list : {"InstanceGroups", "InstanceFleets"}) {
    if (AwsList(AwsStructure(request, "Instances"), list).empty()) continue;
    for (EmrJson& nodes : request["Instances"][list]) nodes.erase("Name");
  }
  return request;
}

}  // namespace

ImportedFile ImportEmrFile(const ObservedRequest& observed, const std::string& region,
                           const std::string& source, const EmrFacts& facts) {
  const EmrJson& request = observed.request;
  ImportedFile imported;
  EmrJson file = EmrJson::object();
  const std::string name = EmberName(AwsText(request, "Name"));
  file["name"] = name;
  file["region"] = region;
  file["release"] = AwsText(request, "ReleaseLabel");
  EmrJson applications = EmrJson::array();
  for (const EmrJson& application : AwsList(request, "Applications"))
    applications.push_back(AwsText(application, "Name"));
  if (applications != EmrJson::array({"Spark"})) file["applications"] = applications;
  if (AwsInteger(request, "EbsRootVolumeSize").value_or(0) > 0)
    file["root_volume_gb"] = AwsInteger(request, "EbsRootVolumeSize").value_or(0);
  file["network"] = NetworkKeys(request);
  AddNodes(request, file);
  const EmrJson& limits = AwsStructure(AwsPath(request, {"ManagedScalingPolicy"}), "ComputeLimits");
  if (!limits.empty()) file["scaling"] = ScalingKeys(limits);
  AddStanding(request, file);
  const Classifications all = ClassificationsOf(request);
  file["spark"] = SparkKeys(ReadBack(file), all, facts);
  EmrJson others = OtherConfigurations(ReadBack(file), all, facts);
  if (!others.empty()) file["configurations"] = std::move(others);
  AddImportedSteps(AwsList(request, "Steps"), facts, file);
  if (AwsInteger(request, "StepConcurrencyLevel").value_or(1) != 1)
    file["step_concurrency"] = AwsInteger(request, "StepConcurrencyLevel").value_or(0);
  for (const EmrJson& action : AwsList(request, "BootstrapActions")) {
    EmrJson keys = {{"name", AwsText(action, "Name")},
                    {"path", AwsText(AwsPath(action, {"ScriptBootstrapAction"}), "Path")}};
    const EmrJson& arguments = AwsList(AwsPath(action, {"ScriptBootstrapAction"}), "Args");
    if (!arguments.empty()) keys["arguments"] = arguments;
    file["bootstrap"].push_back(std::move(keys));
  }
  AddTags(request, name, file);

  const EmrCluster read = ReadBack(file);
  const EmrJson again = RunJobFlowRequest(read, facts, ExistingEmrGround(read));
  imported.warnings = observed.notes;
  if (!HasTag(request, kClusterTag, name)) {
    imported.warnings.push_back(fmt::format(
        "the cluster lacks the tag {0} = {1}, by which `ember emr up` finds its cluster: it would "
        "start another. aws emr add-tags --resource-id ID --tags {0}={1}",
        kClusterTag, name));
  }
  for (std::string& difference :
       EmrDifferences(Sorted(WithoutLabels(request)), Sorted(WithoutLabels(again))))
    imported.warnings.push_back(std::move(difference));
  std::string text = fmt::format("# {}, as it runs.\n", source);
  for (const std::string& warning : imported.warnings) {
    std::string line = warning;
    std::replace(line.begin(), line.end(), '\n', ' ');
    text += fmt::format("# not in this file: {}\n", line);
  }
  imported.yaml = text + EmrYaml(file);
  return imported;
}

}  // namespace ember
