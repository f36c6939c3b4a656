#include "emulator/step_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include "emulator/dist_cp_command.h"

namespace ember {
namespace {

constexpr std::string_view kScaled = "the emulator's nodes are smaller than the cluster's";
constexpr std::string_view kNoYarn = "the emulator's Spark runs without YARN";
constexpr std::string_view kNoService =
    "shuffle files move to other executors before a node ends, without a shuffle service";
constexpr std::string_view kNoHistory = "the emulator has no history server";

struct SettingRow {
  std::string_view prefix;  // with a dot at its end: all below it
  std::string_view why;
};
constexpr auto kLeftOut = std::to_array<SettingRow>({
    {"spark.driver.cores", kScaled},
    {"spark.driver.memory", kScaled},
    {"spark.driver.memoryOverhead", kScaled},
    {"spark.driver.memoryOverheadFactor", kScaled},
    {"spark.dynamicAllocation.shuffleTracking.enabled", kNoService},
    {"spark.eventLog.", kNoHistory},
    {"spark.executor.cores", kScaled},
    {"spark.executor.instances", kScaled},
    {"spark.executor.memory", kScaled},
    {"spark.executor.memoryOverhead", kScaled},
    {"spark.executor.memoryOverheadFactor", kScaled},
    {"spark.executor.pyspark.memory", kScaled},
    {"spark.history.", kNoHistory},
    {"spark.master", kNoYarn},
    {"spark.memory.offHeap.", kScaled},
    {"spark.shuffle.service.", kNoService},
    {"spark.submit.deployMode", kNoYarn},
    {"spark.yarn.", kNoYarn},
});

// How the emulator takes an option of spark-submit (Spark's SparkSubmitOptionParser).
enum class OptionUse {
  kKeep,
  kFetch,   // a list of files
  kLeave,   // with a note
  kSwitch,  // kept; it has no value
  kConf,
  kRefuse,
};
struct OptionRow {
  std::string_view name;
  OptionUse use;
  std::string_view why = "";
};
constexpr auto kOptions = std::to_array<OptionRow>({
    {"--archives", OptionUse::kFetch},
    {"--class", OptionUse::kKeep},
    {"--conf", OptionUse::kConf},
    {"-c", OptionUse::kConf},
    // On EMR the driver of `--deploy-mode cluster` runs in YARN's application master. A standalone
    // cluster runs no Python driver on its workers (SparkSubmit refuses it), so the driver is the
    // step's own process, as with `client`.
    {"--deploy-mode", OptionUse::kLeave, "the driver is the step's own process"},
    {"--driver-class-path", OptionUse::kKeep},
    {"--driver-cores", OptionUse::kLeave, kScaled},
    {"--driver-java-options", OptionUse::kKeep},
    {"--driver-library-path", OptionUse::kKeep},
    {"--driver-memory", OptionUse::kLeave, kScaled},
    {"--exclude-packages", OptionUse::kKeep},
    {"--executor-cores", OptionUse::kLeave, kScaled},
    {"--executor-memory", OptionUse::kLeave, kScaled},
    {"--files", OptionUse::kFetch},
    {"--help", OptionUse::kSwitch},
    {"-h", OptionUse::kSwitch},
    {"--jars", OptionUse::kFetch},
    {"--keytab", OptionUse::kRefuse, "the emulator has no Kerberos"},
    {"--kill", OptionUse::kRefuse, "there are no drivers in the cluster"},
    {"--master", OptionUse::kLeave, kNoYarn},
    {"--name", OptionUse::kKeep},
    {"--num-executors", OptionUse::kLeave, kScaled},
    {"--packages", OptionUse::kKeep},
    {"--principal", OptionUse::kRefuse, "the emulator has no Kerberos"},
    {"--properties-file", OptionUse::kFetch},
    {"--proxy-user", OptionUse::kKeep},
    {"--py-files", OptionUse::kFetch},
    {"--queue", OptionUse::kLeave, kNoYarn},
    {"--remote", OptionUse::kRefuse, "a step runs its own driver"},
    {"--repositories", OptionUse::kKeep},
    {"--status", OptionUse::kRefuse, "there are no drivers in the cluster"},
    {"--supervise", OptionUse::kSwitch},
    {"--total-executor-cores", OptionUse::kLeave, kScaled},
    {"--verbose", OptionUse::kSwitch},
    {"-v", OptionUse::kSwitch},
    {"--version", OptionUse::kSwitch},
});

bool IsInS3(std::string_view path) {
  return path.starts_with("s3://") || path.starts_with("s3a://") || path.starts_with("s3n://");
}

// Reads the words of one spark-submit.
class SubmitReader {
 public:
  SubmitReader(const std::vector<std::string>& words, const StepGround& ground)
      : words_(words), ground_(ground) {
    command_.arguments = {ground.spark_home + "/bin/spark-submit", "--master", ground.master_url};
  }

  Result<StepCommand> Read() {
    size_t at = 1;
    while (at < words_.size() && words_[at].starts_with('-')) {
      ASSIGN_OR_RETURN(at, Option(at));
    }
    // Its own program is the next word; what follows is the program's.
    if (at < words_.size()) command_.arguments.push_back(Fetched(words_[at++]));
    command_.arguments.insert(command_.arguments.end(),
                              words_.begin() + static_cast<std::ptrdiff_t>(at), words_.end());
    return std::move(command_);
  }

