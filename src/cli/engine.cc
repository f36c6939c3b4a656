#include "cli/engine.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <array>
#include <filesystem>
#include <string_view>
#include <vector>

#include "cli/emr_lease.h"
#include "cli/token_source.h"
#include "duckdb/config.h"
#include "session/session.h"
#include "spark/connect.h"

namespace ember {
namespace {

constexpr std::string_view kRemoteScheme = "sc://";

// What people write who know spark-submit.
struct OnHint {
  std::string_view prefix;
  std::string_view hint;
};
constexpr auto kOnHints = std::to_array<OnHint>({
    {"local[", "the engine of this process is --on local, its threads are --threads N"},
    {"spark://", "that is a Spark master; name a Spark Connect server of its cluster"},
    {"yarn", "name a Spark Connect server that runs there"},
    {"k8s://", "name a Spark Connect server that runs there"},
    {"http", "a Spark Connect server's address begins with sc://"},
});

// Flags that shape the engine of this process, by whether they are set.
Status CheckNoLocalFlags(const EngineFlags& flags) {
  std::vector<std::string_view> set;
  if (flags.threads != 0) set.emplace_back("--threads");
  if (!flags.memory.empty()) set.emplace_back("--memory");
  if (!flags.temp_directory.empty()) set.emplace_back("--temp-dir");
  if (!flags.warehouse.empty()) set.emplace_back("--warehouse");
  if (set.empty()) return {};
  return InvalidInput(fmt::format(
      "{} shape{} the engine of this process; a real Spark has its own settings, such as "
      "spark.executor.cores and spark.executor.memory, which it takes when it starts",
      fmt::join(set, ", "), set.size() == 1 ? "s" : ""));
}

Result<OpenedEngine> OpenRemote(const EngineFlags& flags, const std::stop_token& stop) {
  RETURN_IF_ERROR(CheckNoLocalFlags(flags));
  // What gRPC logs about a connection is in the error.
  setenv("GRPC_VERBOSITY", "NONE", 0);
  std::shared_ptr<EmrLease> lease;
  ConnectOptions options;
  options.ca_file = flags.ca_file;
  options.token = MakeTokenSource(flags.token_command);
  if (IsEmr(flags)) {
    ASSIGN_OR_RETURN(lease, EmrLease::Start(flags, stop));
    options = lease->Options();
  }
  options.stop = stop;
  const std::string zone = SystemTimeZone();
  ASSIGN_OR_RETURN(
      SparkConnection spark,
      ConnectSpark(lease ? lease->address() : flags.on, std::move(options),
                   {{"spark.sql.ansi.enabled", "true"}, {"spark.sql.session.timeZone", zone}}));
  OpenedEngine engine{.lease = lease,
                      .session = SparkSession(std::move(spark.session)),
                      .server = lease ? lease->Describe() : spark.server};
  if (flags.verbose) {
    fmt::print(stderr, "ember: session {} at {}, ANSI mode on, time zone {}\n",
               engine.session.session()->id(), engine.Describe(), zone);
  }
  return engine;
}

}  // namespace

bool IsRemote(const EngineFlags& flags) { return flags.on != "local"; }

bool IsEmr(const EngineFlags& flags) { return flags.on.starts_with(kEmrScheme); }

Status CheckReachable(const EngineFlags& flags, const std::stop_token& stop) {
  if (IsEmr(flags)) return EmrLease::CheckCluster(flags, stop);
  EngineFlags quiet = flags;
  quiet.verbose = false;
  ASSIGN_OR_RETURN(const OpenedEngine reachable, OpenEngine(quiet, {}, stop));
  return {};
}

std::string PublicAddress(const std::string& on) {
  const size_t scheme = on.find("://");
  return on.substr(0, on.find_first_of("/;", scheme == std::string::npos ? 0 : scheme + 3));
}

Status CheckOn(const EngineFlags& flags) {
  if (!IsRemote(flags) || flags.on.starts_with(kRemoteScheme)) return {};
  if (IsEmr(flags)) {
    if (!flags.token_command.empty())
      return InvalidInput("--token-command has no meaning with --on emr:…: EMR gives the token");
    const auto address = ParseEmrAddress(flags.on);
    return address.ok() ? Status() : Status(address.error());
  }
  std::string hint;
  for (const OnHint& row : kOnHints) {
    if (flags.on.starts_with(row.prefix)) hint = fmt::format(": {}", row.hint);
  }
  return InvalidInput(
      fmt::format("cannot run on '{}'{}. --on takes local, sc://HOST[:PORT][/;use_ssl=true;…] or "
                  "emr:NAME",
                  PublicAddress(flags.on), hint));
}

std::string OpenedEngine::Describe() const {
  if (!is_remote()) return "the engine of this process";
  return fmt::format("Spark {} at {}", session.session()->SparkVersion(), server);
}

Result<OpenedEngine> OpenEngine(const EngineFlags& flags, const LocalOptions& settings,
                                const std::stop_token& stop) {
  RETURN_IF_ERROR(CheckOn(flags));
  if (IsRemote(flags)) return OpenRemote(flags, stop);
  if (!flags.ca_file.empty() || !flags.token_command.empty()) {
    return InvalidInput("--ca and --token-command are for a real Spark: add --on sc://HOST:PORT");
  }
  LocalOptions options = settings;
  if (flags.threads != 0) options.threads = flags.threads;
  if (!flags.memory.empty()) options.memory_limit = flags.memory;
  if (!flags.temp_directory.empty()) options.temp_directory = flags.temp_directory;
  if (!flags.warehouse.empty()) options.warehouse_directory = flags.warehouse;
  ASSIGN_OR_RETURN(SparkSession session, SparkSession::Local(options));
  return OpenedEngine{.lease = {}, .session = std::move(session), .server = {}};
}

Error ExplainMissingFiles(Error error, const OpenedEngine& engine) {
  if (!engine.is_remote() || error.condition != "PATH_NOT_FOUND") return error;
  std::string path = error.parameters["path"];
  if (path.starts_with("file:")) path.erase(0, 5);
  while (path.starts_with("//")) path.erase(0, 1);
  std::error_code ignored;
  if (!path.starts_with('/') || !std::filesystem::exists(path, ignored)) return error;
  error.message += fmt::format(
      " '{}' is on this machine, and {} does not see this machine's files: put them where Spark's "
      "machines see them (s3://…, a shared folder).",
      path, engine.Describe());
  return error;
}

Error ExplainSession(Error error, const OpenedEngine& engine) {
  return engine.lease ? engine.lease->Explain(std::move(error)) : error;
}

}  // namespace ember
