#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "aws/aws_api.h"
#include "base/result.h"
#include "cli/aws_world.h"
#include "pipeline/run.h"
#include "pipeline/specification.h"

namespace ember {

/// How a run ended, for CloudWatch.
struct RunOutcome {
  std::vector<StageReport> stages;  // what was written, of a failed run too
  double seconds = 0;
  std::optional<Error> error;
};

/// The elements of PutMetricData's MetricData at `time_us`: Rows, Bytes, Files and Seconds of every
/// output and Rejects of every input that checks, with the dimensions Pipeline and Output; and of
/// the run Success (1 or 0) and Seconds, with the dimension Pipeline. What an engine does not tell
/// is left out.
AwsJson RunMetrics(const std::string& pipeline, const RunOutcome& outcome, int64_t time_us);

/// One line of a run's log: a JSON object, and when.
struct RunLogLine {
  int64_t time_us = 0;
  std::string text;
};

/// Watches a run for CloudWatch, and passes everything on to `next`.
class RunTelemetry final : public RunObserver {
 public:
  /// `next` must outlive it.
  RunTelemetry(const PipelineSpec& spec, RunObserver& next);

  void StageStarted(const PlannedOutput& output, size_t index, size_t count) override;
  void StageProgress(const Progress& progress) override { next_.StageProgress(progress); }
  void StageFinished(const StageReport& report) override;

  /// Puts metrics and the log where the pipeline asks for them. What cannot be put does not concern
  /// the run: it is said, a sentence each.
  std::vector<std::string> Finish(const std::optional<Error>& error);

 private:
  void Log(AwsJson line);
  Status PutMetrics(AwsApi& api, const RunOutcome& outcome);
  Status PutLog(AwsApi& api);

  RunObserver& next_;
  const std::string pipeline_;
  const std::string metrics_namespace_;
  const std::string log_group_;
  const int64_t start_us_;
  std::vector<StageReport> stages_;
  std::vector<RunLogLine> lines_;
};

}  // namespace ember
