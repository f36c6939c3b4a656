// ember diff: whether two outputs are the same, and where they are not.
#include <fmt/format.h>

#include <map>
#include <memory>

#include "aws/s3_remote_stores.h"
#include "cli/commands.h"
#include "cli/engine.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "diff/compare.h"
#include "diff/comparison_text.h"
#include "store/remote_stores.h"
#include "store/store.h"

namespace ember {
namespace {

struct DiffFlags {
  std::string path_a;
  std::string path_b;
  CompareOptions compare;
  std::vector<std::string> reader_options;  // key=value
  EngineFlags engine;
  bool json = false;
  bool quiet = false;
};

Status ReadOptions(DiffFlags& flags) {
  for (const std::string& option : flags.reader_options) {
    const size_t equals = option.find('=');
    if (equals == std::string::npos || equals == 0) {
      return InvalidInput(fmt::format("--option {}: write it as KEY=VALUE", option));
    }
    flags.compare.options[option.substr(0, equals)] = option.substr(equals + 1);
  }
  if (flags.compare.tolerance < 0) return InvalidInput("--tolerance must not be negative");
  return {};
}

/// The stores of the two sides; S3 as AWS's usual environment variables and files say.
class Stores {
 public:
  Result<Store*> For(const std::string& path) {
    if (!remote_->Owns(path)) return local_.get();
    if (s3_ == nullptr) {
      ASSIGN_OR_RETURN(s3_, remote_->StoreFor({}));
    }
    return s3_.get();
  }

 private:
  std::unique_ptr<FileOperations> operations_ = MakeLocalFileOperations();
  std::unique_ptr<Store> local_ = MakeLocalStore(*operations_);
  std::unique_ptr<RemoteStores> remote_ = MakeS3RemoteStores();
  std::shared_ptr<Store> s3_;
};

Result<Comparison> Compare(DiffFlags& flags, const std::stop_token& stop) {
  RETURN_IF_ERROR(ReadOptions(flags));
  ASSIGN_OR_RETURN(const OpenedEngine engine, OpenEngine(flags.engine, {}, stop));
  Stores stores;
  ASSIGN_OR_RETURN(Store * store_a, stores.For(flags.path_a));
  ASSIGN_OR_RETURN(Store * store_b, stores.For(flags.path_b));
  return CompareOutputs(engine.session, {flags.path_a, store_a}, {flags.path_b, store_b},
                        flags.compare, stop);
}

// As diff(1): 1 is "different", so what could not be compared is 2.
int Diff(DiffFlags& flags) {
  const InterruptGuard interrupt;
  const auto comparison = Compare(flags, interrupt.token());
  if (!comparison.ok()) {
    return ReportError(comparison.error()) == kExitCancelled ? kExitCancelled : kExitUsage;
  }
  if (!flags.quiet) {
    fmt::print("{}", flags.json ? ComparisonJson(*comparison) : ComparisonText(*comparison));
  }
  return comparison->equal() ? kExitOk : kExitFailed;
}

}  // namespace

void AddDiffCommand(CLI::App& app, int* exit_code) {
  const auto flags = std::make_shared<DiffFlags>();
  CLI::App* command =
      app.add_subcommand("diff", "compare two outputs: files, columns, rows, cells");
  command->add_option("a", flags->path_a, "a file or folder: Parquet, CSV, JSON or text, s3:// too")
      ->required()
      ->type_name("A");
  command->add_option("b", flags->path_b, "what to compare it with")->required()->type_name("B");
  command
      ->add_option("-k,--key", flags->compare.key,
                   "columns that tell rows apart: rows are matched by them, and cells compared")
      ->delimiter(',')
      ->type_name("COLUMNS");
  command
      ->add_option("--tolerance", flags->compare.tolerance,
                   "how far fractional numbers may be apart: absolutely below 1, above in "
                   "proportion (default: not at all)")
      ->type_name("X");
  command->add_option("-n,--rows", flags->compare.samples, "differing rows to show")
      ->check(CLI::Range(0, 1000000))
      ->capture_default_str()
      ->type_name("N");
  command
      ->add_option("--format", flags->compare.format,
                   "parquet, csv, json or text (default: by the files' names)")
      ->check(CLI::IsMember({"parquet", "csv", "json", "text"}));
  command
      ->add_option("--option", flags->reader_options,
                   "option of the reader, such as sep=; or inferSchema=true (CSV: header=true)")
      ->type_name("KEY=VALUE");
  command->add_flag("--json", flags->json, "the answer as one JSON object");
  command->add_flag("-q,--quiet", flags->quiet, "only the exit code");
  AddEngineFlags(*command, flags->engine);
  command->footer(
      "Rows compare as a multiset: no engine promises an order of rows in files, nor how many "
      "files "
      "it\nwrites. NULL equals NULL, NaN equals NaN. Columns compare by name. Without --key, "
      "--tolerance\nmatches rows by the columns that are no fractional numbers.\n\n"
      "Examples:\n"
      "  ember diff out/daily spark/daily\n"
      "  ember diff out/daily s3://bucket/daily --key ticker,date --tolerance 1e-9\n"
      "  ember diff old.csv new.csv --key id --json | jq .rows\n\n"
      "Exit codes: 0 equal, 1 different, 2 not to be compared, 130 interrupted.");
  command->callback([flags, exit_code] { *exit_code = Diff(*flags); });
}

}  // namespace ember
