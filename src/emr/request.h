#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "emr/cluster_file.h"
#include "emr/facts.h"

namespace ember {

using EmrJson = nlohmann::ordered_json;

/// What a cluster stands on, as values of the request: ids and names, or references to what will
/// be made (a template's {"Ref": …}, a shell's "$VARIABLE").
struct EmrGround {
  EmrJson subnets = EmrJson::array();
  EmrJson master_group;  // null: EMR makes its own
  EmrJson core_group;
  EmrJson service_group;
  EmrJson service_role;
  EmrJson instance_profile;
  EmrJson security_configuration;  // null: none
};

/// What the file names itself; what Ember is to make is null.
EmrGround ExistingEmrGround(const EmrCluster& cluster);

/// The same with what the stack of the ground made, by the names of its outputs: ids, or whatever
/// stands for them.
EmrGround EmrGroundOf(const EmrCluster& cluster, const std::map<std::string, std::string>& outputs);

/// The request of RunJobFlow for a cluster: what `emit cli` writes, what templates are made of, and
/// what a start sends. Fields are AWS's own (botocore's service model of emr).
EmrJson RunJobFlowRequest(const EmrCluster& cluster, const EmrFacts& facts,
                          const EmrGround& ground);

/// The configurations of a cluster: Spark's sizing, Glue, node labels, and the file's own, which
/// win.
EmrJson EmrConfigurations(const EmrCluster& cluster, const EmrFacts& facts);

/// A security configuration's JSON; null where the file asks for none or names an existing one.
/// `kms_key` is the key's ARN, or a reference to it; null without one.
EmrJson EmrSecurityConfiguration(const EmrCluster& cluster, const EmrJson& kms_key);

/// The file's tags and those that Ember and EMR's managed policies need, as [{Key, Value}].
EmrJson EmrTags(const EmrCluster& cluster);

/// The arguments of command-runner.jar for a step.
std::vector<std::string> EmrStepArguments(const EmrStep& step);

}  // namespace ember
