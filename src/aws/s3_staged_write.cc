#include "aws/s3_staged_write.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <set>

#include "aws/parallel.h"
#include "aws/s3_growing_uploads.h"
#include "aws/s3_journal.h"
#include "aws/s3_recovery.h"
#include "base/uuid.h"
#include "store/stoppable_commit.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kMaxParts = 10000;
constexpr size_t kPartsAtOnce = 4;  // of one file; several files go at once, too
constexpr int64_t kPollMs = 500;

struct StagedFile {
  std::string path;
  std::string key;
  int64_t size = 0;
};

// What of a file is not in the parts that were sent while it was written.
std::vector<HttpFileRange> RangesLeft(const StagedFile& file, const std::vector<S3Part>& parts) {
  int64_t offset = 0;
  for (const S3Part& part : parts) offset += part.size;
  std::vector<HttpFileRange> ranges;
  while (offset < file.size) {
    const int number = static_cast<int>(parts.size() + ranges.size()) + 1;
    const int64_t left = file.size - offset;
    const int64_t part_size = std::max(GrowingPartSize(number), left / (kMaxParts - number + 1));
    ranges.push_back({.path = file.path, .offset = offset, .size = std::min(part_size, left)});
    offset += ranges.back().size;
  }
  return ranges;
}

class S3StagedWrite final : public StagedWrite, public StoppableCommit {
 public:
  S3StagedWrite(std::shared_ptr<S3Client> client, AwsHost& host, std::string target,
                CommitKind kind, std::string staging)
      : client_(std::move(client)),
        host_(host),
        target_(std::move(target)),
        journal_target_(S3JournalTarget(target_)),
        kind_(kind),
        staging_(std::move(staging)) {}
  ~S3StagedWrite() override {
    growing_.reset();
    if (!is_decided_) AbortUploads(*client_, journal_.uploads);
    std::error_code error;
    fs::remove_all(staging_, error);
  }

  const std::string& staging_directory() const override { return staging_; }

  void SendWhileWritten(TargetName name_of) override {
    growing_ = std::make_unique<S3GrowingUploads>(client_, staging_, target_, std::move(name_of));
  }

  void StopCommitOn(std::stop_token stop) override { stop_ = std::move(stop); }

  Status Commit() override {
    if (growing_ != nullptr) growing_->Stop(stop_);
    journal_.write_id = NewUuid();
    RETURN_IF_ERROR(UploadAll());
    ASSIGN_OR_RETURN(std::string etag, Prepare());
    Status chosen = ChooseOldObjects();
    if (chosen.ok() && stop_.stop_requested()) chosen = MakeError("OPERATION_CANCELLED");
    // From here on nothing waits for data any more, and what is decided is best done at once.
    if (!chosen.ok()) {
      const S3Journal undone = {.state = S3WriteState::kUndone, .write_id = journal_.write_id};
      static_cast<void>(SwapS3Journal(*client_, journal_target_, undone, etag, {}));
      return chosen;
    }
    journal_.state = S3WriteState::kDecided;
    Result<std::optional<std::string>> decided =
        SwapS3Journal(*client_, journal_target_, journal_, etag, {});
    if (!decided.ok()) {
      // Whether the swap arrived is unknown: only the journal can tell.
      is_decided_ = true;
      ASSIGN_OR_RETURN(std::optional<S3StoredJournal> now,
                       ReadS3Journal(*client_, journal_target_, {}));
      is_decided_ = now && now->journal.write_id == journal_.write_id &&
                    now->journal.state != S3WriteState::kPrepared;
      if (!is_decided_) return std::move(decided).error();
      return RollForwardS3(*client_, journal_target_, *now, {});
    }
    if (!*decided) return Contended();
    is_decided_ = true;
    return RollForwardS3(*client_, journal_target_, {journal_, **decided}, {});
  }

 private:
  Error Contended() const {
    return InvalidInput(fmt::format("another writer of \"s3://{}/{}\" was faster: try again",
                                    client_->settings().bucket, target_));
  }

