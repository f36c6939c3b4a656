#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/graph.h"

namespace ember {

/// The option by which an output's target_file_size travels; the engine of this process knows it.
inline constexpr std::string_view kTargetFileSize = "targetFileSize";

/// Bytes of "128MB" or "1.5 GiB" (powers of 1000, with "i" of 1024); none for anything else.
std::optional<int64_t> FileSizeOf(std::string_view text);

/// What a real Spark is told besides the outputs' plans.
struct SparkWriting {
  std::map<std::string, std::string> settings;  // of the session
  std::vector<std::string> notes;               // for who wonders: what became of which output
};
/// Says in Spark's terms what it has no option for. A target file size becomes the hint REBALANCE,
/// by which adaptive execution joins and splits partitions before they are written, and the size
/// that it aims at: one for a session, so the largest of the outputs'.
SparkWriting WriteBySpark(PipelineGraph& graph);

}  // namespace ember
