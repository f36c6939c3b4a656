#include "server/operation.h"

#include <algorithm>
#include <utility>

namespace ember {
namespace {

// Beyond this a fast query waits for a slow client.
constexpr int64_t kMaxUnsentBytes = int64_t{64} << 20;
// Sent but unreleased responses beyond this are given up: their client can no longer reattach
// before them.
constexpr int64_t kMaxKeptBytes = int64_t{128} << 20;

}  // namespace

ServerOperation::ServerOperation(std::string id, std::vector<std::string> tags, Retention retention)
    : id_(std::move(id)),
      tags_(std::move(tags)),
      retention_(retention),
      detached_at_(std::chrono::steady_clock::now()) {}

bool ServerOperation::HasTag(const std::string& tag) const {
  return std::find(tags_.begin(), tags_.end(), tag) != tags_.end();
}

ServerOperation::State ServerOperation::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

bool ServerOperation::Push(std::string response_id, grpc::ByteBuffer bytes) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return unsent_bytes_ < kMaxUnsentBytes || stop_.stop_requested(); });
  if (stop_.stop_requested()) return false;
  const auto size = static_cast<int64_t>(bytes.Length());
  responses_.push_back({std::move(response_id), std::move(bytes), size});
  unsent_bytes_ += size;
  kept_bytes_ += size;
  changed_.notify_all();
  return true;
}

void ServerOperation::Succeed() {
  const std::lock_guard lock(mutex_);
  state_ = State::kSucceeded;
  changed_.notify_all();
}

void ServerOperation::Fail(grpc::Status status, State state) {
  const std::lock_guard lock(mutex_);
  state_ = state;
  end_ = std::move(status);
  changed_.notify_all();
}

Result<ServerOperation::Cursor> ServerOperation::Attach(const std::string& after) {
  const std::lock_guard lock(mutex_);
  int64_t next = first_;
  if (!after.empty() && after != last_dropped_) {
    const auto found = std::find_if(responses_.begin(), responses_.end(),
                                    [&](const Response& response) { return response.id == after; });
    if (found == responses_.end()) {
      return MakeError("INVALID_CURSOR.POSITION_NOT_FOUND", {{"responseId", after}});
    }
    next = first_ + (found - responses_.begin()) + 1;
  } else if (after.empty() && first_ > 0) {
    return MakeError("INVALID_CURSOR.POSITION_NOT_AVAILABLE", {{"responseId", ""}});
  }
  is_attached_ = true;
  changed_.notify_all();
  return Cursor{.consumer = ++consumer_, .next = next};
}

ServerOperation::Step ServerOperation::Next(Cursor& cursor, std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  const auto here = [&] { return cursor.next < first_ + static_cast<int64_t>(responses_.size()); };
  const bool changed = changed_.wait_for(lock, timeout, [&] {
    return consumer_ != cursor.consumer || here() || state_ != State::kRunning;
  });
  Step step;
  if (consumer_ != cursor.consumer) {
    step.kind = StepKind::kDisplaced;
  } else if (!changed) {
    step.kind = StepKind::kTimeout;
  } else if (here() && state_ != State::kCancelled) {
    Response& response = responses_[static_cast<size_t>(cursor.next - first_)];
    step.kind = StepKind::kResponse;
    step.bytes = response.bytes;
    ++cursor.next;
    if (cursor.next > sent_) {
      sent_ = cursor.next;
      unsent_bytes_ -= response.size;
    }
    step.is_last = !here() && state_ == State::kSucceeded;
    if (retention_ == Retention::kUntilSent) {
      while (first_ < sent_) DropFront();
    }
    while (kept_bytes_ > kMaxKeptBytes && first_ < sent_) DropFront();
    changed_.notify_all();
  } else {
    step.kind = StepKind::kEnd;
    step.status = end_;
  }
  return step;
}

void ServerOperation::DropFront() {
  kept_bytes_ -= responses_.front().size;
  last_dropped_ = std::move(responses_.front().id);
  responses_.pop_front();
  ++first_;
}

void ServerOperation::Detach(const Cursor& cursor) {
  const std::lock_guard lock(mutex_);
  if (consumer_ != cursor.consumer) return;
  is_attached_ = false;
  detached_at_ = std::chrono::steady_clock::now();
}

void ServerOperation::ReleaseUntil(const std::string& response_id) {
  const std::lock_guard lock(mutex_);
  const auto found =
      std::find_if(responses_.begin(), responses_.end(),
                   [&](const Response& response) { return response.id == response_id; });
  if (found == responses_.end()) return;
  const int64_t until = std::min(first_ + (found - responses_.begin()) + 1, sent_);
  while (first_ < until) DropFront();
}

bool ServerOperation::Interrupt() {
  {
    const std::lock_guard lock(mutex_);
    if (state_ != State::kRunning) return false;
  }
  stop_.request_stop();  // runs the engine's callbacks: without the lock
  const std::lock_guard lock(mutex_);
  changed_.notify_all();
  return true;
}

std::optional<std::chrono::steady_clock::duration> ServerOperation::AbandonedFor() const {
  const std::lock_guard lock(mutex_);
  if (is_attached_) return std::nullopt;
  return std::chrono::steady_clock::now() - detached_at_;
}

}  // namespace ember
