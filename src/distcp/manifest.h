#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "aws/s3_transfer.h"
#include "base/result.h"

namespace ember {

/// A copied file in a manifest of S3DistCp's: gzipped lines of JSON.
struct ManifestEntry {
  std::string path;       // where a copy of its own would be: the target folder and base_name
  std::string base_name;  // below the source folder
  std::string src_dir;    // the target folder: the source of who copies from the manifest
  int64_t size = 0;
  bool operator==(const ManifestEntry&) const = default;
};

/// The manifest's bytes.
Result<std::string> ManifestText(const std::vector<ManifestEntry>& entries);
/// EMBER_INVALID_INPUT, with `name` and the line, for anything else.
Result<std::vector<ManifestEntry>> ParseManifest(std::string_view bytes, const std::string& name);

/// A manifest that is here or in S3; PATH_NOT_FOUND.
Result<std::vector<ManifestEntry>> ReadManifest(S3Clients& clients, const TransferPlace& place,
                                                const std::stop_token& stop);
/// Puts one there whole, in place of another.
Status WriteManifest(S3Clients& clients, const TransferPlace& place,
                     const std::vector<ManifestEntry>& entries, const std::stop_token& stop);

}  // namespace ember
