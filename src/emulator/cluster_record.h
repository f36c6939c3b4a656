#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "aws/aws_api.h"
#include "emr/facts.h"
#include "emulator/emr_sessions.h"
#include "emulator/event_journal.h"
#include "emulator/spark_nodes.h"

namespace ember {

enum class NodeRole { kMaster, kCore, kTask };
std::string_view NodeRoleText(NodeRole role);  // "MASTER"

/// What AWS says of a state: "STARTING", a reason's code and message.
struct EmulatedState {
  std::string name;
  std::string reason_code;
  std::string reason;
};

/// When something came to be, was ready, and ended; microseconds UTC, 0: not yet.
struct EmulatedTimeline {
  int64_t created_us = 0;
  int64_t ready_us = 0;
  int64_t ended_us = 0;
};

/// A type that a group or fleet may take.
struct PoolType {
  std::string name;
  int weight = 1;
  int vcpu = 4;
  double price = 0;  // for the order in which types are tried
  AwsJson config;    // as it was asked for
};

/// An instance group or an instance fleet: how many nodes there are to be, and of what.
struct NodePool {
  std::string id;  // "ig-…" or "if-…"
  std::string name;
  bool is_fleet = false;
  NodeRole role = NodeRole::kTask;
  EmulatedState state = {.name = "PROVISIONING"};
  EmulatedTimeline times;
  int on_demand_target = 0;  // units
  int spot_target = 0;
  std::vector<PoolType> types;  // in the order they are tried
  int64_t spot_timeout_s = 0;   // 0: none
  bool switches_to_on_demand = false;
  int64_t spot_missing_since_us = 0;  // 0: nothing is missing
  int64_t on_demand_missing_since_us = 0;
  AwsJson config;  // as it was asked for

  int target() const { return on_demand_target + spot_target; }
  /// A group has one market.
  bool TakesSpot() const { return is_fleet || spot_market; }
  bool TakesOnDemand() const { return is_fleet || !spot_market; }
  bool spot_market = false;  // of a group
};

struct EmulatedInstance {
  std::string id;      // "ci-…"
  std::string ec2_id;  // "i-…"
  std::string pool_id;
  NodeRole role = NodeRole::kTask;
  std::string type;
  int weight = 1;
  int vcpu = 4;
  bool is_spot = false;
  EmulatedState state = {.name = "PROVISIONING"};
  EmulatedTimeline times;
  int number = 0;               // its address is made of it
  int64_t next_us = 0;          // when what it does is over
  bool is_worker = false;       // Spark was told of it
  bool has_registered = false;  // Spark's master knows it
  int64_t gone_at_us = 0;       // it is being taken away; 0: it is not
  bool is_lost = false;         // taken away by spot, not by a resize
  int64_t idle_since_us = 0;

  bool is_live() const { return state.name != "TERMINATED"; }
  /// It counts for its pool's target.
  bool counts() const { return is_live() && (gone_at_us == 0 || is_lost); }
};

struct StepRecord {
  std::string id;  // "s-…"
  AwsJson config;  // StepConfig
  std::string action_on_failure = "CONTINUE";
  EmulatedState state = {.name = "PENDING"};
  EmulatedTimeline times;  // ready: started
  bool is_cancelled = false;

  const std::string& name() const { return config["Name"].get_ref<const std::string&>(); }
  bool is_over() const {
    return state.name != "PENDING" && state.name != "RUNNING" && state.name != "CANCEL_PENDING";
  }
};

struct ScalingLimits {
  std::string unit;  // InstanceFleetUnits, Instances, VCPU
  int min = 0;
  int max = 0;
  int max_on_demand = 0;
  int max_core = 0;
};

// What a cluster asks of the Spark below it.
struct StartSparkCommand {};
struct AddNodeCommand {
  EmulatedNode node;
};
struct DecommissionCommand {
  std::string instance_id;
};
struct RemoveNodeCommand {
  std::string instance_id;
};
struct StartStepCommand {
  EmulatedStep step;
};
struct CancelStepCommand {
  std::string step_id;
};
struct StopSparkCommand {};
using SparkCommand =
    std::variant<StartSparkCommand, AddNodeCommand, DecommissionCommand, RemoveNodeCommand,
                 StartStepCommand, CancelStepCommand, StopSparkCommand>;

/// One emulated cluster. Plain data: what changes it is in cluster_lifecycle.h and its like.
struct ClusterRecord {
  std::string id;   // "j-…"
  AwsJson request;  // RunJobFlow's
  std::string region;
  EmulatedState state = {.name = "STARTING"};
  EmulatedTimeline times;
  std::map<std::string, std::string> tags;
  bool keep_alive = false;
  bool is_protected = false;
  bool is_visible = true;
  bool has_fleets = false;
  bool has_sessions = false;
  int step_concurrency = 1;
  std::vector<NodePool> pools;
  std::vector<EmulatedInstance> instances;
  std::vector<StepRecord> steps;
  std::optional<AwsJson> scaling_policy;
  std::optional<ScalingLimits> scaling;
  std::optional<int64_t> idle_timeout_s;
  std::vector<SessionRecord> sessions;
  int live_sessions = 0;

  // Between this and the Spark below.
  enum class Spark { kNone, kStarting, kRunning, kStopping, kStopped };
  Spark spark = Spark::kNone;
  std::deque<SparkCommand> commands;
  EmulatedLoad load;
  bool has_load = false;
  int64_t next_us = 0;  // end of what the cluster waits for
  int64_t next_scaling_us = 0;
  int64_t surplus_since_us = 0;  // managed scaling: since when there is more than needed
  int64_t idle_since_us = 0;
  int64_t next_spot_loss_us = 0;
  bool fails_at_end = false;  // TERMINATED_WITH_ERRORS

  bool is_over() const { return state.name.starts_with("TERMINATED"); }
  bool is_ending() const { return state.name == "TERMINATING" || is_over(); }
  bool is_ready() const { return state.name == "RUNNING" || state.name == "WAITING"; }
  NodePool* FindPool(const std::string& pool_id);
  EmulatedInstance* FindInstance(const std::string& ec2_id);
  StepRecord* FindStep(const std::string& step_id);
};

/// Faults that a test or a user has ordered.
struct ClusterFaults {
  std::set<std::string> types_without_capacity;  // "m5.xlarge", or "m5.xlarge/SPOT"
  bool bootstrap_fails = false;                  // of the next cluster that boots
};

/// What a cluster needs of the world.
struct ClusterWorldView {
  int64_t now_us = 0;
  double speed = 1;  // emulated seconds in a second
  ClusterFaults* faults = nullptr;
  EventJournal* journal = nullptr;
  const EmrFacts* facts = nullptr;
  double spot_loss_s = 0;  // between the losses of spot nodes; 0: none by itself
  int node_cores = 1;      // of a node of four virtual processors
  int node_memory_mb = 1024;
  std::function<std::string(std::string_view prefix)> new_id;

  /// The moment when so many emulated seconds are over.
  int64_t After(double seconds) const {
    return now_us + static_cast<int64_t>(seconds * 1e6 / speed);
  }
  bool HasCapacity(const std::string& type, bool is_spot) const;
};

}  // namespace ember
