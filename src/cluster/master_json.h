#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace ember {

/// A worker as the master sees it.
struct ClusterWorker {
  std::string id;
  std::string state;  // ALIVE, DECOMMISSIONED, DEAD, …
  int port = 0;
  int cores = 0;
  int cores_used = 0;
  int memory_mb = 0;
  int memory_used_mb = 0;
};

/// A Spark program that has not ended.
struct ClusterApplication {
  std::string id;  // "app-…"
  std::string name;
  std::string state;  // WAITING until it has had an executor, RUNNING
  int cores = 0;      // that it has
};

/// What a master says of itself.
struct MasterAnswer {
  std::vector<ClusterWorker> workers;
  std::vector<ClusterApplication> applications;
};

/// The answer of a master's /json/ (Spark's JsonProtocol). Error: EMBER_INVALID_INPUT.
Result<MasterAnswer> ParseMasterJson(const std::string& text);

}  // namespace ember
