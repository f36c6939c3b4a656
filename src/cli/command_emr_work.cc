// ember emr logs, sessions, import: what a running cluster says.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/emr_access.h"
#include "cli/emr_submit.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "emr/cost.h"
#include "emr/validate.h"
#include "lifecycle/cluster_logs.h"
#include "lifecycle/connect_session.h"
#include "lifecycle/import_file.h"
#include "lifecycle/running_shape.h"
#include "lifecycle/submitted_step.h"

namespace ember {
namespace {

constexpr int64_t kMinuteUs = int64_t{60} * 1000000;
constexpr int kPagesOfSteps = 40;

struct LogsFlags {
  std::string cluster;
  std::string step = "last";
  std::vector<std::string> files;
  std::string node;
  bool containers = false;
  bool list = false;
  bool follow = false;
};

struct SessionsFlags {
  std::string cluster;
  std::string end;
  bool end_all = false;
  bool all = false;
  bool json = false;
};

struct ImportFlags {
  std::string cluster;
  std::string output;
};

/// A cluster and what it is asked with.
struct OpenedCluster {
  std::unique_ptr<EmrAccess> access;
  RunningCluster cluster;
};

Result<OpenedCluster> OpenCluster(const std::string& name, const std::stop_token& stop) {
  OpenedCluster opened;
  ASSIGN_OR_RETURN(opened.access, AccessToEmrCluster(name));
  ASSIGN_OR_RETURN(opened.cluster, ResolveEmrCluster(*opened.access->api, name, stop));
  return opened;
}

// "last", an id, or the name of a step: of several, the latest.
Result<std::string> FindStep(const OpenedCluster& opened, const std::string& wanted,
                             const std::stop_token& stop) {
  if (wanted.starts_with("s-")) return wanted;
  const int pages = wanted == "last" ? 1 : kPagesOfSteps;
  ASSIGN_OR_RETURN(const auto steps,
                   ListEmrSteps(*opened.access->api, opened.cluster.id, pages, stop));
  if (wanted == "last" && !steps.empty()) return steps.front().id;
  for (const SubmittedStep& step : steps) {
    if (step.name == wanted || step.name.starts_with(wanted + " [ember ")) return step.id;
  }
  return InvalidInput(wanted == "last"
                          ? fmt::format("cluster {} has no steps", opened.cluster.id)
                          : fmt::format("cluster {} has no step '{}': name it by its id (s-…)",
                                        opened.cluster.id, wanted));
}

std::string Iso(int64_t time_us) {
  const auto seconds = static_cast<time_t>(time_us / 1000000);
  tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts);
  return text.data();
}

void PrintPiece(const LogPiece& piece, bool has_title) {
  if (has_title) fmt::print("==> {} <==\n", piece.name);
  fmt::print("{}{}", piece.text, piece.text.ends_with('\n') ? "" : "\n");
  std::fflush(stdout);
}

void SayLate() { fmt::print(stderr, "ember: logs reach S3 some minutes after they are written\n"); }

Result<int> Follow(const LogsFlags& flags, const OpenedCluster& opened, S3Client& s3,
                   const EmrLogPlace& place, const std::string& step_id,
                   const std::stop_token& stop) {
  SayLate();
  FollowOptions options;
  options.names = flags.files;
  std::string shown;
  const auto sink = [&](const LogPiece& piece) {
    PrintPiece(piece, piece.name != shown);
    shown = piece.name;
  };
  ASSIGN_OR_RETURN(const SubmittedStep step,
                   FollowEmrStepLogs(*opened.access->api, *opened.access->host, s3, place, step_id,
                                     options, sink, stop));
  fmt::print(stderr, "ember: step {} is {}{}{}\n", step_id, step.state,
             step.reason.empty() ? "" : ": ", step.reason);
  return step.has_succeeded() ? kExitOk : kExitFailed;
}

// Which logs are asked for: a step's, its containers', a node's.
Result<std::string> LogPrefix(const LogsFlags& flags, S3Client& s3, const EmrLogPlace& place,
                              const std::string& step_id, const std::stop_token& stop) {
  if (!flags.node.empty())
    return place.prefix + "node/" + (flags.node == "all" ? "" : flags.node + "/");
  const std::string prefix = place.StepPrefix(step_id);
  if (!flags.containers) return prefix;
  ASSIGN_OR_RETURN(const auto files, ListEmrLogs(s3, place, prefix, stop));
  for (const EmrLogFile& file : files) {
    ASSIGN_OR_RETURN(const std::string text, ReadEmrLog(s3, place, file, stop));
    const std::string application = YarnApplicationIn(text);
    if (!application.empty()) return place.prefix + "containers/" + application + "/";
  }
  return MakeError("EMBER_EMR.LOGS",
                   {{"cluster", place.cluster_id},
                    {"what", fmt::format("those of step {} name no application of YARN, so nothing "
                                         "leads to its containers",
                                         step_id)}});
}

Result<int> ShowLogs(const LogsFlags& flags) {
  const InterruptGuard interrupt;
  const std::stop_token stop = interrupt.token();
  ASSIGN_OR_RETURN(const OpenedCluster opened, OpenCluster(flags.cluster, stop));
  ASSIGN_OR_RETURN(const EmrLogPlace place, EmrLogPlaceOf(opened.cluster));
  ASSIGN_OR_RETURN(const auto s3, opened.access->clients->For(place.bucket));
  std::string step_id;
  if (flags.node.empty()) {
    ASSIGN_OR_RETURN(step_id, FindStep(opened, flags.step, stop));
    if (flags.follow) return Follow(flags, opened, *s3, place, step_id, stop);
  }
  ASSIGN_OR_RETURN(const std::string prefix, LogPrefix(flags, *s3, place, step_id, stop));
  ASSIGN_OR_RETURN(auto files, ListEmrLogs(*s3, place, prefix, stop));
  if (!flags.files.empty()) {
    std::erase_if(files, [&](const EmrLogFile& file) {
      const std::string name = file.name.substr(file.name.rfind('/') + 1);
      return std::find(flags.files.begin(), flags.files.end(), name) == flags.files.end();
    });
  }
  if (files.empty()) {
    SayLate();
    return MakeError("EMBER_EMR.LOGS",
                     {{"cluster", opened.cluster.id},
                      {"what", fmt::format("none below s3://{}/{} yet; -f waits for them",
                                           place.bucket, prefix)}});
  }
  for (const EmrLogFile& file : files) {
    if (flags.list) {
      fmt::print("{}  {:>10}  s3://{}/{}\n", Iso(file.modified_us), file.size, place.bucket,
                 file.key);
      continue;
    }
    ASSIGN_OR_RETURN(std::string text, ReadEmrLog(*s3, place, file, stop));
    PrintPiece({file.name, std::move(text)}, files.size() > 1);
  }
  return kExitOk;
}

int64_t Minutes(int64_t from_us, int64_t to_us) {
  return std::max<int64_t>(0, to_us - from_us) / kMinuteUs;
}

nlohmann::ordered_json SessionJson(const EmrSession& session, int64_t now_us) {
  nlohmann::ordered_json json = {{"id", session.id},
                                 {"name", session.name},
                                 {"state", session.state},
                                 {"reason", session.reason}};
  if (session.created_us != 0) json["created"] = Iso(session.created_us) + "Z";
  if (session.idle_since_us != 0 && session.state == "IDLE")
    json["idle_minutes"] = Minutes(session.idle_since_us, now_us);
  if (session.idle_timeout_minutes != 0)
    json["ends_after_idle_minutes"] = session.idle_timeout_minutes;
  return json;
}

void PrintSession(const EmrSession& session, int64_t now_us) {
  std::string idle = "-";
  if (session.state == "IDLE" && session.idle_since_us != 0) {
    idle = fmt::format("{} min{}", Minutes(session.idle_since_us, now_us),
                       session.idle_timeout_minutes == 0
                           ? ""
                           : fmt::format(" of {}", session.idle_timeout_minutes));
  }
  const int64_t end_us = session.ended_us == 0 ? now_us : session.ended_us;
  const std::string age =
      session.created_us == 0 ? "-" : fmt::format("{} min", Minutes(session.created_us, end_us));
  fmt::print("{:<28}  {:<12}  {:>9}  {:>14}  {}{}{}\n", session.id, session.state, age, idle,
             session.name, session.reason.empty() ? "" : "  ", session.reason);
}

Result<int> EndSessions(const SessionsFlags& flags, const OpenedCluster& opened,
                        const std::vector<EmrSession>& sessions) {
  int ended = 0;
  for (const EmrSession& session : sessions) {
    const bool is_meant = flags.end_all ? session.is_live() && session.state != "TERMINATING"
                                        : session.id == flags.end;
    if (!is_meant) continue;
    RETURN_IF_ERROR(
        EndEmrSession(*opened.access->api, *opened.access->host, opened.cluster.id, session.id));
    fmt::print("{} is ended\n", session.id);
    ++ended;
  }
  if (ended == 0 && !flags.end_all) {
    return InvalidInput(
        fmt::format("cluster {} has no session '{}'", opened.cluster.id, flags.end));
  }
  if (ended == 0) fmt::print("no session to end\n");
  return kExitOk;
}

// A session has no price of its own: it keeps its cluster from counting as idle. What that costs an
// hour, by the tables; nothing where EMR does not tell the nodes.
std::string HourOfCluster(const OpenedCluster& opened, const std::stop_token& stop) {
  const EmrFacts facts = DefaultEmrFacts();
  const EmrWorld world{*opened.access->api, *opened.access->host, facts, nullptr, stop};
  const auto shape = DescribeEmrShape(world, opened.cluster);
  if (!shape.ok()) return "";
  const UsdRange hour = EstimateEmrCost(EmrClusterAsItRuns({}, *shape), facts).hour_start;
  return hour.high <= 0 ? ""
                        : fmt::format(", at about {:.2f} to {:.2f} $ an hour ({}, {})", hour.low,
                                      hour.high, facts.price_region, facts.date);
}

Result<int> ShowSessions(const SessionsFlags& flags) {
  const InterruptGuard interrupt;
  const std::stop_token stop = interrupt.token();
  ASSIGN_OR_RETURN(const OpenedCluster opened, OpenCluster(flags.cluster, stop));
  if (!HasEmrSessions(opened.cluster)) RETURN_IF_ERROR(CheckEmrSessions(opened.cluster));
  ASSIGN_OR_RETURN(auto sessions, ListEmrSessions(*opened.access->api, opened.cluster.id, stop));
  if (flags.end_all || !flags.end.empty()) return EndSessions(flags, opened, sessions);
  if (!flags.all) {
    std::erase_if(sessions, [](const EmrSession& session) { return !session.is_live(); });
  }
  const int64_t now_us = opened.access->host->NowUs();
  if (flags.json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const EmrSession& session : sessions) list.push_back(SessionJson(session, now_us));
    fmt::print("{}\n", list.dump(2));
    return kExitOk;
  }
  if (!sessions.empty()) {
    fmt::print("{:<28}  {:<12}  {:>9}  {:>14}  {}\n", "session", "state", "age", "idle", "name");
  }
  for (const EmrSession& session : sessions) PrintSession(session, now_us);
  const auto live = std::count_if(sessions.begin(), sessions.end(),
                                  [](const EmrSession& session) { return session.is_live(); });
  fmt::print("{} live session{}", live, live == 1 ? "" : "s");
  if (live > 0) {
    fmt::print(": without a price of their own, but they keep the cluster from ending idle{}",
               HourOfCluster(opened, stop));
  }
  fmt::print("\n");
  return kExitOk;
}

