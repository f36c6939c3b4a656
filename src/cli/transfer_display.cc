#include "cli/transfer_display.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/number_text.h"

namespace ember {

TransferDisplay::TransferDisplay(ProgressStyle style, std::FILE* stream, std::string label,
                                 const TransferPlan& plan)
    : style_(style),
      stream_(stream),
      label_(std::move(label)),
      all_bytes_(plan.bytes),
      all_files_(plan.files.size()) {}

TransferDisplay::~TransferDisplay() {
  if (style_ == ProgressStyle::kBar && drawn_s_ > 0) fmt::print(stream_, "\r\x1b[K");
}

double TransferDisplay::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
}

void TransferDisplay::BytesMoved(int64_t bytes) {
  std::lock_guard lock(mutex_);
  bytes_ += bytes;
  Draw();
}

void TransferDisplay::FileFinished(const TransferFile&) {
  std::lock_guard lock(mutex_);
  ++files_;
  Draw();
}

void TransferDisplay::Draw() {
  if (style_ == ProgressStyle::kNone) return;
  const double now = seconds();
  if (now - drawn_s_ < (style_ == ProgressStyle::kBar ? 0.1 : 10)) return;
  drawn_s_ = now;
  constexpr int kWidth = 30;
  const double fraction =
      all_bytes_ > 0 ? static_cast<double>(bytes_) / static_cast<double>(all_bytes_) : 0;
  const double speed = now > 0 ? static_cast<double>(bytes_) / now : 0;
  const std::string left = speed > 0 && bytes_ < all_bytes_
                               ? ", " + SecondsText((all_bytes_ - bytes_) / speed) + " left"
                               : "";
  const std::string text = fmt::format(
      "{:3.0f} %  {} of {}, {} of {} files, {}/s{}", fraction * 100, BytesText(bytes_),
      BytesText(all_bytes_), files_, all_files_, BytesText(static_cast<int64_t>(speed)), left);
  if (style_ == ProgressStyle::kBar) {
    const int full = std::clamp(static_cast<int>(std::lround(fraction * kWidth)), 0, kWidth);
    fmt::print(stream_, "\r\x1b[K{} {}{} {}", label_, std::string(full, '#'),
               std::string(kWidth - full, '.'), text);
  } else {
    fmt::print(stream_, "{}: {}\n", label_, text);
  }
  std::fflush(stream_);
}

}  // namespace ember
