#include "emr/template.h"

#include <fmt/format.h>

#include <array>

namespace ember {
namespace {

constexpr std::string_view kClusterType = "AWS::EMR::Cluster";

// Configurations as CloudFormation spells them.
EmrJson CfnConfigurations(const EmrJson& configurations) {
  EmrJson list = EmrJson::array();
  for (const EmrJson& configuration : configurations) {
    list.push_back({{"Classification", configuration["Classification"]},
                    {"ConfigurationProperties", configuration["Properties"]}});
  }
  return list;
}

struct RoleField {
  std::string_view role;
  std::string_view group;
  std::string_view fleet;
  bool is_list;
};
constexpr auto kRoleFields = std::to_array<RoleField>({
    {"MASTER", "MasterInstanceGroup", "MasterInstanceFleet", false},
    {"CORE", "CoreInstanceGroup", "CoreInstanceFleet", false},
    {"TASK", "TaskInstanceGroups", "TaskInstanceFleets", true},
});

// RunJobFlow's instances as CloudFormation spells them: a field a role instead of a list.
EmrJson CfnInstances(const EmrJson& instances) {
  EmrJson out = EmrJson::object();
  for (const auto& [key, value] : instances.items()) {
    const bool is_fleets = key == "InstanceFleets";
    if (!is_fleets && key != "InstanceGroups") {
      out[key] = value;
      continue;
    }
    const char* role_key = is_fleets ? "InstanceFleetType" : "InstanceRole";
    for (EmrJson nodes : value) {
      const std::string role = nodes[role_key];
      nodes.erase(role_key);
      for (const RoleField& field : kRoleFields) {
        if (field.role != role) continue;
        const std::string name(is_fleets ? field.fleet : field.group);
        out[name] = field.is_list ? EmrJson::array({nodes}) : nodes;
      }
    }
  }
  return out;
}

EmrJson CfnCluster(EmrJson request) {
  request["Instances"] = CfnInstances(request["Instances"]);
  if (request.contains("Configurations"))
    request["Configurations"] = CfnConfigurations(request["Configurations"]);
  return request;
}

}  // namespace

void EmrTemplate::Add(const std::string& name, std::string_view type, EmrJson properties) {
  resources[name] = {{"Type", type}, {"Properties", std::move(properties)}};
}

EmrJson CfnRef(std::string_view name) { return {{"Ref", name}}; }

EmrJson CfnGetAtt(std::string_view name, std::string_view attribute) {
  return {{"Fn::GetAtt", EmrJson::array({name, attribute})}};
}

EmrJson CfnSub(std::string_view text) { return {{"Fn::Sub", text}}; }

EmrJson CfnTags(const EmrCluster& cluster, const std::string& name) {
  EmrJson tags = EmrTags(cluster);
  for (EmrJson& tag : tags) {
    if (tag["Key"] == "Name") tag["Value"] = name;
  }
  return tags;
}

namespace {

EmrJson Document(const EmrCluster& cluster, const EmrTemplate& out) {
  EmrJson document = {
      {"AWSTemplateFormatVersion", "2010-09-09"},
      {"Description", cluster.description.empty() ? fmt::format("EMR cluster {}", cluster.name)
                                                  : cluster.description}};
  if (!out.parameters.empty()) document["Parameters"] = out.parameters;
  document["Resources"] = out.resources;
  if (!out.outputs.empty()) document["Outputs"] = out.outputs;
  return document;
}

// Alarms and dashboard refer to the cluster and its key as if these were in the same stack.
EmrJson WatchDocument(const EmrCluster& cluster) {
  EmrTemplate out;
  AddEmrWatch(cluster, out);
  out.parameters["Cluster"] = {{"Type", "String"}, {"Description", "The cluster's id"}};
  if (out.resources.contains("Notices") &&
      out.resources["Notices"]["Properties"].contains("KmsMasterKeyId"))
    out.parameters["Key"] = {{"Type", "String"}, {"Description", "The ARN of the cluster's key"}};
  return Document(cluster, out);
}

}  // namespace

Result<EmrJson> CloudFormationTemplate(const EmrCluster& cluster, const EmrFacts& facts,
                                       EmrStackPart part) {
  if (part == EmrStackPart::kWatch) return WatchDocument(cluster);
  if (part == EmrStackPart::kAll && cluster.connect.mode == "managed") {
    return Unsupported(
        "connect.mode: managed in CloudFormation, which has no property for SessionEnabled; `ember "
        "emr emit cli` sends it to RunJobFlow");
  }
  EmrTemplate out;
  EmrGround ground = ExistingEmrGround(cluster);
  EmrJson kms_key;
  AddEmrNetwork(cluster, out, ground);
  AddEmrStorage(cluster, out, kms_key);
  AddEmrRoles(cluster, kms_key, out, ground);
  const EmrJson security = EmrSecurityConfiguration(cluster, kms_key);
  if (!security.is_null()) {
    out.Add("SecurityConfiguration", "AWS::EMR::SecurityConfiguration",
            {{"SecurityConfiguration", security}});
    ground.security_configuration = CfnRef("SecurityConfiguration");
    out.outputs["SecurityConfiguration"] = {{"Value", ground.security_configuration}};
  }
  AddEmrBudget(cluster, out);
  if (part == EmrStackPart::kAll) {
    out.Add("Cluster", kClusterType, CfnCluster(RunJobFlowRequest(cluster, facts, ground)));
    // The nodes' way to S3 and the roles' rights must be there before them.
    EmrJson needs = EmrJson::array();
    for (const char* name : {"S3Endpoint", "PrivateRoute", "PublicRoute", "NodePolicy",
                             "BucketPolicy", "ServiceFromMaster", "ServiceToMaster",
                             "ServiceToCore", "MasterFromService", "CoreFromService"}) {
      if (out.resources.contains(name)) needs.push_back(name);
    }
    if (!needs.empty()) out.resources["Cluster"]["DependsOn"] = needs;
    AddEmrWatch(cluster, out);
    out.outputs["ClusterId"] = {{"Value", CfnRef("Cluster")}};
  }
  return Document(cluster, out);
}

}  // namespace ember
