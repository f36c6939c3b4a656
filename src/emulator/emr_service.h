#pragma once

#include <map>
#include <string>

#include "emulator/cluster_store.h"
#include "emulator/emr_actions.h"
#include "emulator/shapes.h"

namespace ember {

/// EMR's JSON API over a store of clusters. Safe to use from several threads.
class EmrService {
 public:
  explicit EmrService(ClusterStore& store);

  /// The answer to "ElasticMapReduce.<action>". Errors: what ApiFault makes.
  Result<AwsJson> Call(const std::string& action, const AwsJson& request);
  const ShapeTable& shapes() const { return shapes_; }

 private:
  ClusterStore& store_;
  const ShapeTable shapes_;
  std::map<std::string, EmrActionFunction, std::less<>> actions_;
};

}  // namespace ember
