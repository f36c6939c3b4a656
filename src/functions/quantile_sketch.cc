#include "functions/quantile_sketch.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

namespace ember {
namespace {

constexpr size_t kHeadSize = 50'000;
constexpr size_t kCompressThreshold = 10'000;

// java.lang.Double.compare
bool IsLess(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return !std::isnan(a) && std::isnan(b);
  return a < b || (a == b && std::signbit(a) && !std::signbit(b));
}

}  // namespace

void QuantileSketch::Insert(double value) {
  head_.push_back(value);
  if (head_.size() < kHeadSize) return;
  InsertHead();
  if (samples_.size() >= kCompressThreshold) Compress();
}

// withHeadBufferInserted
void QuantileSketch::InsertHead() {
  std::sort(head_.begin(), head_.end(), IsLess);
  std::vector<Sample> merged;
  merged.reserve(samples_.size() + head_.size());
  size_t next = 0;
  for (size_t i = 0; i < head_.size(); ++i) {
    while (next < samples_.size() && samples_[next].value <= head_[i]) {
      merged.push_back(samples_[next++]);
    }
    ++count_;
    const bool is_end = merged.empty() || (next == samples_.size() && i + 1 == head_.size());
    const double range = std::floor(2 * relative_error_ * static_cast<double>(count_));
    merged.push_back({head_[i], 1, is_end ? 0 : static_cast<int64_t>(range)});
  }
  merged.insert(merged.end(), samples_.begin() + static_cast<ptrdiff_t>(next), samples_.end());
  samples_ = std::move(merged);
  head_.clear();
}

// compressImmut: from the last sample on, neighbours that stay within the error become one.
void QuantileSketch::Compress() {
  if (samples_.empty()) return;
  const double threshold = 2 * relative_error_ * static_cast<double>(count_);
  std::vector<Sample> kept;
  Sample head = samples_.back();
  for (size_t i = samples_.size() - 1; i-- > 1;) {
    const Sample& sample = samples_[i];
    if (static_cast<double>(sample.gap + head.gap + head.range) < threshold) {
      head.gap += sample.gap;
    } else {
      kept.push_back(head);
      head = sample;
    }
  }
  kept.push_back(head);
  if (samples_.front().value <= head.value && samples_.size() > 1) kept.push_back(samples_.front());
  std::reverse(kept.begin(), kept.end());
  samples_ = std::move(kept);
}

std::vector<double> QuantileSketch::Query(const std::vector<double>& percentages) {
  InsertHead();
  Compress();
  if (samples_.empty()) return {};
  int64_t widest = std::numeric_limits<int64_t>::min();
  for (const Sample& sample : samples_) widest = std::max(widest, sample.gap + sample.range);
  const double error = static_cast<double>(widest) / 2;
  std::vector<size_t> order(percentages.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return percentages[a] < percentages[b]; });
  std::vector<double> found(percentages.size());
  size_t at = 0;
  int64_t rank_at = samples_[0].gap;
  for (const size_t position : order) {
    const double percentage = percentages[position];
    if (percentage <= relative_error_ || samples_.size() == 1) {
      found[position] = samples_.front().value;
      continue;
    }
    if (percentage >= 1 - relative_error_) {
      found[position] = samples_.back().value;
      continue;
    }
    // findApproxQuantile: on from where the smaller percentage was found.
    const double rank = std::ceil(percentage * static_cast<double>(count_));
    while (at + 1 < samples_.size()) {
      const auto lowest = static_cast<double>(rank_at);
      const auto highest = static_cast<double>(rank_at + samples_[at].range);
      if (highest - error <= rank && rank <= lowest + error) break;
      rank_at += samples_[++at].gap;
    }
    found[position] = samples_[at].value;
    if (at + 1 == samples_.size()) rank_at = 0;
  }
  return found;
}

}  // namespace ember
