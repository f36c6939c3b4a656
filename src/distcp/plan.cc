// Which files are copied, into which groups, under which names.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "aws/parallel.h"
#include "aws/transfer_listing.h"
#include "distcp/dist_copy.h"
#include "distcp/grouping.h"
#include "distcp/source_bytes.h"
#include "store/store.h"

namespace ember {
namespace {

struct Source {
  std::string path;  // as patterns see it
  TransferFile file;
};

/// The files of one key.
struct Group {
  std::string key;
  std::vector<Source> sources;
};

// Folders as S3DistCp names them, without a slash at the end: "s3://bucket/key", "file:/folder".
std::string FolderText(const std::string& path) {
  std::string text = ParseS3Path(path) ? path : DisplayPath(LocalPath(path));
  while (text.ends_with('/') && !text.ends_with("//")) text.pop_back();
  return text;
}

std::string ParentOf(const std::string& name) {
  const size_t slash = name.rfind('/');
  return slash == std::string::npos ? "" : name.substr(0, slash + 1);
}

Status CheckRequest(const DistCopyRequest& request) {
  for (const std::string& path : {request.from, request.to}) {
    const size_t scheme = path.find("://");
    if (scheme == std::string::npos || path.starts_with("file:")) continue;
    const std::optional<S3Path> s3 = ParseS3Path(path);
    if (!s3) return Unsupported(fmt::format("copies from or to \"{}\"", path.substr(0, scheme)));
    if (s3->bucket.empty()) {
      return InvalidInput(fmt::format("\"{}\" names no bucket: s3://bucket/key", path));
    }
  }
  if (request.target_size > 0 && request.group_by.empty()) {
    return InvalidInput("a target size is for groups: add --group-by");
  }
  if (request.header == DistCopyHeader::kFirstOnly && request.group_by.empty()) {
    return InvalidInput("--header is for groups: add --group-by");
  }
  if (request.copies_from_manifest && request.previous_manifest.empty()) {
    return InvalidInput("copying from a manifest needs one: add --previous-manifest");
  }
  return {};
}

Result<std::vector<Source>> ListFolder(S3Clients& clients, const DistCopyRequest& request,
                                       const std::stop_token& stop) {
  ASSIGN_OR_RETURN(TransferListing listed,
                   ListTransferPlace(clients, TransferPlaceOf(request.from), stop));
  if (listed.files.empty()) return MakeError("PATH_NOT_FOUND", {{"path", request.from}});
  const std::string folder = FolderText(request.from);
  std::vector<Source> sources;
  for (TransferFile& file : listed.files) {
    std::string path = listed.is_file ? folder : folder + "/" + file.name;
    sources.push_back({std::move(path), std::move(file)});
  }
  return sources;
}

// What a manifest lists, as it is now.
Result<std::vector<Source>> ListManifest(S3Clients& clients,
                                         const std::vector<ManifestEntry>& entries,
                                         const std::stop_token& stop) {
  std::vector<Source> sources(entries.size());
  RETURN_IF_ERROR(ForEachInParallel(entries.size(), [&](size_t i) -> Status {
    const std::string& path = entries[i].path;
    const TransferPlace place = TransferPlaceOf(path);
    if (place.bucket.empty() != !ParseS3Path(path)) {
      return InvalidInput(fmt::format("\"{}\" of the manifest names no bucket", path));
    }
    ASSIGN_OR_RETURN(TransferListing listed, ListTransferPlace(clients, place, stop));
    if (!listed.is_file) return MakeError("PATH_NOT_FOUND", {{"path", path}});
    sources[i] = {ParseS3Path(path) ? path : DisplayPath(place.path), std::move(listed.files[0])};
    const std::string folder = FolderText(entries[i].src_dir) + "/";
    sources[i].file.name = sources[i].path.starts_with(folder)
                               ? sources[i].path.substr(folder.size())
                               : LastNameOf(sources[i].path);
    return {};
  }));
  return sources;
}

// The suffix of a group's results.
Result<std::string> SuffixOf(const DistCopyRequest& request, const Group& group) {
  const auto suffix_of = [](const Source& source) {
    std::string suffix(NameSuffix(LastNameOf(source.path)));
    std::transform(suffix.begin(), suffix.end(), suffix.begin(), ::tolower);
    return suffix == "gzip" ? std::string("gz") : suffix;
  };
  const std::string first = suffix_of(group.sources.front());
  bool is_same = true;
  for (const Source& source : group.sources) {
    const std::string suffix = suffix_of(source);
    const bool has_codec = IsCodecSuffix(suffix) && suffix != "gz";
    if (has_codec && request.codec != DistCopyCodec::kKeep) {
      return Unsupported(fmt::format("decompression of \"{}\"", source.path));
    }
    const bool is_other = suffix != first && (IsCodecSuffix(suffix) || IsCodecSuffix(first));
    if (is_other && request.codec == DistCopyCodec::kKeep) {
      return InvalidInput(
          fmt::format("\"{}\" and \"{}\" of one group are compressed otherwise: choose what the "
                      "result shall be by --output-codec",
                      group.sources.front().path, source.path));
    }
    if (suffix != first) is_same = false;
  }
  if (request.codec == DistCopyCodec::kGzip) return std::string("gz");
  if (request.codec == DistCopyCodec::kKeep) {
    return IsCodecSuffix(first) ? (first == "lzop" ? "lzo" : first) : std::string();
  }
  return is_same && !IsCodecSuffix(first) ? first : std::string();
}

// Formats with their own beginning and end: bytes put together are no file of theirs.
Status CheckJoinable(const Group& group) {
  constexpr auto kWhole =
      std::to_array<std::string_view>({"parquet", "orc", "avro", "zip", "xlsx"});
  if (group.sources.size() < 2) return {};
  for (const Source& source : group.sources) {
    const std::string_view suffix = NameSuffix(source.path);
    if (std::find(kWhole.begin(), kWhole.end(), suffix) == kWhole.end()) continue;
    return InvalidInput(
        fmt::format("\"{}\" cannot be joined with others byte by byte: `ember compact` makes large "
                    "files of small ones of this kind",
                    source.path));
  }
  return {};
}

/// Names in the target folder.
class TakenNames {
 public:
  void Add(const TransferPlace& place) { taken_.insert(place.path); }
  bool Has(const TransferPlace& place) const { return taken_.contains(place.path); }

