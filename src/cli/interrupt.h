#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace ember {

/// While it lives, SIGINT, SIGTERM and SIGHUP request a stop instead of ending the process; a
/// second one ends it. Owns the thread that waits for the signals. Make it before other threads
/// start, so that they inherit the blocked mask.
class InterruptGuard {
 public:
  InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  ~InterruptGuard();

  std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  sigset_t previous_mask_{};
  std::jthread waiter_;
};

}  // namespace ember
