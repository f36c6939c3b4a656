#pragma once

#include <memory>
#include <string>

#include "aws/s3_client.h"
#include "store/store.h"

namespace ember {

/// A write of the folder `target`, a key. `host` must outlive it.
Result<std::unique_ptr<StagedWrite>> BeginS3Write(std::shared_ptr<S3Client> client, AwsHost& host,
                                                  std::string target, CommitKind kind);
/// Finishes what a killed writer had decided at the folder `target`.
Status RecoverS3(S3Client& client, const std::string& target, const std::stop_token& stop);

}  // namespace ember
