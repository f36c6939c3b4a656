#pragma once

#include <ember/session.h>

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "pipeline/specification.h"

namespace ember {

/// A plan to be written when the pipeline runs.
struct PlannedOutput {
  std::string name;
  std::string kind;  // "output" or "rejects"
  DataFrame frame;
  OutputSpec write;  // `path` is absolute, or has its scheme
};

/// A frame to keep after the first use.
struct KeptFrame {
  std::string name;
  std::string level;  // a storage level of Spark's
};

/// Follows an input's name in `frames` where its rows are checked for rejects.
inline constexpr const char* kCheckedSuffix = " (checked)";

/// A pipeline as plans over one session: nothing has run yet.
struct PipelineGraph {
  std::map<std::string, DataFrame> frames;  // every input and step that an output needs
  std::vector<KeptFrame> kept;
  std::vector<PlannedOutput> outputs;  // rejects first, then outputs in the order of the file
};

/// Turns the specification into plans. Relative paths start at the folder of the pipeline file.
/// Errors, with the location in the file: an unknown step (with the nearest name), a cycle, two
/// things of one name, and what Spark's analysis says of a step.
Result<PipelineGraph> BuildGraph(const PipelineSpec& spec, const SparkSession& session);

/// `path` from the folder of `file`, unless it is absolute or has a scheme.
std::string ResolvePath(const std::string& file, const std::string& path);

}  // namespace ember
