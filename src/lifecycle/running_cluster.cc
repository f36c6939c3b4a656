#include "lifecycle/running_cluster.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "emr/cluster_file.h"
#include "lifecycle/answer.h"

namespace ember {
namespace {

constexpr const char* kClusterTag = "ember-cluster";

RunningCluster ReadRunningCluster(const AwsJson& json) {
  const AwsJson& status = AwsStructure(json, "Status");
  const AwsJson& reason = AwsStructure(status, "StateChangeReason");
  const AwsJson& timeline = AwsStructure(status, "Timeline");
  RunningCluster cluster;
  cluster.id = AwsText(json, "Id");
  cluster.name = AwsText(json, "Name");
  cluster.state = AwsText(status, "State");
  cluster.reason_code = AwsText(reason, "Code");
  cluster.reason = AwsText(reason, "Message");
  cluster.release = AwsText(json, "ReleaseLabel");
  cluster.log_uri = AwsText(json, "LogUri");
  cluster.master_dns = AwsText(json, "MasterPublicDnsName");
  cluster.has_fleets = AwsText(json, "InstanceCollectionType") == "INSTANCE_FLEET";
  cluster.is_protected = AwsFlag(json, "TerminationProtected");
  cluster.created_us = AwsTimeUs(timeline, "CreationDateTime").value_or(0);
  cluster.ready_us = AwsTimeUs(timeline, "ReadyDateTime").value_or(0);
  cluster.ended_us = AwsTimeUs(timeline, "EndDateTime").value_or(0);
  for (const AwsJson& tag : AwsList(json, "Tags"))
    cluster.tags[AwsText(tag, "Key")] = AwsText(tag, "Value");
  cluster.json = json;
  return cluster;
}

// The live clusters of a name, those that end among them. Only DescribeCluster tells the tags, and
// the name is what tells apart which clusters to ask for: RunJobFlow takes both from one file, and
// a cluster's name never changes.
Result<std::vector<RunningCluster>> LiveClusters(AwsApi& api, const std::string& name,
                                                 const std::stop_token& stop) {
  AwsApiCall call;
  call.action = "ListClusters";
  call.request = {
      {"ClusterStates", {"STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING"}}};
  call.stop = stop;
  ASSIGN_OR_RETURN(const AwsJson listed, ListAws(api, call, {"Clusters"}));
  std::vector<RunningCluster> clusters;
  for (const AwsJson& entry : listed) {
    if (AwsText(entry, "Name") != name) continue;
    ASSIGN_OR_RETURN(RunningCluster cluster, DescribeEmrCluster(api, AwsText(entry, "Id"), stop));
    if (cluster.is_live()) clusters.push_back(std::move(cluster));
  }
  return clusters;
}

// The one that stays; else the last one that ends. Errors: more than one stays.
Result<std::optional<RunningCluster>> OneOf(std::vector<RunningCluster> clusters,
                                            const std::string& what) {
  std::optional<RunningCluster> staying;
  std::optional<RunningCluster> ending;
  std::vector<std::string> ids;
  for (RunningCluster& cluster : clusters) {
    const bool stays = cluster.state != "TERMINATING";
    if (stays) ids.push_back(cluster.id);
    std::optional<RunningCluster>& place = stays ? staying : ending;
    if (!place || place->created_us <= cluster.created_us) place = std::move(cluster);
  }
  if (ids.size() > 1) {
    return InvalidInput(
        fmt::format("{} live clusters {}: {}; name one of them by its id, and end the others with "
                    "ember emr down ID --apply",
                    ids.size(), what, fmt::join(ids, ", ")));
  }
  return staying ? std::move(staying) : std::move(ending);
}

Result<std::string> NameInFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return InvalidInput(fmt::format("cannot read '{}'", path));
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const std::string name = ReadEmrCluster(path, text).cluster.name;
  if (name.empty()) return InvalidInput(fmt::format("'{}' names no cluster", path));
  return name;
}

}  // namespace

Result<RunningCluster> DescribeEmrCluster(AwsApi& api, const std::string& id,
                                          const std::stop_token& stop) {
  AwsApiCall call;
  call.action = "DescribeCluster";
  call.request = {{"ClusterId", id}};
  call.stop = stop;
  ASSIGN_OR_RETURN(const AwsJson answer, api.Call(call));
  RunningCluster cluster = ReadRunningCluster(AwsStructure(answer, "Cluster"));
  if (cluster.id.empty()) cluster.id = id;
  if (cluster.state.empty()) {
    return MakeError("EMBER_AWS.INVALID_ANSWER",
                     {{"what", fmt::format("cluster {} without a state", id)}});
  }
  return cluster;
}

bool IsEmrClusterId(const std::string& text) {
  return text.starts_with("j-") &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 2) == std::string::npos;
}

Result<std::vector<RunningCluster>> ListEmrClusters(AwsApi& api, const std::string& name,
                                                    const std::stop_token& stop) {
  ASSIGN_OR_RETURN(std::vector<RunningCluster> clusters, LiveClusters(api, name, stop));
  std::erase_if(clusters, [&](const RunningCluster& cluster) {
    const auto tag = cluster.tags.find(kClusterTag);
    return tag == cluster.tags.end() || tag->second != name;
  });
  return clusters;
}

Result<std::optional<RunningCluster>> FindEmrCluster(AwsApi& api, const std::string& name,
                                                     const std::stop_token& stop) {
  ASSIGN_OR_RETURN(std::vector<RunningCluster> clusters, ListEmrClusters(api, name, stop));
  return OneOf(std::move(clusters), fmt::format("carry the tag {} = {}", kClusterTag, name));
}

Result<std::string> EmrClusterName(const std::string& name_or_file) {
  std::error_code code;
  const bool is_file = name_or_file.ends_with(".yaml") || name_or_file.ends_with(".yml") ||
                       std::filesystem::is_regular_file(name_or_file, code);
  return is_file ? NameInFile(name_or_file) : Result<std::string>(name_or_file);
}

Result<RunningCluster> ResolveEmrCluster(AwsApi& api, const std::string& id_or_name,
                                         const std::stop_token& stop) {
  if (IsEmrClusterId(id_or_name)) return DescribeEmrCluster(api, id_or_name, stop);
  ASSIGN_OR_RETURN(const std::string name, EmrClusterName(id_or_name));
  ASSIGN_OR_RETURN(std::vector<RunningCluster> clusters, LiveClusters(api, name, stop));
  ASSIGN_OR_RETURN(std::optional<RunningCluster> found,
                   OneOf(std::move(clusters), fmt::format("are named {}", name)));
  if (found) return *std::move(found);
  return InvalidInput(
      fmt::format("no live cluster is named '{}' in {}: start one with ember emr up FILE --apply, "
                  "or name it by its id (j-…)",
                  name, api.region()));
}

}  // namespace ember