 private:
  // Returns where the next word is.
  Result<size_t> Option(size_t at) {
    std::string name = words_[at];
    std::optional<std::string> value;
    if (const size_t equals = name.find('='); name.starts_with("--") && equals != name.npos) {
      value = name.substr(equals + 1);
      name.resize(equals);
    }
    const auto* row = std::find_if(kOptions.begin(), kOptions.end(),
                                   [&](const OptionRow& option) { return option.name == name; });
    if (row == kOptions.end())
      return InvalidInput(fmt::format("spark-submit has no option '{}'", name));
    if (row->use == OptionUse::kRefuse)
      return InvalidInput(fmt::format("'{}' cannot be emulated: {}", name, row->why));
    ++at;
    if (row->use == OptionUse::kSwitch) {
      command_.arguments.push_back(name);
      return at;
    }
    if (!value) {
      if (at == words_.size()) return InvalidInput(fmt::format("'{}' needs a value", name));
      value = words_[at++];
    }
    Take(*row, *value);
    return at;
  }

  void Take(const OptionRow& row, const std::string& value) {
    std::string taken = value;
    std::string_view why = row.use == OptionUse::kLeave ? row.why : "";
    if (row.use == OptionUse::kConf)
      why = WhySparkSettingIsLeftOut(value.substr(0, value.find('=')));
    if (!why.empty()) {
      command_.notes.push_back(fmt::format("left out: {} {} ({})", row.name, value, why));
      return;
    }
    if (row.use == OptionUse::kFetch) taken = FetchedList(value);
    command_.arguments.emplace_back(row.name);
    command_.arguments.push_back(taken);
  }

  std::string FetchedList(const std::string& list) {
    std::vector<std::string> paths;
    for (size_t start = 0; start <= list.size();) {
      const size_t end = std::min(list.find(',', start), list.size());
      if (end > start) paths.push_back(Fetched(list.substr(start, end - start)));
      start = end + 1;
    }
    return fmt::format("{}", fmt::join(paths, ","));
  }

  // "s3://bucket/a.zip#name" → "FOLDER/0/a.zip#name".
  std::string Fetched(const std::string& path) {
    if (!IsInS3(path)) return path;
    const size_t hash = std::min(path.find('#'), path.size());
    const std::string file = path.substr(0, hash);
    const std::string name = file.substr(file.rfind('/') + 1);
    const std::string target =
        fmt::format("{}/{}/{}", ground_.files_folder, command_.fetches.size(), name);
    command_.fetches.push_back({.from = file, .to = target});
    return target + path.substr(hash);
  }

  const std::vector<std::string>& words_;
  const StepGround& ground_;
  StepCommand command_;
};

Result<StepCommand> SubmitCommand(const std::vector<std::string>& words, const StepGround& ground) {
  return SubmitReader(words, ground).Read();
}

Result<StepCommand> DistCpCommand(const std::vector<std::string>& words, const StepGround& ground) {
  StepCommand command;
  ASSIGN_OR_RETURN(DistCpCopy copy, DistCpCopyOf(words));
  command.arguments = {ground.ember, "s3", "copy"};
  command.arguments.insert(command.arguments.end(), copy.arguments.begin(), copy.arguments.end());
  command.notes = std::move(copy.notes);
  return command;
}

// EMR 7's own Connect server: /usr/lib/spark/sbin/start-connect-server.sh, which stays behind the
// step. Its port and jars are this machine's own.
bool StartsConnectServer(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word.find("start-connect-server.sh") != std::string::npos;
  });
}

Result<StepCommand> ShellCommand(const std::vector<std::string>& words, const StepGround&) {
  StepCommand command;
  command.arguments = words;
  if (words[0] == "bash") command.arguments[0] = "/bin/bash";
  return command;
}

struct ProgramRow {
  std::string_view name;
  Result<StepCommand> (*make)(const std::vector<std::string>&, const StepGround&);
};
constexpr auto kPrograms = std::to_array<ProgramRow>({
    {"bash", ShellCommand},
    {"s3-dist-cp", DistCpCommand},
    {"sh", ShellCommand},
    {"spark-submit", SubmitCommand},
});

}  // namespace

std::string_view WhySparkSettingIsLeftOut(std::string_view key) {
  for (const SettingRow& row : kLeftOut) {
    if (row.prefix.ends_with('.') ? key.starts_with(row.prefix) : key == row.prefix) return row.why;
  }
  return "";
}

Result<StepCommand> StepCommandOf(const std::vector<std::string>& arguments,
                                  const StepGround& ground) {
  if (arguments.empty()) return InvalidInput("the step has no arguments");
  if (StartsConnectServer(arguments)) {
    StepCommand command;
    command.kind = StepKind::kConnectServer;
    command.notes = {"the Connect server of the emulator's own Spark, on a port of its own"};
    return command;
  }
  const std::string& program = arguments[0];
  // EMR's nodes have them by path too: /usr/bin/spark-submit.
  const std::string name = program.substr(program.rfind('/') + 1);
  for (const ProgramRow& row : kPrograms) {
    if (row.name == name) return row.make(arguments, ground);
  }
  std::vector<std::string_view> names;
  for (const ProgramRow& row : kPrograms) names.push_back(row.name);
  return InvalidInput(
      fmt::format("the emulator runs {}, and no '{}'", fmt::join(names, ", "), program));
}

}  // namespace ember
