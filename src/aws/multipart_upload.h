#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "aws/s3_client.h"

namespace ember {

/// The parts of one object on their way, sent by several threads. Content of up to `limit` bytes
/// is one part, and no upload in parts at all.
class MultipartUpload {
 public:
  MultipartUpload(int64_t size, int64_t part_size, int64_t limit);
  /// Always in parts, of these sizes; at least one.
  explicit MultipartUpload(std::vector<int64_t> part_sizes);

  bool is_multipart() const { return !part_ends_.empty() || size_ > limit_; }
  int count() const { return count_; }
  S3Range RangeOf(int part) const;  // from 0

  /// Finds or makes the upload; of one that is continued it fills in the parts that are there.
  using Begin = std::function<Status(S3Upload& upload, std::vector<S3Part>& parts)>;
  using Send =
      std::function<Result<S3Part>(const S3Upload& upload, int number, const S3Range& range)>;
  /// Sends part `part` (from 0) if it is not there. The first of the threads begins; the others
  /// wait for it, and try themselves when it failed.
  Status SendPart(int part, const Begin& begin, const Send& send);
  /// Says that a part is there; whether it was the last one.
  bool IsLast() { return --left_ == 0; }
  /// The new object's ETag.
  Result<std::string> Complete(S3Client& client, const std::stop_token& stop,
                               const S3Condition& condition = {});
  /// What was begun and not completed; null when there is nothing.
  const S3Upload* unfinished() const { return has_begun_ && !is_done_ ? &upload_ : nullptr; }

 private:
  const int64_t size_;
  const int64_t part_size_;
  const int64_t limit_;
  const std::vector<int64_t> part_ends_;  // of given parts
  const int count_;
  std::atomic<int> left_;
  std::mutex mutex_;
  bool has_begun_ = false;  // guarded by mutex_, as what Begin sets
  S3Upload upload_;
  std::vector<S3Part> parts_;  // each element is written by the thread of its part
  bool is_done_ = false;
};

}  // namespace ember
