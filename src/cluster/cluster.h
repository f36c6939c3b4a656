#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "cluster/cluster_state.h"
#include "cluster/master_json.h"
#include "cluster/spark_installation.h"

namespace ember {

struct ClusterOptions {
  SparkInstallation spark;
  int workers = 2;
  int cores = 1;         // of a worker
  int memory_mb = 1024;  // of a worker; its executor gets four fifths
  int connect_port = 0;  // 0: a free one
  int master_port = 0;
  int web_port = 0;
  int64_t timeout_ms = 120000;
  bool has_s3 = false;
  std::map<std::string, std::string> settings;  // of Spark, without secrets
  /// For the environment of all processes; secrets go here, which only this user can read. An empty
  /// value takes the variable out.
  std::vector<std::pair<std::string, std::string>> environment;
};

struct ClusterStatus {
  bool master_answers = false;
  bool connect_answers = false;
  std::vector<ClusterWorker> workers;
  std::vector<std::string> dead;  // names of processes that are gone
  bool is_whole() const { return master_answers && connect_answers && dead.empty(); }
};

/// What the world outside this room does for it.
struct ClusterWorld {
  std::string folder;  // of the cluster alone: state, logs, work folders; removed by Stop
  std::function<Result<std::string>(const std::string& url)> fetch;  // GET
  std::function<void(std::string_view line)> progress;
};

/// One Spark standalone cluster of this user: a master, workers and a Connect server, which listen
/// on 127.0.0.1 only. Not thread-safe; a lock on the folder keeps other programs out while it
/// lives.
class Cluster {
 public:
  /// EMBER_INVALID_INPUT when another program starts or ends the cluster at this moment.
  static Result<Cluster> Open(ClusterWorld world);
  Cluster(Cluster&& other) noexcept;
  Cluster& operator=(Cluster&&) = delete;
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;
  ~Cluster();

  /// None when there is no cluster. One whose processes are all gone is cleaned up and counts as
  /// none.
  Result<std::optional<ClusterState>> Load();
  /// Starts it and waits until every worker is ALIVE and the Connect port answers. There must be
  /// none. Errors: EMBER_INVALID_INPUT for a taken port, with the last lines of its log for a
  /// process that ended, or when it takes longer than the timeout; OPERATION_CANCELLED. After an
  /// error nothing runs; the logs stay until the next start.
  Result<ClusterState> Start(const ClusterOptions& options, const std::stop_token& stop);
  ClusterStatus Check(const ClusterState& state);
  /// Ends every process of the cluster, executors too, and removes its folder.
  Status Stop(const ClusterState& state);

 private:
  explicit Cluster(ClusterWorld world) : world_(std::move(world)) {}
  std::string StatePath() const;
  Status PrepareFolder(const ClusterOptions& options, const ClusterState& state);
  Status Save(const ClusterState& state);
  Status StartProcess(const ClusterOptions& options, ClusterState& state, std::string name,
                      std::vector<std::string> arguments);
  Status StartProcesses(const ClusterOptions& options, ClusterState& state,
                        const std::stop_token& stop);
  Status WaitFor(const ClusterState& state, int64_t deadline_ms, std::string_view what,
                 const std::stop_token& stop, const std::function<bool()>& is_done);
  bool EndAll(const ClusterState& state);

  ClusterWorld world_;
  int lock_ = -1;
};

/// What the processes read as spark-defaults.conf.
std::map<std::string, std::string> SparkDefaults(const ClusterOptions& options,
                                                 const ClusterState& state,
                                                 const std::string& folder);

}  // namespace ember
