#include "emr/request.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "emr/nodes.h"
#include "emr/sizing.h"

namespace ember {
namespace {

constexpr int64_t kPartitionBytes = int64_t{128} << 20;
constexpr int64_t kLeastPartitions = 200;
constexpr int64_t kMib = int64_t{1} << 20;
constexpr const char* kManagedPolicyTag = "for-use-with-amazon-emr-managed-policies";

std::string Upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

EmrJson Volumes(const EmrVolumes& volumes) {
  EmrJson specification = {{"VolumeType", volumes.type}, {"SizeInGB", volumes.size_gb}};
  if (volumes.iops > 0) specification["Iops"] = volumes.iops;
  if (volumes.throughput_mib_s > 0) specification["Throughput"] = volumes.throughput_mib_s;
  EmrJson device = {{"VolumeSpecification", specification}, {"VolumesPerInstance", volumes.count}};
  return {{"EbsBlockDeviceConfigs", EmrJson::array({device})}};
}

EmrJson Group(const EmrRole& role) {
  const EmrNodes& nodes = *role.nodes;
  EmrJson group = {{"Name", role.path},
                   {"InstanceRole", Upper(role.path)},
                   {"Market", Upper(nodes.market)},
                   {"InstanceType", nodes.types.front().name},
                   {"InstanceCount", nodes.count}};
  if (nodes.volumes) group["EbsConfiguration"] = Volumes(*nodes.volumes);
  return group;
}

EmrJson Fleet(const EmrRole& role) {
  const EmrNodes& nodes = *role.nodes;
  EmrJson types = EmrJson::array();
  for (const EmrInstanceType& type : nodes.types) {
    EmrJson config = {{"InstanceType", type.name}};
    if (role.path != "master") config["WeightedCapacity"] = type.weight;
    if (nodes.bid_percent > 0) config["BidPriceAsPercentageOfOnDemandPrice"] = nodes.bid_percent;
    if (nodes.volumes) config["EbsConfiguration"] = Volumes(*nodes.volumes);
    types.push_back(std::move(config));
  }
  EmrJson fleet = {{"Name", role.path},
                   {"InstanceFleetType", Upper(role.path)},
                   {"TargetOnDemandCapacity", nodes.on_demand_units},
                   {"TargetSpotCapacity", nodes.spot_units},
                   {"InstanceTypeConfigs", types}};
  EmrJson launch = EmrJson::object();
  if (nodes.spot_units > 0) {
    launch["SpotSpecification"] = {
        {"TimeoutDurationMinutes", nodes.spot_timeout_minutes},
        {"TimeoutAction", Upper(nodes.spot_timeout_action)},
        {"AllocationStrategy",
         nodes.spot_strategy.empty() ? "price-capacity-optimized" : nodes.spot_strategy}};
  }
  if (!nodes.on_demand_strategy.empty())
    launch["OnDemandSpecification"] = {{"AllocationStrategy", nodes.on_demand_strategy}};
  if (!launch.empty()) fleet["LaunchSpecifications"] = launch;
  return fleet;
}

EmrJson Instances(const EmrCluster& cluster, const EmrGround& ground) {
  EmrJson instances = EmrJson::object();
  EmrJson roles = EmrJson::array();
  for (const EmrRole& role : EmrRoleNodes(cluster))
    roles.push_back(cluster.HasFleets() ? Fleet(role) : Group(role));
  instances[cluster.HasFleets() ? "InstanceFleets" : "InstanceGroups"] = std::move(roles);
  if (cluster.HasFleets())
    instances["Ec2SubnetIds"] = ground.subnets;
  else if (!ground.subnets.empty())
    instances["Ec2SubnetId"] = ground.subnets.front();
  const auto set = [&](const char* field, const EmrJson& value) {
    if (!value.is_null()) instances[field] = value;
  };
  set("EmrManagedMasterSecurityGroup", ground.master_group);
  set("EmrManagedSlaveSecurityGroup", ground.core_group);
  set("ServiceAccessSecurityGroup", ground.service_group);
  if (!cluster.security.ssh_key.empty()) instances["Ec2KeyName"] = cluster.security.ssh_key;
  instances["KeepJobFlowAliveWhenNoSteps"] = cluster.lifetime.keep_alive;
  instances["TerminationProtected"] = cluster.lifetime.termination_protection;
  return instances;
}

EmrJson Step(const std::string& name, const std::string& on_failure,
             const std::vector<std::string>& arguments) {
  return {{"Name", name},
          {"ActionOnFailure", Upper(on_failure)},
          {"HadoopJarStep", {{"Jar", "command-runner.jar"}, {"Args", arguments}}}};
}

EmrJson Steps(const EmrCluster& cluster, const EmrFacts& facts) {
  EmrJson steps = EmrJson::array();
  if (cluster.connect.mode == "step") {
    const auto release = facts.releases.find(cluster.release);
    const std::string spark = release == facts.releases.end() ? "3.5.6" : release->second.spark;
    steps.push_back(Step("Spark Connect server", "continue",
                         {"bash", "-c",
                          fmt::format("/usr/lib/spark/sbin/start-connect-server.sh --packages "
                                      "org.apache.spark:spark-connect_2.12:{} --conf "
                                      "spark.connect.grpc.binding.port=15002",
                                      spark)}));
  }
  for (const EmrStep& step : cluster.steps)
    steps.push_back(Step(step.name, step.on_failure, EmrStepArguments(step)));
  return steps;
}

EmrJson Bootstrap(const EmrCluster& cluster) {
  EmrJson actions = EmrJson::array();
  for (const EmrBootstrap& action : cluster.bootstrap) {
    EmrJson script = {{"Path", action.path}};
    if (!action.arguments.empty()) script["Args"] = action.arguments;
    actions.push_back({{"Name", action.name}, {"ScriptBootstrapAction", script}});
  }
  return actions;
}

EmrJson ComputeLimits(const EmrCluster& cluster) {
  const EmrScaling limits = EmrScalingLimits(cluster);
  const std::string unit = limits.unit == "fleet_units" ? "InstanceFleetUnits"
                           : limits.unit == "vcpu"      ? "VCPU"
                                                        : "Instances";
  return {{"UnitType", unit},
          {"MinimumCapacityUnits", limits.min},
          {"MaximumCapacityUnits", limits.max},
          {"MaximumOnDemandCapacityUnits", limits.max_on_demand},
          {"MaximumCoreCapacityUnits", limits.max_core}};
}

using Properties = std::map<std::string, std::string>;

Properties SparkDefaults(const EmrCluster& cluster, const EmrFacts& facts) {
  const EmrSpark& spark = cluster.spark;
  Properties settings;
  if (spark.sizing == "auto") {
    const EmrExecutors executors = SizeEmrExecutors(cluster, facts);
    if (executors.memory_mb > 0) {
      settings["spark.executor.cores"] = std::to_string(executors.cores);
      settings["spark.executor.memory"] = fmt::format("{}m", executors.memory_mb);
      settings["spark.driver.memory"] = fmt::format("{}m", executors.driver_memory_mb);
    }
  } else if (spark.sizing == "manual") {
    settings["spark.executor.cores"] = std::to_string(spark.executor_cores);
    settings["spark.executor.memory"] = fmt::format("{}m", spark.executor_memory_mb);
    if (spark.driver_memory_mb > 0)
      settings["spark.driver.memory"] = fmt::format("{}m", spark.driver_memory_mb);
  }
  if (spark.shuffle_partitions > 0) {
    settings["spark.sql.shuffle.partitions"] = std::to_string(spark.shuffle_partitions);
  } else if (spark.input.bytes > 0) {
    settings["spark.sql.shuffle.partitions"] = std::to_string(
        std::max(kLeastPartitions, (spark.input.bytes + kPartitionBytes - 1) / kPartitionBytes));
  }
  for (const auto& [name, value] : spark.settings) settings[name] = value;
  return settings;
}

EmrJson AtRest(const EmrJson& kms_key) {
  // S3 with the key, or with S3's own; disks need a key.
  EmrJson s3 = {{"EncryptionMode", kms_key.is_null() ? "SSE-S3" : "SSE-KMS"}};
  if (!kms_key.is_null()) s3["AwsKmsKey"] = kms_key;
  EmrJson at_rest = {{"S3EncryptionConfiguration", s3}};
  if (!kms_key.is_null()) {
    at_rest["LocalDiskEncryptionConfiguration"] = {{"EncryptionKeyProviderType", "AwsKms"},
                                                   {"AwsKmsKey", kms_key},
                                                   {"EnableEbsEncryption", true}};
  }
  return at_rest;
}

}  // namespace

EmrGround ExistingEmrGround(const EmrCluster& cluster) {
  EmrGround ground;
  const auto or_null = [](const std::string& text) {
    return text.empty() ? EmrJson(nullptr) : EmrJson(text);
  };
  const EmrNetwork& network = cluster.network;
  for (const std::string& subnet : network.subnets) ground.subnets.push_back(subnet);
  ground.master_group = or_null(network.master_security_group);
  ground.core_group = or_null(network.core_security_group);
  ground.service_group = or_null(network.service_security_group);
  ground.service_role = or_null(cluster.roles.service);
  ground.instance_profile = or_null(cluster.roles.instance_profile);
  ground.security_configuration = or_null(cluster.security.configuration);
  return ground;
}

EmrGround EmrGroundOf(const EmrCluster& cluster,
                      const std::map<std::string, std::string>& outputs) {
  EmrGround ground = ExistingEmrGround(cluster);
  const auto take = [&](const std::string& name, EmrJson& field) {
    const auto found = outputs.find(name);
    if (found != outputs.end()) field = found->second;
    return found != outputs.end();
  };
  take("MasterGroup", ground.master_group);
  take("CoreGroup", ground.core_group);
  take("ServiceGroup", ground.service_group);
  take("ServiceRole", ground.service_role);
  take("NodeProfile", ground.instance_profile);
  take("SecurityConfiguration", ground.security_configuration);
  EmrJson subnet;
  for (int i = 1; take(fmt::format("Subnet{}", i), subnet); ++i) ground.subnets.push_back(subnet);
  return ground;
}

std::vector<std::string> EmrStepArguments(const EmrStep& step) {
  std::vector<std::string> arguments;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) arguments.push_back(fmt::format("--{}={}", name, value));
  };
  if (step.dist_cp) {
    const EmrDistCp& copy = *step.dist_cp;
    arguments.push_back("s3-dist-cp");
    add("src", copy.src);
    add("dest", copy.dest);
    add("srcPattern", copy.src_pattern);
    add("groupBy", copy.group_by);
    if (copy.target_size.bytes > 0)
      add("targetSize", std::to_string(copy.target_size.bytes / kMib));
    add("outputCodec", copy.output_codec);
    if (copy.multipart_chunk_mib > 0)
      add("multipartUploadChunkSize", std::to_string(copy.multipart_chunk_mib));
    add("outputManifest", copy.output_manifest);
    add("previousManifest", copy.previous_manifest);
    if (copy.copy_from_manifest) arguments.push_back("--copyFromManifest");
    if (copy.delete_on_success) arguments.push_back("--deleteOnSuccess");
  } else if (step.spark) {
    const EmrSparkJob& job = *step.spark;
    arguments = {"spark-submit", "--deploy-mode", job.deploy_mode, "--name", step.name};
    for (const auto& [name, value] : job.settings) {
      arguments.push_back("--conf");
      arguments.push_back(fmt::format("{}={}", name, value));
    }
    const auto add_list = [&](const char* name, const std::vector<std::string>& values) {
      if (values.empty()) return;
      arguments.push_back(name);
      arguments.push_back(fmt::format("{}", fmt::join(values, ",")));
    };
    add_list("--py-files", job.py_files);
    add_list("--jars", job.jars);
    if (!job.main_class.empty()) {
      arguments.push_back("--class");
      arguments.push_back(job.main_class);
    }
    arguments.push_back(job.program);
    arguments.insert(arguments.end(), job.arguments.begin(), job.arguments.end());
  } else {
    arguments = step.command;
  }
  return arguments;
}

