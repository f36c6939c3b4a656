#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "lifecycle/down.h"
#include "lifecycle/plan.h"
#include "lifecycle/scale.h"
#include "lifecycle/status.h"

namespace ember {

// What the verbs of a cluster's life print, as text for people and as JSON for programs.
std::string EmrPlanText(const EmrPlan& plan, const EmrCluster& cluster);
nlohmann::ordered_json EmrPlanJson(const EmrPlan& plan);

std::string EmrStackPlanText(const EmrStackPlan& stack);
nlohmann::ordered_json EmrStackPlanJson(const EmrStackPlan& stack);

std::string EmrDownText(const EmrDownPlan& plan, const EmrFacts& facts);
nlohmann::ordered_json EmrDownJson(const EmrDownPlan& plan);
/// What a finished `down` left behind.
std::string EmrKeptText(const std::vector<EmrKeptResource>& kept, const EmrFacts& facts);

std::string EmrStatusText(const EmrStatus& status);
nlohmann::ordered_json EmrStatusJson(const EmrStatus& status);
std::string EmrClustersText(const std::vector<RunningCluster>& clusters);
nlohmann::ordered_json EmrClustersJson(const std::vector<RunningCluster>& clusters);

std::string EmrScaleText(const EmrScalePlan& plan);
nlohmann::ordered_json EmrScaleJson(const EmrScalePlan& plan);

}  // namespace ember
