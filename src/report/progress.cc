#include "report/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

#include "report/number_text.h"

namespace ember {

ProgressStyle ProgressStyleFor(std::FILE* stream) {
  return isatty(fileno(stream)) == 1 ? ProgressStyle::kBar : ProgressStyle::kLines;
}

void ProgressDisplay::StageStarted(const PlannedOutput& output, size_t index, size_t count) {
  label_ = fmt::format("[{}/{}] {}{}", index + 1, count, output.name,
                       output.kind == "rejects" ? " (rejects)" : "");
  started_ = std::chrono::steady_clock::now();
  Draw(0);
}

void ProgressDisplay::StageProgress(const Progress& progress) {
  if (progress.fraction >= 0) Draw(progress.fraction);
}

void ProgressDisplay::Draw(double fraction) {
  if (style_ != ProgressStyle::kBar) return;
  constexpr int kWidth = 30;
  const int full = static_cast<int>(std::clamp(std::lround(fraction * kWidth), 0L, long{kWidth}));
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  const std::string bar = std::string(static_cast<size_t>(full), '#') +
                          std::string(static_cast<size_t>(kWidth - full), '.');
  fmt::print(stream_, "\r\x1b[K{} {} {:3.0f} %  {}", label_, bar, fraction * 100,
             SecondsText(seconds));
  std::fflush(stream_);
}

void ProgressDisplay::StageFinished(const StageReport& report) {
  if (style_ == ProgressStyle::kNone) return;
  const char* start = style_ == ProgressStyle::kBar ? "\r\x1b[K" : "";
  std::string done;
  if (report.rows >= 0) done += CountText(report.rows) + " rows";
  if (report.bytes >= 0) done += ", " + BytesText(report.bytes);
  fmt::print(stream_, "{}{}: {} in {}\n", start, label_, done.empty() ? "written" : done,
             SecondsText(report.seconds));
  std::fflush(stream_);
}

}  // namespace ember
