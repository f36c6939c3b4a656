#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "pipeline/specification.h"

namespace ember {

/// The shell commands that bring a pipeline's `ingest` files to S3, to be run in the pipeline's
/// folder. Error: UNSUPPORTED_FEATURE.EMBER for what takes more than one command at once.
Result<std::vector<std::string>> IngestCommands(const PipelineSpec& spec);

}  // namespace ember
