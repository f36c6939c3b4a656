#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emr/cluster_file.h"
#include "emr/cost.h"
#include "emr/facts.h"
#include "emr/finding.h"

namespace ember {

/// What a rule sees, and where it puts what it finds.
class EmrRuleContext {
 public:
  EmrRuleContext(const EmrCluster& cluster, const EmrFacts& facts, const EmrCost& cost)
      : cluster(cluster), facts(facts), cost(cost) {}

  const EmrCluster& cluster;
  const EmrFacts& facts;
  const EmrCost& cost;

  /// A finding of the rule that runs, at `path`. An empty fix is the rule's own.
  void Find(const std::string& path, std::string what, std::string fix = "");

  std::string_view rule;
  std::vector<EmrFinding> findings;
};

/// One thing that a cluster file must not do.
struct EmrRule {
  std::string_view id;
  EmrSeverity severity;
  std::string_view why;
  std::string_view fix;
  EmrSource source;
  void (*check)(EmrRuleContext& context);  // null: found while the file is read
};

// The rules, by what they look at; each table in its own file.
std::span<const EmrRule> EmrFormRules();
std::span<const EmrRule> EmrNodeRules();
std::span<const EmrRule> EmrFleetRules();
std::span<const EmrRule> EmrScalingRules();
std::span<const EmrRule> EmrNetworkRules();
std::span<const EmrRule> EmrSecurityRules();
std::span<const EmrRule> EmrSparkRules();
std::span<const EmrRule> EmrStorageRules();
std::span<const EmrRule> EmrStepRules();
std::span<const EmrRule> EmrCostRules();

/// All of them.
std::vector<EmrRule> EmrRules();
const EmrRule* FindEmrRule(std::string_view id);

/// Everything that is wrong with a cluster file, in the order of the file. Nothing is asked of AWS.
std::vector<EmrFinding> ValidateEmrCluster(const EmrReading& reading, const EmrFacts& facts);

std::string_view EmrSeverityName(EmrSeverity severity);

}  // namespace ember
