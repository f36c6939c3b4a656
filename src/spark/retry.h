#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace ember {

/// How often a call is sent again over a lost connection: with RetryDelay, for about half a minute.
inline constexpr int kMaxRetries = 12;

/// How long to wait before retry `n` (from 0): 50 ms, doubled each time, 5 s at most.
inline std::chrono::milliseconds RetryDelay(int attempt) {
  return std::chrono::milliseconds(std::min(5000, 50 << std::min(attempt, 10)));
}

/// Waits, but no longer than until a stop is requested.
inline void SleepUnlessStopped(std::chrono::milliseconds delay, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, delay, [] { return false; });
}

}  // namespace ember
