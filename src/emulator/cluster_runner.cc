#include "emulator/cluster_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <filesystem>

#include "emulator/cluster_describe.h"
#include "emulator/cluster_lifecycle.h"

namespace ember {
namespace {

constexpr auto kTurn = std::chrono::milliseconds(100);
constexpr int64_t kLoadEveryUs = 500000;

// Spark's sizing is that of nodes which are not here.
constexpr auto kSizing = std::to_array<std::string_view>(
    {"spark.executor.memory", "spark.executor.cores", "spark.executor.instances",
     "spark.executor.memoryOverhead", "spark.driver.memory", "spark.driver.cores",
     "spark.driver.memoryOverhead", "spark.yarn.executor.memoryOverhead",
     "spark.dynamicAllocation.maxExecutors", "spark.dynamicAllocation.minExecutors",
     "spark.dynamicAllocation.initialExecutors", "spark.sql.shuffle.partitions"});

std::map<std::string, std::string> SparkSettings(const AwsJson& request) {
  std::map<std::string, std::string> settings;
  for (const AwsJson& entry : request.value("Configurations", AwsJson::array())) {
    if (entry.value("Classification", "") != "spark-defaults") continue;
    const AwsJson properties = entry.value("Properties", AwsJson::object());
    for (const auto& [name, value] : properties.items()) {
      if (std::find(kSizing.begin(), kSizing.end(), name) == kSizing.end()) settings[name] = value;
    }
  }
  return settings;
}

}  // namespace

// What one turn does outside of the mutex, and what comes of it.
struct ClusterRunner::Turn {
  std::deque<SparkCommand> commands;
  std::vector<std::string> nodes_to_ask;
  std::vector<std::string> steps_to_ask;
  bool asks_load = false;
  bool is_over = false;

