#pragma once

#include <string>

#include "base/result.h"
#include "emr/cluster_file.h"
#include "emr/facts.h"

namespace ember {

/// A shell script of AWS CLI calls: the stack of what the cluster stands on, where Ember makes any
/// of it, then `aws emr create-cluster` with the same request that RunJobFlow takes.
Result<std::string> EmitEmrCli(const EmrCluster& cluster, const EmrFacts& facts);

/// A Terraform configuration in JSON: the same stack as an aws_cloudformation_stack, the cluster,
/// its task nodes and its scaling as resources of their own. What managed scaling changes is
/// ignored, so that a later apply does not shrink the cluster. Errors: what Terraform's AWS
/// provider has no argument for.
Result<std::string> EmitEmrTerraform(const EmrCluster& cluster, const EmrFacts& facts);

}  // namespace ember
