#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <string_view>

#include "aws/host.h"
#include "aws/http.h"
#include "base/result.h"

namespace ember {

using AwsJson = nlohmann::ordered_json;

/// The services whose API is called by the name of an action. S3 has a client of its own.
enum class AwsService { kEmr, kGlue, kCloudWatch, kLogs, kCloudFormation, kSts };

/// One call, in the terms of the service's model: botocore's names of actions and members.
struct AwsApiCall {
  AwsService service = AwsService::kEmr;
  std::string action;  // "RunJobFlow"
  AwsJson request = AwsJson::object();
  /// False for what must not happen twice (RunJobFlow, AddJobFlowSteps): not sent again once the
  /// service may have acted. MayHaveActed(error) then says that the caller has to look.
  bool is_repeatable = true;
  std::stop_token stop;
};

/// The one seam to AWS's services: what asks them takes this and nothing else. Safe to use from
/// several threads.
class AwsApi {
 public:
  virtual ~AwsApi() = default;
  /// The answer as the model names it, whichever protocol the service speaks; lists are arrays,
  /// and what the service left out is left out here. Throttling, server faults and expired
  /// credentials are tried again before this fails. Errors: EMBER_AWS.SERVICE with the parameters
  /// `code`, `httpStatus`, `unclear` ("true" when an earlier try may have been acted on), and those
  /// of the credentials, of the connection and of cancellation.
  virtual Result<AwsJson> Call(const AwsApiCall& call) = 0;
  /// "us-east-1".
  virtual const std::string& region() const = 0;
};

struct AwsApiOptions {
  std::string region;  // empty: the environment's, else the profile's
};

/// AWS itself, or what AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_EMR, _GLUE, _CLOUDWATCH,
/// _CLOUDWATCH_LOGS, _CLOUDFORMATION and _STS name, with the credentials of the usual chain.
/// `http` and `host` must outlive it. Errors: no region is known.
Result<std::unique_ptr<AwsApi>> MakeAwsApi(HttpClient& http, AwsHost& host,
                                           const AwsApiOptions& options = {});

}  // namespace ember