Result<int> Import(const ImportFlags& flags) {
  const InterruptGuard interrupt;
  const std::stop_token stop = interrupt.token();
  ASSIGN_OR_RETURN(const OpenedCluster opened, OpenCluster(flags.cluster, stop));
  const RunningCluster& cluster = opened.cluster;
  ASSIGN_OR_RETURN(const ObservedRequest observed,
                   ObserveEmrRequest(*opened.access->api, cluster, stop));
  const EmrFacts facts = DefaultEmrFacts();
  const ImportedFile imported =
      ImportEmrFile(observed, opened.access->api->region(),
                    fmt::format("Cluster {} ('{}')", cluster.id, cluster.name), facts);
  RETURN_IF_ERROR(WriteEmrText(flags.output, imported.yaml));
  for (const std::string& warning : imported.warnings)
    fmt::print(stderr, "ember: not in the file: {}\n", warning);
  const std::string name = flags.output.empty() ? "the file" : flags.output;
  const auto findings = ValidateEmrCluster(ReadEmrCluster(name, imported.yaml), facts);
  for (const EmrFinding& finding : findings) {
    if (FindEmrRule(finding.rule)->severity == EmrSeverity::kError)
      fmt::print(stderr, "ember: to be mended: {}: {}\n", finding.path, finding.what);
  }
  return kExitOk;
}

