#pragma once

#include <cstdint>
#include <vector>

namespace ember {

/// Spark's QuantileSummaries (Greenwald and Khanna): the same values in the same order give the
/// same quantiles, which are off by at most `relative_error` of the count.
class QuantileSketch {
 public:
  explicit QuantileSketch(double relative_error) : relative_error_(relative_error) {}

  void Insert(double value);
  /// The values at the percentages; none when nothing was inserted. Ends the insertion.
  std::vector<double> Query(const std::vector<double>& percentages);

 private:
  struct Sample {
    double value;
    int64_t gap;    // minimum rank above that of the sample before
    int64_t range;  // maximum rank above the minimum
  };

  void InsertHead();
  void Compress();

  double relative_error_;
  int64_t count_ = 0;
  std::vector<double> head_;
  std::vector<Sample> samples_;
};

}  // namespace ember
