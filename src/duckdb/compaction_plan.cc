#include "duckdb/compaction_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <map>

#include "duckdb/partition_values.h"

namespace ember {
namespace {

// Folders that a log of their own describes: that log names files, and would miss the new ones.
struct TableLog {
  std::string_view path;
  std::string_view hint;
};
constexpr auto kTableLogs = std::to_array<TableLog>({
    {"_delta_log", "a Delta table: run OPTIMIZE there"},
    {".hoodie", "a Hudi table: run its clustering there"},
    {"metadata/version-hint.text", "an Iceberg table: run rewrite_data_files there"},
    {"_temporary",
     "being written by Spark now, or was when it died: remove _temporary if nobody "
     "writes"},
});

constexpr auto kFormats = std::to_array<std::pair<std::string_view, std::string_view>>({
    {".parquet", "parquet"},
    {".csv", "csv"},
    {".json", "json"},
    {".jsonl", "json"},
    {".txt", "text"},
});

std::string_view NameOf(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string FormatOf(std::string_view path) {
  for (const auto& [suffix, format] : kFormats) {
    if (path.ends_with(suffix)) return std::string(format);
  }
  return "";
}

// "part-00000-<uuid>_00003.c000.snappy.parquet": BucketingUtils.getBucketId.
bool IsOfBucket(std::string_view name) {
  constexpr size_t kDigits = 5;
  const size_t dot = name.find('.');
  if (dot == std::string_view::npos || dot <= kDigits || !name.starts_with("part-")) return false;
  const std::string_view digits = name.substr(dot - kDigits, kDigits);
  return name[dot - kDigits - 1] == '_' &&
         std::all_of(digits.begin(), digits.end(), [](unsigned char c) { return std::isdigit(c); });
}

std::string WithoutEndSlash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

// "ticker=AAPL" of --partition, as the folder spells it.
Result<std::string> FolderName(const std::string& partition) {
  const size_t equals = partition.find('=');
  if (equals == std::string::npos || equals == 0)
    return InvalidInput(fmt::format("'{}' is no partition: write it as COLUMN=VALUE", partition));
  return EscapePathName(partition.substr(0, equals)) + "=" +
         EscapePathName(partition.substr(equals + 1));
}

bool HasFolders(std::string_view relative, const std::vector<std::string>& wanted) {
  const std::string folders = fmt::format("/{}/", relative);
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
    return folders.find("/" + name + "/") != std::string::npos;
  });
}

Status CheckFolder(FolderFiles& folder, const std::string& format) {
  for (const FileInfo& file : folder.files) {
    const std::string_view name = NameOf(file.path);
    const std::string own = format.empty() ? FormatOf(name) : format;
    if (own.empty()) {
      return InvalidInput(fmt::format(
          "'{}' does not tell its format by its name{}: name it with --format, or move it away",
          file.path,
          name.ends_with(".gz") || name.ends_with(".zst") ? " (compressed text files "
                                                            "are not joined)"
                                                          : ""));
    }
    if (folder.format.empty()) folder.format = own;
    if (folder.format != own) {
      return InvalidInput(fmt::format("'{}' holds {} and {} files ('{}'): one folder, one format",
                                      folder.path, folder.format, own, file.path));
    }
    if (IsOfBucket(name)) {
      return Unsupported(fmt::format(
          "compaction of buckets ('{}': write the table again with bucketBy)", file.path));
    }
  }
  return {};
}

}  // namespace

int64_t FolderFiles::bytes() const {
  int64_t sum = 0;
  for (const FileInfo& file : files) sum += file.size;
  return sum;
}

int64_t FolderFiles::FilesOf(int64_t target_bytes) const {
  const double targets = static_cast<double>(bytes()) / static_cast<double>(target_bytes);
  return std::max<int64_t>(1, std::llround(std::ceil(targets - 0.2)));
}

Result<CompactionPlan> PlanCompaction(const CompactionRequest& request, Store& store) {
  const std::string given = WithoutEndSlash(request.path);
  const bool is_remote = given.find("://") != std::string::npos && !given.starts_with("file:");
  const std::string root = is_remote ? given : LocalPath(given);
  ASSIGN_OR_RETURN(const std::vector<FileInfo> files, store.List(given));
  for (const TableLog& log : kTableLogs) {
    ASSIGN_OR_RETURN(const bool is_there, store.Exists(fmt::format("{}/{}", given, log.path)));
    if (is_there) return InvalidInput(fmt::format("'{}' is {}", request.path, log.hint));
  }
  std::vector<std::string> wanted;
  for (const std::string& partition : request.partitions) {
    ASSIGN_OR_RETURN(std::string name, FolderName(partition));
    wanted.push_back(std::move(name));
  }
  std::map<std::string, FolderFiles> by_folder;  // by the path below the root
  for (const FileInfo& file : files) {
    const size_t at = file.path.size() > root.size() && file.path.starts_with(root + "/")
                          ? root.size() + 1
                          : std::string::npos;
    if (at == std::string::npos)
      return InvalidInput(fmt::format("'{}' is a file: name the folder it is in", request.path));
    const size_t slash = file.path.rfind('/');
    const std::string relative = slash < at ? "" : file.path.substr(at, slash - at);
    FolderFiles& folder = by_folder[relative];
    folder.path = relative.empty() ? given : given + "/" + relative;
    folder.files.push_back(file);
  }
  CompactionPlan plan;
  for (auto& [relative, folder] : by_folder) {
    // An overwrite of a folder takes everything below it.
    for (const auto& [other, unused] : by_folder) {
      const bool is_below =
          other != relative && (relative.empty() || other.starts_with(relative + "/"));
      if (!is_below) continue;
      return InvalidInput(fmt::format(
          "'{}' holds files and, in '{}', folders with files: move the files away, or name the "
          "folders one by one",
          folder.path, other));
    }
    if (!HasFolders(relative, wanted)) continue;
    RETURN_IF_ERROR(CheckFolder(folder, request.format));
    if (folder.FilesOf(request.target_bytes) < static_cast<int64_t>(folder.files.size())) {
      plan.folders.push_back(std::move(folder));
    } else {
      ++plan.folders_left;
      plan.files_left += static_cast<int64_t>(folder.files.size());
    }
  }
  return plan;
}

}  // namespace ember
