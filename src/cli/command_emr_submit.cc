// ember emr submit: a pipeline or a program on a running cluster, by a session or as a step.
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/emr_access.h"
#include "cli/emr_submit.h"
#include "cli/exit_code.h"
#include "cli/ingest.h"
#include "cli/interrupt.h"
#include "cli/pipeline_file.h"
#include "cli/spark_version.h"
#include "cli/text_file.h"
#include "cli/work_verbs.h"
#include "emr/cluster_file.h"
#include "emr/request.h"
#include "emr/validate.h"
#include "lifecycle/cluster_logs.h"
#include "lifecycle/connect_session.h"
#include "lifecycle/program_upload.h"
#include "lifecycle/submitted_step.h"
#include "pipeline/parse.h"

namespace ember {
namespace {

struct SubmitFlags {
  std::string cluster;
  std::string work;
  std::vector<std::string> arguments;
  std::string step;
  std::string via = "auto";
  std::string bucket;
  std::vector<std::string> py_files;
  bool no_wait = false;
  bool again = false;
  bool json = false;
  bool verbose = false;
  int log_wait_seconds = 120;
};

// Settings that spark-submit is told otherwise, or that say where Spark is.
constexpr auto kPlaceSettings = std::to_array<std::string_view>(
    {"spark.master", "spark.remote", "spark.submit.deployMode", "spark.app.name"});

bool IsS3(const std::string& path) {
  return path.starts_with("s3://") || path.starts_with("s3a://");
}

bool IsPipeline(const std::string& path) {
  return path.ends_with(".yaml") || path.ends_with(".yml");
}

/// What becomes of one submission.
class Submission {
 public:
  Submission(const SubmitFlags& flags, EmrAccess& access, RunningCluster cluster,
             std::stop_token stop)
      : flags_(flags), access_(access), cluster_(std::move(cluster)), stop_(std::move(stop)) {}

  Result<int> Run() {
    ASSIGN_OR_RETURN(const StepRequest step, MakeStep());
    ASSIGN_OR_RETURN(
        const StepSubmission submitted,
        SubmitEmrStep(*access_.api, *access_.host, cluster_.id, step,
                      flags_.again ? StepRepeat::kRunAgain : StepRepeat::kJoin, stop_));
    Say(fmt::format("step {} ('{}') of cluster {} ({}){}", submitted.step_id, step.name,
                    cluster_.name, cluster_.id,
                    submitted.was_there ? ": it does the same and is under way already; --again "
                                          "runs it once more"
                                        : ""));
    if (!submitted.doubled.empty()) {
      Say(fmt::format("a lost answer had it added again as {}: cancelled",
                      fmt::join(submitted.doubled, ", ")));
    }
    if (flags_.no_wait) {
      if (flags_.json) {
        PrintJson({{"cluster", cluster_.id}, {"step", submitted.step_id}});
      } else {
        fmt::print("{}\n", submitted.step_id);
      }
      return kExitOk;
    }
    return Wait(submitted.step_id);
  }

 private:
  void Say(const std::string& text) const { fmt::print(stderr, "ember: {}\n", text); }
  static void PrintJson(const nlohmann::ordered_json& json) { fmt::print("{}\n", json.dump()); }

  Result<StepRequest> MakeStep() {
    if (!flags_.step.empty()) return StepOfFile();
    EmrStep step;
    step.name = std::filesystem::path(flags_.work).stem().string();
    step.spark.emplace();
    EmrSparkJob& job = *step.spark;
    job.arguments = flags_.arguments;
    for (const std::string& file : flags_.py_files) {
      ASSIGN_OR_RETURN(std::string uri, InBucket(file));
      job.py_files.push_back(std::move(uri));
    }
    if (IsPipeline(flags_.work)) {
      RETURN_IF_ERROR(AddPipeline(step));
    } else {
      ASSIGN_OR_RETURN(job.program, InBucket(flags_.work));
    }
    return StepRequest{
        .name = step.name, .on_failure = "continue", .arguments = EmrStepArguments(step)};
  }

