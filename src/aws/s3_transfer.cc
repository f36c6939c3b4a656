#include "aws/s3_transfer.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>

#include "aws/parallel.h"
#include "aws/transfer_files.h"

namespace ember {
namespace {

std::unique_ptr<TransferTask> MakeTask(TransferWorld& world, const TransferFile& file) {
  if (file.from.bucket.empty() && file.to.bucket.empty()) return nullptr;
  if (file.from.bucket.empty()) return MakeUploadTask(world, file);
  return file.to.bucket.empty() ? MakeDownloadTask(world, file) : MakeCopyTask(world, file);
}

struct Piece {
  size_t task = 0;
  int number = 0;
};

// What the folders of the targets have in common, by bucket: one listing each.
std::map<std::string, std::string> CommonPrefixes(const TransferPlan& plan) {
  std::map<std::string, std::string> prefixes;
  for (const TransferFile& file : plan.files) {
    if (file.to.bucket.empty()) continue;
    const auto [at, is_new] = prefixes.emplace(file.to.bucket, file.to.path);
    std::string& prefix = at->second;
    size_t same = 0;
    while (same < prefix.size() && same < file.to.path.size() &&
           prefix[same] == file.to.path[same]) {
      ++same;
    }
    prefix.resize(same);
  }
  return prefixes;
}

// What is at the targets in S3 now, by place. For a few files nobody lists a whole bucket.
Result<std::map<std::string, S3Object>> FindTargets(S3Clients& clients, const TransferPlan& plan,
                                                    const std::stop_token& stop) {
  constexpr size_t kFew = 50;
  std::map<std::string, S3Object> there;
  if (plan.files.size() <= kFew) {
    std::mutex mutex;
    RETURN_IF_ERROR(ForEachInParallel(plan.files.size(), [&](size_t i) -> Status {
      const TransferPlace& to = plan.files[i].to;
      if (to.bucket.empty()) return {};
      ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, clients.For(to.bucket));
      ASSIGN_OR_RETURN(std::optional<S3Object> object, client->Head(to.path, stop));
      std::lock_guard lock(mutex);
      if (object) there[to.Display()] = *std::move(object);
      return {};
    }));
    return there;
  }
  for (const auto& [bucket, prefix] : CommonPrefixes(plan)) {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, clients.For(bucket));
    ASSIGN_OR_RETURN(S3Listing listing, client->List({.prefix = prefix}, stop));
    for (S3Object& object : listing.objects) {
      const std::string place = TransferPlace{bucket, object.key}.Display();
      there[place] = std::move(object);
    }
  }
  return there;
}

// What was sent has to be what a reader finds now.
Status VerifyTargets(S3Clients& clients, const TransferPlan& plan,
                     const std::vector<std::unique_ptr<TransferTask>>& tasks,
                     const std::stop_token& stop) {
  ASSIGN_OR_RETURN(const auto there, FindTargets(clients, plan, stop));
  for (size_t i = 0; i < plan.files.size(); ++i) {
    const TransferFile& file = plan.files[i];
    if (file.to.bucket.empty()) continue;
    const auto at = there.find(file.to.Display());
    if (at != there.end() && at->second.size == file.size && at->second.etag == tasks[i]->etag()) {
      continue;
    }
    return TransferError(
        fmt::format("\"{}\" is not what was sent: another program wrote or removed "
                    "it meanwhile; do it again",
                    file.to.Display()));
  }
  return {};
}

Status RemoveAll(S3Clients& clients, const std::vector<TransferPlace>& places,
                 const std::stop_token& stop) {
  std::map<std::string, std::vector<std::string>> keys;  // by bucket
  for (const TransferPlace& place : places) {
    if (!place.bucket.empty()) {
      keys[place.bucket].push_back(place.path);
      continue;
    }
    std::error_code error;
    std::filesystem::remove(place.path, error);
    if (error) {
      return TransferError(fmt::format("cannot remove \"{}\": {}", place.path, error.message()));
    }
  }
  for (const auto& [bucket, list] : keys) {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, clients.For(bucket));
    RETURN_IF_ERROR(client->DeleteAll(list, stop));
  }
  return {};
}

}  // namespace

Result<TransferReport> RunTransfer(S3Clients& clients, const TransferRequest& request,
                                   const TransferPlan& plan, TransferObserver& observer,
                                   const std::stop_token& stop) {
  TransferWorld world = {clients, request, observer, stop};
  std::vector<std::unique_ptr<TransferTask>> tasks;
  std::vector<Piece> pieces;
  for (const TransferFile& file : plan.files) {
    std::unique_ptr<TransferTask> task = MakeTask(world, file);
    if (task == nullptr) {
      return InvalidInput("neither source nor target is in S3: use cp or rsync");
    }
    for (int i = 0; i < task->piece_count(); ++i) pieces.push_back({tasks.size(), i});
    tasks.push_back(std::move(task));
  }
  RETURN_IF_ERROR(ForEachInParallel(
      pieces.size(),
      [&](size_t i) -> Status {
        if (stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
        Status sent = tasks[pieces[i].task]->SendPiece(pieces[i].number);
        if (sent.ok()) return sent;
        return WithContext(std::move(sent).error(), plan.files[pieces[i].task].from.Display());
      },
      static_cast<size_t>(request.parallel)));
  RETURN_IF_ERROR(VerifyTargets(clients, plan, tasks, stop));
  RETURN_IF_ERROR(RemoveAll(clients, plan.removals, stop));
  TransferReport report = {.files = static_cast<int64_t>(plan.files.size()),
                           .bytes = plan.bytes,
                           .removed = static_cast<int64_t>(plan.removals.size())};
  for (const std::unique_ptr<TransferTask>& task : tasks) {
    report.continued_bytes += task->continued_bytes();
    report.unverified += task->is_unverified() ? 1 : 0;
  }
  return report;
}

}  // namespace ember
