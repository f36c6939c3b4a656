// Rules on what a cluster may cost.
#include <fmt/format.h>

#include <array>

#include "emr/validate.h"

namespace ember {
namespace {

constexpr auto kError = EmrSeverity::kError;
constexpr auto kWarning = EmrSeverity::kWarning;

void CheckHour(EmrRuleContext& context) {
  const double limit = context.cluster.limits.usd_per_hour;
  if (limit > 0 && context.cost.hour_max.high > limit) {
    context.Find("limits.usd_per_hour",
                 fmt::format("an hour may cost {:.2f} USD, the limit is {:.2f}",
                             context.cost.hour_max.high, limit));
  }
}

void CheckRun(EmrRuleContext& context) {
  const double limit = context.cluster.limits.usd_per_run;
  if (limit > 0 && context.cost.run_total.high > limit) {
    context.Find("limits.usd_per_run",
                 fmt::format("a run of {} h may cost {:.2f} USD, the limit is {:.2f}",
                             context.cost.hours, context.cost.run_total.high, limit));
  }
}

void CheckMonth(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  const double limit = cluster.limits.usd_per_month;
  if (limit > 0 && cluster.lifetime.idle_minutes == 0 && cluster.lifetime.keep_alive &&
      context.cost.month.low > limit) {
    context.Find("limits.usd_per_month",
                 fmt::format("left running it costs {:.0f} USD a month, the budget is {:.0f}",
                             context.cost.month.low, limit));
  }
}

void CheckBudgetEmail(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (cluster.limits.usd_per_month > 0 && cluster.monitoring.email.empty())
    context.Find("limits.usd_per_month", "a budget that tells nobody");
}

void CheckPriceRegion(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  const bool has_limit = cluster.limits.usd_per_hour > 0 || cluster.limits.usd_per_run > 0;
  if (has_limit && !cluster.region.empty() && cluster.region != context.facts.price_region) {
    context.Find("limits", fmt::format("limits for {}, and prices of {}", cluster.region,
                                       context.facts.price_region));
  }
}

void CheckHours(EmrRuleContext& context) {
  if (context.cluster.IsSet("limits.hours") && context.cluster.limits.hours == 0)
    context.Find("limits.hours", "a run of no hours");
}

constexpr auto kRules = std::to_array<EmrRule>({
    {"limit-hour", kError, "At its largest the cluster costs more an hour than the file allows.",
     "Lower scaling.max or take smaller types; `ember emr cost` shows the parts.",
     EmrSource::kPriceTable, CheckHour},
    {"limit-run", kError, "At its largest a run costs more than the file allows.",
     "Lower scaling.max, or raise the limit; `ember emr cost` shows the parts.",
     EmrSource::kPriceTable, CheckRun},
    {"limit-month", kError, "Nothing ends the cluster, and a month costs more than the budget.",
     "Set lifetime.idle_minutes.", EmrSource::kPriceTable, CheckMonth},
    {"budget-email", kError, "A budget of AWS sends its notices to an address.",
     "Set monitoring.email.", EmrSource::kDocumentation, CheckBudgetEmail},
    {"price-region", kWarning, "Prices differ among regions by a fifth and more.",
     "Give the region's prices with --facts FILE.", EmrSource::kPriceTable, CheckPriceRegion},
    {"run-hours", kError, "Costs of a run need its length.", "Set limits.hours.", EmrSource::kEmber,
     CheckHours},
});

}  // namespace

std::span<const EmrRule> EmrCostRules() { return kRules; }

}  // namespace ember
