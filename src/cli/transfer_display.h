#pragma once

#include <chrono>
#include <cstdio>
#include <mutex>
#include <string>

#include "aws/s3_transfer.h"
#include "report/progress.h"

namespace ember {

/// Shows a transfer's progress on `stream`, which outlives it: a bar with bytes, files, speed and
/// the time that is left on a terminal; for anything else a line every ten seconds.
class TransferDisplay final : public TransferObserver {
 public:
  TransferDisplay(ProgressStyle style, std::FILE* stream, std::string label,
                  const TransferPlan& plan);
  /// Takes the bar away.
  ~TransferDisplay() override;
  TransferDisplay(const TransferDisplay&) = delete;
  TransferDisplay& operator=(const TransferDisplay&) = delete;
  void BytesMoved(int64_t bytes) override;
  void FileFinished(const TransferFile& file) override;
  double seconds() const;

 private:
  void Draw();  // with mutex_ held

  const ProgressStyle style_;
  std::FILE* const stream_;
  const std::string label_;
  const int64_t all_bytes_;
  const size_t all_files_;
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  int64_t bytes_ = 0;  // guarded by mutex_, as what follows
  size_t files_ = 0;
  double drawn_s_ = 0;  // when the display last changed
};

}  // namespace ember
