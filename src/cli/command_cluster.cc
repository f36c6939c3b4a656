// ember cluster: a real Spark on this machine, for tests, for learning, before paying for one.
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "aws/http.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cluster/cluster.h"
#include "cluster/spark_storage.h"

namespace ember {
namespace {

struct ClusterFlags {
  int workers = 2;
  int cores = 1;
  std::string memory = "1g";
  int port = 0;
  int master_port = 0;
  int web_port = 0;
  int timeout_s = 120;
  std::string spark;  // "3.5", "4.0.2"; empty: $SPARK_HOME's, else 4.0
  std::string spark_home;
  std::vector<std::string> conf;  // KEY=VALUE
  bool s3 = false;
  bool quiet = false;
  bool json = false;
};

std::string VariableOr(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr || *value == 0 ? otherwise : std::string(value);
}

// $EMBER_STATE, or where the system keeps a user's state.
std::string StateFolder() {
  const std::string home = VariableOr("HOME", "/tmp");
  const std::string states = VariableOr("XDG_STATE_HOME", home + "/.local/state");
  return std::filesystem::absolute(VariableOr("EMBER_STATE", states + "/ember"))
      .lexically_normal()
      .string();
}

Result<std::string> FetchLocal(HttpClient& http, const std::string& url) {
  HttpRequest request;
  request.url = url;
  request.proxy = HttpProxy::kNone;
  request.total_timeout_ms = 5000;
  ASSIGN_OR_RETURN(HttpResponse response, http.Send(request));
  if (response.status != 200) return InvalidInput(fmt::format("{}: {}", url, response.status));
  return std::move(response.body);
}

Result<Cluster> OpenCluster(const std::shared_ptr<HttpClient>& http, const ClusterFlags& flags) {
  ClusterWorld world;
  world.folder = StateFolder() + "/cluster";
  world.fetch = [http](const std::string& url) { return FetchLocal(*http, url); };
  world.progress = [is_quiet = flags.quiet || flags.json](std::string_view line) {
    if (!is_quiet) fmt::print(stderr, "{}\n", line);
  };
  return Cluster::Open(std::move(world));
}

std::string StatusJson(const ClusterState& state, const ClusterStatus& status) {
  nlohmann::ordered_json workers = nlohmann::ordered_json::array();
  for (const ClusterWorker& worker : status.workers) {
    workers.push_back({{"id", worker.id},
                       {"state", worker.state},
                       {"cores", worker.cores},
                       {"cores_used", worker.cores_used},
                       {"memory_mb", worker.memory_mb},
                       {"memory_used_mb", worker.memory_used_mb}});
  }
  nlohmann::ordered_json processes = nlohmann::ordered_json::array();
  for (const ClusterProcess& process : state.processes) {
    processes.push_back({{"name", process.name},
                         {"pid", process.identity.pid},
                         {"alive", IsAlive(process.identity)},
                         {"log", process.log}});
  }
  const nlohmann::ordered_json json = {
      {"running", status.is_whole()},
      {"url", ClusterUrl(state)},
      {"master", fmt::format("spark://127.0.0.1:{}", state.master_port)},
      {"web", fmt::format("http://127.0.0.1:{}", state.web_port)},
      {"spark_home", state.spark_home},
      {"spark", state.spark_version},
      {"s3", state.has_s3},
      {"workers", workers},
      {"processes", processes}};
  return json.dump(2) + "\n";
}

void PrintStatus(const ClusterState& state, const ClusterStatus& status) {
  fmt::print("{:<16} {}{}\n", "Connect server", ClusterUrl(state),
             status.connect_answers ? "" : "  (does not answer)");
  fmt::print("{:<16} spark://127.0.0.1:{}  http://127.0.0.1:{}{}\n", "master", state.master_port,
             state.web_port, status.master_answers ? "" : "  (does not answer)");
  for (const ClusterWorker& worker : status.workers) {
    fmt::print("{:<16} {:<8} cores {} of {} in use, memory {} of {} MB in use\n", "worker",
               worker.state, worker.cores_used, worker.cores, worker.memory_used_mb,
               worker.memory_mb);
  }
  for (const std::string& name : status.dead) {
    fmt::print("{:<16} ended; `ember cluster down` cleans up what is left\n", name);
  }
}

Result<ClusterOptions> Options(const ClusterFlags& flags, const std::stop_token& stop) {
  ClusterOptions options;
  const auto memory_mb = ParseMemoryMb(flags.memory);
  constexpr int kMinMemoryMb = 640;  // Spark refuses executors of less than 450 MB
  if (!memory_mb || *memory_mb < kMinMemoryMb) {
    return InvalidInput(fmt::format("--memory '{}' is no size of at least {}m, like 1g or 800m",
                                    flags.memory, kMinMemoryMb));
  }
  options.memory_mb = *memory_mb;
  options.workers = flags.workers;
  options.cores = flags.cores;
  options.connect_port = flags.port;
  options.master_port = flags.master_port;
  options.web_port = flags.web_port;
  options.timeout_ms = int64_t{1000} * flags.timeout_s;
  ASSIGN_OR_RETURN(options.spark, FindSpark(flags.spark_home, flags.spark, DefaultCacheFolder()));
  for (const std::string& setting : flags.conf) {
    const size_t equals = setting.find('=');
    if (equals == 0 || equals == std::string::npos)
      return InvalidInput(fmt::format("--conf '{}' is not KEY=VALUE", setting));
    options.settings[setting.substr(0, equals)] = setting.substr(equals + 1);
  }
  if (flags.s3) {
    ASSIGN_OR_RETURN(
        SparkStorage storage,
        FindSparkStorage(
            {.spark_version = options.spark.version,
             .cache_folder = DefaultCacheFolder(),
             .progress = [](std::string_view line) { fmt::print(stderr, "{}\n", line); }},
            stop));
    options.has_s3 = true;
    options.environment = std::move(storage.environment);
    storage.settings.swap(options.settings);
    // What --conf says counts.
    for (auto& [key, value] : storage.settings) options.settings[key] = std::move(value);
  }
  return options;
}

// Without a word about the Spark, any is the one that is meant.
bool IsOfSpark(const ClusterState& state, const ClusterFlags& flags) {
  return flags.spark.empty() || FindSparkRow(state.spark_version) == FindSparkRow(flags.spark);
}

Result<int> Up(const ClusterFlags& flags, const std::stop_token& stop) {
  ASSIGN_OR_RETURN(const std::shared_ptr<HttpClient> http, MakeCurlHttpClient());
  ASSIGN_OR_RETURN(Cluster cluster, OpenCluster(http, flags));
  ASSIGN_OR_RETURN(std::optional<ClusterState> state, cluster.Load());
  if (state) {
    const bool is_same = state->workers == flags.workers && state->cores == flags.cores &&
                         state->memory_mb == ParseMemoryMb(flags.memory).value_or(0) &&
                         state->has_s3 == flags.s3 && IsOfSpark(*state, flags) &&
                         (flags.port == 0 || flags.port == state->connect_port);
    if (!is_same || !cluster.Check(*state).is_whole()) {
      return InvalidInput(
          fmt::format("there is {} cluster, {}: `ember cluster status` shows it, `ember cluster "
                      "down` ends it",
                      is_same ? "a broken" : "another", ClusterUrl(*state)));
    }
    if (!flags.quiet && !flags.json) fmt::print(stderr, "the cluster is already up\n");
  } else {
    ASSIGN_OR_RETURN(const ClusterOptions options, Options(flags, stop));
    ASSIGN_OR_RETURN(state, cluster.Start(options, stop));
  }
  if (flags.json) {
    fmt::print("{}", StatusJson(*state, cluster.Check(*state)));
  } else {
    fmt::print("{}\n", ClusterUrl(*state));
  }
  return kExitOk;
}

Result<int> Down(const ClusterFlags& flags, const std::stop_token&) {
  ASSIGN_OR_RETURN(const std::shared_ptr<HttpClient> http, MakeCurlHttpClient());
  ASSIGN_OR_RETURN(Cluster cluster, OpenCluster(http, flags));
  ASSIGN_OR_RETURN(const std::optional<ClusterState> state, cluster.Load());
  if (state) RETURN_IF_ERROR(cluster.Stop(*state));
  if (!flags.quiet) fmt::print(stderr, "{}\n", state ? "the cluster is down" : "no cluster is up");
  return kExitOk;
}

Result<int> ShowStatus(const ClusterFlags& flags, const std::stop_token&) {
  ASSIGN_OR_RETURN(const std::shared_ptr<HttpClient> http, MakeCurlHttpClient());
  ASSIGN_OR_RETURN(Cluster cluster, OpenCluster(http, flags));
  ASSIGN_OR_RETURN(const std::optional<ClusterState> state, cluster.Load());
  if (!state) {
    fmt::print("{}", flags.json ? "{\"running\": false}\n" : "no cluster is up\n");
    return kExitFailed;
  }
  const ClusterStatus status = cluster.Check(*state);
  if (flags.json) {
    fmt::print("{}", StatusJson(*state, status));
  } else {
    PrintStatus(*state, status);
  }
  return status.is_whole() ? kExitOk : kExitFailed;
}

using ClusterAction = Result<int> (*)(const ClusterFlags&, const std::stop_token&);

CLI::App* AddClusterAction(CLI::App& command, const std::string& name, const std::string& doc,
                           const std::shared_ptr<ClusterFlags>& flags, ClusterAction action,
                           int* exit_code) {
  CLI::App* verb = command.add_subcommand(name, doc);
  verb->callback([flags, action, exit_code] {
    const InterruptGuard interrupt;
    const Result<int> code = action(*flags, interrupt.token());
    *exit_code = code.ok() ? *code : ReportError(code.error());
  });
  return verb;
}

void AddUpFlags(CLI::App& up, ClusterFlags& flags) {
  up.add_option("--workers", flags.workers, "workers (2)")->check(CLI::Range(1, 64));
  up.add_option("--cores", flags.cores, "cores of a worker (1)")->check(CLI::Range(1, 256));
  up.add_option("--memory", flags.memory, "memory of a worker (1g)")->type_name("SIZE");
  up.add_option("--port", flags.port, "port of the Connect server (a free one)")
      ->check(CLI::Range(1, 65535));
  up.add_option("--master-port", flags.master_port, "port of the master (a free one)")
      ->check(CLI::Range(1, 65535));
  up.add_option("--web-port", flags.web_port, "port of the master's page (a free one)")
      ->check(CLI::Range(1, 65535));
  up.add_option("--timeout", flags.timeout_s, "how long to wait for it (120)")
      ->type_name("SECONDS")
      ->check(CLI::Range(1, 3600));
  up.add_option("--spark", flags.spark,
                "the Spark of the package in Ember's cache: 4.0 or 3.5 (default: $SPARK_HOME, else "
                "4.0)")
      ->type_name("VERSION");
  up.add_option("--spark-home", flags.spark_home,
                "a Spark 3.5 or 4.0 (default: $SPARK_HOME, else the package in Ember's cache)")
      ->type_name("DIR");
  up.add_option("--conf", flags.conf, "a setting of Spark's, as for spark-submit; may be repeated")
      ->type_name("KEY=VALUE")
      ->expected(1)
      ->take_all();
  up.add_flag("--s3", flags.s3,
              "with S3A, by the credentials and the endpoint that Ember itself would use");
  up.add_flag("-q,--quiet", flags.quiet, "no progress, only the address");
  up.add_flag("--json", flags.json, "what `status --json` prints, instead of the address");
}

}  // namespace

void AddClusterCommand(CLI::App& app, int* exit_code) {
  auto flags = std::make_shared<ClusterFlags>();
  CLI::App* command =
      app.add_subcommand("cluster", "a real Spark cluster on this machine: up, down, status");
  command->require_subcommand(1);
  CLI::App* up =
      AddClusterAction(*command, "up", "start it and print its address", flags, Up, exit_code);
  AddUpFlags(*up, *flags);
  CLI::App* down = AddClusterAction(*command, "down", "end it and remove its files, tables too",
                                    flags, Down, exit_code);
  down->add_flag("-q,--quiet", flags->quiet, "say nothing");
  CLI::App* status = AddClusterAction(*command, "status", "workers, cores, memory, address", flags,
                                      ShowStatus, exit_code);
  status->add_flag("--json", flags->json, "one JSON object");
  command->footer(
      "A master, workers and a Connect server of Spark 4.0 or 3.5 (a Java 17 and 1.6 GB of memory\n"
      "for two workers), which only this machine can reach.\n\n"
      "Examples:\n"
      "  ember cluster up --workers 2 --cores 1 --memory 1g\n"
      "  ember cluster up --spark 3.5.6 --s3\n"
      "  SPARK_REMOTE=$(ember cluster up -q) python job.py\n"
      "  ember cluster status --json | jq .workers\n"
      "  ember cluster down\n\n"
      "Exit codes: 0 done, 1 `status`: none is up or it is broken, 2 it cannot be started, 130\n"
      "interrupted: nothing is left running.");
}

}  // namespace ember
