#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ember {

/// Brings the logs of steps to S3, as EMR does: stdout.gz, stderr.gz and controller.gz below the
/// step's folder, while they grow and at the end.
class StepLogs {
 public:
  using Put = std::function<Status(const std::string& uri, const std::string& bytes)>;
  explicit StepLogs(Put put) : put_(std::move(put)) {}

  /// Puts the files of `folder` that have grown since the last time, at most every two seconds; at
  /// the end all that are left, empty ones too. What fails is tried again with the next call.
  void Bring(const std::string& folder, const std::string& target, bool is_end);

 private:
  Put put_;
  std::map<std::string, size_t> brought_;        // bytes, by target
  std::map<std::string, int64_t> last_time_ms_;  // by folder
};

}  // namespace ember
