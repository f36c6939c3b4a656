#pragma once

#include <set>
#include <string>
#include <vector>

#include "lifecycle/stack.h"

namespace ember {

/// CloudFormation works on the stack.
bool IsEmrStackBusy(const EmrStack& stack);

/// Follows what CloudFormation does to a stack: tells its events as they come, and keeps those that
/// matter at the end.
class EmrStackWatch {
 public:
  /// `id`: the stack's id, which holds when it is deleted; its name where that is not known.
  EmrStackWatch(const EmrWorld& world, std::string id) : world_(world), id_(std::move(id)) {}

  /// What happened until now is known, and not told.
  Status SkipPast();
  /// Waits until CloudFormation is done with the stack. A deleted one has the status
  /// DELETE_COMPLETE.
  Result<EmrStack> Wait();

  /// "Bucket (AWS::S3::Bucket): already exists" of each resource that failed by itself.
  std::string Failures() const;
  const std::vector<EmrKeptResource>& kept() const { return kept_; }

 private:
  Result<std::vector<AwsJson>> NewEvents();
  Status Tell();
  Result<EmrStack> Look();

  const EmrWorld& world_;
  std::string id_;
  std::set<std::string> seen_;
  std::vector<std::string> failures_;
  std::vector<EmrKeptResource> kept_;
};

}  // namespace ember
