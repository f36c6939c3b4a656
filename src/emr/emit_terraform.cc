#include <fmt/format.h>

#include <map>

#include "emr/emit.h"
#include "emr/nodes.h"
#include "emr/request.h"
#include "emr/template.h"
#include "emr/terraform_ground.h"

namespace ember {
namespace {

EmrJson LiteralTree(const EmrJson& json) {
  if (json.is_string()) return TerraformLiteral(json.get<std::string>());
  if (json.is_array()) {
    EmrJson out = EmrJson::array();
    for (const EmrJson& item : json) out.push_back(LiteralTree(item));
    return out;
  }
  if (!json.is_object()) return json;
  EmrJson out = EmrJson::object();
  for (const auto& [key, value] : json.items()) out[key] = LiteralTree(value);
  return out;
}

EmrJson Volumes(const EmrJson& configuration) {
  EmrJson list = EmrJson::array();
  for (const EmrJson& device : configuration["EbsBlockDeviceConfigs"]) {
    const EmrJson& volume = device["VolumeSpecification"];
    EmrJson out = {{"type", volume["VolumeType"]},
                   {"size", volume["SizeInGB"]},
                   {"volumes_per_instance", device["VolumesPerInstance"]}};
    if (volume.contains("Iops")) out["iops"] = volume["Iops"];
    if (volume.contains("Throughput")) out["throughput"] = volume["Throughput"];
    list.push_back(std::move(out));
  }
  return list;
}

EmrJson GroupBlock(const EmrJson& group) {
  EmrJson block = {{"name", group["Name"]},
                   {"instance_type", group["InstanceType"]},
                   {"instance_count", group["InstanceCount"]}};
  if (group.contains("EbsConfiguration")) block["ebs_config"] = Volumes(group["EbsConfiguration"]);
  return block;
}

EmrJson FleetBlock(const EmrJson& fleet) {
  EmrJson types = EmrJson::array();
  for (const EmrJson& type : fleet["InstanceTypeConfigs"]) {
    EmrJson out = {{"instance_type", type["InstanceType"]}};
    if (type.contains("WeightedCapacity")) out["weighted_capacity"] = type["WeightedCapacity"];
    if (type.contains("BidPriceAsPercentageOfOnDemandPrice")) {
      out["bid_price_as_percentage_of_on_demand_price"] =
          type["BidPriceAsPercentageOfOnDemandPrice"];
    }
    if (type.contains("EbsConfiguration")) out["ebs_config"] = Volumes(type["EbsConfiguration"]);
    types.push_back(std::move(out));
  }
  EmrJson block = {{"name", fleet["Name"]},
                   {"target_on_demand_capacity", fleet["TargetOnDemandCapacity"]},
                   {"target_spot_capacity", fleet["TargetSpotCapacity"]},
                   {"instance_type_configs", types}};
  if (!fleet.contains("LaunchSpecifications")) return block;
  const EmrJson& launch = fleet["LaunchSpecifications"];
  EmrJson specifications = EmrJson::object();
  if (launch.contains("SpotSpecification")) {
    const EmrJson& spot = launch["SpotSpecification"];
    specifications["spot_specification"] =
        EmrJson::array({{{"allocation_strategy", spot["AllocationStrategy"]},
                         {"timeout_action", spot["TimeoutAction"]},
                         {"timeout_duration_minutes", spot["TimeoutDurationMinutes"]}}});
  }
  if (launch.contains("OnDemandSpecification")) {
    specifications["on_demand_specification"] = EmrJson::array(
        {{{"allocation_strategy", launch["OnDemandSpecification"]["AllocationStrategy"]}}});
  }
  block["launch_specifications"] = EmrJson::array({specifications});
  return block;
}

// Master and core belong to the cluster's resource, task nodes are resources of their own.
void AddInstances(const EmrJson& instances, EmrJson& cluster, EmrJson& resources) {
  const bool is_fleets = instances.contains("InstanceFleets");
  for (const EmrJson& nodes : instances[is_fleets ? "InstanceFleets" : "InstanceGroups"]) {
    const std::string role = nodes[is_fleets ? "InstanceFleetType" : "InstanceRole"];
    EmrJson block = is_fleets ? FleetBlock(nodes) : GroupBlock(nodes);
    if (role != "TASK") {
      const std::string name = role == "MASTER" ? "master" : "core";
      cluster[name + (is_fleets ? "_instance_fleet" : "_instance_group")] = EmrJson::array({block});
      continue;
    }
    block["cluster_id"] = "${aws_emr_cluster.cluster.id}";
    if (!is_fleets && nodes["Market"] == "SPOT") {
      // The provider has no other way to say spot; EMR never bids more than this price.
      block["bid_price"] = "${var.task_bid_price_usd}";
    }
    block["lifecycle"] = EmrJson::array(
        {{{"ignore_changes",
           is_fleets ? EmrJson::array({"target_on_demand_capacity", "target_spot_capacity"})
                     : EmrJson::array({"instance_count"})}}});
    resources[is_fleets ? "aws_emr_instance_fleet" : "aws_emr_instance_group"]["task"] = block;
  }
  cluster["lifecycle"] = EmrJson::array(
      {{{"ignore_changes", is_fleets
                               ? EmrJson::array({"core_instance_fleet[0].target_on_demand_capacity",
                                                 "core_instance_fleet[0].target_spot_capacity"})
                               : EmrJson::array({"core_instance_group[0].instance_count"})}}});
}

EmrJson Attributes(const EmrJson& request) {
  const EmrJson& instances = request["Instances"];
  EmrJson attributes = {{"instance_profile", request["JobFlowRole"]}};
  for (const auto& [from, to] : std::map<std::string, std::string>{
           {"Ec2SubnetId", "subnet_id"},
           {"Ec2SubnetIds", "subnet_ids"},
           {"Ec2KeyName", "key_name"},
           {"EmrManagedMasterSecurityGroup", "emr_managed_master_security_group"},
           {"EmrManagedSlaveSecurityGroup", "emr_managed_slave_security_group"},
           {"ServiceAccessSecurityGroup", "service_access_security_group"}}) {
    if (instances.contains(from)) attributes[to] = instances[from];
  }
  return attributes;
}

void AddScripts(const EmrJson& request, EmrJson& cluster) {
  if (request.contains("BootstrapActions")) {
    EmrJson actions = EmrJson::array();
    for (const EmrJson& action : request["BootstrapActions"]) {
      EmrJson out = {{"name", action["Name"]}, {"path", action["ScriptBootstrapAction"]["Path"]}};
      if (action["ScriptBootstrapAction"].contains("Args"))
        out["args"] = action["ScriptBootstrapAction"]["Args"];
      actions.push_back(std::move(out));
    }
    cluster["bootstrap_action"] = LiteralTree(actions);
  }
  if (!request.contains("Steps")) return;
  EmrJson steps = EmrJson::array();
  for (const EmrJson& step : request["Steps"]) {
    steps.push_back(
        {{"name", step["Name"]},
         {"action_on_failure", step["ActionOnFailure"]},
         {"hadoop_jar_step", EmrJson::array({{{"jar", step["HadoopJarStep"]["Jar"]},
                                              {"args", step["HadoopJarStep"]["Args"]}}})}});
  }
  cluster["step"] = LiteralTree(steps);
}

EmrJson ClusterBlock(const EmrJson& request) {
  EmrJson applications = EmrJson::array();
  for (const EmrJson& application : request["Applications"])
    applications.push_back(application["Name"]);
  EmrJson tags = EmrJson::object();
  for (const EmrJson& tag : request["Tags"])
    tags[tag["Key"].get<std::string>()] = TerraformLiteral(tag["Value"].get<std::string>());
  EmrJson cluster = {
      {"name", request["Name"]},
      {"release_label", request["ReleaseLabel"]},
      {"log_uri", request["LogUri"]},
      {"service_role", request["ServiceRole"]},
      {"applications", applications},
      {"ec2_attributes", EmrJson::array({Attributes(request)})},
      {"keep_job_flow_alive_when_no_steps", request["Instances"]["KeepJobFlowAliveWhenNoSteps"]},
      {"termination_protection", request["Instances"]["TerminationProtected"]},
      {"step_concurrency_level", request["StepConcurrencyLevel"]},
      {"tags", tags}};
  if (request.contains("Configurations"))
    cluster["configurations_json"] = TerraformLiteral(request["Configurations"].dump());
  if (request.contains("SecurityConfiguration"))
    cluster["security_configuration"] = request["SecurityConfiguration"];
  if (request.contains("EbsRootVolumeSize"))
    cluster["ebs_root_volume_size"] = request["EbsRootVolumeSize"];
  if (request.contains("AutoTerminationPolicy")) {
    cluster["auto_termination_policy"] =
        EmrJson::array({{{"idle_timeout", request["AutoTerminationPolicy"]["IdleTimeout"]}}});
  }
  AddScripts(request, cluster);
  return cluster;
}

EmrJson ScalingBlock(const EmrJson& limits) {
  return {
      {"cluster_id", "${aws_emr_cluster.cluster.id}"},
      {"compute_limits",
       EmrJson::array({{{"unit_type", limits["UnitType"]},
                        {"minimum_capacity_units", limits["MinimumCapacityUnits"]},
                        {"maximum_capacity_units", limits["MaximumCapacityUnits"]},
                        {"maximum_ondemand_capacity_units", limits["MaximumOnDemandCapacityUnits"]},
                        {"maximum_core_capacity_units", limits["MaximumCoreCapacityUnits"]}}})}};
}

}  // namespace

Result<std::string> EmitEmrTerraform(const EmrCluster& cluster, const EmrFacts& facts) {
  if (cluster.connect.mode == "managed") {
    return Unsupported(
        "connect.mode: managed in Terraform, whose AWS provider has no argument for "
        "SessionEnabled");
  }
  if (!cluster.HasFleets() && EmrUsesSpot(cluster, cluster.core))
    return Unsupported("core nodes on spot as a group in Terraform; fleets say it");
  ASSIGN_OR_RETURN(const EmrJson stack,
                   CloudFormationTemplate(cluster, facts, EmrStackPart::kGround));
  ASSIGN_OR_RETURN(TerraformGround ground, TerraformGroundOf(stack, cluster.region));
  EmrJson& resources = ground.resources;
  const EmrJson request = RunJobFlowRequest(cluster, facts, EmrGroundOf(cluster, ground.outputs));
  EmrJson block = ClusterBlock(request);
  AddInstances(request["Instances"], block, resources);
  if (!ground.needed.empty()) block["depends_on"] = ground.needed;
  resources["aws_emr_cluster"]["cluster"] = block;
  if (request.contains("ManagedScalingPolicy")) {
    resources["aws_emr_managed_scaling_policy"]["scaling"] =
        ScalingBlock(request["ManagedScalingPolicy"]["ComputeLimits"]);
  }
  EmrJson out = {
      {"//", fmt::format("The EMR cluster {}.", cluster.name)},
      {"terraform",
       {{"required_providers", {{"aws", {{"source", "hashicorp/aws"}, {"version", ">= 5.40"}}}}}}},
      {"provider", {{"aws", {{"region", cluster.region}}}}}};
  const bool has_bid = resources.contains("aws_emr_instance_group") &&
                       resources["aws_emr_instance_group"]["task"].contains("bid_price");
  if (has_bid) {
    const EmrTypeFact* type = facts.FindType(cluster.task->types.front().name);
    EmrJson variable = {{"type", "string"},
                        {"description", "the most paid for an hour of a task node on spot"}};
    if (type != nullptr) variable["default"] = fmt::format("{}", type->ec2_usd_hour);
    out["variable"]["task_bid_price_usd"] = variable;
  }
  if (!ground.data.empty()) out["data"] = ground.data;
  out["resource"] = resources;
  out["output"]["cluster_id"] = {{"value", "${aws_emr_cluster.cluster.id}"}};
  return out.dump(2) + "\n";
}

}  // namespace ember
