// ember s3: what is in S3, files to and from it, and an end to what killed writers left there.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <memory>

#include "aws/s3_store.h"
#include "base/result.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/s3_world.h"

namespace ember {
namespace {

struct S3Flags {
  std::string path;
  double older_than_hours = 24;
};

std::string TimeText(int64_t time_us) {
  return fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::gmtime(static_cast<time_t>(time_us / 1000000)));
}

Status ListS3(const S3Flags& flags, const std::stop_token& stop) {
  const std::optional<S3Path> path = ParseS3Path(flags.path);
  if (!path) return InvalidInput(fmt::format("'{}' is no path like s3://bucket/key", flags.path));
  ASSIGN_OR_RETURN(std::unique_ptr<S3World> world, S3World::Make());
  ASSIGN_OR_RETURN(std::shared_ptr<S3Client> client, world->clients->For(path->bucket));
  ASSIGN_OR_RETURN(S3Listing listing, client->List({.prefix = path->key, .delimiter = "/"}, stop));
  // A folder named without its slash: what is in it, not its name.
  if (listing.objects.empty() && listing.prefixes.size() == 1 &&
      listing.prefixes[0] == path->key + "/") {
    ASSIGN_OR_RETURN(listing, client->List({.prefix = path->key + "/", .delimiter = "/"}, stop));
  }
  if (listing.objects.empty() && listing.prefixes.empty()) {
    return MakeError("PATH_NOT_FOUND", {{"path", flags.path}});
  }
  for (const std::string& prefix : listing.prefixes) {
    fmt::print("{:>19} {:>14} s3://{}/{}\n", "", "folder", path->bucket, prefix);
  }
  for (const S3Object& object : listing.objects) {
    fmt::print("{} {:>14} s3://{}/{}\n", TimeText(object.modified_us), object.size, path->bucket,
               object.key);
  }
  return {};
}

Status Clean(const S3Flags& flags, const std::stop_token& stop) {
  ASSIGN_OR_RETURN(std::unique_ptr<S3World> world, S3World::Make());
  const auto age_us = static_cast<int64_t>(flags.older_than_hours * 3600e6);
  ASSIGN_OR_RETURN(S3Cleaned cleaned, CleanS3(*world->clients, flags.path, age_us, stop));
  fmt::print("{} unfinished upload{} and {} journal{} removed; decided writes are finished\n",
             cleaned.uploads, cleaned.uploads == 1 ? "" : "s", cleaned.journals,
             cleaned.journals == 1 ? "" : "s");
  return {};
}

using S3Action = Status (*)(const S3Flags&, const std::stop_token&);

void AddS3Action(CLI::App& command, const std::shared_ptr<S3Flags>& flags, S3Action action,
                 int* exit_code) {
  command.add_option("path", flags->path, "s3://bucket/key")->required()->type_name("PATH");
  command.callback([flags, action, exit_code] {
    InterruptGuard interrupt;
    const Status done = action(*flags, interrupt.token());
    *exit_code = done.ok() ? kExitOk : ReportError(done.error());
  });
}

}  // namespace

void AddS3Command(CLI::App& app, int* exit_code) {
  auto flags = std::make_shared<S3Flags>();
  CLI::App* command =
      app.add_subcommand("s3", "list S3, move files, and clean up what killed writers left");
  command->require_subcommand(1);
  CLI::App* list = command->add_subcommand("ls", "folders and objects below a path");
  AddS3Action(*list, flags, ListS3, exit_code);
  AddS3Transfers(*command, exit_code);
  CLI::App* clean = command->add_subcommand(
      "clean",
      "finish decided writes of a folder, remove uploads that nobody finishes and old journals");
  clean
      ->add_option("--older-than", flags->older_than_hours,
                   "keep what is younger than so many hours: a writer may be at work (24)")
      ->type_name("HOURS")
      ->check(CLI::NonNegativeNumber);
  AddS3Action(*clean, flags, Clean, exit_code);
  command->footer(
      "Examples:\n  ember s3 ls s3://bucket/historical/\n  ember s3 put data/*.csv "
      "s3://bucket/raw/\n"
      "  ember s3 sync s3://bucket/processed ./processed --delete\n"
      "  ember s3 clean s3://bucket/processed --older-than 1\n\nAWS's usual environment variables "
      "and files say who asks and where.");
}

}  // namespace ember
