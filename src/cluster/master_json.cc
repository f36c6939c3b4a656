#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cluster/cluster.h"

namespace ember {

Result<std::vector<ClusterWorker>> ParseMasterJson(const std::string& text) {
  std::vector<ClusterWorker> workers;
  try {
    const auto json = nlohmann::json::parse(text);
    for (const auto& entry : json.at("workers")) {
      ClusterWorker worker;
      entry.at("id").get_to(worker.id);
      entry.at("state").get_to(worker.state);
      entry.at("cores").get_to(worker.cores);
      entry.at("coresused").get_to(worker.cores_used);
      entry.at("memory").get_to(worker.memory_mb);
      entry.at("memoryused").get_to(worker.memory_used_mb);
      workers.push_back(std::move(worker));
    }
  } catch (const nlohmann::json::exception& error) {
    return InvalidInput(fmt::format("the master's answer is not as expected: {}", error.what()));
  }
  return workers;
}

}  // namespace ember
