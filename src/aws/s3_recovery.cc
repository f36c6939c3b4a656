#include "aws/s3_recovery.h"

#include <algorithm>

#include "aws/s3_journal.h"
#include "store/store.h"

namespace ember {
namespace {

// Whether it was there to be finished.
Result<bool> Finish(S3Client& client, const std::string& target, const std::stop_token& stop) {
  ASSIGN_OR_RETURN(std::optional<S3StoredJournal> found, ReadS3Journal(client, target, stop));
  if (!found || found->journal.state != S3WriteState::kDecided) return false;
  RETURN_IF_ERROR(RollForwardS3(client, target, *found, stop));
  return true;
}

// A name that stands in a written folder rather than for one: "year=2024", "part-0.parquet".
bool IsInsideName(const std::string& name) { return name.find_first_of("=.") != name.npos; }

std::string Joined(const std::vector<std::string>& names, size_t count) {
  std::string path;
  for (size_t i = 0; i < count; ++i) path += (i > 0 ? "/" : "") + names[i];
  return path;
}

}  // namespace

Status RecoverS3Path(S3Client& client, const std::vector<std::string>& path, RecoverBefore before,
                     const std::stop_token& stop) {
  const auto glob = std::find_if(path.begin(), path.end(), HasGlob);
  size_t count = glob - path.begin();
  const std::string literal =
      glob == path.end() ? "" : glob->substr(0, glob->find_first_of("*?[{\\"));
  // A listing of all names here will hold the journals as well.
  const bool are_listed = literal.empty() && before == RecoverBefore::kListing;
  if (glob != path.end() && !are_listed) {
    const std::string parent = count == 0 ? "" : Joined(path, count) + "/";
    ASSIGN_OR_RETURN(S3Listing journals,
                     client.List({.prefix = parent + ".ember-" + literal}, stop));
    std::erase_if(journals.objects, [&](const S3Object& object) {
      const std::optional<std::string> target = TargetOfS3Journal(object.key);
      return !target || target->find('/', parent.size()) != std::string::npos ||
             !MatchesGlob(*glob, target->substr(parent.size()));
    });
    RETURN_IF_ERROR(RecoverListedS3(client, journals, stop));
  }
  for (; count > 0 && !path[count - 1].empty(); --count) {
    RETURN_IF_ERROR(Finish(client, Joined(path, count), stop));
    if (!IsInsideName(path[count - 1])) break;
  }
  return {};
}

Result<bool> RecoverListedS3(S3Client& client, const S3Listing& listing,
                             const std::stop_token& stop) {
  bool is_changed = false;
  for (const S3Object& object : listing.objects) {
    const std::optional<std::string> target = TargetOfS3Journal(object.key);
    if (!target) continue;
    ASSIGN_OR_RETURN(bool finished, Finish(client, *target, stop));
    is_changed = is_changed || finished;
  }
  return is_changed;
}

}  // namespace ember
