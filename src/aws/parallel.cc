#include "aws/parallel.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace ember {

Status ForEachInParallel(size_t count, const std::function<Status(size_t)>& work, size_t threads) {
  std::atomic<size_t> next = 0;
  std::mutex mutex;
  std::optional<Error> first_error;
  const auto run = [&] {
    for (size_t i = next++; i < count; i = next++) {
      Status done = work(i);
      if (done.ok()) continue;
      std::lock_guard lock(mutex);
      if (!first_error) first_error = std::move(done).error();
      next = count;
    }
  };
  {
    std::vector<std::jthread> others;
    for (size_t t = 1; t < std::min(threads, count); ++t) others.emplace_back(run);
    run();
  }
  if (first_error) return *std::move(first_error);
  return {};
}

}  // namespace ember