 private:
  std::set<std::string> taken_;
};

Status AddResults(const DistCopyRequest& request, const TransferPlace& to, Group& group,
                  TakenNames& taken, DistCopyPlan& plan) {
  const bool is_grouped = !request.group_by.empty();
  const std::string name = GroupName(group.key);
  if (name.empty() || name == "." || name == "..") {
    return InvalidInput(fmt::format("\"{}\", of \"{}\", is no name for a file", group.key,
                                    group.sources.front().path));
  }
  ASSIGN_OR_RETURN(const std::string suffix, SuffixOf(request, group));
  if (is_grouped) RETURN_IF_ERROR(CheckJoinable(group));
  std::vector<int64_t> sizes;
  for (const Source& source : group.sources) sizes.push_back(source.file.size);
  size_t begin = 0;
  int number = 0;
  for (const size_t end : CutGroup(sizes, request.target_size)) {
    const std::string folder = ParentOf(group.sources[begin].file.name);
    const auto place = [&] { return PlaceBelow(to, folder + ResultName(name, number, suffix)); };
    if (is_grouped) {
      while (taken.Has(place())) ++number;
    } else if (taken.Has(place())) {
      return InvalidInput(fmt::format("two of the sources would become \"{}\"", place().Display()));
    }
    DistCopyResult result = {.to = place()};
    ++number;
    taken.Add(result.to);
    for (; begin < end; ++begin) {
      TransferFile& file = group.sources[begin].file;
      if (file.from == result.to) {
        return InvalidInput(fmt::format("\"{}\" is both source and target", result.to.Display()));
      }
      file.to = result.to;
      result.bytes += file.size;
      result.from.push_back(std::move(file));
    }
    plan.files += static_cast<int64_t>(result.from.size());
    plan.bytes += result.bytes;
    plan.results.push_back(std::move(result));
  }
  return {};
}

bool IsText(const std::string& path) {
  constexpr auto kText = std::to_array<std::string_view>(
      {"csv", "tsv", "psv", "txt", "log", "json", "jsonl", "ndjson"});
  std::string_view name = path;
  if (IsGzipName(name)) name = name.substr(0, name.rfind('.'));
  return std::find(kText.begin(), kText.end(), NameSuffix(name)) != kText.end();
}

bool IsSeparated(const std::string& path) {
  const std::string_view name = path;
  return IsText(path) && (name.find(".csv") != name.npos || name.find(".tsv") != name.npos ||
                          name.find(".psv") != name.npos);
}

// A few results show what kind of files these are.
Status LookAtLines(S3Clients& clients, const DistCopyRequest& request, DistCopyPlan& plan,
                   const std::stop_token& stop) {
  constexpr int kLooks = 3;
  int looks = 0;
  for (const DistCopyResult& result : plan.results) {
    if (result.from.size() < 2 || !IsText(result.from[0].from.path)) continue;
    if (++looks > kLooks) return {};
    ASSIGN_OR_RETURN(const LinesAtEnds a, ReadLinesAtEnds(clients, result.from[0], stop));
    ASSIGN_OR_RETURN(const LinesAtEnds b, ReadLinesAtEnds(clients, result.from[1], stop));
    const std::string first = result.from[0].from.Display();
    if (IsSeparated(result.from[0].from.path) && !a.first_line.empty() &&
        a.first_line == b.first_line && request.header == DistCopyHeader::kData) {
      plan.warnings.push_back(
          fmt::format("\"{}\" and \"{}\" begin with the same line, \"{}\": if it is a header, it "
                      "will stand in the middle of the data, as S3DistCp leaves it; --header keeps "
                      "the first only",
                      first, result.from[1].from.Display(), a.first_line.substr(0, 80)));
      return {};
    }
    if (!a.has_line_end && result.from[0].size > 0 && request.header == DistCopyHeader::kData) {
      plan.warnings.push_back(
          fmt::format("the last line of \"{}\" has no end: it and the first of the next file will "
                      "be one line, as S3DistCp makes them",
                      first));
      return {};
    }
  }
  return {};
}

Status TakeTargets(S3Clients& clients, const DistCopyRequest& request, const TransferPlace& to,
                   TakenNames& taken, const std::stop_token& stop) {
  if (request.group_by.empty()) return {};
  ASSIGN_OR_RETURN(TransferListing there, ListTransferPlace(clients, PlaceBelow(to, ""), stop));
  for (const TransferFile& file : there.files) taken.Add(file.from);
  return {};
}

}  // namespace

Result<DistCopyPlan> PlanDistCopy(S3Clients& clients, const DistCopyRequest& request,
                                  const std::stop_token& stop) {
  RETURN_IF_ERROR(CheckRequest(request));
  std::optional<PathPattern> chosen;
  std::optional<PathPattern> grouped;
  if (!request.src_pattern.empty()) {
    ASSIGN_OR_RETURN(chosen, PathPattern::Make("--src-pattern", request.src_pattern));
  }
  if (!request.group_by.empty()) {
    ASSIGN_OR_RETURN(grouped, PathPattern::Make("--group-by", request.group_by));
    if (!grouped->has_groups()) {
      return InvalidInput(fmt::format(
          "--group-by '{}' has no (…), whose match names the group: S3DistCp fails on it too",
          request.group_by));
    }
  }
  std::map<std::string, int64_t> before;  // sizes by base name
  std::vector<ManifestEntry> listed;
  if (!request.previous_manifest.empty()) {
    ASSIGN_OR_RETURN(listed,
                     ReadManifest(clients, TransferPlaceOf(request.previous_manifest), stop));
    if (!request.copies_from_manifest) {
      for (const ManifestEntry& entry : listed) before[entry.base_name] = entry.size;
    }
  }
  ASSIGN_OR_RETURN(std::vector<Source> sources, request.copies_from_manifest
                                                    ? ListManifest(clients, listed, stop)
                                                    : ListFolder(clients, request, stop));
  std::sort(sources.begin(), sources.end(),
            [](const Source& a, const Source& b) { return a.path < b.path; });

  DistCopyPlan plan;
  const TransferPlace to = TransferPlaceOf(request.to);
  const std::string to_text = FolderText(request.to);
  std::vector<Group> groups;
  std::map<std::string, size_t> by_key;
  const std::string an_example = sources.empty() ? "" : sources.front().path;
  for (Source& source : sources) {
    std::optional<std::string> key = source.path;
    if (chosen && !chosen->Matches(source.path)) key.reset();
    if (key && grouped) key = grouped->Key(source.path);
    if (!key) {
      ++plan.left_out;
      continue;
    }
    const TransferFile& file = source.file;
    plan.manifest.push_back({to_text + "/" + file.name, file.name, to_text, file.size});
    const auto at = before.find(file.name);
    if (at != before.end() && at->second == file.size) {
      ++plan.copied_before;
      continue;
    }
    const auto [group, is_new] = by_key.emplace(*key, groups.size());
    if (is_new) groups.push_back({*key, {}});
    groups[group->second].sources.push_back(std::move(source));
  }
  if (plan.manifest.empty() && plan.left_out > 0) {
    plan.warnings.push_back(fmt::format(
        "no file is matched: patterns are for whole paths, such as \"{}\"", an_example));
  }
  TakenNames taken;
  RETURN_IF_ERROR(TakeTargets(clients, request, to, taken, stop));
  for (Group& group : groups) RETURN_IF_ERROR(AddResults(request, to, group, taken, plan));
  RETURN_IF_ERROR(LookAtLines(clients, request, plan, stop));
  return plan;
}

}  // namespace ember
