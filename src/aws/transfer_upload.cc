// Local files to S3: small ones in one piece, large ones in parts. An upload that an earlier run
// left is continued as far as its parts hold what the file holds.
#include <fmt/format.h>
#include <sys/stat.h>

#include "aws/content_checksum.h"
#include "aws/digest.h"
#include "aws/multipart_upload.h"
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
        upload_(file.size, world.request.part_size, world.request.part_size) {}

  int piece_count() const override { return upload_.count(); }
  const std::string& etag() const override { return etag_; }
  int64_t continued_bytes() const override { return continued_bytes_; }
  bool is_unverified() const override { return false; }

  Status SendPiece(int piece) override {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, world_.clients.For(file_.to.bucket));
    if (!upload_.is_multipart()) {
      ASSIGN_OR_RETURN(
          etag_, client->Put(file_.to.path, {.file = FileRange(0)},
                             {.condition = {}, .checksum = S3Checksum::kSha256}, world_.stop));
    } else {
      RETURN_IF_ERROR(upload_.SendPart(
          piece,
          [&](S3Upload& upload, std::vector<S3Part>& parts) {
            return Begin(*client, upload, parts);
          },
          [&](const S3Upload& upload, int number, const S3Range&) {
            return client->UploadPart(upload, number, {.file = FileRange(piece)}, world_.stop);
          }));
    }
    world_.observer.BytesMoved(upload_.RangeOf(piece).size);
    if (!upload_.IsLast()) return {};
    RETURN_IF_ERROR(CheckUnchanged());
    if (upload_.is_multipart()) {
      ASSIGN_OR_RETURN(etag_, upload_.Complete(*client, world_.stop));
    }
    world_.observer.FileFinished(file_);
    return {};
  }

 private:
  HttpFileRange FileRange(int piece) const {
    const S3Range range = upload_.RangeOf(piece);
    return {.path = file_.from.path, .offset = range.offset, .size = range.size};
  }

  Status Begin(S3Client& client, S3Upload& upload, std::vector<S3Part>& parts) {
    RETURN_IF_ERROR(Continue(client, upload, parts));
    if (!upload.id.empty()) return {};
    ASSIGN_OR_RETURN(
        upload, client.CreateUpload(file_.to.path,
                                    {.checksum = S3Checksum::kSha256, .write_id = MarkOf(file_)},
                                    world_.stop));
    return {};
  }

  // Looks for an upload whose parts are the file's. One that has none of them may be of somebody
  // else: it stays as it is (`ember s3 clean`).
  Status Continue(S3Client& client, S3Upload& begun, std::vector<S3Part>& parts) {
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
        parts[part.number - 1] = std::move(part);
      }
      if (found == 0) continue;
      begun = std::move(upload);
      begun.write_id = MarkOf(file_);
      begun.checksum = S3Checksum::kSha256;
      continued_bytes_ = found;
      return {};
    }
    return {};
  }

  Result<bool> IsOurs(const S3Part& part) const {
    if (part.number < 1 || part.number > upload_.count() || part.checksum.empty()) return false;
    const HttpFileRange range = FileRange(part.number - 1);
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
  MultipartUpload upload_;
  int64_t continued_bytes_ = 0;
  std::string etag_;
};

}  // namespace

std::unique_ptr<TransferTask> MakeUploadTask(TransferWorld& world, const TransferFile& file) {
  return std::make_unique<UploadTask>(world, file);
}

}  // namespace ember