EmrJson EmrTags(const EmrCluster& cluster) {
  std::map<std::string, std::string> tags = cluster.tags;
  tags[kManagedPolicyTag] = "true";
  tags.try_emplace("Name", cluster.name);
  tags["ember-cluster"] = cluster.name;
  EmrJson list = EmrJson::array();
  for (const auto& [key, value] : tags) list.push_back({{"Key", key}, {"Value", value}});
  return list;
}

EmrJson EmrSecurityConfiguration(const EmrCluster& cluster, const EmrJson& kms_key) {
  const EmrSecurity& security = cluster.security;
  if (!security.configuration.empty()) return nullptr;
  const bool has_tls = !security.tls_certificates.empty();
  EmrJson json = EmrJson::object();
  if (security.at_rest || has_tls) {
    EmrJson encryption = {{"EnableInTransitEncryption", has_tls},
                          {"EnableAtRestEncryption", security.at_rest}};
    if (security.at_rest) encryption["AtRestEncryptionConfiguration"] = AtRest(kms_key);
    if (has_tls) {
      encryption["InTransitEncryptionConfiguration"] = {
          {"TLSCertificateConfiguration",
           {{"CertificateProviderType", "PEM"}, {"S3Object", security.tls_certificates}}}};
    }
    json["EncryptionConfiguration"] = encryption;
  }
  if (security.imdsv2) {
    json["InstanceMetadataServiceConfiguration"] = {
        {"MinimumInstanceMetadataServiceVersion", 2},
        {"HttpPutResponseHopLimit", security.hop_limit}};
  }
  return json.empty() ? EmrJson(nullptr) : json;
}

