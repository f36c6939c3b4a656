#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cluster/process.h"
#include "emulator/step_command.h"

namespace ember {

/// A step's process, with what it leaves in its folder: "stdout", "stderr", "controller" as EMR
/// brings them to LogUri, and the exit code.
class StepProcess {
 public:
  /// Makes the folder and starts the command. Errors: EMBER_INVALID_INPUT.
  static Result<StepProcess> Start(const std::string& folder, const StepCommand& command,
                                   const std::vector<std::string>& environment,
                                   const std::string& ember);
  /// A step that ends at once: `message` is in its standard error (where `exit_code` is not 0) or
  /// in its controller's log.
  static Result<StepProcess> Ended(const std::string& folder, int exit_code,
                                   const std::string& message);

  /// Its exit code, 128 + the signal for one that a signal ended; nothing while it runs.
  std::optional<int> ExitCode();
  const ProcessIdentity& identity() const { return identity_; }

 private:
  StepProcess(std::string folder, ProcessIdentity identity)
      : folder_(std::move(folder)), identity_(identity) {}

  std::string folder_;
  ProcessIdentity identity_;
  std::optional<int> exit_code_;
};

/// `text` as one word of a shell.
std::string ShellWord(const std::string& text);

}  // namespace ember
