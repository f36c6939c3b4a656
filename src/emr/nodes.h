#pragma once

#include <string>
#include <vector>

#include "emr/cluster_file.h"

namespace ember {

/// Master, core and, where there are any, task nodes, with the paths of their keys.
struct EmrRole {
  std::string path;
  const EmrNodes* nodes;
};
std::vector<EmrRole> EmrRoleNodes(const EmrCluster& cluster);

/// What the cluster starts with, in the units that its scaling counts.
int EmrStartUnits(const EmrCluster& cluster, const EmrNodes& nodes);
/// Whether some of the nodes are bought on spot.
bool EmrUsesSpot(const EmrCluster& cluster, const EmrNodes& nodes);

/// The limits of managed scaling with Ember's defaults for those that the file leaves out.
EmrScaling EmrScalingLimits(const EmrCluster& cluster);

/// "s3://bucket/key" taken apart; an empty bucket where it is no such path.
struct S3Place {
  std::string bucket;
  std::string key;
};
S3Place ParseS3Place(const std::string& path);

/// Where the catalog's tables lie: as the file says, or a folder of its bucket.
std::string EmrCatalogLocation(const EmrCluster& cluster);

}  // namespace ember
