#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cluster/process.h"

namespace ember {

/// A process of a cluster.
struct ClusterProcess {
  std::string name;  // "master", "worker 1", "Connect server"
  ProcessIdentity identity;
  std::string log;
  bool operator==(const ClusterProcess&) const = default;
};

/// What is known of a cluster after the program that started it has ended.
struct ClusterState {
  std::string id;  // the value of EMBER_CLUSTER in the environment of all its processes
  std::string spark_home;
  std::string spark_version;  // "4.0.2"
  int master_port = 0;
  int web_port = 0;
  int connect_port = 0;
  int workers = 0;
  int cores = 0;      // of a worker
  int memory_mb = 0;  // of a worker
  bool has_s3 = false;
  std::vector<ClusterProcess> processes;
  bool operator==(const ClusterState&) const = default;
};

std::string ClusterStateText(const ClusterState& state);
/// EMBER_INVALID_INPUT when the text is not what ClusterStateText makes.
Result<ClusterState> ParseClusterState(const std::string& text);

/// "sc://127.0.0.1:PORT".
std::string ClusterUrl(const ClusterState& state);

/// "1g", "800m", "2048mb" in MiB; none when it is no size, or not at least one MiB.
std::optional<int> ParseMemoryMb(const std::string& text);

}  // namespace ember
