#include "emr/nodes.h"

#include <array>
#include <string_view>

namespace ember {

std::vector<EmrRole> EmrRoleNodes(const EmrCluster& cluster) {
  std::vector<EmrRole> roles = {{"master", &cluster.master}, {"core", &cluster.core}};
  if (cluster.task) roles.push_back({"task", &*cluster.task});
  return roles;
}

int EmrStartUnits(const EmrCluster& cluster, const EmrNodes& nodes) {
  return cluster.HasFleets() ? nodes.on_demand_units + nodes.spot_units : nodes.count;
}

bool EmrUsesSpot(const EmrCluster& cluster, const EmrNodes& nodes) {
  return cluster.HasFleets() ? nodes.spot_units > 0 : nodes.market == "spot";
}

EmrScaling EmrScalingLimits(const EmrCluster& cluster) {
  EmrScaling limits = cluster.scaling.value_or(EmrScaling{});
  if (limits.unit.empty()) limits.unit = cluster.HasFleets() ? "fleet_units" : "instances";
  if (!cluster.IsSet("scaling.max_core")) limits.max_core = EmrStartUnits(cluster, cluster.core);
  if (!cluster.IsSet("scaling.max_on_demand")) limits.max_on_demand = limits.max_core;
  return limits;
}

std::string EmrCatalogLocation(const EmrCluster& cluster) {
  if (!cluster.catalog.location.empty()) return cluster.catalog.location;
  return "s3://" + cluster.storage.bucket + "/warehouse/" + cluster.catalog.database + "/";
}

S3Place ParseS3Place(const std::string& path) {
  for (const std::string_view scheme : {"s3://", "s3a://", "s3n://"}) {
    if (!path.starts_with(scheme)) continue;
    const std::string rest = path.substr(scheme.size());
    const size_t slash = rest.find('/');
    return {rest.substr(0, slash), slash == std::string::npos ? "" : rest.substr(slash + 1)};
  }
  return {};
}

}  // namespace ember
