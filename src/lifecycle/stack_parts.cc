#include "lifecycle/stack_parts.h"

#include "emr/template.h"

namespace ember {
namespace {

Result<std::optional<EmrStackRequest>> StackOf(const EmrCluster& cluster, const EmrFacts& facts,
                                               EmrStackPart part, std::string name) {
  ASSIGN_OR_RETURN(EmrJson document, CloudFormationTemplate(cluster, facts, part));
  if (document["Resources"].empty()) return std::optional<EmrStackRequest>();
  EmrStackRequest request;
  request.name = std::move(name);
  request.document = std::move(document);
  request.tags = EmrTags(cluster);
  return std::optional<EmrStackRequest>(std::move(request));
}

}  // namespace

std::string EmrGroundStackName(const std::string& cluster_name) { return "ember-" + cluster_name; }

std::string EmrWatchStackName(const std::string& cluster_name) {
  return EmrGroundStackName(cluster_name) + "-watch";
}

Result<std::optional<EmrStackRequest>> EmrGroundStack(const EmrCluster& cluster,
                                                      const EmrFacts& facts) {
  return StackOf(cluster, facts, EmrStackPart::kGround, EmrGroundStackName(cluster.name));
}

Result<std::optional<EmrStackRequest>> EmrWatchStack(
    const EmrCluster& cluster, const EmrFacts& facts, const std::string& cluster_id,
    const std::map<std::string, std::string>& ground) {
  ASSIGN_OR_RETURN(std::optional<EmrStackRequest> request,
                   StackOf(cluster, facts, EmrStackPart::kWatch, EmrWatchStackName(cluster.name)));
  if (!request) return request;
  request->parameters["Cluster"] = cluster_id;
  if (request->document["Parameters"].contains("Key")) {
    const auto key = ground.find("Key");
    request->parameters["Key"] = key == ground.end() ? "" : key->second;
  }
  return request;
}

}  // namespace ember
