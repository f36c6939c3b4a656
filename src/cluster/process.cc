#include "cluster/process.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <thread>

namespace ember {
namespace {

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

std::string FileText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct ProcessStatus {
  char state = 0;
  int64_t start_ticks = 0;
};

// /proc/PID/stat: "pid (any name) state ppid …"; the start is the 20th field behind the name.
std::optional<ProcessStatus> ReadStatus(int pid) {
  const std::string text = FileText(fmt::format("/proc/{}/stat", pid));
  const size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return std::nullopt;
  std::istringstream fields(text.substr(name_end + 1));
  ProcessStatus status;
  std::string field;
  if (!(fields >> field) || field.empty()) return std::nullopt;
  status.state = field[0];
  for (int i = 0; i < 19; ++i) {
    if (!(fields >> field)) return std::nullopt;
  }
  status.start_ticks = std::strtoll(field.c_str(), nullptr, 10);
  return status;
}

// The attributes and file actions of a spawn, freed at the end.
class SpawnPlan {
 public:
  SpawnPlan() {
    posix_spawnattr_init(&attributes_);
    posix_spawn_file_actions_init(&actions_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }

  int Spawn(const ProcessCommand& command, int log, int error_log, pid_t* child) {
    sigset_t none;
    sigemptyset(&none);
    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (command.input >= 0) {
      posix_spawn_file_actions_adddup2(&actions_, command.input, STDIN_FILENO);
    } else {
      posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    }
    posix_spawn_file_actions_adddup2(&actions_, log, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, error_log, STDERR_FILENO);
    posix_spawn_file_actions_addchdir_np(&actions_, command.folder.c_str());
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    return posix_spawn(child, command.arguments[0].c_str(), &actions_, &attributes_,
                       Pointers(command.arguments).data(), Pointers(command.environment).data());
  }

 private:
  posix_spawnattr_t attributes_{};
  posix_spawn_file_actions_t actions_{};
};

void Reap(int pid) {
  int status = 0;
  waitpid(pid, &status, WNOHANG);  // fails, without harm, for a process that is not our child
}

bool AllGone(const std::vector<ProcessIdentity>& processes) {
  return std::none_of(processes.begin(), processes.end(), IsAlive);
}

bool WaitUntilGone(const std::vector<ProcessIdentity>& processes, int64_t patience_ms) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms);
  while (!AllGone(processes)) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return true;
}

void SignalAll(const std::vector<ProcessIdentity>& processes, int signal) {
  for (const ProcessIdentity& process : processes) SignalProcess(process, signal);
}

Result<int> OpenLog(const std::string& path) {
  const int log = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (log >= 0) return log;
  return InvalidInput(fmt::format("cannot write the log '{}': {}", path, std::strerror(errno)));
}

}  // namespace

Result<ProcessIdentity> StartDetached(const ProcessCommand& command) {
  ASSIGN_OR_RETURN(const int log, OpenLog(command.log));
  int error_log = log;
  if (!command.error_log.empty()) {
    auto opened = OpenLog(command.error_log);
    if (!opened.ok()) {
      close(log);
      return std::move(opened).error();
    }
    error_log = *opened;
  }
  pid_t child = 0;
  const int failure = SpawnPlan().Spawn(command, log, error_log, &child);
  close(log);
  if (error_log != log) close(error_log);
  if (failure != 0) {
    return InvalidInput(
        fmt::format("cannot start '{}': {}", command.arguments[0], std::strerror(failure)));
  }
  const auto status = ReadStatus(child);
  return ProcessIdentity{.pid = child, .start_ticks = status ? status->start_ticks : 0};
}

bool IsAlive(const ProcessIdentity& process) {
  Reap(process.pid);
  const auto status = ReadStatus(process.pid);
  return status && status->start_ticks == process.start_ticks && status->state != 'Z' &&
         status->state != 'X';
}

std::vector<ProcessIdentity> FindProcesses(std::string_view variable) {
  std::vector<ProcessIdentity> found;
  DIR* folder = opendir("/proc");
  if (folder == nullptr) return found;
  while (const dirent* entry = readdir(folder)) {
    const int pid = std::atoi(entry->d_name);
    if (pid <= 0 || pid == getpid()) continue;
    // Begins behind a zero byte or at the start, and ends with one.
    const std::string environment =
        std::string(1, '\0') + FileText(fmt::format("/proc/{}/environ", pid));
    const std::string wanted = std::string(1, '\0') + std::string(variable) + std::string(1, '\0');
    if (environment.find(wanted) == std::string::npos) continue;
    if (const auto status = ReadStatus(pid); status && status->state != 'Z')
      found.push_back({.pid = pid, .start_ticks = status->start_ticks});
  }
  closedir(folder);
  return found;
}

void SignalProcess(const ProcessIdentity& process, int signal) {
  if (IsAlive(process)) kill(process.pid, signal);
}

bool EndProcesses(const std::vector<ProcessIdentity>& processes, int64_t patience_ms) {
  constexpr int64_t kForcePatienceMs = 5000;
  SignalAll(processes, SIGTERM);
  if (WaitUntilGone(processes, patience_ms)) return true;
  SignalAll(processes, SIGKILL);
  return WaitUntilGone(processes, kForcePatienceMs);
}

std::vector<std::string> LastLines(const std::string& path, size_t count) {
  std::ifstream file(path);
  std::deque<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back(line);
    if (lines.size() > count) lines.pop_front();
  }
  return {lines.begin(), lines.end()};
}

}  // namespace ember
