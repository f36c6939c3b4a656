#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lifecycle/world.h"

namespace ember {

/// A stack as DescribeStacks tells it.
struct EmrStack {
  std::string name;
  std::string id;
  std::string status;  // CREATE_COMPLETE, ROLLBACK_COMPLETE, …
  std::string reason;
  std::map<std::string, std::string> outputs;
};

/// What a stack is made of.
struct EmrStackRequest {
  std::string name;
  AwsJson document;  // the template
  std::map<std::string, std::string> parameters;
  AwsJson tags = AwsJson::array();
};

/// One resource that would be made, changed or ended.
struct EmrStackChange {
  std::string action;  // Add, Modify, Remove, Import; Replace for a Modify that makes it anew
  std::string resource;
  std::string type;         // "AWS::EC2::VPC"
  std::string physical_id;  // of one that is there
  std::vector<std::string> properties;
  bool may_replace = false;  // whether it is made anew shows only while it is done

  bool operator==(const EmrStackChange&) const = default;
};

struct EmrStackPlan {
  std::string name;
  std::string status;  // empty: there is none
  std::string note;    // what has to come before, or why the changes are not known
  std::vector<EmrStackChange> changes;
  std::map<std::string, std::string> outputs;  // of the stack as it is

  bool has_changes() const { return !changes.empty() || !note.empty(); }
};

/// A resource that stays after its stack, by its policy.
struct EmrKeptResource {
  std::string type;
  std::string physical_id;

  bool operator==(const EmrKeptResource&) const = default;
};

/// Nothing when there is no stack of that name.
Result<std::optional<EmrStack>> FindEmrStack(const EmrWorld& world, const std::string& name);

/// What deploying would change: by a change set that is made, read and deleted again. Where there
/// is no stack, the empty one that CloudFormation makes for the change set is deleted too.
Result<EmrStackPlan> PlanEmrStack(const EmrWorld& world, const EmrStackRequest& request);

/// Makes the stack, or brings it in step, by a change set, and waits; nothing is done where nothing
/// changes. What an interrupted call left is waited for or removed first. Errors: a stack that
/// fails rolls back; one that was to be made is deleted, and the error says which resource failed
/// and why.
Result<EmrStack> DeployEmrStack(const EmrWorld& world, const EmrStackRequest& request);

/// Deletes the stack and waits. Nothing is done where there is none. What it leaves behind is
/// returned. Errors: which resources cannot be deleted, and why.
Result<std::vector<EmrKeptResource>> DeleteEmrStack(const EmrWorld& world, const std::string& name);

}  // namespace ember
