#include <algorithm>
#include <map>

#include "aws/multipart_upload.h"
#include "distcp/part_plan.h"
#include "distcp/result_task.h"
#include "distcp/source_bytes.h"

namespace ember {
namespace {

constexpr int64_t kMaxCopy = int64_t{1} << 30;

UploadParts PartsOf(const DistCopyRequest& request, const DistCopyResult& result) {
  std::vector<int64_t> sizes;
  for (const TransferFile& file : result.from) sizes.push_back(file.size);
  return PlanUploadParts(sizes, request.part_size, kMaxCopy);
}

std::vector<int64_t> SizesOf(const UploadParts& parts) {
  std::vector<int64_t> sizes;
  for (const std::vector<SourceSlice>& slices : parts) {
    int64_t size = 0;
    for (const SourceSlice& slice : slices) size += slice.size;
    sizes.push_back(size);
  }
  return sizes;
}

class JoinTask final : public ResultTask {
 public:
  JoinTask(DistCopyWorld& world, const DistCopyResult& result)
      : world_(world),
        result_(result),
        parts_(PartsOf(world.request, result)),
        upload_(SizesOf(parts_)) {
    for (const TransferFile& file : result.from) left_.push_back(file.size);
  }

  // Parts that nobody completes cost money.
  ~JoinTask() override {
    if (upload_.unfinished() == nullptr) return;
    Result<std::shared_ptr<S3Client>> client = world_.clients.For(result_.to.bucket);
    if (client.ok()) static_cast<void>((*client)->AbortUpload(*upload_.unfinished()));
  }

  int piece_count() const override { return static_cast<int>(parts_.size()); }
  int64_t size() const override { return result_.bytes; }

  Status MakePiece(int piece) override {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, world_.clients.For(result_.to.bucket));
    RETURN_IF_ERROR(upload_.SendPart(
        piece,
        [&](S3Upload& upload, std::vector<S3Part>&) -> Status {
          ASSIGN_OR_RETURN(upload, client->CreateUpload(result_.to.path, {}, world_.stop));
          return {};
        },
        [&](const S3Upload& upload, int number, const S3Range&) {
          return Send(*client, upload, number, parts_[piece]);
        }));
    for (const SourceSlice& slice : parts_[piece]) Report(slice);
    if (piece > 0) return {};
    for (const TransferFile& file : result_.from) {
      if (file.size == 0) world_.observer.FileFinished(file);
    }
    return {};
  }

  Status Commit() override {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, world_.clients.For(result_.to.bucket));
    const S3Condition condition = ResultCondition(world_.request);
    if (parts_.empty()) {  // of empty files
      for (const TransferFile& file : result_.from) world_.observer.FileFinished(file);
      return WithoutValue(client->Put(result_.to.path, {}, {.condition = condition}, world_.stop));
    }
    return WithoutValue(upload_.Complete(*client, world_.stop, condition));
  }

 private:
  Result<S3Part> Send(S3Client& client, const S3Upload& upload, int number,
                      const std::vector<SourceSlice>& slices) {
    const TransferFile& first = result_.from[slices[0].source];
    if (slices.size() == 1 && !first.from.bucket.empty()) {
      return client.CopyPart(
          upload, number, {.bucket = first.from.bucket, .key = first.from.path, .etag = first.etag},
          {.offset = slices[0].offset, .size = slices[0].size}, world_.stop);
    }
    std::string bytes;
    for (const SourceSlice& slice : slices) {
      RETURN_IF_ERROR(ReadSource(
          world_.clients, result_.from[slice.source], slice.offset, slice.size,
          [&](std::string_view piece) {
            bytes.append(piece);
            return Status();
          },
          world_.stop));
    }
    return client.UploadPart(upload, number, {.text = std::move(bytes)}, world_.stop);
  }

  void Report(const SourceSlice& slice) {
    world_.observer.BytesMoved(slice.size);
    bool is_whole = false;
    {
      std::lock_guard lock(mutex_);
      left_[slice.source] -= slice.size;
      is_whole = left_[slice.source] == 0;
    }
    if (is_whole) world_.observer.FileFinished(result_.from[slice.source]);
  }

  DistCopyWorld& world_;
  const DistCopyResult& result_;
  const UploadParts parts_;
  MultipartUpload upload_;
  std::mutex mutex_;
  std::vector<int64_t> left_;  // bytes of each source; guarded by mutex_
};

}  // namespace

std::unique_ptr<ResultTask> MakeJoinTask(DistCopyWorld& world, const DistCopyResult& result) {
  return std::make_unique<JoinTask>(world, result);
}

}  // namespace ember