  // A typed step of the cluster file, by its name.
  Result<StepRequest> StepOfFile() const {
    if (!IsPipeline(flags_.cluster)) {
      return InvalidInput(
          fmt::format("--step {}: steps stand in the cluster file; name the file in place of '{}'",
                      flags_.step, flags_.cluster));
    }
    ASSIGN_OR_RETURN(const std::string text, ReadTextFile(flags_.cluster));
    const EmrCluster file = ReadEmrCluster(flags_.cluster, text).cluster;
    std::vector<std::string> names;
    for (const EmrStep& step : file.steps) {
      names.push_back(step.name);
      if (step.name != flags_.step) continue;
      StepRequest request{
          .name = step.name, .on_failure = step.on_failure, .arguments = EmrStepArguments(step)};
      request.arguments.insert(request.arguments.end(), flags_.arguments.begin(),
                               flags_.arguments.end());
      return request;
    }
    return InvalidInput(
        fmt::format("'{}' has no step '{}'; it has {}", flags_.cluster, flags_.step,
                    names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))));
  }

  Result<std::string> Bucket() const {
    if (!flags_.bucket.empty()) return flags_.bucket;
    if (IsPipeline(flags_.cluster)) {
      ASSIGN_OR_RETURN(const std::string text, ReadTextFile(flags_.cluster));
      std::string bucket = ReadEmrCluster(flags_.cluster, text).cluster.storage.bucket;
      if (!bucket.empty()) return bucket;
    }
    return ProgramBucket(cluster_);
  }

  Result<std::string> Upload(const std::string& name, const std::string& text) const {
    ASSIGN_OR_RETURN(const std::string bucket, Bucket());
    ASSIGN_OR_RETURN(const auto s3, access_.clients->For(bucket));
    ASSIGN_OR_RETURN(const UploadedProgram program, UploadEmrProgram(*s3, name, text, stop_));
    if (flags_.verbose)
      Say(fmt::format("{} {}", program.uri, program.was_there ? "is there already" : "uploaded"));
    return program.uri;
  }

  // A file where the cluster sees it.
  Result<std::string> InBucket(const std::string& path) const {
    if (IsS3(path)) return path;
    ASSIGN_OR_RETURN(const std::string text, ReadTextFile(path));
    return Upload(std::filesystem::path(path).filename().string(), text);
  }

  Status AddPipeline(EmrStep& step) const {
    ASSIGN_OR_RETURN(const std::string text, ReadPipelineText(flags_.work));
    ASSIGN_OR_RETURN(PipelineSpec spec, ParsePipeline(flags_.work, text));
    TakeSparkVersion(spec.spark);
    if (!spec.name.empty()) step.name = spec.name;
    if (!spec.ingests.empty()) {
      const ProgressStyle style = flags_.json ? ProgressStyle::kNone : ProgressStyleFor(stderr);
      ASSIGN_OR_RETURN(const auto ingested, RunIngest(spec, style, stderr, stop_));
    }
    ASSIGN_OR_RETURN(const std::string program, ExportPipelineFile(flags_.work));
    if (program.find("\nFOLDER = sys.argv[1]") != std::string::npos && flags_.arguments.empty()) {
      return InvalidInput(fmt::format(
          "'{}' has paths of this machine, which the cluster does not see: write s3://… in the "
          "pipeline, or say where its folder is there: ember emr submit {} {} -- "
          "s3://bucket/folder",
          flags_.work, flags_.cluster, flags_.work));
    }
    EmrSparkJob& job = *step.spark;
    for (const auto& [name, value] : spec.spark) {
      if (std::find(kPlaceSettings.begin(), kPlaceSettings.end(), name) == kPlaceSettings.end())
        job.settings[name] = value;
    }
    const std::string stem = std::filesystem::path(flags_.work).stem().string();
    ASSIGN_OR_RETURN(job.program, Upload(stem + ".py", program));
    return {};
  }

