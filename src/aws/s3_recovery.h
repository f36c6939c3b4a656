#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "aws/s3_client.h"

namespace ember {

/// What follows: a listing of all that begins as the path does before its first glob, which
/// RecoverListedS3 will see, or something else.
enum class RecoverBefore { kListing, kOther };

/// Finishes what killed writers had decided, as far as a reader of `path` (names with globs in
/// them) meets it: writes of the folder itself; of the folder that it is a partition folder or a
/// file of; of folders that a glob names. One HEAD for a plain folder without a journal.
Status RecoverS3Path(S3Client& client, const std::vector<std::string>& path, RecoverBefore before,
                     const std::stop_token& stop);

/// The same for journals among listed objects, which lie deeper; whether one was finished, so that
/// the listing is out of date.
Result<bool> RecoverListedS3(S3Client& client, const S3Listing& listing,
                             const std::stop_token& stop);

}  // namespace ember
