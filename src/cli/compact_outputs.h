#pragma once

#include <stop_token>
#include <vector>

#include "cli/engine.h"
#include "pipeline/run.h"
#include "pipeline/specification.h"

namespace ember {

/// Makes few files of many in the outputs that ask for it (`compact: true`), when all is written; a
/// stage for each. The engine of this process does it, whichever engine wrote: it has to see the
/// files.
Result<std::vector<StageReport>> CompactOutputs(const PipelineSpec& spec, const EngineFlags& flags,
                                                const std::stop_token& stop);

}  // namespace ember
