// Actions about policies and security configurations.
#include <fmt/format.h>

#include "emulator/api_fault.h"
#include "emulator/cluster_describe.h"
#include "emulator/cluster_request.h"
#include "emulator/emr_actions.h"

namespace ember {
namespace {

// The policies' actions know ValidationException and no InvalidRequestException of their own.
Result<ClusterRecord*> ClusterOfPolicy(EmrActionContext& context, const AwsJson& request) {
  const std::string id = request["ClusterId"];
  ClusterRecord* cluster = context.store.Find(id);
  if (cluster == nullptr) return ValidationFault(fmt::format("Cluster id '{}' is not valid.", id));
  return cluster;
}

Result<AwsJson> PutScaling(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, LiveClusterOf(context, request, "ClusterId"));
  RETURN_IF_ERROR(SetScalingPolicy(*cluster, request["ManagedScalingPolicy"]));
  return AwsJson::object();
}

Result<AwsJson> GetScaling(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(const ClusterRecord* cluster, ClusterOfPolicy(context, request));
  if (!cluster->scaling_policy) return AwsJson::object();
  return AwsJson{{"ManagedScalingPolicy", *cluster->scaling_policy}};
}

Result<AwsJson> RemoveScaling(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, ClusterOfPolicy(context, request));
  cluster->scaling_policy.reset();
  cluster->scaling.reset();
  return AwsJson::object();
}

Result<AwsJson> PutAutoTermination(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, LiveClusterOf(context, request, "ClusterId"));
  RETURN_IF_ERROR(
      SetAutoTermination(*cluster, request.value("AutoTerminationPolicy", AwsJson::object())));
  return AwsJson::object();
}

Result<AwsJson> GetAutoTermination(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(const ClusterRecord* cluster, ClusterOfPolicy(context, request));
  if (!cluster->idle_timeout_s) return AwsJson::object();
  return AwsJson{{"AutoTerminationPolicy", {{"IdleTimeout", *cluster->idle_timeout_s}}}};
}

Result<AwsJson> RemoveAutoTermination(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, ClusterOfPolicy(context, request));
  cluster->idle_timeout_s.reset();
  return AwsJson::object();
}

Result<AwsJson> CreateSecurity(EmrActionContext& context, const AwsJson& request) {
  const std::string name = request["Name"];
  const std::string text = request["SecurityConfiguration"];
  if (context.security.contains(name)) {
    return InvalidRequestFault(
        fmt::format("Security configuration with name '{}' already exists.", name));
  }
  const AwsJson json = AwsJson::parse(text, nullptr, false);
  if (!json.is_object())
    return InvalidRequestFault("The security configuration is no JSON object.");
  context.security[name] = {text, context.world.now_us};
  return AwsJson{{"Name", name}, {"CreationDateTime", TimeJson(context.world.now_us)}};
}

Result<AwsJson> DescribeSecurity(EmrActionContext& context, const AwsJson& request) {
  const auto found = context.security.find(request["Name"]);
  if (found == context.security.end()) {
    return InvalidRequestFault(fmt::format("Security configuration with name '{}' does not exist.",
                                           request["Name"].get<std::string>()));
  }
  return AwsJson{{"Name", found->first},
                 {"SecurityConfiguration", found->second.text},
                 {"CreationDateTime", TimeJson(found->second.created_us)}};
}

Result<AwsJson> DeleteSecurity(EmrActionContext& context, const AwsJson& request) {
  const std::string name = request["Name"];
  if (!context.security.contains(name)) {
    return InvalidRequestFault(
        fmt::format("Security configuration with name '{}' does not exist.", name));
  }
  for (const ClusterRecord* cluster : context.store.All()) {
    if (!cluster->is_over() && cluster->request.value("SecurityConfiguration", "") == name) {
      return InvalidRequestFault(
          fmt::format("Security configuration '{}' is in use by cluster {}.", name, cluster->id));
    }
  }
  context.security.erase(name);
  return AwsJson::object();
}

Result<AwsJson> ListSecurity(EmrActionContext& context, const AwsJson& request) {
  std::vector<AwsJson> items;
  for (const auto& [name, record] : context.security)
    items.push_back({{"Name", name}, {"CreationDateTime", TimeJson(record.created_us)}});
  return PageOf(context, request, "SecurityConfigurations", std::move(items));
}

}  // namespace

std::vector<EmrActionRow> SettingActions() {
  return {{"PutManagedScalingPolicy", PutScaling},
          {"GetManagedScalingPolicy", GetScaling},
          {"RemoveManagedScalingPolicy", RemoveScaling},
          {"PutAutoTerminationPolicy", PutAutoTermination},
          {"GetAutoTerminationPolicy", GetAutoTermination},
          {"RemoveAutoTerminationPolicy", RemoveAutoTermination},
          {"CreateSecurityConfiguration", CreateSecurity},
          {"DescribeSecurityConfiguration", DescribeSecurity},
          {"DeleteSecurityConfiguration", DeleteSecurity},
          {"ListSecurityConfigurations", ListSecurity}};
}

}  // namespace ember
