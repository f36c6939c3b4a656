#pragma once

#include <cstdint>

namespace ember {

/// How many rows make a file of a wanted size: a guess at first, then learnt from the files that
/// were written.
class FileSizer {
 public:
  /// `columns`: of a row, for the guess.
  FileSizer(int64_t target_bytes, int64_t columns);

  /// Rows of the next file when `rows_left` are to be written; files come out about equal.
  int64_t RowsFor(int64_t rows_left) const;
  /// Whether a file may stay: no more than a quarter above the target, no less than half of it
  /// while there are rows left. Learns from it either way.
  bool Accepts(int64_t rows, int64_t bytes, int64_t rows_left);

 private:
  int64_t target_bytes_;
  double bytes_per_row_;
};

}  // namespace ember
