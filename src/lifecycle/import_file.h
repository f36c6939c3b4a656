#pragma once

#include <string>
#include <vector>

#include "emr/facts.h"
#include "emr/request.h"
#include "lifecycle/observed_request.h"

namespace ember {

/// A cluster file for a cluster that runs.
struct ImportedFile {
  std::string yaml;
  std::vector<std::string> warnings;  // what the file does not say; in it as comments too
};

/// The file whose request is the observed one; where it cannot be, a warning says what differs.
/// `source` names the cluster in the file's first line.
ImportedFile ImportEmrFile(const ObservedRequest& observed, const std::string& region,
                           const std::string& source, const EmrFacts& facts);

/// The places where two values differ, with both: "Instances.InstanceGroups[1].InstanceCount: 2,
/// …".
std::vector<std::string> EmrDifferences(const EmrJson& cluster, const EmrJson& file);

/// A JSON object as YAML: its members one below the other, what they hold in one line each.
std::string EmrYaml(const EmrJson& json);

}  // namespace ember
