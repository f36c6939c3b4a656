#pragma once

#include <memory>
#include <string>

#include "aws/aws_api.h"
#include "base/result.h"

namespace ember {

/// What a run asks AWS's services with: AWS's usual environment variables and files decide who asks
/// whom.
struct AwsWorld {
  std::unique_ptr<AwsHost> host = MakeSystemAwsHost();
  std::unique_ptr<HttpClient> http;
  std::unique_ptr<AwsApi> api;

  /// `region`: empty for the environment's.
  static Result<std::unique_ptr<AwsWorld>> Make(const std::string& region = "");

 protected:
  Status Connect(const std::string& region);
};

}  // namespace ember
