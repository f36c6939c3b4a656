#pragma once

#include <string>

#include "base/result.h"
#include "emr/cluster_file.h"
#include "emr/facts.h"

namespace ember {

/// The facts of `--facts FILE`; Ember's own without one.
Result<EmrFacts> LoadEmrFacts(const std::string& facts_file);

/// The cluster of a file without errors, the limits of its costs among them. What is wrong with it
/// is printed, and the result is an error: nothing was asked of AWS.
Result<EmrCluster> LoadEmrCluster(const std::string& file, const EmrFacts& facts);

}  // namespace ember
