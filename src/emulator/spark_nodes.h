#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "cluster/spark_installation.h"

namespace ember {

/// What a node brings: scaled down from its instance type, so that several fit on one machine.
struct EmulatedNode {
  std::string instance_id;  // "i-…" of the API
  int cores = 1;
  int memory_mb = 1024;
};

/// What Spark's master says of its work: what managed scaling decides by.
struct EmulatedLoad {
  int cores = 0;  // of the nodes that are alive
  int cores_used = 0;
  int cores_wanted = 0;  // by running applications, beyond what they have
  int applications = 0;  // running
  int applications_waiting = 0;
};

/// A step's process.
struct EmulatedStep {
  std::string step_id;  // "s-…" of the API
  std::vector<std::string>
      arguments;  // command-runner.jar's: "spark-submit …", "s3-dist-cp …", "bash -c …"
};

/// How a step's process ended.
struct EmulatedStepEnd {
  int exit_code = 0;
};

struct EmulatedSparkOptions {
  std::string folder;  // of this cluster alone: logs, work folders
  SparkInstallation spark;
  std::map<std::string, std::string> settings;  // of the request's spark-defaults; not its sizing
  /// For the environment of all processes; secrets go here.
  std::vector<std::pair<std::string, std::string>> environment;
  bool has_s3 = false;
  bool has_connect = false;  // a Connect server beside the master
  std::string ember;         // this program's path: what runs s3-dist-cp steps
  std::string cache_folder;  // for the jars of S3A; empty: Ember's usual one
  /// Executors are made to fit it, until a smaller node comes.
  EmulatedNode smallest_node;
};

/// A real Spark standalone cluster that one emulated EMR cluster runs on: a master, one worker
/// process for each core and task node. Listens on 127.0.0.1 only. Not thread-safe.
class EmulatedSpark {
 public:
  virtual ~EmulatedSpark() = default;
  /// Starts the master (and the Connect server) and waits until they answer.
  virtual Status Start(const EmulatedSparkOptions& options, const std::stop_token& stop) = 0;
  /// Starts a worker; returns before it has registered.
  virtual Status AddNode(const EmulatedNode& node) = 0;
  /// Whether the node's worker has registered and is alive.
  virtual Result<bool> IsNodeReady(const std::string& instance_id) = 0;
  /// Asks the node to finish: it gets no new work (a spot notice, a scale-in).
  virtual Status DecommissionNode(const std::string& instance_id) = 0;
  /// Ends the node's processes at once, executors too.
  virtual Status RemoveNode(const std::string& instance_id) = 0;
  virtual Result<EmulatedLoad> Load() = 0;
  virtual Status StartStep(const EmulatedStep& step) = 0;
  /// Nothing while it runs.
  virtual Result<std::optional<EmulatedStepEnd>> StepEnd(const std::string& step_id) = 0;
  /// Ends a step's process and its Spark application.
  virtual Status CancelStep(const std::string& step_id) = 0;
  /// The files that EMR would bring to LogUri for a step: "stdout", "stderr", "controller".
  virtual std::string StepLogFolder(const std::string& step_id) const = 0;
  /// Port of the Connect server; 0 without one.
  virtual int connect_port() const = 0;
  /// Ends every process. Nothing is left running, whatever it returns.
  virtual Status Stop() = 0;
};

std::unique_ptr<EmulatedSpark> MakeEmulatedSpark();

}  // namespace ember
