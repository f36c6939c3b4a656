#pragma once

#include <string>

#include "base/error.h"

namespace ember {

/// What `ember` hands back to the shell.
enum ExitCode : int {
  kExitOk = 0,
  kExitFailed = 1,       // the work failed; the message says why
  kExitUsage = 2,        // the command line or an input file of Ember's own is wrong
  kExitCancelled = 130,  // Ctrl-C
};

/// Prints "ember: …" on stderr and gives the exit code that fits the error.
int ReportError(const Error& error);

}  // namespace ember
