// The results of a plan, made and then shown.
#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "aws/parallel.h"
#include "aws/transfer_files.h"
#include "aws/transfer_listing.h"
#include "distcp/dist_copy.h"
#include "distcp/result_task.h"

namespace ember {
namespace {

struct ResultPiece {
  size_t task = 0;
  int number = 0;
};

bool ChangesBytes(const DistCopyRequest& request) {
  return request.codec != DistCopyCodec::kKeep || request.header == DistCopyHeader::kFirstOnly;
}

// The sources may go only when what was made of them is there.
Status VerifyResults(S3Clients& clients, const DistCopyPlan& plan,
                     const std::vector<std::unique_ptr<ResultTask>>& tasks,
                     const std::stop_token& stop) {
  return ForEachInParallel(plan.results.size(), [&](size_t i) -> Status {
    const TransferPlace& to = plan.results[i].to;
    ASSIGN_OR_RETURN(TransferListing there, ListTransferPlace(clients, to, stop));
    if (there.is_file && there.files[0].size == tasks[i]->size()) return {};
    return TransferError(fmt::format(
        "\"{}\" is not what was written: another program changed it meanwhile", to.Display()));
  });
}

Status RemoveSources(S3Clients& clients, const DistCopyPlan& plan, const std::stop_token& stop) {
  std::map<std::string, std::vector<std::string>> keys;  // by bucket
  for (const DistCopyResult& result : plan.results) {
    for (const TransferFile& file : result.from) {
      if (!file.from.bucket.empty()) {
        keys[file.from.bucket].push_back(file.from.path);
        continue;
      }
      std::error_code error;
      std::filesystem::remove(file.from.path, error);
      if (error) {
        return TransferError(
            fmt::format("cannot remove \"{}\": {}", file.from.path, error.message()));
      }
    }
  }
  for (const auto& [bucket, list] : keys) {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, clients.For(bucket));
    RETURN_IF_ERROR(client->DeleteAll(list, stop));
  }
  return {};
}

TransferPlace ManifestPlace(const DistCopyRequest& request) {
  const std::string& name = request.output_manifest;
  const bool is_path = name.find('/') != std::string::npos;
  return is_path ? TransferPlaceOf(name) : PlaceBelow(TransferPlaceOf(request.to), name);
}

}  // namespace

Status RunDistCopy(S3Clients& clients, const DistCopyRequest& request, const DistCopyPlan& plan,
                   TransferObserver& observer, const std::stop_token& stop) {
  DistCopyWorld world = {clients, request, observer, stop};
  std::vector<std::unique_ptr<ResultTask>> tasks;
  std::vector<ResultPiece> pieces;
  for (const DistCopyResult& result : plan.results) {
    const bool is_joined = !result.to.bucket.empty() && !ChangesBytes(request);
    tasks.push_back(is_joined ? MakeJoinTask(world, result) : MakeStreamTask(world, result));
    for (int i = 0; i < tasks.back()->piece_count(); ++i) pieces.push_back({tasks.size() - 1, i});
  }
  const auto in_parallel = [&](size_t count, const auto& work) {
    return ForEachInParallel(
        count,
        [&](size_t i) -> Status {
          if (stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
          return work(i);
        },
        static_cast<size_t>(request.parallel));
  };
  RETURN_IF_ERROR(in_parallel(pieces.size(), [&](size_t i) -> Status {
    Status made = tasks[pieces[i].task]->MakePiece(pieces[i].number);
    if (made.ok()) return made;
    return WithContext(std::move(made).error(), plan.results[pieces[i].task].to.Display());
  }));
  RETURN_IF_ERROR(in_parallel(tasks.size(), [&](size_t i) -> Status {
    Status shown = tasks[i]->Commit();
    if (shown.ok()) return shown;
    return WithContext(std::move(shown).error(), plan.results[i].to.Display());
  }));
  RETURN_IF_ERROR(VerifyResults(clients, plan, tasks, stop));
  if (!request.output_manifest.empty()) {
    RETURN_IF_ERROR(WriteManifest(clients, ManifestPlace(request), plan.manifest, stop));
  }
  return request.deletes_sources ? RemoveSources(clients, plan, stop) : Status();
}

}  // namespace ember
