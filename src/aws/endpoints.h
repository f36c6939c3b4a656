#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "aws/host.h"
#include "aws/http.h"
#include "aws/shared_config.h"
#include "aws/sts.h"

namespace ember {

/// The region: AWS_REGION, AWS_DEFAULT_REGION, the profile; with `http`, the instance's own. Empty
/// when none of them says.
std::string ResolveAwsRegion(AwsHost& host, const AwsSharedConfig& config, HttpClient* http,
                             const std::stop_token& stop);

/// The endpoint that a user set for a service ("s3", "sts"): AWS_ENDPOINT_URL_<SERVICE>,
/// AWS_ENDPOINT_URL, the profile's services section, the profile. Nothing when none is set or
/// AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is true.
std::optional<std::string> ConfiguredAwsEndpoint(AwsHost& host, const AwsSharedConfig& config,
                                                 const std::string& service);

/// "amazonaws.com", or the name of the partition that the region is in.
std::string_view AwsDomain(std::string_view region);

StsEndpoint ResolveStsEndpoint(AwsHost& host, const AwsSharedConfig& config);

}  // namespace ember
