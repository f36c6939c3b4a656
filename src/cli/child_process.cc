#include "cli/child_process.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace ember {
namespace {

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

std::string_view NameOf(std::string_view variable) {
  return variable.substr(0, variable.find('='));
}

}  // namespace

std::vector<std::string> EnvironmentWith(
    const std::vector<std::pair<std::string, std::string>>& set,
    const std::vector<std::string>& removed) {
  std::vector<std::string> out;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view name = NameOf(*variable);
    const bool replaced =
        std::any_of(set.begin(), set.end(), [&](const auto& pair) { return pair.first == name; });
    if (!replaced && std::find(removed.begin(), removed.end(), name) == removed.end()) {
      out.emplace_back(*variable);
    }
  }
  for (const auto& [name, value] : set) out.push_back(name + "=" + value);
  return out;
}

SignalRelay::SignalRelay() {
  sigemptyset(&relayed_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD}) sigaddset(&relayed_, signal);
  pthread_sigmask(SIG_BLOCK, &relayed_, &previous_mask_);
}

SignalRelay::~SignalRelay() { pthread_sigmask(SIG_SETMASK, &previous_mask_, nullptr); }

Result<int> SignalRelay::Run(const std::vector<std::string>& arguments,
                             const std::vector<std::string>& environment) const {
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &previous_mask_);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t child = 0;
  const int failure = posix_spawnp(&child, arguments[0].c_str(), nullptr, &attributes,
                                   Pointers(arguments).data(), Pointers(environment).data());
  posix_spawnattr_destroy(&attributes);
  if (failure != 0) {
    return InvalidInput(fmt::format("cannot start \"{}\": {}; name the interpreter with --python",
                                    arguments[0], std::strerror(failure)));
  }
  while (true) {
    siginfo_t info{};
    const int signal = sigwaitinfo(&relayed_, &info);
    int status = 0;
    if (waitpid(child, &status, WNOHANG) == child) {
      return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }
    // A signal of the terminal went to the whole foreground group, the child included.
    if (signal > 0 && signal != SIGCHLD && info.si_code != SI_KERNEL) kill(child, signal);
  }
}

}  // namespace ember
