// S3 to local files: into a file of another name beside the target, which takes the target's name
// when its content is proved. What an earlier run left of the same version is continued.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "aws/content_checksum.h"
#include "aws/digest.h"
#include "aws/transfer_files.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

class DownloadTask final : public TransferTask {
 public:
  DownloadTask(TransferWorld& world, const TransferFile& file) : world_(world), file_(file) {
    const fs::path target(file.to.path);
    // The object's version is in the name: another version never continues this one.
    const std::string version =
        HexText(DigestBytes(Sha256(file.from.Display() + "\n" + file.etag))).substr(0, 16);
    partial_ = target.parent_path() / (std::string(kPartialDownload) + version);
  }

  int piece_count() const override { return 1; }
  const std::string& etag() const override { return etag_; }
  int64_t continued_bytes() const override { return continued_bytes_; }
  bool is_unverified() const override { return is_unverified_; }

  Status SendPiece(int) override {
    std::error_code error;
    fs::create_directories(fs::path(partial_).parent_path(), error);
    RETURN_IF_ERROR(Fetch());
    RETURN_IF_ERROR(Verify());
    const timespec modified = {.tv_sec = file_.modified_us / 1000000,
                               .tv_nsec = file_.modified_us % 1000000 * 1000};
    const timespec times[2] = {modified, modified};
    utimensat(AT_FDCWD, partial_.c_str(), times, 0);
    if (rename(partial_.c_str(), file_.to.path.c_str()) != 0) return LocalError("write");
    world_.observer.FileFinished(file_);
    return {};
  }

 private:
  Error LocalError(const char* verb) const {
    return TransferError(fmt::format("cannot {} \"{}\": {}", verb, file_.to.path,
                                     std::generic_category().message(errno)));
  }

  Status Fetch() {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, world_.clients.For(file_.from.bucket));
    const int file = open(partial_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) return LocalError("write");
    struct stat info{};
    fstat(file, &info);
    int64_t offset = std::min<int64_t>(info.st_size, file_.size);
    continued_bytes_ = offset;
    world_.observer.BytesMoved(offset);
    Status got;
    if (offset < file_.size) {
      const auto take = [&](std::string_view piece) -> Status {
        for (size_t done = 0; done < piece.size();) {
          const ssize_t put = pwrite(file, piece.data() + done, piece.size() - done, offset);
          if (put < 0) return LocalError("write");
          done += put;
          offset += put;
        }
        world_.observer.BytesMoved(static_cast<int64_t>(piece.size()));
        return {};
      };
      const S3Range range = {.offset = offset, .size = offset == 0 ? -1 : file_.size - offset};
      got = client->Get(file_.from.path, range, file_.etag, take, world_.stop);
    }
    if (got.ok() && ftruncate(file, file_.size) != 0) got = LocalError("write");
    if (close(file) != 0 && got.ok()) got = LocalError("write");
    return got;
  }

  Status Verify() {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, world_.clients.For(file_.from.bucket));
    int64_t part_size = 0;
    const std::optional<ContentEtag> known = ParseContentEtag(file_.etag);
    if (known && known->parts > 1) {
      // A service that does not tell leaves it to trying.
      Result<int64_t> told = client->FirstPartSize(file_.from.path, world_.stop);
      if (told.ok() && *told < file_.size) part_size = *told;
    }
    ASSIGN_OR_RETURN(ContentMatch match, MatchesEtag(partial_, file_.size, file_.etag, part_size));
    if (match == ContentMatch::kSame) return {};
    if (match == ContentMatch::kOther) {
      // With KMS an ETag only looks like a checksum.
      ASSIGN_OR_RETURN(std::optional<S3Object> object, client->Head(file_.from.path, world_.stop));
      if (object && !object->has_content_etag) match = ContentMatch::kUnknown;
    }
    if (match == ContentMatch::kUnknown) {
      is_unverified_ = true;
      return {};
    }
    unlink(partial_.c_str());
    return TransferError(
        fmt::format("what came of \"{}\" is not what its checksum says: nothing "
                    "was kept, do it again",
                    file_.from.Display()));
  }

  TransferWorld& world_;
  const TransferFile& file_;
  std::string partial_;
  int64_t continued_bytes_ = 0;
  bool is_unverified_ = false;
  std::string etag_;
};

}  // namespace

std::unique_ptr<TransferTask> MakeDownloadTask(TransferWorld& world, const TransferFile& file) {
  return std::make_unique<DownloadTask>(world, file);
}

}  // namespace ember
