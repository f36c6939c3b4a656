#pragma once

#include <stop_token>
#include <string>

#include "aws/credentials.h"
#include "aws/host.h"
#include "aws/http.h"

namespace ember {

/// Where and how the Security Token Service is asked.
struct StsEndpoint {
  std::string url;
  std::string region;  // of the signature
};

struct AssumeRole {
  std::string role_arn;
  std::string session_name;
  std::string external_id;
  std::string duration_seconds;    // empty: the role's own
  std::string web_identity_token;  // when there is one, nothing else proves who asks
};

/// Credentials of a role. `source` proves who asks; null with a web identity.
Result<AwsCredentials> CallAssumeRole(HttpClient& http, AwsHost& host, const StsEndpoint& endpoint,
                                      const AssumeRole& role, AwsCredentialsProvider* source,
                                      const std::stop_token& stop);

}  // namespace ember
