#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"

namespace ember {

/// One execution: its responses, kept until the client releases them, and its end. One producer
/// (the thread that runs the plan), at most one consumer (the call that streams to the client; a
/// newer one displaces it).
class ServerOperation {
 public:
  enum class State { kRunning, kSucceeded, kFailed, kCancelled };
  enum class Retention { kUntilSent, kUntilReleased };  // the latter for reattachable executions

  ServerOperation(std::string id, std::vector<std::string> tags, Retention retention);

  const std::string& id() const { return id_; }
  bool HasTag(const std::string& tag) const;
  bool is_reattachable() const { return retention_ == Retention::kUntilReleased; }
  State state() const;

  // The producer's side.
  std::stop_token stop_token() const { return stop_.get_token(); }
  /// Adds a response; waits while too much is unsent. False when the operation was stopped: produce
  /// no more.
  bool Push(std::string response_id, grpc::ByteBuffer bytes);
  void Succeed();
  void Fail(grpc::Status status, State state);

  // The consumer's side.
  /// Makes the caller the consumer; `after` is the last response it has, empty for none. Errors:
  /// INVALID_CURSOR.POSITION_NOT_FOUND, INVALID_CURSOR.POSITION_NOT_AVAILABLE.
  struct Cursor {
    int64_t consumer = 0;
    int64_t next = 0;
  };
  Result<Cursor> Attach(const std::string& after);
  enum class StepKind { kResponse, kEnd, kTimeout, kDisplaced };
  struct Step {
    StepKind kind = StepKind::kTimeout;
    grpc::ByteBuffer bytes;
    bool is_last = false;  // nothing follows but the end, which is a success
    grpc::Status status;   // of kEnd
  };
  /// The response at the cursor, which moves on; waits up to `timeout` for it.
  Step Next(Cursor& cursor, std::chrono::milliseconds timeout);
  /// The consumer went away without an end.
  void Detach(const Cursor& cursor);

  void ReleaseUntil(const std::string& response_id);
  /// Stops the execution (OPERATION_CANCELED for the client). False when it has ended already.
  bool Interrupt();
  /// How long nobody has been attached, for a reattachable operation that waits for its client.
  std::optional<std::chrono::steady_clock::duration> AbandonedFor() const;

 private:
  struct Response {
    std::string id;
    grpc::ByteBuffer bytes;
    int64_t size = 0;
  };
  void DropFront();  // with mutex_ held

  const std::string id_;
  const std::vector<std::string> tags_;
  const Retention retention_;
  std::stop_source stop_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Response> responses_;
  std::string last_dropped_;  // the id of the response before first_: one may go on after it
  int64_t first_ = 0;         // index of responses_.front()
  int64_t sent_ = 0;          // index after the last response that was sent
  int64_t unsent_bytes_ = 0;  // of responses from sent_ on
  int64_t kept_bytes_ = 0;    // of all responses_
  int64_t consumer_ = 0;      // the current one; 0: nobody yet
  bool is_attached_ = false;
  std::chrono::steady_clock::time_point detached_at_;
  State state_ = State::kRunning;
  grpc::Status end_;
};

}  // namespace ember
