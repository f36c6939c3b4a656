#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "pipeline/specification.h"

namespace ember {

/// One operation of a step's `do` list, for `ember run --help-file` and the reference.
struct OperationDoc {
  std::string_view name;
  std::string_view form;
  std::string_view doc;
};
std::span<const OperationDoc> OperationDocs();

/// Reads a pipeline file's text. Errors are EMBER_INVALID_INPUT with file:line:column: bad YAML, an
/// unknown key (with the nearest right one), a missing or wrong value.
Result<PipelineSpec> ParsePipeline(std::string file, const std::string& text);

}  // namespace ember
