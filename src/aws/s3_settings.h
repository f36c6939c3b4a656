#pragma once

#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "aws/credentials.h"
#include "aws/host.h"
#include "aws/http.h"
#include "aws/retry.h"
#include "aws/shared_config.h"

namespace ember {

/// bucket.host/key or host/bucket/key.
enum class S3UrlStyle { kVirtualHost, kPath };

/// How the service encrypts what is written; nothing here: as the bucket says.
struct S3Encryption {
  std::string algorithm;  // as S3's header has it: "AES256", "aws:kms", "aws:kms:dsse"
  std::string key_id;     // of KMS: an id or ARN; empty: AWS's own key of the account
  bool operator==(const S3Encryption&) const = default;
};

/// How one bucket is reached.
struct S3Settings {
  std::string bucket;
  std::string endpoint;  // "https://host:port", without the bucket
  bool is_aws = true;    // the endpoint is AWS's own: it follows the region
  std::string region;
  S3UrlStyle url_style = S3UrlStyle::kVirtualHost;
  RetryPolicy retry = {.max_attempts = 7};  // docs/decisions/007: why not AWS's three
  std::vector<std::string> providers;       // class names of fs.s3a.aws.credentials.provider
  std::string access_key;                   // fs.s3a.access.key and its two companions
  std::string secret_key;
  std::string session_token;
  S3Encryption encryption;  // fs.s3a.encryption.algorithm and .key
};

/// The settings of a bucket. Hadoop's names count first: "fs.s3a.bucket.NAME.x" over "fs.s3a.x",
/// each also with "spark.hadoop." before it; then AWS's environment and profile. `session` is the
/// session's configuration. With `http`, an instance's metadata are asked for the region when
/// nothing else says it. Errors: EMBER_AWS.INVALID_CONFIG; UNSUPPORTED_FEATURE.EMBER for settings
/// of S3A that change what is written or who writes it and that Ember does not have.
Result<S3Settings> ResolveS3Settings(const std::string& bucket,
                                     const std::map<std::string, std::string>& session,
                                     AwsHost& host, HttpClient* http, const std::stop_token& stop);

/// Who works with the bucket: the providers of the settings in their order, or its keys, or AWS's
/// chain. `host` and `http` must outlive it. UNSUPPORTED_FEATURE.EMBER names an unknown provider.
Result<std::unique_ptr<AwsCredentialsProvider>> MakeS3Credentials(const S3Settings& settings,
                                                                  AwsHost& host, HttpClient& http);

/// "s3://bucket/a/key" (s3a, s3n too) in its parts; nothing for any other path.
struct S3Path {
  std::string bucket;
  std::string key;  // without a leading slash; may be empty
};
std::optional<S3Path> ParseS3Path(std::string_view path);

}  // namespace ember
