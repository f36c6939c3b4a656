#include "aws/transfer_listing.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <filesystem>

#include "aws/s3_journal.h"
#include "aws/s3_recovery.h"
#include "aws/transfer_files.h"
#include "store/store.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

// S3 keeps whole seconds.
constexpr int64_t kSecondUs = 1000000;

int64_t ModifiedUs(const struct stat& info) {
  return int64_t{info.st_mtim.tv_sec} * kSecondUs + info.st_mtim.tv_nsec / 1000;
}

// Own temporary files are nobody's data.
bool IsPartialDownload(const std::string& name) {
  return LastNameOf(name).starts_with(kPartialDownload);
}

Result<TransferListing> ListLocal(const TransferPlace& place) {
  TransferListing listed;
  struct stat info{};
  if (stat(place.path.c_str(), &info) != 0) return listed;
  const TransferPlace self = {"", place.path};
  if (S_ISREG(info.st_mode)) {
    listed.is_file = true;
    listed.files.push_back({.name = LastNameOf(place.path),
                            .from = self,
                            .to = {},
                            .size = info.st_size,
                            .modified_us = ModifiedUs(info),
                            .etag = {}});
    return listed;
  }
  std::error_code error;
  fs::recursive_directory_iterator entries(place.path, error);
  for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
    const std::string path = entries->path();
    if (stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode) || IsPartialDownload(path)) {
      continue;
    }
    listed.files.push_back({.name = entries->path().lexically_relative(place.path),
                            .from = {"", path},
                            .to = {},
                            .size = info.st_size,
                            .modified_us = ModifiedUs(info),
                            .etag = {}});
  }
  if (error) {
    return InvalidInput(fmt::format("cannot list \"{}\": {}", place.path, error.message()));
  }
  return listed;
}

TransferFile FileOf(const TransferPlace& place, std::string name, const S3Object& object) {
  return {.name = std::move(name),
          .from = {place.bucket, object.key},
          .to = {},
          .size = object.size,
          .modified_us = object.modified_us,
          .etag = object.etag};
}

Result<TransferListing> ListS3(S3Clients& clients, const TransferPlace& place,
                               const std::stop_token& stop) {
  ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, clients.For(place.bucket));
  TransferListing listed;
  if (!place.path.empty() && !place.path.ends_with('/')) {
    ASSIGN_OR_RETURN(std::optional<S3Object> object, client->Head(place.path, stop));
    if (object) {
      listed.is_file = true;
      listed.files.push_back(FileOf(place, LastNameOf(place.path), *object));
      return listed;
    }
  }
  const std::string folder = PlaceBelow(place, "").path;
  std::string target = folder;
  while (target.ends_with('/')) target.pop_back();
  ASSIGN_OR_RETURN(S3Listing listing, ListSettledS3(*client, target, folder, stop));
  for (const S3Object& object : listing.objects) {
    if (object.key.ends_with('/') || TargetOfS3Journal(object.key)) continue;
    listed.files.push_back(FileOf(place, object.key.substr(folder.size()), object));
  }
  return listed;
}

}  // namespace

TransferPlace TransferPlaceOf(const std::string& path) {
  if (const std::optional<S3Path> s3 = ParseS3Path(path)) return {s3->bucket, s3->key};
  return {"", LocalPath(path)};
}

std::string LastNameOf(const std::string& path) {
  const size_t end = path.find_last_not_of('/');
  if (end == std::string::npos) return {};
  const size_t slash = path.rfind('/', end);
  const size_t start = slash == std::string::npos ? 0 : slash + 1;
  return path.substr(start, end + 1 - start);
}

TransferPlace PlaceBelow(const TransferPlace& folder, const std::string& name) {
  const bool has_end = folder.path.empty() || folder.path.ends_with('/');
  return {folder.bucket, folder.path + (has_end ? "" : "/") + name};
}

Result<TransferListing> ListTransferPlace(S3Clients& clients, const TransferPlace& place,
                                          const std::stop_token& stop) {
  return place.bucket.empty() ? ListLocal(place) : ListS3(clients, place, stop);
}

}  // namespace ember
