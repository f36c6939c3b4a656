#include "emulator/emr_service.h"

#include <fmt/format.h>

#include <charconv>

#include "emulator/api_fault.h"

namespace ember {
namespace {

// A marker is the number of the first item of the next page.
constexpr std::string_view kMarkerStart = "page-";

Result<size_t> StartOf(const AwsJson& request) {
  if (!request.contains("Marker") || request["Marker"].is_null()) return size_t{0};
  const std::string marker = request["Marker"];
  size_t start = 0;
  if (!marker.starts_with(kMarkerStart) ||
      std::from_chars(marker.data() + kMarkerStart.size(), marker.data() + marker.size(), start)
              .ec != std::errc()) {
    return InvalidRequestFault(fmt::format("Marker '{}' is not valid.", marker));
  }
  return start;
}

}  // namespace

EmrService::EmrService(ClusterStore& store) : store_(store), shapes_(EmrShapeText()) {
  for (const auto& rows :
       {ClusterActions(), NodeActions(), StepActions(), SettingActions(), SessionActions()}) {
    for (const EmrActionRow& row : rows) actions_.emplace(row.name, row.function);
  }
}

Result<AwsJson> EmrService::Call(const std::string& action, const AwsJson& request) {
  const auto found = actions_.find(action);
  if (found == actions_.end()) {
    return ApiFault("UnknownOperationException",
                    fmt::format("The emulator of EMR does not have the action '{}'.", action));
  }
  if (!request.is_object()) return ApiFault("SerializationException", "Expected a JSON object.");
  if (const auto wrong = shapes_.CheckRequest(action, request)) return ValidationFault(*wrong);
  const std::lock_guard lock(store_.mutex());
  EmrActionContext context{store_, store_.View(), store_.security()};
  return found->second(context, request);
}

Result<ClusterRecord*> ClusterOf(EmrActionContext& context, const AwsJson& request,
                                 const char* key) {
  const std::string id = request[key];
  ClusterRecord* cluster = context.store.Find(id);
  if (cluster == nullptr)
    return InvalidRequestFault(fmt::format("Cluster id '{}' is not valid.", id));
  return cluster;
}

Result<ClusterRecord*> LiveClusterOf(EmrActionContext& context, const AwsJson& request,
                                     const char* key) {
  ClusterRecord* cluster = context.store.Find(request[key]);
  if (cluster == nullptr) return ValidationFault("Specified job flow ID does not exist.");
  if (cluster->is_ending()) {
    return ValidationFault(
        "A job flow that is shutting down, terminated, or finished may not be modified.");
  }
  return cluster;
}

Result<AwsJson> PageOf(EmrActionContext& context, const AwsJson& request, const char* field,
                       std::vector<AwsJson> items) {
  ASSIGN_OR_RETURN(const size_t start, StartOf(request));
  const size_t end = std::min(start + context.store.settings().page_size, items.size());
  AwsJson page = AwsJson::array();
  for (size_t i = start; i < end; ++i) page.push_back(std::move(items[i]));
  AwsJson answer = {{field, page}};
  if (end < items.size()) answer["Marker"] = fmt::format("{}{}", kMarkerStart, end);
  return answer;
}

bool IsAmong(const AwsJson& request, const char* key, std::string_view text) {
  if (!request.contains(key) || request[key].is_null() || request[key].empty()) return true;
  if (request[key].is_string()) return request[key] == text;
  for (const AwsJson& entry : request[key]) {
    if (entry == text) return true;
  }
  return false;
}

}  // namespace ember
