// Local files to S3: small ones in one piece, large ones in parts. An upload that an earlier run
// left is continued as far as its parts hold what the file holds.
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <optional>

#include "aws/content_checksum.h"
#include "aws/digest.h"
#include "aws/transfer_files.h"

namespace ember {
namespace {

// The mark of the object: the same again for the same state of the file, so that a run which
// continues knows what an earlier one completed.
std::string MarkOf(const TransferFile& file) {
  const std::string state =
      fmt::format("{}\n{}\n{}", file.to.Display(), file.size, file.modified_us);
  return HexText(DigestBytes(Sha256(state))).substr(0, 32);
}

class UploadTask final : public TransferTask {
 public:
  UploadTask(TransferWorld& world, const TransferFile& file)
      : world_(world),
        file_(file),
        part_size_(UploadPartSize(file.size, world.request.part_size)),
        is_multipart_(file.size > world.request.part_size),
        count_(is_multipart_ ? static_cast<int>((file.size + part_size_ - 1) / part_size_) : 1),
        left_(count_) {}

  int piece_count() const override { return count_; }
  const std::string& etag() const override { return etag_; }
  int64_t continued_bytes() const override { return continued_bytes_; }
  bool is_unverified() const override { return false; }

  Status SendPiece(int piece) override {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, world_.clients.For(file_.to.bucket));
    if (!is_multipart_) {
      ASSIGN_OR_RETURN(
          etag_, client->Put(file_.to.path, {.file = RangeOf(0)},
                             {.condition = {}, .checksum = S3Checksum::kSha256}, world_.stop));
      world_.observer.BytesMoved(file_.size);
    } else {
      RETURN_IF_ERROR(Begin(*client));
      if (parts_[piece].number == 0) {
        ASSIGN_OR_RETURN(parts_[piece], client->UploadPart(upload_, piece + 1,
                                                           {.file = RangeOf(piece)}, world_.stop));
      }
      world_.observer.BytesMoved(RangeOf(piece).size);
    }
    if (--left_ > 0) return {};
    RETURN_IF_ERROR(CheckUnchanged());
    if (is_multipart_) {
      ASSIGN_OR_RETURN(etag_, client->CompleteUpload(upload_, parts_, {}, world_.stop));
    }
    world_.observer.FileFinished(file_);
    return {};
  }

 private:
  HttpFileRange RangeOf(int piece) const {
    const int64_t offset = piece * part_size_;
    return {.path = file_.from.path,
            .offset = offset,
            .size = std::min(part_size_, file_.size - offset)};
  }

  // The first of the threads finds or begins the upload; the others wait for it.
  Status Begin(S3Client& client) {
    std::lock_guard lock(mutex_);
    if (has_begun_) return {};
    parts_.resize(count_);
    RETURN_IF_ERROR(Continue(client));
    if (upload_.id.empty()) {
      ASSIGN_OR_RETURN(
          upload_, client.CreateUpload(file_.to.path,
                                       {.checksum = S3Checksum::kSha256, .write_id = MarkOf(file_)},
                                       world_.stop));
    }
    has_begun_ = true;
    return {};
  }

  // Looks for an upload whose parts are the file's. One that has none of them may be of somebody
  // else: it stays as it is (`ember s3 clean`).
  Status Continue(S3Client& client) {
    ASSIGN_OR_RETURN(std::vector<S3Upload> uploads, client.ListUploads(file_.to.path, world_.stop));
    for (S3Upload& upload : uploads) {
      if (upload.key != file_.to.path) continue;
      Result<std::vector<S3Part>> listed = client.ListParts(upload, world_.stop);
      if (!listed.ok()) continue;  // ended meanwhile
      int64_t found = 0;
      for (S3Part& part : *listed) {
        ASSIGN_OR_RETURN(bool is_ours, IsOurs(part));
        if (!is_ours) continue;
        found += part.size;
        parts_[part.number - 1] = std::move(part);
      }
      if (found == 0) continue;
      upload_ = std::move(upload);
      upload_.write_id = MarkOf(file_);
      upload_.checksum = S3Checksum::kSha256;
      continued_bytes_ = found;
      return {};
    }
    return {};
  }

  Result<bool> IsOurs(const S3Part& part) const {
    if (part.number < 1 || part.number > count_ || part.checksum.empty()) return false;
    const HttpFileRange range = RangeOf(part.number - 1);
    if (range.size != part.size) return false;
    ASSIGN_OR_RETURN(Sha256Digest digest, Sha256OfFile(range.path, range.offset, range.size));
    return Base64Text(DigestBytes(digest)) == part.checksum;
  }

  // Parts of two states of a file would be neither.
  Status CheckUnchanged() const {
    struct stat info{};
    const bool is_there = stat(file_.from.path.c_str(), &info) == 0;
    const int64_t modified_us =
        int64_t{info.st_mtim.tv_sec} * 1000000 + info.st_mtim.tv_nsec / 1000;
    if (is_there && info.st_size == file_.size && modified_us == file_.modified_us) return {};
    return TransferError(fmt::format(
        "\"{}\" changed while it was sent: do it again once nobody writes it", file_.from.path));
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
  int64_t continued_bytes_ = 0;
  std::string etag_;
};

}  // namespace

std::unique_ptr<TransferTask> MakeUploadTask(TransferWorld& world, const TransferFile& file) {
  return std::make_unique<UploadTask>(world, file);
}

}  // namespace ember
