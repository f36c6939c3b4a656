// A cluster's whole life against an account in memory, with a fault, a kill or Ctrl-C at each call.
#include <gtest/gtest.h>

#include <algorithm>

#include "lifecycle/down.h"
#include "lifecycle/fake_aws.h"
#include "lifecycle/up.h"

namespace ember {
namespace {

constexpr const char* kFleets = R"(name: stocks
region: us-east-1
instances: fleets
network: {create: true, zones: [us-east-1a, us-east-1b]}
master: m5.xlarge
core: {type: m5.xlarge, on_demand_units: 2}
task: {types: [m5.xlarge, m5a.xlarge], spot_units: 1}
scaling: {min: 2, max: 10, max_core: 4}
security: {kms_key: create}
storage: {bucket: acme-stocks, create: true}
lifetime: {idle_minutes: 30}
monitoring: {email: data@example.com}
tags: {team: data}
)";
constexpr const char* kGroups = R"(name: stocks
region: us-east-1
network: {create: true}
master: m5.xlarge
core: {type: m5.xlarge, count: 2}
task: {type: m5.xlarge, count: 1, market: spot}
storage: {bucket: acme-stocks, create: true}
bootstrap: [{name: setup, path: s3://acme-stocks/setup.sh, arguments: [-q]}]
)";

// The file with `from` replaced by `to`.
std::string With(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

class LifecycleTest : public ::testing::Test {
 protected:
  EmrWorld World() {
    return {aws, aws, facts, [this](const std::string& line) { told += line + "\n"; },
            aws.stop_token()};
  }
  static EmrCluster Read(const std::string& text) { return ReadEmrCluster("c.yaml", text).cluster; }

  Result<EmrPlan> Plan(const std::string& text = kFleets) {
    return PlanEmrCluster(World(), Read(text));
  }
  Result<RunningCluster> Up(const std::string& text = kFleets, const EmrUpOptions& options = {}) {
    const EmrWorld world = World();
    const EmrCluster cluster = Read(text);
    ASSIGN_OR_RETURN(const EmrPlan plan, PlanEmrCluster(world, cluster));
    return ApplyEmrPlan(world, cluster, plan, options);
  }
  Result<std::vector<EmrKeptResource>> Down(const EmrDownOptions& options = {}) {
    const EmrWorld world = World();
    ASSIGN_OR_RETURN(const EmrDownPlan plan, PlanEmrDown(world, "stocks"));
    return ApplyEmrDown(world, plan, options);
  }

  void ExpectOneOfEach(const std::string& where) {
    EXPECT_EQ(aws.clusters.size(), 1u) << where;
    EXPECT_EQ(aws.LiveClusters(), 1) << where;
    ASSERT_EQ(aws.StackStates().size(), 2u) << where;
    EXPECT_TRUE(aws.StackStates()[0].starts_with("ember-stocks ")) << where;
    EXPECT_TRUE(aws.StackStates()[1].starts_with("ember-stocks-watch ")) << where;
    for (const std::string& state : aws.StackStates())
      EXPECT_TRUE(state.ends_with("CREATE_COMPLETE") || state.ends_with("UPDATE_COMPLETE"))
          << where << ": " << state;
  }
  void ExpectNothing(const std::string& where) {
    EXPECT_EQ(aws.LiveClusters(), 0) << where;
    EXPECT_TRUE(aws.StackStates().empty()) << where << ": " << aws.StackStates().front();
  }

  FakeAws aws;
  const EmrFacts facts = DefaultEmrFacts();
  std::string told;
};

TEST_F(LifecycleTest, AClusterIsStartedOnceAndEnded) {
  const auto plan = Plan();
  ASSERT_TRUE(plan.ok()) << plan.error().ToString();
  EXPECT_TRUE(plan->starts_cluster());
  EXPECT_EQ(plan->stacks.size(), 2u);
  EXPECT_EQ(plan->month_before.high, 0);
  EXPECT_GT(plan->month_after.low, 100);
  ExpectNothing("a plan changes nothing");
  EXPECT_TRUE(aws.change_sets.empty());

  const auto up = Up();
  ASSERT_TRUE(up.ok()) << up.error().ToString();
  EXPECT_EQ(up->state, "WAITING");
  ExpectOneOfEach("up");
  EXPECT_NE(told.find("WAITING"), std::string::npos);

  const auto again = Plan();
  ASSERT_TRUE(again.ok());
  EXPECT_FALSE(again->has_changes())
      << (again->differences.empty() ? std::string("stacks") : again->differences[0].key);
  EXPECT_EQ(again->month_before.high, again->month_after.high);
  ASSERT_TRUE(Up().ok());
  ExpectOneOfEach("up again");

  const auto down = Down();
  ASSERT_TRUE(down.ok()) << down.error().ToString();
  EXPECT_EQ(*down, (std::vector<EmrKeptResource>{{"AWS::KMS::Key", "physical-Key"},
                                                 {"AWS::S3::Bucket", "physical-Bucket"}}));
  ExpectNothing("down");
  EXPECT_TRUE(Down()->empty());
}

// The heart: whatever ends the first call, at whichever call of AWS's, a second one finds its way.
class InterruptedTest : public LifecycleTest, public ::testing::WithParamInterface<FakeAwsEvent> {
 protected:
  template <typename Work, typename Check>
  void Sweep(Work work, Check check, bool must_survive) {
    constexpr int kMostCalls = 400;
    for (int call = 0;; ++call) {
      ASSERT_LT(call, kMostCalls);
      aws.Arm(call, GetParam());
      const bool is_ok = work();
      const bool fired = aws.fired();
      const std::string where =
          fmt::format("call {} ({})", call,
                      fired ? aws.calls[static_cast<size_t>(call)].action : std::string("none"));
      EXPECT_TRUE(is_ok || !must_survive) << where << "\n" << told;
      aws.Disarm();
      const bool is_found = !fired || must_survive || work();
      EXPECT_TRUE(is_found) << where << "\n" << told;
      check(where);
      if (HasFailure()) return;
      if (!fired) {
        EXPECT_GT(call, 6) << "a sweep over nothing";
        return;
      }
      Restart();
    }
  }
  void Restart() {
    aws.Disarm();
    aws.stacks = start_.stacks;
    aws.change_sets = start_.change_sets;
    aws.clusters = start_.clusters;
    told.clear();
  }
  // The account as each turn of a sweep finds it.
  void StartWithACluster() {
    ASSERT_TRUE(Up().ok());
    start_ = {aws.stacks, aws.change_sets, aws.clusters};
    told.clear();
  }
  bool Survives() const {
    return GetParam() == FakeAwsEvent::kLostBefore || GetParam() == FakeAwsEvent::kLostAfter;
  }

 private:
  struct Start {
    std::vector<FakeAws::Stack> stacks;
    std::vector<FakeAws::ChangeSet> change_sets;
    std::vector<FakeAws::Cluster> clusters;
  } start_;
};
INSTANTIATE_TEST_SUITE_P(Events, InterruptedTest,
                         ::testing::Values(FakeAwsEvent::kDeadBefore, FakeAwsEvent::kDeadAfter,
                                           FakeAwsEvent::kStop, FakeAwsEvent::kLostBefore,
                                           FakeAwsEvent::kLostAfter, FakeAwsEvent::kDenied));

TEST_P(InterruptedTest, UpMakesOneOfEach) {
  Sweep([&] { return Up().ok(); }, [&](const std::string& where) { ExpectOneOfEach(where); },
        Survives());
}

TEST_P(InterruptedTest, AChangedFileIsBroughtInStep) {
  std::string changed = With(kFleets, "team: data", "team: prices");
  changed = With(changed, "max: 10", "max: 12");
  changed = With(changed, "idle_minutes: 30", "idle_minutes: 45");
  changed = With(changed, "storage: {", "storage: {infrequent_access_days: 60, ");
  StartWithACluster();
  Sweep([&] { return Up(changed).ok(); },
        [&](const std::string& where) {
          ExpectOneOfEach(where);
          const auto plan = Plan(changed);
          ASSERT_TRUE(plan.ok()) << where;
          EXPECT_FALSE(plan->has_changes()) << where;
        },
        Survives());
}

TEST_P(InterruptedTest, DownLeavesNothing) {
  StartWithACluster();
  Sweep([&] { return Down().ok(); }, [&](const std::string& where) { ExpectNothing(where); },
        Survives());
}

TEST_P(InterruptedTest, APlanLeavesNothing) {
  Sweep([&] { return Plan().ok(); }, [&](const std::string& where) { ExpectNothing(where); },
        Survives());
}

TEST_F(LifecycleTest, AFailedStackIsDeletedAndSaysWhy) {
  aws.failing_resources["Bucket"] = "acme-stocks already exists";
  const auto up = Up();
  ASSERT_FALSE(up.ok());
  EXPECT_NE(up.error().message.find("Bucket (AWS::S3::Bucket): acme-stocks already exists"),
            std::string::npos)
      << up.error().message;
  EXPECT_NE(up.error().message.find("nothing of it costs money"), std::string::npos);
  ExpectNothing("a failed stack");
  EXPECT_TRUE(aws.clusters.empty());
}

TEST_F(LifecycleTest, AStackThatRolledBackIsDeletedFirst) {
  aws.failing_resources["Bucket"] = "acme-stocks already exists";
  // Killed before it could delete the stack.
  int deletes = 0;
  for (int call = 0; deletes == 0; ++call) {
    aws.stacks.clear();
    aws.Arm(call, FakeAwsEvent::kDeadBefore);
    ASSERT_FALSE(Up().ok());
    deletes += aws.StackStates() == std::vector<std::string>{"ember-stocks ROLLBACK_COMPLETE"};
    ASSERT_LT(call, 100);
  }
  aws.Disarm();
  const auto plan = Plan();
  ASSERT_TRUE(plan.ok());
  EXPECT_NE(plan->stacks[0].note.find("acme-stocks already exists"), std::string::npos);
  aws.failing_resources.clear();
  ASSERT_TRUE(Up().ok()) << told;
  EXPECT_NE(told.find("ROLLBACK_COMPLETE, because of Bucket"), std::string::npos) << told;
  ExpectOneOfEach("after a rollback");
}

TEST_F(LifecycleTest, AnUpdateThatFailsLeavesTheClusterAsItWas) {
  ASSERT_TRUE(Up().ok());
  aws.failing_resources["Bucket"] = "no";
  const auto up = Up(With(kFleets, "storage: {", "storage: {infrequent_access_days: 60, "));
  ASSERT_FALSE(up.ok());
  EXPECT_NE(up.error().message.find("as it was before"), std::string::npos);
  EXPECT_EQ(aws.LiveClusters(), 1);
}

TEST_F(LifecycleTest, WithoutCapacityTheReasonIsSaidAndWhatCostsMoney) {
  aws.start_failure = "Insufficient capacity for instance type m5.xlarge";
  const auto up = Up();
  ASSERT_FALSE(up.ok());
  const std::string& message = up.error().message;
  EXPECT_EQ(up.error().condition, "EMBER_EMR");
  for (const char* part :
       {"TERMINATED_WITH_ERRORS", "VALIDATION_ERROR", "Insufficient capacity", "instances: fleets",
        "cost nothing any more", "ember-stocks stays", "ember emr down stocks --apply"})
    EXPECT_NE(message.find(part), std::string::npos) << part << " in " << message;
  EXPECT_EQ(aws.LiveClusters(), 0);
  EXPECT_EQ(aws.StackStates().size(), 1u);
}

TEST_F(LifecycleTest, OneThatEndsIsWaitedForAndAnotherIsStarted) {
  ASSERT_TRUE(Up().ok());
  aws.clusters[0].state = "TERMINATING";
  aws.clusters[0].settles_us = aws.NowUs() + 1;
  ASSERT_TRUE(Up().ok());
  EXPECT_EQ(aws.clusters.size(), 2u);
  EXPECT_EQ(aws.LiveClusters(), 1);
}

TEST_F(LifecycleTest, WhatNeedsANewClusterIsSaidBeforeAnythingIsDone) {
  ASSERT_TRUE(Up().ok());
  std::string changed =
      With(kFleets, "region: us-east-1", "region: us-east-1\nrelease: emr-7.12.0");
  changed = With(changed, "core: {type: m5.xlarge", "core: {type: m5.2xlarge");
  const auto plan = Plan(changed);
  ASSERT_TRUE(plan.ok());
  const std::vector<std::string> keys = plan->NewClusterKeys();
  for (const char* key : {"release", "core.types"})
    EXPECT_NE(std::find(keys.begin(), keys.end(), key), keys.end()) << key;
  EXPECT_GT(plan->month_after.low, plan->month_before.low);
  aws.Disarm();
  const auto refused = Up(changed);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message.find("--replace"), std::string::npos);
  for (const AwsApiCall& call : aws.calls)
    EXPECT_TRUE(call.action != "ExecuteChangeSet" && call.action != "TerminateJobFlows");
  ASSERT_TRUE(Up(changed, {.replaces = true}).ok()) << told;
  EXPECT_EQ(aws.clusters.size(), 2u);
  EXPECT_EQ(aws.LiveClusters(), 1);
  EXPECT_FALSE(Plan(changed)->has_changes());
}

TEST_F(LifecycleTest, WhatCanBeChangedInPlaceIsToldFromWhatCannot) {
  ASSERT_TRUE(Up(kGroups).ok());
  EXPECT_FALSE(Plan(kGroups)->has_changes());
  std::string changed = With(kGroups, "count: 2", "count: 4");
  changed = With(changed, "task: {type: m5.xlarge, count: 1, market: spot}\n", "");
  changed +=
      "lifetime: {idle_minutes: 0, termination_protection: true, keep_alive: false}\n"
      "step_concurrency: 2\ntags: {a: b}\n";
  const auto plan = Plan(changed);
  ASSERT_TRUE(plan.ok());
  // Without spot the application masters need no place of their own.
  EXPECT_EQ(plan->NewClusterKeys().size(), 2u);
  std::vector<std::string> actions;
  for (const EmrDifference& difference : plan->differences) {
    if (!difference.needs_new_cluster()) actions.push_back(difference.action);
  }
  EXPECT_EQ(actions,
            (std::vector<std::string>{"SetTerminationProtection", "SetKeepJobFlowAliveWhenNoSteps",
                                      "ModifyCluster", "AddTags", "RemoveAutoTerminationPolicy",
                                      "ModifyInstanceGroups", "ModifyInstanceGroups"}));
}

TEST_F(LifecycleTest, EachKindOfChangeIsMadeByItsCall) {
  const std::string base = With(kGroups, "task: {type: m5.xlarge, count: 1, market: spot}\n",
                                "task: {type: m5.xlarge, count: 1}\n");
  const std::string without = With(base, "task: {type: m5.xlarge, count: 1}\n", "");
  ASSERT_TRUE(Up(without).ok());
  struct Row {
    std::string text;
    std::string action;
  };
  const std::vector<Row> rows = {
      {base, "AddInstanceGroups"},
      {With(base, "count: 2", "count: 3"), "ModifyInstanceGroups"},
      {base + "step_concurrency: 4\n", "ModifyCluster"},
      {base + "lifetime: {termination_protection: true}\n", "SetTerminationProtection"},
      {base + "lifetime: {keep_alive: false}\n", "SetKeepJobFlowAliveWhenNoSteps"},
      {base + "lifetime: {idle_minutes: 0}\n", "RemoveAutoTerminationPolicy"},
      {base + "lifetime: {idle_minutes: 10}\n", "PutAutoTerminationPolicy"},
      {base + "scaling: {min: 2, max: 6}\n", "PutManagedScalingPolicy"},
      {base, "RemoveManagedScalingPolicy"},
      {base + "tags: {a: b}\n", "AddTags"},
      {base, "RemoveTags"},
      {without, "ModifyInstanceGroups"},
  };
  for (const Row& row : rows) {
    aws.Disarm();
    const auto up = Up(row.text);
    ASSERT_TRUE(up.ok()) << row.action << ": " << up.error().ToString();
    EXPECT_TRUE(std::any_of(aws.calls.begin(), aws.calls.end(), [&](const AwsApiCall& call) {
      return call.action == row.action;
    })) << row.action;
    EXPECT_FALSE(Plan(row.text)->has_changes()) << row.action;
  }
  EXPECT_EQ(aws.clusters.size(), 1u);
}

TEST_F(LifecycleTest, AProtectedClusterEndsByForceOnly) {
  ASSERT_TRUE(
      Up(With(kFleets, "idle_minutes: 30", "idle_minutes: 30, termination_protection: true")).ok());
  const auto refused = Down();
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message.find("--force"), std::string::npos);
  ExpectOneOfEach("refused");
  ASSERT_TRUE(Down({.forces = true}).ok());
  ExpectNothing("forced");
}

TEST_F(LifecycleTest, AStackThatStaysSaysWhichResource) {
  ASSERT_TRUE(Up().ok());
  aws.stuck_resource = "MasterGroup";
  const auto down = Down();
  ASSERT_FALSE(down.ok());
  aws.stuck_resource.clear();
  ASSERT_TRUE(Down().ok());
  ExpectNothing("after a second call");
}

TEST_F(LifecycleTest, DownOfAnIdLeavesStacksThatAnotherClusterNeeds) {
  ASSERT_TRUE(Up().ok());
  FakeAws::Cluster second = aws.clusters[0];
  second.id = "j-SECOND";
  aws.clusters.push_back(second);
  const auto plan = PlanEmrDown(World(), "j-SECOND");
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->clusters.size(), 1u);
  EXPECT_TRUE(plan->stacks.empty());
  EXPECT_NE(plan->note.find(aws.clusters[0].id), std::string::npos);
  EXPECT_FALSE(Plan().ok());  // two of one name: a person has to say which
  ASSERT_TRUE(ApplyEmrDown(World(), *plan, {}).ok());
  EXPECT_TRUE(Plan().ok());
  // By the name, all that are left end.
  EXPECT_TRUE(Down().ok());
  ExpectNothing("all");
}

