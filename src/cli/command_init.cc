// ember init: a pipeline file to start from, for the user's own CSV files.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/result.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "market/column_names.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

struct InitFlags {
  std::string directory;
  std::string data;
  bool force = false;
};

std::vector<std::string> SplitHeader(std::string line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.pop_back();
  std::vector<std::string> names(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      names.emplace_back();
    } else {
      names.back() += c;
    }
  }
  return names;
}

// How a date column is read, from its first value.
std::string DateType(const std::string& value) {
  const bool digits = !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
  if (digits && value.size() == 8) return "type: date, format: yyyyMMdd";
  if (value.find(':') != std::string::npos) return "type: timestamp";
  if (value.find('/') != std::string::npos) return "type: date, format: M/d/yyyy";
  return "type: date";
}

struct Sample {
  std::vector<std::string> headers;
  std::vector<std::string> values;
};

Result<Sample> ReadSample(const std::string& data) {
  fs::path path = data;
  std::error_code code;
  if (fs::is_directory(path, code)) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(path, code)) {
      if (entry.path().extension() == ".csv") files.push_back(entry.path());
    }
    if (files.empty())
      return InvalidInput(fmt::format("there is no .csv file in the folder '{}'", data));
    path = *std::min_element(files.begin(), files.end());
  }
  std::ifstream file(path);
  std::string header;
  std::string first;
  if (!file || !std::getline(file, header)) {
    return InvalidInput(
        fmt::format("cannot read '{}': give a CSV file with a header line, or a folder of them",
                    path.string()));
  }
  std::getline(file, first);
  if (header.starts_with("\xEF\xBB\xBF")) header.erase(0, 3);
  return Sample{.headers = SplitHeader(header), .values = SplitHeader(first)};
}

std::string ColumnLine(const HeaderMapping& mapping, const Sample& sample) {
  const std::string_view role = mapping.role;
  if (!mapping.header) {
    return fmt::format(
        "      # {}: {{from: YOUR_COLUMN, type: …}}    # not found in the header: map it here\n",
        role);
  }
  const auto at =
      static_cast<size_t>(std::find(sample.headers.begin(), sample.headers.end(), *mapping.header) -
                          sample.headers.begin());
  std::string type = "type: double";
  if (role == "ticker") type = "type: string, required: true";
  if (role == "date")
    type = DateType(at < sample.values.size() ? sample.values[at] : "") + ", required: true";
  if (role == "volume") type = "type: bigint";
  const std::string name = role == "close" ? "close_price" : std::string(role);
  return fmt::format("      {}: {{from: \"{}\", {}}}\n", name, *mapping.header, type);
}

std::string PipelineText(const std::string& data, const Sample& sample) {
  std::string columns;
  for (const HeaderMapping& mapping : MapHeaders(sample.headers)) {
    if (mapping.role != "adj_close" || mapping.header) columns += ColumnLine(mapping, sample);
  }
  return fmt::format(
      R"(# Written by `ember init`. Run it with `ember run`; `ember run --operations` lists what a step can do.
name: my prices

inputs:
  prices:
    format: csv
    path: {}
    columns:             # name here: the header in your files, and its type
{}    rejects: out/rejects   # rows that do not fit their types, with the reason

steps:
  clean:
    from: prices
    do:
      - drop_duplicates: [ticker, date]
  daily:
    from: clean
    do:
      - group_by:
          by: [ticker, date]
          aggregate: {{avg_price: avg(close_price), max_volume: max(volume)}}
      - order_by: [date]

outputs:
  daily: {{path: out/daily, format: parquet, mode: overwrite}}
)",
      data, columns);
}

Result<std::string> Init(const InitFlags& flags) {
  const fs::path directory = flags.directory;
  const fs::path file = directory / "pipeline.yaml";
  std::error_code code;
  if (fs::exists(file, code) && !flags.force) {
    return InvalidInput(fmt::format(
        "'{}' is there already: choose another folder, or --force to replace it", file.string()));
  }
  Sample sample{.headers = {"ticker", "date", "open", "high", "low", "close", "volume"},
                .values = {}};
  std::string data = "data/*.csv";
  if (!flags.data.empty()) {
    ASSIGN_OR_RETURN(sample, ReadSample(flags.data));
    data = fs::absolute(flags.data, code).string();
  }
  fs::create_directories(directory, code);
  std::ofstream out(file);
  out << PipelineText(data, sample);
  out.close();
  if (!out) return InvalidInput(fmt::format("cannot write '{}'", file.string()));
  return file.string();
}

}  // namespace

void AddInitCommand(CLI::App& app, int* exit_code) {
  auto flags = std::make_shared<InitFlags>();
  CLI::App* command = app.add_subcommand("init", "write a pipeline file for your own CSV files");
  command->add_option("directory", flags->directory, "where to write pipeline.yaml")
      ->required()
      ->type_name("DIR");
  command
      ->add_option("--data", flags->data,
                   "a CSV file, or a folder of them, to take the column names from")
      ->type_name("PATH");
  command->add_flag("--force", flags->force, "replace a pipeline.yaml that is there");
  command->footer(
      "Examples:\n  ember init my-prices --data ~/Downloads/prices.csv\n  ember run "
      "my-prices/pipeline.yaml");
  command->callback([flags, exit_code] {
    auto file = Init(*flags);
    if (!file.ok()) {
      *exit_code = ReportError(file.error());
      return;
    }
    fmt::print("wrote {}\ncheck the columns in it, then: ember run {}\n", *file, *file);
    *exit_code = kExitOk;
  });
}

}  // namespace ember
