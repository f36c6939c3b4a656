#pragma once

#include <memory>
#include <string>

#include "aws/s3_client.h"
#include "store/store.h"

namespace ember {

/// A write of the folder `target`, a key. `host` must outlive it.
Result<std::unique_ptr<StagedWrite>> BeginS3Write(std::shared_ptr<S3Client> client, AwsHost& host,
                                                  std::string target, CommitKind kind);

}  // namespace ember