  Result<int> Wait(const std::string& step_id) {
    const auto begin = std::chrono::steady_clock::now();
    std::string state;
    const auto observe = [&](const SubmittedStep& step) {
      if (step.state == state) return;
      state = step.state;
      const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
      if (!flags_.json) Say(fmt::format("{:>6.0f} s  {}", passed.count(), state));
    };
    auto step = AwaitEmrStep(*access_.api, *access_.host, cluster_.id, step_id, observe, stop_);
    if (!step.ok()) return stop_.stop_requested() ? Cancel(step_id) : Lose(step.error(), step_id);
    if (flags_.json) {
      PrintJson({{"cluster", cluster_.id},
                 {"step", step_id},
                 {"state", step->state},
                 {"reason", step->reason},
                 {"seconds", static_cast<double>(step->ended_us - step->started_us) / 1e6}});
    }
    if (step->has_succeeded()) return kExitOk;
    ShowLastWords(step_id);
    return MakeError("EMBER_EMR.STEP",
                     {{"step", step_id},
                      {"cluster", cluster_.id},
                      {"what", fmt::format("{}{}{}; all its logs: ember emr logs {} --step {}",
                                           step->state, step->reason.empty() ? "" : ": ",
                                           step->reason, cluster_.id, step_id)}});
  }

  Result<int> Cancel(const std::string& step_id) {
    Say(fmt::format("interrupted: cancelling step {}", step_id));
    const auto step = CancelEmrStep(*access_.api, *access_.host, cluster_.id, step_id);
    if (!step.ok()) return Lose(step.error(), step_id);
    Say(fmt::format("step {} is {}", step_id, step->state));
    return kExitCancelled;
  }

  // Whatever went wrong here, the step goes on there.
  Result<int> Lose(const Error& error, const std::string& step_id) const {
    return WithContext(error,
                       fmt::format("step {} of cluster {} is not ended by this; see ember emr "
                                   "logs {} --step {}",
                                   step_id, cluster_.id, cluster_.id, step_id));
  }

  void ShowLastWords(const std::string& step_id) {
    const auto place = EmrLogPlaceOf(cluster_);
    if (!place.ok()) return Say(place.error().message);
    if (flags_.log_wait_seconds > 0)
      Say("it did not succeed; its logs reach S3 some minutes later: waiting for them");
    const auto s3 = access_.clients->For(place->bucket);
    if (!s3.ok()) return Say(s3.error().message);
    const auto words = LastWordsOfEmrStep(*access_.host, **s3, *place, step_id,
                                          int64_t{1000} * flags_.log_wait_seconds, stop_);
    if (!words.ok()) return Say(words.error().ToString());
    for (const LogPiece& piece : *words)
      fmt::print(stderr, "--- the end of {}\n{}", piece.name, piece.text);
    if (words->empty()) Say("its logs have not arrived yet");
  }

  const SubmitFlags& flags_;
  EmrAccess& access_;
  RunningCluster cluster_;
  std::stop_token stop_;
};

// Through a session where the cluster has them; a session runs what is on this machine.
bool GoesByConnect(const SubmitFlags& flags, const RunningCluster& cluster) {
  const bool can = flags.step.empty() && !IsS3(flags.work) && !flags.no_wait &&
                   flags.py_files.empty() && !(IsPipeline(flags.work) && !flags.arguments.empty());
  // A cluster that starts takes steps already, and sessions not yet.
  const bool is_ready = HasEmrSessions(cluster) && CheckEmrSessions(cluster).ok();
  return flags.via == "connect" || (flags.via == "auto" && can && is_ready);
}

int SubmitByConnect(const SubmitFlags& flags, const std::string& cluster_id) {
  EngineFlags engine;
  engine.on = "emr:" + cluster_id;
  engine.verbose = flags.verbose;
  if (IsPipeline(flags.work)) return RunPipelineFile(flags.work, engine);
  std::vector<std::string> arguments = {flags.work};
  arguments.insert(arguments.end(), flags.arguments.begin(), flags.arguments.end());
  return RunPythonProgram(arguments, engine);
}

