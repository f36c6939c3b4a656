#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "pipeline/graph.h"
#include "plan/command.h"
#include "session/session.h"

namespace ember {

/// One write of a run.
struct StageReport {
  std::string kind;  // "output" or "rejects"
  std::string name;
  std::string path;
  std::string format;
  int64_t rows = 0;   // negative: the engine does not tell
  int64_t bytes = 0;  // the same
  int64_t files = 0;  // the same
  double seconds = 0;
  std::string catalog;  // what became of its table in a catalog; empty: it has none
};

struct RunReport {
  std::string pipeline;
  std::vector<StageReport> stages;
  double seconds = 0;
};

/// Is told how a run goes on; called from the running thread.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual void StageStarted(const PlannedOutput& output, size_t index, size_t count) = 0;
  virtual void StageProgress(const Progress& progress) = 0;
  virtual void StageFinished(const StageReport& report) = 0;
};

/// The command that writes an output.
Result<WriteFiles> OutputCommand(const PlannedOutput& output);

/// Files by path, with their sizes.
using FileSizes = std::map<std::string, int64_t>;
/// The files below a folder, none when there is no such folder; nothing when it cannot be seen.
using ListFiles = std::function<std::optional<FileSizes>(const std::string& folder)>;

struct RunOptions {
  std::stop_token stop;
  /// For an engine that does not tell which files it wrote: a look into the folders before and
  /// after.
  ListFiles list_files;
  /// Keeps an output's table in a catalog in step, after its files are there, and says what it did;
  /// called for outputs that have one.
  std::function<Result<std::string>(const PlannedOutput& output)> sync_catalog;
  /// Only that: files stay as they are.
  bool syncs_only = false;
};

/// Writes every output of the graph, in order; stops at the first error, which names the output.
/// What was written before stays; the failed output's target is as it was, or whole when only its
/// table in a catalog failed: the error says so.
Result<RunReport> RunPipeline(const PipelineSpec& spec, const PipelineGraph& graph,
                              const SparkSession& session, RunObserver& observer,
                              RunOptions options);

}  // namespace ember
