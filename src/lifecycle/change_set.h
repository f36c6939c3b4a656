#pragma once

#include <string>
#include <vector>

#include "lifecycle/stack.h"

namespace ember {

/// A change set of a stack: made, read, then executed or removed. Each step may be repeated after a
/// lost answer.
class EmrChangeSet {
 public:
  EmrChangeSet(const EmrWorld& world, const EmrStackRequest& request, bool is_update);

  /// Makes it and waits until its changes are known. No changes are no error. Errors: what
  /// CloudFormation says against the template.
  Status Make();
  /// Removes it, and the empty stack that was made for it; also after Ctrl-C.
  Status Remove();
  Status Execute();
  /// Whether CloudFormation is done with it.
  Result<bool> IsExecuted();

  const std::vector<EmrStackChange>& changes() const { return changes_; }
  /// The stack's id, or its name while that is not known.
  const std::string& stack_id() const { return stack_id_; }

 private:
  Status Create();
  Status Read();

  const EmrWorld& world_;
  const EmrStackRequest& request_;
  const bool is_update_;
  std::string name_;
  std::string stack_id_;
  bool is_needless_ = false;  // it was refused: there is nothing to change
  std::vector<EmrStackChange> changes_;
};

}  // namespace ember
