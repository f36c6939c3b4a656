#include "aws/s3_recovery.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "aws/s3_journal.h"
#include "store/store.h"

namespace ember {
namespace {

// A writer makes several requests for each of its decisions: who lists as often as this in vain
// would do so for ever.
constexpr int kMostListings = 50;

// Journals by their keys, as they were at one look; an empty ETag stands for none.
using JournalVersions = std::map<std::string, std::string>;

// A name that stands in a written folder rather than for one: "year=2024", "part-0.parquet".
bool IsInsideName(std::string_view name) { return name.find_first_of("=.") != name.npos; }

// The journals that speak of what somebody who comes to `key` finds.
struct JournalsAround {
  std::vector<std::string> targets;  // of folders with a name
  std::string folder;                // with its slash: what holds the names that `glob` chooses
  std::string glob;                  // empty: the key holds none
  std::string literal;               // what `glob` begins with
};

JournalsAround JournalsOf(const std::string& key) {
  JournalsAround around;
  std::string folder = key;
  if (const size_t wild = key.find_first_of("*?[{\\"); wild != key.npos) {
    const size_t slash = key.rfind('/', wild);
    const size_t begin = slash == key.npos ? 0 : slash + 1;
    around.literal = key.substr(begin, wild - begin);
    // "day=*" names partitions, and their writes stand in the journal of the table.
    if (around.literal.find('=') == around.literal.npos) {
      around.folder = key.substr(0, begin);
      around.glob = key.substr(begin, key.find('/', begin) - begin);
    }
    folder = key.substr(0, slash == key.npos ? 0 : slash);
  }
  while (!folder.empty() && !folder.ends_with('/')) {
    const size_t slash = folder.rfind('/');
    const std::string_view name =
        std::string_view(folder).substr(slash == folder.npos ? 0 : slash + 1);
    std::string target = S3JournalTarget(folder);
    if (around.targets.empty() || around.targets.back() != target) {
      around.targets.push_back(std::move(target));
    }
    if (!IsInsideName(name) || slash == folder.npos) break;
    folder.resize(slash);
  }
  return around;
}

// Those journals of a listing that are of folders which the glob names.
S3Listing GlobbedJournals(const JournalsAround& around, S3Listing listing) {
  std::erase_if(listing.objects, [&](const S3Object& object) {
    if (!object.key.starts_with(around.folder)) return true;
    const std::optional<std::string> target = TargetOfS3Journal(object.key);
    return !target || target->find('/', around.folder.size()) != target->npos ||
           !MatchesGlob(around.glob, target->substr(around.folder.size()));
  });
  return listing;
}

Result<S3Listing> ListGlobbedJournals(S3Client& client, const JournalsAround& around,
                                      const std::stop_token& stop) {
  ASSIGN_OR_RETURN(S3Listing listing,
                   client.List({.prefix = around.folder + ".ember-" + around.literal}, stop));
  return GlobbedJournals(around, std::move(listing));
}

void Note(const S3Listing& journals, JournalVersions& versions) {
  for (const S3Object& object : journals.objects) versions[object.key] = object.etag;
}

// Finishes the decided write of a folder; its journal's version then.
Result<std::string> Settle(S3Client& client, const std::string& target,
                           const std::stop_token& stop) {
  for (;;) {
    ASSIGN_OR_RETURN(std::optional<S3StoredJournal> found, ReadS3Journal(client, target, stop));
    if (!found) return std::string();
    if (found->journal.state != S3WriteState::kDecided) return std::move(found->etag);
    RETURN_IF_ERROR(RollForwardS3(client, target, *found, stop));
  }
}

Result<JournalVersions> SettleAround(S3Client& client, const JournalsAround& around,
                                     const std::stop_token& stop) {
  JournalVersions versions;
  for (const std::string& target : around.targets) {
    ASSIGN_OR_RETURN(versions[S3JournalKey(target)], Settle(client, target, stop));
  }
  return versions;
}

Result<JournalVersions> SettleGlobbed(S3Client& client, const JournalsAround& around,
                                      const std::stop_token& stop) {
  for (;;) {
    ASSIGN_OR_RETURN(S3Listing journals, ListGlobbedJournals(client, around, stop));
    ASSIGN_OR_RETURN(bool is_changed, RecoverListedS3(client, journals, stop));
    if (is_changed) continue;
    JournalVersions versions;
    Note(journals, versions);
    return versions;
  }
}

// The second look: whether all journals are what they were at the first one. A version that comes
// back does not exist: each holds the id of its write.
Result<bool> AreSame(S3Client& client, const JournalsAround& around, const JournalVersions& named,
                     const JournalVersions& globbed, const std::stop_token& stop) {
  for (const auto& [key, etag] : named) {
    ASSIGN_OR_RETURN(std::optional<S3Object> now, client.Head(key, stop));
    if ((now ? now->etag : "") != etag) return false;
  }
  if (around.glob.empty()) return true;
  ASSIGN_OR_RETURN(S3Listing journals, ListGlobbedJournals(client, around, stop));
  JournalVersions versions;
  Note(journals, versions);
  return versions == globbed;
}

}  // namespace

Status RecoverS3Path(S3Client& client, const std::string& key, const std::stop_token& stop) {
  const JournalsAround around = JournalsOf(key);
  RETURN_IF_ERROR(SettleAround(client, around, stop));
  if (!around.glob.empty()) RETURN_IF_ERROR(SettleGlobbed(client, around, stop));
  return {};
}

Result<bool> RecoverListedS3(S3Client& client, const S3Listing& listing,
                             const std::stop_token& stop) {
  bool is_changed = false;
  for (const S3Object& object : listing.objects) {
    const std::optional<std::string> target = TargetOfS3Journal(object.key);
    if (!target) continue;
    ASSIGN_OR_RETURN(std::string etag, Settle(client, *target, stop));
    is_changed = is_changed || etag != object.etag;
  }
  return is_changed;
}

Result<S3Listing> ListSettledS3(S3Client& client, const std::string& key, const std::string& prefix,
                                const std::stop_token& stop) {
  const JournalsAround around = JournalsOf(key);
  // A listing of all names that the glob can mean holds their journals as well, and before them,
  // since keys come in order.
  const bool are_listed = !around.glob.empty() && around.literal.empty();
  for (int i = 0; i < kMostListings; ++i) {
    ASSIGN_OR_RETURN(JournalVersions named, SettleAround(client, around, stop));
    JournalVersions globbed;
    if (!around.glob.empty() && !are_listed) {
      ASSIGN_OR_RETURN(globbed, SettleGlobbed(client, around, stop));
    }
    ASSIGN_OR_RETURN(S3Listing listing, client.List({.prefix = prefix}, stop));
    ASSIGN_OR_RETURN(bool is_changed, RecoverListedS3(client, listing, stop));
    if (is_changed) continue;
    if (are_listed) Note(GlobbedJournals(around, listing), globbed);
    ASSIGN_OR_RETURN(bool is_settled, AreSame(client, around, named, globbed, stop));
    if (is_settled) return listing;
  }
  return InvalidInput(
      fmt::format("others write into \"s3://{}/{}\" again and again while it is listed: read it "
                  "when they are done",
                  client.settings().bucket, key));
}

}  // namespace ember
