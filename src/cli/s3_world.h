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

/// The verbs below `ember s3` that transfer files.
void AddS3Transfers(CLI::App& s3, int* exit_code);

}  // namespace ember