template <typename Flags>
void Call(CLI::App& command, const std::shared_ptr<Flags>& flags,
          Result<int> (*action)(const Flags&), int* exit_code) {
  command.add_option("cluster", flags->cluster, "a cluster: its name, its id or its file")
      ->required();
  command.callback([flags, action, exit_code] {
    const Result<int> code = action(*flags);
    *exit_code = code.ok() ? *code : ReportError(code.error());
  });
}

void AddEmrLogs(CLI::App& emr, int* exit_code) {
  auto flags = std::make_shared<LogsFlags>();
  CLI::App* command = emr.add_subcommand("logs", "the logs of a step, as they reach S3");
  Call(*command, flags, ShowLogs, exit_code);
  command->add_option("--step", flags->step, "an id (s-…), a name, or last")->capture_default_str();
  command->add_option("--file", flags->files, "stdout, stderr, controller, … (default: all)")
      ->type_name("NAME");
  command->add_flag("--containers", flags->containers,
                    "those of the step's containers: its driver and executors");
  command->add_option("--node", flags->node, "those of a node (i-…), or of all")->type_name("ID");
  command->add_flag("--list", flags->list, "what is there, with size and time");
  command->add_flag("-f,--follow", flags->follow,
                    "print what arrives until the step has ended; exit code 1 unless COMPLETED");
  command->footer(
      "Examples:\n"
      "  ember emr logs stocks -f\n"
      "  ember emr logs stocks --step s-3AXXXXXX --file stderr\n"
      "  ember emr logs stocks --step prices --containers --list");
}

