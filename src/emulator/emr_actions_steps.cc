// Actions about steps.
#include <fmt/format.h>

#include "emulator/api_fault.h"
#include "emulator/cluster_describe.h"
#include "emulator/cluster_lifecycle.h"
#include "emulator/cluster_request.h"
#include "emulator/emr_actions.h"

namespace ember {
namespace {

constexpr size_t kMaxStepIds = 10;  // that ListSteps is asked for by name

Result<AwsJson> AddJobFlowSteps(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, LiveClusterOf(context, request, "JobFlowId"));
  ASSIGN_OR_RETURN(const auto ids, AddSteps(*cluster, request["Steps"], context.world));
  return AwsJson{{"StepIds", ids}};
}

// The newest first.
Result<AwsJson> ListSteps(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(const ClusterRecord* cluster, ClusterOf(context, request));
  if (request.contains("StepIds")) {
    if (request["StepIds"].size() > kMaxStepIds)
      return InvalidRequestFault("At most 10 step ids can be given.");
    if (request.contains("StepStates") && !request["StepIds"].empty())
      return InvalidRequestFault("StepIds and StepStates exclude each other.");
  }
  std::vector<AwsJson> items;
  for (auto step = cluster->steps.rbegin(); step != cluster->steps.rend(); ++step) {
    if (IsAmong(request, "StepIds", step->id) && IsAmong(request, "StepStates", step->state.name))
      items.push_back(StepJson(*cluster, *step));
  }
  return PageOf(context, request, "Steps", std::move(items));
}

Result<AwsJson> DescribeStep(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, ClusterOf(context, request));
  const std::string id = request["StepId"];
  const StepRecord* step = cluster->FindStep(id);
  if (step == nullptr) return InvalidRequestFault(fmt::format("Step id '{}' is not valid.", id));
  return AwsJson{{"Step", StepJson(*cluster, *step)}};
}

Result<AwsJson> CancelSteps(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, ClusterOf(context, request));
  AwsJson list = AwsJson::array();
  for (const AwsJson& id : request["StepIds"]) {
    StepRecord* step = cluster->FindStep(id);
    if (step == nullptr) {
      return InvalidRequestFault(fmt::format("Step id '{}' is not valid.", id.get<std::string>()));
    }
    if (CancelStep(*cluster, *step, context.world)) {
      list.push_back({{"StepId", step->id}, {"Status", "SUBMITTED"}});
    } else {
      list.push_back({{"StepId", step->id},
                      {"Status", "FAILED"},
                      {"Reason", fmt::format("A step in the state {} cannot be cancelled.",
                                             step->state.name)}});
    }
  }
  return AwsJson{{"CancelStepsInfoList", list}};
}

}  // namespace

std::vector<EmrActionRow> StepActions() {
  return {{"AddJobFlowSteps", AddJobFlowSteps},
          {"ListSteps", ListSteps},
          {"DescribeStep", DescribeStep},
          {"CancelSteps", CancelSteps}};
}

}  // namespace ember
