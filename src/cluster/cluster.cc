#include "cluster/cluster.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "base/uuid.h"
#include "cluster/ports.h"
#include "cluster/spark_process.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kPatienceMs = 10000;
constexpr std::string_view kVariable = "EMBER_CLUSTER";
constexpr size_t kLogLines = 15;

int64_t NowMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::string LogText(const ClusterProcess& process) {
  const auto lines = LastLines(process.log, kLogLines);
  return fmt::format("{}:\n  {}", process.log, fmt::join(lines, "\n  "));
}

}  // namespace

Result<Cluster> Cluster::Open(ClusterWorld world) {
  std::error_code code;
  const fs::path parent = fs::path(world.folder).parent_path();
  fs::create_directories(parent, code);
  Cluster cluster(std::move(world));
  const std::string lock = cluster.world_.folder + ".lock";
  cluster.lock_ = open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (cluster.lock_ < 0) {
    return InvalidInput(fmt::format("cannot write '{}': {}", lock, std::strerror(errno)));
  }
  if (flock(cluster.lock_, LOCK_EX | LOCK_NB) != 0) {
    return InvalidInput("another ember starts or ends the cluster at this moment: try again");
  }
  return cluster;
}

Cluster::Cluster(Cluster&& other) noexcept : world_(std::move(other.world_)), lock_(other.lock_) {
  other.lock_ = -1;
}

Cluster::~Cluster() {
  if (lock_ >= 0) close(lock_);
}

std::string Cluster::StatePath() const { return world_.folder + "/state.json"; }

Result<std::optional<ClusterState>> Cluster::Load() {
  std::ifstream file(StatePath(), std::ios::binary);
  if (!file) return std::optional<ClusterState>();
  ASSIGN_OR_RETURN(ClusterState state,
                   ParseClusterState({std::istreambuf_iterator<char>(file), {}}));
  const bool has_any = std::any_of(state.processes.begin(), state.processes.end(),
                                   [](const auto& p) { return IsAlive(p.identity); });
  if (has_any || !FindProcesses(fmt::format("{}={}", kVariable, state.id)).empty())
    return std::optional<ClusterState>(std::move(state));
  world_.progress("the processes of the last cluster are gone: cleaned up after it");
  std::error_code ignored;
  fs::remove_all(world_.folder, ignored);
  return std::optional<ClusterState>();
}

std::map<std::string, std::string> SparkDefaults(const ClusterOptions& options,
                                                 const ClusterState& state,
                                                 const std::string& folder) {
  std::map<std::string, std::string> settings = LoopbackSparkSettings();
  settings["spark.connect.grpc.binding.port"] = std::to_string(state.connect_port);
  settings["spark.cores.max"] = std::to_string(state.workers * state.cores);
  settings["spark.executor.cores"] = std::to_string(state.cores);
  settings["spark.executor.memory"] = fmt::format("{}m", state.memory_mb * 4 / 5);
  // A taken port is an error, not the next port.
  settings["spark.port.maxRetries"] = "0";
  settings["spark.sql.warehouse.dir"] = folder + "/warehouse";
  settings["spark.ui.enabled"] = "false";
  for (const auto& [key, value] : options.settings) settings[key] = value;
  return settings;
}

Status Cluster::PrepareFolder(const ClusterOptions& options, const ClusterState& state) {
  std::error_code code;
  fs::remove_all(world_.folder, code);
  for (const char* name : {"conf", "tmp", "work"}) {
    fs::create_directories(fs::path(world_.folder) / name, code);
    if (code) {
      return InvalidInput(
          fmt::format("cannot make '{}/{}': {}", world_.folder, name, code.message()));
    }
  }
  chmod(world_.folder.c_str(), 0700);
  return WriteSparkConfiguration(world_.folder + "/conf",
                                 SparkDefaults(options, state, world_.folder));
}

Status Cluster::Save(const ClusterState& state) {
  return WritePrivate(StatePath(), ClusterStateText(state));
}

Status Cluster::StartProcess(const ClusterOptions& options, ClusterState& state, std::string name,
                             std::vector<std::string> arguments) {
  ClusterProcess process{.name = std::move(name), .identity = {}, .log = ""};
  std::string file = process.name;
  std::replace(file.begin(), file.end(), ' ', '-');
  process.log = fmt::format("{}/{}.log", world_.folder, file);
  SparkProcessGround ground{.spark = options.spark,
                            .conf_folder = world_.folder + "/conf",
                            .local_folder = world_.folder + "/tmp",
                            .environment = options.environment};
  ground.environment.emplace_back(kVariable, state.id);
  ASSIGN_OR_RETURN(process.identity, StartDetached({.arguments = std::move(arguments),
                                                    .environment = SparkEnvironment(ground),
                                                    .folder = world_.folder,
                                                    .log = process.log}));
  state.processes.push_back(std::move(process));
  // At once, so that a killed start can be ended too.
  return Save(state);
}

