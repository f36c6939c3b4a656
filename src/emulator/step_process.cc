#include "emulator/step_process.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "cluster/spark_process.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

std::string LogLine(const std::string& text) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}Z INFO {}\n", now, text);
}

std::string CommandLine(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + ShellWord(word);
  return line;
}

// The exit code comes by a file: whoever asks for it may not be who waited for the process.
std::string Script(const StepCommand& command, const std::string& ember) {
  std::string text = "#!/bin/sh\nrun() {\n";
  for (const StepFetch& fetch : command.fetches) {
    text += fmt::format("  {} >>controller 2>&1 || {{ tail -n 5 controller >&2; return 1; }}\n",
                        CommandLine({ember, "s3", "copy", fetch.from, fetch.to}));
  }
  text += fmt::format("  {}\n", CommandLine(command.arguments));
  text +=
      "}\nrun\ncode=$?\n"
      "echo \"$(date -u +%Y-%m-%dT%H:%M:%SZ) INFO the process ended with exit code $code\" "
      ">>controller\n"
      "echo $code >exit.new && mv exit.new exit\n";
  return text;
}

Status MakeFolder(const std::string& folder) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) return InvalidInput(fmt::format("cannot make '{}': {}", folder, code.message()));
  fs::remove(folder + "/exit", code);
  return {};
}

}  // namespace

std::string ShellWord(const std::string& text) {
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'') {
      word += "'\\''";
    } else {
      word += c;
    }
  }
  return word + "'";
}

Result<StepProcess> StepProcess::Start(const std::string& folder, const StepCommand& command,
                                       const std::vector<std::string>& environment,
                                       const std::string& ember) {
  RETURN_IF_ERROR(MakeFolder(folder));
  std::error_code code;
  for (const StepFetch& fetch : command.fetches) {
    fs::create_directories(fs::path(fetch.to).parent_path(), code);
    if (code) return InvalidInput(fmt::format("cannot make '{}': {}", fetch.to, code.message()));
  }
  std::string controller;
  for (const std::string& note : command.notes) controller += LogLine(note);
  controller += LogLine("startExec " + CommandLine(command.arguments));
  RETURN_IF_ERROR(WritePrivate(folder + "/controller", controller));
  RETURN_IF_ERROR(WritePrivate(folder + "/run.sh", Script(command, ember)));
  ASSIGN_OR_RETURN(const ProcessIdentity identity,
                   StartDetached({.arguments = {"/bin/sh", folder + "/run.sh"},
                                  .environment = environment,
                                  .folder = folder,
                                  .log = folder + "/stdout",
                                  .error_log = folder + "/stderr"}));
  return StepProcess(folder, identity);
}

Result<StepProcess> StepProcess::Ended(const std::string& folder, int exit_code,
                                       const std::string& message) {
  RETURN_IF_ERROR(MakeFolder(folder));
  const bool has_failed = exit_code != 0;
  RETURN_IF_ERROR(WritePrivate(folder + "/stdout", ""));
  RETURN_IF_ERROR(WritePrivate(folder + "/stderr", has_failed ? message + "\n" : ""));
  RETURN_IF_ERROR(WritePrivate(folder + "/controller", LogLine(message)));
  StepProcess process(folder, {});
  process.exit_code_ = exit_code;
  return process;
}

std::optional<int> StepProcess::ExitCode() {
  if (exit_code_) return exit_code_;
  const bool is_alive = IsAlive(identity_);
  // Looked for after the process: one that ended meanwhile has written it.
  std::ifstream file(folder_ + "/exit");
  int code = 0;
  if (file >> code) {
    exit_code_ = code;
  } else if (!is_alive) {
    exit_code_ = 128 + SIGKILL;
  }
  return exit_code_;
}

}  // namespace ember
