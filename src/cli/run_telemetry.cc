#include "cli/run_telemetry.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "aws/aws_json.h"
#include "aws/service_call.h"
#include "base/uuid.h"

namespace ember {
namespace {

constexpr size_t kMetricsACall = 500;  // CloudWatch takes 1000, and 1 MB
constexpr size_t kLinesACall = 5000;   // CloudWatch Logs takes 10,000, and 1 MB
constexpr size_t kLineBytes = 100;     // what a line costs besides its text, at most
constexpr size_t kBytesACall = 900000;
constexpr size_t kTextBytes = 200000;  // of one line

int64_t NowUs() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// "2026-01-02T03:04:05Z" with or without '-' and ':', which a log stream's name may not have.
std::string TimeText(int64_t time_us, std::string_view format) {
  const std::time_t seconds = time_us / 1000000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[40];
  const size_t size = std::strftime(text, sizeof text, std::string(format).c_str(), &parts);
  return std::string(text, size);
}

// A dimension's value: ASCII, not empty.
std::string DimensionText(const std::string& name) {
  std::string text;
  for (const char c : name) text += c >= 0x20 && c < 0x7f ? c : '_';
  return text.empty() ? "unnamed" : text.substr(0, 255);
}

}  // namespace

AwsJson RunMetrics(const std::string& pipeline, const RunOutcome& outcome, int64_t time_us) {
  AwsJson metrics = AwsJson::array();
  const auto add = [&](std::string_view name, const std::string& output, double value,
                       std::string_view unit) {
    AwsJson dimensions =
        AwsJson::array({{{"Name", "Pipeline"}, {"Value", DimensionText(pipeline)}}});
    if (!output.empty()) {
      dimensions.push_back({{"Name", "Output"}, {"Value", DimensionText(output)}});
    }
    metrics.push_back({{"MetricName", name},
                       {"Dimensions", std::move(dimensions)},
                       {"Timestamp", TimeText(time_us, "%Y-%m-%dT%H:%M:%SZ")},
                       {"Value", value},
                       {"Unit", unit}});
  };
  const auto add_known = [&](std::string_view name, const std::string& output, int64_t value,
                             std::string_view unit) {
    if (value >= 0) add(name, output, static_cast<double>(value), unit);
  };
  for (const StageReport& stage : outcome.stages) {
    if (stage.kind == "rejects") {
      add_known("Rejects", stage.name, stage.rows, "Count");
    } else if (stage.kind == "output") {
      add_known("Rows", stage.name, stage.rows, "Count");
      add_known("Bytes", stage.name, stage.bytes, "Bytes");
      add_known("Files", stage.name, stage.files, "Count");
      add("Seconds", stage.name, stage.seconds, "Seconds");
    }
  }
  add("Seconds", "", outcome.seconds, "Seconds");
  add("Success", "", outcome.error ? 0 : 1, "Count");
  return metrics;
}

RunTelemetry::RunTelemetry(const PipelineSpec& spec, RunObserver& next)
    : next_(next),
      pipeline_(spec.name.empty() ? std::filesystem::path(spec.file).stem().string() : spec.name),
      metrics_namespace_(spec.metrics_namespace),
      log_group_(spec.log_group),
      start_us_(NowUs()) {
  Log({{"event", "started"}, {"file", spec.file}});
}

void RunTelemetry::Log(AwsJson line) {
  AwsJson whole = {{"pipeline", pipeline_}};
  whole.update(line);
  const std::string text =
      whole.dump(-1, ' ', false, AwsJson::error_handler_t::replace).substr(0, kTextBytes);
  lines_.push_back({.time_us = NowUs(), .text = text});
}

void RunTelemetry::StageStarted(const PlannedOutput& output, size_t index, size_t count) {
  Log({{"event", "writes"}, {"kind", output.kind}, {"name", output.name}});
  next_.StageStarted(output, index, count);
}

void RunTelemetry::StageFinished(const StageReport& report) {
  AwsJson line = {{"event", "wrote"},
                  {"kind", report.kind},
                  {"name", report.name},
                  {"path", report.path},
                  {"format", report.format}};
  if (report.rows >= 0) line["rows"] = report.rows;
  if (report.bytes >= 0) line["bytes"] = report.bytes;
  if (report.files >= 0) line["files"] = report.files;
  line["seconds"] = report.seconds;
  if (!report.catalog.empty()) line["catalog"] = report.catalog;
  Log(std::move(line));
  stages_.push_back(report);
  next_.StageFinished(report);
}

std::vector<std::string> RunTelemetry::Finish(const std::optional<Error>& error) {
  std::vector<std::string> warnings;
  if (metrics_namespace_.empty() && log_group_.empty()) return warnings;
  const RunOutcome outcome = {
      .stages = stages_, .seconds = static_cast<double>(NowUs() - start_us_) / 1e6, .error = error};
  AwsJson line = {{"event", error ? "failed" : "done"}, {"seconds", outcome.seconds}};
  if (error) {
    line["condition"] = error->condition;
    line["error"] = error->ToString();
  }
  Log(std::move(line));
  auto world = AwsWorld::Make();
  const auto warn = [&](std::string_view what, const Error& why) {
    warnings.push_back(fmt::format("{} (the run is not concerned): {}", what, why.ToString()));
  };
  if (!world.ok()) {
    warn("CloudWatch is not told of this run", world.error());
    return warnings;
  }
  if (!metrics_namespace_.empty()) {
    const Status put = PutMetrics(*(*world)->api, outcome);
    if (!put.ok()) warn(fmt::format("no metrics for '{}'", metrics_namespace_), put.error());
  }
  if (!log_group_.empty()) {
    const Status put = PutLog(*(*world)->api);
    if (!put.ok()) warn(fmt::format("no log in '{}'", log_group_), put.error());
  }
  return warnings;
}

Status RunTelemetry::PutMetrics(AwsApi& api, const RunOutcome& outcome) {
  const AwsJson metrics = RunMetrics(pipeline_, outcome, NowUs());
  for (size_t start = 0; start < metrics.size(); start += kMetricsACall) {
    AwsJson some = AwsJson::array();
    for (size_t i = start; i < std::min(start + kMetricsACall, metrics.size()); ++i) {
      some.push_back(metrics[i]);
    }
    RETURN_IF_ERROR(api.Call({.service = AwsService::kCloudWatch,
                              .action = "PutMetricData",
                              .request = {{"Namespace", metrics_namespace_}, {"MetricData", some}},
                              // Taken twice, a sum would be too large.
                              .is_repeatable = false}));
  }
  return {};
}

// A stream a run, in a group that may have to be made.
Status RunTelemetry::PutLog(AwsApi& api) {
  const auto call = [&](const std::string& action, AwsJson request) {
    return api.Call(
        {.service = AwsService::kLogs, .action = action, .request = std::move(request)});
  };
  std::string stream = DimensionText(pipeline_);
  std::replace_if(stream.begin(), stream.end(), [](char c) { return c == ':' || c == '*'; }, '_');
  stream += TimeText(start_us_, "/%Y%m%dT%H%M%SZ-") + NewUuid().substr(0, 8);
  Result<AwsJson> made =
      call("CreateLogStream", {{"logGroupName", log_group_}, {"logStreamName", stream}});
  if (!made.ok() && ServiceCodeOf(made.error()) == "ResourceNotFoundException") {
    Result<AwsJson> group = call("CreateLogGroup", {{"logGroupName", log_group_}});
    // Another run may have been quicker.
    if (!group.ok() && ServiceCodeOf(group.error()) != "ResourceAlreadyExistsException") {
      return std::move(group).error();
    }
    made = call("CreateLogStream", {{"logGroupName", log_group_}, {"logStreamName", stream}});
  }
  if (!made.ok() && ServiceCodeOf(made.error()) != "ResourceAlreadyExistsException") {
    return std::move(made).error();
  }
  size_t next = 0;
  while (next < lines_.size()) {
    AwsJson events = AwsJson::array();
    size_t bytes = 0;
    while (next < lines_.size() && events.size() < kLinesACall) {
      const RunLogLine& line = lines_[next];
      bytes += line.text.size() + kLineBytes;
      if (bytes > kBytesACall && !events.empty()) break;
      events.push_back({{"timestamp", line.time_us / 1000}, {"message", line.text}});
      ++next;
    }
    ASSIGN_OR_RETURN(const AwsJson answer,
                     call("PutLogEvents", {{"logGroupName", log_group_},
                                           {"logStreamName", stream},
                                           {"logEvents", std::move(events)}}));
    if (answer.contains("rejectedLogEventsInfo")) {
      return InvalidInput("CloudWatch Logs refused some of the lines");
    }
  }
  return {};
}

}  // namespace ember
