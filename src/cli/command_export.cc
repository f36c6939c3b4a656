// ember export: a pipeline as a PySpark program.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <ember/session.h>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/ingest_commands.h"
#include "cli/pipeline_file.h"
#include "cli/spark_settings.h"
#include "cli/spark_version.h"
#include "cli/work_verbs.h"
#include "duckdb/spark_release.h"
#include "export/pyspark_program.h"
#include "pipeline/comments.h"
#include "pipeline/graph.h"
#include "pipeline/parse.h"
#include "pipeline/run.h"
#include "pipeline/spark_write.h"
#include "session/storage_level.h"

namespace ember {
namespace {

constexpr const char* kAnsi = "spark.sql.ansi.enabled";

struct ExportFlags {
  std::string file;
  std::string output;
  bool pyspark = false;
  bool without_ingest = false;
  bool without_aws = false;
};

std::string Joined(const std::string& a, const std::string& b, std::string_view separator) {
  return a.empty() || b.empty() ? a + b : a + std::string(separator) + b;
}

// Settings of the local engine: a cluster has its own.
std::vector<std::string> LocalSettings(const PipelineSpec& spec) {
  std::string text;
  if (spec.threads != 0) text = fmt::format("threads {}", spec.threads);
  if (!spec.memory.empty()) text = Joined(text, "memory " + spec.memory, ", ");
  if (!spec.temp_directory.empty())
    text = Joined(text, "temp_directory " + spec.temp_directory, ", ");
  if (text.empty()) return {};
  return {"Of Ember's local engine, without a meaning here: " + text};
}

void AddDescription(const PipelineSpec& spec, const std::string& text, ExportedProgram& program) {
  program.name = spec.name.empty() ? std::filesystem::path(spec.file).stem().string() : spec.name;
  std::string line;
  for (const char c : spec.description + "\n") {
    if (c != '\n') {
      line += c;
    } else if (!line.empty()) {
      program.description.push_back(std::exchange(line, ""));
    }
  }
  for (std::string& comment : FileComments(text)) program.description.push_back(comment);
}

// What the program leaves to its user.
Status AddIngest(const PipelineSpec& spec, ExportedProgram& program) {
  if (spec.ingests.empty()) return {};
  ASSIGN_OR_RETURN(const std::vector<std::string> commands, IngestCommands(spec));
  program.description.emplace_back("");
  program.description.emplace_back(
      "This program brings no files to S3, as the pipeline does. Before each run of it, in the "
      "pipeline's folder:");
  for (const std::string& command : commands) program.description.push_back("    " + command);
  return {};
}

// What `ember run` tells AWS, and a program does not.
std::vector<std::string> ToldToAws(const PipelineSpec& spec) {
  std::vector<std::string> told;
  for (const OutputSpec& output : spec.outputs) {
    if (!output.glue) continue;
    told.push_back(fmt::format("the table {}.{} of Glue (`catalog` of output '{}')",
                               output.glue->database, output.glue->table, output.name));
  }
  if (!spec.metrics_namespace.empty()) {
    told.push_back(fmt::format("the metrics of {} (`metrics`)", spec.metrics_namespace));
  }
  if (!spec.log_group.empty()) told.push_back(fmt::format("the log {} (`logs`)", spec.log_group));
  return told;
}

Status AddToldToAws(const PipelineSpec& spec, const ExportFlags& flags, ExportedProgram& program) {
  const std::vector<std::string> told = ToldToAws(spec);
  if (told.empty()) return {};
  if (!flags.without_aws) {
    return Unsupported(fmt::format(
        "export of {}, of which a PySpark program does not tell AWS: with --without-aws the "
        "program says what it leaves out",
        fmt::join(told, ", ")));
  }
  program.description.emplace_back("");
  program.description.emplace_back("This program leaves out, as `ember run` does not:");
  for (const std::string& what : told) program.description.push_back("    " + what);
  const bool has_tables = std::any_of(spec.outputs.begin(), spec.outputs.end(),
                                      [](const auto& output) { return output.glue.has_value(); });
  if (has_tables) {
    program.description.emplace_back(
        "`ember run --catalog-only` with the pipeline keeps the tables in step after each run.");
  }
  return {};
}

// What df.persist() takes; empty for cache()'s level. PySpark's constants lack Scala's second flag.
std::string PythonLevel(std::string_view name) {
  const StorageLevelRow* row = FindStorageLevel(name);
  if (row == nullptr || row->name == "MEMORY_AND_DISK") return {};
  const auto word = [](bool flag) { return flag ? "True" : "False"; };
  const StorageLevel& level = row->level;
  return fmt::format("StorageLevel({}, {}, {}, {}, {})", word(level.use_disk),
                     word(level.use_memory), word(level.use_off_heap), word(level.deserialized),
                     level.replication);
}

// Inputs and steps in the order of the file; what the outputs do not need is not in the graph.
void AddFrames(const PipelineSpec& spec, const PipelineGraph& graph, const std::string& text,
               ExportedProgram& program) {
  const auto add = [&](const std::string& name, const std::string& variable,
                       std::vector<std::string> comments) {
    const auto frame = graph.frames.find(name);
    if (frame == graph.frames.end()) return;
    const auto kept = std::find_if(graph.kept.begin(), graph.kept.end(),
                                   [&](const KeptFrame& k) { return k.name == name; });
    const bool is_kept = kept != graph.kept.end();
    program.frames.push_back({.name = variable,
                              .relation = frame->second.relation(),
                              .is_cached = is_kept,
                              .storage_level = is_kept ? PythonLevel(kept->level) : "",
                              .comments = std::move(comments)});
  };
  for (const InputSpec& input : spec.inputs) {
    add(input.name + kCheckedSuffix, input.name + "_checked", {});
    add(input.name, input.name, EntryComments(text, input.location, input.name));
  }
  for (const StepSpec& step : spec.steps)
    add(step.name, step.name, EntryComments(text, step.location, step.name));
}

Result<std::string> ExportFile(const ExportFlags& flags) {
  ASSIGN_OR_RETURN(const std::string text, ReadPipelineText(flags.file));
  ASSIGN_OR_RETURN(PipelineSpec spec, ParsePipeline(flags.file, text));
  const std::string spark_version = TakeSparkVersion(spec.spark);
  if (!spec.ingests.empty() && !flags.without_ingest) {
    return Unsupported(
        "export of a pipeline's `ingest`, as a PySpark program brings no files to S3: with "
        "--without-ingest the program says which commands do, to be run before it");
  }
  ASSIGN_OR_RETURN(const SparkSession session, SparkSession::Local({}));
  RETURN_IF_ERROR(UseSparkDefaults(session, spark_version));
  for (const auto& [key, value] : spec.spark) {
    if (!IsStartSetting(key)) RETURN_IF_ERROR(session.SetConfig(key, value));
  }
  ASSIGN_OR_RETURN(PipelineGraph graph, BuildGraph(spec, session));

  ExportedProgram program;
  AddDescription(spec, text, program);
  RETURN_IF_ERROR(AddIngest(spec, program));
  RETURN_IF_ERROR(AddToldToAws(spec, flags, program));
  const auto folder = std::filesystem::absolute(flags.file).parent_path().lexically_normal();
  program.folder = folder.string();
  program.settings_comments = LocalSettings(spec);
  program.settings = spec.spark;
  program.settings.merge(WriteBySpark(graph).settings);
  // The defaults that the pipeline was checked with, whatever those of the Spark are that runs it.
  ASSIGN_OR_RETURN(const SparkRelease release, ParseSparkRelease(spark_version));
  auto defaults = DefaultsOf(release);
  program.settings.emplace(kAnsi, defaults[kAnsi]);
  if (!spark_version.empty()) program.settings.merge(defaults);
  AddFrames(spec, graph, text, program);
  for (const PlannedOutput& output : graph.outputs) {
    const bool is_rejects = output.kind == "rejects";
    if (output.write.compact) {
      return Unsupported("export of `compact` of output '" + output.name +
                         "': Spark has no such command; run `ember compact` after the program");
    }
    ASSIGN_OR_RETURN(WriteFiles command, OutputCommand(output));
    ExportedWrite write{.write = std::move(command), .comments = {}, .counted_as = ""};
    if (is_rejects) {
      program.frames.push_back({.name = output.name + "_rejects",
                                .relation = output.frame.relation(),
                                .is_cached = false,
                                .storage_level = "",
                                .comments = {"Rows that do not fit their types"}});
      write.counted_as = "rejects of " + output.name;
    } else {
      write.comments = EntryComments(text, output.write.location, output.name);
    }
    program.writes.push_back(std::move(write));
  }
  return ExportPySpark(program);
}

Status WriteText(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (file) return {};
  return InvalidInput(fmt::format("cannot write '{}': {}", path, std::strerror(errno)));
}

int Export(const ExportFlags& flags) {
  if (!flags.pyspark) {
    return ReportError(InvalidInput("ember export needs to know into what: add --pyspark"));
  }
  const auto text = ExportFile(flags);
  if (!text.ok()) return ReportError(text.error());
  if (flags.output.empty()) {
    fmt::print("{}", *text);
    return kExitOk;
  }
  const Status written = WriteText(flags.output, *text);
  return written.ok() ? kExitOk : ReportError(written.error());
}

}  // namespace

Result<std::string> ExportPipelineFile(const std::string& file) {
  ExportFlags flags;
  flags.file = file;
  flags.without_ingest = true;
  return ExportFile(flags);
}

void AddExportCommand(CLI::App& app, int* exit_code) {
  auto flags = std::make_shared<ExportFlags>();
  CLI::App* command = app.add_subcommand("export", "write a pipeline file as a PySpark program");
  command->add_option("pipeline", flags->file, "the pipeline file (YAML)")
      ->required()
      ->type_name("FILE");
  command->add_flag("--pyspark", flags->pyspark, "as PySpark, for Spark 3.5 and later");
  command->add_flag("--without-ingest", flags->without_ingest,
                    "leave the pipeline's `ingest` to commands that the program names");
  command->add_flag("--without-aws", flags->without_aws,
                    "leave out the pipeline's tables in Glue, metrics and logs; the program names "
                    "them");
  command->add_option("-o,--output", flags->output, "write to this file (default: stdout)")
      ->type_name("FILE");
  command->footer(
      "The program does the same as `ember run`: by spark-submit on any cluster, by plain python,\n"
      "and by `ember python`. The pipeline is checked first, so its inputs must be readable.\n\n"
      "Examples:\n"
      "  ember export examples/sp500/pipeline.yaml --pyspark\n"
      "  ember export prices.yaml --pyspark -o prices.py && spark-submit prices.py\n"
      "  spark-submit prices.py s3://bucket/project     # where the relative paths are there\n\n"
      "Exit codes: 0 done, 1 something has no words in PySpark (the message names it), 2 the file\n"
      "or the command line is wrong.");
  command->callback([flags, exit_code] { *exit_code = Export(*flags); });
}

}  // namespace ember
