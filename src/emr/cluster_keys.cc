// The keys of a cluster file: one table per map, a row per key.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "emr/cluster_reading.h"

namespace ember {
namespace {

using Rows = std::span<const EmrKeyRow>;
Rows KeysOf(const EmrNodes*);
Rows KeysOf(const EmrVolumes*);
Rows KeysOf(const EmrScaling*);
Rows KeysOf(const EmrNetwork*);
Rows KeysOf(const EmrLifetime*);
Rows KeysOf(const EmrRoles*);
Rows KeysOf(const EmrSecurity*);
Rows KeysOf(const EmrStorage*);
Rows KeysOf(const EmrCatalog*);
Rows KeysOf(const EmrSpark*);
Rows KeysOf(const EmrConnect*);
Rows KeysOf(const EmrDistCp*);
Rows KeysOf(const EmrSparkJob*);
Rows KeysOf(const EmrStep*);
Rows KeysOf(const EmrBootstrap*);
Rows KeysOf(const EmrMonitoring*);
Rows KeysOf(const EmrLimits*);
Rows KeysOf(const EmrConfiguration*);

template <typename T>
concept HasKeys = requires(const T* object) { KeysOf(object); };

// What a member's keys are written in: itself, or what an optional or a list holds.
template <typename T>
struct Held {
  using Type = T;
};
template <typename T>
struct Held<std::optional<T>> {
  using Type = T;
};
template <typename T>
struct Held<std::vector<T>> {
  using Type = T;
};

template <typename T>
void Read(const YamlReader& value, const std::string& path, T& out, EmrReading& reading) {
  if constexpr (std::is_same_v<T, std::optional<typename Held<T>::Type>>) {
    out.emplace();
    Read(value, path, *out, reading);
  } else if constexpr (requires { ReadEmrValue(value, path, out, reading); }) {
    ReadEmrValue(value, path, out, reading);
  } else if constexpr (HasKeys<T>) {
    ReadEmrKeys(value, path, &out, KeysOf(&out), reading);
  } else {  // a list of maps
    const auto items = value.Items();
    if (!items.ok()) {
      reading.findings.push_back({"wrong-type", path, reading.cluster.Where(path),
                                  fmt::format("{}: must be a list", path), ""});
      return;
    }
    for (size_t i = 0; i < items->size(); ++i) {
      const std::string item_path = fmt::format("{}[{}]", path, i + 1);
      reading.cluster.positions[item_path] = (*items)[i].location();
      Read((*items)[i], item_path, out.emplace_back(), reading);
    }
  }
}

template <typename Class, typename T>
Class ClassOf(T Class::*);
template <typename Class, typename T>
T MemberOf(T Class::*);

template <auto kMember>
void ReadMember(void* object, const YamlReader& value, const std::string& path,
                EmrReading& reading) {
  using Class = decltype(ClassOf(kMember));
  Read(value, path, static_cast<Class*>(object)->*kMember, reading);
}

template <typename T>
Rows KeysBelow() {
  return KeysOf(static_cast<const T*>(nullptr));
}

struct KeyText {
  std::string_view key;
  std::string_view form;
  std::string_view doc;
  std::string_view alias = "";
  std::span<const std::string_view> choices = {};
};

template <auto kMember>
constexpr EmrKeyRow Key(const KeyText& text) {
  using Inner = typename Held<decltype(MemberOf(kMember))>::Type;
  Rows (*below)() = nullptr;
  if constexpr (HasKeys<Inner>) below = KeysBelow<Inner>;
  return {text.key, text.alias, text.form, text.doc, text.choices, ReadMember<kMember>, below};
}

constexpr auto kInstances = std::to_array<std::string_view>({"groups", "fleets"});
constexpr auto kMarkets = std::to_array<std::string_view>({"on_demand", "spot"});
constexpr auto kUnits = std::to_array<std::string_view>({"instances", "vcpu", "fleet_units"});
constexpr auto kSpotStrategies = std::to_array<std::string_view>(
    {"capacity-optimized", "price-capacity-optimized", "lowest-price", "diversified",
     "capacity-optimized-prioritized"});
constexpr auto kOnDemandStrategies =
    std::to_array<std::string_view>({"lowest-price", "prioritized"});
constexpr auto kTimeoutActions =
    std::to_array<std::string_view>({"switch_to_on_demand", "terminate_cluster"});
constexpr auto kVolumeTypes =
    std::to_array<std::string_view>({"gp3", "gp2", "io1", "st1", "sc1", "standard"});
constexpr auto kCatalogs = std::to_array<std::string_view>({"glue", "none"});
constexpr auto kSizings = std::to_array<std::string_view>({"auto", "manual", "maximize"});
constexpr auto kConnectModes = std::to_array<std::string_view>({"off", "managed", "step"});
constexpr auto kOnFailure =
    std::to_array<std::string_view>({"continue", "cancel_and_wait", "terminate_cluster"});
constexpr auto kCodecs =
    std::to_array<std::string_view>({"none", "gzip", "gz", "lzo", "lzop", "snappy"});
constexpr auto kDeployModes = std::to_array<std::string_view>({"cluster", "client"});

constexpr auto kNodesKeys = std::to_array<EmrKeyRow>({
    Key<&EmrNodes::types>({"types", "type | [type, …] | {type: weight, …}",
                           "the instance types; several, and weights, only in fleets", "type"}),
    Key<&EmrNodes::count>({"count", "1", "nodes of a group"}),
    Key<&EmrNodes::market>({"market", "on_demand", "how a group is bought", "", kMarkets}),
    Key<&EmrNodes::on_demand_units>({"on_demand_units", "0", "a fleet's target on demand"}),
    Key<&EmrNodes::spot_units>({"spot_units", "0", "a fleet's target on spot"}),
    Key<&EmrNodes::bid_percent>(
        {"bid_percent", "100", "the most paid for spot, in percent of the on-demand price"}),
    Key<&EmrNodes::spot_strategy>({"spot_strategy", "price-capacity-optimized",
                                   "how a fleet chooses among spot types", "", kSpotStrategies}),
    Key<&EmrNodes::on_demand_strategy>({"on_demand_strategy", "lowest-price",
                                        "how a fleet chooses among on-demand types", "",
                                        kOnDemandStrategies}),
    Key<&EmrNodes::spot_timeout_minutes>(
        {"spot_timeout_minutes", "20", "how long a fleet waits for spot when it starts"}),
    Key<&EmrNodes::spot_timeout_action>({"spot_timeout_action", "switch_to_on_demand",
                                         "what a fleet does then", "", kTimeoutActions}),
    Key<&EmrNodes::volumes>({"volumes", "{type, size_gb, …}", "EBS volumes of each node", "ebs"}),
});

constexpr auto kVolumesKeys = std::to_array<EmrKeyRow>({
    Key<&EmrVolumes::type>({"type", "gp3", "kind of volume", "", kVolumeTypes}),
    Key<&EmrVolumes::size_gb>({"size_gb", "64", "size of each"}),
    Key<&EmrVolumes::count>({"count", "1", "volumes of a node"}),
    Key<&EmrVolumes::iops>({"iops", "3000", "for gp3 and io1"}),
    Key<&EmrVolumes::throughput_mib_s>({"throughput_mib_s", "125", "for gp3"}),
});

constexpr auto kScalingKeys = std::to_array<EmrKeyRow>({
    Key<&EmrScaling::unit>(
        {"unit", "instances | vcpu | fleet_units", "what the limits count", "", kUnits}),
    Key<&EmrScaling::min>({"min", "2", "fewest core and task nodes together"}),
    Key<&EmrScaling::max>({"max", "10", "most core and task nodes together"}),
    Key<&EmrScaling::max_core>({"max_core", "2", "most core nodes (as many as core asks for)"}),
    Key<&EmrScaling::max_on_demand>(
        {"max_on_demand", "2", "most nodes on demand, the rest is spot (as max_core)"}),
});

constexpr auto kNetworkKeys = std::to_array<EmrKeyRow>({
    Key<&EmrNetwork::create>({"create", "true", "a VPC of its own; otherwise the ids below"}),
    Key<&EmrNetwork::cidr>({"cidr", "10.20.0.0/16", "addresses of the created VPC"}),
    Key<&EmrNetwork::zones>({"zones", "[us-east-1a, …]", "availability zones of its subnets"}),
    Key<&EmrNetwork::nat>({"nat", "true", "a NAT gateway: the way out of the private subnets"}),
    Key<&EmrNetwork::endpoints>(
        {"endpoints", "[logs, sts, …]", "interface endpoints of AWS's services"}),
    Key<&EmrNetwork::vpc>({"vpc", "vpc-…", "an existing VPC", "VpcId"}),
    Key<&EmrNetwork::subnets>({"subnets", "[subnet-…]", "existing subnets", "SubnetId"}),
    Key<&EmrNetwork::master_security_group>({"master_security_group", "sg-…",
                                             "an existing group for the master",
                                             "EmrManagedMasterSecurityGroup"}),
    Key<&EmrNetwork::core_security_group>({"core_security_group", "sg-…",
                                           "an existing group for core and task nodes",
                                           "EmrManagedSlaveSecurityGroup"}),
    Key<&EmrNetwork::service_security_group>({"service_security_group", "sg-…",
                                              "an existing group for EMR's own access",
                                              "ServiceAccessSecurityGroup"}),
    Key<&EmrNetwork::is_private>({"private", "true", "nodes without public addresses"}),
    Key<&EmrNetwork::is_tagged>(
        {"tagged", "false",
         "the existing network carries for-use-with-amazon-emr-managed-policies=true"}),
});

constexpr auto kLifetimeKeys = std::to_array<EmrKeyRow>({
    Key<&EmrLifetime::idle_minutes>({"idle_minutes", "60", "ends after so long idle; 0: never"}),
    Key<&EmrLifetime::keep_alive>({"keep_alive", "true", "stays when no step is left"}),
    Key<&EmrLifetime::termination_protection>(
        {"termination_protection", "false", "must be taken off before it can be ended"}),
});

constexpr auto kRolesKeys = std::to_array<EmrKeyRow>({
    Key<&EmrRoles::create>({"create", "true", "roles with the least rights that serve"}),
    Key<&EmrRoles::service>({"service", "name or ARN", "EMR's role", "ServiceRole"}),
    Key<&EmrRoles::instance_profile>(
        {"instance_profile", "name or ARN", "the nodes' profile", "JobFlowRole"}),
});

constexpr auto kSecurityKeys = std::to_array<EmrKeyRow>({
    Key<&EmrSecurity::kms_key>({"kms_key", "create | ARN", "the key for buckets and volumes"}),
    Key<&EmrSecurity::at_rest>(
        {"at_rest", "true", "encrypts S3 objects, and with kms_key local disks too"}),
    Key<&EmrSecurity::tls_certificates>(
        {"tls_certificates", "s3://…/certificates.zip", "encrypts what nodes tell each other"}),
    Key<&EmrSecurity::imdsv2>({"imdsv2", "true", "instance metadata with tokens only"}),
    Key<&EmrSecurity::hop_limit>({"hop_limit", "1", "how far metadata answers travel"}),
    Key<&EmrSecurity::block_public_access>(
        {"block_public_access", "true", "no bucket of the cluster can be public"}),
    Key<&EmrSecurity::ssh_key>({"ssh_key", "name", "a key pair for SSH", "Ec2KeyName"}),
    Key<&EmrSecurity::configuration>(
        {"configuration", "name", "an existing security configuration", "SecurityConfiguration"}),
});

constexpr auto kStorageKeys = std::to_array<EmrKeyRow>({
    Key<&EmrStorage::bucket>({"bucket", "name", "what the cluster reads and writes"}),
    Key<&EmrStorage::create>({"create", "false", "makes the bucket, private and encrypted"}),
    Key<&EmrStorage::logs>({"logs", "s3://bucket/logs/", "where EMR writes logs", "LogUri"}),
    Key<&EmrStorage::log_region>({"log_region", "region", "of the bucket of the logs"}),
    Key<&EmrStorage::raw_prefix>({"raw_prefix", "raw/", "what moves to Infrequent Access"}),
    Key<&EmrStorage::abort_multipart_days>(
        {"abort_multipart_days", "7", "removes parts of uploads that never ended"}),
    Key<&EmrStorage::infrequent_access_days>(
        {"infrequent_access_days", "90", "moves the raw prefix after so long; 0: never"}),
    Key<&EmrStorage::read>({"read", "[s3://other/raw/, …]", "more that the nodes may read"}),
    Key<&EmrStorage::write>({"write", "[s3://other/out/, …]", "more that they may write"}),
});

constexpr auto kCatalogKeys = std::to_array<EmrKeyRow>({
    Key<&EmrCatalog::type>({"type", "glue | none", "where tables are kept", "", kCatalogs}),
    Key<&EmrCatalog::database>({"database", "stocks", "the database of Glue"}),
    Key<&EmrCatalog::location>({"location", "s3://bucket/warehouse/", "where its tables lie"}),
});

constexpr auto kSparkKeys = std::to_array<EmrKeyRow>({
    Key<&EmrSpark::sizing>(
        {"sizing", "auto",
         "auto: executors by Ember's rules; maximize: one a node, by EMR; manual: as said below",
         "", kSizings}),
    Key<&EmrSpark::input>({"input", "250GiB", "size of a run's input, for partitions and costs"}),
    Key<&EmrSpark::executor_cores>({"executor_cores", "4", "with sizing: manual"}),
    Key<&EmrSpark::executor_memory_mb>({"executor_memory_mb", "9728", "with sizing: manual"}),
    Key<&EmrSpark::executors_per_node>({"executors_per_node", "1", "with sizing: auto"}),
    Key<&EmrSpark::driver_memory_mb>({"driver_memory_mb", "2048", "memory of the driver"}),
    Key<&EmrSpark::shuffle_partitions>({"shuffle_partitions", "200", "tasks of a shuffle"}),
    Key<&EmrSpark::settings>({"settings", "{spark.…: value}", "any of Spark's settings"}),
});

constexpr auto kConnectKeys = std::to_array<EmrKeyRow>({
    Key<&EmrConnect::mode>(
        {"mode", "off", "managed: EMR's sessions (emr-spark-8); step: a server of our own (7.x)",
         "", kConnectModes}),
    Key<&EmrConnect::idle_minutes>({"idle_minutes", "60", "a managed session's idle limit"}),
});

constexpr auto kDistCpKeys = std::to_array<EmrKeyRow>({
    Key<&EmrDistCp::src>({"src", "s3://…", "source folder"}),
    Key<&EmrDistCp::dest>({"dest", "s3://… | hdfs:///…", "target folder"}),
    Key<&EmrDistCp::src_pattern>({"src_pattern", ".*\\.csv", "which files, a regular expression"}),
    Key<&EmrDistCp::group_by>(
        {"group_by", ".*/(\\d{4})-.*", "files of one group become one, by what (…) matches"}),
    Key<&EmrDistCp::target_size>({"target_size", "256MiB", "size of a grouped file"}),
    Key<&EmrDistCp::output_codec>({"output_codec", "none", "compression", "", kCodecs}),
    Key<&EmrDistCp::delete_on_success>({"delete_on_success", "false", "removes what was copied"}),
    Key<&EmrDistCp::multipart_chunk_mib>({"multipart_chunk_mib", "128", "size of upload parts"}),
    Key<&EmrDistCp::output_manifest>({"output_manifest", "manifest.gz", "writes what was copied"}),
    Key<&EmrDistCp::previous_manifest>(
        {"previous_manifest", "s3://…/manifest.gz", "leaves out what was copied before"}),
    Key<&EmrDistCp::copy_from_manifest>(
        {"copy_from_manifest", "false", "copies what the previous manifest lists"}),
});

constexpr auto kSparkJobKeys = std::to_array<EmrKeyRow>({
    Key<&EmrSparkJob::program>({"program", "s3://…/job.py", "a Python program or a jar"}),
    Key<&EmrSparkJob::main_class>({"class", "org.example.Job", "of a jar"}),
    Key<&EmrSparkJob::arguments>({"arguments", "[…]", "of the program"}),
    Key<&EmrSparkJob::py_files>({"py_files", "[s3://…]", "further Python files"}),
    Key<&EmrSparkJob::jars>({"jars", "[s3://…]", "further jars"}),
    Key<&EmrSparkJob::deploy_mode>(
        {"deploy_mode", "cluster", "where the driver runs", "", kDeployModes}),
    Key<&EmrSparkJob::settings>({"settings", "{spark.…: value}", "of this job"}),
});

constexpr auto kStepKeys = std::to_array<EmrKeyRow>({
    Key<&EmrStep::name>({"name", "text", "of the step"}),
    Key<&EmrStep::on_failure>({"on_failure", "continue", "what comes then", "", kOnFailure}),
    Key<&EmrStep::dist_cp>({"s3_dist_cp", "{src, dest, …}", "copies and compacts files"}),
    Key<&EmrStep::spark>({"spark", "{program, …}", "spark-submit"}),
    Key<&EmrStep::command>({"command", "[bash, -c, …]", "any command on the master"}),
});

constexpr auto kBootstrapKeys = std::to_array<EmrKeyRow>({
    Key<&EmrBootstrap::name>({"name", "text", "of the action"}),
    Key<&EmrBootstrap::path>({"path", "s3://…/setup.sh", "a script for every node"}),
    Key<&EmrBootstrap::arguments>({"arguments", "[…]", "of the script"}),
});

constexpr auto kMonitoringKeys = std::to_array<EmrKeyRow>({
    Key<&EmrMonitoring::alarms>({"alarms", "true", "idle, pending, HDFS, lost nodes, silence"}),
    Key<&EmrMonitoring::dashboard>({"dashboard", "true", "a page of CloudWatch"}),
    Key<&EmrMonitoring::agent>({"agent", "false", "CloudWatch's agent on every node"}),
    Key<&EmrMonitoring::email>({"email", "address", "who hears of alarms and budgets"}),
    Key<&EmrMonitoring::log_group>({"log_group", "/ember/NAME", "log group of the runs"}),
    Key<&EmrMonitoring::log_days>({"log_days", "30", "how long logs are kept"}),
    Key<&EmrMonitoring::idle_alarm_minutes>(
        {"idle_alarm_minutes", "30", "idle but alive for so long is an alarm"}),
});

constexpr auto kLimitsKeys = std::to_array<EmrKeyRow>({
    Key<&EmrLimits::usd_per_hour>({"usd_per_hour", "5", "most that an hour may cost"}),
    Key<&EmrLimits::usd_per_run>({"usd_per_run", "5", "most that a run may cost"}),
    Key<&EmrLimits::usd_per_month>({"usd_per_month", "300", "a budget with notice by email"}),
    Key<&EmrLimits::hours>({"hours", "1", "length of a run, for the estimate"}),
});

constexpr auto kConfigurationKeys = std::to_array<EmrKeyRow>({
    Key<&EmrConfiguration::classification>({"classification", "yarn-site", "of EMR", ""}),
    Key<&EmrConfiguration::properties>({"properties", "{name: value}", "what it sets"}),
});

constexpr auto kClusterKeys = std::to_array<EmrKeyRow>({
    Key<&EmrCluster::name>({"name", "stocks", "of the cluster and all that belongs to it"}),
    Key<&EmrCluster::description>({"description", "text", "for people"}),
    Key<&EmrCluster::region>({"region", "us-east-1", "of AWS"}),
    Key<&EmrCluster::release>({"release", "emr-7.13.0", "of EMR", "ReleaseLabel"}),
    Key<&EmrCluster::instances>({"instances", "groups",
                                 "groups: one type each; fleets: several; for the cluster's life",
                                 "", kInstances}),
    Key<&EmrCluster::applications>({"applications", "[Spark]", "of EMR"}),
    Key<&EmrCluster::network>({"network", "{…}", "VPC, subnets, security groups"}),
    Key<&EmrCluster::master>({"master", "m5.xlarge", "the node that schedules"}),
    Key<&EmrCluster::core>({"core", "{type: m5.xlarge, count: 2}", "nodes with HDFS"}),
    Key<&EmrCluster::task>({"task", "{…}", "nodes without HDFS, that come and go"}),
    Key<&EmrCluster::scaling>({"scaling", "{min, max, …}", "EMR's managed scaling"}),
    Key<&EmrCluster::lifetime>({"lifetime", "{…}", "when it ends"}),
    Key<&EmrCluster::roles>({"roles", "{…}", "what EMR and the nodes may do"}),
    Key<&EmrCluster::security>({"security", "{…}", "encryption and access"}),
    Key<&EmrCluster::storage>({"storage", "{bucket: …}", "buckets and logs"}),
    Key<&EmrCluster::catalog>({"catalog", "{…}", "tables"}),
    Key<&EmrCluster::spark>({"spark", "{…}", "executors and settings"}),
    Key<&EmrCluster::connect>({"connect", "{…}", "Spark Connect"}),
    Key<&EmrCluster::steps>({"steps", "[…]", "what runs when it has started"}),
    Key<&EmrCluster::step_concurrency>({"step_concurrency", "1", "steps at a time"}),
    Key<&EmrCluster::bootstrap>({"bootstrap", "[…]", "scripts for every node as it starts"}),
    Key<&EmrCluster::monitoring>({"monitoring", "{…}", "alarms, logs"}),
    Key<&EmrCluster::limits>({"limits", "{…}", "what it may cost"}),
    Key<&EmrCluster::tags>({"tags", "{…}", "of everything that is made"}),
    Key<&EmrCluster::root_volume_gb>({"root_volume_gb", "15", "of every node"}),
    Key<&EmrCluster::configurations>(
        {"configurations", "[{classification, properties}]", "EMR's own, as they are"}),
});

Rows KeysOf(const EmrNodes*) { return kNodesKeys; }
Rows KeysOf(const EmrVolumes*) { return kVolumesKeys; }
Rows KeysOf(const EmrScaling*) { return kScalingKeys; }
Rows KeysOf(const EmrNetwork*) { return kNetworkKeys; }
Rows KeysOf(const EmrLifetime*) { return kLifetimeKeys; }
Rows KeysOf(const EmrRoles*) { return kRolesKeys; }
Rows KeysOf(const EmrSecurity*) { return kSecurityKeys; }
Rows KeysOf(const EmrStorage*) { return kStorageKeys; }
Rows KeysOf(const EmrCatalog*) { return kCatalogKeys; }
Rows KeysOf(const EmrSpark*) { return kSparkKeys; }
Rows KeysOf(const EmrConnect*) { return kConnectKeys; }
Rows KeysOf(const EmrDistCp*) { return kDistCpKeys; }
Rows KeysOf(const EmrSparkJob*) { return kSparkJobKeys; }
Rows KeysOf(const EmrStep*) { return kStepKeys; }
Rows KeysOf(const EmrBootstrap*) { return kBootstrapKeys; }
Rows KeysOf(const EmrMonitoring*) { return kMonitoringKeys; }
Rows KeysOf(const EmrLimits*) { return kLimitsKeys; }
Rows KeysOf(const EmrConfiguration*) { return kConfigurationKeys; }

void AddNodeDefaults(bool are_fleets, const std::string& path, int count, EmrNodes& nodes) {
  if (nodes.types.empty()) nodes.types = {{.name = "m5.xlarge", .path = path + ".types"}};
  if (are_fleets && nodes.on_demand_units < 0 && nodes.spot_units < 0)
    nodes.on_demand_units = count;
  if (nodes.count < 0) nodes.count = are_fleets ? 0 : count;
  nodes.on_demand_units = std::max(0, nodes.on_demand_units);
  nodes.spot_units = std::max(0, nodes.spot_units);
}

// Defaults that depend on what else the file says.
void AddDefaults(EmrCluster& cluster) {
  AddNodeDefaults(cluster.HasFleets(), "master", 1, cluster.master);
  AddNodeDefaults(cluster.HasFleets(), "core", 2, cluster.core);
  if (cluster.task) {
    if (cluster.task->types.empty()) cluster.task->types = cluster.core.types;
    AddNodeDefaults(cluster.HasFleets(), "task", 0, *cluster.task);
  }
}

void AddKeyDocs(Rows rows, const std::string& path, std::vector<EmrKeyDoc>& docs) {
  for (const EmrKeyRow& row : rows) {
    const std::string key = path + std::string(row.key);
    std::string doc(row.doc);
    if (!row.alias.empty()) doc += fmt::format("; also '{}'", row.alias);
    docs.push_back({key, std::string(row.form), std::move(doc)});
    if (row.below != nullptr) AddKeyDocs(row.below(), key + ".", docs);
  }
}

}  // namespace

void ReadEmrValue(const YamlReader& value, const std::string& path, EmrNodes& out,
                  EmrReading& reading) {
  if (value.is_scalar()) return ReadEmrValue(value, path, out.types, reading);
  out.types.clear();
  ReadEmrKeys(value, path, &out, kNodesKeys, reading);
}

std::vector<EmrKeyDoc> EmrKeyDocs() {
  std::vector<EmrKeyDoc> docs;
  AddKeyDocs(kClusterKeys, "", docs);
  return docs;
}

EmrReading ReadEmrCluster(std::string file, const std::string& text) {
  EmrReading reading;
  reading.cluster.file = file;
  const auto root = YamlReader::Parse(
      std::move(file), text, "a cluster file is a map with keys such as name, region and core");
  if (!root.ok()) {
    // "file:line:column: what" as YamlReader says it.
    std::string what = root.error().message.substr(reading.cluster.file.size());
    EmrFinding finding{"not-yaml", "", {1, 1}, what, ""};
    const size_t second = what.find(':', 1);
    const size_t third = second == std::string::npos ? second : what.find(':', second + 1);
    if (third != std::string::npos) {
      finding.at = {std::atoi(what.c_str() + 1), std::atoi(what.c_str() + second + 1)};
      finding.what = what.substr(std::min(third + 2, what.size()));
    }
    reading.findings.push_back(std::move(finding));
    return reading;
  }
  ReadEmrKeys(*root, "", &reading.cluster, kClusterKeys, reading);
  AddDefaults(reading.cluster);
  return reading;
}

}  // namespace ember
