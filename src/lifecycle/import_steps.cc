#include "lifecycle/import_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "lifecycle/answer.h"

namespace ember {
namespace {

constexpr int64_t kMib = int64_t{1} << 20;

int64_t Number(const std::string& text) {
  int64_t number = -1;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  return code == std::errc() && end == text.data() + text.size() ? number : -1;
}

std::vector<std::string> SplitList(const std::string& text) {
  std::vector<std::string> parts;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(',', at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

struct DistCpOption {
  std::string_view name;
  void (*set)(EmrDistCp& copy, const std::string& value);
};
constexpr auto kDistCpOptions = std::to_array<DistCpOption>({
    {"src", [](EmrDistCp& copy, const std::string& value) { copy.src = value; }},
    {"dest", [](EmrDistCp& copy, const std::string& value) { copy.dest = value; }},
    {"srcPattern", [](EmrDistCp& copy, const std::string& value) { copy.src_pattern = value; }},
    {"groupBy", [](EmrDistCp& copy, const std::string& value) { copy.group_by = value; }},
    {"targetSize", [](EmrDistCp& copy,
                      const std::string& value) { copy.target_size.bytes = Number(value) * kMib; }},
    {"outputCodec", [](EmrDistCp& copy, const std::string& value) { copy.output_codec = value; }},
    {"multipartUploadChunkSize",
     [](EmrDistCp& copy, const std::string& value) {
       copy.multipart_chunk_mib = static_cast<int>(Number(value));
     }},
    {"outputManifest",
     [](EmrDistCp& copy, const std::string& value) { copy.output_manifest = value; }},
    {"previousManifest",
     [](EmrDistCp& copy, const std::string& value) { copy.previous_manifest = value; }},
    {"copyFromManifest",
     [](EmrDistCp& copy, const std::string&) { copy.copy_from_manifest = true; }},
    {"deleteOnSuccess", [](EmrDistCp& copy, const std::string&) { copy.delete_on_success = true; }},
});

// What is not understood is left out, and shows when the arguments are made again.
EmrDistCp ParseDistCp(const std::vector<std::string>& arguments) {
  EmrDistCp copy;
  for (const std::string& argument : arguments) {
    if (!argument.starts_with("--")) continue;
    const size_t equals = argument.find('=');
    const std::string name = argument.substr(2, equals == std::string::npos ? equals : equals - 2);
    for (const DistCpOption& option : kDistCpOptions) {
      if (option.name == name)
        option.set(copy, equals == std::string::npos ? "" : argument.substr(equals + 1));
    }
  }
  return copy;
}

EmrSparkJob ParseSparkSubmit(const std::vector<std::string>& arguments) {
  EmrSparkJob job;
  size_t at = 1;
  for (; at + 1 < arguments.size() && arguments[at].starts_with("--"); at += 2) {
    const std::string& name = arguments[at];
    const std::string& value = arguments[at + 1];
    if (name == "--deploy-mode") job.deploy_mode = value;
    if (name == "--class") job.main_class = value;
    if (name == "--py-files") job.py_files = SplitList(value);
    if (name == "--jars") job.jars = SplitList(value);
    const size_t equals = value.find('=');
    if (name == "--conf" && equals != std::string::npos)
      job.settings[value.substr(0, equals)] = value.substr(equals + 1);
  }
  if (at < arguments.size()) job.program = arguments[at++];
  if (at < arguments.size()) {
    job.arguments.assign(arguments.begin() + static_cast<std::ptrdiff_t>(at), arguments.end());
  }
  return job;
}

EmrJson DistCpKeys(const EmrDistCp& copy) {
  EmrJson keys = EmrJson::object();
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) keys[key] = value;
  };
  put("src", copy.src);
  put("dest", copy.dest);
  put("src_pattern", copy.src_pattern);
  put("group_by", copy.group_by);
  if (copy.target_size.bytes > 0)
    keys["target_size"] = fmt::format("{}MiB", copy.target_size.bytes / kMib);
  put("output_codec", copy.output_codec);
  if (copy.multipart_chunk_mib > 0) keys["multipart_chunk_mib"] = copy.multipart_chunk_mib;
  put("output_manifest", copy.output_manifest);
  put("previous_manifest", copy.previous_manifest);
  if (copy.copy_from_manifest) keys["copy_from_manifest"] = true;
  if (copy.delete_on_success) keys["delete_on_success"] = true;
  return keys;
}

EmrJson SparkJobKeys(const EmrSparkJob& job) {
  EmrJson keys = {{"program", job.program}};
  if (!job.main_class.empty()) keys["class"] = job.main_class;
  if (!job.arguments.empty()) keys["arguments"] = job.arguments;
  if (!job.py_files.empty()) keys["py_files"] = job.py_files;
  if (!job.jars.empty()) keys["jars"] = job.jars;
  if (job.deploy_mode != "cluster") keys["deploy_mode"] = job.deploy_mode;
  if (!job.settings.empty()) keys["settings"] = job.settings;
  return keys;
}

EmrJson StepKeys(const std::string& name, const std::string& on_failure,
                 const std::vector<std::string>& arguments) {
  EmrJson keys = {{"name", name}};
  if (on_failure != "continue") keys["on_failure"] = on_failure;
  const auto step = ParseEmrStep(name, arguments);
  if (step && step->dist_cp)
    keys["s3_dist_cp"] = DistCpKeys(*step->dist_cp);
  else if (step && step->spark)
    keys["spark"] = SparkJobKeys(*step->spark);
  else
    keys["command"] = arguments;
  return keys;
}

// The step that `connect: {mode: step}` makes of the file so far.
EmrJson ConnectStep(const EmrJson& file, const EmrFacts& facts) {
  EmrCluster cluster;
  cluster.release = AwsText(file, "release");
  cluster.connect.mode = "step";
  cluster.master.types = cluster.core.types = {{.name = "m5.xlarge"}};
  const EmrJson request = RunJobFlowRequest(cluster, facts, {});
  return AwsList(request, "Steps").empty() ? EmrJson() : request["Steps"].front();
}

}  // namespace

std::optional<EmrStep> ParseEmrStep(const std::string& name,
                                    const std::vector<std::string>& arguments) {
  if (arguments.empty()) return std::nullopt;
  EmrStep step;
  step.name = name;
  if (arguments.front() == "s3-dist-cp")
    step.dist_cp = ParseDistCp(arguments);
  else if (arguments.front() == "spark-submit")
    step.spark = ParseSparkSubmit(arguments);
  else
    return std::nullopt;
  return EmrStepArguments(step) == arguments ? std::optional(step) : std::nullopt;
}

void AddImportedSteps(const EmrJson& steps, const EmrFacts& facts, EmrJson& file) {
  const EmrJson connect = ConnectStep(file, facts);
  for (const EmrJson& told : steps) {
    if (told == connect && !file.contains("connect")) {
      file["connect"] = {{"mode", "step"}};
      continue;
    }
    std::vector<std::string> arguments;
    for (const EmrJson& argument : AwsList(AwsPath(told, {"HadoopJarStep"}), "Args"))
      arguments.push_back(argument.is_string() ? argument.get<std::string>() : argument.dump());
    std::string on_failure = AwsText(told, "ActionOnFailure");
    std::transform(on_failure.begin(), on_failure.end(), on_failure.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (on_failure.empty()) on_failure = "continue";
    file["steps"].push_back(StepKeys(AwsText(told, "Name"), on_failure, arguments));
  }
}

}  // namespace ember
