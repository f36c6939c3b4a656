#include "distcp/manifest.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "aws/transfer_files.h"
#include "base/uuid.h"
#include "gzip/gzip_stream.h"
#include "store/store.h"

namespace ember {
namespace {

constexpr int64_t kMaxManifest = int64_t{1} << 30;

Result<std::string> ReadWhole(S3Clients& clients, const TransferPlace& place,
                              const std::stop_token& stop) {
  if (!place.bucket.empty()) {
    ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, clients.For(place.bucket));
    ASSIGN_OR_RETURN(std::optional<S3Object> object, client->Head(place.path, stop));
    if (!object) return MakeError("PATH_NOT_FOUND", {{"path", place.Display()}});
    return client->GetText(place.path, kMaxManifest, stop);
  }
  std::ifstream file(place.path, std::ios::binary);
  if (!file) return MakeError("PATH_NOT_FOUND", {{"path", place.Display()}});
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// Into a file of another name, which then takes this one.
Status WriteLocal(const std::string& path, const std::string& bytes) {
  const std::unique_ptr<FileOperations> files = MakeLocalFileOperations();
  const std::string folder = std::filesystem::path(path).parent_path();
  RETURN_IF_ERROR(files->CreateDirectories(folder));
  const std::string partial = fmt::format("{}/{}{}", folder, kPartialDownload, NewUuid());
  Status done = files->WriteFile(partial, bytes);
  if (done.ok()) done = files->Sync(partial);
  if (done.ok()) done = files->Rename(partial, path);
  if (!done.ok()) unlink(partial.c_str());
  return done;
}

}  // namespace

Result<std::string> ManifestText(const std::vector<ManifestEntry>& entries) {
  std::string lines;
  for (const ManifestEntry& entry : entries) {
    const nlohmann::ordered_json line = {{"path", entry.path},
                                         {"baseName", entry.base_name},
                                         {"srcDir", entry.src_dir},
                                         {"size", entry.size}};
    // A key need not be UTF-8, JSON must.
    lines += line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  }
  return Gzip(lines);
}

Result<std::vector<ManifestEntry>> ParseManifest(std::string_view bytes, const std::string& name) {
  Result<std::string> text = Gunzip(bytes);
  if (!text.ok()) return WithContext(std::move(text).error(), name);
  std::vector<ManifestEntry> entries;
  std::string_view rest = *text;
  for (int number = 1; !rest.empty(); ++number) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto json = nlohmann::json::parse(line, nullptr, false);
    const auto text_of = [&](const char* key) {
      const bool is_text = json.is_object() && json.contains(key) && json[key].is_string();
      return is_text ? json[key].get<std::string>() : std::string();
    };
    ManifestEntry entry = {text_of("path"), text_of("baseName"), text_of("srcDir")};
    const bool has_size =
        json.is_object() && json.contains("size") && json["size"].is_number_integer();
    if (entry.path.empty() || entry.base_name.empty() || !has_size) {
      return InvalidInput(
          fmt::format("line {} of \"{}\" is no entry of a manifest: path, baseName, srcDir, size",
                      number, name));
    }
    entry.size = json["size"].get<int64_t>();
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<std::vector<ManifestEntry>> ReadManifest(S3Clients& clients, const TransferPlace& place,
                                                const std::stop_token& stop) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadWhole(clients, place, stop));
  return ParseManifest(bytes, place.Display());
}

Status WriteManifest(S3Clients& clients, const TransferPlace& place,
                     const std::vector<ManifestEntry>& entries, const std::stop_token& stop) {
  ASSIGN_OR_RETURN(std::string bytes, ManifestText(entries));
  if (place.bucket.empty()) return WriteLocal(place.path, bytes);
  ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, clients.For(place.bucket));
  ASSIGN_OR_RETURN(const std::string etag,
                   client->Put(place.path, {.text = std::move(bytes)}, {}, stop));
  static_cast<void>(etag);
  return {};
}

}  // namespace ember
