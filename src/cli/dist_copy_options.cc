// `ember s3 copy` with the options of S3DistCp.
#include "cli/dist_copy_options.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "cli/s3_world.h"
#include "cli/transfer_display.h"
#include "report/number_text.h"

namespace ember {
namespace {

constexpr int64_t kMib = int64_t{1} << 20;

// "256MiB", "1GiB"; a number alone counts MiB, as S3DistCp's does.
Result<int64_t> ParseTargetSize(const std::string& text) {
  struct Unit {
    std::string_view name;
    int64_t bytes;
  };
  constexpr auto kUnits = std::to_array<Unit>({{"", kMib},
                                               {"B", 1},
                                               {"KiB", 1 << 10},
                                               {"MiB", kMib},
                                               {"GiB", int64_t{1} << 30},
                                               {"TiB", int64_t{1} << 40}});
  int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  for (const Unit& unit : kUnits) {
    const bool is_unit = unit.name == std::string_view(rest, static_cast<size_t>(end - rest));
    if (error != std::errc() || !is_unit) continue;
    if (number > 0 && number <= (int64_t{1} << 50) / unit.bytes) return number * unit.bytes;
  }
  return InvalidInput(
      fmt::format("--target-size '{}' is no size, such as 256MiB or 1GiB (or 256, in MiB)", text));
}

Result<DistCopyCodec> ParseCodec(const std::string& name) {
  if (name.empty() || name == "keep") return DistCopyCodec::kKeep;
  if (name == "none") return DistCopyCodec::kNone;
  if (name == "gz" || name == "gzip") return DistCopyCodec::kGzip;
  if (name == "lzo" || name == "lzop" || name == "snappy") {
    return Unsupported(fmt::format("--output-codec {}", name));
  }
  return InvalidInput(fmt::format("--output-codec '{}' is none of gz, gzip, none, keep", name));
}

void PrintResults(const DistCopyPlan& plan) {
  for (const DistCopyResult& result : plan.results) {
    fmt::print("would make {} of ({})\n", result.to.Display(), BytesText(result.bytes));
    for (const TransferFile& file : result.from) {
      fmt::print("    {} ({})\n", file.from.Display(), BytesText(file.size));
    }
  }
}

std::string SummaryOf(const DistCopyPlan& plan) {
  std::string text = fmt::format("{} of {} files, {}", CountText(plan.results.size()),
                                 CountText(plan.files), BytesText(plan.bytes));
  if (plan.left_out > 0) text += fmt::format("; {} not matched", CountText(plan.left_out));
  if (plan.copied_before > 0) {
    text += fmt::format("; {} copied before", CountText(plan.copied_before));
  }
  return text;
}

}  // namespace

bool DistCopyFlags::IsGiven() const {
  const DistCopyRequest& given = request;
  return !given.from.empty() || !given.to.empty() || !given.src_pattern.empty() ||
         !given.group_by.empty() || !target_size.empty() || !codec.empty() || chunk_mib > 0 ||
         keeps_first_header || given.deletes_sources || !given.output_manifest.empty() ||
         !given.previous_manifest.empty() || given.copies_from_manifest;
}

void AddDistCopyOptions(CLI::App& command, DistCopyFlags& flags) {
  constexpr const char* kGroup = "As S3DistCp (its own names, such as --groupBy, serve too)";
  DistCopyRequest& request = flags.request;
  const auto text = [&](const char* names, std::string& value, const char* type, const char* doc) {
    command.add_option(names, value, doc)->type_name(type)->group(kGroup);
  };
  const auto flag = [&](const char* names, bool& value, const char* doc) {
    command.add_flag(names, value, doc)->group(kGroup);
  };
  text("--group-by,--groupBy", request.group_by, "REGEX",
       "files whose whole paths match become one for each text that (…) matches");
  text("--target-size,--targetSize", flags.target_size, "SIZE",
       "begin another file of a group after so much: 256MiB (a number alone: MiB)");
  text("--src-pattern,--srcPattern", request.src_pattern, "REGEX",
       "only files whose whole paths match");
  text("--output-codec,--outputCodec", flags.codec, "CODEC",
       "compression of the results: gz, none, keep (keep)");
  flag("--header", flags.keeps_first_header,
       "files of a group begin with the same header: keep the first only");
  text("--output-manifest,--outputManifest", request.output_manifest, "FILE.gz",
       "list what was copied: a name in the target folder, or a path");
  text("--previous-manifest,--previousManifest", request.previous_manifest, "FILE.gz",
       "leave out what it lists");
  flag("--copy-from-manifest,--copyFromManifest", request.copies_from_manifest,
       "copy what the previous manifest lists");
  flag("--delete-on-success,--deleteOnSuccess", request.deletes_sources,
       "remove the copied files once all results are there");
  command
      .add_option("--part-size,--multipartUploadChunkSize", flags.chunk_mib,
                  "size of upload parts in MiB (8)")
      ->type_name("MIB")
      ->check(CLI::Range(5, 5120))
      ->group(kGroup);
  text("--src", request.from, "PATH", "the source, in place of the first argument");
  text("--dest", request.to, "PATH", "the target, in place of the second");
}

Status RunDistCopyCommand(DistCopyFlags flags, DistCopyDisplay display,
                          std::map<std::string, std::string> session, const std::stop_token& stop) {
  DistCopyRequest& request = flags.request;
  if (!flags.target_size.empty()) {
    ASSIGN_OR_RETURN(request.target_size, ParseTargetSize(flags.target_size));
  }
  ASSIGN_OR_RETURN(request.codec, ParseCodec(flags.codec));
  if (flags.chunk_mib > 0) request.part_size = flags.chunk_mib * kMib;
  if (flags.keeps_first_header) request.header = DistCopyHeader::kFirstOnly;
  ASSIGN_OR_RETURN(std::unique_ptr<S3World> world, S3World::Make(std::move(session)));
  ASSIGN_OR_RETURN(DistCopyPlan plan, PlanDistCopy(*world->clients, request, stop));
  for (const std::string& warning : plan.warnings) fmt::print(stderr, "warning: {}\n", warning);
  if (display.is_dry) {
    PrintResults(plan);
    fmt::print("{}; nothing was changed\n", SummaryOf(plan));
    return {};
  }
  double seconds = 0;
  {
    TransferPlan shown = {.files = {}, .bytes = plan.bytes};
    for (const DistCopyResult& result : plan.results) {
      shown.files.insert(shown.files.end(), result.from.begin(), result.from.end());
    }
    TransferDisplay progress(display.is_quiet ? ProgressStyle::kNone : ProgressStyleFor(stderr),
                             stderr, "copy", shown);
    RETURN_IF_ERROR(RunDistCopy(*world->clients, request, plan, progress, stop));
    seconds = progress.seconds();
  }
  if (!display.is_quiet) fmt::print("{} in {}\n", SummaryOf(plan), SecondsText(seconds));
  return {};
}

}  // namespace ember
