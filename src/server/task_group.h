#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace ember {

/// Runs each task at once in a thread of its own; the owner can wait for all of them. Threads are
/// kept for later tasks: making one costs a short query more than its own work. Thread-safe.
class TaskGroup {
 public:
  TaskGroup() = default;
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;
  ~TaskGroup() {
    Wait();
    {
      const std::lock_guard lock(mutex_);
      is_ending_ = true;
      changed_.notify_all();
    }
    for (std::thread& thread : threads_) thread.join();
  }

  void Run(std::function<void()> task) {
    const std::lock_guard lock(mutex_);
    ++running_;
    waiting_.push_back(std::move(task));
    if (static_cast<int>(waiting_.size()) > idle_) {
      threads_.emplace_back([this] { Work(); });
    } else {
      changed_.notify_one();
    }
  }

  void Wait() {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [this] { return running_ == 0; });
  }

 private:
  void Work() {
    std::unique_lock lock(mutex_);
    while (true) {
      ++idle_;
      changed_.wait(lock, [this] { return !waiting_.empty() || is_ending_; });
      --idle_;
      if (waiting_.empty()) return;
      {
        // What the task holds is released before it counts as ended.
        const std::function<void()> held = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        held();
      }
      lock.lock();
      if (--running_ == 0) ended_.notify_all();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::condition_variable ended_;
  std::deque<std::function<void()>> waiting_;
  std::vector<std::thread> threads_;
  int idle_ = 0;
  int running_ = 0;
  bool is_ending_ = false;
};

}  // namespace ember
