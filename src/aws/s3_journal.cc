#include "aws/s3_journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "aws/parallel.h"
#include "base/uuid.h"

namespace ember {
namespace {

using nlohmann::json;

// Until the last one readers that know nothing of the journal see a part.
constexpr size_t kCompletesAtOnce = 32;

struct StateRow {
  S3WriteState state;
  std::string_view name;
};
constexpr auto kStates = std::to_array<StateRow>({{S3WriteState::kPrepared, "prepared"},
                                                  {S3WriteState::kDecided, "decided"},
                                                  {S3WriteState::kDone, "done"},
                                                  {S3WriteState::kUndone, "undone"}});

std::string TextOf(const json& object, const char* name) {
  if (!object.is_object() || !object.contains(name) || !object[name].is_string()) return {};
  return object[name].get<std::string>();
}

int64_t NumberOf(const json& object, const char* name) {
  if (!object.is_object() || !object.contains(name) || !object[name].is_number_integer()) return 0;
  return object[name].get<int64_t>();
}

json ListOf(const json& object, const char* name) {
  if (!object.contains(name) || !object[name].is_array()) return json::array();
  return object[name];
}

std::vector<std::string> TextsOf(const json& object, const char* name) {
  std::vector<std::string> texts;
  for (const json& item : ListOf(object, name)) {
    if (item.is_string()) texts.push_back(item.get<std::string>());
  }
  return texts;
}

S3PendingUpload ParseUpload(const json& item) {
  S3PendingUpload pending;
  pending.upload = {
      .key = TextOf(item, "key"), .id = TextOf(item, "id"), .write_id = TextOf(item, "mark")};
  for (const json& part : ListOf(item, "parts")) {
    pending.parts.push_back({.number = static_cast<int>(NumberOf(part, "number")),
                             .etag = TextOf(part, "etag"),
                             .size = NumberOf(part, "size"),
                             .checksum = TextOf(part, "checksum")});
  }
  return pending;
}

// Takes back a decided write whose uploads cannot all be completed: the old objects are still
// there.
Status Undo(S3Client& client, const std::string& target, const S3StoredJournal& stored,
            const std::stop_token& stop) {
  std::vector<std::string> keys;
  for (const S3PendingUpload& pending : stored.journal.uploads) {
    RETURN_IF_ERROR(client.AbortUpload(pending.upload, stop));
    keys.push_back(pending.upload.key);
  }
  RETURN_IF_ERROR(client.DeleteAll(keys, stop));
  S3Journal undone = {.state = S3WriteState::kUndone, .write_id = stored.journal.write_id};
  RETURN_IF_ERROR(SwapS3Journal(client, target, undone, stored.etag, stop));
  return {};
}

}  // namespace

std::string S3JournalText(const S3Journal& journal) {
  json out = {
      {"version", 1}, {"write", journal.write_id}, {"lease_until_us", journal.lease_until_us}};
  for (const StateRow& row : kStates) {
    if (row.state == journal.state) out["state"] = row.name;
  }
  out["uploads"] = json::array();
  for (const S3PendingUpload& pending : journal.uploads) {
    json parts = json::array();
    for (const S3Part& part : pending.parts) {
      parts.push_back({{"number", part.number},
                       {"etag", part.etag},
                       {"size", part.size},
                       {"checksum", part.checksum}});
    }
    out["uploads"].push_back({{"key", pending.upload.key},
                              {"id", pending.upload.id},
                              {"mark", pending.upload.write_id},
                              {"parts", std::move(parts)}});
  }
  out["empty_objects"] = journal.empty_objects;
  out["old_objects"] = journal.old_objects;
  // Keys need not be UTF-8.
  return out.dump(-1, ' ', true, json::error_handler_t::replace);
}

Result<S3Journal> ParseS3Journal(const std::string& text) {
  const json in = json::parse(text, nullptr, false);
  const std::string name = TextOf(in, "state");
  const auto state = std::find_if(kStates.begin(), kStates.end(),
                                  [&](const StateRow& row) { return row.name == name; });
  if (state == kStates.end() || NumberOf(in, "version") != 1) {
    return InvalidInput("the journal of an S3 folder is of a form that this Ember does not know");
  }
  S3Journal journal = {.state = state->state,
                       .write_id = TextOf(in, "write"),
                       .lease_until_us = NumberOf(in, "lease_until_us"),
                       .empty_objects = TextsOf(in, "empty_objects"),
                       .old_objects = TextsOf(in, "old_objects")};
  for (const json& item : ListOf(in, "uploads")) journal.uploads.push_back(ParseUpload(item));
  return journal;
}

std::string S3JournalTarget(const std::string& folder) {
  std::string target = folder;
  for (size_t slash = target.rfind('/'); slash != target.npos && slash > 0;
       slash = target.rfind('/')) {
    if (target.find('=', slash) == target.npos) break;
    target.resize(slash);
  }
  return target;
}

std::string S3JournalKey(const std::string& target) {
  const size_t slash = target.rfind('/');
  const std::string parent = slash == target.npos ? "" : target.substr(0, slash + 1);
  return parent + ".ember-" + target.substr(parent.size()) + ".journal";
}

std::optional<std::string> TargetOfS3Journal(const std::string& key) {
  constexpr std::string_view kBefore = ".ember-";
  constexpr std::string_view kAfter = ".journal";
  const size_t slash = key.rfind('/');
  const std::string parent = slash == key.npos ? "" : key.substr(0, slash + 1);
  const std::string_view name = std::string_view(key).substr(parent.size());
  if (!name.starts_with(kBefore) || !name.ends_with(kAfter) ||
      name.size() <= kBefore.size() + kAfter.size()) {
    return std::nullopt;
  }
  return parent +
         std::string(name.substr(kBefore.size(), name.size() - kBefore.size() - kAfter.size()));
}

Result<std::optional<S3StoredJournal>> ReadS3Journal(S3Client& client, const std::string& target,
                                                     const std::stop_token& stop) {
  const std::string key = S3JournalKey(target);
  for (;;) {
    ASSIGN_OR_RETURN(std::optional<S3Object> object, client.Head(key, stop));
    if (!object) return std::optional<S3StoredJournal>();
    std::string text;
    Status got = client.Get(
        key, {}, object->etag,
        [&](std::string_view piece) {
          text.append(piece);
          return Status();
        },
        stop);
    if (!got.ok()) {
      // Changed or gone between the two calls: look again.
      const int status = ServiceStatusOf(got.error());
      if (status == 412 || status == 404) continue;
      return std::move(got).error();
    }
    ASSIGN_OR_RETURN(S3Journal journal, ParseS3Journal(text));
    return std::optional<S3StoredJournal>({std::move(journal), object->etag, object->modified_us});
  }
}

Result<std::optional<std::string>> SwapS3Journal(S3Client& client, const std::string& target,
                                                 const S3Journal& journal, const std::string& etag,
                                                 const std::stop_token& stop) {
  S3PutOptions options;
  options.condition.is_absent = etag.empty();
  options.condition.etag = etag;
  Result<std::string> put =
      client.Put(S3JournalKey(target), {.text = S3JournalText(journal)}, options, stop);
  if (put.ok()) return std::optional<std::string>(*std::move(put));
  const int status = ServiceStatusOf(put.error());
  if (status == 412 || status == 409 || status == 404) return std::optional<std::string>();
  return std::move(put).error();
}

Status RollForwardS3(S3Client& client, const std::string& target, const S3StoredJournal& stored,
                     const std::stop_token& stop) {
  const S3Journal& journal = stored.journal;
  Status completed = ForEachInParallel(
      journal.uploads.size(),
      [&](size_t i) -> Status {
        RETURN_IF_ERROR(
            client.CompleteUpload(journal.uploads[i].upload, journal.uploads[i].parts, {}, stop));
        return {};
      },
      kCompletesAtOnce);
  if (!completed.ok()) {
    if (ServiceCodeOf(completed.error()) != "NoSuchUpload") return completed;
    // Gone because somebody else has finished and a later write has replaced the objects since?
    ASSIGN_OR_RETURN(std::optional<S3StoredJournal> now, ReadS3Journal(client, target, stop));
    if (!now || now->etag != stored.etag) return {};
    RETURN_IF_ERROR(Undo(client, target, stored, stop));
    return completed;
  }
  for (const std::string& key : journal.empty_objects) {
    RETURN_IF_ERROR(client.Put(key, {}, {}, stop));
  }
  RETURN_IF_ERROR(client.DeleteAll(journal.old_objects, stop));
  const S3Journal done = {.state = S3WriteState::kDone, .write_id = journal.write_id};
  RETURN_IF_ERROR(SwapS3Journal(client, target, done, stored.etag, stop));
  return {};
}

Result<bool> RemoveS3Journal(S3Client& client, const std::string& target, int64_t now_us,
                             int64_t min_age_us, const std::stop_token& stop) {
  ASSIGN_OR_RETURN(std::optional<S3StoredJournal> found, ReadS3Journal(client, target, stop));
  // Without an age the service's clock does not matter.
  const bool is_old = found && (min_age_us == 0 || now_us - found->modified_us >= min_age_us);
  if (found && found->journal.state == S3WriteState::kDecided) {
    RETURN_IF_ERROR(RollForwardS3(client, target, *found, stop));
    ASSIGN_OR_RETURN(found, ReadS3Journal(client, target, stop));
  }
  if (!is_old || !found || found->journal.state == S3WriteState::kDecided) return false;
  const S3Journal held = {.state = S3WriteState::kPrepared,
                          .write_id = NewUuid(),
                          .lease_until_us = now_us + kS3LeaseUs};
  ASSIGN_OR_RETURN(std::optional<std::string> etag,
                   SwapS3Journal(client, target, held, found->etag, stop));
  if (!etag) return false;
  RETURN_IF_ERROR(client.Delete(S3JournalKey(target), stop));
  return true;
}

}  // namespace ember
