#pragma once

#include <initializer_list>
#include <stop_token>
#include <string>
#include <string_view>

#include "aws/aws_api.h"
#include "aws/aws_json.h"

namespace ember {

/// A call of EMR.
AwsApiCall EmrApiCall(std::string action, AwsJson request, const std::stop_token& stop);

/// The structure at a path of members ("Status", "Timeline"), for what reads one of its members;
/// an empty one when it is not there.
const AwsJson& AwsPath(const AwsJson& json, std::initializer_list<std::string_view> path);

/// Where a list goes on: the member of the answer and of the request that say so.
struct AwsPages {
  std::string_view list;  // "Clusters"
  std::string_view token = "Marker";
};
/// Every element of a list that comes in pages.
Result<AwsJson> ListAws(AwsApi& api, AwsApiCall call, const AwsPages& pages);

}  // namespace ember