TEST_F(LifecycleTest, RolesThatAreNewAreWaitedFor) {
  aws.role_lag = 5;
  ASSERT_TRUE(Up().ok());
  ExpectOneOfEach("five refusals");
  ASSERT_TRUE(Down().ok());
  aws.role_lag = 6;
  EXPECT_NE(Up().error().message.find("Invalid InstanceProfile"), std::string::npos);
}

TEST_F(LifecycleTest, WithoutWaitingTheOrderIsEnough) {
  const auto up = Up(kFleets, {.waits = false});
  ASSERT_TRUE(up.ok());
  EXPECT_EQ(up->state, "STARTING");
  EXPECT_EQ(aws.StackStates().size(), 2u);
}

TEST_F(LifecycleTest, AClusterThatNeverShowsIsOrderedAgainAndThenGivenUp) {
  class Deaf final : public AwsApi {
   public:
    explicit Deaf(FakeAws& aws) : aws_(aws) {}
    Result<AwsJson> Call(const AwsApiCall& call) override {
      if (call.action != "RunJobFlow") return aws_.Call(call);
      ++orders;
      return AwsFault("InternalFailure", "an internal error", 500, "true");
    }
    const std::string& region() const override { return aws_.region(); }
    int orders = 0;

   private:
    FakeAws& aws_;
  } deaf(aws);
  const EmrWorld world = {deaf, aws, facts, nullptr, {}};
  const auto plan = PlanEmrCluster(world, Read(kFleets));
  const auto up = ApplyEmrPlan(world, Read(kFleets), *plan, {});
  ASSERT_FALSE(up.ok());
  EXPECT_EQ(deaf.orders, 3);
  EXPECT_NE(up.error().message.find("ember-stocks stays"), std::string::npos) << up.error().message;
}

}  // namespace
}  // namespace ember
