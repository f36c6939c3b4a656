// ember compact: many small files of a folder become few.
#include "cli/command_compact.h"

#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "aws/s3_remote_stores.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "duckdb/compaction.h"
#include "duckdb/memory_size.h"
#include "report/number_text.h"
#include "store/remote_stores.h"
#include "store/store.h"

namespace ember {
namespace {

struct CompactFlags {
  CompactionRequest request;
  std::string target_size = "128MB";
  std::string header;
  EngineFlags engine;
  bool json = false;
  bool quiet = false;
};

Result<CompactionReport> Compact(CompactFlags& flags, const std::stop_token& stop) {
  const std::optional<int64_t> bytes = ParseMemorySize(flags.target_size);
  if (!bytes || *bytes <= 0) {
    return InvalidInput(
        fmt::format("--target-size takes a size like 128MB, not '{}'", flags.target_size));
  }
  flags.request.target_bytes = *bytes;
  if (!flags.header.empty()) flags.request.has_header = flags.header == "true";
  const auto operations = MakeLocalFileOperations();
  const auto local = MakeLocalStore(*operations);
  const auto remote = MakeS3RemoteStores();
  LocalEngineOptions options;
  options.threads = flags.engine.threads;
  options.memory_limit = flags.engine.memory;
  options.temp_directory = flags.engine.temp_directory;
  options.remote = remote.get();
  const bool shows = !flags.quiet && !flags.json && isatty(STDERR_FILENO) != 0;
  const auto show = [&](const CompactedFolder& folder, size_t index, size_t count) {
    if (!shows) return;
    fmt::print(stderr, "[{}/{}] {}: {} files, {}\n", index + 1, count, folder.path,
               folder.files_before, BytesText(folder.bytes_before));
  };
  return CompactFolders(flags.request, options, *local, show, stop);
}

CompactedFolder TotalOf(const CompactionReport& report) {
  CompactedFolder total{.rows = 0, .bytes_after = 0};
  for (const CompactedFolder& folder : report.folders) {
    total.rows = folder.rows < 0 ? -1 : total.rows + folder.rows;
    total.files_before += folder.files_before;
    total.files_after += folder.files_after;
    total.bytes_before += folder.bytes_before;
    total.bytes_after += folder.bytes_after;
  }
  return total;
}

void PrintText(const CompactFlags& flags, const CompactionReport& report) {
  const bool is_dry = flags.request.is_dry_run;
  for (const CompactedFolder& folder : report.folders) {
    fmt::print("{}: {} files → {}{}, {}", folder.path, folder.files_before, is_dry ? "about " : "",
               folder.files_after, BytesText(folder.bytes_before));
    if (!is_dry) fmt::print(" → {}", BytesText(folder.bytes_after));
    fmt::print("\n");
  }
  const CompactedFolder total = TotalOf(report);
  fmt::print("{}: {} of {} folders, {} files → {}{}; {} files are left as they are\n",
             is_dry ? "Would compact" : "Compacted", report.folders.size(),
             report.folders.size() + static_cast<size_t>(report.folders_left), total.files_before,
             is_dry ? "about " : "", total.files_after, report.files_left);
}

void PrintJson(const CompactFlags& flags, const CompactionReport& report) {
  const auto line = [&](const CompactedFolder& folder) {
    nlohmann::ordered_json json = {{"files_before", folder.files_before},
                                   {"files_after", folder.files_after},
                                   {"bytes_before", folder.bytes_before}};
    if (!flags.request.is_dry_run) json["bytes_after"] = folder.bytes_after;
    if (!flags.request.is_dry_run && folder.rows >= 0) json["rows"] = folder.rows;
    return json;
  };
  nlohmann::ordered_json json = line(TotalOf(report));
  json["dry_run"] = flags.request.is_dry_run;
  json["folders_left"] = report.folders_left;
  json["files_left"] = report.files_left;
  json["folders"] = nlohmann::ordered_json::array();
  for (const CompactedFolder& folder : report.folders) {
    nlohmann::ordered_json entry = {{"path", folder.path}};
    entry.update(line(folder));
    json["folders"].push_back(std::move(entry));
  }
  fmt::print("{}\n", json.dump(1));
}

int Run(CompactFlags& flags) {
  const InterruptGuard interrupt;
  const auto report = Compact(flags, interrupt.token());
  if (!report.ok()) return ReportError(report.error());
  if (flags.json) {
    PrintJson(flags, *report);
  } else if (!flags.quiet) {
    PrintText(flags, *report);
  }
  return kExitOk;
}

}  // namespace

void AddCompactCommand(CLI::App& app, int* exit_code) {
  const auto flags = std::make_shared<CompactFlags>();
  CLI::App* command =
      app.add_subcommand("compact", "make few files of many, folder by folder, rows unchanged");
  command
      ->add_option("path", flags->request.path,
                   "a folder of Parquet, CSV, JSON or text files, with partition folders or "
                   "without, s3:// too")
      ->required()
      ->type_name("PATH");
  command
      ->add_option("--target-size", flags->target_size,
                   "how large files are to be: at most a quarter more, at least half of it but "
                   "for a folder's last")
      ->capture_default_str()
      ->type_name("SIZE");
  command
      ->add_option("--partition", flags->request.partitions,
                   "only folders of this partition; given again, of both")
      ->type_name("COLUMN=VALUE");
  command
      ->add_option("--format", flags->request.format,
                   "parquet, csv, json or text (default: by the files' names)")
      ->check(CLI::IsMember({"parquet", "csv", "json", "text"}));
  command->add_option("--header", flags->header, "CSV: whether each file begins with a header")
      ->check(CLI::IsMember({"true", "false"}));
  command->add_flag("--dry-run", flags->request.is_dry_run,
                    "say what would be done, and do nothing");
  command->add_flag("--json", flags->json, "the summary as one JSON object");
  command->add_flag("-q,--quiet", flags->quiet, "only errors");
  command->add_option("--threads", flags->engine.threads, "threads (default: one per core)")
      ->check(CLI::Range(1, 1024));
  command
      ->add_option("--memory", flags->engine.memory,
                   "how much memory to use, such as 2GB; more than that goes to --temp-dir")
      ->type_name("SIZE");
  command
      ->add_option("--temp-dir", flags->engine.temp_directory,
                   "folder for what does not fit into memory")
      ->type_name("DIR");
  command->footer(
      "Each folder is replaced at once, as an overwrite is: a kill leaves the old files or the new "
      "ones.\nRows keep their order, files in the order of their names; columns, Spark's schema "
      "and the\ncompression stay. Text files are joined whole, never split. Nobody else may write "
      "into the\nfolder meanwhile: who did is noticed before the files are replaced.\n\n"
      "Examples:\n"
      "  ember compact data/daily --dry-run\n"
      "  ember compact data/daily --target-size 256MB\n"
      "  ember compact s3://bucket/daily --partition year=2024 --json\n"
      "  ember compact raw --header true\n\n"
      "Exit codes: 0 done (or nothing to do), 1 failed, 2 the folder or the command line is not "
      "what it\nshould be, 130 interrupted.");
  command->callback([flags, exit_code] { *exit_code = Run(*flags); });
}

}  // namespace ember
