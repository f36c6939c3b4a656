#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "aws/s3_client.h"
#include "base/result.h"
#include "lifecycle/running_cluster.h"

namespace ember {

/// A file that a step reads, in the cluster's bucket.
struct UploadedProgram {
  std::string uri;  // "s3://bucket/programs/ember/<hash>/job.py"
  bool was_there = false;
};

/// Puts `text` below programs/ember/ under a name made of its content; what is there already is not
/// sent again. `name` is the last part of the name: Python imports files by it. Errors: S3's.
Result<UploadedProgram> UploadEmrProgram(S3Client& s3, std::string_view name,
                                         const std::string& text, const std::stop_token& stop);

/// Where programs go: the bucket of the cluster's logs. Errors: it has none.
Result<std::string> ProgramBucket(const RunningCluster& cluster);

}  // namespace ember
