#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <string>

#include "aws/s3_store.h"

namespace ember {

/// What one call of `ember s3` works with: AWS's usual environment variables and files decide who
/// asks whom.
struct S3World {
  std::unique_ptr<AwsHost> host = MakeSystemAwsHost();
  std::unique_ptr<HttpClient> http;
  std::unique_ptr<S3Clients> clients;

  /// `session` may hold fs.s3a settings; they count first.
  static Result<std::unique_ptr<S3World>> Make(std::map<std::string, std::string> session = {});
};

/// What `--sse` and `--sse-kms-key-id` say of what is written.
struct S3EncryptionFlags {
  std::string algorithm;  // as S3's API has it: AES256, aws:kms, aws:kms:dsse
  std::string key_id;
  /// As settings of a session; none without `--sse`.
  std::map<std::string, std::string> Session() const;
};
void AddS3EncryptionFlags(CLI::App& command, S3EncryptionFlags& flags);

/// The verbs below `ember s3` that transfer files.
void AddS3Transfers(CLI::App& s3, int* exit_code);

}  // namespace ember
