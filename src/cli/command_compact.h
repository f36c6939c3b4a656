#pragma once

#include <CLI/CLI.hpp>

namespace ember {

/// `ember compact`; as the verbs of cli/commands.h.
void AddCompactCommand(CLI::App& app, int* exit_code);

}  // namespace ember
