#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "aws/s3_store.h"
#include "base/result.h"

namespace ember {

/// When a file that is there already counts as the same.
enum class TransferCompare {
  kTime,     // of the same size and not older; or of the same content
  kContent,  // of the same content, by its checksum
  kNever,    // all is transferred again
};

/// Files that go from one place to another: a local file or folder, or s3://bucket/key.
struct TransferRequest {
  std::vector<std::string> from;  // a folder stands for the files in it; several: `to` is a folder
  std::string to;
  /// Hadoop globs. One with a slash is for the whole name below the folder, another for the last
  /// part of it. No `include`: all files.
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  TransferCompare compare = TransferCompare::kTime;
  bool removes_others = false;  // from the target folder, what the sources do not have
  int parallel = 8;
  int64_t part_size = int64_t{8} << 20;   // of uploads; more for files of more than 10,000 parts
  int64_t copy_limit = int64_t{5} << 30;  // larger objects are copied in parts
};

/// A file or object; local when `bucket` is empty.
struct TransferPlace {
  std::string bucket;
  std::string path;  // key or local path

  std::string Display() const { return bucket.empty() ? path : "s3://" + bucket + "/" + path; }
  bool operator==(const TransferPlace&) const = default;
};

struct TransferFile {
  std::string name;  // below the source folder
  TransferPlace from;
  TransferPlace to;
  int64_t size = 0;
  int64_t modified_us = 0;  // of the source, UTC
  std::string etag;         // of a source in S3
};

/// What a request comes to.
struct TransferPlan {
  std::vector<TransferFile> files;      // to be transferred
  std::vector<TransferPlace> removals;  // once all files are there
  int64_t bytes = 0;
  int64_t unchanged = 0;  // files that are there already
};

/// Is told how a transfer goes on; called from several threads at once.
class TransferObserver {
 public:
  virtual ~TransferObserver() = default;
  virtual void BytesMoved(int64_t bytes) = 0;
  virtual void FileFinished(const TransferFile& file) = 0;
};

struct TransferReport {
  int64_t files = 0;
  int64_t bytes = 0;
  int64_t continued_bytes = 0;  // of an earlier run, found and kept
  int64_t removed = 0;
  int64_t unverified = 0;  // downloads whose checksum the service keeps in no form known here
};

/// Lists both sides. A source that is not there is PATH_NOT_FOUND; two sources for one target, and
/// a target within the source, are EMBER_INVALID_INPUT. Journals of Ember's own (s3_journal.h) are
/// finished first and never transferred or removed.
Result<TransferPlan> PlanTransfer(S3Clients& clients, const TransferRequest& request,
                                  const std::stop_token& stop);

/// Transfers the files, several at a time, then removes. Every byte is checked: uploads by SHA-256,
/// by the service; downloads by the object's checksum; at the end a listing has to show what was
/// sent. After an error or a stop the same request goes on where this one ended: whole files stay,
/// and of large ones the parts that were there.
Result<TransferReport> RunTransfer(S3Clients& clients, const TransferRequest& request,
                                   const TransferPlan& plan, TransferObserver& observer,
                                   const std::stop_token& stop);

}  // namespace ember
