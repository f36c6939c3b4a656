#pragma once

#include <CLI/CLI.hpp>

namespace ember {

/// The verb `ember emr emulate`.
void AddEmrEmulate(CLI::App& emr, int* exit_code);

}  // namespace ember
