#include "cli/ingest.h"

#include <fmt/format.h>
#include <glob.h>

#include <filesystem>

#include "aws/s3_transfer.h"
#include "cli/s3_world.h"
#include "cli/transfer_display.h"
#include "pipeline/graph.h"
#include "report/number_text.h"
#include "store/store.h"

namespace ember {
namespace {

// A path with its glob resolved; a path of S3, and one that matches nothing, as it is.
std::vector<std::string> Expand(const std::string& path) {
  if (!HasGlob(path) || ParseS3Path(path)) return {path};
  glob_t found{};
  std::vector<std::string> paths;
  if (glob(path.c_str(), GLOB_BRACE, nullptr, &found) == 0) {
    paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  }
  globfree(&found);
  return paths.empty() ? std::vector<std::string>{path} : paths;
}

TransferRequest RequestOf(const PipelineSpec& spec, const IngestSpec& ingest) {
  TransferRequest request = {.to = ingest.to + (ingest.to.ends_with('/') ? "" : "/"),
                             .include = ingest.include,
                             .exclude = ingest.exclude,
                             .removes_others = ingest.removes_others,
                             .parallel = ingest.parallel};
  if (ingest.compares_content) request.compare = TransferCompare::kContent;
  for (const std::string& from : ingest.from) {
    for (std::string& path : Expand(ResolvePath(spec.file, from))) {
      request.from.push_back(std::move(path));
    }
  }
  return request;
}

Result<StageReport> RunOne(S3World& world, const PipelineSpec& spec, const IngestSpec& ingest,
                           ProgressStyle style, std::FILE* stream, const std::stop_token& stop) {
  const TransferRequest request = RequestOf(spec, ingest);
  ASSIGN_OR_RETURN(TransferPlan plan, PlanTransfer(*world.clients, request, stop));
  const std::string label = fmt::format("[ingest] {}", ingest.name);
  TransferReport report;
  double seconds = 0;
  {
    TransferDisplay display(style, stream, label, plan);
    ASSIGN_OR_RETURN(report, RunTransfer(*world.clients, request, plan, display, stop));
    seconds = display.seconds();
  }
  if (style != ProgressStyle::kNone) {
    fmt::print(stream, "{}: {} files, {} in {}; {} already there\n", label, CountText(report.files),
               BytesText(report.bytes), SecondsText(seconds), CountText(plan.unchanged));
  }
  return StageReport{.kind = "ingest",
                     .name = ingest.name,
                     .path = ingest.to,
                     .format = "files",
                     .rows = -1,
                     .bytes = report.bytes,
                     .files = report.files,
                     .seconds = seconds};
}

}  // namespace

Result<std::vector<StageReport>> RunIngest(const PipelineSpec& spec, ProgressStyle style,
                                           std::FILE* stream, const std::stop_token& stop) {
  std::vector<StageReport> stages;
  if (spec.ingests.empty()) return stages;
  ASSIGN_OR_RETURN(std::unique_ptr<S3World> world, S3World::Make(spec.spark));
  for (const IngestSpec& ingest : spec.ingests) {
    Result<StageReport> stage = RunOne(*world, spec, ingest, style, stream, stop);
    if (!stage.ok()) {
      return WithContext(std::move(stage).error(),
                         fmt::format("{}:{}:{}: ingest '{}'", spec.file, ingest.location.line,
                                     ingest.location.column, ingest.name));
    }
    stages.push_back(*std::move(stage));
  }
  return stages;
}

namespace {

// What a reader of the target folder would find of one source: the files of a folder that are
// included. (Exclusions have no glob; a check may read a file too many.)
std::string SourcePath(const PipelineSpec& spec, const IngestSpec& ingest, std::string from) {
  std::error_code error;
  const bool is_folder = std::filesystem::is_directory(ResolvePath(spec.file, from), error);
  if (!is_folder || ingest.include.empty()) return from;
  return fmt::format("{}/{{{}}}", from, fmt::join(ingest.include, ","));
}

}  // namespace

void ReadBeforeIngest(PipelineSpec& spec) {
  for (InputSpec& input : spec.inputs) {
    std::vector<std::string> paths;
    for (const std::string& path : input.paths) {
      std::vector<std::string> now = {path};
      for (const IngestSpec& ingest : spec.ingests) {
        const std::string folder = ingest.to + (ingest.to.ends_with('/') ? "" : "/");
        if (path + "/" == folder || path == folder) {
          now.clear();
          for (const std::string& from : ingest.from) {
            now.push_back(SourcePath(spec, ingest, from));
          }
        } else if (path.starts_with(folder) && ingest.from.size() == 1) {
          now = {ingest.from[0] + "/" + path.substr(folder.size())};
        }
      }
      paths.insert(paths.end(), now.begin(), now.end());
    }
    input.paths = std::move(paths);
  }
}

}  // namespace ember
