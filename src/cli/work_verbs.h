#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/commands.h"

namespace ember {

// What verbs do, for other verbs: each as its own command line would.

/// `ember run FILE`: its exit code.
int RunPipelineFile(const std::string& file, const EngineFlags& engine);
/// `ember python PROGRAM …`: its exit code.
int RunPythonProgram(const std::vector<std::string>& arguments, const EngineFlags& engine);
/// `ember export FILE --pyspark --without-ingest`: the program.
Result<std::string> ExportPipelineFile(const std::string& file);

}  // namespace ember
