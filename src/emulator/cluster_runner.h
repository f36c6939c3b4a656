#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <thread>

#include "emulator/cluster_store.h"
#include "emulator/session_gateway.h"
#include "emulator/step_logs.h"

namespace ember {

/// Brings one cluster on: asks its record what the Spark below is to do, does it, and tells the
/// record what came of it. The record is only touched with the store's mutex held, Spark only
/// without.
class ClusterRunner {
 public:
  /// `record` lives in `store`, both longer than this.
  ClusterRunner(ClusterStore& store, ClusterRecord& record);
  ~ClusterRunner();
  ClusterRunner(const ClusterRunner&) = delete;
  ClusterRunner& operator=(const ClusterRunner&) = delete;

  /// One turn; false once the cluster is over.
  bool RunOnce();
  void StartThread();
  /// A Spark that is starting is to give up.
  void StopStarting() { starting_.request_stop(); }
  /// Ends the thread and everything below.
  void Stop();
  /// Null without sessions, and before Spark runs; the store's mutex is held.
  SessionGateway* gateway() const { return gateway_.get(); }

 private:
  struct Turn;
  void Take(Turn& turn);
  void Do(Turn& turn);
  void DoCommand(const SparkCommand& command, Turn& turn);
  void Ask(Turn& turn);
  void Note(const Turn& turn);
  void BringLogs(const std::string& step, bool is_end);
  Status StartSpark();

  ClusterStore& store_;
  ClusterRecord& record_;
  const std::string folder_;
  const std::string log_folder_;  // in S3; empty: none
  StepLogs logs_;
  std::set<std::string> open_steps_;  // started, and their logs not whole in S3
  std::unique_ptr<EmulatedSpark> spark_;
  std::unique_ptr<SessionGateway> gateway_;  // guarded by the store's mutex
  int64_t next_load_us_ = 0;
  std::stop_source starting_;
  std::stop_source running_;
  std::thread thread_;
};

}  // namespace ember
