// ember init: a pipeline file to start from, for the user's own CSV files.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/result.h"
#include "cli/commands.h"
#include "cli/csv_sample.h"
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

// A name without quotes: letters, digits and _, unlike those in `taken`.
std::string PlainName(const std::string& header, std::set<std::string>& taken) {
  std::string name;
  for (const char c : header) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 && byte < 0x80U) {
      name += static_cast<char>(std::tolower(byte));
    } else if (byte >= 0x80U) {
      name += c;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (!name.empty() && name.back() == '_') name.pop_back();
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0])) != 0) name = "c_" + name;
  std::string unique = name;
  for (int i = 2; !taken.insert(unique).second; ++i) unique = fmt::format("{}_{}", name, i);
  return unique;
}

std::string YamlQuoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

struct PlannedColumn {
  std::string name;
  const SampledColumn* source = nullptr;
  std::string_view role;  // empty: of no price bar
};

// The columns under the names of price bars where their headers, or else their values, say so.
std::vector<PlannedColumn> PlanColumns(const CsvSample& sample) {
  std::vector<PlannedColumn> plan;
  std::set<std::string> taken;
  std::vector<std::string> headers;
  for (const SampledColumn& column : sample.columns) {
    headers.push_back(column.header);
    plan.push_back({.name = "", .source = &column, .role = {}});
  }
  for (const HeaderMapping& mapping : MapHeaders(headers)) {
    if (!mapping.header) continue;
    const auto at = std::find(headers.begin(), headers.end(), *mapping.header) - headers.begin();
    plan[static_cast<size_t>(at)].role = mapping.role;
  }
  const auto give = [&](std::string_view role, std::string_view type) {
    if (std::ranges::any_of(plan, [&](const auto& column) { return column.role == role; })) return;
    const auto found = std::ranges::find_if(plan, [&](const auto& column) {
      return column.role.empty() && column.source->type == type && column.source->grouping.empty();
    });
    if (found != plan.end()) found->role = role;
  };
  give("date", "date");
  if (!sample.has_header) give("ticker", "string");
  for (PlannedColumn& column : plan) {
    const std::string name = column.role == "close" ? "close_price" : std::string(column.role);
    if (!column.role.empty()) {
      column.name = name;
      taken.insert(name);
    }
  }
  for (PlannedColumn& column : plan) {
    if (column.role.empty()) column.name = PlainName(column.source->header, taken);
  }
  return plan;
}

bool IsPrice(std::string_view role) { return !role.empty() && role != "ticker" && role != "date"; }

std::string TypeOf(const PlannedColumn& column) {
  if (column.role == "ticker") return "string";
  // A price without a fraction in the first lines is a price still.
  if (IsPrice(column.role) && column.role != "volume" && column.source->type == "bigint") {
    return "double";
  }
  return column.source->type;
}

std::string ColumnLine(const PlannedColumn& column) {
  std::string format;
  if (!column.source->format.empty() && TypeOf(column) != "string") {
    format = ", format: " + column.source->format;
  }
  const bool is_key = column.role == "ticker" || column.role == "date";
  return fmt::format("      {}: {{from: {}, type: {}{}{}}}\n", column.name,
                     YamlQuoted(column.source->header), TypeOf(column), format,
                     is_key ? ", required: true" : "");
}

// Numbers that are read as text first: 1.234,50 and 1,234.50.
std::string ConversionLines(const std::vector<PlannedColumn>& columns) {
  std::string lines;
  for (const PlannedColumn& column : columns) {
    const std::string& grouping = column.source->grouping;
    if (grouping.empty() || TypeOf(column) != "string" || column.role == "ticker") continue;
    const std::string plain =
        grouping == "1.234,5"
            ? fmt::format("replace(replace(`{0}`, '.', ''), ',', '.')", column.name)
            : fmt::format("replace(`{0}`, ',', '')", column.name);
    lines +=
        fmt::format("          {}: cast({} AS double)    # {}\n", column.name, plain, grouping);
  }
  return lines.empty() ? lines : "      - with_columns:\n" + lines;
}

std::string Joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

std::string PipelineText(const std::string& data, const CsvSample& sample) {
  const std::vector<PlannedColumn> columns = PlanColumns(sample);
  std::string lines;
  std::vector<std::string> keys;
  std::vector<std::string> aggregates;
  bool has_date = false;
  for (const PlannedColumn& column : columns) {
    lines += ColumnLine(column);
    if (column.role == "ticker" || column.role == "date") keys.push_back(column.name);
    has_date = has_date || column.role == "date";
    if (column.role == "close") aggregates.push_back("avg_price: avg(close_price)");
    if (column.role == "volume") aggregates.push_back("max_volume: max(volume)");
  }
  if (aggregates.empty()) aggregates.emplace_back("row_count: count(*)");
  std::vector<std::string> options;
  if (sample.separator != ',') {
    options.push_back("sep: " + YamlQuoted(std::string(1, sample.separator)));
  }
  if (!sample.has_header) options.emplace_back("header: false");
  std::string text = fmt::format(
      R"(# Written by `ember init`. Run it with `ember run`; `ember run --operations` lists what a step can do.
name: my prices

inputs:
  prices:
    format: csv
    path: {}
{}    columns:             # name here: the header in your files, and its type
{}    rejects: out/rejects   # rows that do not fit their types, with the reason

steps:
  clean:
    from: prices
    do:
{}      - drop_duplicates: [{}]
)",
      YamlQuoted(data),
      options.empty() ? "" : fmt::format("    options: {{{}}}\n", Joined(options)), lines,
      ConversionLines(columns), Joined(keys));
  if (keys.empty()) {
    return text + "\noutputs:\n  clean: {path: out/clean, format: parquet, mode: overwrite}\n";
  }
  return text + fmt::format(R"(  daily:
    from: clean
    do:
      - group_by:
          by: [{}]
          aggregate: {{{}}}
      - order_by: [{}]

outputs:
  daily: {{path: out/daily, format: parquet, mode: overwrite}}
)",
                            Joined(keys), Joined(aggregates), has_date ? "date" : keys[0]);
}

// What `ember init` writes without data.
CsvSample ExampleSample() {
  CsvSample sample;
  for (const char* name : {"ticker", "date", "open", "high", "low", "close", "volume"}) {
    sample.columns.push_back({.header = name, .type = "double", .format = "", .grouping = ""});
  }
  sample.columns[0].type = "string";
  sample.columns[1].type = "date";
  sample.columns.back().type = "bigint";
  return sample;
}

Result<std::string> Init(const InitFlags& flags) {
  const fs::path directory = flags.directory;
  const fs::path file = directory / "pipeline.yaml";
  std::error_code code;
  if (fs::exists(file, code) && !flags.force) {
    return InvalidInput(fmt::format(
        "'{}' is there already: choose another folder, or --force to replace it", file.string()));
  }
  CsvSample sample = ExampleSample();
  std::string data = "data/*.csv";
  if (!flags.data.empty()) {
    ASSIGN_OR_RETURN(sample, SampleCsv(flags.data));
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
                   "a CSV file, or a folder of them, to take separator, names and types from")
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
