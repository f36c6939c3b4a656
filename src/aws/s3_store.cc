#include "aws/s3_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "aws/s3_journal.h"
#include "aws/s3_recovery.h"
#include "aws/s3_staged_write.h"

namespace ember {
namespace {

// Spark's HadoopFSUtils.shouldFilterOutPathName.
bool IsHiddenName(std::string_view name) {
  return (name.starts_with('_') && name.find('=') == std::string_view::npos) ||
         name.starts_with('.') || name.ends_with("._COPYING_");
}

std::vector<std::string> SplitKey(std::string_view key) {
  std::vector<std::string> names;
  size_t start = 0;
  while (start <= key.size()) {
    const size_t end = std::min(key.find('/', start), key.size());
    names.emplace_back(key.substr(start, end - start));
    start = end + 1;
  }
  return names;
}

enum class KeyMatch { kNo, kHidden, kYes };

/// A key against a pattern of whole names: the pattern's names match the first ones, and none of
/// those that a glob chose or that lie below are hidden.
KeyMatch MatchKey(const std::vector<std::string>& pattern, const std::string& key) {
  const std::vector<std::string> names = SplitKey(key);
  if (names.size() < pattern.size() || key.ends_with('/')) return KeyMatch::kNo;
  bool is_hidden = false;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i >= pattern.size()) {
      is_hidden = is_hidden || IsHiddenName(names[i]);
    } else if (HasGlob(pattern[i])) {
      if (!MatchesGlob(pattern[i], names[i]) || IsHiddenName(names[i])) return KeyMatch::kNo;
    } else if (pattern[i] != names[i]) {
      return KeyMatch::kNo;
    }
  }
  return is_hidden ? KeyMatch::kHidden : KeyMatch::kYes;
}

// What every key that matches begins with.
std::string LiteralPrefix(const std::vector<std::string>& pattern) {
  std::string prefix;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (i > 0) prefix += '/';
    const size_t glob = pattern[i].find_first_of("*?[{\\");
    prefix += pattern[i].substr(0, glob);
    if (glob != std::string::npos) break;
  }
  return prefix;
}

struct Located {
  std::shared_ptr<S3Client> client;
  std::string key;   // without slashes at its ends
  std::string root;  // "s3a://bucket/", as the path was given
};

class S3Store final : public Store {
 public:
  explicit S3Store(std::shared_ptr<S3Clients> clients) : clients_(std::move(clients)) {}

  Result<std::vector<FileInfo>> List(const std::string& path) override {
    ASSIGN_OR_RETURN(Located at, Locate(path));
    return HasGlob(at.key) ? ListMatches(at, path) : ListBelow(at, path);
  }

  Result<bool> Exists(const std::string& path) override {
    ASSIGN_OR_RETURN(Located at, Locate(path));
    return IsThere(*at.client, at.key);
  }

  Result<std::string> ReadAll(const std::string& path, int64_t max_bytes) override {
    ASSIGN_OR_RETURN(Located at, Locate(path));
    Result<std::string> text = at.client->GetText(at.key, max_bytes);
    if (!text.ok() && ServiceCodeOf(text.error()) == "NoSuchKey") {
      return MakeError("PATH_NOT_FOUND", {{"path", path}});
    }
    return text;
  }

  Status WriteAll(const std::string& path, std::string_view text) override {
    ASSIGN_OR_RETURN(Located at, Locate(path));
    RETURN_IF_ERROR(at.client->Put(at.key, {.text = std::string(text)}));
    return {};
  }

  Result<std::vector<std::string>> ListFolders(const std::string& path) override {
    ASSIGN_OR_RETURN(Located at, Locate(path));
    const std::string base = at.key.empty() ? "" : at.key + "/";
    ASSIGN_OR_RETURN(S3Listing listing, ListSettledS3(*at.client, at.key, base, {}));
    std::set<std::string> folders;
    for (const S3Object& object : listing.objects) {
      const std::string below = object.key.substr(base.size());
      size_t start = 0;
      for (size_t slash = below.find('/'); slash != below.npos; slash = below.find('/', start)) {
        if (IsHiddenName(below.substr(start, slash - start))) break;
        folders.insert(below.substr(0, slash));
        start = slash + 1;
      }
    }
    return std::vector<std::string>(folders.begin(), folders.end());
  }

