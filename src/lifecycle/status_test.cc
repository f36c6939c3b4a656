#include "lifecycle/status.h"

#include <gtest/gtest.h>

#include "lifecycle/explained_api.h"
#include "lifecycle/fake_aws.h"
#include "lifecycle/scale.h"
#include "lifecycle/up.h"

namespace ember {
namespace {

constexpr const char* kFile = R"(name: stocks
region: us-east-1
instances: fleets
network: {create: true}
master: m5.xlarge
core: {type: m5.xlarge, on_demand_units: 2}
task: {types: [m5.xlarge], spot_units: 1}
scaling: {min: 2, max: 10, max_core: 4}
storage: {bucket: acme-stocks, create: true}
)";
constexpr int64_t kUs = 1000000;

class StatusTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const EmrCluster file = ReadEmrCluster("c.yaml", kFile).cluster;
    const auto plan = PlanEmrCluster(world, file);
    ASSERT_TRUE(plan.ok());
    ASSERT_TRUE(ApplyEmrPlan(world, file, *plan).ok());
    cluster = *FindEmrCluster(aws, "stocks", {}).value();
  }
  AwsJson Instance(const std::string& id, size_t fleet, const std::string& market,
                   int64_t minutes_ago, int64_t ended_minutes_ago) {
    const auto at = [&](int64_t minutes) { return aws.NowUs() / kUs - minutes * 60; };
    AwsJson timeline = {{"CreationDateTime", at(minutes_ago)}};
    if (ended_minutes_ago >= 0) timeline["EndDateTime"] = at(ended_minutes_ago);
    AwsJson status = {{"State", ended_minutes_ago >= 0 ? "TERMINATED" : "RUNNING"},
                      {"Timeline", timeline}};
    if (ended_minutes_ago >= 0)
      status["StateChangeReason"] = {{"Code", "INSTANCE_FAILURE"}, {"Message", "spot was taken"}};
    return {{"Ec2InstanceId", id},
            {"InstanceType", "m5.xlarge"},
            {"Market", market},
            {"InstanceFleetId", aws.clusters[0].nodes[fleet]["Id"]},
            {"Status", status}};
  }

  FakeAws aws;
  const EmrFacts facts = DefaultEmrFacts();
  EmrWorld world = {aws, aws, facts, nullptr, {}};
  RunningCluster cluster;
};

TEST_F(StatusTest, CostsSoFarAreOfEachNodesTime) {
  aws.instances = {Instance("i-1", 0, "ON_DEMAND", 60, -1), Instance("i-2", 2, "SPOT", 60, 30)};
  const auto status = DescribeEmrStatus(world, cluster);
  ASSERT_TRUE(status.ok()) << status.error().ToString();
  // m5.xlarge: 0.192 and EMR's 0.048; volumes of 79 GB of gp3.
  const double fixed = 0.048 + 79 * 0.08 / facts.Get(EmrNumber::kHoursPerMonth);
  EXPECT_NEAR(status->cost_so_far.low, 0.192 + fixed + (0.192 * 0.3 + fixed) / 2, 1e-3);
  EXPECT_NEAR(status->cost_so_far.high, 0.192 + fixed + (0.192 * 0.5 + fixed) / 2, 1e-3);
  EXPECT_EQ(status->instances[1].role, "task");
  EXPECT_EQ(status->stacks.size(), 2u);
  EXPECT_GT(status->month.high, status->month.low);
  bool says_so = false;
  for (const EmrEvent& event : status->events)
    says_so = says_so ||
              event.what.find("i-2 (m5.xlarge, spot) ended: spot was taken") != std::string::npos;
  EXPECT_TRUE(says_so);
}

TEST_F(StatusTest, IdleIsSinceTheLastPointThatWasBusy) {
  const auto point = [&](int minute, int idle) {
    return AwsJson{{"Timestamp", fmt::format("2026-01-02T03:{:02}:00Z", minute)},
                   {"Average", idle}};
  };
  aws.datapoints = {point(20, 1), point(5, 1), point(10, 0), point(15, 1)};
  EXPECT_EQ(DescribeEmrStatus(world, cluster)->idle_since_us, ParseIsoTime("2026-01-02T03:15:00Z"));
  aws.datapoints.push_back(point(25, 0));
  EXPECT_FALSE(DescribeEmrStatus(world, cluster)->idle_since_us);
}

TEST_F(StatusTest, ScalingKeepsWhatIsNotSaid) {
  const auto shape = DescribeEmrShape(world, cluster);
  const auto plan = PlanEmrScale(world, *shape, {.max = 3, .task = 2});
  ASSERT_TRUE(plan.ok()) << plan.error().ToString();
  ASSERT_EQ(plan->changes.size(), 2u);
  EXPECT_EQ(plan->changes[0].request["ManagedScalingPolicy"]["ComputeLimits"],
            (AwsJson{{"UnitType", "InstanceFleetUnits"},
                     {"MinimumCapacityUnits", 2},
                     {"MaximumCapacityUnits", 3},
                     {"MaximumOnDemandCapacityUnits", 3},
                     {"MaximumCoreCapacityUnits", 3}}));
  EXPECT_EQ(plan->changes[1].after, "2");
  EXPECT_LT(plan->hour_after.high, plan->hour_before.high);
  ASSERT_TRUE(ApplyEmrChanges(world, plan->changes).ok());
  const auto after = DescribeEmrShape(world, cluster);
  EXPECT_EQ(after->Find("task")->spot_units, 2);
  EXPECT_TRUE(PlanEmrScale(world, *after, {.max = 3, .task = 2})->changes.empty());
  for (const EmrScaleRequest& wrong :
       {EmrScaleRequest{.min = 4, .max = 3}, EmrScaleRequest{.max = 3, .max_core = 4},
        EmrScaleRequest{.max_on_demand = 20}, EmrScaleRequest{.min = 0},
        EmrScaleRequest{.task = -1}}) {
    const auto refused = PlanEmrScale(world, *after, wrong);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().condition, "EMBER_INVALID_INPUT");
  }
}

TEST(ExplainedAwsApi, SaysWhatToDo) {
  struct Row {
    std::string code;
    std::string words;
  };
  for (const Row& row : {Row{"AccessDenied", "the right cloudformation:DeleteStack is missing"},
                         Row{"ExpiredToken", "renew them"}, Row{"Throttling", "fewer requests"},
                         Row{"ValidationError", "m"}}) {
    ScriptedAwsApi scripted;
    scripted.On("DeleteStack", {}, AwsFault(row.code, "m"));
    ExplainedAwsApi api(scripted);
    const auto answer = api.Call({.service = AwsService::kCloudFormation, .action = "DeleteStack"});
    EXPECT_NE(answer.error().message.find(row.words), std::string::npos) << answer.error().message;
  }
}

}  // namespace
}  // namespace ember
