#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "aws/s3_transfer.h"

namespace ember {

/// How the name of a download that is not whole yet begins.
inline constexpr std::string_view kPartialDownload = ".ember-part-";

/// EMBER_AWS.TRANSFER.
inline Error TransferError(std::string what) {
  return MakeError("EMBER_AWS.TRANSFER", {{"what", std::move(what)}});
}

/// What the transfer of one file asks of the whole.
struct TransferWorld {
  S3Clients& clients;
  const TransferRequest& request;
  TransferObserver& observer;
  std::stop_token stop;
};

/// One file on its way in several pieces; pieces are sent by several threads, and whoever sends the
/// last one finishes the object.
class TransferTask {
 public:
  virtual ~TransferTask() = default;
  virtual int piece_count() const = 0;
  virtual Status SendPiece(int piece) = 0;
  /// The new object's ETag, once all is sent; empty for a local file.
  virtual const std::string& etag() const = 0;
  virtual int64_t continued_bytes() const = 0;
  virtual bool is_unverified() const = 0;
};
std::unique_ptr<TransferTask> MakeUploadTask(TransferWorld& world, const TransferFile& file);
std::unique_ptr<TransferTask> MakeDownloadTask(TransferWorld& world, const TransferFile& file);
std::unique_ptr<TransferTask> MakeCopyTask(TransferWorld& world, const TransferFile& file);

}  // namespace ember