  bool has_started = false;
  std::string start_failure;
  bool has_stopped = false;
  std::vector<std::string> registered;
  std::vector<std::pair<std::string, int>> ended_steps;
  std::vector<std::pair<std::string, std::string>> steps_not_started;
  std::optional<EmulatedLoad> load;
};

ClusterRunner::ClusterRunner(ClusterStore& store, ClusterRecord& record)
    : store_(store),
      record_(record),
      folder_(store.settings().folder + "/" + record.id),
      log_folder_(LogFolder(record)),
      logs_(store.settings().put_object) {}

ClusterRunner::~ClusterRunner() { Stop(); }

void ClusterRunner::StartThread() {
  thread_ = std::thread([this] {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    const std::stop_token stop = running_.get_token();
    while (!stop.stop_requested() && RunOnce())
      wake.wait_for(lock, stop, kTurn, [] { return false; });
  });
}

void ClusterRunner::Stop() {
  starting_.request_stop();
  running_.request_stop();
  if (thread_.joinable()) thread_.join();
  gateway_.reset();
  if (spark_ != nullptr) {
    (void)spark_->Stop();
    spark_.reset();
  }
}

bool ClusterRunner::RunOnce() {
  Turn turn;
  {
    const std::lock_guard lock(store_.mutex());
    Take(turn);
  }
  if (turn.is_over) return false;
  Do(turn);
  const std::lock_guard lock(store_.mutex());
  Note(turn);
  return true;
}

void ClusterRunner::Take(Turn& turn) {
  const ClusterWorldView view = store_.View();
  AdvanceCluster(record_, view);
  turn.is_over = record_.is_over();
  turn.commands.swap(record_.commands);
  if (record_.spark != ClusterRecord::Spark::kRunning) return;
  for (const EmulatedInstance& instance : record_.instances) {
    if (instance.is_worker && instance.is_live() && !instance.has_registered)
      turn.nodes_to_ask.push_back(instance.ec2_id);
  }
  for (const StepRecord& step : record_.steps) {
    if (step.state.name == "RUNNING" || step.state.name == "CANCEL_PENDING")
      turn.steps_to_ask.push_back(step.id);
  }
  turn.asks_load = (record_.scaling || record_.idle_timeout_s) && view.now_us >= next_load_us_;
  if (turn.asks_load) next_load_us_ = view.now_us + kLoadEveryUs;
}

Status ClusterRunner::StartSpark() {
  const EmulatorSettings& settings = store_.settings();
  AwsJson request;
  bool has_sessions = false;
  {
    const std::lock_guard lock(store_.mutex());
    request = record_.request;
    has_sessions = record_.has_sessions;
  }
  EmulatedSparkOptions options;
  options.folder = folder_;
  std::error_code code;
  std::filesystem::create_directories(folder_, code);
  const EmrFacts facts = DefaultEmrFacts();
  const auto release = facts.releases.find(request.value("ReleaseLabel", ""));
  const std::string version = release == facts.releases.end() ? "3.5" : release->second.spark;
  ASSIGN_OR_RETURN(options.spark, settings.find_spark(version.substr(0, 3)));
  options.settings = SparkSettings(request);
  options.environment = settings.environment;
  options.has_s3 = settings.has_s3;
  options.has_connect = has_sessions;
  options.ember = settings.ember;
  options.smallest_node = {.cores = settings.node_cores, .memory_mb = settings.node_memory_mb};
  spark_ = settings.make_spark();
  RETURN_IF_ERROR(spark_->Start(options, starting_.get_token()));
  if (!has_sessions || spark_->connect_port() == 0) return {};
  const int64_t start_us = settings.now_us();
  const auto emulated_us = [&settings, start_us] {
    return start_us +
           static_cast<int64_t>(static_cast<double>(settings.now_us() - start_us) * settings.speed);
  };
  ASSIGN_OR_RETURN(auto gateway, SessionGateway::Start({.backend_port = spark_->connect_port(),
                                                        .folder = folder_,
                                                        .now_us = emulated_us}));
  store_.journal().Add(start_us, "sessions_open", record_.id,
                       {{"port", gateway->port()}, {"caFile", gateway->ca_file()}});
  const std::lock_guard lock(store_.mutex());
  gateway_ = std::move(gateway);
  return {};
}

void ClusterRunner::DoCommand(const SparkCommand& command, Turn& turn) {
  struct Doer {
    ClusterRunner& runner;
    Turn& turn;
    void operator()(const StartSparkCommand&) {
      const Status started = runner.StartSpark();
      turn.has_started = started.ok();
      if (!started.ok()) turn.start_failure = started.error().message;
    }
    void operator()(const StopSparkCommand&) {
      std::unique_ptr<SessionGateway> gateway;
      {
        const std::lock_guard lock(runner.store_.mutex());
        gateway = std::move(runner.gateway_);
      }
      gateway.reset();
      if (runner.spark_ != nullptr) (void)runner.spark_->Stop();
      for (const std::string& step : std::set<std::string>(runner.open_steps_))
        runner.BringLogs(step, true);
      turn.has_stopped = true;
    }
    // A node that cannot be added or asked to finish never registers, or ends by its removal.
    void operator()(const AddNodeCommand& add) { (void)runner.spark_->AddNode(add.node); }
    void operator()(const DecommissionCommand& node) {
      (void)runner.spark_->DecommissionNode(node.instance_id);
    }
    void operator()(const RemoveNodeCommand& node) {
      (void)runner.spark_->RemoveNode(node.instance_id);
    }
    void operator()(const StartStepCommand& start) {
      const Status started = runner.spark_->StartStep(start.step);
      if (started.ok()) runner.open_steps_.insert(start.step.step_id);
      if (!started.ok())
        turn.steps_not_started.emplace_back(start.step.step_id, started.error().message);
    }
    void operator()(const CancelStepCommand& step) {
      (void)runner.spark_->CancelStep(step.step_id);
    }
  };
  std::visit(Doer{*this, turn}, command);
}

void ClusterRunner::Do(Turn& turn) {
  for (const SparkCommand& command : turn.commands) DoCommand(command, turn);
  if (spark_ != nullptr && !turn.has_stopped) Ask(turn);
}

void ClusterRunner::BringLogs(const std::string& step, bool is_end) {
  if (log_folder_.empty()) return;
  logs_.Bring(spark_->StepLogFolder(step), fmt::format("{}steps/{}/", log_folder_, step), is_end);
  if (is_end) open_steps_.erase(step);
}

void ClusterRunner::Ask(Turn& turn) {
  for (const std::string& node : turn.nodes_to_ask) {
    const Result<bool> is_ready = spark_->IsNodeReady(node);
    if (is_ready.ok() && *is_ready) turn.registered.push_back(node);
  }
  for (const std::string& step : turn.steps_to_ask) {
    const auto end = spark_->StepEnd(step);
    const bool is_over = end.ok() && end->has_value();
    if (is_over) turn.ended_steps.emplace_back(step, (*end)->exit_code);
    BringLogs(step, is_over);
  }
  if (turn.asks_load) {
    const auto load = spark_->Load();
    if (load.ok()) turn.load = *load;
  }
}

void ClusterRunner::Note(const Turn& turn) {
  const ClusterWorldView view = store_.View();
  if (turn.has_started) {
    NoteSparkStarted(record_);
    view.journal->Add(view.now_us, "spark_started", record_.id);
  }
  if (!turn.start_failure.empty()) NoteSparkFailed(record_, turn.start_failure, view);
  for (const std::string& node : turn.registered) {
    EmulatedInstance* instance = record_.FindInstance(node);
    if (instance != nullptr) instance->has_registered = true;
  }
  for (const auto& [step, why] : turn.steps_not_started)
    NoteStepNotStarted(record_, step, why, view);
  for (const auto& [step, exit_code] : turn.ended_steps)
    NoteStepEnded(record_, step, exit_code, view);
  if (turn.load) {
    record_.load = *turn.load;
    record_.has_load = true;
  }
  if (turn.has_stopped) NoteSparkStopped(record_);
}

}  // namespace ember
