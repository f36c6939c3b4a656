#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace ember {

/// A process of this machine. The start time keeps a later process that got the same number from
/// being taken for it.
struct ProcessIdentity {
  int pid = 0;
  int64_t start_ticks = 0;  // field 22 of /proc/PID/stat
  bool operator==(const ProcessIdentity&) const = default;
};

struct ProcessCommand {
  std::vector<std::string> arguments;    // the program first, by its path
  std::vector<std::string> environment;  // "NAME=value"
  std::string folder;                    // to work in
  std::string log;                       // gets its output, mode 0600
  std::string error_log = {};            // gets its standard error, mode 0600; empty: as `log`
  int input = -1;                        // the descriptor it reads as its input; -1: no input
};

/// Starts a process that outlives this one, in a session of its own. Error:
/// EMBER_INVALID_INPUT when the program cannot be started.
Result<ProcessIdentity> StartDetached(const ProcessCommand& command);

/// Still there, and no other process of that number. A process that has ended and that nobody has
/// waited for counts as gone.
bool IsAlive(const ProcessIdentity& process);

/// Every process of this user whose environment has `variable` ("NAME=value"), this one excepted.
std::vector<ProcessIdentity> FindProcesses(std::string_view variable);

/// Sends a signal to a process; nothing happens when it has ended.
void SignalProcess(const ProcessIdentity& process, int signal);

/// Asks the processes to end, and ends those by force that are still there after `patience_ms`.
/// Returns when all are gone: true; false when some are not even then.
bool EndProcesses(const std::vector<ProcessIdentity>& processes, int64_t patience_ms);

/// The last lines of a text file; empty when it cannot be read.
std::vector<std::string> LastLines(const std::string& path, size_t count);

}  // namespace ember
