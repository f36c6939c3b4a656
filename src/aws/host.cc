#include "aws/host.h"

#include <errno.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <random>
#include <sstream>

namespace ember {
namespace {

int64_t SteadyMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// Reads until the end, the deadline or a stop; false for the latter two.
bool ReadUntilEnd(int file, int64_t deadline_ms, const std::stop_token& stop, std::string& out) {
  constexpr size_t kMost = size_t{1} << 20;
  while (SteadyMs() < deadline_ms && !stop.stop_requested() && out.size() < kMost) {
    pollfd waiting = {file, POLLIN, 0};
    if (poll(&waiting, 1, 50) <= 0) continue;
    char data[4096];
    const ssize_t got = read(file, data, sizeof data);
    if (got == 0) return true;
    if (got < 0 && errno != EINTR) return true;
    if (got > 0) out.append(data, got);
  }
  return false;
}

class SystemAwsHost final : public AwsHost {
 public:
  std::optional<std::string> Variable(const std::string& name) override {
    const char* value = getenv(name.c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return std::string(value);
  }

  Result<std::string> ReadFile(const std::string& path) override {
    std::ifstream file(path, std::ios::binary);
    if (!file) return MakeError("PATH_NOT_FOUND", {{"path", path}});
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
  }

  int64_t NowUs() override {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }

  double Random() override {
    std::lock_guard lock(mutex_);
    return std::uniform_real_distribution<double>(0, 1)(engine_);
  }

  Status Sleep(int64_t duration_ms, const std::stop_token& stop) override {
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, std::chrono::milliseconds(duration_ms), [] { return false; });
    if (stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
    return {};
  }

  Result<ProcessOutput> Run(const std::vector<std::string>& arguments, int64_t timeout_ms,
                            const std::stop_token& stop) override {
    if (arguments.empty()) return InvalidInput("an empty command");
    std::vector<char*> words;
    for (const std::string& argument : arguments)
      words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return InvalidInput("cannot make a pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, words[0], &actions, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (failed != 0) {
      close(ends[0]);
      return InvalidInput(fmt::format("cannot start \"{}\": {}", arguments[0], strerror(failed)));
    }
    ProcessOutput result;
    const bool ended = ReadUntilEnd(ends[0], SteadyMs() + timeout_ms, stop, result.output);
    close(ends[0]);
    if (!ended) kill(child, SIGKILL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
    if (!ended) {
      return InvalidInput(fmt::format("\"{}\" did not end within {} ms", arguments[0], timeout_ms));
    }
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_{std::random_device{}()};  // guarded by mutex_
};

}  // namespace

std::unique_ptr<AwsHost> MakeSystemAwsHost() { return std::make_unique<SystemAwsHost>(); }

std::vector<std::string> SplitCommandLine(const std::string& command) {
  std::vector<std::string> words;
  std::string word;
  bool is_word = false;
  char quote = '\0';
  for (size_t i = 0; i < command.size(); ++i) {
    const char c = command[i];
    if (c == '\\' && quote != '\'' && i + 1 < command.size()) {
      word += command[++i];
      is_word = true;
    } else if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      is_word = true;
    } else if (c == ' ' || c == '\t') {
      if (is_word) words.push_back(std::move(word));
      word.clear();
      is_word = false;
    } else {
      word += c;
      is_word = true;
    }
  }
  if (is_word) words.push_back(std::move(word));
  return words;
}

std::optional<int64_t> ParseIsoTime(const std::string& text) {
  struct tm parts{};
  const char* rest = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  if (rest == nullptr) return std::nullopt;
  int64_t micros = int64_t{timegm(&parts)} * 1000000;
  if (*rest == '.') {
    int64_t unit = 100000;
    for (++rest; *rest >= '0' && *rest <= '9'; ++rest, unit /= 10) micros += (*rest - '0') * unit;
  }
  if (*rest == 'Z' || *rest == '\0' || strcmp(rest, "UTC") == 0) return micros;
  int hours = 0;
  int minutes = 0;
  char sign = 0;
  if (sscanf(rest, "%c%2d:%2d", &sign, &hours, &minutes) < 2) return std::nullopt;
  const int64_t offset = (hours * int64_t{3600} + minutes * 60) * 1000000;
  return sign == '-' ? micros + offset : micros - offset;
}

}  // namespace ember