  Result<std::vector<std::string>> ListNames(const std::string& path) override {
    ASSIGN_OR_RETURN(Located at, Locate(path));
    const std::string base = at.key.empty() ? "" : at.key + "/";
    ASSIGN_OR_RETURN(S3Listing listing, at.client->List({.prefix = base, .delimiter = "/"}));
    std::vector<std::string> names;
    for (const S3Object& object : listing.objects) {
      if (object.key != base) names.push_back(object.key.substr(base.size()));
    }
    for (const std::string& prefix : listing.prefixes) names.push_back(prefix.substr(base.size()));
    std::sort(names.begin(), names.end());
    return names;
  }

  // As S3A and AWS's console do: an empty object whose name ends with a slash.
  Status MakeFolder(const std::string& path) override {
    ASSIGN_OR_RETURN(Located at, Locate(path));
    ASSIGN_OR_RETURN(bool is_there, IsThere(*at.client, at.key));
    if (is_there || at.key.empty()) return {};
    RETURN_IF_ERROR(at.client->Put(at.key + "/", {}));
    return {};
  }

  Result<std::unique_ptr<StagedWrite>> BeginWrite(const std::string& target,
                                                  CommitKind kind) override {
    ASSIGN_OR_RETURN(Located at, Locate(target));
    if (at.key.empty()) return Unsupported("writing into the top of an S3 bucket");
    return BeginS3Write(at.client, clients_->host(), at.key, kind);
  }

  // The files of a folder go by one commit, that of nothing in their place: killed in the middle,
  // all of them are there or none.
  Status Remove(const std::string& path) override {
    ASSIGN_OR_RETURN(Located at, Locate(path));
    if (at.key.empty()) return Unsupported("removing all of an S3 bucket");
    RETURN_IF_ERROR(Recover(path));
    ASSIGN_OR_RETURN(S3Listing listing, at.client->List({.prefix = at.key + "/"}));
    std::vector<std::string> keys = {at.key};
    bool has_files = false;
    for (S3Object& object : listing.objects) {
      // Markers of folders; some servers keep them while something is below.
      if (object.key.ends_with('/'))
        keys.push_back(std::move(object.key));
      else
        has_files = true;
    }
    if (has_files) {
      ASSIGN_OR_RETURN(std::unique_ptr<StagedWrite> nothing,
                       BeginS3Write(at.client, clients_->host(), at.key, CommitKind::kReplaceAll));
      RETURN_IF_ERROR(nothing->Commit());
    }
    return at.client->DeleteAll(keys);
  }

  Status Recover(const std::string& target) override {
    ASSIGN_OR_RETURN(Located at, Locate(target));
    return RecoverS3Path(*at.client, at.key, {});
  }

 private:
  Result<Located> Locate(const std::string& path) {
    const std::optional<S3Path> parsed = ParseS3Path(path);
    if (!parsed || parsed->bucket.empty()) {
      return InvalidInput(fmt::format("\"{}\" is no path of S3: s3://bucket/key", path));
    }
    Located at = {.key = parsed->key,
                  .root = path.substr(0, path.find("://") + 3) + parsed->bucket + "/"};
    while (at.key.ends_with('/')) at.key.pop_back();
    ASSIGN_OR_RETURN(at.client, clients_->For(parsed->bucket));
    return at;
  }

  static Result<bool> IsThere(S3Client& client, const std::string& key) {
    const std::string folder = key.empty() ? "" : key + "/";
    ASSIGN_OR_RETURN(S3Listing below, client.List({.prefix = folder, .max_keys = 1}));
    if (!below.objects.empty()) return true;
    if (key.empty()) return false;
    ASSIGN_OR_RETURN(std::optional<S3Object> object, client.Head(key));
    return object.has_value();
  }

  static FileInfo InfoOf(const Located& at, const S3Object& object) {
    return {.path = at.root + object.key,
            .size = object.size,
            .modified_us = object.modified_us,
            .etag = object.etag};
  }

  // The files below a folder, of a listing that holds them.
  static std::vector<FileInfo> FilesIn(const Located& at, const S3Listing& listing,
                                       const std::string& folder) {
    std::vector<FileInfo> files;
    for (const S3Object& object : listing.objects) {
      if (!object.key.starts_with(folder) || object.key.ends_with('/')) continue;
      const std::vector<std::string> below = SplitKey(object.key.substr(folder.size()));
      if (!std::any_of(below.begin(), below.end(), IsHiddenName)) {
        files.push_back(InfoOf(at, object));
      }
    }
    return files;
  }

