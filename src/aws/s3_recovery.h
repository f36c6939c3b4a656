#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "aws/s3_client.h"

namespace ember {

/// Finishes what killed writers had decided, as far as somebody who comes to `key` (which may hold
/// globs) meets it: writes of the folder itself; of the folder that it is a partition folder or a
/// file of; of folders that a glob names. One HEAD for a plain folder without a journal.
Status RecoverS3Path(S3Client& client, const std::string& key, const std::stop_token& stop);

/// The same for journals among listed objects, which lie deeper; whether one was finished or is
/// another than the listing shows, so that the listing is out of date.
Result<bool> RecoverListedS3(S3Client& client, const S3Listing& listing,
                             const std::stop_token& stop);

/// All objects whose keys begin with `prefix`, for a reader of `key` (which may hold globs), as
/// they are before or after each of Ember's writes, never in the middle of one: the journals are
/// looked at before the listing and after it, and where one has changed meanwhile, the reader lists
/// again. Two HEADs for a plain folder without a journal. EMBER_INVALID_INPUT when the folder is
/// written again and again meanwhile.
Result<S3Listing> ListSettledS3(S3Client& client, const std::string& key, const std::string& prefix,
                                const std::stop_token& stop);

}  // namespace ember
