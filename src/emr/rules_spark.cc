// Rules on releases, applications, Spark, Connect and the catalog.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "emr/nodes.h"
#include "emr/sizing.h"
#include "emr/validate.h"
#include "yaml/yaml_reader.h"

namespace ember {
namespace {

constexpr auto kError = EmrSeverity::kError;
constexpr auto kWarning = EmrSeverity::kWarning;
constexpr auto kDocs = EmrSource::kDocumentation;
constexpr auto kMemory = EmrSource::kMemory;
constexpr auto kEmber = EmrSource::kEmber;

void CheckReleaseForm(EmrRuleContext& context) {
  const std::string& release = context.cluster.release;
  if (!ParseEmrRelease(release)) context.Find("release", fmt::format("'{}'", release));
}

void CheckReleaseKnown(EmrRuleContext& context) {
  const std::string& release = context.cluster.release;
  const auto parsed = ParseEmrRelease(release);
  if (parsed && parsed->IsAtLeast7(0) && !context.facts.releases.contains(release))
    context.Find("release", fmt::format("'{}' is not in Ember's table of releases", release));
}

void CheckReleaseOld(EmrRuleContext& context) {
  const auto parsed = ParseEmrRelease(context.cluster.release);
  if (parsed && !parsed->IsAtLeast7(10))
    context.Find("release", fmt::format("'{}' is older than emr-7.10.0", context.cluster.release));
}

struct ApplicationRow {
  std::string_view name;
  bool is_spark_family;
};
constexpr auto kApplications = std::to_array<ApplicationRow>({
    {"Spark", true},
    {"Livy", true},
    {"JupyterEnterpriseGateway", true},
    {"AmazonCloudWatchAgent", true},
    {"Delta", true},
    {"Iceberg", true},
    {"Hudi", true},
    {"Hadoop", false},
    {"Hive", false},
    {"HCatalog", false},
    {"HBase", false},
    {"Hue", false},
    {"Flink", false},
    {"JupyterHub", false},
    {"Oozie", false},
    {"Phoenix", false},
    {"Pig", false},
    {"Presto", false},
    {"TensorFlow", false},
    {"Tez", false},
    {"Trino", false},
    {"Zeppelin", false},
    {"ZooKeeper", false},
});

const ApplicationRow* FindApplication(const std::string& name) {
  const auto* row = std::find_if(kApplications.begin(), kApplications.end(),
                                 [&](const auto& r) { return r.name == name; });
  return row == kApplications.end() ? nullptr : row;
}

bool HasApplication(const EmrCluster& cluster, std::string_view name) {
  return std::find(cluster.applications.begin(), cluster.applications.end(), name) !=
         cluster.applications.end();
}

std::string ApplicationPath(const EmrCluster& cluster, size_t index) {
  const std::string path = fmt::format("applications[{}]", index + 1);
  return cluster.IsSet(path) ? path : "applications";
}

void CheckApplications(EmrRuleContext& context) {
  std::vector<std::string_view> names;
  for (const ApplicationRow& row : kApplications) names.push_back(row.name);
  for (size_t i = 0; i < context.cluster.applications.size(); ++i) {
    const std::string& name = context.cluster.applications[i];
    if (FindApplication(name) != nullptr) continue;
    const std::string nearest = NearestName(name, names);
    context.Find(ApplicationPath(context.cluster, i), fmt::format("'{}' is no application", name),
                 nearest.empty() ? "" : fmt::format("Did you mean {}?", nearest));
  }
}

void CheckSparkMissing(EmrRuleContext& context) {
  if (!HasApplication(context.cluster, "Spark"))
    context.Find("applications", "Spark is not among the applications");
}

void CheckSparkOnlyApplications(EmrRuleContext& context) {
  const auto release = ParseEmrRelease(context.cluster.release);
  if (!release || !release->is_spark_only) return;
  for (size_t i = 0; i < context.cluster.applications.size(); ++i) {
    const ApplicationRow* row = FindApplication(context.cluster.applications[i]);
    if (row != nullptr && !row->is_spark_family) {
      context.Find(ApplicationPath(context.cluster, i),
                   fmt::format("{} on {}", row->name, context.cluster.release));
    }
  }
}

void CheckManagedConnect(EmrRuleContext& context) {
  const auto release = ParseEmrRelease(context.cluster.release);
  if (context.cluster.connect.mode == "managed" && release && !release->is_spark_only)
    context.Find("connect.mode", fmt::format("managed sessions on {}", context.cluster.release));
}

void CheckConnectStep(EmrRuleContext& context) {
  const auto release = ParseEmrRelease(context.cluster.release);
  if (context.cluster.connect.mode != "step" || !release) return;
  if (release->is_spark_only || release->major < 7) {
    context.Find("connect.mode", fmt::format("a server of our own on {}", context.cluster.release));
  }
}

void CheckSessionIdle(EmrRuleContext& context) {
  const EmrConnect& connect = context.cluster.connect;
  const double limit = context.facts.Get(EmrNumber::kSessionIdleMaxMinutes);
  if (connect.mode == "managed" && (connect.idle_minutes < 1 || connect.idle_minutes > limit))
    context.Find("connect.idle_minutes", fmt::format("{} minutes", connect.idle_minutes));
}

void CheckGlueDatabase(EmrRuleContext& context) {
  const EmrCatalog& catalog = context.cluster.catalog;
  if (catalog.type == "glue" && catalog.database.empty())
    context.Find("catalog", "Glue without a database");
}

void CheckGlueName(EmrRuleContext& context) {
  const std::string& name = context.cluster.catalog.database;
  const bool is_good = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!is_good) context.Find("catalog.database", fmt::format("'{}'", name));
}

void CheckGlueLocation(EmrRuleContext& context) {
  const std::string& location = context.cluster.catalog.location;
  if (!location.empty() && ParseS3Place(location).bucket.empty())
    context.Find("catalog.location", fmt::format("'{}' is no folder of S3", location));
}

void CheckGlueUnused(EmrRuleContext& context) {
  const EmrCatalog& catalog = context.cluster.catalog;
  if (catalog.type == "none" && (!catalog.database.empty() || !catalog.location.empty()))
    context.Find("catalog", "a database without type: glue");
}

void CheckSettingNames(EmrRuleContext& context) {
  for (const auto& [name, value] : context.cluster.spark.settings) {
    if (!name.starts_with("spark."))
      context.Find(fmt::format("spark.settings.{}", name), fmt::format("'{}'", name));
  }
}

void CheckCommitter(EmrRuleContext& context) {
  const std::string name = "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version";
  const auto& settings = context.cluster.spark.settings;
  const auto found = settings.find(name);
  if (found != settings.end() && found->second == "2")
    context.Find("spark.settings." + name, "FileOutputCommitter of version 2");
}

void CheckDynamicAllocation(EmrRuleContext& context) {
  const std::string name = "spark.dynamicAllocation.enabled";
  const auto& settings = context.cluster.spark.settings;
  const auto found = settings.find(name);
  if (found != settings.end() && found->second == "false" && context.cluster.scaling)
    context.Find("spark.settings." + name, "no dynamic allocation, but managed scaling");
}

void CheckSizingKeys(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (cluster.spark.sizing == "manual") return;
  for (const std::string_view key : {"executor_cores", "executor_memory_mb"}) {
    const std::string path = fmt::format("spark.{}", key);
    if (cluster.IsSet(path))
      context.Find(path, fmt::format("'{}' with sizing: {}", key, cluster.spark.sizing));
  }
  if (cluster.spark.sizing == "maximize" && cluster.IsSet("spark.executors_per_node"))
    context.Find("spark.executors_per_node", "'executors_per_node' with sizing: maximize");
}

void CheckManualSizing(EmrRuleContext& context) {
  const EmrSpark& spark = context.cluster.spark;
  if (spark.sizing == "manual" && (spark.executor_cores == 0 || spark.executor_memory_mb == 0))
    context.Find("spark", "sizing: manual without executor_cores and executor_memory_mb");
}

void CheckExecutorMemory(EmrRuleContext& context) {
  const EmrSpark& spark = context.cluster.spark;
  if (spark.sizing != "manual" || spark.executor_memory_mb == 0) return;
  const int footprint = EmrExecutorFootprintMb(spark.executor_memory_mb, context.facts);
  for (const EmrTypeFact* type : EmrWorkerTypes(context.cluster, context.facts)) {
    if (footprint > type->yarn_mb) {
      context.Find(
          "spark.executor_memory_mb",
          fmt::format("an executor takes {} MB with its overhead, and YARN on {} has {} MB",
                      footprint, type->name, type->yarn_mb));
      return;
    }
  }
}

void CheckExecutorCores(EmrRuleContext& context) {
  const EmrSpark& spark = context.cluster.spark;
  if (spark.sizing != "manual") return;
  for (const EmrTypeFact* type : EmrWorkerTypes(context.cluster, context.facts)) {
    if (spark.executor_cores > type->vcpu) {
      context.Find(
          "spark.executor_cores",
          fmt::format("{} cores, and {} has {}", spark.executor_cores, type->name, type->vcpu));
      return;
    }
  }
}

void CheckExecutorsPerNode(EmrRuleContext& context) {
  const EmrSpark& spark = context.cluster.spark;
  constexpr int kLeastMemoryMb = 1024;
  if (spark.sizing != "auto" || spark.executors_per_node == 0) return;
  const EmrExecutors executors = SizeEmrExecutors(context.cluster, context.facts);
  if (!executors.type.empty() && executors.memory_mb < kLeastMemoryMb) {
    context.Find("spark.executors_per_node",
                 fmt::format("{} executors on {} get {} MB each", spark.executors_per_node,
                             executors.type, executors.memory_mb));
  }
}

void CheckConfigurations(EmrRuleContext& context) {
  const auto& configurations = context.cluster.configurations;
  for (size_t i = 0; i < configurations.size(); ++i) {
    if (configurations[i].classification.empty()) {
      context.Find(fmt::format("configurations[{}]", i + 1),
                   "a configuration without its classification");
    }
  }
}

constexpr auto kRules = std::to_array<EmrRule>({
    {"release-form", kError, "A release is named like emr-7.13.0 or emr-spark-8.0.0.",
     "Take emr-7.13.0.", kDocs, CheckReleaseForm},
    {"release-unknown", kWarning, "Ember cannot say which Spark the release has.",
     "Take a release that Ember knows, or add it to the facts file.", kEmber, CheckReleaseKnown},
    {"release-old", kWarning,
     "Ember's facts hold from emr-7.10 on, where s3:// is S3A; older releases differ.",
     "Take emr-7.13.0.", kDocs, CheckReleaseOld},
    {"application-unknown", kError, "RunJobFlow refuses applications that a release does not have.",
     "Take an application of EMR.", kMemory, CheckApplications},
    {"spark-missing", kError, "Ember's steps and settings are Spark's.", "Add Spark.", kEmber,
     CheckSparkMissing},
    {"application-release", kError, "emr-spark releases have applications of Spark's family only.",
     "Remove it, or take an emr-7 release.", kDocs, CheckSparkOnlyApplications},
    {"connect-managed-release", kError,
     "On EC2, EMR's own Connect sessions exist from emr-spark-8.0.0 on.",
     "Set release: emr-spark-8.0.0, or connect.mode: step.", kDocs, CheckManagedConnect},
    {"connect-step-release", kError,
     "A Connect server of our own is started on emr-7 releases; emr-spark-8 has managed sessions.",
     "Set connect.mode: managed on emr-spark-8, or take an emr-7 release.", kDocs,
     CheckConnectStep},
    {"connect-idle-range", kError, "A session's idle limit is from 1 minute to 24 hours.",
     "Write 1 to 1440.", kDocs, CheckSessionIdle},
    {"glue-database-missing", kError, "Tables of Glue live in a database.", "Set catalog.database.",
     kDocs, CheckGlueDatabase},
    {"glue-database-form", kError,
     "Spark and Athena find databases of lower-case letters, digits and underscores.",
     "Write it like stocks_daily.", kDocs, CheckGlueName},
    {"glue-location-form", kError, "A database of Glue needs a location in S3 for its tables.",
     "Write s3://bucket/warehouse/.", kDocs, CheckGlueLocation},
    {"glue-unused", kWarning, "Without type: glue tables are kept on the cluster and end with it.",
     "Set catalog.type: glue.", kEmber, CheckGlueUnused},
    {"spark-setting-form", kError, "Spark ignores settings that do not begin with spark.",
     "Write spark.hadoop.NAME for Hadoop's settings.", kEmber, CheckSettingNames},
    {"committer-v2", kError,
     "FileOutputCommitter 2 shows half-written output, and keeps it when a job fails.",
     "Remove the setting: EMR's own committer is right for S3.", kDocs, CheckCommitter},
    {"dynamic-allocation-off", kWarning,
     "Nodes that scaling adds get executors only by dynamic allocation.", "Remove the setting.",
     kDocs, CheckDynamicAllocation},
    {"sizing-both", kError, "The key belongs to another way of sizing.",
     "Set sizing: manual, or remove the key.", kEmber, CheckSizingKeys},
    {"sizing-manual-missing", kError, "sizing: manual takes its numbers from the file.",
     "Set both, or sizing: auto.", kEmber, CheckManualSizing},
    {"executor-memory", kError, "YARN starts no executor that is larger than a node's share.",
     "Lower it, or take sizing: auto.", kDocs, CheckExecutorMemory},
    {"executor-cores", kError, "An executor cannot have more cores than the node.",
     "Lower it, or take sizing: auto.", kEmber, CheckExecutorCores},
    {"executors-per-node", kError, "Executors of less than 1 GB spend their memory on themselves.",
     "Take fewer executors a node.", kEmber, CheckExecutorsPerNode},
    {"configuration-classification", kError, "A configuration of EMR says which file it is for.",
     "Add classification: yarn-site or another.", kDocs, CheckConfigurations},
});

}  // namespace

std::span<const EmrRule> EmrSparkRules() { return kRules; }

}  // namespace ember