  Result<std::vector<FileInfo>> ListBelow(const Located& at, const std::string& path) {
    const std::string folder = at.key.empty() ? "" : at.key + "/";
    ASSIGN_OR_RETURN(S3Listing listing, ListSettledS3(*at.client, at.key, folder, {}));
    if (!listing.objects.empty()) return FilesIn(at, listing, folder);
    // A single object, hidden or not: it was named.
    if (!at.key.empty()) {
      ASSIGN_OR_RETURN(std::optional<S3Object> object, at.client->Head(at.key));
      if (object) return std::vector<FileInfo>{InfoOf(at, *object)};
    }
    return MakeError("PATH_NOT_FOUND", {{"path", path}});
  }

  Result<std::vector<FileInfo>> ListMatches(const Located& at, const std::string& path) {
    const std::vector<std::string> pattern = SplitKey(at.key);
    ASSIGN_OR_RETURN(S3Listing listing,
                     ListSettledS3(*at.client, at.key, LiteralPrefix(pattern), {}));
    std::vector<FileInfo> files;
    const std::string folder = at.key + "/";
    bool is_found = false;
    // A key may hold a glob's characters: what is there by its name comes first.
    bool is_folder = false;
    std::vector<FileInfo> named;
    for (const S3Object& object : listing.objects) {
      is_folder = is_folder || object.key.starts_with(folder);
      if (object.key == at.key) named.push_back(InfoOf(at, object));
      const KeyMatch match = MatchKey(pattern, object.key);
      is_found = is_found || match != KeyMatch::kNo;
      if (match == KeyMatch::kYes) files.push_back(InfoOf(at, object));
    }
    if (is_folder) return FilesIn(at, listing, folder);
    if (!named.empty()) return named;
    if (!is_found) return MakeError("PATH_NOT_FOUND", {{"path", path}});
    return files;
  }

  std::shared_ptr<S3Clients> clients_;
};

}  // namespace

Result<std::shared_ptr<S3Client>> S3Clients::For(const std::string& bucket) {
  std::lock_guard lock(mutex_);
  const auto known = clients_.find(bucket);
  if (known != clients_.end()) return known->second;
  ASSIGN_OR_RETURN(S3Settings settings, ResolveS3Settings(bucket, session_, host_, &http_, {}));
  ASSIGN_OR_RETURN(std::shared_ptr<AwsCredentialsProvider> credentials,
                   MakeS3Credentials(settings, host_, http_));
  auto client = std::make_shared<S3Client>(http_, host_, std::move(credentials), settings);
  clients_[bucket] = client;
  return client;
}

std::unique_ptr<Store> MakeS3Store(std::shared_ptr<S3Clients> clients) {
  return std::make_unique<S3Store>(std::move(clients));
}

Result<S3Cleaned> CleanS3(S3Clients& clients, const std::string& path, int64_t min_age_us,
                          const std::stop_token& stop) {
  const std::optional<S3Path> parsed = ParseS3Path(path);
  if (!parsed) return InvalidInput(fmt::format("\"{}\" is no path of S3", path));
  ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, clients.For(parsed->bucket));
  std::string target = parsed->key;
  while (target.ends_with('/')) target.pop_back();
  const std::string folder = target.empty() ? "" : target + "/";
  std::vector<std::string> written;  // folders with a journal
  if (!target.empty()) written.push_back(S3JournalTarget(target));
  ASSIGN_OR_RETURN(S3Listing listing, client->List({.prefix = folder}, stop));
  for (const S3Object& object : listing.objects) {
    if (const auto below = TargetOfS3Journal(object.key)) written.push_back(*below);
  }
  // What is decided is finished first: its uploads must not go.
  const int64_t now_us = clients.host().NowUs();
  S3Cleaned cleaned;
  for (const std::string& name : written) {
    ASSIGN_OR_RETURN(bool is_removed, RemoveS3Journal(*client, name, now_us, min_age_us, stop));
    if (is_removed) ++cleaned.journals;
  }
  ASSIGN_OR_RETURN(std::vector<S3Upload> uploads, client->ListUploads(folder, stop));
  for (const S3Upload& upload : uploads) {
    if (min_age_us > 0 && now_us - upload.started_us < min_age_us) continue;
    RETURN_IF_ERROR(client->AbortUpload(upload, stop));
    ++cleaned.uploads;
  }
  return cleaned;
}

}  // namespace ember
