#pragma once

#include <string>

#include "base/result.h"
#include "pipeline/specification.h"
#include "yaml/yaml_reader.h"

namespace ember {

/// One entry of a pipeline file's `ingest` section.
Result<IngestSpec> ParseIngest(const std::string& name, const YamlReader& value);

}  // namespace ember
