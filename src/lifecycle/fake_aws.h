#pragma once

// For tests: an account of AWS in memory, with CloudFormation and EMR as far as Ember asks them. It
// refuses what it does not know, takes its time, and fails or dies at the call a test names.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "lifecycle/answer.h"
#include "lifecycle/scripted_aws_api.h"
#include "lifecycle/world.h"

namespace ember {

/// What happens at the call that a test names.
enum class FakeAwsEvent {
  kNone,
  kDeadBefore,  // the process dies, before the service got the call
  kDeadAfter,   // … after it did
  kStop,        // Ctrl-C
  kLostBefore,  // no clear answer, and the service did nothing
  kLostAfter,   // no clear answer, but the service acted
  kDenied,      // the caller lacks the right
};

class FakeAws final : public AwsApi, public AwsHost {
 public:
  struct Stack {
    std::string id, name, status, reason;
    AwsJson document = AwsJson::object();
    AwsJson parameters = AwsJson::array();
    AwsJson events = AwsJson::array();  // the newest first
    int64_t settles_us = 0;
    std::string settles_as;
  };
  struct ChangeSet {
    std::string name, stack_id, execution = "AVAILABLE", status = "CREATE_COMPLETE";
    AwsJson document, parameters, changes = AwsJson::array();
    bool is_update = false;
  };
  struct Cluster {
    std::string id, state = "STARTING", reason_code, reason;
    AwsJson request;
    std::vector<AwsJson> nodes;
    int64_t settles_us = 0;
  };

  std::vector<Stack> stacks;
  std::vector<ChangeSet> change_sets;
  std::vector<Cluster> clusters;
  std::vector<AwsApiCall> calls;
  AwsJson instances = AwsJson::array();                  // of every cluster
  AwsJson steps = AwsJson::array();                      // of every cluster
  AwsJson datapoints = AwsJson::array();                 // of every metric
  std::map<std::string, std::string> failing_resources;  // and why
  std::string stuck_resource;                            // cannot be deleted
  int role_lag = 0;                                      // orders refused until roles are known
  std::string start_failure;                             // why clusters end with errors

  /// From now on, at call number `call` (from 0).
  void Arm(int call, FakeAwsEvent event) {
    calls.clear();
    armed_call_ = call;
    event_ = event;
    is_dead_ = false;
    stop_ = std::stop_source();
  }
  void Disarm() { Arm(-1, FakeAwsEvent::kNone); }
  /// Whether the armed call came.
  bool fired() const { return armed_call_ >= 0 && static_cast<int>(calls.size()) > armed_call_; }
  std::stop_token stop_token() const { return stop_.get_token(); }

  int LiveClusters() const {
    int live = 0;
    for (const Cluster& cluster : clusters) live += cluster.state.starts_with("TERMINATED") ? 0 : 1;
    return live;
  }
  /// Names and states of the stacks that are there.
  std::vector<std::string> StackStates() const {
    std::vector<std::string> states;
    for (const Stack& stack : stacks) {
      if (stack.status != "DELETE_COMPLETE") states.push_back(stack.name + " " + stack.status);
    }
    return states;
  }

  // AwsApi
  Result<AwsJson> Call(const AwsApiCall& call) override;
  const std::string& region() const override { return region_; }

  // AwsHost
  std::optional<std::string> Variable(const std::string&) override { return std::nullopt; }
  Result<std::string> ReadFile(const std::string& path) override {
    return MakeError("PATH_NOT_FOUND", {{"path", path}});
  }
  int64_t NowUs() override { return now_us_; }
  double Random() override {
    random_ = random_ * 1103515245 + 12345;
    return static_cast<double>(random_ % 1000) / 1000;
  }
  Status Sleep(int64_t duration_ms, const std::stop_token& stop) override {
    if (stop.stop_requested() || is_dead_) return MakeError("OPERATION_CANCELLED");
    now_us_ += duration_ms * 1000;
    return {};
  }
  Result<ProcessOutput> Run(const std::vector<std::string>&, int64_t,
                            const std::stop_token&) override {
    return InternalError("no processes here");
  }

 private:
  using Handler = Result<AwsJson> (FakeAws::*)(const AwsJson& request);
  Result<AwsJson> Act(const AwsApiCall& call);
  void Settle();

  Stack* FindStack(const std::string& name_or_id, bool with_deleted);
  Result<AwsJson> DescribeStacks(const AwsJson& request);
  Result<AwsJson> DescribeStackEvents(const AwsJson& request);
  Result<AwsJson> CreateChangeSet(const AwsJson& request);
  Result<AwsJson> DescribeChangeSet(const AwsJson& request);
  Result<AwsJson> ExecuteChangeSet(const AwsJson& request);
  Result<AwsJson> DeleteChangeSet(const AwsJson& request);
  Result<AwsJson> DeleteStack(const AwsJson& request);
  Result<AwsJson> ListStackResources(const AwsJson& request);
  Result<AwsJson> GetTemplate(const AwsJson& request);
  ChangeSet* FindChangeSet(const std::string& name);
  void Note(Stack& stack, const std::string& resource, const std::string& status,
            const std::string& reason = "");
  void FinishStack(Stack& stack);

  Cluster* FindCluster(const std::string& id);
  Result<AwsJson> RunJobFlow(const AwsJson& request);
  Result<AwsJson> ListClusters(const AwsJson& request);
  Result<AwsJson> DescribeCluster(const AwsJson& request);
  Result<AwsJson> ListNodes(const AwsJson& request);
  Result<AwsJson> ListInstances(const AwsJson& request);
  Result<AwsJson> ListSteps(const AwsJson& request);
  Result<AwsJson> ListBootstrapActions(const AwsJson& request);
  Result<AwsJson> GetPolicy(const AwsJson& request);
  Result<AwsJson> SetPart(const AwsJson& request);
  Result<AwsJson> RemovePolicies(const AwsJson& request);
  Result<AwsJson> ChangeTags(const AwsJson& request);
  Result<AwsJson> ChangeNodes(const AwsJson& request);
  Result<AwsJson> SetFlags(const AwsJson& request);
  Result<AwsJson> TerminateJobFlows(const AwsJson& request);
  Result<AwsJson> GetMetricStatistics(const AwsJson& request);

  const std::string region_ = "us-east-1";
  std::string action_;  // that is asked for
  std::stop_source stop_;
  int armed_call_ = -1;
  FakeAwsEvent event_ = FakeAwsEvent::kNone;
  bool is_dead_ = false;
  int64_t now_us_ = int64_t{1764000000} * 1000000;
  uint32_t random_ = 1;
  int last_id_ = 0;
};

}  // namespace ember
