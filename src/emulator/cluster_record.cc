#include "emulator/cluster_record.h"

namespace ember {

std::string_view NodeRoleText(NodeRole role) {
  switch (role) {
    case NodeRole::kMaster:
      return "MASTER";
    case NodeRole::kCore:
      return "CORE";
    case NodeRole::kTask:
      return "TASK";
  }
  return "";
}

NodePool* ClusterRecord::FindPool(const std::string& pool_id) {
  for (NodePool& pool : pools) {
    if (pool.id == pool_id) return &pool;
  }
  return nullptr;
}

EmulatedInstance* ClusterRecord::FindInstance(const std::string& ec2_id) {
  for (EmulatedInstance& instance : instances) {
    if (instance.ec2_id == ec2_id) return &instance;
  }
  return nullptr;
}

StepRecord* ClusterRecord::FindStep(const std::string& step_id) {
  for (StepRecord& step : steps) {
    if (step.id == step_id) return &step;
  }
  return nullptr;
}

bool ClusterWorldView::HasCapacity(const std::string& type, bool is_spot) const {
  const auto& missing = faults->types_without_capacity;
  return !missing.contains(type) && !missing.contains(type + (is_spot ? "/SPOT" : "/ON_DEMAND"));
}

}  // namespace ember
