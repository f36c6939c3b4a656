#include "cli/compact_outputs.h"

#include <fmt/format.h>

#include <chrono>

#include "aws/s3_remote_stores.h"
#include "duckdb/compaction.h"
#include "pipeline/graph.h"
#include "pipeline/spark_write.h"
#include "store/remote_stores.h"
#include "store/store.h"

namespace ember {
namespace {

CompactionRequest RequestOf(const PipelineSpec& spec, const OutputSpec& output) {
  CompactionRequest request{.path = ResolvePath(spec.file, output.path), .format = output.format};
  if (const auto size = output.options.find(std::string(kTargetFileSize));
      size != output.options.end()) {
    request.target_bytes = FileSizeOf(size->second).value_or(request.target_bytes);
  }
  if (output.format == "csv") {
    const auto header = output.options.find("header");
    request.has_header = header != output.options.end() && header->second == "true";
  }
  return request;
}

}  // namespace

Result<std::vector<StageReport>> CompactOutputs(const PipelineSpec& spec, const EngineFlags& flags,
                                                const std::stop_token& stop) {
  std::vector<StageReport> stages;
  const auto operations = MakeLocalFileOperations();
  const auto local = MakeLocalStore(*operations);
  const auto remote = MakeS3RemoteStores();
  LocalEngineOptions options;
  options.threads = flags.threads != 0 ? flags.threads : spec.threads;
  options.memory_limit = flags.memory.empty() ? spec.memory : flags.memory;
  options.temp_directory =
      flags.temp_directory.empty() ? spec.temp_directory : flags.temp_directory;
  for (const auto& [key, value] : spec.spark) {
    if (remote->IsSetting(key)) options.config[key] = value;
  }
  options.remote = remote.get();
  for (const OutputSpec& output : spec.outputs) {
    if (!output.compact) continue;
    const auto start = std::chrono::steady_clock::now();
    const CompactionRequest request = RequestOf(spec, output);
    auto report = CompactFolders(request, options, *local, {}, stop);
    if (!report.ok()) {
      return WithContext(std::move(report).error(),
                         fmt::format("{}: compact of output '{}'", spec.file, output.name));
    }
    StageReport stage{
        .kind = "compact", .name = output.name, .path = request.path, .format = output.format};
    for (const CompactedFolder& folder : report->folders) {
      stage.rows = folder.rows < 0 || stage.rows < 0 ? -1 : stage.rows + folder.rows;
      stage.bytes += folder.bytes_after;
      stage.files += folder.files_after;
    }
    stage.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    stages.push_back(std::move(stage));
  }
  return stages;
}

}  // namespace ember
