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

// Readable by this user alone, and never half-written.
Status WritePrivate(const std::string& path, const std::string& text) {
  const std::string next = path + ".new";
  const int file = open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool is_open = file >= 0;
  const bool is_written =
      is_open && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (is_open) close(file);
  if (is_written && rename(next.c_str(), path.c_str()) == 0) return {};
  return InvalidInput(fmt::format("cannot write '{}': {}", path, std::strerror(errno)));
}

// This process's environment without what would lead another Spark astray.
std::vector<std::string> Environment(const ClusterOptions& options, const ClusterState& state,
                                     const std::string& folder) {
  std::vector<std::pair<std::string, std::string>> set = {
      {std::string(kVariable), state.id},     {"SPARK_HOME", options.spark.home},
      {"SPARK_CONF_DIR", folder + "/conf"},   {"SPARK_LOCAL_IP", "127.0.0.1"},
      {"SPARK_LOCAL_DIRS", folder + "/tmp"},  {"SPARK_DAEMON_MEMORY", "512m"},
      {"JAVA_HOME", options.spark.java_home},
  };
  if (!options.spark.python.empty()) set.emplace_back("PYSPARK_PYTHON", options.spark.python);
  set.insert(set.end(), options.environment.begin(), options.environment.end());
  std::vector<std::string> out;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const std::string_view name = text.substr(0, text.find('='));
    const bool is_set =
        std::any_of(set.begin(), set.end(), [&](const auto& pair) { return pair.first == name; });
    const bool is_sparks = name.starts_with("SPARK_") || name.starts_with("PYSPARK_") ||
                           name == kVariable || name == "CLASSPATH";
    if (!is_set && !is_sparks) out.emplace_back(text);
  }
  for (const auto& [name, value] : set) {
    if (!value.empty()) out.push_back(fmt::format("{}={}", name, value));
  }
  return out;
}

constexpr std::string_view kLogging = R"(rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
)";

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

std::string SparkDefaults(const ClusterOptions& options, const ClusterState& state,
                          const std::string& folder) {
  std::map<std::string, std::string> settings = {
      {"spark.connect.grpc.binding.address", "127.0.0.1"},
      {"spark.connect.grpc.binding.port", std::to_string(state.connect_port)},
      {"spark.cores.max", std::to_string(state.workers * state.cores)},
      {"spark.driver.bindAddress", "127.0.0.1"},
      {"spark.driver.host", "127.0.0.1"},
      {"spark.executor.cores", std::to_string(state.cores)},
      {"spark.executor.memory", fmt::format("{}m", state.memory_mb * 4 / 5)},
      // A taken port is an error, not the next port.
      {"spark.port.maxRetries", "0"},
      {"spark.sql.warehouse.dir", folder + "/warehouse"},
      {"spark.ui.enabled", "false"},
  };
  for (const auto& [key, value] : options.settings) settings[key] = value;
  std::string out;
  for (const auto& [key, value] : settings) out += fmt::format("{} {}\n", key, value);
  return out;
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
  RETURN_IF_ERROR(WritePrivate(world_.folder + "/conf/spark-defaults.conf",
                               SparkDefaults(options, state, world_.folder)));
  return WritePrivate(world_.folder + "/conf/log4j2.properties", std::string(kLogging));
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
  ASSIGN_OR_RETURN(process.identity,
                   StartDetached({.arguments = std::move(arguments),
                                  .environment = Environment(options, state, world_.folder),
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
  const std::string spark_class = options.spark.home + "/bin/spark-class";
  const std::string master = fmt::format("spark://127.0.0.1:{}", state.master_port);
  world_.progress("starting the master");
  RETURN_IF_ERROR(StartProcess(
      options, state, "master",
      {spark_class, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port",
       std::to_string(state.master_port), "--webui-port", std::to_string(state.web_port)}));
  RETURN_IF_ERROR(WaitFor(state, deadline_ms, "the master", stop, [&] {
    return PortAnswers(state.master_port) && PortAnswers(state.web_port);
  }));
  world_.progress(fmt::format("starting {} worker{} and the Connect server", state.workers,
                              state.workers == 1 ? "" : "s"));
  for (int i = 1; i <= state.workers; ++i) {
    RETURN_IF_ERROR(
        StartProcess(options, state, fmt::format("worker {}", i),
                     {spark_class, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1",
                      "--webui-port", "0", "--cores", std::to_string(state.cores), "--memory",
                      fmt::format("{}m", state.memory_mb), "--work-dir",
                      fmt::format("{}/work/{}", world_.folder, i), master}));
  }
  RETURN_IF_ERROR(
      StartProcess(options, state, "Connect server",
                   {options.spark.home + "/bin/spark-submit", "--class",
                    "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", master,
                    "--driver-memory", "1g", "--name", "ember cluster", "spark-internal"}));
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
  auto workers = ParseMasterJson(*text);
  if (!workers.ok()) return status;
  status.master_answers = true;
  status.workers = *std::move(workers);
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
