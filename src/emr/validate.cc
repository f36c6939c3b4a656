#include "emr/validate.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace ember {
namespace {

using RuleTable = std::span<const EmrRule> (*)();
constexpr auto kTables = std::to_array<RuleTable>(
    {EmrFormRules, EmrNodeRules, EmrFleetRules, EmrScalingRules, EmrNetworkRules, EmrSecurityRules,
     EmrSparkRules, EmrStorageRules, EmrStepRules, EmrCostRules});

constexpr auto kFormRules = std::to_array<EmrRule>({
    {"not-yaml", EmrSeverity::kError, "The file cannot be read as YAML.",
     "Repair the line that is named; tabs, a missing colon and wrong indents are the usual causes.",
     EmrSource::kEmber, nullptr},
    {"unknown-key", EmrSeverity::kError,
     "A key that Ember does not know would have no effect, and nobody would notice.",
     "`ember emr keys` lists all keys.", EmrSource::kEmber, nullptr},
    {"duplicate-key", EmrSeverity::kError, "Only one of two values can hold.",
     "Remove one of them; AWS's own names stand for the same key.", EmrSource::kEmber, nullptr},
    {"wrong-type", EmrSeverity::kError, "The value has a form that the key does not take.",
     "`ember emr keys` shows the form of every key.", EmrSource::kEmber, nullptr},
    {"unknown-value", EmrSeverity::kError, "The key takes one of a few values.",
     "Take one of those that are named.", EmrSource::kEmber, nullptr},
    {"negative-number", EmrSeverity::kError, "No number of a cluster file can be below 0.",
     "Give a number of at least 0.", EmrSource::kEmber, nullptr},
});

}  // namespace

std::span<const EmrRule> EmrFormRules() { return kFormRules; }

void EmrRuleContext::Find(const std::string& path, std::string what, std::string fix) {
  findings.push_back({rule, path, cluster.Where(path), std::move(what), std::move(fix)});
}

std::vector<EmrRule> EmrRules() {
  std::vector<EmrRule> rules;
  for (const RuleTable table : kTables) {
    const auto rows = table();
    rules.insert(rules.end(), rows.begin(), rows.end());
  }
  return rules;
}

const EmrRule* FindEmrRule(std::string_view id) {
  for (const RuleTable table : kTables) {
    for (const EmrRule& rule : table()) {
      if (rule.id == id) return &rule;
    }
  }
  return nullptr;
}

std::vector<EmrFinding> ValidateEmrCluster(const EmrReading& reading, const EmrFacts& facts) {
  std::vector<EmrFinding> findings = reading.findings;
  const auto is_unread = [](const EmrFinding& finding) { return finding.rule == "not-yaml"; };
  if (std::any_of(findings.begin(), findings.end(), is_unread)) return findings;
  const EmrCost cost = EstimateEmrCost(reading.cluster, facts);
  EmrRuleContext context(reading.cluster, facts, cost);
  for (const RuleTable table : kTables) {
    for (const EmrRule& rule : table()) {
      context.rule = rule.id;
      if (rule.check != nullptr) rule.check(context);
    }
  }
  findings.insert(findings.end(), context.findings.begin(), context.findings.end());
  std::stable_sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) {
    return std::tie(a.at.line, a.at.column) < std::tie(b.at.line, b.at.column);
  });
  return findings;
}

std::string_view EmrSeverityName(EmrSeverity severity) {
  switch (severity) {
    case EmrSeverity::kError:
      return "error";
    case EmrSeverity::kWarning:
      return "warning";
    case EmrSeverity::kNote:
      return "note";
  }
  return "";
}

}  // namespace ember
