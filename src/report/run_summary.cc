#include "report/run_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/number_text.h"
#include "report/text_table.h"

namespace ember {
namespace {

nlohmann::ordered_json KnownJson(int64_t value) {
  if (value < 0) return nullptr;
  return value;
}

}  // namespace

std::string RunSummaryText(const RunReport& report) {
  TextTable table({{"output"},
                   {"rows", Align::kRight},
                   {"files", Align::kRight},
                   {"size", Align::kRight},
                   {"time", Align::kRight},
                   {"written to"}});
  for (const StageReport& stage : report.stages) {
    const std::string name =
        stage.kind == "output" ? stage.name : fmt::format("{} ({})", stage.name, stage.kind);
    table.Add({name, KnownText(stage.rows, CountText), KnownText(stage.files, CountText),
               KnownText(stage.bytes, BytesText), SecondsText(stage.seconds), stage.path});
  }
  std::string out = table.Render();
  for (const StageReport& stage : report.stages) {
    if (!stage.catalog.empty()) out += fmt::format("{}: Glue's {}\n", stage.name, stage.catalog);
  }
  std::vector<StageReport> slowest = report.stages;
  std::stable_sort(slowest.begin(), slowest.end(),
                   [](const auto& a, const auto& b) { return a.seconds > b.seconds; });
  if (slowest.size() > 3) slowest.resize(3);
  out += "\nslowest:";
  for (size_t i = 0; i < slowest.size(); ++i) {
    const double share = report.seconds > 0 ? 100 * slowest[i].seconds / report.seconds : 0;
    out += fmt::format("{} {}{} {} ({:.0f} %)", i == 0 ? "" : ",", slowest[i].name,
                       slowest[i].kind == "rejects" ? " (rejects)" : "",
                       SecondsText(slowest[i].seconds), share);
  }
  return out + fmt::format("\ndone in {}\n", SecondsText(report.seconds));
}

std::string RunSummaryJson(const RunReport& report) {
  nlohmann::ordered_json json;
  json["name"] = report.pipeline;
  json["seconds"] = report.seconds;
  json["stages"] = nlohmann::ordered_json::array();
  for (const StageReport& stage : report.stages) {
    json["stages"].push_back({{"kind", stage.kind},
                              {"name", stage.name},
                              {"path", stage.path},
                              {"format", stage.format},
                              {"rows", KnownJson(stage.rows)},
                              {"bytes", KnownJson(stage.bytes)},
                              {"files", KnownJson(stage.files)},
                              {"seconds", stage.seconds}});
    if (!stage.catalog.empty()) json["stages"].back()["catalog"] = stage.catalog;
  }
  return json.dump() + "\n";
}

}  // namespace ember
