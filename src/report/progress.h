#pragma once

#include <chrono>
#include <cstdio>
#include <string>

#include "pipeline/run.h"

namespace ember {

enum class ProgressStyle {
  kBar,    // one line, redrawn: a terminal
  kLines,  // a line when a stage ends: a log
  kNone,
};

/// Bar for a terminal, lines for anything else.
ProgressStyle ProgressStyleFor(std::FILE* stream);

/// Shows a run's progress on `stream`, which outlives it.
class ProgressDisplay : public RunObserver {
 public:
  ProgressDisplay(ProgressStyle style, std::FILE* stream) : style_(style), stream_(stream) {}
  void StageStarted(const PlannedOutput& output, size_t index, size_t count) override;
  void StageProgress(const Progress& progress) override;
  void StageFinished(const StageReport& report) override;

 private:
  void Draw(double fraction);

  ProgressStyle style_;
  std::FILE* stream_;
  std::string label_;
  std::chrono::steady_clock::time_point started_;
};

}  // namespace ember
