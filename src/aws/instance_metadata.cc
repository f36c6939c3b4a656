#include "aws/instance_metadata.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace ember {
namespace {

constexpr std::string_view kIpv4 = "http://169.254.169.254";
constexpr std::string_view kIpv6 = "http://[fd00:ec2::254]";

std::string LowerCaseOf(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return tolower(c); });
  return text;
}

}  // namespace

Result<HttpResponse> InstanceMetadata::Ask(const std::string& method, const std::string& path,
                                           HttpHeader header, const std::stop_token& stop) {
  std::string endpoint(kIpv4);
  std::optional<std::string> mode = host_.Variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE");
  if (!mode) mode = config_.Setting("ec2_metadata_service_endpoint_mode");
  if (mode && LowerCaseOf(*mode) == "ipv6") endpoint = kIpv6;
  std::optional<std::string> given = host_.Variable("AWS_EC2_METADATA_SERVICE_ENDPOINT");
  if (!given) given = config_.Setting("ec2_metadata_service_endpoint");
  if (given) endpoint = *given;
  while (endpoint.ends_with('/')) endpoint.pop_back();
  const int timeout_s =
      std::atoi(host_.Variable("AWS_METADATA_SERVICE_TIMEOUT").value_or("1").c_str());
  const int attempts =
      std::atoi(host_.Variable("AWS_METADATA_SERVICE_NUM_ATTEMPTS").value_or("1").c_str());
  const int64_t timeout_ms = std::clamp(timeout_s, 1, 60) * int64_t{1000};
  for (int attempt = 1;; ++attempt) {
    Result<HttpResponse> response = http_.Send({.method = method,
                                                .url = endpoint + path,
                                                .headers = {header},
                                                .max_body_bytes = 1 << 20,
                                                .connect_timeout_ms = timeout_ms,
                                                .total_timeout_ms = timeout_ms,
                                                .proxy = HttpProxy::kNone,
                                                .stop = stop});
    const bool is_passing = response.ok() && response->status >= 500;
    if ((response.ok() && !is_passing) || attempt >= attempts || stop.stop_requested()) {
      return response;
    }
    RETURN_IF_ERROR(host_.Sleep(attempt * int64_t{200}, stop));
  }
}

Result<std::string> InstanceMetadata::Get(const std::string& path, const std::stop_token& stop) {
  if (LowerCaseOf(host_.Variable("AWS_EC2_METADATA_DISABLED").value_or("")) == "true") {
    return AwsConfigError("AWS_EC2_METADATA_DISABLED is true");
  }
  for (int round = 0; round < 2; ++round) {
    if (token_.empty()) {
      ASSIGN_OR_RETURN(
          HttpResponse given,
          Ask("PUT", "/latest/api/token", {"X-aws-ec2-metadata-token-ttl-seconds", "21600"}, stop));
      if (given.status != 200 || given.body.empty()) {
        return AwsConfigError(
            fmt::format("the instance metadata service gives no token (HTTP {})", given.status));
      }
      token_ = given.body;
    }
    ASSIGN_OR_RETURN(HttpResponse response,
                     Ask("GET", path, {"X-aws-ec2-metadata-token", token_}, stop));
    if (response.status == 200) return response.body;
    if (response.status == 404) return MakeError("PATH_NOT_FOUND", {{"path", path}});
    token_.clear();
    if (response.status != 401) {
      return AwsConfigError(fmt::format("the instance metadata service answers HTTP {} for {}",
                                        response.status, path));
    }
  }
  return AwsConfigError("the instance metadata service refuses its own token");
}

}  // namespace ember
