#include <cmath>
#include <new>

#include "functions/native_tables.h"
#include "types/value.h"

// Central moments and co-moments in Spark's order of operations (CentralMomentAgg, Covariance,
// PearsonCorrelation), so that the last bit agrees. Spark always merges a partial buffer into an
// empty one before it evaluates, which rounds the mean once more: Finished() does the same.

namespace ember {
namespace {

struct Moments {
  double n = 0, mean = 0, m2 = 0, m3 = 0, m4 = 0;

  void Add(double x) {
    double new_n = n + 1;
    double delta = x - mean;
    double delta_n = delta / new_n;
    double new_mean = mean + delta_n;
    double new_m2 = m2 + delta * (delta - delta_n);
    double delta2 = delta * delta;
    double delta_n2 = delta_n * delta_n;
    double new_m3 = m3 - 3.0 * delta_n * new_m2 + delta * (delta2 - delta_n2);
    double new_m4 = m4 - 4.0 * delta_n * new_m3 - 6.0 * delta_n2 * new_m2 +
                    delta * (delta * delta2 - delta_n * delta_n2);
    n = new_n, mean = new_mean, m2 = new_m2, m3 = new_m3, m4 = new_m4;
  }

  void Merge(const Moments& other) {
    double n1 = n, n2 = other.n, new_n = n1 + n2;
    double delta = other.mean - mean;
    double delta_n = new_n == 0.0 ? 0.0 : delta / new_n;
    double new_mean = mean + delta_n * n2;
    double new_m2 = m2 + other.m2 + delta * delta_n * n1 * n2;
    double new_m3 = m3 + other.m3 + delta_n * delta_n * delta * n1 * n2 * (n1 - n2) +
                    3.0 * delta_n * (n1 * other.m2 - n2 * m2);
    double new_m4 = m4 + other.m4 +
                    delta_n * delta_n * delta_n * delta * n1 * n2 * (n1 * n1 - n1 * n2 + n2 * n2) +
                    delta_n * delta_n * 6.0 * (n1 * n1 * other.m2 + n2 * n2 * m2) +
                    4.0 * delta_n * (n1 * other.m3 - n2 * m3);
    n = new_n, mean = new_mean, m2 = new_m2, m3 = new_m3, m4 = new_m4;
  }
};

struct CoMoments {
  double n = 0, x_mean = 0, y_mean = 0, co = 0, x_m2 = 0, y_m2 = 0;

  void Add(double x, double y) {
    double new_n = n + 1;
    double dx = x - x_mean;
    double dy = y - y_mean;
    double new_x_mean = x_mean + dx / new_n;
    double new_y_mean = y_mean + dy / new_n;
    co += dx * (y - new_y_mean);
    x_m2 += dx * (x - new_x_mean);
    y_m2 += dy * (y - new_y_mean);
    n = new_n, x_mean = new_x_mean, y_mean = new_y_mean;
  }

