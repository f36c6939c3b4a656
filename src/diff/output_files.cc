#include "diff/output_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace ember {
namespace {

struct FormatSuffix {
  std::string_view suffix;
  std::string_view format;
};
constexpr auto kFormats = std::to_array<FormatSuffix>({
    {"parquet", "parquet"},
    {"csv", "csv"},
    {"tsv", "csv"},
    {"json", "json"},
    {"jsonl", "json"},
    {"ndjson", "json"},
    {"txt", "text"},
    {"text", "text"},
});

std::string_view FileName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// "snappy.parquet" of "part-00000-<uuid>-c000.snappy.parquet".
std::string SuffixOf(std::string_view path) {
  const std::string_view name = FileName(path);
  const size_t dot = name.find('.');
  return dot == std::string_view::npos ? "" : std::string(name.substr(dot + 1));
}

std::string FormatOf(std::string_view path) {
  std::string suffix = "." + SuffixOf(path) + ".";
  for (const FormatSuffix& row : kFormats) {
    if (suffix.find(fmt::format(".{}.", row.suffix)) != std::string::npos) {
      return std::string(row.format);
    }
  }
  return "";
}

// The folders name=value at the end of a file's path, below the output's own.
std::vector<std::string> PartitionFolders(std::string_view file, std::string_view root) {
  const size_t at = file.rfind(root);
  if (at != std::string_view::npos) file.remove_prefix(at + root.size());
  std::vector<std::string> folders;
  while (true) {
    const size_t slash = file.find('/');
    if (slash == std::string_view::npos) return folders;
    const std::string_view folder = file.substr(0, slash);
    if (folder.find('=') != std::string_view::npos) folders.emplace_back(folder);
    file.remove_prefix(slash + 1);
  }
}

std::string Joined(const std::vector<std::string>& texts, std::string_view none) {
  return texts.empty() ? std::string(none) : fmt::format("{}", fmt::join(texts, ", "));
}

// Up to three of what only one side has.
std::string SomeOf(const std::set<std::string>& all, const std::set<std::string>& other) {
  std::vector<std::string> only;
  std::set_difference(all.begin(), all.end(), other.begin(), other.end(), std::back_inserter(only));
  const size_t count = only.size();
  if (count > 3) only.resize(3);
  std::string text = Joined(only, "nothing more");
  return count > 3 ? fmt::format("{} and {} more", text, count - 3) : text;
}

}  // namespace

Result<OutputFiles> ListOutput(Store& store, const std::string& path, const std::string& format) {
  std::string root = path;
  while (root.size() > 1 && root.ends_with('/')) root.pop_back();
  ASSIGN_OR_RETURN(const std::vector<FileInfo> files, store.List(root));
  OutputFiles out;
  out.path = root;
  out.format = format;
  out.files = static_cast<int64_t>(files.size());
  const std::string name(FileName(root));
  out.is_folder = files.size() != 1 || FileName(files.front().path) != name;
  if (out.is_folder) {
    ASSIGN_OR_RETURN(out.has_success, store.Exists(root + "/_SUCCESS"));
  }
  for (const FileInfo& file : files) {
    const auto folders = PartitionFolders(file.path, "/" + name + "/");
    if (!folders.empty()) out.partition_folders.insert(fmt::format("{}", fmt::join(folders, "/")));
    if (out.partition_columns.empty()) {
      for (const auto& folder : folders)
        out.partition_columns.push_back(folder.substr(0, folder.find('=')));
    }
    // A file that is compared by itself may be called what it likes.
    if (out.is_folder) out.suffixes.insert(SuffixOf(file.path));
    if (out.format.empty()) out.format = FormatOf(file.path);
  }
  if (out.format.empty() && !files.empty()) {
    return InvalidInput(
        fmt::format("the names of the files in '{}' tell no format: give it with --format", path));
  }
  return out;
}

std::vector<Difference> CompareLayout(const OutputFiles& a, const OutputFiles& b) {
  std::vector<Difference> out;
  const auto compare = [&](std::string what, std::string text_a, std::string text_b) {
    if (text_a != text_b) out.push_back({std::move(what), std::move(text_a), std::move(text_b)});
  };
  const auto kind = [](const OutputFiles& side) { return side.is_folder ? "a folder" : "a file"; };
  const auto marker = [](const OutputFiles& side) {
    return side.has_success ? "there" : "missing";
  };
  compare("the output is", kind(a), kind(b));
  compare("format", a.format, b.format);
  if (a.is_folder && b.is_folder) compare("_SUCCESS", marker(a), marker(b));
  compare("partition columns", Joined(a.partition_columns, "none"),
          Joined(b.partition_columns, "none"));
  if (a.partition_columns == b.partition_columns && a.partition_folders != b.partition_folders) {
    out.push_back({"partition folders", SomeOf(a.partition_folders, b.partition_folders),
                   SomeOf(b.partition_folders, a.partition_folders)});
  }
  if (a.is_folder && b.is_folder && a.format == b.format && a.files > 0 && b.files > 0) {
    compare("files end in", fmt::format("{}", fmt::join(a.suffixes, ", ")),
            fmt::format("{}", fmt::join(b.suffixes, ", ")));
  }
  return out;
}

}  // namespace ember
