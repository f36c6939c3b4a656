#pragma once

#include <memory>
#include <string>

#include "aws/credentials.h"
#include "aws/host.h"
#include "aws/http.h"

namespace ember {

/// Makes and deletes buckets, as a stack does. Safe to use from several threads.
class S3Buckets {
 public:
  /// `http` and `host` must outlive it; `endpoint` is "http://host:port", asked by path.
  S3Buckets(HttpClient& http, AwsHost& host, AwsCredentials credentials, std::string endpoint,
            std::string region);

  /// False when it was there already, of the same owner.
  Result<bool> Make(const std::string& name);
  /// One that is gone counts as deleted. Errors: BucketNotEmpty and what else S3 says.
  Status Delete(const std::string& name);

 private:
  Result<int> Send(const std::string& method, const std::string& name, const std::string& body);

  HttpClient& http_;
  AwsHost& host_;
  std::unique_ptr<AwsCredentialsProvider> credentials_;
  const std::string endpoint_;
  const std::string region_;
};

}  // namespace ember
