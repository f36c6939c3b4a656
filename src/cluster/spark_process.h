#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "cluster/spark_installation.h"

namespace ember {

/// What the processes of one Spark share, whoever starts them.
struct SparkProcessGround {
  SparkInstallation spark;
  std::string conf_folder;   // spark-defaults.conf and log4j2.properties
  std::string local_folder;  // for shuffle files
  int daemon_memory_mb = 512;
  /// For the environment of all processes; secrets go here, which only this user can read. An empty
  /// value takes the variable out.
  std::vector<std::pair<std::string, std::string>> environment;
};

/// This process's environment without what would lead another Spark astray, with that of the
/// ground.
std::vector<std::string> SparkEnvironment(const SparkProcessGround& ground);

/// Writes what the processes read: spark-defaults.conf of `settings`, and log4j2.properties, in a
/// folder that is made. Error: EMBER_INVALID_INPUT.
Status WriteSparkConfiguration(const std::string& folder,
                               const std::map<std::string, std::string>& settings);
/// The text of spark-defaults.conf.
std::string SparkDefaultsText(const std::map<std::string, std::string>& settings);

/// Writes a file that this user alone can read, and never half of it. Error: EMBER_INVALID_INPUT.
Status WritePrivate(const std::string& path, const std::string& text);

/// What every process of a cluster on this machine is told: it listens on 127.0.0.1 only.
std::map<std::string, std::string> LoopbackSparkSettings();

struct SparkWorkerCommand {
  int master_port = 0;
  int port = 0;  // 0: a free one
  int cores = 1;
  int memory_mb = 1024;
  std::string work_folder;
};

/// "spark://127.0.0.1:PORT".
std::string SparkMasterUrl(int master_port);
std::vector<std::string> MasterArguments(const SparkInstallation& spark, int port, int web_port);
std::vector<std::string> WorkerArguments(const SparkInstallation& spark,
                                         const SparkWorkerCommand& worker);
std::vector<std::string> ConnectServerArguments(const SparkInstallation& spark, int master_port,
                                                std::string_view name);

}  // namespace ember
