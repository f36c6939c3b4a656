#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "aws/aws_api.h"
#include "base/result.h"
#include "lifecycle/running_cluster.h"

namespace ember {

/// A running cluster as the request of RunJobFlow that would start it once more, as far as EMR
/// tells: steps that were added later are not part of it.
struct ObservedRequest {
  AwsJson request;
  std::vector<std::string> notes;  // what EMR tells and Ember's requests do not have
};

Result<ObservedRequest> ObserveEmrRequest(AwsApi& api, const RunningCluster& cluster,
                                          const std::stop_token& stop);

}  // namespace ember
