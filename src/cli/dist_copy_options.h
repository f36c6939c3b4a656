#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "distcp/dist_copy.h"

namespace ember {

/// What `ember s3 copy` takes of S3DistCp, under our names and under its own.
struct DistCopyFlags {
  DistCopyRequest request;
  std::string target_size;
  std::string codec;
  int chunk_mib = 0;
  bool keeps_first_header = false;
  /// Whether any of them was given: S3DistCp's rules then count, not those of plain copies.
  bool IsGiven() const;
};

void AddDistCopyOptions(CLI::App& command, DistCopyFlags& flags);

/// How it is done, beside what.
struct DistCopyDisplay {
  bool is_dry = false;
  bool is_quiet = false;
};
/// `session` is that of the S3 world.
Status RunDistCopyCommand(DistCopyFlags flags, DistCopyDisplay display,
                          std::map<std::string, std::string> session, const std::stop_token& stop);

}  // namespace ember
