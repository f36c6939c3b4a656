#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace ember {

/// An s3-dist-cp as `ember s3 copy`.
struct DistCpCopy {
  std::vector<std::string> arguments;  // behind "ember s3 copy"
  std::vector<std::string> notes;      // what is left out without another result
};

/// Of "s3-dist-cp", and its options as `--k=v` or `--k v`. Error: EMBER_INVALID_INPUT names an
/// option that s3-dist-cp does not have, or that cannot be emulated, or a missing one.
Result<DistCpCopy> DistCpCopyOf(const std::vector<std::string>& words);

}  // namespace ember
