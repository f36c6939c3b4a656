#include "duckdb/file_size.h"

#include <algorithm>
#include <cmath>

namespace ember {
namespace {

constexpr double kGuessedBytesPerColumn = 8;
// A file that is aimed at more than this part of the target is made two.
constexpr double kAimedAtMost = 1.2;
constexpr double kAtMost = 1.25;
constexpr double kAtLeast = 0.5;

}  // namespace

FileSizer::FileSizer(int64_t target_bytes, int64_t columns)
    : target_bytes_(target_bytes),
      bytes_per_row_(kGuessedBytesPerColumn * static_cast<double>(std::max<int64_t>(columns, 1))) {}

int64_t FileSizer::RowsFor(int64_t rows_left) const {
  const double targets =
      static_cast<double>(rows_left) * bytes_per_row_ / static_cast<double>(target_bytes_);
  const double files = std::max(1.0, std::ceil(targets - (kAimedAtMost - 1)));
  return std::clamp<int64_t>(std::llround(std::ceil(static_cast<double>(rows_left) / files)), 1,
                             rows_left);
}

bool FileSizer::Accepts(int64_t rows, int64_t bytes, int64_t rows_left) {
  bytes_per_row_ = static_cast<double>(std::max<int64_t>(bytes, 1)) / static_cast<double>(rows);
  const double share = static_cast<double>(bytes) / static_cast<double>(target_bytes_);
  if (share > kAtMost) return rows == 1;
  return share >= kAtLeast || rows == rows_left;
}

}  // namespace ember
