#pragma once

#include <CLI/CLI.hpp>

namespace ember {

/// The verbs of a cluster's life: ember emr plan, up, status, scale, down, policy.
void AddEmrLifecycle(CLI::App& emr, int* exit_code);

}  // namespace ember
