#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "aws/s3_client.h"

namespace ember {

/// One write of a folder of S3, as it stands in the journal beside the folder. The journal is one
/// small object for each folder that Ember has written; it changes only by compare-and-swap, so
/// that decided writes follow one after the other.
///
///   (none) | done | undone ─> prepared ─> decided ─> done
///                                └──────────────────> undone   (also from decided, see
///                                RollForward)
///
/// prepared: the writer holds the folder until `lease_until_us`, and nothing is to be seen of it.
/// decided: the write will be finished, by whoever comes next: uploads completed, then empty
/// objects made, then old objects deleted. Every step may be done twice: new objects have names
/// that no other write gets, and only old names are deleted.
enum class S3WriteState { kPrepared, kDecided, kDone, kUndone };

struct S3PendingUpload {
  S3Upload upload;
  std::vector<S3Part> parts;
};

struct S3Journal {
  S3WriteState state = S3WriteState::kPrepared;
  std::string write_id;
  int64_t lease_until_us = 0;
  std::vector<S3PendingUpload> uploads;
  std::vector<std::string> empty_objects;  // "_SUCCESS"
  std::vector<std::string> old_objects;    // to be deleted
};

std::string S3JournalText(const S3Journal& journal);
/// EMBER_INVALID_INPUT for what is no journal.
Result<S3Journal> ParseS3Journal(const std::string& text);

/// The folder in whose journal a write of `folder` (a key without a slash at its end) stands:
/// itself, but for a partition folder ("t/day=1/hour=2") the table "t". So writers of a table and
/// of its partitions follow one after the other, and a reader of any of them looks at one journal.
std::string S3JournalTarget(const std::string& folder);
/// The journal of such a folder: ".ember-NAME.journal" beside it, a name that Spark's readers do
/// not see.
std::string S3JournalKey(const std::string& target);
/// The folder whose journal a key is; nothing for any other key.
std::optional<std::string> TargetOfS3Journal(const std::string& key);

/// A journal and the version it was read as.
struct S3StoredJournal {
  S3Journal journal;
  std::string etag;
  int64_t modified_us = 0;
};
/// Nothing when the folder has none.
Result<std::optional<S3StoredJournal>> ReadS3Journal(S3Client& client, const std::string& target,
                                                     const std::stop_token& stop);
/// How long a writer may hold the folder before it decides: between the two is one listing, and
/// whoever needs longer has died.
inline constexpr int64_t kS3LeaseUs = int64_t{120} * 1000000;

/// Writes the journal if it still is what `etag` says (empty: not there); its new ETag, or nothing
/// when somebody else was first.
Result<std::optional<std::string>> SwapS3Journal(S3Client& client, const std::string& target,
                                                 const S3Journal& journal, const std::string& etag,
                                                 const std::stop_token& stop);

/// Finishes a decided write; may be repeated, also at the same time by others. When an upload is
/// gone for ever (an old journal, and a lifecycle rule), nothing old has been deleted yet: then the
/// write is undone instead, and its journal says so.
Status RollForwardS3(S3Client& client, const std::string& target, const S3StoredJournal& stored,
                     const std::stop_token& stop);

/// Takes away the journal of a folder that nobody writes; false when it is younger than
/// `min_age_us`, or somebody else came to it, or there is none. The folder is held like a writer's
/// meanwhile, so that no other's journal can be what is deleted. A decided one is finished first.
Result<bool> RemoveS3Journal(S3Client& client, const std::string& target, int64_t now_us,
                             int64_t min_age_us, const std::stop_token& stop);

}  // namespace ember
