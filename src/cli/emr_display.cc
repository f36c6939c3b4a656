#include "cli/emr_display.h"

#include <fmt/format.h>

#include <algorithm>

namespace ember {
namespace {

using Json = nlohmann::ordered_json;

std::string_view FixOf(const EmrFinding& finding, const EmrRule& rule) {
  return finding.fix.empty() ? rule.fix : std::string_view(finding.fix);
}

std::string Usd(const UsdRange& range) {
  const auto text = [](double usd) { return fmt::format("{:.{}f}", usd, usd < 10 ? 3 : 0); };
  return text(range.low) == text(range.high) ? text(range.low)
                                             : text(range.low) + " - " + text(range.high);
}

Json RangeJson(const UsdRange& range) { return {{"low", range.low}, {"high", range.high}}; }

}  // namespace

size_t CountEmrErrors(std::span<const EmrFinding> findings) {
  return static_cast<size_t>(
      std::count_if(findings.begin(), findings.end(), [](const EmrFinding& finding) {
        const EmrRule* rule = FindEmrRule(finding.rule);
        return rule == nullptr || rule->severity == EmrSeverity::kError;
      }));
}

std::string EmrFindingsText(const std::string& file, std::span<const EmrFinding> findings) {
  std::string text;
  for (const EmrFinding& finding : findings) {
    const EmrRule* rule = FindEmrRule(finding.rule);
    if (rule == nullptr) continue;
    text += fmt::format("{}:{}:{}: {}: {} [{}]\n    why: {}\n    fix: {}\n", file, finding.at.line,
                        finding.at.column, EmrSeverityName(rule->severity), finding.what,
                        finding.rule, rule->why, FixOf(finding, *rule));
  }
  return text;
}

Json EmrFindingsJson(std::span<const EmrFinding> findings) {
  Json list = Json::array();
  for (const EmrFinding& finding : findings) {
    const EmrRule* rule = FindEmrRule(finding.rule);
    if (rule == nullptr) continue;
    list.push_back({{"rule", finding.rule},
                    {"severity", EmrSeverityName(rule->severity)},
                    {"line", finding.at.line},
                    {"column", finding.at.column},
                    {"path", finding.path},
                    {"what", finding.what},
                    {"why", rule->why},
                    {"fix", FixOf(finding, *rule)},
                    {"source", EmrSourceText(rule->source)}});
  }
  return list;
}

std::string EmrRulesText() {
  std::string text;
  for (const EmrRule& rule : EmrRules()) {
    text += fmt::format("{:<30} {:<8} {}\n{:39} fix: {}\n{:39} source: {}\n", rule.id,
                        EmrSeverityName(rule.severity), rule.why, "", rule.fix, "",
                        EmrSourceText(rule.source));
  }
  return text;
}

Json EmrRulesJson() {
  Json list = Json::array();
  for (const EmrRule& rule : EmrRules()) {
    list.push_back({{"rule", rule.id},
                    {"severity", EmrSeverityName(rule.severity)},
                    {"why", rule.why},
                    {"fix", rule.fix},
                    {"source", EmrSourceText(rule.source)}});
  }
  return list;
}

std::string EmrKeysText() {
  std::string text;
  for (const EmrKeyDoc& key : EmrKeyDocs())
    text += fmt::format("{:<38} {:<34} {}\n", key.path, key.form, key.doc);
  return text;
}

std::string EmrCostText(const EmrCluster& cluster, const EmrCost& cost) {
  std::string text = fmt::format("{:<8} {:<14} {:>18} {:>18}   {}\n", cluster.name, "USD an hour",
                                 "as it starts", "at its limits", "");
  const auto line = [&](std::string_view role, std::string_view item, const UsdRange& start,
                        const UsdRange& max, std::string_view detail) {
    text +=
        fmt::format("{:<8} {:<14} {:>18} {:>18}   {}\n", role, item, Usd(start), Usd(max), detail);
  };
  for (const EmrCostRow& row : cost.hourly) {
    const bool is_unsure = row.source == EmrSource::kMemory;
    line(row.role, row.item, row.start, row.max,
         row.detail + (is_unsure
                           ? (row.detail.empty() ? "(general knowledge)" : " (general knowledge)")
                           : ""));
  }
  line("", "an hour", cost.hour_start, cost.hour_max, "");
  text += "\n";
  for (const EmrRunRow& row : cost.run)
    text += fmt::format("{:<23} {:>18}   {}\n", row.item, Usd(row.usd), row.detail);
  const auto total = [&](const std::string& what, const UsdRange& usd) {
    text += fmt::format("{:<23} {:>18}\n", what, Usd(usd));
  };
  total(fmt::format("a run of {} h", cost.hours), cost.run_total);
  total("left running, a day", cost.day);
  total("left running, a month", cost.month);
  total("EMR Serverless, a run", cost.serverless);
  text += "\n";
  for (const std::string& note : cost.notes) text += fmt::format("note: {}\n", note);
  return text;
}

Json EmrCostJson(const EmrCost& cost) {
  Json hourly = Json::array();
  for (const EmrCostRow& row : cost.hourly) {
    hourly.push_back({{"role", row.role},
                      {"item", row.item},
                      {"detail", row.detail},
                      {"start", RangeJson(row.start)},
                      {"max", RangeJson(row.max)},
                      {"source", EmrSourceText(row.source)}});
  }
  Json run = Json::array();
  for (const EmrRunRow& row : cost.run)
    run.push_back({{"item", row.item}, {"detail", row.detail}, {"usd", RangeJson(row.usd)}});
  return {{"currency", "USD"},
          {"hourly", hourly},
          {"run", run},
          {"hours", cost.hours},
          {"hour_start", RangeJson(cost.hour_start)},
          {"hour_max", RangeJson(cost.hour_max)},
          {"run_total", RangeJson(cost.run_total)},
          {"left_running_day", RangeJson(cost.day)},
          {"left_running_month", RangeJson(cost.month)},
          {"serverless_run", RangeJson(cost.serverless)},
          {"notes", cost.notes}};
}

Json EmrRecommendationJson(const EmrRecommendation& advice) {
  return {{"type", advice.type},
          {"core_nodes", advice.core_nodes},
          {"task_nodes", advice.task_nodes},
          {"partitions", advice.partitions},
          {"cores_needed", advice.cores_needed},
          {"executors_per_node", advice.executors.per_node},
          {"executor_cores", advice.executors.cores},
          {"executor_memory_mb", advice.executors.memory_mb},
          {"needs_cluster", advice.needs_cluster},
          {"reasons", advice.reasons},
          {"yaml", advice.yaml}};
}

std::string LocalComparisonText(const LocalComparison& comparison) {
  std::string text = "on this machine\n";
  for (const std::string& reason : comparison.reasons) text += fmt::format("    {}\n", reason);
  return text;
}

Json LocalComparisonJson(const LocalComparison& comparison) {
  return {{"input_bytes", comparison.input_bytes},
          {"local_hours", comparison.local_hours},
          {"cluster_hours", comparison.cluster_hours},
          {"cluster_usd", RangeJson(comparison.cluster_usd)},
          {"needs_cluster", comparison.needs_cluster},
          {"reasons", comparison.reasons}};
}

}  // namespace ember
