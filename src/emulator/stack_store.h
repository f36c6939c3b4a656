#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "aws/aws_api.h"
#include "base/result.h"
#include "emulator/event_journal.h"
#include "emulator/stack_kinds.h"
#include "emulator/stack_template.h"

namespace ember {

/// What stacks make for real, or look at.
struct StackWorld {
  std::string region = "us-east-1";
  std::string account;
  double speed = 60;
  std::function<int64_t()> now_us;
  /// Whether the bucket is new: false where it is there already.
  std::function<Result<bool>(const std::string& name)> make_bucket;
  std::function<Status(const std::string& name)> delete_bucket;
  std::function<void(const std::string& name, const std::string& text)> put_security;
  std::function<void(const std::string& name)> delete_security;
  /// Who uses a resource, so that it cannot be deleted: a cluster's id; empty: nobody.
  std::function<std::string(const std::string& physical_id)> user_of;
  EventJournal* journal = nullptr;
};

struct StackResource {
  std::string logical;
  std::string type;
  std::string id;  // physical
  std::string status;
  AwsJson properties;  // resolved
  std::map<std::string, std::string> attributes;
  bool is_retained = false;
  bool is_taken_over = false;  // it was there before the stack
  int64_t changed_us = 0;
};

struct StackEvent {
  int64_t time_us = 0;
  std::string logical;
  std::string id;
  std::string type;
  std::string status;
  std::string reason;
  int number = 0;
};

struct StackChange {
  std::string action;  // Add, Modify, Remove, Import
  std::string logical;
  std::string type;
  std::string id;
  bool is_replaced = false;
  std::vector<std::string> properties;
};

struct StackChangeSet {
  std::string name;
  std::string id;
  bool is_update = false;
  std::string status;
  std::string reason;
  std::string execution = "AVAILABLE";
  AwsJson document;
  std::map<std::string, std::string> parameters;
  AwsJson tags = AwsJson::array();
  std::vector<StackChange> changes;
  bool deletes_new_retained = false;  // RetainExceptOnCreate
  bool takes_existing = false;        // ImportExistingResources
  int64_t created_us = 0;
};

struct EmulatedStack {
  std::string name;
  std::string id;
  std::string status;
  std::string reason;
  AwsJson document = AwsJson::object();
  std::map<std::string, std::string> parameters;
  AwsJson tags = AwsJson::array();
  AwsJson outputs = AwsJson::array();
  std::map<std::string, StackResource> resources;
  std::vector<std::string> made;  // logical names in the order they were made
  std::vector<StackEvent> events;
  std::map<std::string, StackChangeSet> change_sets;  // by name
  int64_t created_us = 0;
  int64_t updated_us = 0;
  int64_t deleted_us = 0;

  // What is being done.
  struct Work {
    enum class Kind { kMake, kChange, kReplace, kDelete };
    Kind kind = Kind::kMake;
    std::string logical;
    bool has_begun = false;
  };
  std::deque<Work> works;
  int64_t next_us = 0;
  StackChangeSet executing;
  std::vector<std::string> added;  // by what is executed: what a rollback removes
  std::map<std::string, StackResource> resources_before;  // what a rollback gives back
  std::map<std::string, std::string> parameters_before;
};

/// The stacks of an emulated CloudFormation. Time goes by with the calls: each brings all stacks to
/// the moment it is made. Not thread-safe.
class StackStore {
 public:
  explicit StackStore(StackWorld world)
      : world_(std::move(world)), random_(std::random_device()()) {}

  void Advance();
  /// The next resource of that type, or of that logical name, fails to be made.
  void OrderFailure(const std::string& type_or_name) { failing_.insert(type_or_name); }

  /// By name (of one that is not deleted) or by id. Errors: ValidationError.
  Result<EmulatedStack*> Find(const std::string& name_or_id);
  std::vector<EmulatedStack*> All();
  /// Adds the change set, and the stack in REVIEW_IN_PROGRESS where there is none.
  Result<EmulatedStack*> AddChangeSet(const std::string& stack, StackChangeSet set);
  Status Execute(EmulatedStack& stack, const std::string& change_set, bool deletes_new_retained);
  void RemoveChangeSet(EmulatedStack& stack, const std::string& change_set);
  void Delete(EmulatedStack& stack);
  const StackWorld& world() const { return world_; }

 private:
  void AdvanceStack(EmulatedStack& stack);
  void Begin(EmulatedStack& stack, EmulatedStack::Work& work);
  Status Finish(EmulatedStack& stack, const EmulatedStack::Work& work);
  Status Make(EmulatedStack& stack, const std::string& logical);
  Status Remove(EmulatedStack& stack, const std::string& logical);
  void Complete(EmulatedStack& stack);
  void CompleteUpdate(EmulatedStack& stack);
  void GiveBack(EmulatedStack& stack);
  void Discard(EmulatedStack& stack, const StackResource& resource);
  void Fail(EmulatedStack& stack, const EmulatedStack::Work& work, const std::string& why);
  void SetStatus(EmulatedStack& stack, const std::string& status, const std::string& reason = "");
  void AddEvent(EmulatedStack& stack, const std::string& logical, const std::string& status,
                const std::string& reason = "");
  StackValues ValuesOf(const EmulatedStack& stack) const;
  Result<std::vector<StackChange>> ChangesOf(const EmulatedStack& stack, const StackChangeSet& set);
  uint64_t Random() { return random_(); }

  const StackWorld world_;
  std::mt19937_64 random_;
  std::map<std::string, EmulatedStack> stacks_;  // by id
  std::set<std::string> failing_;
};

}  // namespace ember
