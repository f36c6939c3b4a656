#pragma once

#include <memory>
#include <mutex>

#include "distcp/dist_copy.h"

namespace ember {

/// What the making of one result asks of the whole.
struct DistCopyWorld {
  S3Clients& clients;
  const DistCopyRequest& request;
  TransferObserver& observer;
  std::stop_token stop;
};

/// A result on its way, in pieces that several threads make; nothing of it is to be seen before
/// Commit. Destroyed without: as if never begun.
class ResultTask {
 public:
  virtual ~ResultTask() = default;
  virtual int piece_count() const = 0;
  virtual Status MakePiece(int piece) = 0;
  virtual Status Commit() = 0;
  /// Once all pieces are made.
  virtual int64_t size() const = 0;
};

/// Bytes as they are, into S3: large sources in S3 are copied there, small ones pass through here.
std::unique_ptr<ResultTask> MakeJoinTask(DistCopyWorld& world, const DistCopyResult& result);
/// Bytes that change on the way, or go to a local file.
std::unique_ptr<ResultTask> MakeStreamTask(DistCopyWorld& world, const DistCopyResult& result);

inline Status WithoutValue(Result<std::string> result) {
  return result.ok() ? Status() : Status(std::move(result).error());
}

/// On which condition results are written: those of groups take a free name only.
inline S3Condition ResultCondition(const DistCopyRequest& request) {
  return {.is_absent = !request.group_by.empty()};
}

}  // namespace ember
