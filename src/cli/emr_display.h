#pragma once

#include <span>
#include <string>

#include <nlohmann/json.hpp>

#include "emr/cost.h"
#include "emr/local_comparison.h"
#include "emr/recommendation.h"
#include "emr/validate.h"

namespace ember {

// What the verbs of `ember emr` print, as text for people and as JSON for programs.
size_t CountEmrErrors(std::span<const EmrFinding> findings);
std::string EmrFindingsText(const std::string& file, std::span<const EmrFinding> findings);
nlohmann::ordered_json EmrFindingsJson(std::span<const EmrFinding> findings);

std::string EmrRulesText();
nlohmann::ordered_json EmrRulesJson();
std::string EmrKeysText();

std::string EmrCostText(const EmrCluster& cluster, const EmrCost& cost);
nlohmann::ordered_json EmrCostJson(const EmrCost& cost);

nlohmann::ordered_json EmrRecommendationJson(const EmrRecommendation& advice);

std::string LocalComparisonText(const LocalComparison& comparison);
nlohmann::ordered_json LocalComparisonJson(const LocalComparison& comparison);

}  // namespace ember
