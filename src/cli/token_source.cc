#include "cli/token_source.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>

namespace ember {
namespace {

constexpr std::chrono::seconds kTokenAge{60};

class TokenCommand {
 public:
  explicit TokenCommand(std::string command) : command_(std::move(command)) {}

  Result<std::string> Token() {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (!token_.empty() && now - asked_ < kTokenAge) return token_;
    ASSIGN_OR_RETURN(token_, Ask());
    asked_ = now;
    return token_;
  }

 private:
  // What the command says on stderr goes to the terminal; what it prints is not repeated anywhere.
  Result<std::string> Ask() const {
    std::FILE* output = popen(command_.c_str(), "r");
    if (output == nullptr) return InvalidInput("the command of --token-command cannot be started");
    std::string text;
    std::array<char, 4096> piece{};
    while (const size_t read = std::fread(piece.data(), 1, piece.size(), output)) {
      text.append(piece.data(), read);
    }
    const int status = pclose(output);
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (code != 0) {
      return InvalidInput(
          fmt::format("the command of --token-command ended with exit code {}", code));
    }
    text.resize(std::min(text.size(), text.find_first_of("\r\n")));
    if (text.empty()) return InvalidInput("the command of --token-command printed no token");
    return text;
  }

  std::string command_;
  std::mutex mutex_;
  std::string token_;
  std::chrono::steady_clock::time_point asked_;
};

}  // namespace

std::function<Result<std::string>()> MakeTokenSource(const std::string& command) {
  if (!command.empty()) {
    return [source = std::make_shared<TokenCommand>(command)] { return source->Token(); };
  }
  const char* variable = std::getenv("SPARK_CONNECT_AUTHENTICATE_TOKEN");
  if (variable == nullptr || *variable == '\0') return {};
  return [token = std::string(variable)] { return Result<std::string>(token); };
}

}  // namespace ember