EmrJson EmrConfigurations(const EmrCluster& cluster, const EmrFacts& facts) {
  std::map<std::string, Properties> all;
  all["spark-defaults"] = SparkDefaults(cluster, facts);
  if (cluster.spark.sizing == "maximize") all["spark"]["maximizeResourceAllocation"] = "true";
  if (cluster.catalog.type == "glue") {
    all["spark-hive-site"]["hive.metastore.client.factory.class"] =
        "com.amazonaws.glue.catalog.metastore.AWSGlueDataCatalogHiveClientFactory";
  }
  if (cluster.task && EmrUsesSpot(cluster, *cluster.task)) {
    // The application master stays off nodes that spot takes away.
    all["yarn-site"]["yarn.node-labels.enabled"] = "true";
    all["yarn-site"]["yarn.node-labels.am.default-node-label-expression"] = "CORE";
  }
  for (const EmrConfiguration& configuration : cluster.configurations) {
    for (const auto& [name, value] : configuration.properties)
      all[configuration.classification][name] = value;
  }
  EmrJson list = EmrJson::array();
  for (const auto& [classification, properties] : all) {
    if (properties.empty()) continue;
    list.push_back({{"Classification", classification}, {"Properties", properties}});
  }
  return list;
}

EmrJson RunJobFlowRequest(const EmrCluster& cluster, const EmrFacts& facts,
                          const EmrGround& ground) {
  EmrJson request = {{"Name", cluster.name}, {"ReleaseLabel", cluster.release}};
  request["LogUri"] = cluster.LogUri();
  request["ServiceRole"] = ground.service_role;
  request["JobFlowRole"] = ground.instance_profile;
  request["VisibleToAllUsers"] = true;
  EmrJson applications = EmrJson::array();
  for (const std::string& name : cluster.applications) applications.push_back({{"Name", name}});
  constexpr const char* kAgent = "AmazonCloudWatchAgent";
  if (cluster.monitoring.agent &&
      std::find(cluster.applications.begin(), cluster.applications.end(), kAgent) ==
          cluster.applications.end()) {
    applications.push_back({{"Name", kAgent}});
  }
  request["Applications"] = applications;
  request["Instances"] = Instances(cluster, ground);
  const auto set_list = [&](const char* field, EmrJson list) {
    if (!list.empty()) request[field] = std::move(list);
  };
  set_list("Configurations", EmrConfigurations(cluster, facts));
  set_list("BootstrapActions", Bootstrap(cluster));
  set_list("Steps", Steps(cluster, facts));
  request["StepConcurrencyLevel"] = cluster.step_concurrency;
  if (cluster.scaling)
    request["ManagedScalingPolicy"] = {{"ComputeLimits", ComputeLimits(cluster)}};
  if (cluster.lifetime.idle_minutes > 0)
    request["AutoTerminationPolicy"] = {{"IdleTimeout", cluster.lifetime.idle_minutes * 60}};
  if (!ground.security_configuration.is_null())
    request["SecurityConfiguration"] = ground.security_configuration;
  if (cluster.root_volume_gb > 0) request["EbsRootVolumeSize"] = cluster.root_volume_gb;
  if (cluster.connect.mode == "managed") request["SessionEnabled"] = true;
  request["Tags"] = EmrTags(cluster);
  return request;
}

}  // namespace ember
