#include "emulator/standalone_spark.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/uuid.h"
#include "cluster/ports.h"
#include "cluster/spark_storage.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kClusterVariable = "EMBER_EMULATED_CLUSTER";
constexpr std::string_view kNodeVariable = "EMBER_EMULATED_NODE";
constexpr std::string_view kStepVariable = "EMBER_EMULATED_STEP";
constexpr int64_t kStartPatienceMs = 240000;
constexpr int64_t kEndPatienceMs = 5000;
constexpr int kDaemonMemoryMb = 256;
constexpr int kConnectMemoryMb = 1024;
constexpr std::string_view kConnectName = "connect";

int64_t NowMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::string EndText(const std::string& log) {
  constexpr size_t kLines = 15;
  return fmt::format("{}:\n  {}", log, fmt::join(LastLines(log, kLines), "\n  "));
}

Status MakeFolder(const std::string& path) {
  std::error_code code;
  fs::create_directories(path, code);
  if (code) return InvalidInput(fmt::format("cannot make '{}': {}", path, code.message()));
  return {};
}

// The spark-submit of this Spark before any other.
std::string SearchPath(const SparkInstallation& spark) {
  const char* path = std::getenv("PATH");
  return fmt::format("{}/bin:{}", spark.home, path == nullptr ? "/usr/bin:/bin" : path);
}

}  // namespace

std::unique_ptr<EmulatedSpark> MakeEmulatedSpark() { return std::make_unique<StandaloneSpark>(); }

StandaloneSpark::~StandaloneSpark() {
  if (!id_.empty()) (void)Stop();
}

std::string StandaloneSpark::Variable(std::string_view name, const std::string& value) const {
  return fmt::format("{}={}{}{}", name, id_, value.empty() ? "" : "/", value);
}

