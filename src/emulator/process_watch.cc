#include "emulator/process_watch.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace ember {
namespace {

constexpr int64_t kPatienceMs = 20000;

// Its input ends when nobody holds the pipe's other end. What is being started may be seen only in
// the next round; no grep that finds processes by their environment would end them all.
constexpr const char* kScript = R"(cat >/dev/null
for round in 1 2 3 4 5 6 7 8 9 10; do
  found=$(grep -lsxzF -e "$1" /proc/[0-9]*/environ)
  [ -z "$found" ] && exit 0
  for file in $found; do
    process=${file#/proc/}
    kill -9 "${process%/environ}" 2>/dev/null
  done
  sleep 0.5
done
)";

}  // namespace

Result<ProcessWatch> ProcessWatch::Start(const std::string& variable, const std::string& folder) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    return InvalidInput(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  auto process = StartDetached({.arguments = {"/bin/sh", "-c", kScript, "watch", variable},
                                .environment = {"PATH=/usr/bin:/bin"},
                                .folder = "/",
                                .log = folder + "/watch.log",
                                .input = ends[0]});
  close(ends[0]);
  if (!process.ok()) {
    close(ends[1]);
    return std::move(process).error();
  }
  return ProcessWatch(*process, ends[1]);
}

ProcessWatch::ProcessWatch(ProcessWatch&& other) noexcept
    : process_(other.process_), held_(other.held_) {
  other.held_ = -1;
}

ProcessWatch::~ProcessWatch() {
  if (held_ < 0) return;
  close(held_);
  for (int64_t waited_ms = 0; IsAlive(process_) && waited_ms < kPatienceMs; waited_ms += 20)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EndProcesses({process_}, 0);
}

}  // namespace ember