  Status UploadAll() {
    std::vector<StagedFile> files;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(staging_, error)) {
      if (!entry.is_regular_file()) continue;
      const std::string key = target_ + "/" + fs::relative(entry.path(), staging_).generic_string();
      const auto size = static_cast<int64_t>(entry.file_size());
      // No upload has an empty part; an empty object is put when the write is decided.
      if (size == 0) {
        journal_.empty_objects.push_back(key);
      } else {
        files.push_back({entry.path(), key, size});
      }
    }
    if (error) return InvalidInput(fmt::format("cannot list \"{}\"", staging_));
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.key < b.key; });
    return ForEachInParallel(files.size(), [&](size_t i) { return UploadFile(files[i]); });
  }

  Status UploadFile(const StagedFile& file) {
    S3PendingUpload pending;
    if (growing_ != nullptr) {
      pending = growing_->Take(file.key, file.path).value_or(S3PendingUpload{});
    }
    if (pending.upload.id.empty()) {
      ASSIGN_OR_RETURN(pending.upload, client_->CreateUpload(file.key, {}, stop_));
    }
    const std::vector<HttpFileRange> ranges = RangesLeft(file, pending.parts);
    const size_t sent = pending.parts.size();
    pending.parts.resize(sent + ranges.size());
    Status done = ForEachInParallel(
        ranges.size(),
        [&](size_t i) -> Status {
          ASSIGN_OR_RETURN(pending.parts[sent + i],
                           client_->UploadPart(pending.upload, static_cast<int>(sent + i) + 1,
                                               {.file = ranges[i]}, stop_));
          return {};
        },
        kPartsAtOnce);
    // Also after an error: the destructor aborts it.
    std::lock_guard lock(mutex_);
    journal_.uploads.push_back(std::move(pending));
    return done;
  }

  // Takes the folder: the journal's ETag.
  Result<std::string> Prepare() {
    S3Journal prepared = {.state = S3WriteState::kPrepared, .write_id = journal_.write_id};
    const int64_t give_up_us = host_.NowUs() + 2 * kS3LeaseUs;
    while (host_.NowUs() < give_up_us) {
      ASSIGN_OR_RETURN(std::optional<S3StoredJournal> found,
                       ReadS3Journal(*client_, journal_target_, stop_));
      if (found && found->journal.state == S3WriteState::kDecided) {
        RETURN_IF_ERROR(RollForwardS3(*client_, journal_target_, *found, stop_));
        continue;
      }
      const bool is_held = found && found->journal.state == S3WriteState::kPrepared &&
                           found->journal.lease_until_us > host_.NowUs();
      if (is_held) {
        RETURN_IF_ERROR(host_.Sleep(kPollMs, stop_));
        continue;
      }
      prepared.lease_until_us = host_.NowUs() + kS3LeaseUs;
      ASSIGN_OR_RETURN(
          std::optional<std::string> etag,
          SwapS3Journal(*client_, journal_target_, prepared, found ? found->etag : "", {}));
      if (etag) return *std::move(etag);
    }
    return Contended();
  }

  // What the commit removes. The folder is ours: no other write of Ember's is decided meanwhile.
  Status ChooseOldObjects() {
    if (kind_ == CommitKind::kAppend) return {};
    // Decided writes of folders in this one are finished, or their objects would come back later.
    S3Listing listing;
    for (bool is_changed = true; is_changed;) {
      ASSIGN_OR_RETURN(listing, client_->List({.prefix = target_ + "/"}, stop_));
      ASSIGN_OR_RETURN(is_changed, RecoverListedS3(*client_, listing, stop_));
    }
    if (kind_ == CommitKind::kCreate) {
      const bool is_there = !listing.objects.empty();
      if (!is_there) return {};
      return MakeError(
          "PATH_ALREADY_EXISTS",
          {{"outputPath", fmt::format("s3://{}/{}", client_->settings().bucket, target_)}});
    }
    std::set<std::string> made(journal_.empty_objects.begin(), journal_.empty_objects.end());
    std::set<std::string> folders;  // with new files in them
    for (const S3PendingUpload& pending : journal_.uploads) {
      made.insert(pending.upload.key);
      folders.insert(pending.upload.key.substr(0, pending.upload.key.rfind('/')));
    }
    for (const S3Object& object : listing.objects) {
      if (made.contains(object.key) || object.key.ends_with('/')) continue;
      const std::string folder = object.key.substr(0, object.key.rfind('/'));
      // Dynamic overwrite replaces partition folders; files of the top folder stand alone.
      const bool is_replaced =
          kind_ == CommitKind::kReplaceAll || (folder != target_ && folders.contains(folder));
      if (is_replaced) journal_.old_objects.push_back(object.key);
    }
    return {};
  }

  std::shared_ptr<S3Client> client_;
  AwsHost& host_;
  std::string target_;
  std::string journal_target_;
  CommitKind kind_;
  std::string staging_;
  std::stop_token stop_;
  std::unique_ptr<S3GrowingUploads> growing_;
  std::mutex mutex_;
  S3Journal journal_;  // `uploads` guarded by mutex_ while they are made
  bool is_decided_ = false;
};

}  // namespace

Result<std::unique_ptr<StagedWrite>> BeginS3Write(std::shared_ptr<S3Client> client, AwsHost& host,
                                                  std::string target, CommitKind kind) {
  std::string staging = host.Variable("TMPDIR").value_or("/tmp") + "/ember-s3-XXXXXX";
  if (mkdtemp(staging.data()) == nullptr) {
    return InvalidInput(fmt::format("cannot make a folder like \"{}\": set TMPDIR", staging));
  }
  return std::unique_ptr<StagedWrite>(std::make_unique<S3StagedWrite>(
      std::move(client), host, std::move(target), kind, std::move(staging)));
}

}  // namespace ember