SparkProcessGround StandaloneSpark::Ground(const std::string& variable,
                                           const std::string& conf_folder) const {
  SparkProcessGround ground{.spark = options_.spark,
                            .conf_folder = conf_folder,
                            .local_folder = options_.folder + "/tmp",
                            .daemon_memory_mb = kDaemonMemoryMb,
                            .environment = options_.environment};
  ground.environment.emplace_back("PATH", SearchPath(options_.spark));
  // Many masters and workers that do little each: a quick start counts.
  ground.environment.emplace_back("SPARK_DAEMON_JAVA_OPTS",
                                  "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
  ground.environment.emplace_back(kClusterVariable, id_);
  const size_t equals = variable.find('=');
  if (equals != std::string::npos)
    ground.environment.emplace_back(variable.substr(0, equals), variable.substr(equals + 1));
  return ground;
}

// EMR has dynamic allocation on, with a shuffle service on every node. The shuffle service of a
// standalone worker has one port for all workers (spark.shuffle.service.port), so that several on
// one machine cannot have theirs: here the shuffle files of a node that ends move to the others.
std::map<std::string, std::string> StandaloneSpark::Settings() const {
  std::map<std::string, std::string> settings = LoopbackSparkSettings();
  settings.merge(std::map<std::string, std::string>(storage_settings_));
  settings["spark.decommission.enabled"] = "true";
  settings["spark.storage.decommission.enabled"] = "true";
  settings["spark.storage.decommission.rddBlocks.enabled"] = "true";
  settings["spark.storage.decommission.shuffleBlocks.enabled"] = "true";
  settings["spark.dynamicAllocation.enabled"] = "true";
  settings["spark.dynamicAllocation.shuffleTracking.enabled"] = "false";
  settings["spark.sql.warehouse.dir"] = options_.folder + "/warehouse";
  for (const auto& [key, value] : options_.settings) {
    if (!WhySparkSettingIsLeftOut(key).empty()) continue;
    std::string& setting = settings[key];
    const bool is_class_path = key.ends_with(".extraClassPath") && !setting.empty();
    setting = is_class_path ? setting + ":" + value : value;
  }
  settings["spark.driver.memory"] = "1g";
  settings["spark.executor.cores"] = std::to_string(smallest_.cores);
  settings["spark.executor.memory"] = fmt::format("{}m", smallest_.memory_mb * 4 / 5);
  // Of the master: an application is not given up for the nodes that it lost.
  settings["spark.deploy.maxExecutorRetries"] = "-1";
  return settings;
}

Status StandaloneSpark::WriteDriverConfiguration(const std::string& folder, int web_port,
                                                 int connect_port) {
  std::map<std::string, std::string> settings = Settings();
  settings["spark.master"] = SparkMasterUrl(master_port_);
  settings["spark.ui.enabled"] = "true";
  settings["spark.ui.port"] = std::to_string(web_port);
  if (connect_port != 0) {
    settings["spark.connect.grpc.binding.port"] = std::to_string(connect_port);
    // A taken port is an error, not the next port.
    settings["spark.port.maxRetries"] = "0";
  }
  return WriteSparkConfiguration(folder, settings);
}

Result<ProcessIdentity> StandaloneSpark::StartProcess(const std::string& name,
                                                      const std::string& variable,
                                                      const std::string& conf_folder,
                                                      std::vector<std::string> arguments) {
  SparkProcessGround ground = Ground(variable, conf_folder);
  // spark-submit gives a Connect server the memory of a daemon, whatever --driver-memory says
  // (SparkSubmitCommandBuilder), and a driver refuses to start with less than 450 MB.
  if (name == kConnectName) ground.daemon_memory_mb = kConnectMemoryMb;
  ASSIGN_OR_RETURN(const ProcessIdentity process,
                   StartDetached({.arguments = std::move(arguments),
                                  .environment = SparkEnvironment(ground),
                                  .folder = options_.folder,
                                  .log = fmt::format("{}/logs/{}.log", options_.folder, name)}));
  started_.push_back(process);
  return process;
}

Result<std::string> StandaloneSpark::Fetch(const std::string& url) {
  HttpRequest request;
  request.url = url;
  request.proxy = HttpProxy::kNone;
  request.connect_timeout_ms = 2000;
  request.total_timeout_ms = 5000;
  ASSIGN_OR_RETURN(HttpResponse response, http_->Send(request));
  if (response.status != 200) return InvalidInput(fmt::format("{}: {}", url, response.status));
  return std::move(response.body);
}

Result<MasterAnswer> StandaloneSpark::AskMaster() {
  ASSIGN_OR_RETURN(const std::string text,
                   Fetch(fmt::format("http://127.0.0.1:{}/json/", web_port_)));
  return ParseMasterJson(text);
}

Status StandaloneSpark::WaitForPorts(const ProcessIdentity& process, const std::string& log,
                                     const std::vector<int>& ports, const std::stop_token& stop) {
  const int64_t deadline_ms = NowMs() + kStartPatienceMs;
  while (!std::all_of(ports.begin(), ports.end(), PortAnswers)) {
    if (stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
    if (!IsAlive(process)) return InvalidInput("Spark ended as it started. " + EndText(log));
    if (NowMs() > deadline_ms) return InvalidInput("Spark took too long to start. " + EndText(log));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return {};
}

// A folder may hold what a killed program left: its processes are ended first.
Status StandaloneSpark::Prepare(const std::stop_token& stop) {
  const std::string id_file = options_.folder + "/id";
  std::ifstream left(id_file);
  if (std::string id; left >> id)
    EndProcesses(FindProcesses(fmt::format("{}={}", kClusterVariable, id)), kEndPatienceMs);
  for (const char* name : {"/logs", "/tmp", "/work", "/steps"})
    RETURN_IF_ERROR(MakeFolder(options_.folder + name));
  chmod(options_.folder.c_str(), 0700);
  RETURN_IF_ERROR(WritePrivate(id_file, id_));
  if (!options_.has_s3) return {};
  ASSIGN_OR_RETURN(
      SparkStorage storage,
      FindSparkStorage({.spark_version = options_.spark.version,
                        .cache_folder = options_.cache_folder.empty() ? DefaultCacheFolder()
                                                                      : options_.cache_folder,
                        .environment = options_.environment,
                        .progress = [](std::string_view) {}},
                       stop));
  storage_settings_ = std::move(storage.settings);
  for (auto& variable : storage.environment) {
    // What the caller says counts.
    const bool is_given =
        std::any_of(options_.environment.begin(), options_.environment.end(),
                    [&](const auto& given) { return given.first == variable.first; });
    if (!is_given) options_.environment.push_back(std::move(variable));
  }
  return {};
}

Status StandaloneSpark::StartMaster(const std::stop_token& stop) {
  const std::string conf_folder = options_.folder + "/conf";
  RETURN_IF_ERROR(WriteSparkConfiguration(conf_folder, Settings()));
  ASSIGN_OR_RETURN(const ProcessIdentity master,
                   StartProcess("master", "", conf_folder,
                                MasterArguments(options_.spark, master_port_, web_port_)));
  return WaitForPorts(master, options_.folder + "/logs/master.log", {master_port_, web_port_},
                      stop);
}

Status StandaloneSpark::StartConnectServer() {
  ASSIGN_OR_RETURN(const std::vector<int> ports, FindFreePorts(2));
  const std::string conf_folder = options_.folder + "/connect";
  RETURN_IF_ERROR(WriteDriverConfiguration(conf_folder, ports[0], ports[1]));
  ASSIGN_OR_RETURN(
      const ProcessIdentity server,
      StartProcess(std::string(kConnectName), "", conf_folder,
                   ConnectServerArguments(options_.spark, master_port_, "Spark Connect server")));
  drivers_.push_back({.process = server, .web_port = ports[0], .application = ""});
  connect_port_ = ports[1];
  return {};
}

Status StandaloneSpark::Start(const EmulatedSparkOptions& options, const std::stop_token& stop) {
  CHECK(id_.empty());
  options_ = options;
  std::error_code ignored;
  options_.folder = fs::absolute(options.folder, ignored).lexically_normal().string();
  id_ = NewUuid();
  smallest_ = options.smallest_node;
  const auto run = [&]() -> Status {
    RETURN_IF_ERROR(Prepare(stop));
    ASSIGN_OR_RETURN(http_, MakeCurlHttpClient());
    ASSIGN_OR_RETURN(ProcessWatch watch, ProcessWatch::Start(Variable(kClusterVariable, ""),
                                                             options_.folder + "/logs"));
    watch_ = std::make_unique<ProcessWatch>(std::move(watch));
    ASSIGN_OR_RETURN(const std::vector<int> ports, FindFreePorts(2));
    master_port_ = ports[0];
    web_port_ = ports[1];
    RETURN_IF_ERROR(StartMaster(stop));
    if (!options_.has_connect) return {};
    RETURN_IF_ERROR(StartConnectServer());
    return WaitForPorts(drivers_.back().process, options_.folder + "/logs/connect.log",
                        {connect_port_}, stop);
  };
  Status started = run();
  if (!started.ok()) (void)Stop();
  return started;
}

Status StandaloneSpark::AddNode(const EmulatedNode& node) {
  if (nodes_.contains(node.instance_id))
    return InvalidInput(fmt::format("the node '{}' is there already", node.instance_id));
  smallest_.cores = std::min(smallest_.cores, node.cores);
  smallest_.memory_mb = std::min(smallest_.memory_mb, node.memory_mb);
  ASSIGN_OR_RETURN(const std::vector<int> ports, FindFreePorts(1));
  ASSIGN_OR_RETURN(
      const ProcessIdentity worker,
      StartProcess(
          node.instance_id, Variable(kNodeVariable, node.instance_id), options_.folder + "/conf",
          WorkerArguments(options_.spark, {.master_port = master_port_,
                                           .port = ports[0],
                                           .cores = node.cores,
                                           .memory_mb = node.memory_mb,
                                           .work_folder = fmt::format("{}/work/{}", options_.folder,
                                                                      node.instance_id)})));
  nodes_[node.instance_id] = {.worker = worker, .port = ports[0]};
  return {};
}

Result<bool> StandaloneSpark::IsNodeReady(const std::string& instance_id) {
  const auto node = nodes_.find(instance_id);
  if (node == nodes_.end()) return false;
  if (!IsAlive(node->second.worker)) {
    return InvalidInput(fmt::format("the node '{}' ended. ", instance_id) +
                        EndText(fmt::format("{}/logs/{}.log", options_.folder, instance_id)));
  }
  ASSIGN_OR_RETURN(const MasterAnswer master, AskMaster());
  return std::any_of(master.workers.begin(), master.workers.end(), [&](const ClusterWorker& w) {
    return w.port == node->second.port && w.state == "ALIVE";
  });
}

Status StandaloneSpark::DecommissionNode(const std::string& instance_id) {
  const auto node = nodes_.find(instance_id);
  if (node == nodes_.end()) return {};
  // spark.worker.decommission.signal: the worker tells the master, which tells the drivers.
  SignalProcess(node->second.worker, SIGPWR);
  return {};
}

Status StandaloneSpark::RemoveNode(const std::string& instance_id) {
  const auto node = nodes_.find(instance_id);
  if (node == nodes_.end()) return {};
  // The worker first and by force, so that it starts no executor in place of one that ended.
  SignalProcess(node->second.worker, SIGKILL);
  EndProcesses({node->second.worker}, 0);
  RETURN_IF_ERROR(End(Variable(kNodeVariable, instance_id), 0));
  nodes_.erase(node);
  std::error_code ignored;
  fs::remove_all(fmt::format("{}/work/{}", options_.folder, instance_id), ignored);
  return {};
}

void StandaloneSpark::AskDriver(Driver& driver, OpenTasks& open_tasks) {
  const std::string api = fmt::format("http://127.0.0.1:{}/api/v1/applications", driver.web_port);
  if (driver.application.empty()) {
    const auto text = Fetch(api);
    if (!text.ok()) return;  // it has not started yet, or has no page
    const auto id = ParseApplicationId(*text);
    if (!id.ok()) return;
    driver.application = *id;
  }
  const auto text = Fetch(fmt::format("{}/{}/stages?status=active", api, driver.application));
  if (!text.ok()) return;
  if (const auto open = ParseOpenTasks(*text); open.ok()) open_tasks[driver.application] = *open;
}

Result<EmulatedLoad> StandaloneSpark::Load() {
  ASSIGN_OR_RETURN(const MasterAnswer master, AskMaster());
  std::erase_if(drivers_, [](const Driver& driver) { return !IsAlive(driver.process); });
  OpenTasks open_tasks;
  if (!master.applications.empty()) {
    for (Driver& driver : drivers_) AskDriver(driver, open_tasks);
  }
  return LoadOf(master, open_tasks, smallest_.cores);
}

std::string StandaloneSpark::StepLogFolder(const std::string& step_id) const {
  return fmt::format("{}/steps/{}", options_.folder, step_id);
}

Result<StepProcess> StandaloneSpark::MakeStep(const EmulatedStep& step) {
  const std::string folder = StepLogFolder(step.step_id);
  const auto command = StepCommandOf(step.arguments, {.spark_home = options_.spark.home,
                                                      .master_url = SparkMasterUrl(master_port_),
                                                      .files_folder = folder + "/files",
                                                      .ember = options_.ember});
  if (!command.ok()) return StepProcess::Ended(folder, 1, command.error().message);
  if (command->kind == StepKind::kConnectServer) {
    if (connect_port_ != 0)
      return StepProcess::Ended(folder, 1, "the Connect server is running already");
    RETURN_IF_ERROR(StartConnectServer());
    return StepProcess::Ended(
        folder, 0,
        fmt::format("the Connect server of the emulator's Spark starts: sc://127.0.0.1:{}; its log "
                    "is {}/logs/connect.log",
                    connect_port_, options_.folder));
  }
  ASSIGN_OR_RETURN(const std::vector<int> ports, FindFreePorts(1));
  RETURN_IF_ERROR(WriteDriverConfiguration(folder + "/conf", ports[0], 0));
  const SparkProcessGround ground = Ground(Variable(kStepVariable, step.step_id), folder + "/conf");
  ASSIGN_OR_RETURN(StepProcess process,
                   StepProcess::Start(folder, *command, SparkEnvironment(ground), options_.ember));
  drivers_.push_back({.process = process.identity(), .web_port = ports[0], .application = ""});
  return process;
}

Status StandaloneSpark::StartStep(const EmulatedStep& step) {
  if (steps_.contains(step.step_id))
    return InvalidInput(fmt::format("the step '{}' has been started already", step.step_id));
  ASSIGN_OR_RETURN(StepProcess process, MakeStep(step));
  steps_.emplace(step.step_id, std::move(process));
  return {};
}

Result<std::optional<EmulatedStepEnd>> StandaloneSpark::StepEnd(const std::string& step_id) {
  const auto step = steps_.find(step_id);
  if (step == steps_.end()) return InvalidInput(fmt::format("there is no step '{}'", step_id));
  const std::optional<int> code = step->second.ExitCode();
  if (!code) return std::optional<EmulatedStepEnd>();
  return std::optional(EmulatedStepEnd{.exit_code = *code});
}

// The master takes an application's executors away when its driver is gone.
Status StandaloneSpark::CancelStep(const std::string& step_id) {
  return End(Variable(kStepVariable, step_id), kEndPatienceMs);
}

Status StandaloneSpark::End(const std::string& variable, int64_t patience_ms) {
  EndProcesses(FindProcesses(variable), patience_ms);
  // What one of them may have started meanwhile.
  if (EndProcesses(FindProcesses(variable), 0)) return {};
  return InvalidInput(
      fmt::format("some processes do not end; they have {} in their environment", variable));
}

Status StandaloneSpark::Stop() {
  if (id_.empty()) return {};
  const Status ended = End(Variable(kClusterVariable, ""), kEndPatienceMs);
  EndProcesses(started_, 0);  // so that none is left for the system to wait for
  started_.clear();
  watch_.reset();
  for (auto& [id, step] : steps_) (void)step.ExitCode();
  nodes_.clear();
  drivers_.clear();
  connect_port_ = 0;
  std::error_code ignored;
  for (const char* name : {"/conf", "/connect", "/id", "/tmp", "/work"})
    fs::remove_all(options_.folder + name, ignored);
  id_.clear();
  return ended;
}

}  // namespace ember
