#pragma once

#include <string>
#include <string_view>

#include "aws/aws_api.h"
#include "base/result.h"

namespace ember {

/// The body of a call in AWS's Query protocol: "Action=…&Version=…&Tags.member.1.Key=…". Members
/// that are null are left out; an empty list is sent as "Name=", which says that it is empty.
std::string QueryRequestBody(std::string_view action, std::string_view version,
                             const AwsJson& request);

/// The answer `<ActionResponse><ActionResult>…` as the service's model names it: lists are arrays,
/// maps objects, booleans and numbers what they are; times stay text (AwsTimeUs reads them). An
/// action without a result answers {}. EMBER_AWS.INVALID_ANSWER for what is no such document.
Result<AwsJson> ParseQueryAnswer(std::string_view action, const std::string& xml);

}  // namespace ember
