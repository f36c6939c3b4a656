#pragma once

#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace ember {

/// This process's environment with some variables set and some left out, as "NAME=value".
std::vector<std::string> EnvironmentWith(
    const std::vector<std::pair<std::string, std::string>>& set,
    const std::vector<std::string>& removed);

/// Runs a program in place of this one: it has the terminal, gets the signals that are sent to this
/// process, and its end is this process's end. While a relay lives, SIGINT, SIGTERM, SIGHUP and
/// SIGQUIT do not end this process. Make it before other threads start, so that they inherit the
/// blocked mask.
class SignalRelay {
 public:
  SignalRelay();
  SignalRelay(const SignalRelay&) = delete;
  SignalRelay& operator=(const SignalRelay&) = delete;
  ~SignalRelay();

  /// Waits for its end; gives the exit code, or 128 + the signal that ended it. `arguments` begins
  /// with the program, which is looked up in PATH. Errors: EMBER_INVALID_INPUT when it cannot be
  /// started.
  Result<int> Run(const std::vector<std::string>& arguments,
                  const std::vector<std::string>& environment) const;

 private:
  sigset_t relayed_{};
  sigset_t previous_mask_{};
};

}  // namespace ember
