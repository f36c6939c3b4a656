// ember emr: a cluster of Amazon EMR from one YAML file. The verbs here ask nothing of AWS.
#include <fmt/format.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/command_emr_emulate.h"
#include "cli/command_emr_lifecycle.h"
#include "cli/commands.h"
#include "cli/emr_display.h"
#include "cli/emr_files.h"
#include "cli/emr_job.h"
#include "cli/emr_submit.h"
#include "cli/exit_code.h"
#include "cli/text_file.h"
#include "emr/cost.h"
#include "emr/emit.h"
#include "emr/job.h"
#include "emr/local_comparison.h"
#include "emr/recommendation.h"
#include "emr/template.h"
#include "emr/validate.h"

namespace ember {
namespace {

struct EmrFlags {
  std::vector<std::string> files;
  std::string file;
  std::string facts_file;
  bool json = false;
  bool strict = false;
  double hours = 0;
  std::string input_bytes;
  int64_t input_files = 0;
  std::string format;
  bool ground = false;
  bool watch = false;
  EmrSizeQuestion size;
  std::string pipeline;
  std::string measured;
};

Result<int> Validate(const EmrFlags& flags) {
  ASSIGN_OR_RETURN(const EmrFacts facts, LoadEmrFacts(flags.facts_file));
  nlohmann::ordered_json files = nlohmann::ordered_json::array();
  size_t errors = 0;
  size_t warnings = 0;
  for (const std::string& file : flags.files) {
    ASSIGN_OR_RETURN(const std::string text, ReadTextFile(file));
    const auto findings = ValidateEmrCluster(ReadEmrCluster(file, text), facts);
    errors += CountEmrErrors(findings);
    warnings += findings.size() - CountEmrErrors(findings);
    if (flags.json) {
      files.push_back({{"file", file}, {"findings", EmrFindingsJson(findings)}});
    } else if (findings.empty()) {
      fmt::print("{}: nothing is wrong with it\n", file);
    } else {
      fmt::print("{}", EmrFindingsText(file, findings));
    }
  }
  if (flags.json) fmt::print("{}\n", files.dump(2));
  return errors > 0 || (flags.strict && warnings > 0) ? kExitUsage : kExitOk;
}

// What `ember run --json` printed of the pipeline, whose inputs are as they were.
Result<MeasuredRun> ReadMeasuredRun(const EmrFlags& flags) {
  if (flags.measured.empty()) {
    return InvalidInput("--pipeline needs --measured FILE: what `ember run --json` printed of it");
  }
  ASSIGN_OR_RETURN(const std::string text, ReadTextFile(flags.measured));
  const auto report = nlohmann::json::parse(text, nullptr, false);
  if (!report.is_object() || !report.contains("seconds") || !report["seconds"].is_number()) {
    return InvalidInput(
        fmt::format("'{}' is no report of a run: `ember run --json` prints one", flags.measured));
  }
  ASSIGN_OR_RETURN(const EmrJob job, EmrJobOfPipeline(flags.pipeline));
  MeasuredRun run = {.seconds = report["seconds"].get<double>(),
                     .cores = static_cast<int>(std::thread::hardware_concurrency())};
  for (const EmrJobSource& source : job.sources) run.input_bytes += source.bytes;
  return run;
}

Result<int> ShowCost(const EmrFlags& flags) {
  ASSIGN_OR_RETURN(const EmrFacts facts, LoadEmrFacts(flags.facts_file));
  ASSIGN_OR_RETURN(const EmrCluster cluster, LoadEmrCluster(flags.file, facts));
  EmrCostQuestion question;
  question.hours = flags.hours;
  question.input_files = flags.input_files;
  if (!flags.input_bytes.empty()) {
    const auto bytes = ParseByteSize(flags.input_bytes);
    if (!bytes)
      return InvalidInput(fmt::format("--input-bytes '{}' is no size", flags.input_bytes));
    question.input_bytes = bytes->bytes;
  }
  std::optional<MeasuredRun> measured;
  if (!flags.pipeline.empty()) {
    ASSIGN_OR_RETURN(measured, ReadMeasuredRun(flags));
    if (question.input_bytes == 0 && cluster.spark.input.bytes == 0) {
      question.input_bytes = measured->input_bytes;
    }
  }
  const EmrCost cost = EstimateEmrCost(cluster, facts, question);
  std::optional<LocalComparison> comparison;
  if (measured) {
    const bool is_limited = cluster.IsSet("limits.hours");
    const double allowed = flags.hours > 0 ? flags.hours : is_limited ? cluster.limits.hours : 0;
    const int64_t input =
        question.input_bytes > 0 ? question.input_bytes : cluster.spark.input.bytes;
    ASSIGN_OR_RETURN(comparison, CompareWithLocalRun(cost, EmrStartCores(cluster, facts), *measured,
                                                     input, allowed));
  }
  if (flags.json) {
    auto json = EmrCostJson(cost);
    if (comparison) json["this_machine"] = LocalComparisonJson(*comparison);
    fmt::print("{}\n", json.dump(2));
    return kExitOk;
  }
  fmt::print("{}", EmrCostText(cluster, cost));
  if (comparison) fmt::print("\n{}", LocalComparisonText(*comparison));
  return kExitOk;
}

Result<int> Size(const EmrFlags& flags) {
  ASSIGN_OR_RETURN(const EmrFacts facts, LoadEmrFacts(flags.facts_file));
  EmrSizeQuestion question = flags.size;
  if (!flags.input_bytes.empty()) {
    const auto bytes = ParseByteSize(flags.input_bytes);
    if (!bytes) return InvalidInput(fmt::format("--input '{}' is no size", flags.input_bytes));
    question.input_bytes = bytes->bytes;
  } else if (flags.pipeline.empty()) {
    return InvalidInput("ember emr size needs --input SIZE, or --pipeline FILE to look at");
  }
  question.local_cores = static_cast<int>(std::thread::hardware_concurrency());
  EmrRecommendation advice;
  std::optional<EmrJobSizing> sizing;
  if (flags.pipeline.empty()) {
    ASSIGN_OR_RETURN(advice, RecommendEmrSize(question, facts));
  } else {
    ASSIGN_OR_RETURN(const EmrJob job, EmrJobOfPipeline(flags.pipeline));
    ASSIGN_OR_RETURN(sizing, SizeEmrJob(job, question, facts));
    advice = sizing->advice;
  }
  if (flags.json) {
    auto json = EmrRecommendationJson(advice);
    if (sizing) {
      json["input_bytes"] = sizing->input_bytes;
      json["memory_bound"] = sizing->is_memory_bound;
      json["shuffle_partitions"] = sizing->shuffle_partitions;
    }
    fmt::print("{}\n", json.dump(2));
    return kExitOk;
  }
  for (const std::string& reason : advice.reasons) fmt::print("# {}\n", reason);
  fmt::print("{}", advice.yaml);
  return kExitOk;
}

// The request of RunJobFlow; what the ground's stack makes stands as ${NameOfItsOutput}.
Result<std::string> EmitRequest(const EmrCluster& cluster, const EmrFacts& facts) {
  ASSIGN_OR_RETURN(const EmrJson stack,
                   CloudFormationTemplate(cluster, facts, EmrStackPart::kGround));
  std::map<std::string, std::string> outputs;
  if (stack.contains("Outputs")) {
    for (const auto& [name, value] : stack["Outputs"].items())
      outputs[name] = fmt::format("${{{}}}", name);
  }
  return RunJobFlowRequest(cluster, facts, EmrGroundOf(cluster, outputs)).dump(2) + "\n";
}

Result<int> Emit(const EmrFlags& flags) {
  ASSIGN_OR_RETURN(const EmrFacts facts, LoadEmrFacts(flags.facts_file));
  ASSIGN_OR_RETURN(const EmrCluster cluster, LoadEmrCluster(flags.file, facts));
  std::string text;
  if (flags.format == "cloudformation") {
    const EmrStackPart part = flags.ground  ? EmrStackPart::kGround
                              : flags.watch ? EmrStackPart::kWatch
                                            : EmrStackPart::kAll;
    ASSIGN_OR_RETURN(const EmrJson json, CloudFormationTemplate(cluster, facts, part));
    text = json.dump(2) + "\n";
  } else if (flags.format == "terraform") {
    ASSIGN_OR_RETURN(text, EmitEmrTerraform(cluster, facts));
  } else if (flags.format == "cli") {
    ASSIGN_OR_RETURN(text, EmitEmrCli(cluster, facts));
  } else {
    ASSIGN_OR_RETURN(text, EmitRequest(cluster, facts));
  }
  fmt::print("{}", text);
  return kExitOk;
}

Result<int> ShowRules(const EmrFlags& flags) {
  fmt::print("{}", flags.json ? EmrRulesJson().dump(2) + "\n" : EmrRulesText());
  return kExitOk;
}

Result<int> ShowKeys(const EmrFlags&) {
  fmt::print("{}", EmrKeysText());
  return kExitOk;
}

using EmrAction = Result<int> (*)(const EmrFlags&);

CLI::App* AddEmrAction(CLI::App& command, const std::string& name, const std::string& doc,
                       const std::shared_ptr<EmrFlags>& flags, EmrAction action, int* exit_code) {
  CLI::App* verb = command.add_subcommand(name, doc);
  verb->callback([flags, action, exit_code] {
    const Result<int> code = action(*flags);
    *exit_code = code.ok() ? *code : ReportError(code.error());
  });
  return verb;
}

void AddFactsFlag(CLI::App& verb, EmrFlags& flags) {
  verb.add_option("--facts", flags.facts_file, "prices, limits and types that differ from Ember's")
      ->type_name("FILE");
}

void AddEmrSize(CLI::App& command, const std::shared_ptr<EmrFlags>& flags, int* exit_code) {
  CLI::App* size = AddEmrAction(command, "size", "nodes and executors for an input, and why", flags,
                                Size, exit_code);
  size->add_option("--input", flags->input_bytes,
                   "size of the input, like 250GiB (with --pipeline: what it reads now)")
      ->type_name("SIZE");
  size->add_option("--pipeline", flags->pipeline,
                   "the job: what its plan joins, sorts and keeps counts too")
      ->type_name("FILE");
  size->add_option("--minutes", flags->size.minutes, "what a run may take (30)")
      ->check(CLI::PositiveNumber);
  size->add_option("--rate", flags->size.mib_per_core_second,
                   "MiB that a core gets through in a second (20, an assumption)")
      ->check(CLI::PositiveNumber);
  size->add_flag("--memory-bound", flags->size.is_memory_bound, "large joins, windows and caches");
  size->add_option("--architecture", flags->size.architecture, "x86_64 or arm64")
      ->check(CLI::IsMember({"x86_64", "arm64"}));
  size->add_flag("--json", flags->json, "one JSON object");
  AddFactsFlag(*size, *flags);
}

void AddEmrEmit(CLI::App& command, const std::shared_ptr<EmrFlags>& flags, int* exit_code) {
  CLI::App* emit =
      AddEmrAction(command, "emit", "the cluster for other tools", flags, Emit, exit_code);
  emit->add_option("format", flags->format,
                   "cloudformation, terraform, cli (a shell script), or request (RunJobFlow's)")
      ->required()
      ->check(CLI::IsMember({"cloudformation", "terraform", "cli", "request"}));
  emit->add_option("file", flags->file, "a cluster file")->required();
  emit->add_flag("--ground", flags->ground,
                 "cloudformation: only what the cluster stands on, without the cluster");
  emit->add_flag("--watch", flags->watch,
                 "cloudformation: only alarms and dashboard, for a cluster that runs");
  AddFactsFlag(*emit, *flags);
}

}  // namespace

void AddEmrCommand(CLI::App& app, int* exit_code) {
  auto flags = std::make_shared<EmrFlags>();
  CLI::App* command = app.add_subcommand(
      "emr", "a cluster of Amazon EMR from one file: validate, cost, plan, up, status, down");
  command->require_subcommand(1);
  CLI::App* validate = AddEmrAction(*command, "validate", "everything that is wrong with a file",
                                    flags, Validate, exit_code);
  validate->add_option("file", flags->files, "cluster files")->required();
  validate->add_flag("--json", flags->json, "a list of files with their findings");
  validate->add_flag("--strict", flags->strict, "warnings fail too");
  AddFactsFlag(*validate, *flags);
  CLI::App* cost =
      AddEmrAction(*command, "cost", "what an hour and a run cost", flags, ShowCost, exit_code);
  cost->add_option("file", flags->file, "a cluster file")->required();
  cost->add_option("--hours", flags->hours, "length of a run (limits.hours)")
      ->check(CLI::PositiveNumber);
  cost->add_option("--input-bytes", flags->input_bytes, "size of its input, like 250GiB")
      ->type_name("SIZE");
  cost->add_option("--input-files", flags->input_files, "files of its input")
      ->check(CLI::PositiveNumber);
  CLI::Option* pipeline = cost->add_option("--pipeline", flags->pipeline,
                                           "the job, to compare with its run on this machine")
                              ->type_name("FILE");
  cost->add_option("--measured", flags->measured, "what `ember run --json` printed of it")
      ->type_name("FILE")
      ->needs(pipeline);
  cost->add_flag("--json", flags->json, "one JSON object");
  AddFactsFlag(*cost, *flags);
  AddEmrSize(*command, flags, exit_code);
  AddEmrEmit(*command, flags, exit_code);
  CLI::App* rules =
      AddEmrAction(*command, "rules", "what validate looks for", flags, ShowRules, exit_code);
  rules->add_flag("--json", flags->json, "a list of objects");
  AddEmrAction(*command, "keys", "the keys of a cluster file", flags, ShowKeys, exit_code);
  AddEmrEmulate(*command, exit_code);
  AddEmrLifecycle(*command, exit_code);
  AddEmrWork(*command, exit_code);
  command->footer(
      "validate, cost, size, emit, rules, keys and policy ask nothing of AWS: facts and prices\n"
      "are in tables, with their dates, and --facts FILE overrides them. plan and status ask\n"
      "only; up, scale and down change something with --apply only.\n\n"
      "Examples:\n"
      "  ember emr validate examples/emr/seed.yaml\n"
      "  ember emr cost examples/emr/seed.yaml --hours 2 --input-bytes 250GiB\n"
      "  ember emr size --input 250GiB --minutes 20\n"
      "  ember emr size --pipeline prices.yaml --input 250GiB\n"
      "  ember run prices.yaml --json > run.json\n"
      "  ember emr cost examples/emr/seed.yaml --pipeline prices.yaml --measured run.json\n"
      "  ember emr emit cloudformation examples/emr/seed.yaml > seed.json\n"
      "  ember emr plan examples/emr/seed.yaml\n"
      "  ember emr up examples/emr/seed.yaml --apply && ember emr status stocks\n"
      "  ember emr down stocks --apply\n\n"
      "Exit codes: 0 done, or nothing wrong but warnings; 1 AWS refused or a cluster failed; 2 "
      "the\n"
      "file or the command line is wrong (with --strict warnings too); 3 something to change "
      "(plan\n"
      "--detailed-exitcode).");
}

}  // namespace ember