Status CheckFlags(const SubmitFlags& flags) {
  if (flags.work.empty() == flags.step.empty()) {
    return InvalidInput(
        "say what to run: a pipeline file or a Python program, or --step with a step of the "
        "cluster file");
  }
  if (flags.via == "connect" && (!flags.step.empty() || flags.no_wait || IsS3(flags.work)))
    return InvalidInput("--via connect runs a file of this machine, and waits for its end");
  const bool is_known = IsPipeline(flags.work) || flags.work.ends_with(".py") || flags.work.empty();
  if (!is_known) {
    return InvalidInput(
        fmt::format("'{}' is neither a pipeline (.yaml) nor a Python program (.py)", flags.work));
  }
  return {};
}

Result<int> Submit(const SubmitFlags& flags) {
  RETURN_IF_ERROR(CheckFlags(flags));
  std::string by_connect;
  {
    const InterruptGuard interrupt;
    ASSIGN_OR_RETURN(const auto access, AccessToEmrCluster(flags.cluster));
    ASSIGN_OR_RETURN(RunningCluster cluster,
                     ResolveEmrCluster(*access->api, flags.cluster, interrupt.token()));
    if (!cluster.is_live() || cluster.state == "TERMINATING") {
      return InvalidInput(
          fmt::format("cluster {} is {} and takes no steps: start one with ember emr "
                      "up FILE --apply",
                      cluster.id, cluster.state));
    }
    if (!GoesByConnect(flags, cluster))
      return Submission(flags, *access, std::move(cluster), interrupt.token()).Run();
    by_connect = cluster.id;
  }
  return SubmitByConnect(flags, by_connect);
}

}  // namespace

void AddEmrSubmit(CLI::App& emr, int* exit_code) {
  auto flags = std::make_shared<SubmitFlags>();
  CLI::App* command = emr.add_subcommand("submit", "run a pipeline or a program on a cluster");
  command->add_option("cluster", flags->cluster, "a live cluster: its name, its id or its file")
      ->required();
  command->add_option("work", flags->work,
                      "a pipeline (.yaml) or a Python program (.py, here or s3://…)");
  command->add_option("arguments", flags->arguments, "of the program, behind --");
  command->add_option("--step", flags->step, "a step of the cluster file, by its name")
      ->type_name("NAME");
  command
      ->add_option("--via", flags->via,
                   "connect: a session, and this process waits; step: on the cluster alone; auto: "
                   "a session where the cluster has them")
      ->check(CLI::IsMember({"auto", "connect", "step"}))
      ->capture_default_str();
  command->add_option("--bucket", flags->bucket,
                      "where the program goes (default: the file's bucket, else that of the logs)");
  command->add_option("--py-files", flags->py_files, "further Python files, here or s3://…")
      ->type_name("FILE");
  command->add_flag("--no-wait", flags->no_wait, "print the step's id and leave it alone");
  command->add_flag("--again", flags->again, "even if the same is under way already");
  command->add_flag("--json", flags->json, "what became of it as one JSON object on stdout");
  command
      ->add_option("--log-wait", flags->log_wait_seconds,
                   "how long to wait for the logs of a failed step")
      ->type_name("SECONDS")
      ->capture_default_str();
  command->add_flag("-v,--verbose", flags->verbose, "say on stderr what goes where");
  command->footer(
      "A pipeline goes as a PySpark program (ember export) into programs/ember/ of the bucket.\n"
      "Ctrl-C cancels the step.\n\n"
      "Examples:\n"
      "  ember emr submit stocks prices.yaml\n"
      "  ember emr submit stocks job.py -- --day 2026-11-20\n"
      "  ember emr submit cluster.yaml --step compact\n"
      "  ember emr submit j-2AXXXXXXGAPLF prices.yaml --via step --no-wait\n\n"
      "Exit codes: 0 the step is COMPLETED, 1 it is not, 2 the command line is wrong, 130 "
      "cancelled.");
  command->callback([flags, exit_code] {
    const Result<int> code = Submit(*flags);
    *exit_code = code.ok() ? *code : ReportError(code.error());
  });
}

}  // namespace ember
