#pragma once

// For tests: a Spark that does what a test says, and an emulator with a clock that a test turns.

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "emulator/cluster_store.h"
#include "emulator/emr_service.h"
#include "emulator/spark_nodes.h"

namespace ember {

/// What a FakeSpark is told and has been told; one for all clusters of a test.
struct FakeSparkScript {
  std::map<std::string, int> nodes;  // cores by id
  std::vector<std::string> decommissioned;
  std::vector<std::string> removed;
  std::map<std::string, std::vector<std::string>> steps;  // arguments by id, of those started
  std::map<std::string, int> ends;                        // exit codes by id
  std::vector<std::string> cancelled;
  EmulatedLoad load;
  bool start_fails = false;
  int started = 0;
  std::atomic<int> stopped = 0;  // an emulator stops all its clusters at once
  EmulatedSparkOptions options;
};

class FakeSpark final : public EmulatedSpark {
 public:
  explicit FakeSpark(FakeSparkScript& script) : script_(script) {}

  Status Start(const EmulatedSparkOptions& options, const std::stop_token&) override {
    script_.options = options;
    if (script_.start_fails) return InvalidInput("the master has not answered");
    ++script_.started;
    return {};
  }
  Status AddNode(const EmulatedNode& node) override {
    script_.nodes[node.instance_id] = node.cores;
    return {};
  }
  Result<bool> IsNodeReady(const std::string& id) override { return script_.nodes.contains(id); }
  Status DecommissionNode(const std::string& id) override {
    script_.decommissioned.push_back(id);
    return {};
  }
  Status RemoveNode(const std::string& id) override {
    script_.removed.push_back(id);
    script_.nodes.erase(id);
    return {};
  }
  Result<EmulatedLoad> Load() override {
    EmulatedLoad load = script_.load;
    for (const auto& [id, cores] : script_.nodes) load.cores += cores;
    return load;
  }
  Status StartStep(const EmulatedStep& step) override {
    script_.steps[step.step_id] = step.arguments;
    return {};
  }
  Result<std::optional<EmulatedStepEnd>> StepEnd(const std::string& id) override {
    const auto end = script_.ends.find(id);
    if (end == script_.ends.end()) return std::optional<EmulatedStepEnd>();
    return std::optional(EmulatedStepEnd{end->second});
  }
  Status CancelStep(const std::string& id) override {
    script_.cancelled.push_back(id);
    script_.ends[id] = 143;
    return {};
  }
  std::string StepLogFolder(const std::string& id) const override { return "/nowhere/" + id; }
  int connect_port() const override { return script_.options.has_connect ? 15002 : 0; }
  Status Stop() override {
    ++script_.stopped;
    return {};
  }

 private:
  FakeSparkScript& script_;
};

/// Clusters, EMR's API over them and a clock. Emulated time is the clock's.
class TurnedEmulator {
 public:
  TurnedEmulator() : store(Settings(), journal), service(store) {}

  /// Lets emulated seconds go by, ten at a time.
  void Pass(int seconds) {
    for (int passed = 0; passed < seconds; passed += 10) {
      now_us += 10000000;
      store.Advance();
      store.Advance();
    }
  }
  AwsJson Call(const std::string& action, const AwsJson& request) {
    const auto answer = service.Call(action, request);
    if (!answer.ok())
      return {{"fault", answer.error().parameters.at("code")}, {"message", answer.error().message}};
    const auto wrong = service.shapes().CheckAnswer(action, *answer);
    return wrong ? AwsJson{{"fault", "answer"}, {"message", *wrong}} : *answer;
  }
  AwsJson Cluster(const std::string& id) {
    return Call("DescribeCluster", {{"ClusterId", id}})["Cluster"];
  }
  std::string State(const std::string& id) { return Cluster(id)["Status"]["State"]; }
  std::string StepState(const std::string& cluster, const std::string& step) {
    return Call("DescribeStep",
                {{"ClusterId", cluster}, {"StepId", step}})["Step"]["Status"]["State"];
  }
  /// RunJobFlow; the cluster's id.
  std::string Run(const AwsJson& request) {
    const AwsJson answer = Call("RunJobFlow", request);
    return answer.value("JobFlowId", answer.dump());
  }
  /// The same, until it is ready.
  std::string RunReady(const AwsJson& request) {
    const std::string id = Run(request);
    Pass(400);
    return id;
  }

  int64_t now_us = int64_t{1800000000} * 1000000;
  FakeSparkScript spark;
  EventJournal journal;
  ClusterStore store;
  EmrService service;

 private:
  EmulatorSettings Settings() {
    EmulatorSettings settings;
    settings.folder = "/tmp/ember-emulator-test";
    settings.speed = 1;
    settings.page_size = 3;
    settings.has_threads = false;
    settings.now_us = [this] { return now_us; };
    settings.make_spark = [this] { return std::make_unique<FakeSpark>(spark); };
    settings.find_spark = [](const std::string& version) {
      return SparkInstallation{.version = version};
    };
    return settings;
  }
};

}  // namespace ember
