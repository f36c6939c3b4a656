#pragma once

#include <stop_token>
#include <string>

#include "aws/host.h"
#include "aws/http.h"
#include "aws/shared_config.h"

namespace ember {

/// EC2's instance metadata, version 2 only: a token is asked for first. The answer to that travels
/// one network hop unless the instance allows more, so inside a container it may never arrive.
class InstanceMetadata {
 public:
  /// All must outlive this.
  InstanceMetadata(HttpClient& http, AwsHost& host, const AwsSharedConfig& config)
      : http_(http), host_(host), config_(config) {}

  /// The text at "/latest/…". PATH_NOT_FOUND when there is none; EMBER_AWS.CONNECTION when this is
  /// no EC2 instance or it does not answer here; EMBER_AWS.INVALID_CONFIG when switched off.
  Result<std::string> Get(const std::string& path, const std::stop_token& stop);

 private:
  Result<HttpResponse> Ask(const std::string& method, const std::string& path, HttpHeader header,
                           const std::stop_token& stop);

  HttpClient& http_;
  AwsHost& host_;
  const AwsSharedConfig& config_;
  std::string token_;
};

}  // namespace ember
