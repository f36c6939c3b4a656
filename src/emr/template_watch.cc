// Alarms, the dashboard and the budget of a cluster.
#include <fmt/format.h>

#include <array>

#include "emr/template.h"

namespace ember {
namespace {

constexpr int kPeriodS = 300;  // EMR sends its metrics every five minutes
constexpr const char* kNamespace = "AWS/ElasticMapReduce";

struct AlarmRow {
  std::string_view name;
  std::string_view metric;
  std::string_view doc;
  std::string_view comparison;
  double threshold;
  int periods;  // 0: the file's idle_alarm_minutes
  std::string_view missing;
};
constexpr auto kAlarms = std::to_array<AlarmRow>({
    {"AlarmIdle", "IsIdle", "idle, but alive and paid", "GreaterThanOrEqualToThreshold", 1, 0,
     "notBreaching"},
    {"AlarmPending", "ContainerPending", "containers wait for nodes", "GreaterThanThreshold", 0, 6,
     "notBreaching"},
    {"AlarmHdfs", "HDFSUtilization", "HDFS is nearly full", "GreaterThanThreshold", 80, 2,
     "notBreaching"},
    {"AlarmLostNodes", "MRLostNodes", "nodes were lost", "GreaterThanThreshold", 0, 1,
     "notBreaching"},
    {"AlarmUnhealthyNodes", "MRUnhealthyNodes", "nodes are unhealthy", "GreaterThanThreshold", 0, 2,
     "notBreaching"},
    {"AlarmFailedApps", "AppsFailed", "applications failed", "GreaterThanThreshold", 0, 1,
     "notBreaching"},
    {"AlarmSilence", "CoreNodesRunning", "no core node, or no metrics at all", "LessThanThreshold",
     1, 3, "breaching"},
});

struct GraphRow {
  std::string_view title;
  std::string_view metrics;  // separated by blanks
};
constexpr auto kGraphs = std::to_array<GraphRow>({
    {"Nodes", "CoreNodesRunning TaskNodesRunning MRLostNodes MRUnhealthyNodes"},
    {"Applications", "AppsRunning AppsPending AppsFailed"},
    {"Waiting for nodes", "ContainerPending ContainerPendingRatio"},
    {"Memory and HDFS", "YARNMemoryAvailablePercentage HDFSUtilization"},
    {"S3", "S3BytesRead S3BytesWritten"},
    {"Idle", "IsIdle"},
});

EmrJson Widgets() {
  constexpr int kWidth = 12;
  constexpr int kHeight = 6;
  EmrJson widgets = EmrJson::array();
  for (size_t i = 0; i < kGraphs.size(); ++i) {
    EmrJson metrics = EmrJson::array();
    std::string_view names = kGraphs[i].metrics;
    while (!names.empty()) {
      const size_t blank = std::min(names.find(' '), names.size());
      metrics.push_back(
          EmrJson::array({kNamespace, names.substr(0, blank), "JobFlowId", "${Cluster}"}));
      names.remove_prefix(std::min(blank + 1, names.size()));
    }
    widgets.push_back({{"type", "metric"},
                       {"x", static_cast<int>(i % 2) * kWidth},
                       {"y", static_cast<int>(i / 2) * kHeight},
                       {"width", kWidth},
                       {"height", kHeight},
                       {"properties",
                        {{"title", kGraphs[i].title},
                         {"region", "${AWS::Region}"},
                         {"period", kPeriodS},
                         {"metrics", metrics}}}});
  }
  return widgets;
}

}  // namespace

void AddEmrWatch(const EmrCluster& cluster, EmrTemplate& out) {
  const EmrMonitoring& monitoring = cluster.monitoring;
  if (monitoring.alarms && !monitoring.email.empty()) {
    EmrJson properties = {
        {"Subscription", EmrJson::array({{{"Protocol", "email"}, {"Endpoint", monitoring.email}}})},
        {"Tags", CfnTags(cluster, cluster.name)}};
    // CloudWatch cannot publish to a topic that AWS's own key encrypts.
    if (cluster.security.kms_key == "create") properties["KmsMasterKeyId"] = CfnRef("Key");
    out.Add("Notices", "AWS::SNS::Topic", std::move(properties));
  }
  for (const AlarmRow& row : kAlarms) {
    if (!monitoring.alarms) break;
    EmrJson properties = {
        {"AlarmDescription", fmt::format("EMR cluster {}: {}", cluster.name, row.doc)},
        {"Namespace", kNamespace},
        {"MetricName", row.metric},
        {"Dimensions", EmrJson::array({{{"Name", "JobFlowId"}, {"Value", CfnRef("Cluster")}}})},
        {"Statistic", "Average"},
        {"Period", kPeriodS},
        {"EvaluationPeriods",
         row.periods > 0 ? row.periods : monitoring.idle_alarm_minutes * 60 / kPeriodS},
        {"Threshold", row.threshold},
        {"ComparisonOperator", row.comparison},
        {"TreatMissingData", row.missing}};
    if (!monitoring.email.empty()) properties["AlarmActions"] = EmrJson::array({CfnRef("Notices")});
    out.Add(std::string(row.name), "AWS::CloudWatch::Alarm", std::move(properties));
  }
  if (monitoring.dashboard) {
    out.Add("Dashboard", "AWS::CloudWatch::Dashboard",
            {{"DashboardName", cluster.name},
             {"DashboardBody", CfnSub(EmrJson{{"widgets", Widgets()}}.dump())}});
  }
}

void AddEmrBudget(const EmrCluster& cluster, EmrTemplate& out) {
  if (cluster.limits.usd_per_month <= 0 || cluster.monitoring.email.empty()) return;
  const auto notice = [&](std::string_view kind, double percent) {
    return EmrJson{
        {"Notification",
         {{"NotificationType", kind},
          {"ComparisonOperator", "GREATER_THAN"},
          {"Threshold", percent},
          {"ThresholdType", "PERCENTAGE"}}},
        {"Subscribers",
         EmrJson::array({{{"SubscriptionType", "EMAIL"}, {"Address", cluster.monitoring.email}}})}};
  };
  out.Add("Budget", "AWS::Budgets::Budget",
          {{"Budget",
            {{"BudgetName", fmt::format("{}-month", cluster.name)},
             {"BudgetType", "COST"},
             {"TimeUnit", "MONTHLY"},
             {"BudgetLimit", {{"Amount", cluster.limits.usd_per_month}, {"Unit", "USD"}}},
             {"CostFilters",
              {{"TagKeyValue",
                EmrJson::array({fmt::format("user:ember-cluster${}", cluster.name)})}}}}},
           {"NotificationsWithSubscribers",
            EmrJson::array({notice("FORECASTED", 100), notice("ACTUAL", 80)})}});
}

}  // namespace ember
