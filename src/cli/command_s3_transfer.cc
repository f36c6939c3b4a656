// ember s3 put, copy and sync: files to, from and within S3.
#include <fmt/format.h>

#include <array>

#include "aws/s3_transfer.h"
#include "cli/commands.h"
#include "cli/dist_copy_options.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/s3_world.h"
#include "cli/transfer_display.h"
#include "report/number_text.h"

namespace ember {
namespace {

enum class TransferEnds { kToS3, kAny };
enum class TransferRemoval { kNever, kOnDemand };
enum class TransferGrouping { kNever, kOnDemand };

struct TransferVerb {
  std::string_view name;
  std::string_view doc;
  TransferEnds ends;
  TransferRemoval removal;
  TransferGrouping grouping;
  std::string_view examples;
};
constexpr auto kTransferVerbs = std::to_array<TransferVerb>({
    {"put", "local files and folders to S3", TransferEnds::kToS3, TransferRemoval::kNever,
     TransferGrouping::kNever,
     "  ember s3 put prices.csv s3://bucket/raw/\n"
     "  ember s3 put data/ s3://bucket/raw --include '*.csv.gz' --exclude 'test/*'"},
    {"copy", "files from anywhere to anywhere: here to S3, S3 to here, S3 to S3",
     TransferEnds::kAny, TransferRemoval::kNever, TransferGrouping::kOnDemand,
     "  ember s3 copy s3://bucket/processed ./processed\n"
     "  ember s3 copy s3://bucket/a.parquet s3://other/b.parquet\n"
     "  ember s3 copy s3://bucket/daily s3://bucket/yearly --group-by '.*/(\\d{4})-.*\\.(csv)' "
     "--target-size 256MiB"},
    {"sync", "make one folder like another, anywhere", TransferEnds::kAny,
     TransferRemoval::kOnDemand, TransferGrouping::kNever,
     "  ember s3 sync ./data s3://bucket/raw\n"
     "  ember s3 sync s3://bucket/raw s3://backup/raw --delete --dryrun"},
});

struct TransferFlags {
  std::vector<std::string> paths;  // the last is the target
  DistCopyFlags grouping;
  S3EncryptionFlags encryption;
  TransferRequest request;
  bool is_content = false;
  bool is_forced = false;
  bool is_dry = false;
  bool is_quiet = false;
};

std::string CountOf(int64_t count, std::string_view what) {
  return fmt::format("{} {}{}", CountText(count), what, count == 1 ? "" : "s");
}

void PrintPlan(const TransferPlan& plan) {
  for (const TransferFile& file : plan.files) {
    fmt::print("would send {} -> {} ({})\n", file.from.Display(), file.to.Display(),
               BytesText(file.size));
  }
  for (const TransferPlace& place : plan.removals) {
    fmt::print("would remove {}\n", place.Display());
  }
  fmt::print("{}, {}; {} already there; {} to remove; nothing was changed\n",
             CountOf(static_cast<int64_t>(plan.files.size()), "file"), BytesText(plan.bytes),
             CountText(plan.unchanged), CountText(static_cast<int64_t>(plan.removals.size())));
}

void PrintReport(const TransferPlan& plan, const TransferReport& report, double seconds) {
  std::string text = fmt::format("{}, {} in {}", CountOf(report.files, "file"),
                                 BytesText(report.bytes), SecondsText(seconds));
  if (report.continued_bytes > 0) {
    text += fmt::format("; {} of it from an earlier run", BytesText(report.continued_bytes));
  }
  if (plan.unchanged > 0) text += fmt::format("; {} already there", CountText(plan.unchanged));
  if (report.removed > 0) text += fmt::format("; {} removed", CountText(report.removed));
  if (report.unverified > 0) {
    text += fmt::format("; {} without a checksum that could be compared",
                        CountOf(report.unverified, "file"));
  }
  fmt::print("{}\n", text);
}

Status CheckEnds(const TransferVerb& verb, const TransferRequest& request) {
  const bool is_to_s3 = ParseS3Path(request.to).has_value();
  bool is_from_s3 = false;
  for (const std::string& from : request.from) {
    if (!ParseS3Path(from)) continue;
    is_from_s3 = true;
    if (verb.ends == TransferEnds::kToS3) {
      return InvalidInput(
          fmt::format("'{}' is in S3 already: `ember s3 copy` takes sources in S3", from));
    }
  }
  if (!is_to_s3 && (verb.ends == TransferEnds::kToS3 || !is_from_s3)) {
    return InvalidInput(fmt::format("'{}' is no path like s3://bucket/folder/", request.to));
  }
  return {};
}

// Copies by S3DistCp's rules: its options choose and compare files, ours do not.
Status CopyInGroups(TransferFlags flags, const std::stop_token& stop) {
  if (!flags.request.include.empty() || !flags.request.exclude.empty() || flags.is_content) {
    return InvalidInput(
        "--include, --exclude and --checksum are not for copies as S3DistCp makes them: choose "
        "files by --src-pattern");
  }
  DistCopyRequest& request = flags.grouping.request;
  if (!flags.paths.empty() && request.from.empty()) {
    request.from = flags.paths.front();
    flags.paths.erase(flags.paths.begin());
  }
  if (!flags.paths.empty() && request.to.empty()) {
    request.to = flags.paths.front();
    flags.paths.erase(flags.paths.begin());
  }
  if (request.from.empty() || request.to.empty() || !flags.paths.empty()) {
    return InvalidInput("one source and one target are needed");
  }
  request.parallel = flags.request.parallel;
  return RunDistCopyCommand(std::move(flags.grouping),
                            {.is_dry = flags.is_dry, .is_quiet = flags.is_quiet},
                            flags.encryption.Session(), stop);
}

Status Transfer(const TransferVerb& verb, TransferFlags flags, const std::stop_token& stop) {
  if (flags.grouping.IsGiven()) return CopyInGroups(std::move(flags), stop);
  TransferRequest& request = flags.request;
  if (flags.paths.size() < 2) return InvalidInput("a source and a target are needed");
  request.to = flags.paths.back();
  flags.paths.pop_back();
  request.from = flags.paths;
  if (verb.removal == TransferRemoval::kOnDemand && request.from.size() > 1) {
    return InvalidInput("sync takes one source and one target");
  }
  if (flags.is_content) request.compare = TransferCompare::kContent;
  if (flags.is_forced) request.compare = TransferCompare::kNever;
  RETURN_IF_ERROR(CheckEnds(verb, request));
  ASSIGN_OR_RETURN(std::unique_ptr<S3World> world, S3World::Make(flags.encryption.Session()));
  ASSIGN_OR_RETURN(TransferPlan plan, PlanTransfer(*world->clients, request, stop));
  if (flags.is_dry) {
    PrintPlan(plan);
    return {};
  }
  TransferReport report;
  double seconds = 0;
  {
    TransferDisplay display(flags.is_quiet ? ProgressStyle::kNone : ProgressStyleFor(stderr),
                            stderr, std::string(verb.name), plan);
    ASSIGN_OR_RETURN(report, RunTransfer(*world->clients, request, plan, display, stop));
    seconds = display.seconds();
  }
  if (!flags.is_quiet) PrintReport(plan, report, seconds);
  return {};
}

void AddTransferVerb(CLI::App& s3, const TransferVerb& verb, int* exit_code) {
  auto flags = std::make_shared<TransferFlags>();
  CLI::App* command = s3.add_subcommand(std::string(verb.name), std::string(verb.doc));
  command
      ->add_option("paths", flags->paths,
                   "sources, then the target; a folder stands for the files in it")
      ->type_name("FROM… TO");
  TransferRequest& request = flags->request;
  command
      ->add_option("--include", request.include,
                   "only files like this: the last part of the name, or with a slash the name "
                   "below the folder; may be repeated")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  command->add_option("--exclude", request.exclude, "no files like this; may be repeated")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  command->add_flag("--checksum", flags->is_content,
                    "compare content, not only size and time, with what is there");
  command->add_flag("--force", flags->is_forced, "send everything again");
  command->add_option("--parallel", request.parallel, "files or parts at once (8)")
      ->check(CLI::Range(1, 256))
      ->type_name("N");
  command->add_flag("--dryrun", flags->is_dry, "say what would be done, and do nothing");
  if (verb.removal == TransferRemoval::kOnDemand) {
    command->add_flag("--delete", request.removes_others,
                      "remove from the target what the source does not have");
  }
  AddS3EncryptionFlags(*command, flags->encryption);
  if (verb.grouping == TransferGrouping::kOnDemand) AddDistCopyOptions(*command, flags->grouping);
  command->add_flag("-q,--quiet", flags->is_quiet, "no progress and no summary, only errors");
  command->footer(fmt::format(
      "Examples:\n{}\n\nOnly what differs is sent: files of another size, or newer and of other "
      "content. After an\ninterrupt or an error the same command goes on where it was, within "
      "large files too. Every\nbyte is checked by checksum. What is there already keeps its "
      "encryption (--force sends it "
      "again).\nCopies within S3 keep tags, but for objects over 5 GiB. Exit codes: 0 done, 1 it "
      "failed, 2 the "
      "command line or a path is\nwrong, 130 interrupted.",
      verb.examples));
  command->callback([&verb, flags, exit_code] {
    InterruptGuard interrupt;
    const Status done = Transfer(verb, *flags, interrupt.token());
    *exit_code = done.ok() ? kExitOk : ReportError(done.error());
  });
}

}  // namespace

void AddS3Transfers(CLI::App& s3, int* exit_code) {
  for (const TransferVerb& verb : kTransferVerbs) AddTransferVerb(s3, verb, exit_code);
}

}  // namespace ember
