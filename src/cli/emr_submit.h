#pragma once

#include <CLI/CLI.hpp>

namespace ember {

/// `ember emr submit`; as the verbs of cli/commands.h.
void AddEmrSubmit(CLI::App& emr, int* exit_code);
/// The verbs that work on a running cluster: submit, logs, sessions, import.
void AddEmrWork(CLI::App& emr, int* exit_code);

}  // namespace ember
