#include "aws/endpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "aws/instance_metadata.h"

namespace ember {
namespace {

struct PartitionRow {
  std::string_view region_prefix;
  std::string_view domain;
};
// AWS's partitions that are not "aws" (AWS partitions table, 2025).
constexpr auto kPartitions = std::to_array<PartitionRow>({{"cn-", "amazonaws.com.cn"},
                                                          {"us-isob-", "sc2s.sgov.gov"},
                                                          {"us-isof-", "csp.hci.ic.gov"},
                                                          {"us-iso-", "c2s.ic.gov"},
                                                          {"eu-isoe-", "cloud.adc-e.uk"},
                                                          {"eusc-", "amazonaws.eu"}});

std::string UpperCaseOf(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return toupper(c); });
  return text;
}

}  // namespace

std::string ResolveAwsRegion(AwsHost& host, const AwsSharedConfig& config, HttpClient* http,
                             const std::stop_token& stop) {
  for (const char* name : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
    if (std::optional<std::string> region = host.Variable(name)) return *region;
  }
  if (std::optional<std::string> region = config.Setting("region")) return *region;
  if (http == nullptr) return {};
  InstanceMetadata metadata(*http, host, config);
  Result<std::string> region = metadata.Get("/latest/meta-data/placement/region", stop);
  return region.ok() ? *std::move(region) : std::string();
}

std::optional<std::string> ConfiguredAwsEndpoint(AwsHost& host, const AwsSharedConfig& config,
                                                 const std::string& service) {
  std::optional<std::string> ignored = host.Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
  if (!ignored) ignored = config.Setting("ignore_configured_endpoint_urls");
  if (ignored && UpperCaseOf(*ignored) == "TRUE") return std::nullopt;
  for (const std::string& name :
       {"AWS_ENDPOINT_URL_" + UpperCaseOf(service), std::string("AWS_ENDPOINT_URL")}) {
    if (std::optional<std::string> url = host.Variable(name)) return url;
  }
  if (auto url = config.ServiceSetting(service, "endpoint_url")) return url;
  return config.Setting("endpoint_url");
}

std::string_view AwsDomain(std::string_view region) {
  for (const PartitionRow& row : kPartitions) {
    if (region.starts_with(row.region_prefix)) return row.domain;
  }
  return "amazonaws.com";
}

StsEndpoint ResolveStsEndpoint(AwsHost& host, const AwsSharedConfig& config) {
  const std::string region = ResolveAwsRegion(host, config, nullptr, {});
  StsEndpoint endpoint;
  endpoint.region = region.empty() ? "us-east-1" : region;
  if (std::optional<std::string> url = ConfiguredAwsEndpoint(host, config, "sts")) {
    endpoint.url = *url;
  } else if (region.empty()) {
    endpoint.url = "https://sts.amazonaws.com";
  } else {
    endpoint.url = fmt::format("https://sts.{}.{}", region, AwsDomain(region));
  }
  return endpoint;
}

}  // namespace ember
