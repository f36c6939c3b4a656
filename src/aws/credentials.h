#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"

namespace ember {

/// Keys for signing. The secret and the token never reach a message, a log or a plan: no function
/// of this room prints them, and there is no text form of this struct.
struct AwsCredentials {
  std::string access_key_id;
  std::string secret_access_key;
  std::string session_token;  // temporary credentials only
  int64_t expires_us = 0;     // microseconds UTC; 0: never
  std::string source;         // where they came from, for messages: "environment", "profile x"
  bool is_anonymous = false;  // requests go unsigned

  bool operator==(const AwsCredentials&) const = default;
};

/// Gives credentials that are valid for some minutes at least. Safe to use from several threads.
class AwsCredentialsProvider {
 public:
  virtual ~AwsCredentialsProvider() = default;
  /// EMBER_AWS.NO_CREDENTIALS names the sources tried, in order. Blocks while it asks.
  virtual Result<AwsCredentials> Get(const std::stop_token& stop) = 0;
  /// What Get gave was refused as expired: the next Get asks the source again.
  virtual void Forget() = 0;
};

/// The same credentials every time.
std::unique_ptr<AwsCredentialsProvider> MakeStaticCredentials(AwsCredentials credentials);

}  // namespace ember
