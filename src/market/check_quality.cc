#include "market/check_quality.h"

#include <ember/functions.h>
#include <fmt/format.h>

#include <array>

namespace ember {
namespace {

constexpr std::string_view kDuplicates = "__ember_rows_of_key";

constexpr auto kRules = std::to_array<QualityRule>({
    {"duplicate_key", "__ember_rows_of_key > 1", "CAST(__ember_rows_of_key AS DOUBLE)",
     "more than one row of a ticker and time"},
    {"high_below_others", "{high} < greatest({open}, {close}, {low}) - 1e-9D * abs({high})",
     "CAST({high} AS DOUBLE)", "high is less than open, close or low"},
    {"low_above_others", "{low} > least({open}, {close}, {high}) + 1e-9D * abs({low})",
     "CAST({low} AS DOUBLE)", "low is greater than open, close or high"},
    {"non_positive_price", "least({open}, {high}, {low}, {close}) <= 0",
     "CAST(least({open}, {high}, {low}, {close}) AS DOUBLE)", "a price is zero or negative"},
    {"missing_price", "{open} IS NULL OR {high} IS NULL OR {low} IS NULL OR {close} IS NULL",
     "CAST(NULL AS DOUBLE)", "open, high, low or close is null or NaN"},
    {"bad_volume", "{volume} IS NULL OR {volume} < 0", "CAST({volume} AS DOUBLE)",
     "volume is null or negative"},
});

std::string Quote(const std::string& name) { return QuoteIdentifier(name); }

// A price as the rules see it: NaN is null.
std::string Price(const std::string& name) {
  return fmt::format("nullif(CAST({} AS DOUBLE), double('NaN'))", Quote(name));
}

std::string Fill(std::string_view text, const BarColumns& columns) {
  return fmt::format(fmt::runtime(text), fmt::arg("open", Price(columns.open)),
                     fmt::arg("high", Price(columns.high)), fmt::arg("low", Price(columns.low)),
                     fmt::arg("close", Price(columns.close)),
                     fmt::arg("volume", Quote(columns.volume)));
}

}  // namespace

std::span<const QualityRule> QualityRules() { return kRules; }

DataFrame CheckQuality(const DataFrame& bars, const BarColumns& columns) {
  using functions::expr;
  // One pass: an array with a struct for each broken rule, exploded; a clean bar gives an empty
  // array and no row.
  std::string items;
  for (const QualityRule& rule : kRules) {
    if (!items.empty()) items += ", ";
    items += fmt::format("CASE WHEN {} THEN named_struct('rule', '{}', 'value', {}) END",
                         Fill(rule.condition, columns), rule.name, Fill(rule.value, columns));
  }
  const std::string rows_of_key = fmt::format("count(1) OVER (PARTITION BY {}, {})",
                                              Quote(columns.ticker), Quote(columns.time));
  return bars.WithColumn(kDuplicates, expr(rows_of_key))
      .Select(
          {expr(Quote(columns.ticker)), expr(Quote(columns.time)),
           expr(fmt::format("explode(filter(array({}), v -> v IS NOT NULL)) AS violation", items))})
      .Select({expr(Quote(columns.ticker)), expr(Quote(columns.time)),
               expr("violation.rule AS rule"), expr("violation.value AS value")});
}

}  // namespace ember
