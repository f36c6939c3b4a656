#pragma once

#include <ember/dataframe.h>

#include <span>
#include <string>
#include <string_view>

namespace ember {

/// Column names of price bars: one row per series (ticker) and time.
struct BarColumns {
  std::string ticker = "ticker";
  std::string time = "date";
  std::string open = "open";
  std::string high = "high";
  std::string low = "low";
  std::string close = "close";
  std::string volume = "volume";
};

/// A rule of CheckQuality. In `condition` and `value`, {open} and so on stand for the bar's
/// columns.
struct QualityRule {
  std::string_view name;
  std::string_view condition;  // SQL, true for a violation
  std::string_view value;      // SQL, the offending number as DOUBLE
  std::string_view doc;
};
std::span<const QualityRule> QualityRules();

/// The violations of `bars`: (ticker, time, rule STRING, value DOUBLE), a row for each rule that a
/// bar breaks; no row for a clean bar. A NaN price counts as null. Comparisons of prices allow 1e-9
/// of the price. A null price breaks missing_price; the other rules compare the prices that are
/// there. Empty input gives no rows. Order is not defined.
DataFrame CheckQuality(const DataFrame& bars, const BarColumns& columns);

}  // namespace ember
