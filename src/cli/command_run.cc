// ember run: a pipeline file on the engine of this process or on a real Spark.
#include <fmt/format.h>

#include <filesystem>

#include <ember/session.h>

#include "cli/aws_world.h"
#include "cli/commands.h"
#include "cli/compact_outputs.h"
#include "cli/engine.h"
#include "cli/exit_code.h"
#include "cli/glue_outputs.h"
#include "cli/ingest.h"
#include "cli/interrupt.h"
#include "cli/pipeline_file.h"
#include "cli/remote_outputs.h"
#include "cli/run_telemetry.h"
#include "cli/spark_settings.h"
#include "cli/spark_version.h"
#include "cli/work_verbs.h"
#include "pipeline/graph.h"
#include "pipeline/parse.h"
#include "pipeline/run.h"
#include "pipeline/spark_write.h"
#include "report/progress.h"
#include "report/run_summary.h"

namespace ember {
namespace {

struct RunFlags {
  std::string file;
  EngineFlags engine;
  std::string spark;
  bool quiet = false;
  bool json = false;
  bool check = false;
  bool explain = false;
  bool catalog_only = false;
  bool list_operations = false;
};

// What a reader of the file may expect and does not get.
void DescribeRun(const PipelineSpec& spec, const OpenedEngine& engine) {
  fmt::print(stderr, "ember: {} runs on {}\n", spec.file, engine.Describe());
  const bool has_settings =
      spec.threads != 0 || !spec.memory.empty() || !spec.temp_directory.empty();
  if (engine.is_remote() && has_settings) {
    fmt::print(stderr, "ember: its `settings` shape the engine of this process only\n");
  }
  for (const StepSpec& step : spec.steps) {
    for (const Operation& operation : step.operations) {
      const auto* join = std::get_if<JoinOperation>(&operation.node);
      if (join == nullptr || !join->broadcast || engine.is_remote()) continue;
      fmt::print(stderr,
                 "ember: step '{}': broadcast of '{}': without a meaning for the engine of this "
                 "process, whose threads share one copy\n",
                 step.name, join->with);
    }
  }
}

// On a real Spark always: what was asked for does not happen.
void NoteSparkSettings(const PipelineSpec& spec, const OpenedEngine& engine,
                       const RunFlags& flags) {
  if (flags.quiet || (!engine.is_remote() && !flags.engine.verbose)) return;
  for (const std::string& line : DescribeSparkSettings(spec.spark, engine.is_remote()))
    fmt::print(stderr, "ember: {}\n", line);
}

// Spark's machines write local paths on their own disks.
void NoteOutputsElsewhere(const RunReport& report, const OpenedEngine& engine) {
  std::error_code ignored;
  for (const StageReport& stage : report.stages) {
    if (!stage.path.starts_with('/') || std::filesystem::exists(stage.path, ignored)) continue;
    fmt::print(stderr,
               "ember: '{}' is not on this machine: {} wrote it where its own machines keep that "
               "path; name a place that both see (s3://…, a shared folder)\n",
               stage.path, engine.Describe());
  }
}

// The physical plan of every output, as the engine has it.
Status PrintPlans(const PipelineGraph& graph) {
  for (const PlannedOutput& output : graph.outputs) {
    ASSIGN_OR_RETURN(const std::string plan, output.frame.Explain());
    fmt::print("{} '{}'\n{}\n", output.kind, output.name, plan);
  }
  return {};
}

// Outputs in Spark's own terms.
Status SayInSparksTerms(const PipelineSpec& spec, const OpenedEngine& engine, const RunFlags& flags,
                        PipelineGraph& graph) {
  const SparkWriting writing = WriteBySpark(graph);
  for (const auto& [key, value] : writing.settings) {
    // What the pipeline's own `spark` section says, holds.
    if (!spec.spark.contains(key)) RETURN_IF_ERROR(engine.session.SetConfig(key, value));
  }
  for (const std::string& note : writing.notes) {
    if (flags.engine.verbose) fmt::print(stderr, "ember: {}\n", note);
  }
  return {};
}

Result<RunReport> RunOn(const PipelineSpec& spec, const OpenedEngine& engine, const RunFlags& flags,
                        RunObserver& observer, std::stop_token stop) {
  // A pipeline's inputs are listed once between two writes, as a program lists each DataFrame once.
  if (!engine.is_remote()) {
    RETURN_IF_ERROR(engine.session.SetConfig("spark.sql.metadataCacheTTLSeconds", "60"));
  }
  for (const auto& [key, value] : spec.spark) {
    if (IsStartSetting(key)) continue;
    Status set = engine.session.SetConfig(key, value);
    if (!set.ok()) {
      return WithContext(std::move(set).error(), fmt::format("{}: spark: {}", spec.file, key));
    }
  }
  RunOptions options{.stop = std::move(stop), .list_files = {}};
  if (engine.is_remote()) {
    RETURN_IF_ERROR(ChooseCommitter(spec, engine.session));
    options.list_files = FilesOfRemoteOutputs(spec);
  }
  ASSIGN_OR_RETURN(PipelineGraph graph, BuildGraph(spec, engine.session));
  if (engine.is_remote()) RETURN_IF_ERROR(SayInSparksTerms(spec, engine, flags, graph));
  ASSIGN_OR_RETURN(GlueOutputs tables, GlueOutputs::Make(spec, graph, engine.session));
  if (flags.explain) RETURN_IF_ERROR(PrintPlans(graph));
  if (flags.check || flags.explain)
    return RunReport{.pipeline = spec.name, .stages = {}, .seconds = 0};
  std::unique_ptr<AwsWorld> world;
  if (!tables.empty()) {
    // What is wrong with region and settings is said before anything is written.
    ASSIGN_OR_RETURN(world, AwsWorld::Make());
    options.sync_catalog = [&](const PlannedOutput& output) {
      return tables.Sync(*world->api, output, options.stop);
    };
  } else if (flags.catalog_only) {
    return InvalidInput(fmt::format("{}: --catalog-only: no output has a 'catalog'", spec.file));
  }
  options.syncs_only = flags.catalog_only;
  return RunPipeline(spec, graph, engine.session, observer, options);
}

Result<RunReport> RunParsed(PipelineSpec spec, const RunFlags& flags, RunObserver& observer,
                            std::stop_token stop) {
  if (IsRemote(flags.engine) && !spec.ingests.empty()) {
    // What is wrong with the server is said before files travel.
    RETURN_IF_ERROR(CheckReachable(flags.engine, stop));
  }
  const std::string spark_version = TakeSparkVersion(spec.spark);
  std::vector<StageReport> ingested;
  if (flags.check || flags.explain) {
    ReadBeforeIngest(spec);
  } else if (!flags.catalog_only) {
    const bool silent = flags.quiet || flags.json;
    const ProgressStyle style = silent ? ProgressStyle::kNone : ProgressStyleFor(stderr);
    ASSIGN_OR_RETURN(ingested, RunIngest(spec, style, stderr, stop));
  }
  LocalOptions settings;
  settings.threads = spec.threads;
  settings.memory_limit = spec.memory;
  settings.temp_directory = spec.temp_directory;
  ShapeLocalEngine(spec.spark, settings);
  ASSIGN_OR_RETURN(const OpenedEngine engine, OpenEngine(flags.engine, settings, stop));
  RETURN_IF_ERROR(
      UseSparkDefaults(engine.session, flags.spark.empty() ? spark_version : flags.spark));
  if (flags.engine.verbose) DescribeRun(spec, engine);
  NoteSparkSettings(spec, engine, flags);
  auto report = RunOn(spec, engine, flags, observer, stop);
  if (!report.ok()) {
    return ExplainSession(ExplainMissingFiles(std::move(report).error(), engine), engine);
  }
  if (engine.is_remote() && !flags.quiet) NoteOutputsElsewhere(*report, engine);
  if (!flags.check && !flags.explain && !flags.catalog_only) {
    ASSIGN_OR_RETURN(const auto compacted, CompactOutputs(spec, flags.engine, stop));
    for (const StageReport& stage : compacted) report->seconds += stage.seconds;
    report->stages.insert(report->stages.end(), compacted.begin(), compacted.end());
  }
  for (const StageReport& stage : ingested) report->seconds += stage.seconds;
  report->stages.insert(report->stages.begin(), ingested.begin(), ingested.end());
  return report;
}

Result<RunReport> RunFile(const RunFlags& flags, RunObserver& observer, std::stop_token stop) {
  ASSIGN_OR_RETURN(const std::string text, ReadPipelineText(flags.file));
  ASSIGN_OR_RETURN(PipelineSpec spec, ParsePipeline(flags.file, text));
  if (flags.check || flags.explain) {
    return RunParsed(std::move(spec), flags, observer, std::move(stop));
  }
  RunTelemetry telemetry(spec, observer);
  auto report = RunParsed(std::move(spec), flags, telemetry, std::move(stop));
  const auto error = report.ok() ? std::nullopt : std::optional<Error>(report.error());
  for (const std::string& warning : telemetry.Finish(error)) {
    fmt::print(stderr, "ember: warning: {}\n", warning);
  }
  return report;
}

int ListOperations() {
  for (const OperationDoc& row : OperationDocs())
    fmt::print("{}: {}\n    {}\n", row.name, row.form, row.doc);
  return kExitOk;
}

int Run(const RunFlags& flags) {
  if (flags.list_operations) return ListOperations();
  if (flags.file.empty())
    return ReportError(InvalidInput("ember run needs a pipeline file; see ember run --help"));
  const InterruptGuard interrupt;
  const bool silent = flags.quiet || flags.json;
  ProgressDisplay display(silent ? ProgressStyle::kNone : ProgressStyleFor(stderr), stderr);
  auto report = RunFile(flags, display, interrupt.token());
  if (!report.ok()) return ReportError(report.error());
  if (flags.explain) return kExitOk;
  if (flags.check) {
    if (!silent) fmt::print("{} is a valid pipeline\n", flags.file);
  } else if (flags.json) {
    fmt::print("{}", RunSummaryJson(*report));
  } else if (!flags.quiet) {
    fmt::print("\n{}", RunSummaryText(*report));
  }
  return kExitOk;
}

}  // namespace

int RunPipelineFile(const std::string& file, const EngineFlags& engine) {
  RunFlags flags;
  flags.file = file;
  flags.engine = engine;
  return Run(flags);
}

void AddRunCommand(CLI::App& app, int* exit_code) {
  auto flags = std::make_shared<RunFlags>();
  CLI::App* command = app.add_subcommand("run", "run a pipeline file");
  command->add_option("pipeline", flags->file, "the pipeline file (YAML)")->type_name("FILE");
  AddOnFlags(*command, flags->engine);
  AddEngineFlags(*command, flags->engine);
  AddSparkFlag(*command, flags->spark);
  command->add_flag("-q,--quiet", flags->quiet, "no progress and no summary, only errors");
  command->add_flag("--json", flags->json, "the summary as one JSON object on stdout");
  command->add_flag("--check", flags->check,
                    "check the file, its names and types, and run nothing");
  command->add_flag("--explain", flags->explain,
                    "print the physical plan of every output, and run nothing");
  command->add_flag("--catalog-only", flags->catalog_only,
                    "write no files: only keep the outputs' tables in Glue in step with those that "
                    "are there");
  command->add_flag("--operations", flags->list_operations, "list what a step can do");
  command->footer(
      "Examples:\n"
      "  ember run examples/sp500/pipeline.yaml\n"
      "  ember run prices.yaml --memory 2GB --temp-dir /mnt/fast --threads 4\n"
      "  ember run prices.yaml --json | jq '.stages[] | {name, rows}'\n"
      "  ember run prices.yaml --check\n"
      "  ember run prices.yaml --on 'sc://spark.example:15002/;use_ssl=true' -v\n"
      "  ember run prices.yaml --on emr:stocks\n\n"
      "Relative paths start at the file's folder, on a real Spark too: it must see the same "
      "files.\n"
      "Exit codes: 0 done, 1 the run failed, 2 the file or the command line is wrong, 130 "
      "interrupted.");
  command->callback([flags, exit_code] { *exit_code = Run(*flags); });
}

}  // namespace ember
