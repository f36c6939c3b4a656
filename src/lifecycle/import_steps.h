#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emr/cluster_file.h"
#include "emr/facts.h"
#include "emr/request.h"

namespace ember {

/// Steps of a request as those of a cluster file: s3-dist-cp and spark-submit by their keys where
/// the keys give the same arguments again, others as commands. A Connect server of Ember's own
/// becomes `connect`.
void AddImportedSteps(const EmrJson& steps, const EmrFacts& facts, EmrJson& file);

/// The arguments of command-runner.jar as a typed step; nothing where its keys would not give the
/// same arguments.
std::optional<EmrStep> ParseEmrStep(const std::string& name,
                                    const std::vector<std::string>& arguments);

}  // namespace ember
