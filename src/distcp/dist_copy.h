#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "aws/s3_transfer.h"
#include "base/result.h"
#include "distcp/manifest.h"

namespace ember {

/// What is done to the compression of files, which their names tell (.gz).
enum class DistCopyCodec {
  kKeep,  // nothing
  kGzip,
  kNone,  // taken away
};

/// What a first line is.
enum class DistCopyHeader {
  kData,       // a line as any other: S3DistCp knows no headers
  kFirstOnly,  // a header that all files of a group have: the result has it once
};

/// Files copied, and files of a group made one, with the options and rules of S3DistCp.
struct DistCopyRequest {
  std::string from;  // a file or a folder, here or in S3
  std::string to;    // a folder
  /// Java's regular expressions for whole paths, as in "s3://bucket/key" and "file:/folder/file".
  std::string src_pattern;
  /// What its groups matched, joined, is the key of a file's group; a file without a key is left
  /// out. Empty: every file stays one.
  std::string group_by;
  int64_t target_size = 0;  // bytes of sources after which a result ends; 0: one result a group
  DistCopyCodec codec = DistCopyCodec::kKeep;
  DistCopyHeader header = DistCopyHeader::kData;
  bool deletes_sources = false;       // once all results are there
  std::string output_manifest;        // a name in the target folder, or a path
  std::string previous_manifest;      // files in it, of the same size, are left out
  bool copies_from_manifest = false;  // previous_manifest lists what is copied
  int parallel = 8;
  int64_t part_size = int64_t{8} << 20;  // of uploads
};

/// A file to be made of others, in this order.
struct DistCopyResult {
  TransferPlace to;
  std::vector<TransferFile> from;
  int64_t bytes = 0;  // of the sources
};

struct DistCopyPlan {
  std::vector<DistCopyResult> results;
  std::vector<ManifestEntry> manifest;  // in the order of the sources
  std::vector<std::string> warnings;
  int64_t files = 0;
  int64_t bytes = 0;
  int64_t left_out = 0;       // not matched
  int64_t copied_before = 0;  // by the previous manifest
};

/// Lists the sources, groups them and looks at what may go wrong with their lines. In a group files
/// are in the order of their paths' bytes. A result takes the next number that is free in the
/// target, as S3DistCp does; without groups it replaces what is there. Errors: EMBER_INVALID_INPUT
/// for patterns and names that cannot be used, PATH_NOT_FOUND, UNSUPPORTED_FEATURE.EMBER for codecs
/// that only S3DistCp has.
Result<DistCopyPlan> PlanDistCopy(S3Clients& clients, const DistCopyRequest& request,
                                  const std::stop_token& stop);

/// Makes the results. None is to be seen before the bytes of all are there; each then appears
/// whole. The manifest follows, then the sources go if they shall.
Status RunDistCopy(S3Clients& clients, const DistCopyRequest& request, const DistCopyPlan& plan,
                   TransferObserver& observer, const std::stop_token& stop);

}  // namespace ember
