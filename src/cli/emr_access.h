#pragma once

#include <memory>
#include <string>

#include "aws/s3_store.h"
#include "base/result.h"
#include "cli/aws_world.h"
#include "lifecycle/running_cluster.h"

namespace ember {

/// What work on a cluster asks AWS with: its services, and its buckets.
struct EmrAccess : AwsWorld {
  std::unique_ptr<S3Clients> clients;

  /// `region`: empty for the environment's.
  static Result<std::unique_ptr<EmrAccess>> Make(const std::string& region = "");
};

/// Access to AWS where the cluster `id_name_or_file` is: in the region of the file, where it is
/// one.
Result<std::unique_ptr<EmrAccess>> AccessToEmrCluster(const std::string& id_name_or_file);

/// Writes `text` to a file, or to stdout where `path` is empty.
Status WriteEmrText(const std::string& path, const std::string& text);

}  // namespace ember
