// S3 to S3, within the service: nothing passes through this machine.
#include <algorithm>

#include "aws/multipart_upload.h"
#include "aws/transfer_files.h"

namespace ember {
namespace {

constexpr int64_t kCopyPartSize = int64_t{512} << 20;

class CopyTask final : public TransferTask {
 public:
  CopyTask(TransferWorld& world, const TransferFile& file)
      : world_(world),
        file_(file),
        upload_(file.size, std::min(kCopyPartSize, world.request.copy_limit),
                world.request.copy_limit) {}

  int piece_count() const override { return upload_.count(); }
  const std::string& etag() const override { return etag_; }
  int64_t continued_bytes() const override { return 0; }
  bool is_unverified() const override { return false; }

  Status SendPiece(int piece) override {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, world_.clients.For(file_.to.bucket));
    const S3CopySource source = {
        .bucket = file_.from.bucket, .key = file_.from.path, .etag = file_.etag};
    if (!upload_.is_multipart()) {
      ASSIGN_OR_RETURN(etag_, client->Copy(source, file_.to.path, world_.stop));
    } else {
      RETURN_IF_ERROR(upload_.SendPart(
          piece,
          [&](S3Upload& upload, std::vector<S3Part>&) { return Begin(*client, source, upload); },
          [&](const S3Upload& upload, int number, const S3Range& range) {
            return client->CopyPart(upload, number, source, range, world_.stop);
          }));
    }
    world_.observer.BytesMoved(upload_.RangeOf(piece).size);
    if (!upload_.IsLast()) return {};
    if (upload_.is_multipart()) {
      ASSIGN_OR_RETURN(etag_, upload_.Complete(*client, world_.stop));
    }
    world_.observer.FileFinished(file_);
    return {};
  }

  // The parts cost nothing to make again.
  ~CopyTask() override {
    if (upload_.unfinished() == nullptr) return;
    Result<std::shared_ptr<S3Client>> client = world_.clients.For(file_.to.bucket);
    if (client.ok()) static_cast<void>((*client)->AbortUpload(*upload_.unfinished()));
  }

 private:
  // What the service keeps by itself in a copy of one piece, an upload has to be told. Tags it is
  // not: reading them is a right of its own.
  Status Begin(S3Client& client, const S3CopySource& source, S3Upload& upload) {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> from, world_.clients.For(source.bucket));
    ASSIGN_OR_RETURN(std::optional<S3Object> object, from->Head(source.key, world_.stop));
    if (!object) return MakeError("PATH_NOT_FOUND", {{"path", file_.from.Display()}});
    ASSIGN_OR_RETURN(upload, client.CreateUpload(file_.to.path,
                                                 {.metadata = std::move(object->metadata),
                                                  .content_headers = object->content_headers},
                                                 world_.stop));
    return {};
  }

  TransferWorld& world_;
  const TransferFile& file_;
  MultipartUpload upload_;
  std::string etag_;
};

}  // namespace

std::unique_ptr<TransferTask> MakeCopyTask(TransferWorld& world, const TransferFile& file) {
  return std::make_unique<CopyTask>(world, file);
}

}  // namespace ember
