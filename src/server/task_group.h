#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace ember {

/// Threads that end by themselves, one per task; the owner can wait for all of them.
class TaskGroup {
 public:
  TaskGroup() = default;
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;
  ~TaskGroup() { Wait(); }

  template <typename Task>
  void Run(Task task) {
    {
      const std::lock_guard lock(mutex_);
      ++running_;
    }
    std::thread([this, task = std::move(task)]() mutable {
      {
        // What the task holds is released before it counts as ended.
        Task held = std::move(task);
        held();
      }
      const std::lock_guard lock(mutex_);
      if (--running_ == 0) ended_.notify_all();
    }).detach();
  }

  void Wait() {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [this] { return running_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  int running_ = 0;
};

}  // namespace ember
