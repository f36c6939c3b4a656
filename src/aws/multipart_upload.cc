#include "aws/multipart_upload.h"

#include <algorithm>
#include <numeric>

#include "aws/content_checksum.h"

namespace ember {
namespace {

int CountOf(int64_t size, int64_t part_size, int64_t limit) {
  return size > limit ? static_cast<int>((size + part_size - 1) / part_size) : 1;
}

std::vector<int64_t> EndsOf(std::vector<int64_t> sizes) {
  std::partial_sum(sizes.begin(), sizes.end(), sizes.begin());
  return sizes;
}

}  // namespace

MultipartUpload::MultipartUpload(int64_t size, int64_t part_size, int64_t limit)
    : size_(size),
      part_size_(UploadPartSize(size, part_size)),
      limit_(limit),
      count_(CountOf(size, part_size_, limit)),
      left_(count_) {}

MultipartUpload::MultipartUpload(std::vector<int64_t> part_sizes)
    : size_(std::accumulate(part_sizes.begin(), part_sizes.end(), int64_t{0})),
      part_size_(0),
      limit_(0),
      part_ends_(EndsOf(std::move(part_sizes))),
      count_(static_cast<int>(part_ends_.size())),
      left_(count_) {}

S3Range MultipartUpload::RangeOf(int part) const {
  if (!part_ends_.empty()) {
    const int64_t begin = part == 0 ? 0 : part_ends_[part - 1];
    return {.offset = begin, .size = part_ends_[part] - begin};
  }
  if (!is_multipart()) return {.offset = 0, .size = size_};
  const int64_t offset = part * part_size_;
  return {.offset = offset, .size = std::min(part_size_, size_ - offset)};
}

Status MultipartUpload::SendPart(int part, const Begin& begin, const Send& send) {
  {
    std::lock_guard lock(mutex_);
    if (!has_begun_) {
      parts_.assign(count_, {});
      RETURN_IF_ERROR(begin(upload_, parts_));
      has_begun_ = true;
    }
  }
  if (parts_[part].number != 0) return {};
  ASSIGN_OR_RETURN(parts_[part], send(upload_, part + 1, RangeOf(part)));
  return {};
}

Result<std::string> MultipartUpload::Complete(S3Client& client, const std::stop_token& stop,
                                              const S3Condition& condition) {
  ASSIGN_OR_RETURN(std::string etag, client.CompleteUpload(upload_, parts_, condition, stop));
  is_done_ = true;
  return etag;
}

}  // namespace ember
