// S3 to S3, within the service: nothing passes through this machine.
#include <algorithm>
#include <atomic>

#include "aws/content_checksum.h"
#include "aws/transfer_files.h"

namespace ember {
namespace {

constexpr int64_t kCopyPartSize = int64_t{512} << 20;

class CopyTask final : public TransferTask {
 public:
  CopyTask(TransferWorld& world, const TransferFile& file)
      : world_(world),
        file_(file),
        part_size_(UploadPartSize(file.size, std::min(kCopyPartSize, world.request.copy_limit))),
        is_multipart_(file.size > world.request.copy_limit),
        count_(is_multipart_ ? static_cast<int>((file.size + part_size_ - 1) / part_size_) : 1),
        left_(count_) {}

  int piece_count() const override { return count_; }
  const std::string& etag() const override { return etag_; }
  int64_t continued_bytes() const override { return 0; }
  bool is_unverified() const override { return false; }

  Status SendPiece(int piece) override {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, world_.clients.For(file_.to.bucket));
    const S3CopySource source = {
        .bucket = file_.from.bucket, .key = file_.from.path, .etag = file_.etag};
    if (!is_multipart_) {
      ASSIGN_OR_RETURN(etag_, client->Copy(source, file_.to.path, world_.stop));
      world_.observer.BytesMoved(file_.size);
    } else {
      RETURN_IF_ERROR(Begin(*client, source));
      const int64_t offset = piece * part_size_;
      const S3Range range = {.offset = offset, .size = std::min(part_size_, file_.size - offset)};
      ASSIGN_OR_RETURN(parts_[piece],
                       client->CopyPart(upload_, piece + 1, source, range, world_.stop));
      world_.observer.BytesMoved(range.size);
    }
    if (--left_ > 0) return {};
    if (is_multipart_) {
      ASSIGN_OR_RETURN(etag_, client->CompleteUpload(upload_, parts_, {}, world_.stop));
      is_done_ = true;
    }
    world_.observer.FileFinished(file_);
    return {};
  }

  // The parts cost nothing to make again.
  ~CopyTask() override {
    if (!has_begun_ || is_done_) return;
    Result<std::shared_ptr<S3Client>> client = world_.clients.For(file_.to.bucket);
    if (client.ok()) static_cast<void>((*client)->AbortUpload(upload_));
  }

 private:
  // What the service keeps by itself in a copy of one piece, an upload has to be told.
  Status Begin(S3Client& client, const S3CopySource& source) {
    std::lock_guard lock(mutex_);
    if (has_begun_) return {};
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> from, world_.clients.For(source.bucket));
    ASSIGN_OR_RETURN(std::optional<S3Object> object, from->Head(source.key, world_.stop));
    if (!object) return MakeError("PATH_NOT_FOUND", {{"path", file_.from.Display()}});
    ASSIGN_OR_RETURN(upload_, client.CreateUpload(file_.to.path,
                                                  {.metadata = std::move(object->metadata),
                                                   .content_headers = object->content_headers},
                                                  world_.stop));
    parts_.resize(count_);
    has_begun_ = true;
    return {};
  }

  TransferWorld& world_;
  const TransferFile& file_;
  const int64_t part_size_;
  const bool is_multipart_;
  const int count_;
  std::atomic<int> left_;
  std::mutex mutex_;
  bool has_begun_ = false;  // guarded by mutex_, as what Begin sets
  S3Upload upload_;
  std::vector<S3Part> parts_;  // each element is written by the thread of its piece
  bool is_done_ = false;
  std::string etag_;
};

}  // namespace

std::unique_ptr<TransferTask> MakeCopyTask(TransferWorld& world, const TransferFile& file) {
  return std::make_unique<CopyTask>(world, file);
}

}  // namespace ember
