#include "cluster/cluster_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

namespace ember {

std::string ClusterStateText(const ClusterState& state) {
  nlohmann::ordered_json processes = nlohmann::ordered_json::array();
  for (const ClusterProcess& process : state.processes) {
    processes.push_back({{"name", process.name},
                         {"pid", process.identity.pid},
                         {"start_ticks", process.identity.start_ticks},
                         {"log", process.log}});
  }
  const nlohmann::ordered_json json = {{"id", state.id},
                                       {"spark_home", state.spark_home},
                                       {"spark_version", state.spark_version},
                                       {"master_port", state.master_port},
                                       {"web_port", state.web_port},
                                       {"connect_port", state.connect_port},
                                       {"workers", state.workers},
                                       {"cores", state.cores},
                                       {"memory_mb", state.memory_mb},
                                       {"has_s3", state.has_s3},
                                       {"processes", processes}};
  return json.dump(2) + "\n";
}

Result<ClusterState> ParseClusterState(const std::string& text) {
  ClusterState state;
  try {
    const auto json = nlohmann::json::parse(text);
    json.at("id").get_to(state.id);
    json.at("spark_home").get_to(state.spark_home);
    json.at("spark_version").get_to(state.spark_version);
    json.at("master_port").get_to(state.master_port);
    json.at("web_port").get_to(state.web_port);
    json.at("connect_port").get_to(state.connect_port);
    json.at("workers").get_to(state.workers);
    json.at("cores").get_to(state.cores);
    json.at("memory_mb").get_to(state.memory_mb);
    json.at("has_s3").get_to(state.has_s3);
    for (const auto& entry : json.at("processes")) {
      ClusterProcess process;
      entry.at("name").get_to(process.name);
      entry.at("pid").get_to(process.identity.pid);
      entry.at("start_ticks").get_to(process.identity.start_ticks);
      entry.at("log").get_to(process.log);
      state.processes.push_back(std::move(process));
    }
  } catch (const nlohmann::json::exception& error) {
    return InvalidInput(fmt::format("not the state of a cluster: {}", error.what()));
  }
  if (state.id.empty()) return InvalidInput("not the state of a cluster: its id is empty");
  return state;
}

std::string ClusterUrl(const ClusterState& state) {
  return fmt::format("sc://127.0.0.1:{}", state.connect_port);
}

std::optional<int> ParseMemoryMb(const std::string& text) {
  size_t digits = 0;
  while (digits < text.size() && std::isdigit(static_cast<unsigned char>(text[digits])) != 0)
    ++digits;
  if (digits == 0 || digits > 7) return std::nullopt;
  std::string unit = text.substr(digits);
  std::transform(unit.begin(), unit.end(), unit.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const int number = std::stoi(text.substr(0, digits));
  const bool is_giga = unit == "g" || unit == "gb";
  if (!is_giga && unit != "m" && unit != "mb") return std::nullopt;
  if (number < 1 || number > (is_giga ? 100000 : 9999999)) return std::nullopt;
  return is_giga ? number * 1024 : number;
}

}  // namespace ember
