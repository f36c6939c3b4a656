#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "aws/s3_transfer.h"

namespace ember {

/// What a path names, with what is there.
struct TransferListing {
  bool is_file = false;             // one file or object, not a folder
  std::vector<TransferFile> files;  // without their targets
};

/// A path of a command: "s3://bucket/key", "file:/x" or a local one.
TransferPlace TransferPlaceOf(const std::string& path);
/// The place `name` in a folder; "" is the folder itself with a slash at its end.
TransferPlace PlaceBelow(const TransferPlace& folder, const std::string& name);
/// "c.csv" of "a/b/c.csv" and of "a/b/c.csv/".
std::string LastNameOf(const std::string& path);

/// A file, or all files below a folder; none when there is nothing. Journals of Ember's own are
/// finished first; they, and downloads that are not whole, are not listed.
Result<TransferListing> ListTransferPlace(S3Clients& clients, const TransferPlace& place,
                                          const std::stop_token& stop);

}  // namespace ember
