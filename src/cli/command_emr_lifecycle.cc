// ember emr plan|up|status|scale|down|policy: a cluster's life on AWS.
#include "cli/command_emr_lifecycle.h"

#include <fmt/format.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "cli/aws_world.h"
#include "cli/emr_display.h"
#include "cli/emr_files.h"
#include "cli/emr_lifecycle_display.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/text_file.h"
#include "lifecycle/access.h"
#include "lifecycle/explained_api.h"
#include "lifecycle/up.h"

namespace ember {
namespace {

constexpr int kExitChanges = 3;  // plan --detailed-exitcode
constexpr int64_t kWatchMs = 15000;

struct LifecycleFlags {
  std::string name;  // a file, a name or an id
  std::string facts_file;
  std::string region;
  std::string account;
  bool json = false;
  bool applies = false;
  bool no_wait = false;
  bool replaces = false;
  bool ground = false;
  bool forces = false;
  bool watches = false;
  bool detailed_exit_code = false;
  int min = 0;
  int max = 0;
  int max_core = 0;
  int max_on_demand = 0;
  int task = 0;
  CLI::App* scale = nullptr;
};

struct LifecycleAws : AwsWorld {
  std::unique_ptr<AwsApi> explained;  // whose failures say what to do
  EmrFacts facts;
  InterruptGuard interrupt;

