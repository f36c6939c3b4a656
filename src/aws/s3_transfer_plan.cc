#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "aws/content_checksum.h"
#include "aws/parallel.h"
#include "aws/s3_transfer.h"
#include "aws/transfer_files.h"
#include "aws/transfer_listing.h"
#include "store/store.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

bool MatchesAny(const std::vector<std::string>& patterns, const std::string& name) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return MatchesGlob(pattern, pattern.find('/') == pattern.npos ? LastNameOf(name) : name);
  });
}

bool IsChosen(const TransferRequest& request, const std::string& name) {
  return (request.include.empty() || MatchesAny(request.include, name)) &&
         !MatchesAny(request.exclude, name);
}

/// A name that leads out of the folder it is put into: a key may hold "..".
bool LeavesFolder(const std::string& name) {
  const fs::path path(name);
  return path.is_absolute() || std::any_of(path.begin(), path.end(), [](const fs::path& part) {
           return part == ".." || part == ".";
         });
}

// The place of a single file in the target: the target itself, or a name in it.
TransferPlace PlaceOfSingle(const TransferRequest& request, const TransferPlace& to,
                            const TransferFile& file) {
  std::error_code error;
  const bool is_folder = request.from.size() > 1 || to.path.empty() || request.to.ends_with('/') ||
                         (to.bucket.empty() && fs::is_directory(to.path, error));
  return is_folder ? PlaceBelow(to, file.name) : to;
}

/// Whether what is there needs nothing.
Result<bool> IsSame(const TransferRequest& request, const TransferFile& source,
                    const TransferFile& there) {
  if (request.compare == TransferCompare::kNever || source.size != there.size) return false;
  const bool is_older = there.modified_us < source.modified_us;
  if (request.compare == TransferCompare::kTime && !is_older) return true;
  if (!source.etag.empty() && source.etag == there.etag) return true;
  // Reading a file here costs less than sending it.
  const bool is_upload = source.from.bucket.empty();
  if (!is_upload && !there.from.bucket.empty()) return false;
  const std::string& path = is_upload ? source.from.path : there.from.path;
  const std::string& etag = is_upload ? there.etag : source.etag;
  ASSIGN_OR_RETURN(ContentMatch match,
                   MatchesEtag(path, source.size, etag,
                               is_upload ? UploadPartSize(source.size, request.part_size) : 0));
  return match == ContentMatch::kSame;
}

Status CheckTargets(const TransferRequest& request, const TransferPlace& to,
                    const std::vector<TransferFile>& files) {
  std::set<std::string> taken;
  for (const TransferFile& file : files) {
    if (to.bucket.empty() && LeavesFolder(file.name)) {
      return InvalidInput(
          fmt::format("\"{}\" has a name that no local folder can hold: leave it "
                      "out by --exclude",
                      file.from.Display()));
    }
    if (!taken.insert(file.to.path).second) {
      return InvalidInput(fmt::format("two of the sources would become \"{}\"", file.to.Display()));
    }
    if (file.from == file.to) {
      return InvalidInput(fmt::format("\"{}\" is both source and target", file.to.Display()));
    }
  }
  for (const std::string& from : request.from) {
    const TransferPlace source = TransferPlaceOf(from);
    const std::string folder = PlaceBelow(source, "").path;
    if (source.bucket == to.bucket && files.size() > 1 && (to.path + "/").starts_with(folder)) {
      return InvalidInput(
          fmt::format("the target \"{}\" lies within the source \"{}\"", request.to, from));
    }
  }
  return {};
}

Result<std::vector<TransferFile>> ListSources(S3Clients& clients, const TransferRequest& request,
                                              const TransferPlace& to,
                                              const std::stop_token& stop) {
  std::vector<TransferFile> files;
  for (const std::string& from : request.from) {
    ASSIGN_OR_RETURN(TransferListing listed,
                     ListTransferPlace(clients, TransferPlaceOf(from), stop));
    std::error_code error;
    const bool is_empty_folder = !ParseS3Path(from) && fs::is_directory(LocalPath(from), error);
    if (listed.files.empty() && !is_empty_folder) {
      return MakeError("PATH_NOT_FOUND", {{"path", from}});
    }
    for (TransferFile& file : listed.files) {
      if (!IsChosen(request, file.name)) continue;
      file.to = listed.is_file ? PlaceOfSingle(request, to, file) : PlaceBelow(to, file.name);
      files.push_back(std::move(file));
    }
  }
  RETURN_IF_ERROR(CheckTargets(request, to, files));
  return files;
}

// What is at the targets, by path. For a few files nobody lists a whole bucket.
Result<std::map<std::string, TransferFile>> ListTargets(S3Clients& clients,
                                                        const TransferRequest& request,
                                                        const TransferPlace& to,
                                                        const std::vector<TransferFile>& files,
                                                        const std::stop_token& stop) {
  constexpr size_t kFew = 8;
  std::vector<TransferPlace> places = {PlaceBelow(to, "")};
  if (files.size() <= kFew && !request.removes_others) {
    places.clear();
    for (const TransferFile& file : files) places.push_back(file.to);
  }
  std::map<std::string, TransferFile> there;
  for (const TransferPlace& place : places) {
    ASSIGN_OR_RETURN(TransferListing listed, ListTransferPlace(clients, place, stop));
    for (TransferFile& file : listed.files) {
      const std::string path = file.from.path;
      there.emplace(path, std::move(file));
    }
  }
  return there;
}

}  // namespace

Result<TransferPlan> PlanTransfer(S3Clients& clients, const TransferRequest& request,
                                  const std::stop_token& stop) {
  const TransferPlace to = TransferPlaceOf(request.to);
  if (ParseS3Path(request.to) && to.bucket.empty()) {
    return InvalidInput(fmt::format("\"{}\" names no bucket: s3://bucket/key", request.to));
  }
  ASSIGN_OR_RETURN(std::vector<TransferFile> files, ListSources(clients, request, to, stop));
  ASSIGN_OR_RETURN(auto there, ListTargets(clients, request, to, files, stop));
  std::vector<char> is_same(files.size(), 0);
  RETURN_IF_ERROR(ForEachInParallel(files.size(), [&](size_t i) -> Status {
    if (stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
    const auto at = there.find(files[i].to.path);
    if (at == there.end()) return {};
    ASSIGN_OR_RETURN(bool same, IsSame(request, files[i], at->second));
    is_same[i] = same ? 1 : 0;
    return {};
  }));
  TransferPlan plan;
  for (size_t i = 0; i < files.size(); ++i) {
    there.erase(files[i].to.path);
    if (is_same[i] != 0) {
      ++plan.unchanged;
      continue;
    }
    plan.bytes += files[i].size;
    plan.files.push_back(std::move(files[i]));
  }
  if (request.removes_others) {
    for (const auto& [path, file] : there) {
      if (IsChosen(request, file.name)) plan.removals.push_back(file.from);
    }
  }
  return plan;
}

}  // namespace ember
