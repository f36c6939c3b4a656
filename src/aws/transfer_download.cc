// S3 to local files: into a file of another name beside the target, which takes the target's name
// when its content is proved. Large objects come in several ranges at once. What an earlier run
// left of the same version is continued: a second file beside it says how much of each range is
// there.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <optional>

#include "aws/content_checksum.h"
#include "aws/digest.h"
#include "aws/transfer_files.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

class DownloadTask final : public TransferTask {
 public:
  DownloadTask(TransferWorld& world, const TransferFile& file)
      : world_(world),
        file_(file),
        part_size_(UploadPartSize(file.size, world.request.part_size)),
        count_(static_cast<int>(std::max<int64_t>(1, (file.size + part_size_ - 1) / part_size_))),
        left_(count_) {
    const fs::path target(file.to.path);
    // The object's version is in the name: another version never continues this one.
    const std::string version =
        HexText(DigestBytes(Sha256(file.from.Display() + "\n" + file.etag))).substr(0, 16);
    partial_ = target.parent_path() / (std::string(kPartialDownload) + version);
    record_path_ = partial_ + ".pieces";
  }
  ~DownloadTask() override {
    if (fd_ >= 0) close(fd_);
  }

  int piece_count() const override { return count_; }
  const std::string& etag() const override { return etag_; }
  int64_t continued_bytes() const override { return continued_bytes_; }
  bool is_unverified() const override { return is_unverified_; }

  Status SendPiece(int piece) override {
    RETURN_IF_ERROR(Begin());
    Status fetched = Fetch(piece);
    RETURN_IF_ERROR(Note(piece));
    RETURN_IF_ERROR(fetched);
    if (--left_ > 0) return {};
    const bool is_closed = close(fd_) == 0;
    fd_ = -1;
    if (!is_closed) return LocalError("write");
    RETURN_IF_ERROR(Verify());
    const timespec modified = {.tv_sec = file_.modified_us / 1000000,
                               .tv_nsec = file_.modified_us % 1000000 * 1000};
    const timespec times[2] = {modified, modified};
    utimensat(AT_FDCWD, partial_.c_str(), times, 0);
    if (rename(partial_.c_str(), file_.to.path.c_str()) != 0) return LocalError("write");
    unlink(record_path_.c_str());
    world_.observer.FileFinished(file_);
    return {};
  }

 private:
  Error LocalError(const char* verb) const {
    return TransferError(fmt::format("cannot {} \"{}\": {}", verb, file_.to.path,
                                     std::generic_category().message(errno)));
  }

  int64_t SizeOf(int piece) const {
    return std::min(part_size_, file_.size - int64_t{piece} * part_size_);
  }

  // The first of the threads opens the files; the others wait for it.
  Status Begin() {
    std::lock_guard lock(mutex_);
    if (fd_ >= 0) return {};
    std::error_code error;
    fs::create_directories(fs::path(partial_).parent_path(), error);
    ReadRecord();
    fd_ = open(partial_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (fd_ < 0 || ftruncate(fd_, file_.size) != 0) return LocalError("write");
    // Small files leave no record: they come in one piece, soon again.
    if (count_ > 1) {
      record_.open(record_path_, std::ios::app);
      if (record_.tellp() == 0) record_ << part_size_ << std::endl;
      if (!record_) return LocalError("write");
    }
    for (const int64_t bytes : there_) continued_bytes_ += bytes;
    world_.observer.BytesMoved(continued_bytes_);
    return {};
  }

  // Lines "piece bytes", of which the last of a piece counts. A record without its file, and one of
  // pieces of another size, tell nothing.
  void ReadRecord() {
    there_.assign(count_, 0);
    std::ifstream record(record_path_);
    int64_t part_size = 0;
    std::error_code error;
    const bool is_usable = record >> part_size && part_size == part_size_ &&
                           fs::file_size(partial_, error) == static_cast<uintmax_t>(file_.size) &&
                           !error;
    if (!is_usable) {
      unlink(record_path_.c_str());
      return;
    }
    int piece = 0;
    int64_t bytes = 0;
    while (record >> piece >> bytes) {
      if (piece >= 0 && piece < count_ && bytes >= 0 && bytes <= SizeOf(piece)) {
        there_[piece] = bytes;
      }
    }
  }

  Status Note(int piece) {
    std::lock_guard lock(mutex_);
    if (count_ == 1) return {};
    record_ << fmt::format("{} {}", piece, there_[piece]) << std::endl;
    return record_ ? Status() : LocalError("write");
  }

  Status Fetch(int piece) {
    int64_t& there = there_[piece];
    const int64_t size = SizeOf(piece);
    if (there == size) return {};
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, world_.clients.For(file_.from.bucket));
    const int64_t start = int64_t{piece} * part_size_;
    const auto take = [&](std::string_view bytes) -> Status {
      if (there + static_cast<int64_t>(bytes.size()) > size) {
        return TransferError(
            fmt::format("more came of \"{}\" than was asked for", file_.from.Display()));
      }
      for (size_t done = 0; done < bytes.size();) {
        const ssize_t put = pwrite(fd_, bytes.data() + done, bytes.size() - done, start + there);
        if (put < 0) return LocalError("write");
        done += put;
        there += put;
      }
      world_.observer.BytesMoved(static_cast<int64_t>(bytes.size()));
      return {};
    };
    const bool is_whole = count_ == 1 && there == 0;
    const S3Range range = {.offset = start + there, .size = is_whole ? -1 : size - there};
    return client->Get(file_.from.path, range, file_.etag, take, world_.stop);
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
    unlink(record_path_.c_str());
    return TransferError(
        fmt::format("what came of \"{}\" is not what its checksum says: nothing "
                    "was kept, do it again",
                    file_.from.Display()));
  }

  TransferWorld& world_;
  const TransferFile& file_;
  const int64_t part_size_;
  const int count_;
  std::atomic<int> left_;
  std::string partial_;
  std::string record_path_;
  std::mutex mutex_;
  int fd_ = -1;                 // set under mutex_, as what Begin sets
  std::ofstream record_;        // guarded by mutex_
  std::vector<int64_t> there_;  // bytes of each piece; an element is its thread's
  int64_t continued_bytes_ = 0;
  bool is_unverified_ = false;
  std::string etag_;
};

}  // namespace

std::unique_ptr<TransferTask> MakeDownloadTask(TransferWorld& world, const TransferFile& file) {
  return std::make_unique<DownloadTask>(world, file);
}

}  // namespace ember
