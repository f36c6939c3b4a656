#include "aws/query_protocol.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <pugixml.hpp>

#include "aws/uri.h"

namespace ember {
namespace {

// What the text of an element stands for; everything else is text. XML does not tell an empty list
// from an empty text, nor a number from one: these are the members of the answers of
// CloudFormation, CloudWatch and STS (their service models, 2026), sorted. A name that means two
// things in two answers is not here.
enum class QueryKind { kList, kNumbers, kObject, kBoolean, kNumber };
struct QueryMemberRow {
  std::string_view name;
  QueryKind kind;
};
constexpr auto kMembers = std::to_array<QueryMemberRow>({
    {"AccountGateResult", QueryKind::kObject},
    {"AccountLimits", QueryKind::kList},
    {"Accounts", QueryKind::kList},
    {"ActionConfiguration", QueryKind::kObject},
    {"ActionLogLineCount", QueryKind::kNumber},
    {"ActionsEnabled", QueryKind::kBoolean},
    {"ActionsSuppressorExtensionPeriod", QueryKind::kNumber},
    {"ActionsSuppressorWaitPeriod", QueryKind::kNumber},
    {"Active", QueryKind::kBoolean},
    {"AdditionalStatistics", QueryKind::kList},
    {"AggregateValue", QueryKind::kNumber},
    {"AlarmActions", QueryKind::kList},
    {"AlarmContributorAttributes", QueryKind::kObject},
    {"AlarmContributors", QueryKind::kList},
    {"AlarmHistoryItems", QueryKind::kList},
    {"AlarmMuteRuleSummaries", QueryKind::kList},
    {"AlarmNames", QueryKind::kList},
    {"AlarmTagsPropagation", QueryKind::kObject},
    {"AllowedValues", QueryKind::kList},
    {"Annotations", QueryKind::kList},
    {"AnomalyDetectors", QueryKind::kList},
    {"ApplyOnTransformedLogs", QueryKind::kBoolean},
    {"ApproximateAggregateValue", QueryKind::kNumber},
    {"ApproximateUniqueCount", QueryKind::kNumber},
    {"ApproximateValue", QueryKind::kNumber},
    {"AssumedRoleUser", QueryKind::kObject},
    {"AutoDeployment", QueryKind::kObject},
    {"AutoUpdate", QueryKind::kBoolean},
    {"Average", QueryKind::kNumber},
    {"Capabilities", QueryKind::kList},
    {"Changes", QueryKind::kList},
    {"CompositeAlarms", QueryKind::kList},
    {"ContributorAttributes", QueryKind::kObject},
    {"Contributors", QueryKind::kList},
    {"Credentials", QueryKind::kObject},
    {"DashboardEntries", QueryKind::kList},
    {"DashboardValidationMessages", QueryKind::kList},
    {"Datapoints", QueryKind::kList},
    {"DatapointsToAlarm", QueryKind::kNumber},
    {"DeclaredTransforms", QueryKind::kList},
    {"DependsOn", QueryKind::kList},
    {"DeploymentConfig", QueryKind::kObject},
    {"DeploymentTargets", QueryKind::kObject},
    {"Destination", QueryKind::kObject},
    {"Details", QueryKind::kList},
    {"Dimensions", QueryKind::kList},
    {"DisableRollback", QueryKind::kBoolean},
    {"Drift", QueryKind::kObject},
    {"DriftInformation", QueryKind::kObject},
    {"DriftedStackInstancesCount", QueryKind::kNumber},
    {"DriftedStackResourceCount", QueryKind::kNumber},
    {"EnableTerminationProtection", QueryKind::kBoolean},
    {"Enabled", QueryKind::kBoolean},
    {"EndTimeOffset", QueryKind::kNumber},
    {"Entries", QueryKind::kList},
    {"Errors", QueryKind::kList},
    {"EvaluationCriteria", QueryKind::kObject},
    {"EvaluationInterval", QueryKind::kNumber},
    {"EvaluationPeriods", QueryKind::kNumber},
    {"EvaluationWindow", QueryKind::kObject},
    {"ExcludeFilters", QueryKind::kList},
    {"ExcludedTagKeys", QueryKind::kList},
    {"ExcludedTimeRanges", QueryKind::kList},
    {"Exports", QueryKind::kList},
    {"ExtendedStatistics", QueryKind::kObject},
    {"FailedStackInstancesCount", QueryKind::kNumber},
    {"FailureToleranceCount", QueryKind::kNumber},
    {"FailureTolerancePercentage", QueryKind::kNumber},
    {"Failures", QueryKind::kList},
    {"FederatedUser", QueryKind::kObject},
    {"HookInvocationCount", QueryKind::kNumber},
    {"HookResults", QueryKind::kList},
    {"Hooks", QueryKind::kList},
    {"ImportExistingResources", QueryKind::kBoolean},
    {"Imports", QueryKind::kList},
    {"InProgressStackInstancesCount", QueryKind::kNumber},
    {"InSyncStackInstancesCount", QueryKind::kNumber},
    {"IncludeFilters", QueryKind::kList},
    {"IncludeLinkedAccountsMetrics", QueryKind::kBoolean},
    {"IncludeMetrics", QueryKind::kList},
    {"IncludeNestedStacks", QueryKind::kBoolean},
    {"IncludedTagKeys", QueryKind::kList},
    {"InsightRules", QueryKind::kList},
    {"InsufficientDataActions", QueryKind::kList},
    {"IsActivated", QueryKind::kBoolean},
    {"IsDefaultConfiguration", QueryKind::kBoolean},
    {"IsDefaultVersion", QueryKind::kBoolean},
    {"Items", QueryKind::kList},
    {"KeyLabels", QueryKind::kList},
    {"Keys", QueryKind::kList},
    {"LastOperations", QueryKind::kList},
    {"LogAlarms", QueryKind::kList},
    {"LogGroupIdentifiers", QueryKind::kList},
    {"LoggingConfig", QueryKind::kObject},
    {"LogicalResourceIds", QueryKind::kList},
    {"ManagedByStack", QueryKind::kBoolean},
    {"ManagedExecution", QueryKind::kObject},
    {"ManagedRule", QueryKind::kBoolean},
    {"ManagedRules", QueryKind::kList},
    {"MaxConcurrentCount", QueryKind::kNumber},
    {"MaxConcurrentPercentage", QueryKind::kNumber},
    {"MaxContributorValue", QueryKind::kNumber},
    {"Maximum", QueryKind::kNumber},
    {"Messages", QueryKind::kList},
    {"Metric", QueryKind::kObject},
    {"MetricAlarms", QueryKind::kList},
    {"MetricCharacteristics", QueryKind::kObject},
    {"MetricDataQueries", QueryKind::kList},
    {"MetricDataResults", QueryKind::kList},
    {"MetricDatapoints", QueryKind::kList},
    {"MetricMathAnomalyDetector", QueryKind::kObject},
    {"MetricNames", QueryKind::kList},
    {"MetricSelections", QueryKind::kList},
    {"MetricStat", QueryKind::kObject},
    {"Metrics", QueryKind::kList},
    {"Minimum", QueryKind::kNumber},
    {"ModuleInfo", QueryKind::kObject},
    {"MonitoringTimeInMinutes", QueryKind::kNumber},
    {"MuteTargets", QueryKind::kObject},
    {"NoEcho", QueryKind::kBoolean},
    {"NotificationARNs", QueryKind::kList},
    {"NumberOfResources", QueryKind::kNumber},
    {"OKActions", QueryKind::kList},
    {"OnlyStartEvaluatingAfterWarmUpPeriodEnds", QueryKind::kBoolean},
    {"OperationEvents", QueryKind::kList},
    {"OperationPreferences", QueryKind::kObject},
    {"OrganizationalUnitIds", QueryKind::kList},
    {"Outputs", QueryKind::kList},
    {"OwningAccounts", QueryKind::kList},
    {"PackedPolicySize", QueryKind::kNumber},
    {"ParameterConstraints", QueryKind::kObject},
    {"ParameterOverrides", QueryKind::kList},
    {"Parameters", QueryKind::kList},
    {"PendingPeriod", QueryKind::kNumber},
    {"PercentageCompleted", QueryKind::kNumber},
    {"Period", QueryKind::kNumber},
    {"PeriodicSpikes", QueryKind::kBoolean},
    {"PhysicalResourceIdContext", QueryKind::kList},
    {"Progress", QueryKind::kObject},
    {"PromQLCriteria", QueryKind::kObject},
    {"Properties", QueryKind::kList},
    {"PropertyDifferences", QueryKind::kList},
    {"QueryResultsToAlarm", QueryKind::kNumber},
    {"QueryResultsToEvaluate", QueryKind::kNumber},
    {"RecoveryPeriod", QueryKind::kNumber},
    {"RegionOrder", QueryKind::kList},
    {"Regions", QueryKind::kList},
    {"RegistrationTokenList", QueryKind::kList},
    {"RelatedResources", QueryKind::kList},
    {"Required", QueryKind::kBoolean},
    {"RequiredActivatedTypes", QueryKind::kList},
    {"ResourceChange", QueryKind::kObject},
    {"ResourceDriftIgnoredAttributes", QueryKind::kList},
    {"ResourceIdentifierSummaries", QueryKind::kList},
    {"ResourceIdentifiers", QueryKind::kList},
    {"ResourceMapping", QueryKind::kObject},
    {"ResourceMetricsConfiguration", QueryKind::kObject},
    {"ResourceScanSummaries", QueryKind::kList},
    {"ResourceTargetDetails", QueryKind::kObject},
    {"ResourceTypes", QueryKind::kList},
    {"Resources", QueryKind::kList},
    {"ResourcesFailed", QueryKind::kNumber},
    {"ResourcesPending", QueryKind::kNumber},
    {"ResourcesProcessing", QueryKind::kNumber},
    {"ResourcesRead", QueryKind::kNumber},
    {"ResourcesScanned", QueryKind::kNumber},
    {"ResourcesSucceeded", QueryKind::kNumber},
    {"RetainExceptOnCreate", QueryKind::kBoolean},
    {"RetainStacks", QueryKind::kBoolean},
    {"RetainStacksOnAccountRemoval", QueryKind::kBoolean},
    {"ReturnData", QueryKind::kBoolean},
    {"RollbackConfiguration", QueryKind::kObject},
    {"RollbackTriggers", QueryKind::kList},
    {"Rule", QueryKind::kObject},
    {"RuleState", QueryKind::kObject},
    {"SampleCount", QueryKind::kNumber},
    {"ScanFilters", QueryKind::kList},
    {"Schedule", QueryKind::kObject},
    {"ScheduleConfiguration", QueryKind::kObject},
    {"ScheduledQueryConfiguration", QueryKind::kObject},
    {"Scope", QueryKind::kList},
    {"SessionTokenSize", QueryKind::kNumber},
    {"SessionTokenUtilization", QueryKind::kNumber},
    {"SingleMetricAnomalyDetector", QueryKind::kObject},
    {"Size", QueryKind::kNumber},
    {"SlidingWindow", QueryKind::kObject},
    {"Source", QueryKind::kObject},
    {"StackEvents", QueryKind::kList},
    {"StackIds", QueryKind::kList},
    {"StackInstance", QueryKind::kObject},
    {"StackInstanceStatus", QueryKind::kObject},
    {"StackRefactorActions", QueryKind::kList},
    {"StackRefactorSummaries", QueryKind::kList},
    {"StackResourceDetail", QueryKind::kObject},
    {"StackResourceDrift", QueryKind::kObject},
    {"StackResourceDrifts", QueryKind::kList},
    {"StackResourceSummaries", QueryKind::kList},
    {"StackResources", QueryKind::kList},
    {"StackSet", QueryKind::kObject},
    {"StackSetDriftDetectionDetails", QueryKind::kObject},
    {"StackSetOperation", QueryKind::kObject},
    {"StackSummaries", QueryKind::kList},
    {"Stacks", QueryKind::kList},
    {"StagesAvailable", QueryKind::kList},
    {"StartTimeOffset", QueryKind::kNumber},
    {"StatisticsConfigurations", QueryKind::kList},
    {"StatusDetails", QueryKind::kObject},
    {"Sum", QueryKind::kNumber},
    {"Summaries", QueryKind::kList},
    {"SupportedMajorVersions", QueryKind::kNumbers},
    {"TagResources", QueryKind::kList},
    {"Tags", QueryKind::kList},
    {"Target", QueryKind::kObject},
    {"TargetDetails", QueryKind::kObject},
    {"TemplateConfiguration", QueryKind::kObject},
    {"Threshold", QueryKind::kNumber},
    {"TimeoutInMinutes", QueryKind::kNumber},
    {"Timestamps", QueryKind::kList},
    {"TotalStackInstancesCount", QueryKind::kNumber},
    {"TotalWarnings", QueryKind::kNumber},
    {"TypeConfigurationIdentifier", QueryKind::kObject},
    {"TypeConfigurations", QueryKind::kList},
    {"TypeSummaries", QueryKind::kList},
    {"TypeVersionSummaries", QueryKind::kList},
    {"Types", QueryKind::kList},
    {"UniqueContributors", QueryKind::kNumber},
    {"UnprocessedTypeConfigurations", QueryKind::kList},
    {"UnrecognizedResourceTypes", QueryKind::kList},
    {"UntagResources", QueryKind::kList},
    {"UsePreviousValue", QueryKind::kBoolean},
    {"Values", QueryKind::kNumbers},
    {"WallClockWindow", QueryKind::kObject},
    {"WarmUpConfiguration", QueryKind::kObject},
    {"WarmUpPeriodDurationInMinutes", QueryKind::kNumber},
});
static_assert(std::is_sorted(kMembers.begin(), kMembers.end(),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));

const QueryMemberRow* FindMember(std::string_view name) {
  const auto row = std::lower_bound(kMembers.begin(), kMembers.end(), name,
                                    [](const auto& r, std::string_view n) { return r.name < n; });
  return row != kMembers.end() && row->name == name ? &*row : nullptr;
}

void Flatten(const std::string& name, const AwsJson& value, UriQuery& form) {
  if (value.is_null()) return;
  if (value.is_object()) {
    for (const auto& [member, inner] : value.items()) {
      Flatten(name.empty() ? member : name + "." + member, inner, form);
    }
  } else if (value.is_array()) {
    if (value.empty()) form.emplace_back(name, "");
    for (size_t i = 0; i < value.size(); ++i) {
      Flatten(fmt::format("{}.member.{}", name, i + 1), value[i], form);
    }
  } else {
    form.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());
  }
}

AwsJson NumberOf(const std::string& text) {
  int64_t whole = 0;
  const char* const end = text.data() + text.size();
  const auto [whole_end, whole_error] = std::from_chars(text.data(), end, whole);
  if (whole_error == std::errc() && whole_end == end) return whole;
  double value = 0;
  const auto [value_end, value_error] = std::from_chars(text.data(), end, value);
  if (value_error == std::errc() && value_end == end) return value;
  return text;
}

AwsJson TextOf(pugi::xml_node node, const QueryMemberRow* row) {
  const std::string text = node.child_value();
  if (row == nullptr) return text;
  switch (row->kind) {
    case QueryKind::kList:
    case QueryKind::kObject:
      return text;  // an element of a list of texts
    case QueryKind::kBoolean:
      return text == "true";
    case QueryKind::kNumber:
    case QueryKind::kNumbers:
      return NumberOf(text);
  }
  return text;
}

bool AllChildrenAre(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_element && child.name() != name) return false;
  }
  return true;
}

