#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "emr/facts.h"
#include "emr/request.h"

namespace ember {

/// Which part of a cluster's stack: all of it; what the cluster stands on (network, roles, key,
/// bucket, catalog, log group, budget), whose outputs are what RunJobFlow needs; or what watches
/// one that RunJobFlow started (alarms, dashboard), whose parameter Cluster is its id and whose
/// parameter Key, where there is one, is that output of the ground.
enum class EmrStackPart { kAll, kGround, kWatch };

/// The stack as a CloudFormation template. Errors: what CloudFormation has no property for.
Result<EmrJson> CloudFormationTemplate(const EmrCluster& cluster, const EmrFacts& facts,
                                       EmrStackPart part);

/// A template while it is made: resources in the order they are added, parameters and outputs.
struct EmrTemplate {
  EmrJson parameters = EmrJson::object();
  EmrJson resources = EmrJson::object();
  EmrJson outputs = EmrJson::object();

  void Add(const std::string& name, std::string_view type, EmrJson properties);
};

// Intrinsic functions of CloudFormation.
EmrJson CfnRef(std::string_view name);
EmrJson CfnGetAtt(std::string_view name, std::string_view attribute);
EmrJson CfnSub(std::string_view text);
/// `tags` as a template's list, with `name` as their Name.
EmrJson CfnTags(const EmrCluster& cluster, const std::string& name);

// The parts of the stack, each in its own file. Those of the ground note in `ground` what they
// make.
void AddEmrNetwork(const EmrCluster& cluster, EmrTemplate& out, EmrGround& ground);
void AddEmrStorage(const EmrCluster& cluster, EmrTemplate& out, EmrJson& kms_key);
void AddEmrRoles(const EmrCluster& cluster, const EmrJson& kms_key, EmrTemplate& out,
                 EmrGround& ground);
void AddEmrWatch(const EmrCluster& cluster, EmrTemplate& out);
void AddEmrBudget(const EmrCluster& cluster, EmrTemplate& out);

}  // namespace ember
