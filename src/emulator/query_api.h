#pragma once

#include <string>
#include <string_view>

#include "aws/aws_api.h"
#include "base/error.h"
#include "emulator/http_server.h"

namespace ember {

/// A form of AWS's Query protocol as JSON: "Tags.member.1.Key=a" becomes {"Tags": [{"Key": "a"}]}.
/// All values are texts.
AwsJson ParseQueryForm(std::string_view body);

/// <ActionResponse><ActionResult>…: objects are elements, lists are <member>s; null is left out.
EmulatorAnswer QueryAnswer(std::string_view action, std::string_view name_space,
                           const AwsJson& result);
/// What the protocol says of an error that ApiFault made.
EmulatorAnswer QueryFault(const Error& error, std::string_view name_space);

}  // namespace ember
