#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "emulator/cluster_record.h"
#include "emulator/spark_nodes.h"

namespace ember {

/// What an emulator works with.
struct EmulatorSettings {
  std::string region = "us-east-1";
  std::string folder;  // of the emulator alone: logs and work folders of the clusters
  double speed = 60;   // emulated seconds in a second
  int node_cores = 1;
  int node_memory_mb = 1024;
  std::string ember;  // this program's path
  bool has_s3 = false;
  /// Of the processes of the clusters.
  std::vector<std::pair<std::string, std::string>> environment;
  size_t page_size = 50;
  std::function<int64_t()> now_us;  // microseconds UTC
  std::function<std::unique_ptr<EmulatedSpark>()> make_spark;
  /// The Spark of a version such as "3.5.6".
  std::function<Result<SparkInstallation>(const std::string& version)> find_spark;
  /// Puts an object ("s3://bucket/key"); empty: logs stay where they are.
  std::function<Status(const std::string& uri, const std::string& bytes)> put_object;
  /// Whether every cluster is brought on by a thread of its own; otherwise by Advance.
  bool has_threads = true;
  /// Emulated seconds between one loss of a spot node and the next of each cluster; 0: none.
  double spot_loss_s = 0;
};

struct SecurityConfigurationRecord {
  std::string text;
  int64_t created_us = 0;
};

class ClusterRunner;
class SessionGateway;

/// All clusters of an emulator. What is guarded by the mutex says so.
class ClusterStore {
 public:
  ClusterStore(EmulatorSettings settings, EventJournal& journal);
  /// Ends every cluster's processes.
  ~ClusterStore();
  ClusterStore(const ClusterStore&) = delete;
  ClusterStore& operator=(const ClusterStore&) = delete;

  const EmulatorSettings& settings() const { return settings_; }
  EventJournal& journal() { return journal_; }
  std::mutex& mutex() { return mutex_; }

  // With the mutex held:
  ClusterWorldView View();
  ClusterFaults& faults() { return faults_; }
  std::map<std::string, SecurityConfigurationRecord>& security() { return security_; }
  ClusterRecord* Find(const std::string& id);
  /// Newest first.
  std::vector<ClusterRecord*> All();
  /// Takes a cluster in and starts to bring it on.
  ClusterRecord& Add(ClusterRecord cluster);
  /// After a change: a Spark that still starts for a cluster that is ending is told to stop.
  void Settle(const ClusterRecord& cluster);
  std::string NewId(std::string_view prefix);
  /// What stands before the Connect server of a cluster; null without one.
  SessionGateway* Gateway(const std::string& cluster_id);

  // Without the mutex:
  /// Brings every cluster on by one turn; for an emulator without threads.
  void Advance();

 private:
  struct Slot;

  const EmulatorSettings settings_;
  EventJournal& journal_;
  const EmrFacts facts_ = DefaultEmrFacts();
  std::mutex mutex_;
  ClusterFaults faults_;
  std::map<std::string, SecurityConfigurationRecord> security_;
  std::mt19937_64 random_;
  std::map<std::string, std::unique_ptr<Slot>> slots_;
  std::vector<std::string> order_;
};

}  // namespace ember
