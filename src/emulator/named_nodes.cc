#include "emulator/named_nodes.h"

#include <charconv>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>

namespace ember {
namespace {

constexpr double kUsualStepS = 30;

int64_t NowMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

double NumberAfter(const std::string& command, std::string_view word, double otherwise) {
  const size_t at = command.find(word);
  if (at == std::string::npos) return otherwise;
  double number = otherwise;
  std::from_chars(command.data() + at + word.size(), command.data() + command.size(), number);
  return number;
}

class NamedNodes final : public EmulatedSpark {
 public:
  explicit NamedNodes(double speed) : speed_(speed) {}

  Status Start(const EmulatedSparkOptions& options, const std::stop_token& stop) override {
    if (stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
    folder_ = options.folder;
    return {};
  }
  Status AddNode(const EmulatedNode& node) override {
    cores_[node.instance_id] = node.cores;
    return {};
  }
  Result<bool> IsNodeReady(const std::string& instance_id) override {
    return cores_.contains(instance_id);
  }
  Status DecommissionNode(const std::string&) override { return {}; }
  Status RemoveNode(const std::string& instance_id) override {
    cores_.erase(instance_id);
    return {};
  }
  Result<EmulatedLoad> Load() override {
    EmulatedLoad load;
    for (const auto& [id, cores] : cores_) load.cores += cores;
    for (const auto& [id, step] : steps_) load.applications += step.ends_ms > NowMs() ? 1 : 0;
    load.cores_used = load.applications > 0 ? load.cores : 0;
    return load;
  }
  Status StartStep(const EmulatedStep& step) override {
    std::string command;
    for (const std::string& argument : step.arguments) command += argument + " ";
    const double seconds = NumberAfter(command, "sleep ", kUsualStepS);
    Step made;
    made.ends_ms = NowMs() + static_cast<int64_t>(seconds * 1e3 / speed_);
    made.exit_code = static_cast<int>(NumberAfter(command, "exit ", 0));
    if (command.starts_with("false ")) made.exit_code = 1;
    steps_[step.step_id] = made;
    const std::string folder = StepLogFolder(step.step_id);
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    std::ofstream(folder + "/controller") << "not run, in name only: " << command << "\n";
    std::ofstream(folder + "/stdout") << "";
    std::ofstream(folder + "/stderr") << "";
    return {};
  }
  Result<std::optional<EmulatedStepEnd>> StepEnd(const std::string& step_id) override {
    const auto step = steps_.find(step_id);
    if (step == steps_.end() || step->second.ends_ms > NowMs())
      return std::optional<EmulatedStepEnd>();
    return std::optional(EmulatedStepEnd{step->second.exit_code});
  }
  Status CancelStep(const std::string& step_id) override {
    steps_[step_id].ends_ms = 0;
    return {};
  }
  std::string StepLogFolder(const std::string& step_id) const override {
    return folder_ + "/steps/" + step_id;
  }
  int connect_port() const override { return 0; }
  Status Stop() override {
    cores_.clear();
    return {};
  }

 private:
  struct Step {
    int64_t ends_ms = 0;
    int exit_code = 0;
  };
  double speed_;
  std::string folder_;
  std::map<std::string, int> cores_;
  std::map<std::string, Step> steps_;
};

}  // namespace

std::unique_ptr<EmulatedSpark> MakeNamedNodes(double speed) {
  return std::make_unique<NamedNodes>(speed);
}

}  // namespace ember