  static Result<std::unique_ptr<LifecycleAws>> Make(const std::string& region, EmrFacts facts) {
    auto aws = std::make_unique<LifecycleAws>();
    RETURN_IF_ERROR(aws->Connect(region));
    aws->facts = std::move(facts);
    aws->explained = std::make_unique<ExplainedAwsApi>(*aws->api);
    return aws;
  }
  EmrWorld World() {
    return {*explained, *host, facts,
            [](const std::string& line) { fmt::print(stderr, "{}\n", line); }, interrupt.token()};
  }
};

// A file names its region itself.
std::string RegionOf(const LifecycleFlags& flags) {
  if (!flags.region.empty()) return flags.region;
  const Result<std::string> text = ReadTextFile(flags.name);
  return text.ok() ? ReadEmrCluster(flags.name, *text).cluster.region : "";
}

Result<std::unique_ptr<LifecycleAws>> ConnectFor(const LifecycleFlags& flags) {
  ASSIGN_OR_RETURN(EmrFacts facts, LoadEmrFacts(flags.facts_file));
  return LifecycleAws::Make(RegionOf(flags), std::move(facts));
}

void Print(const nlohmann::ordered_json& json) { fmt::print("{}\n", json.dump(2)); }

Result<int> RunPlan(const LifecycleFlags& flags) {
  ASSIGN_OR_RETURN(EmrFacts facts, LoadEmrFacts(flags.facts_file));
  ASSIGN_OR_RETURN(const EmrCluster cluster, LoadEmrCluster(flags.name, facts));
  ASSIGN_OR_RETURN(const auto aws, LifecycleAws::Make(cluster.region, std::move(facts)));
  EmrWorld world = aws->World();
  world.tell = nullptr;
  ASSIGN_OR_RETURN(const EmrPlan plan, PlanEmrCluster(world, cluster));
  if (flags.json)
    Print(EmrPlanJson(plan));
  else
    fmt::print("{}", EmrPlanText(plan, cluster));
  return flags.detailed_exit_code && plan.has_changes() ? kExitChanges : kExitOk;
}

// up --ground: the stack alone.
Result<int> RunGround(const LifecycleFlags& flags, const EmrWorld& world,
                      const EmrCluster& cluster) {
  if (!flags.applies) {
    ASSIGN_OR_RETURN(const EmrStackPlan plan, PlanEmrGround(world, cluster));
    if (flags.json)
      Print(EmrStackPlanJson(plan));
    else
      fmt::print("{}\nNothing was changed. --apply does this.\n", EmrStackPlanText(plan));
    return kExitOk;
  }
  ASSIGN_OR_RETURN(const EmrStack stack, ApplyEmrGround(world, cluster));
  if (flags.json) {
    Print({{"stack", stack.name}, {"status", stack.status}, {"outputs", stack.outputs}});
  } else {
    fmt::print("stack {} is {}\nember emr up {} --apply starts the cluster on it\n", stack.name,
               stack.status, flags.name);
  }
  return kExitOk;
}

Result<int> RunUp(const LifecycleFlags& flags) {
  ASSIGN_OR_RETURN(EmrFacts facts, LoadEmrFacts(flags.facts_file));
  ASSIGN_OR_RETURN(const EmrCluster cluster, LoadEmrCluster(flags.name, facts));
  ASSIGN_OR_RETURN(const auto aws, LifecycleAws::Make(cluster.region, std::move(facts)));
  EmrWorld world = aws->World();
  if (flags.ground) return RunGround(flags, world, cluster);
  ASSIGN_OR_RETURN(const EmrPlan plan, PlanEmrCluster(world, cluster));
  if (!flags.applies) {
    if (flags.json)
      Print(EmrPlanJson(plan));
    else
      fmt::print("{}\nNothing was changed. --apply does this, and costs money.\n",
                 EmrPlanText(plan, cluster));
    return kExitOk;
  }
  if (!flags.json) fmt::print("{}\n", EmrPlanText(plan, cluster));
  std::fflush(stdout);
  ASSIGN_OR_RETURN(
      const RunningCluster running,
      ApplyEmrPlan(world, cluster, plan, {.waits = !flags.no_wait, .replaces = flags.replaces}));
  if (flags.json) {
    Print({{"id", running.id}, {"name", cluster.name}, {"state", running.state}});
  } else {
    fmt::print(
        "cluster {} is {}\nember emr status {} shows it; ember emr down {} --apply ends it\n",
        running.id, running.state, cluster.name, cluster.name);
  }
  return kExitOk;
}

// An emulated EMR of its own has no metrics at AWS's CloudWatch.
bool AsksMetrics(AwsHost& host) {
  return !host.Variable("AWS_ENDPOINT_URL_EMR") || host.Variable("AWS_ENDPOINT_URL") ||
         host.Variable("AWS_ENDPOINT_URL_CLOUDWATCH");
}

Result<int> RunStatus(const LifecycleFlags& flags) {
  ASSIGN_OR_RETURN(const auto aws, ConnectFor(flags));
  const EmrWorld world = aws->World();
  if (flags.name.empty()) {
    ASSIGN_OR_RETURN(const auto clusters, ListLiveEmrClusters(world));
    if (flags.json)
      Print(EmrClustersJson(clusters));
    else
      fmt::print("{}", EmrClustersText(clusters));
    return kExitOk;
  }
  ASSIGN_OR_RETURN(RunningCluster cluster, ResolveEmrCluster(world.api, flags.name, world.stop));
  while (true) {
    ASSIGN_OR_RETURN(const EmrStatus status,
                     DescribeEmrStatus(world, cluster, {.asks_metrics = AsksMetrics(*aws->host)}));
    if (flags.watches && isatty(STDOUT_FILENO) != 0) fmt::print("\033[2J\033[H");
    if (flags.json)
      Print(EmrStatusJson(status));
    else
      fmt::print("{}", EmrStatusText(status));
    std::fflush(stdout);
    if (!flags.watches || !cluster.is_live()) return kExitOk;
    if (!world.host.Sleep(kWatchMs, world.stop).ok()) return kExitOk;  // Ctrl-C ends watching
    ASSIGN_OR_RETURN(cluster, DescribeEmrCluster(world.api, cluster.id, world.stop));
  }
}

Result<int> RunScale(const LifecycleFlags& flags) {
  const auto said = [&](const char* option, int value) {
    return flags.scale->count(option) > 0 ? std::optional<int>(value) : std::nullopt;
  };
  const EmrScaleRequest request = {
      said("--min", flags.min), said("--max", flags.max), said("--max-core", flags.max_core),
      said("--max-on-demand", flags.max_on_demand), said("--task", flags.task)};
  ASSIGN_OR_RETURN(const auto aws, ConnectFor(flags));
  const EmrWorld world = aws->World();
  ASSIGN_OR_RETURN(RunningCluster cluster, ResolveEmrCluster(world.api, flags.name, world.stop));
  if (!cluster.is_live() || cluster.state == "TERMINATING")
    return InvalidInput(fmt::format("cluster {} is {}", cluster.id, cluster.state));
  ASSIGN_OR_RETURN(const RunningShape shape, DescribeEmrShape(world, std::move(cluster)));
  ASSIGN_OR_RETURN(const EmrScalePlan plan, PlanEmrScale(world, shape, request));
  if (flags.json)
    Print(EmrScaleJson(plan));
  else
    fmt::print("{}", EmrScaleText(plan));
  std::fflush(stdout);
  if (plan.changes.empty()) return kExitOk;
  if (flags.applies) {
    RETURN_IF_ERROR(ApplyEmrChanges(world, plan.changes));
  } else if (!flags.json) {
    fmt::print("Nothing was changed. --apply does this.\n");
  }
  return kExitOk;
}

Result<int> RunDown(const LifecycleFlags& flags) {
  ASSIGN_OR_RETURN(const auto aws, ConnectFor(flags));
  const EmrWorld world = aws->World();
  ASSIGN_OR_RETURN(const EmrDownPlan plan, PlanEmrDown(world, flags.name));
  if (!flags.applies) {
    if (flags.json)
      Print(EmrDownJson(plan));
    else
      fmt::print("{}{}", EmrDownText(plan, world.facts),
                 plan.has_work() ? "Nothing was ended. --apply does this.\n" : "");
    return kExitOk;
  }
  if (!flags.json) fmt::print("{}", EmrDownText(plan, world.facts));
  std::fflush(stdout);
  ASSIGN_OR_RETURN(const auto kept, ApplyEmrDown(world, plan, {.forces = flags.forces}));
  if (flags.json) {
    nlohmann::ordered_json stays = nlohmann::ordered_json::array();
    for (const EmrKeptResource& resource : kept)
      stays.push_back({{"type", resource.type}, {"id", resource.physical_id}});
    Print({{"ended", EmrDownJson(plan)}, {"stays", stays}});
  } else if (plan.has_work()) {
    fmt::print("it is ended\n{}", EmrKeptText(kept, world.facts));
  }
  return kExitOk;
}

Result<int> RunPolicy(const LifecycleFlags& flags) {
  ASSIGN_OR_RETURN(const EmrFacts facts, LoadEmrFacts(flags.facts_file));
  ASSIGN_OR_RETURN(const EmrCluster cluster, LoadEmrCluster(flags.name, facts));
  ASSIGN_OR_RETURN(const EmrJson policy, EmrCallerPolicy(cluster, facts, flags.account));
  Print(policy);
  return kExitOk;
}

using LifecycleAction = Result<int> (*)(const LifecycleFlags&);

CLI::App* AddVerb(CLI::App& emr, const std::string& name, const std::string& doc,
                  const std::shared_ptr<LifecycleFlags>& flags, LifecycleAction action,
                  int* exit_code) {
  CLI::App* verb = emr.add_subcommand(name, doc);
  verb->callback([flags, action, exit_code] {
    const Result<int> code = action(*flags);
    *exit_code = code.ok() ? *code : ReportError(code.error());
  });
  verb->add_option("--facts", flags->facts_file,
                   "prices, limits and types that differ from Ember's")
      ->type_name("FILE");
  return verb;
}

void AddRegion(CLI::App& verb, LifecycleFlags& flags) {
  verb.add_option("--region", flags.region,
                  "where the cluster is (the file's, else the profile's)");
}

void AddPlanAndUp(CLI::App& emr, const std::shared_ptr<LifecycleFlags>& flags, int* exit_code) {
  CLI::App* plan = AddVerb(emr, "plan", "what up would add, change and destroy, and its costs",
                           flags, RunPlan, exit_code);
  plan->add_option("file", flags->name, "a cluster file")->required();
  plan->add_flag("--json", flags->json, "one JSON object");
  plan->add_flag("--detailed-exitcode", flags->detailed_exit_code,
                 "exit code 3 when there is something to change");
  CLI::App* up = AddVerb(emr, "up", "start a cluster, or bring the running one in step", flags,
                         RunUp, exit_code);
  up->add_option("file", flags->name, "a cluster file")->required();
  up->add_flag("--apply", flags->applies, "do it: without, it is the plan");
  CLI::Option* no_wait =
      up->add_flag("--no-wait", flags->no_wait, "do not wait until the cluster is ready");
  CLI::Option* replace =
      up->add_flag("--replace", flags->replaces,
                   "end a cluster that cannot be brought in step, and start a new one");
  up->add_flag("--ground", flags->ground,
               "only the stack that the cluster stands on, its bucket among it")
      ->excludes(no_wait)
      ->excludes(replace);
  up->add_flag("--json", flags->json, "one JSON object");
}

void AddScale(CLI::App& emr, const std::shared_ptr<LifecycleFlags>& flags, int* exit_code) {
  CLI::App* scale = AddVerb(emr, "scale", "other limits of scaling, or other task nodes", flags,
                            RunScale, exit_code);
  flags->scale = scale;
  scale->add_option("cluster", flags->name, "its name, its file or its id (j-…)")->required();
  scale->add_option("--min", flags->min, "at least so many units");
  scale->add_option("--max", flags->max, "at most so many units");
  scale->add_option("--max-core", flags->max_core, "of them core");
  scale->add_option("--max-on-demand", flags->max_on_demand, "of them on demand");
  scale->add_option("--task", flags->task, "task nodes, or spot units of a fleet");
  scale->add_flag("--apply", flags->applies, "do it: without, it says what it would cost");
  scale->add_flag("--json", flags->json, "one JSON object");
  AddRegion(*scale, *flags);
}

}  // namespace

void AddEmrLifecycle(CLI::App& emr, int* exit_code) {
  auto flags = std::make_shared<LifecycleFlags>();
  AddPlanAndUp(emr, flags, exit_code);
  CLI::App* status =
      AddVerb(emr, "status", "how a cluster is, and what it costs", flags, RunStatus, exit_code);
  status->add_option("cluster", flags->name, "its name, its file or its id; none: all that run");
  status->add_flag("--json", flags->json, "one JSON object");
  status->add_flag("--watch", flags->watches, "again every 15 seconds until it ends");
  AddRegion(*status, *flags);
  AddScale(emr, flags, exit_code);
  CLI::App* down =
      AddVerb(emr, "down", "end a cluster and what it stands on", flags, RunDown, exit_code);
  down->add_option("cluster", flags->name, "its name, its file or its id (j-…)")->required();
  down->add_flag("--apply", flags->applies, "do it: without, it says what would end");
  down->add_flag("--force", flags->forces, "also one that is protected against termination");
  down->add_flag("--json", flags->json, "one JSON object");
  AddRegion(*down, *flags);
  CLI::App* policy = AddVerb(emr, "policy", "the rights that these verbs need, as an IAM policy",
                             flags, RunPolicy, exit_code);
  policy->add_option("file", flags->name, "a cluster file")->required();
  policy->add_option("--account", flags->account, "the account's number, instead of any");
}

}  // namespace ember
