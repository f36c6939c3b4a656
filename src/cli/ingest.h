#pragma once

#include <cstdio>
#include <stop_token>
#include <vector>

#include "pipeline/run.h"
#include "pipeline/specification.h"
#include "report/progress.h"

namespace ember {

/// Brings the files of a pipeline's `ingest` section to S3, an entry after the other; a report of
/// the kind "ingest" for each. Errors name the entry.
Result<std::vector<StageReport>> RunIngest(const PipelineSpec& spec, ProgressStyle style,
                                           std::FILE* stream, const std::stop_token& stop);

/// For a check, which brings nothing anywhere: inputs that lie where an entry brings files read
/// those files where they are now.
void ReadBeforeIngest(PipelineSpec& spec);

}  // namespace ember
