#pragma once

#include <string>

#include "base/result.h"
#include "pipeline/specification.h"
#include "yaml/yaml_reader.h"

namespace ember {

/// An output's `catalog`: its table of the Glue Data Catalog.
Result<GlueTableSpec> ParseCatalog(const YamlReader& value);
/// `metrics: {cloudwatch: Namespace/Name}`: the namespace.
Result<std::string> ParseMetrics(const YamlReader& value);
/// `logs: {cloudwatch: /group}`: the log group.
Result<std::string> ParseLogs(const YamlReader& value);

}  // namespace ember
