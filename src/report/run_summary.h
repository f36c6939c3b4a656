#pragma once

#include <string>

#include "pipeline/run.h"

namespace ember {

/// What a run wrote, as a table, with its slowest steps below.
std::string RunSummaryText(const RunReport& report);
/// The same as one JSON object (what `ember run --json` prints): name, seconds, stages with kind,
/// name, path, format, rows, bytes, files, seconds, and catalog where its table in Glue was kept in
/// step.
/// What a remote Spark does not tell is "?" in the table and null in JSON.
std::string RunSummaryJson(const RunReport& report);

}  // namespace ember