  void Merge(const CoMoments& other) {
    double n1 = n, n2 = other.n, new_n = n1 + n2;
    double dx = other.x_mean - x_mean;
    double dy = other.y_mean - y_mean;
    double dx_n = new_n == 0.0 ? 0.0 : dx / new_n;
    double dy_n = new_n == 0.0 ? 0.0 : dy / new_n;
    co = co + other.co + dx * dy_n * n1 * n2;
    x_m2 = x_m2 + other.x_m2 + dx * dx_n * n1 * n2;
    y_m2 = y_m2 + other.y_m2 + dy * dy_n * n1 * n2;
    x_mean += dx_n * n2;
    y_mean += dy_n * n2;
    n = new_n;
  }
};

template <typename State>
State Finished(const void* state) {
  State merged;
  merged.Merge(*static_cast<const State*>(state));
  return merged;
}

template <typename State>
void Initialize(void* state) {
  new (state) State();
}

template <typename State>
void Combine(void* target, const void* source) {
  // A side without rows adds nothing: merging it would round the mean once more.
  auto& to = *static_cast<State*>(target);
  const auto& from = *static_cast<const State*>(source);
  if (from.n == 0) return;
  if (to.n == 0) {
    to = from;
  } else {
    to.Merge(from);
  }
}

void UpdateMoments(void* state, std::span<const NativeVector> inputs, size_t row) {
  if (inputs[0].is_null(row)) return;
  static_cast<Moments*>(state)->Add(inputs[0].get<double>(row));
}

// Spark passes (y, x) to the regr_ functions; here x is the first argument always.
void UpdateCoMoments(void* state, std::span<const NativeVector> inputs, size_t row) {
  if (inputs[0].is_null(row) || inputs[1].is_null(row)) return;
  static_cast<CoMoments*>(state)->Add(inputs[0].get<double>(row), inputs[1].get<double>(row));
}

struct Answer {
  bool is_null = false;
  double value = 0;
};
constexpr Answer kNull{true, 0};

template <typename State, Answer (*evaluate)(const State&)>
void Finalize(const void* state, size_t row, NativeWriter& out) {
  Answer answer = evaluate(Finished<State>(state));
  if (answer.is_null) {
    out.SetNull(row);
  } else {
    out.Set<double>(row, answer.value);
  }
}

template <Answer (*evaluate)(const Moments&)>
NativeAggregate MomentRow(std::string_view name) {
  return {name,
          {NativeType::kDouble},
          NativeType::kDouble,
          sizeof(Moments),
          Initialize<Moments>,
          UpdateMoments,
          Combine<Moments>,
          Finalize<Moments, evaluate>};
}

template <Answer (*evaluate)(const CoMoments&)>
NativeAggregate CoMomentRow(std::string_view name) {
  return {name,
          {NativeType::kDouble, NativeType::kDouble},
          NativeType::kDouble,
          sizeof(CoMoments),
          Initialize<CoMoments>,
          UpdateCoMoments,
          Combine<CoMoments>,
          Finalize<CoMoments, evaluate>};
}

Answer Value(double value) { return {false, value}; }

Answer StddevPop(const Moments& s) { return s.n == 0 ? kNull : Value(std::sqrt(s.m2 / s.n)); }
Answer StddevSamp(const Moments& s) {
  return s.n <= 1 ? kNull : Value(std::sqrt(s.m2 / (s.n - 1)));
}
Answer VarPop(const Moments& s) { return s.n == 0 ? kNull : Value(s.m2 / s.n); }
Answer VarSamp(const Moments& s) { return s.n <= 1 ? kNull : Value(s.m2 / (s.n - 1)); }
Answer Skewness(const Moments& s) {
  if (s.n == 0 || s.m2 == 0) return kNull;
  return Value(std::sqrt(s.n) * s.m3 / std::sqrt(s.m2 * s.m2 * s.m2));
}
Answer Kurtosis(const Moments& s) {
  if (s.n == 0 || s.m2 == 0) return kNull;
  return Value(s.n * s.m4 / (s.m2 * s.m2) - 3.0);
}
Answer SumOfSquares(const Moments& s) { return s.n == 0 ? kNull : Value(s.m2); }

Answer CovarPop(const CoMoments& s) { return s.n == 0 ? kNull : Value(s.co / s.n); }
Answer CovarSamp(const CoMoments& s) { return s.n <= 1 ? kNull : Value(s.co / (s.n - 1)); }
// 2 stands for a division by zero: no correlation is that large.
Answer Correlation(const CoMoments& s) {
  if (s.n <= 1) return kNull;
  double product = std::sqrt(s.x_m2 * s.y_m2);
  return Value(product == 0 ? 2 : s.co / product);
}
Answer RegressionR2(const CoMoments& s) {
  if (s.n == 0 || s.x_m2 == 0) return kNull;
  if (s.y_m2 == 0) return Value(1);
  double r = s.co / std::sqrt(s.x_m2 * s.y_m2);
  return Value(r * r);
}
Answer RegressionCo(const CoMoments& s) { return s.n == 0 ? kNull : Value(s.co); }

// Slope and intercept take the variance of x from a CentralMomentAgg of its own.
struct Regression {
  double n = 0;
  CoMoments both;
  Moments x;
  void Merge(const Regression& other) {
    both.Merge(other.both);
    x.Merge(other.x);
    n = both.n;
  }
};

void UpdateRegression(void* state, std::span<const NativeVector> inputs, size_t row) {
  if (inputs[0].is_null(row) || inputs[1].is_null(row)) return;
  auto& regression = *static_cast<Regression*>(state);
  regression.both.Add(inputs[0].get<double>(row), inputs[1].get<double>(row));
  regression.x.Add(inputs[0].get<double>(row));
  regression.n = regression.both.n;
}

Answer Slope(const Regression& s) {
  return s.n == 0 || s.x.m2 == 0 ? kNull : Value(s.both.co / s.x.m2);
}
Answer Intercept(const Regression& s) {
  if (s.n == 0 || s.x.m2 == 0) return kNull;
  return Value(s.both.y_mean - s.both.co / s.x.m2 * s.both.x_mean);
}

template <Answer (*evaluate)(const Regression&)>
NativeAggregate RegressionRow(std::string_view name) {
  return {name,
          {NativeType::kDouble, NativeType::kDouble},
          NativeType::kDouble,
          sizeof(Regression),
          Initialize<Regression>,
          UpdateRegression,
          Combine<Regression>,
          Finalize<Regression, evaluate>};
}

// The quotient of a decimal's text and a count, rounded half up to `scale` digits (Average of
// decimals and of intervals). Null without rows, and where it does not fit 38 digits.
void DecimalAverage(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out) {
  for (size_t row = 0; row < rows; ++row) {
    if (inputs[0].is_null(row) || inputs[1].is_null(row) || inputs[2].is_null(row) ||
        inputs[1].get<int64_t>(row) == 0) {
      out.SetNull(row);
      continue;
    }
    std::string_view text = inputs[0].text(row);
    const Int128 count = inputs[1].get<int64_t>(row);
    int digits_left = inputs[2].get<int32_t>(row);
    const bool is_negative = text.starts_with('-');
    if (is_negative) text.remove_prefix(1);
    Int128 unscaled = 0;
    bool after_point = false;
    for (char c : text) {
      if (c == '.') {
        after_point = true;
        continue;
      }
      unscaled = unscaled * 10 + (c - '0');
      if (after_point) --digits_left;
    }
    Int128 quotient = unscaled / count, rest = unscaled % count;
    constexpr Int128 kLimit = Int128{10'000'000'000'000'000'000ULL} * 1'000'000'000'000'000'000LL;
    bool fits = true;
    for (; digits_left > 0; --digits_left) {
      fits = quotient < kLimit;
      if (!fits) break;
      rest *= 10;
      quotient = quotient * 10 + rest / count;
      rest %= count;
    }
    if (rest * 2 >= count) ++quotient;
    if (!fits) {
      out.SetNull(row);
    } else {
      out.SetText(row,
                  DecimalText(is_negative ? -quotient : quotient, inputs[2].get<int32_t>(row)));
    }
  }
}

}  // namespace

std::vector<NativeFunction> AggregateNatives() {
  return {{"ember_decimal_average",
           {NativeType::kVarchar, NativeType::kBigInt, NativeType::kInteger},
           NativeType::kVarchar,
           DecimalAverage}};
}

std::vector<NativeAggregate> NativeAggregates() {
  return {
      MomentRow<StddevPop>("ember_stddev_pop"),
      MomentRow<StddevSamp>("ember_stddev_samp"),
      MomentRow<VarPop>("ember_var_pop"),
      MomentRow<VarSamp>("ember_var_samp"),
      MomentRow<Skewness>("ember_skewness"),
      MomentRow<Kurtosis>("ember_kurtosis"),
      MomentRow<SumOfSquares>("ember_sum_of_squares"),
      CoMomentRow<CovarPop>("ember_covar_pop"),
      CoMomentRow<CovarSamp>("ember_covar_samp"),
      CoMomentRow<Correlation>("ember_corr"),
      CoMomentRow<RegressionR2>("ember_regr_r2"),
      CoMomentRow<RegressionCo>("ember_regr_sxy"),
      RegressionRow<Slope>("ember_regr_slope"),
      RegressionRow<Intercept>("ember_regr_intercept"),
  };
}

}  // namespace ember
