#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "aws/aws_api.h"
#include "aws/s3_client.h"
#include "base/result.h"
#include "lifecycle/running_cluster.h"
#include "lifecycle/submitted_step.h"

namespace ember {

/// Where EMR brings a cluster's logs, minutes after they were written.
struct EmrLogPlace {
  std::string cluster_id;
  std::string bucket;
  std::string prefix;  // "logs/emr/j-…/"

  std::string StepPrefix(const std::string& step_id) const {
    return prefix + "steps/" + step_id + "/";
  }
};
/// Errors: EMBER_EMR.LOGS for a cluster without a log URI, with where its logs are then.
Result<EmrLogPlace> EmrLogPlaceOf(const RunningCluster& cluster);

struct EmrLogFile {
  std::string key;
  std::string name;  // below the prefix asked for, without ".gz"
  int64_t size = 0;  // as it lies there, packed
  int64_t modified_us = 0;
  std::string etag;
};

/// What has arrived below a prefix of the place. Errors: EMBER_EMR.LOGS when S3 denies it, with the
/// rights that are needed; S3's others.
Result<std::vector<EmrLogFile>> ListEmrLogs(S3Client& s3, const EmrLogPlace& place,
                                            const std::string& prefix, const std::stop_token& stop);

/// A log's text, unpacked. Errors: as ListEmrLogs; EMBER_AWS.INVALID_ANSWER for a damaged file.
Result<std::string> ReadEmrLog(S3Client& s3, const EmrLogPlace& place, const EmrLogFile& file,
                               const std::stop_token& stop);

struct LogPiece {
  std::string name;
  std::string text;
};

/// Reads logs as they arrive: of each file what is new since the last look.
class EmrLogTail {
 public:
  /// `s3` must outlive it. `names`: which files; empty: all.
  EmrLogTail(S3Client& s3, EmrLogPlace place, std::string prefix, std::vector<std::string> names)
      : s3_(s3), place_(std::move(place)), prefix_(std::move(prefix)), names_(std::move(names)) {}

  Result<std::vector<LogPiece>> Look(const std::stop_token& stop);
  /// When the file that changed last did; 0: none has arrived.
  int64_t modified_us() const { return modified_us_; }

 private:
  struct Seen {
    std::string etag;
    size_t size = 0;     // of the text
    std::string digest;  // of the text
  };

  S3Client& s3_;
  EmrLogPlace place_;
  std::string prefix_;
  std::vector<std::string> names_;
  std::map<std::string, Seen> seen_;
  int64_t modified_us_ = 0;
};

struct FollowOptions {
  std::vector<std::string> names;
  int64_t poll_ms = 5000;
  int64_t late_ms = 360000;  // how long logs may arrive after the end of their step
};

/// Gives `sink` the logs of a step as they arrive, until the step has ended and its last logs are
/// there, or are late. The step as it is then.
Result<SubmittedStep> FollowEmrStepLogs(AwsApi& api, AwsHost& host, S3Client& s3,
                                        const EmrLogPlace& place, const std::string& step_id,
                                        const FollowOptions& options,
                                        const std::function<void(const LogPiece&)>& sink,
                                        const std::stop_token& stop);

/// The end of what a failed step says: of its own stderr and stdout, and where the driver ran in a
/// container of YARN, of that one's. Lines of mere progress are left out. Waits until the logs have
/// arrived, at most `wait_ms`; empty when they have not.
Result<std::vector<LogPiece>> LastWordsOfEmrStep(AwsHost& host, S3Client& s3,
                                                 const EmrLogPlace& place,
                                                 const std::string& step_id, int64_t wait_ms,
                                                 const std::stop_token& stop);

/// The last lines of a log that say something, at most `lines`: without those that Spark logs of
/// its progress (INFO, WARN); of a Python traceback all.
std::string LastWords(std::string_view text, int lines);
/// "application_…" of YARN that a step's log names last; empty where it names none.
std::string YarnApplicationIn(std::string_view text);

}  // namespace ember
