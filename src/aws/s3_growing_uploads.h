#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "aws/s3_journal.h"
#include "store/store.h"

namespace ember {

/// The size of part `number` (from 1) of an upload whose end is not known yet: small ones first,
/// and still within 10,000 parts for the largest object.
int64_t GrowingPartSize(int number);

/// Ends uploads that nobody will complete, for a few seconds at most: what stays is found by
/// `ember s3 clean`.
void AbortUploads(S3Client& client, const std::vector<S3PendingUpload>& uploads);

/// Sends the files of a folder in parts while somebody writes them, from a thread of its own;
/// completes nothing. Files only grow at their ends. Memory is bounded: parts go out of the file
/// system's cache piece by piece.
class S3GrowingUploads {
 public:
  /// Files go to `target`/name_of(path below `folder`).
  S3GrowingUploads(std::shared_ptr<S3Client> client, std::string folder, std::string target,
                   StagedWrite::TargetName name_of);
  /// Ends and aborts what nobody took.
  ~S3GrowingUploads();
  S3GrowingUploads(const S3GrowingUploads&) = delete;
  S3GrowingUploads& operator=(const S3GrowingUploads&) = delete;

  /// Ends the thread, after the parts that are under way; at once when `stop` is requested.
  void Stop(const std::stop_token& stop = {});
  /// What was sent of the file that is the object `key`, and is at `path` now: its first parts,
  /// without a gap. Nothing when there is none, or when the file's beginning is another now. After
  /// Stop; each at most once; safe to call from several threads.
  std::optional<S3PendingUpload> Take(const std::string& key, const std::string& path);

 private:
  struct File {
    S3PendingUpload pending;
    int64_t sent = 0;
    std::string first_part;  // its SHA-256
    bool has_failed = false;
  };
  void Run(const std::stop_token& stop);
  void SendWhatIsThere(const std::stop_token& stop);
  void SendParts(File& file, const std::string& key, const std::string& path, int64_t size,
                 const std::stop_token& stop);

  std::shared_ptr<S3Client> client_;
  const std::string folder_;
  const std::string target_;
  const StagedWrite::TargetName name_of_;
  std::mutex mutex_;
  std::map<std::string, File> files_;  // by key; guarded by mutex_ once the thread has ended
  std::stop_source parts_under_way_;
  std::jthread thread_;
};

}  // namespace ember