void AddEmrSessions(CLI::App& emr, int* exit_code) {
  auto flags = std::make_shared<SessionsFlags>();
  CLI::App* command =
      emr.add_subcommand("sessions", "Spark Connect sessions of a cluster, and their end");
  Call(*command, flags, ShowSessions, exit_code);
  command->add_option("--end", flags->end, "end this one")->type_name("ID");
  command->add_flag("--end-all", flags->end_all, "end all that live");
  command->add_flag("--all", flags->all, "those that have ended too");
  command->add_flag("--json", flags->json, "a list of objects");
  command->footer(
      "Examples:\n"
      "  ember emr sessions stocks-connect\n"
      "  ember emr sessions stocks-connect --end-all");
}

void AddEmrImport(CLI::App& emr, int* exit_code) {
  auto flags = std::make_shared<ImportFlags>();
  CLI::App* command = emr.add_subcommand("import", "the cluster file of a cluster that runs");
  Call(*command, flags, Import, exit_code);
  command->add_option("-o,--output", flags->output, "write to this file (default: stdout)")
      ->type_name("FILE");
  command->footer(
      "What the file cannot say is a comment in it, and a line on stderr.\n\n"
      "Examples:\n"
      "  ember emr import j-2AXXXXXXGAPLF -o cluster.yaml && ember emr plan cluster.yaml");
}

}  // namespace

void AddEmrWork(CLI::App& emr, int* exit_code) {
  AddEmrSubmit(emr, exit_code);
  AddEmrLogs(emr, exit_code);
  AddEmrSessions(emr, exit_code);
  AddEmrImport(emr, exit_code);
}

}  // namespace ember
