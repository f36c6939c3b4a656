#include "aws/s3_growing_uploads.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>

#include "aws/digest.h"
#include "aws/parallel.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

constexpr size_t kThreads = 4;
constexpr int64_t kFirstPartSize = int64_t{8} << 20;

struct Ready {
  std::string key;
  std::string path;
  int64_t size = 0;
};

constexpr auto kAbortLimit = std::chrono::seconds(10);

}  // namespace

void AbortUploads(S3Client& client, const std::vector<S3PendingUpload>& uploads) {
  if (uploads.empty()) return;
  std::stop_source too_long;
  const std::jthread timer([&](const std::stop_token& done) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any wake;
    wake.wait_for(lock, done, kAbortLimit, [] { return false; });
    too_long.request_stop();
  });
  static_cast<void>(ForEachInParallel(uploads.size(), [&](size_t i) -> Status {
    static_cast<void>(client.AbortUpload(uploads[i].upload, too_long.get_token()));
    return {};
  }));
}

int64_t GrowingPartSize(int number) {
  return kFirstPartSize << std::clamp((number - 1) / 1000, 0, 9);
}

S3GrowingUploads::S3GrowingUploads(std::shared_ptr<S3Client> client, std::string folder,
                                   std::string target, StagedWrite::TargetName name_of)
    : client_(std::move(client)),
      folder_(std::move(folder)),
      target_(std::move(target)),
      name_of_(std::move(name_of)),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

S3GrowingUploads::~S3GrowingUploads() {
  parts_under_way_.request_stop();
  Stop();
  std::vector<S3PendingUpload> begun;
  for (auto& [key, file] : files_) {
    if (!file.pending.upload.id.empty()) begun.push_back(std::move(file.pending));
  }
  AbortUploads(*client_, begun);
}

void S3GrowingUploads::Stop(const std::stop_token& stop) {
  const std::stop_callback at_once(stop, [this] { parts_under_way_.request_stop(); });
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void S3GrowingUploads::Run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  while (!stop.stop_requested()) {
    const auto started = std::chrono::steady_clock::now();
    SendWhatIsThere(stop);
    // Looking takes time where there are many files: it must stay a small part of the work.
    const auto pause = std::max<std::chrono::steady_clock::duration>(
        std::chrono::milliseconds(100), (std::chrono::steady_clock::now() - started) * 4);
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop,
                  std::min<std::chrono::steady_clock::duration>(pause, std::chrono::seconds(5)),
                  [] { return false; });
  }
}

void S3GrowingUploads::SendWhatIsThere(const std::stop_token& stop) {
  std::vector<Ready> ready;
  std::error_code error;
  fs::recursive_directory_iterator entries(folder_, error);
  for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
    std::error_code gone;  // renamed or removed while we look
    const auto size = static_cast<int64_t>(entries->file_size(gone));
    if (gone || size < kFirstPartSize) continue;
    const std::string path = entries->path();
    const std::optional<std::string> name =
        name_of_(entries->path().lexically_relative(folder_).generic_string());
    if (name) ready.push_back({target_ + "/" + *name, path, size});
  }
  for (const Ready& file : ready) files_[file.key];  // no insertion while the threads work
  // Errors are kept with the file: Commit sends the rest, or fails with the reason.
  static_cast<void>(ForEachInParallel(
      ready.size(),
      [&](size_t i) -> Status {
        SendParts(files_.find(ready[i].key)->second, ready[i].key, ready[i].path, ready[i].size,
                  stop);
        return {};
      },
      kThreads));
}

void S3GrowingUploads::SendParts(File& file, const std::string& key, const std::string& path,
                                 int64_t size, const std::stop_token& stop) {
  while (!file.has_failed && !stop.stop_requested()) {
    const int number = static_cast<int>(file.pending.parts.size()) + 1;
    const int64_t part_size = GrowingPartSize(number);
    if (file.sent + part_size > size) return;
    if (number == 1) {
      Result<Sha256Digest> digest = Sha256OfFile(path, 0, part_size);
      if (!digest.ok()) return;
      file.first_part = DigestBytes(*digest);
      Result<S3Upload> upload = client_->CreateUpload(key, {}, stop);
      file.has_failed = !upload.ok();
      if (!upload.ok()) return;
      file.pending.upload = *std::move(upload);
    }
    // The end of the query does not stop a part: what is sent need not be sent again.
    Result<S3Part> part = client_->UploadPart(file.pending.upload, number,
                                              {.file = HttpFileRange{path, file.sent, part_size}},
                                              parts_under_way_.get_token());
    file.has_failed = !part.ok();
    if (!part.ok()) return;
    file.pending.parts.push_back(*std::move(part));
    file.sent += part_size;
  }
}

std::optional<S3PendingUpload> S3GrowingUploads::Take(const std::string& key,
                                                      const std::string& path) {
  File file;
  {
    std::lock_guard lock(mutex_);
    const auto at = files_.find(key);
    if (at == files_.end() || at->second.pending.parts.empty()) return std::nullopt;
    file = at->second;
  }
  // A writer that went back to the beginning of its file would be found here.
  Result<Sha256Digest> digest = Sha256OfFile(path, 0, file.pending.parts.front().size);
  if (!digest.ok() || DigestBytes(*digest) != file.first_part) return std::nullopt;
  std::lock_guard lock(mutex_);
  files_.erase(key);
  return std::move(file.pending);
}

}  // namespace ember
