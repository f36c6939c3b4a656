#include "cli/exit_code.h"

#include <fmt/format.h>

#include <cstdio>

namespace ember {

int ReportError(const Error& error) {
  fmt::print(stderr, "ember: {}\n", error.ToString());
  if (error.error_class == ErrorClass::kCancelled) return kExitCancelled;
  return error.condition == "EMBER_INVALID_INPUT" ? kExitUsage : kExitFailed;
}

}  // namespace ember
