#pragma once

#include <string>

#include "emr/cluster_file.h"
#include "emr/request.h"

namespace ember {

/// The IAM policy of a person who runs plan, up, status, scale, down, submit and logs for the
/// cluster: the actions of these calls, and those that CloudFormation asks for in that person's
/// name for each kind of resource in the cluster's stacks. "*" stands only where the service has no
/// resources for an action. `account`: empty for any.
Result<EmrJson> EmrCallerPolicy(const EmrCluster& cluster, const EmrFacts& facts,
                                const std::string& account);

}  // namespace ember
