// Actions about whole clusters.
#include <fmt/format.h>

#include "emulator/api_fault.h"
#include "emulator/cluster_describe.h"
#include "emulator/cluster_lifecycle.h"
#include "emulator/cluster_request.h"
#include "emulator/emr_actions.h"

namespace ember {
namespace {

Result<AwsJson> RunJobFlow(EmrActionContext& context, const AwsJson& request) {
  if (request.contains("SecurityConfiguration") &&
      !context.security.contains(request["SecurityConfiguration"])) {
    return ValidationFault(fmt::format("Security configuration with name '{}' does not exist.",
                                       request["SecurityConfiguration"].get<std::string>()));
  }
  ASSIGN_OR_RETURN(ClusterRecord made, MakeCluster(request, context.world));
  const ClusterRecord& cluster = context.store.Add(std::move(made));
  return AwsJson{{"JobFlowId", cluster.id}, {"ClusterArn", ClusterArn(cluster)}};
}

Result<AwsJson> DescribeCluster(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(const ClusterRecord* cluster, ClusterOf(context, request));
  return AwsJson{{"Cluster", ClusterJson(*cluster)}};
}

Result<AwsJson> ListClusters(EmrActionContext& context, const AwsJson& request) {
  std::vector<AwsJson> items;
  for (const ClusterRecord* cluster : context.store.All()) {
    const double created_s = static_cast<double>(cluster->times.created_us) / 1e6;
    if (request.contains("CreatedAfter") && created_s < request["CreatedAfter"].get<double>())
      continue;
    if (request.contains("CreatedBefore") && created_s > request["CreatedBefore"].get<double>())
      continue;
    if (IsAmong(request, "ClusterStates", cluster->state.name))
      items.push_back(ClusterSummaryJson(*cluster));
  }
  return PageOf(context, request, "Clusters", std::move(items));
}

// All clusters of JobFlowIds, or the fault that refuses the request as a whole.
Result<std::vector<ClusterRecord*>> ClustersOf(EmrActionContext& context, const AwsJson& request) {
  std::vector<ClusterRecord*> clusters;
  for (const AwsJson& id : request["JobFlowIds"]) {
    ClusterRecord* cluster = context.store.Find(id);
    if (cluster == nullptr) return ValidationFault("Specified job flow ID does not exist.");
    clusters.push_back(cluster);
  }
  return clusters;
}

Result<AwsJson> TerminateJobFlows(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(const auto clusters, ClustersOf(context, request));
  bool has_protected = false;
  for (ClusterRecord* cluster : clusters) {
    if (cluster->is_protected && !cluster->is_ending()) {
      has_protected = true;
      continue;
    }
    TerminateCluster(*cluster, {"USER_REQUEST", "Terminated by user request"}, context.world);
    context.store.Settle(*cluster);
  }
  if (has_protected) {
    return ValidationFault(
        "Could not shut down one or more job flows since they are termination protected.");
  }
  return AwsJson::object();
}

// Sets a flag of all clusters of the request; of those that are ending nothing may be changed.
Result<AwsJson> SetFlag(EmrActionContext& context, const AwsJson& request, const char* key,
                        bool ClusterRecord::* flag) {
  ASSIGN_OR_RETURN(const auto clusters, ClustersOf(context, request));
  for (const ClusterRecord* cluster : clusters) {
    if (cluster->is_ending()) {
      return ValidationFault(
          "A job flow that is shutting down, terminated, or finished may not be modified.");
    }
  }
  for (ClusterRecord* cluster : clusters) cluster->*flag = request[key].get<bool>();
  return AwsJson::object();
}

Result<AwsJson> SetTerminationProtection(EmrActionContext& context, const AwsJson& request) {
  return SetFlag(context, request, "TerminationProtected", &ClusterRecord::is_protected);
}
Result<AwsJson> SetKeepAlive(EmrActionContext& context, const AwsJson& request) {
  return SetFlag(context, request, "KeepJobFlowAliveWhenNoSteps", &ClusterRecord::keep_alive);
}
Result<AwsJson> SetVisible(EmrActionContext& context, const AwsJson& request) {
  return SetFlag(context, request, "VisibleToAllUsers", &ClusterRecord::is_visible);
}

Result<AwsJson> ModifyCluster(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, ClusterOf(context, request));
  if (cluster->is_ending()) return InvalidRequestFault("The cluster is shutting down or ended.");
  AwsJson answer = AwsJson::object();
  if (request.contains("StepConcurrencyLevel")) {
    RETURN_IF_ERROR(SetStepConcurrency(*cluster, request["StepConcurrencyLevel"].get<int>()));
    answer["StepConcurrencyLevel"] = cluster->step_concurrency;
  }
  return answer;
}

Result<AwsJson> AddTags(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, ClusterOf(context, request, "ResourceId"));
  RETURN_IF_ERROR(AddTagsTo(cluster->tags, request["Tags"]));
  return AwsJson::object();
}

Result<AwsJson> RemoveTags(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, ClusterOf(context, request, "ResourceId"));
  for (const AwsJson& key : request["TagKeys"]) cluster->tags.erase(key.get<std::string>());
  return AwsJson::object();
}

Result<AwsJson> ListBootstrapActions(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(const ClusterRecord* cluster, ClusterOf(context, request));
  std::vector<AwsJson> items;
  for (const AwsJson& action : cluster->request.value("BootstrapActions", AwsJson::array())) {
    const AwsJson& script = action["ScriptBootstrapAction"];
    items.push_back({{"Name", action["Name"]},
                     {"ScriptPath", script["Path"]},
                     {"Args", script.value("Args", AwsJson::array())}});
  }
  return PageOf(context, request, "BootstrapActions", std::move(items));
}

}  // namespace

std::vector<EmrActionRow> ClusterActions() {
  return {{"RunJobFlow", RunJobFlow},
          {"DescribeCluster", DescribeCluster},
          {"ListClusters", ListClusters},
          {"TerminateJobFlows", TerminateJobFlows},
          {"SetTerminationProtection", SetTerminationProtection},
          {"SetKeepJobFlowAliveWhenNoSteps", SetKeepAlive},
          {"SetVisibleToAllUsers", SetVisible},
          {"ModifyCluster", ModifyCluster},
          {"AddTags", AddTags},
          {"RemoveTags", RemoveTags},
          {"ListBootstrapActions", ListBootstrapActions}};
}

}  // namespace ember
