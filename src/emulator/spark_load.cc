#include "emulator/spark_load.h"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ember {

Result<std::string> ParseApplicationId(const std::string& text) {
  try {
    return nlohmann::json::parse(text).at(0).at("id").get<std::string>();
  } catch (const nlohmann::json::exception& error) {
    return InvalidInput(fmt::format("the driver's answer is not as expected: {}", error.what()));
  }
}

Result<int> ParseOpenTasks(const std::string& text) {
  int open = 0;
  try {
    for (const auto& stage : nlohmann::json::parse(text))
      open +=
          std::max(0, stage.at("numTasks").get<int>() - stage.at("numCompleteTasks").get<int>());
  } catch (const nlohmann::json::exception& error) {
    return InvalidInput(fmt::format("the driver's answer is not as expected: {}", error.what()));
  }
  return open;
}

EmulatedLoad LoadOf(const MasterAnswer& master, const OpenTasks& open_tasks, int executor_cores) {
  EmulatedLoad load;
  for (const ClusterWorker& worker : master.workers) {
    if (worker.state != "ALIVE") continue;
    load.cores += worker.cores;
    load.cores_used += worker.cores_used;
  }
  for (const ClusterApplication& application : master.applications) {
    const bool is_waiting = application.state == "WAITING";
    (is_waiting ? load.applications_waiting : load.applications) += 1;
    const auto known = open_tasks.find(application.id);
    if (known != open_tasks.end()) {
      load.cores_wanted += std::max(0, known->second - application.cores);
    } else if (is_waiting) {
      load.cores_wanted += executor_cores;
    }
  }
  return load;
}

}  // namespace ember
