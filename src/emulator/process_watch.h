#pragma once

#include <string>

#include "base/result.h"
#include "cluster/process.h"

namespace ember {

/// Ends by force every process that has a variable in its environment, as soon as this program is
/// gone, however it ended: a process of its own waits for that. (The kernel's PR_SET_PDEATHSIG
/// would end them with the thread that started them, and is not inherited by what they start.)
class ProcessWatch {
 public:
  /// `variable` is "NAME=value"; `folder` is for the watch's log.
  static Result<ProcessWatch> Start(const std::string& variable, const std::string& folder);
  ProcessWatch(ProcessWatch&& other) noexcept;
  ProcessWatch& operator=(ProcessWatch&&) = delete;
  ProcessWatch(const ProcessWatch&) = delete;
  ProcessWatch& operator=(const ProcessWatch&) = delete;
  /// Lets the watch end the processes that are still there, and waits for it.
  ~ProcessWatch();

 private:
  ProcessWatch(ProcessIdentity process, int held) : process_(process), held_(held) {}

  ProcessIdentity process_;
  int held_ = -1;  // the end of a pipe that only this program holds
};

}  // namespace ember
