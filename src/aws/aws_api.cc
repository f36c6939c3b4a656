#include "aws/aws_api.h"

#include <fmt/format.h>

#include <array>

#include "aws/credential_chain.h"
#include "aws/endpoints.h"
#include "aws/query_protocol.h"
#include "aws/service_call.h"
#include "aws/shared_config.h"
#include "aws/uri.h"

namespace ember {
namespace {

enum class AwsProtocol { kJson11, kQuery };

struct AwsServiceRow {
  AwsService service;
  std::string_view label;            // for messages
  std::string_view setting;          // AWS_ENDPOINT_URL_<SETTING>, and in a profile's services
  std::string_view endpoint_prefix;  // "https://<prefix>.<region>.amazonaws.com"
  std::string_view signing_name;
  AwsProtocol protocol;
  std::string_view dialect;  // JSON: the prefix of X-Amz-Target; Query: the API's version
};
constexpr auto kServices = std::to_array<AwsServiceRow>({
    {AwsService::kEmr, "EMR", "emr", "elasticmapreduce", "elasticmapreduce", AwsProtocol::kJson11,
     "ElasticMapReduce"},
    {AwsService::kGlue, "Glue", "glue", "glue", "glue", AwsProtocol::kJson11, "AWSGlue"},
    {AwsService::kCloudWatch, "CloudWatch", "cloudwatch", "monitoring", "monitoring",
     AwsProtocol::kQuery, "2010-08-01"},
    {AwsService::kLogs, "CloudWatch Logs", "cloudwatch_logs", "logs", "logs", AwsProtocol::kJson11,
     "Logs_20140328"},
    {AwsService::kCloudFormation, "CloudFormation", "cloudformation", "cloudformation",
     "cloudformation", AwsProtocol::kQuery, "2010-05-15"},
    {AwsService::kSts, "STS", "sts", "sts", "sts", AwsProtocol::kQuery, "2011-06-15"},
});
// A row is found by its service's place.
static_assert([] {
  for (size_t i = 0; i < kServices.size(); ++i) {
    if (static_cast<size_t>(kServices[i].service) != i) return false;
  }
  return kServices.size() == static_cast<size_t>(AwsService::kSts) + 1;
}());

// Longer than any of these services takes to answer.
constexpr int64_t kCallTimeoutMs = 120000;

// Members that a service sends as null are members that it leaves out.
AwsJson WithoutNulls(AwsJson json) {
  if (json.is_array()) {
    for (AwsJson& element : json) element = WithoutNulls(std::move(element));
  } else if (json.is_object()) {
    AwsJson kept = AwsJson::object();
    for (auto& [name, member] : json.items()) {
      if (!member.is_null()) kept[name] = WithoutNulls(std::move(member));
    }
    return kept;
  }
  return json;
}

Result<AwsJson> ParseJsonAnswer(const std::string& action, const std::string& body) {
  // Several actions of EMR and of Logs answer with nothing.
  if (body.find_first_not_of(" \t\r\n") == std::string::npos) return AwsJson::object();
  AwsJson answer = AwsJson::parse(body, nullptr, false);
  if (!answer.is_object()) {
    return MakeError("EMBER_AWS.INVALID_ANSWER",
                     {{"what", fmt::format("{} answers with no JSON object", action)}});
  }
  return WithoutNulls(std::move(answer));
}

class HttpAwsApi final : public AwsApi {
 public:
  HttpAwsApi(HttpClient& http, AwsHost& host, AwsSharedConfig config, std::string region)
      : host_(host),
        config_(std::move(config)),
        region_(std::move(region)),
        credentials_(MakeCredentialChain(host, http)),
        caller_(http, host, credentials_.get(), RetryPolicy{}) {}

  const std::string& region() const override { return region_; }

  Result<AwsJson> Call(const AwsApiCall& call) override {
    const AwsServiceRow& row = kServices[static_cast<size_t>(call.service)];
    ASSIGN_OR_RETURN(ServiceCall request, RequestOf(row, call));
    ASSIGN_OR_RETURN(ServiceAnswer answer, caller_.Call(request));
    return row.protocol == AwsProtocol::kQuery ? ParseQueryAnswer(call.action, answer.response.body)
                                               : ParseJsonAnswer(call.action, answer.response.body);
  }

 private:
  Result<ServiceCall> RequestOf(const AwsServiceRow& row, const AwsApiCall& call) {
    const std::string url = ConfiguredAwsEndpoint(host_, config_, std::string(row.setting))
                                .value_or(fmt::format("https://{}.{}.{}", row.endpoint_prefix,
                                                      region_, AwsDomain(region_)));
    ASSIGN_OR_RETURN(UriParts parts, ParseUri(url));
    ServiceCall request;
    request.operation = fmt::format("{} {}", row.label, call.action);
    request.method = "POST";
    request.endpoint = parts.scheme + "://" + parts.authority;
    request.path = parts.path;
    if (row.protocol == AwsProtocol::kQuery) {
      request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
      request.body = QueryRequestBody(call.action, row.dialect, call.request);
    } else {
      request.headers = {{"Content-Type", "application/x-amz-json-1.1"},
                         {"X-Amz-Target", fmt::format("{}.{}", row.dialect, call.action)}};
      request.body = WithoutNulls(call.request).dump();
    }
    request.scope = {.region = region_, .service = std::string(row.signing_name)};
    request.total_timeout_ms = kCallTimeoutMs;
    request.is_repeatable = call.is_repeatable;
    request.stop = call.stop;
    return request;
  }

  AwsHost& host_;
  const AwsSharedConfig config_;
  const std::string region_;
  std::unique_ptr<AwsCredentialsProvider> credentials_;
  ServiceCaller caller_;
};

}  // namespace

Result<std::unique_ptr<AwsApi>> MakeAwsApi(HttpClient& http, AwsHost& host,
                                           const AwsApiOptions& options) {
  ASSIGN_OR_RETURN(AwsSharedConfig config, LoadAwsSharedConfig(host));
  std::string region = options.region;
  if (region.empty()) region = ResolveAwsRegion(host, config, &http, {});
  if (region.empty()) {
    return AwsConfigError("no region is known: set AWS_REGION or the region of the profile");
  }
  return std::make_unique<HttpAwsApi>(http, host, std::move(config), std::move(region));
}

}  // namespace ember