bool HasElements(pugi::xml_node node) {
  return std::any_of(node.begin(), node.end(),
                     [](pugi::xml_node child) { return child.type() == pugi::node_element; });
}

// `row`: of the member that the element belongs to, for an element of a list that of the list.
AwsJson ElementOf(pugi::xml_node node, const QueryMemberRow* row) {
  const bool is_member = std::string_view(node.name()) == "member";
  if (!HasElements(node)) {
    if (row == nullptr || is_member) return TextOf(node, row);
    if (row->kind == QueryKind::kObject) return AwsJson::object();
    const bool is_list = row->kind == QueryKind::kList || row->kind == QueryKind::kNumbers;
    return is_list ? AwsJson(AwsJson::array()) : TextOf(node, row);
  }
  if (AllChildrenAre(node, "member")) {
    AwsJson list = AwsJson::array();
    for (const pugi::xml_node child : node.children("member")) {
      list.push_back(ElementOf(child, row));
    }
    return list;
  }
  AwsJson structure = AwsJson::object();
  if (AllChildrenAre(node, "entry")) {
    for (const pugi::xml_node child : node.children("entry")) {
      structure[child.child_value("key")] = ElementOf(child.child("value"), nullptr);
    }
    return structure;
  }
  for (const pugi::xml_node child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    structure[child.name()] = ElementOf(child, FindMember(child.name()));
  }
  return structure;
}

}  // namespace

std::string QueryRequestBody(std::string_view action, std::string_view version,
                             const AwsJson& request) {
  UriQuery form = {{"Action", std::string(action)}, {"Version", std::string(version)}};
  Flatten("", request, form);
  return UriQueryText(form);
}

Result<AwsJson> ParseQueryAnswer(std::string_view action, const std::string& xml) {
  pugi::xml_document document;
  const bool is_xml = static_cast<bool>(document.load_buffer(xml.data(), xml.size()));
  const pugi::xml_node root = document.document_element();
  if (!is_xml || root.name() != fmt::format("{}Response", action)) {
    return MakeError("EMBER_AWS.INVALID_ANSWER",
                     {{"what", fmt::format("no {}Response document", action)}});
  }
  const pugi::xml_node result = root.child(fmt::format("{}Result", action).c_str());
  if (!result || !HasElements(result)) return AwsJson::object();
  AwsJson answer = AwsJson::object();
  for (const pugi::xml_node child : result.children()) {
    if (child.type() != pugi::node_element) continue;
    answer[child.name()] = ElementOf(child, FindMember(child.name()));
  }
  return answer;
}

}  // namespace ember
