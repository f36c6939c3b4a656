#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "aws/s3_client.h"
#include "store/store.h"

namespace ember {

/// Clients by bucket, for one set of session settings. Safe to use from several threads.
class S3Clients {
 public:
  /// `http` and `host` must outlive it.
  S3Clients(HttpClient& http, AwsHost& host, std::map<std::string, std::string> session)
      : http_(http), host_(host), session_(std::move(session)) {}
  Result<std::shared_ptr<S3Client>> For(const std::string& bucket);
  AwsHost& host() { return host_; }

 private:
  HttpClient& http_;
  AwsHost& host_;
  std::map<std::string, std::string> session_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<S3Client>> clients_;  // guarded by mutex_
};

/// Paths s3://, s3a:// and s3n:// behind the store's seam. A write is staged in a local folder;
/// Commit uploads its files in parts, decides by the journal beside the target (s3_journal.h) and
/// completes the uploads then. Killed before the decision: nothing is to be seen but unfinished
/// uploads (CleanS3); after it: the next Recover of the target finishes.
std::unique_ptr<Store> MakeS3Store(std::shared_ptr<S3Clients> clients);

/// How much of what writers left was removed.
struct S3Cleaned {
  int64_t uploads = 0;
  int64_t journals = 0;
};

/// Finishes decided writes of the folder `path` and of those in it, then removes what is older than
/// `min_age_us` (longer than any writer needs): uploads below it, and the journals.
Result<S3Cleaned> CleanS3(S3Clients& clients, const std::string& path, int64_t min_age_us,
                          const std::stop_token& stop = {});

}  // namespace ember
