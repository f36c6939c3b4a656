#include "cluster/master_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace ember {

Result<MasterAnswer> ParseMasterJson(const std::string& text) {
  MasterAnswer answer;
  try {
    const auto json = nlohmann::json::parse(text);
    for (const auto& entry : json.at("workers")) {
      ClusterWorker worker;
      entry.at("id").get_to(worker.id);
      entry.at("state").get_to(worker.state);
      entry.at("port").get_to(worker.port);
      entry.at("cores").get_to(worker.cores);
      entry.at("coresused").get_to(worker.cores_used);
      entry.at("memory").get_to(worker.memory_mb);
      entry.at("memoryused").get_to(worker.memory_used_mb);
      answer.workers.push_back(std::move(worker));
    }
    for (const auto& entry : json.at("activeapps")) {
      ClusterApplication application;
      entry.at("id").get_to(application.id);
      entry.at("name").get_to(application.name);
      entry.at("state").get_to(application.state);
      entry.at("cores").get_to(application.cores);
      answer.applications.push_back(std::move(application));
    }
  } catch (const nlohmann::json::exception& error) {
    return InvalidInput(fmt::format("the master's answer is not as expected: {}", error.what()));
  }
  return answer;
}

}  // namespace ember
