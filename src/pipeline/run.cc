#include "pipeline/run.h"

#include <fmt/format.h>

#include <chrono>

#include "plan/attribute_name.h"
#include "plan/command.h"

namespace ember {
namespace {

double SecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

SaveMode ToSaveMode(const std::string& mode) {
  if (mode == "append") return SaveMode::kAppend;
  if (mode == "error") return SaveMode::kErrorIfExists;
  if (mode == "ignore") return SaveMode::kIgnore;
  return SaveMode::kOverwrite;
}

// What is new in an output's folder is what a write put there: Spark never uses a name twice.
class FolderWatch {
 public:
  FolderWatch(const ListFiles& list, const std::string& folder) : list_(list), folder_(folder) {
    if (list_ && !folder_.empty()) before_ = list_(folder_);
  }

  /// Adds what the engine did not tell. Nothing new means that it wrote elsewhere.
  void Complete(StageReport& stage) const {
    if (stage.bytes >= 0 || !before_) return;
    const auto after = list_(folder_);
    if (!after) return;
    int64_t files = 0;
    int64_t bytes = 0;
    for (const auto& [path, size] : *after) {
      if (before_->contains(path)) continue;
      ++files;
      bytes += size;
    }
    if (files == 0) return;
    stage.files = files;
    stage.bytes = bytes;
  }

 private:
  const ListFiles& list_;
  const std::string& folder_;
  std::optional<FileSizes> before_;
};

// A table without a path of its own has its name only.
const std::string& PlaceOf(const PlannedOutput& output) {
  return output.write.path.empty() ? output.write.table : output.write.path;
}

Result<StageReport> WriteOutput(const PlannedOutput& output, const SparkSession& session,
                                RunObserver& observer, const RunOptions& run_options) {
  const FolderWatch watch(run_options.list_files, output.write.path);
  const auto start = std::chrono::steady_clock::now();
  ExecuteOptions options;
  options.stop = run_options.stop;
  options.progress = [&](const Progress& progress) { observer.StageProgress(progress); };
  ASSIGN_OR_RETURN(const WriteFiles command, OutputCommand(output));
  ASSIGN_OR_RETURN(const WriteResult written,
                   session.session()->Write(command, std::move(options)));
  StageReport stage{.kind = output.kind,
                    .name = output.name,
                    .path = PlaceOf(output),
                    .format = output.write.format,
                    .rows = written.rows,
                    .bytes = written.bytes,
                    .files = written.bytes < 0 ? -1 : static_cast<int64_t>(written.files.size()),
                    .seconds = SecondsSince(start)};
  watch.Complete(stage);
  return stage;
}

// The files are there whatever comes of this.
Status SyncCatalog(const PipelineSpec& spec, const PlannedOutput& output, const RunOptions& options,
                   StageReport& stage) {
  if (!output.write.glue || !options.sync_catalog) return {};
  const auto start = std::chrono::steady_clock::now();
  auto said = options.sync_catalog(output);
  if (!said.ok()) {
    return WithContext(
        std::move(said).error(),
        fmt::format("{}: output '{}': its files are written and stay; only its table {}.{} in Glue "
                    "is not in step: run again with --catalog-only, which writes no files",
                    spec.file, output.name, output.write.glue->database, output.write.glue->table));
  }
  stage.catalog = *std::move(said);
  stage.seconds += SecondsSince(start);
  return {};
}

}  // namespace

Result<WriteFiles> OutputCommand(const PlannedOutput& output) {
  WriteFiles write;
  write.input = output.frame.relation();
  write.format = output.write.format;
  write.path = output.write.path;
  write.mode = ToSaveMode(output.write.mode);
  write.partition_by = output.write.partition_by;
  for (const auto& [key, value] : output.write.options) SetOption(write.options, key, value);
  if (output.write.table.empty()) return write;
  ASSIGN_OR_RETURN(write.table, SplitAttributeName(output.write.table));
  write.buckets = output.write.buckets;
  write.bucket_by = output.write.bucket_by;
  write.sort_by = output.write.sort_by;
  // DataFrameWriter.saveAsTable: a table with a path of its own is an external one.
  if (!write.path.empty()) SetOption(write.options, "path", std::exchange(write.path, ""));
  return write;
}

Result<RunReport> RunPipeline(const PipelineSpec& spec, const PipelineGraph& graph,
                              const SparkSession& session, RunObserver& observer,
                              RunOptions run_options) {
  const auto run_start = std::chrono::steady_clock::now();
  const bool reads = !run_options.syncs_only;
  for (const KeptFrame& kept : graph.kept) {
    if (reads) RETURN_IF_ERROR(graph.frames.at(kept.name).Persist(kept.level));
  }
  RunReport report;
  report.pipeline = spec.name;
  for (size_t i = 0; i < graph.outputs.size(); ++i) {
    const PlannedOutput& output = graph.outputs[i];
    if (run_options.syncs_only && !output.write.glue) continue;
    observer.StageStarted(output, i, graph.outputs.size());
    StageReport stage{.kind = output.kind,
                      .name = output.name,
                      .path = PlaceOf(output),
                      .format = output.write.format,
                      .rows = -1,
                      .bytes = -1,
                      .files = -1};
    if (!run_options.syncs_only) {
      auto written = WriteOutput(output, session, observer, run_options);
      if (!written.ok()) {
        return WithContext(std::move(written).error(),
                           fmt::format("{}: {} '{}'", spec.file, output.kind, output.name));
      }
      stage = *std::move(written);
    }
    RETURN_IF_ERROR(SyncCatalog(spec, output, run_options, stage));
    observer.StageFinished(stage);
    report.stages.push_back(std::move(stage));
  }
  for (const KeptFrame& kept : graph.kept) {
    if (reads) RETURN_IF_ERROR(graph.frames.at(kept.name).Unpersist());
  }
  report.seconds = SecondsSince(run_start);
  return report;
}

}  // namespace ember
