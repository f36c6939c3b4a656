#include "lifecycle/answer.h"

#include <fmt/format.h>

namespace ember {
namespace {

constexpr int kMaxPages = 1000;  // more is a service that never ends its list

}  // namespace

AwsApiCall EmrApiCall(std::string action, AwsJson request, const std::stop_token& stop) {
  AwsApiCall call;
  call.action = std::move(action);
  call.request = std::move(request);
  call.stop = stop;
  return call;
}

const AwsJson& AwsPath(const AwsJson& json, std::initializer_list<std::string_view> path) {
  const AwsJson* value = &json;
  for (const std::string_view name : path) value = &AwsStructure(*value, name);
  return *value;
}

Result<AwsJson> ListAws(AwsApi& api, AwsApiCall call, const AwsPages& pages) {
  AwsJson all = AwsJson::array();
  std::string token;
  for (int page = 0; page < kMaxPages; ++page) {
    ASSIGN_OR_RETURN(const AwsJson answer, api.Call(call));
    for (const AwsJson& entry : AwsList(answer, pages.list)) all.push_back(entry);
    std::string next = AwsText(answer, pages.token);
    if (next.empty() || next == token) return all;
    token = std::move(next);
    call.request[std::string(pages.token)] = token;
  }
  return MakeError("EMBER_AWS.INVALID_ANSWER",
                   {{"what", fmt::format("{} with a list that has no end", call.action)}});
}

}  // namespace ember