Status Cluster::WaitFor(const ClusterState& state, int64_t deadline_ms, std::string_view what,
                        const std::stop_token& stop, const std::function<bool()>& is_done) {
  while (!is_done()) {
    if (stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
    for (const ClusterProcess& process : state.processes) {
      if (IsAlive(process.identity)) continue;
      return InvalidInput(
          fmt::format("the {} ended. Its last lines, {}", process.name, LogText(process)));
    }
    if (NowMs() > deadline_ms) {
      return InvalidInput(
          fmt::format("{} took too long (--timeout gives it longer); the logs are in '{}'", what,
                      world_.folder));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return {};
}

Status Cluster::StartProcesses(const ClusterOptions& options, ClusterState& state,
                               const std::stop_token& stop) {
  const int64_t deadline_ms = NowMs() + options.timeout_ms;
  world_.progress("starting the master");
  RETURN_IF_ERROR(StartProcess(options, state, "master",
                               MasterArguments(options.spark, state.master_port, state.web_port)));
  RETURN_IF_ERROR(WaitFor(state, deadline_ms, "the master", stop, [&] {
    return PortAnswers(state.master_port) && PortAnswers(state.web_port);
  }));
  world_.progress(fmt::format("starting {} worker{} and the Connect server", state.workers,
                              state.workers == 1 ? "" : "s"));
  for (int i = 1; i <= state.workers; ++i) {
    RETURN_IF_ERROR(StartProcess(
        options, state, fmt::format("worker {}", i),
        WorkerArguments(options.spark,
                        {.master_port = state.master_port,
                         .cores = state.cores,
                         .memory_mb = state.memory_mb,
                         .work_folder = fmt::format("{}/work/{}", world_.folder, i)})));
  }
  RETURN_IF_ERROR(
      StartProcess(options, state, "Connect server",
                   ConnectServerArguments(options.spark, state.master_port, "ember cluster")));
  int shown = 0;
  return WaitFor(state, deadline_ms, "the cluster", stop, [&] {
    const ClusterStatus now = Check(state);
    const auto alive = static_cast<int>(std::count_if(
        now.workers.begin(), now.workers.end(), [](const auto& w) { return w.state == "ALIVE"; }));
    if (alive > shown) {
      shown = alive;
      world_.progress(fmt::format("{} of {} workers alive", alive, state.workers));
    }
    return alive == state.workers && now.connect_answers;
  });
}

Result<ClusterState> Cluster::Start(const ClusterOptions& options, const std::stop_token& stop) {
  ClusterState state{.id = NewUuid(),
                     .spark_home = options.spark.home,
                     .spark_version = options.spark.version,
                     .master_port = options.master_port,
                     .web_port = options.web_port,
                     .connect_port = options.connect_port,
                     .workers = options.workers,
                     .cores = options.cores,
                     .memory_mb = options.memory_mb,
                     .has_s3 = options.has_s3,
                     .processes = {}};
  ASSIGN_OR_RETURN(const std::vector<int> free_ports, FindFreePorts(3));
  size_t next = 0;
  for (int* port : {&state.master_port, &state.web_port, &state.connect_port}) {
    if (*port == 0) {
      *port = free_ports[next++];
    } else if (!IsPortFree(*port)) {
      return InvalidInput(fmt::format(
          "port {} is taken by another program: name another one, or none for a free one", *port));
    }
  }
  RETURN_IF_ERROR(PrepareFolder(options, state));
  auto started = StartProcesses(options, state, stop);
  if (started.ok()) return state;
  EndAll(state);
  std::error_code ignored;
  for (const char* name : {"state.json", "conf", "tmp", "work"})
    fs::remove_all(fs::path(world_.folder) / name, ignored);
  return std::move(started).error();
}

ClusterStatus Cluster::Check(const ClusterState& state) {
  ClusterStatus status;
  for (const ClusterProcess& process : state.processes) {
    if (!IsAlive(process.identity)) status.dead.push_back(process.name);
  }
  status.connect_answers = PortAnswers(state.connect_port);
  const auto text = world_.fetch(fmt::format("http://127.0.0.1:{}/json/", state.web_port));
  if (!text.ok()) return status;
  auto answer = ParseMasterJson(*text);
  if (!answer.ok()) return status;
  status.master_answers = true;
  status.workers = std::move(answer->workers);
  return status;
}

// Executors are no children of ours: they are found by the variable that they inherit.
bool Cluster::EndAll(const ClusterState& state) {
  std::vector<ProcessIdentity> all = FindProcesses(fmt::format("{}={}", kVariable, state.id));
  for (const ClusterProcess& process : state.processes) {
    if (std::find(all.begin(), all.end(), process.identity) == all.end())
      all.push_back(process.identity);
  }
  EndProcesses(all, kPatienceMs);
  // What a worker may have started meanwhile.
  return EndProcesses(FindProcesses(fmt::format("{}={}", kVariable, state.id)), 0);
}

Status Cluster::Stop(const ClusterState& state) {
  if (!EndAll(state)) {
    return InvalidInput(fmt::format(
        "some processes of the cluster do not end; they have {}={} in their environment", kVariable,
        state.id));
  }
  std::error_code code;
  fs::remove_all(world_.folder, code);
  if (!code) return {};
  return InvalidInput(fmt::format("cannot remove '{}': {}", world_.folder, code.message()));
}

}  // namespace ember
