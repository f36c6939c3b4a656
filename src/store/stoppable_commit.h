#pragma once

#include <stop_token>

namespace ember {

/// A staged write whose Commit may take long, because what is left of the files has to travel
/// first; that of the local disk waits for nothing.
class StoppableCommit {
 public:
  virtual ~StoppableCommit() = default;
  /// From now on Commit ends with OPERATION_CANCELLED, and nothing is changed, when `stop` is
  /// requested before the commit is decided.
  virtual void StopCommitOn(std::stop_token stop) = 0;
};

}  // namespace ember
