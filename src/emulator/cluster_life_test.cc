// The life of clusters by a turned clock, over a Spark that a test scripts.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "emulator/cluster_lifecycle.h"
#include "emulator/fake_spark.h"

namespace ember {
namespace {

AwsJson StepOf(const std::string& name, const std::string& on_failure = "CONTINUE") {
  return {{"Name", name},
          {"ActionOnFailure", on_failure},
          {"HadoopJarStep",
           {{"Jar", "command-runner.jar"}, {"Args", AwsJson::array({"spark-submit", name})}}}};
}

AwsJson Groups(bool keep_alive = true) {
  return {
      {"Name", "daily"},
      {"ReleaseLabel", "emr-7.13.0"},
      {"ServiceRole", "service"},
      {"JobFlowRole", "nodes"},
      {"Instances",
       {{"InstanceGroups",
         AwsJson::array(
             {{{"InstanceRole", "MASTER"}, {"InstanceType", "m5.xlarge"}, {"InstanceCount", 1}},
              {{"InstanceRole", "CORE"}, {"InstanceType", "m5.xlarge"}, {"InstanceCount", 2}}})},
        {"KeepJobFlowAliveWhenNoSteps", keep_alive}}}};
}

AwsJson Fleet(const char* role, int on_demand, int spot, const char* timeout_action = nullptr) {
  AwsJson fleet = {{"InstanceFleetType", role},
                   {"TargetOnDemandCapacity", on_demand},
                   {"TargetSpotCapacity", spot},
                   {"InstanceTypeConfigs", AwsJson::array({{{"InstanceType", "m5.xlarge"}}})}};
  if (timeout_action != nullptr) {
    fleet["LaunchSpecifications"] = {
        {"SpotSpecification", {{"TimeoutDurationMinutes", 5}, {"TimeoutAction", timeout_action}}}};
  }
  return fleet;
}

AwsJson Fleets(const AwsJson& core, const AwsJson& task) {
  AwsJson request = Groups();
  request["Instances"] = {{"InstanceFleets", AwsJson::array({Fleet("MASTER", 1, 0), core, task})},
                          {"KeepJobFlowAliveWhenNoSteps", true}};
  return request;
}

TEST(ClusterLifeTest, StartsRunsStepsInTurnAndEnds) {
  TurnedEmulator emulator;
  AwsJson request = Groups(false);
  request["Steps"] = AwsJson::array({StepOf("one"), StepOf("two")});
  const std::string id = emulator.Run(request);
  EXPECT_EQ(emulator.State(id), "STARTING");
  emulator.Pass(100);
  EXPECT_EQ(emulator.State(id), "BOOTSTRAPPING");
  EXPECT_EQ(emulator.spark.options.spark.version, "3.5");
  emulator.Pass(100);
  EXPECT_EQ(emulator.State(id), "RUNNING");
  EXPECT_EQ(emulator.spark.nodes.size(), 2U);  // the master is no worker
  ASSERT_EQ(emulator.spark.steps.size(), 1U);
  const std::string first = emulator.spark.steps.begin()->first;
  EXPECT_EQ(emulator.spark.steps[first].back(), "one");
  emulator.spark.ends[first] = 0;
  emulator.Pass(20);
  EXPECT_EQ(emulator.StepState(id, first), "COMPLETED");
  ASSERT_EQ(emulator.spark.steps.size(), 2U);
  for (const auto& [step, arguments] : emulator.spark.steps) emulator.spark.ends[step] = 0;
  emulator.Pass(200);
  EXPECT_EQ(emulator.State(id), "TERMINATED");
  EXPECT_EQ(emulator.Cluster(id)["Status"]["StateChangeReason"]["Code"], "ALL_STEPS_COMPLETED");
  EXPECT_EQ(emulator.spark.stopped.load(), 1);
}

struct FailureCase {
  const char* action;
  bool is_protected;
  const char* cluster;
  const char* second_step;
};

TEST(ClusterLifeTest, AFailedStepDoesWhatItsActionSays) {
  for (const FailureCase& failure :
       {FailureCase{"CONTINUE", false, "RUNNING", "RUNNING"},
        FailureCase{"CANCEL_AND_WAIT", false, "WAITING", "CANCELLED"},
        FailureCase{"TERMINATE_CLUSTER", false, "TERMINATED_WITH_ERRORS", "CANCELLED"},
        FailureCase{"TERMINATE_JOB_FLOW", false, "TERMINATED_WITH_ERRORS", "CANCELLED"},
        FailureCase{"TERMINATE_CLUSTER", true, "WAITING", "CANCELLED"}}) {
    TurnedEmulator emulator;
    AwsJson request = Groups();
    request["Instances"]["TerminationProtected"] = failure.is_protected;
    request["Steps"] = AwsJson::array({StepOf("one", failure.action), StepOf("two")});
    const std::string id = emulator.RunReady(request);
    const AwsJson steps = emulator.Call("ListSteps", {{"ClusterId", id}})["Steps"];
    ASSERT_EQ(steps.size(), 2U);
    emulator.spark.ends[steps[1]["Id"]] = 3;  // the newest is the first
    emulator.Pass(200);
    EXPECT_EQ(emulator.StepState(id, steps[1]["Id"]), "FAILED") << failure.action;
    EXPECT_EQ(emulator.StepState(id, steps[0]["Id"]), failure.second_step) << failure.action;
    EXPECT_EQ(emulator.State(id), failure.cluster) << failure.action << failure.is_protected;
  }
}

TEST(ClusterLifeTest, RunsStepsSideBySideAndCancelsThem) {
  TurnedEmulator emulator;
  AwsJson request = Groups();
  request["StepConcurrencyLevel"] = 2;
  request["Steps"] = AwsJson::array({StepOf("one"), StepOf("two"), StepOf("three")});
  const std::string id = emulator.RunReady(request);
  EXPECT_EQ(emulator.spark.steps.size(), 2U);
  const AwsJson steps = emulator.Call("ListSteps", {{"ClusterId", id}})["Steps"];
  const AwsJson cancelled = emulator.Call(
      "CancelSteps",
      {{"ClusterId", id}, {"StepIds", AwsJson::array({steps[0]["Id"], steps[2]["Id"]})}});
  EXPECT_EQ(cancelled["CancelStepsInfoList"][0]["Status"], "SUBMITTED");
  EXPECT_EQ(emulator.StepState(id, steps[0]["Id"]), "CANCELLED");
  EXPECT_EQ(emulator.StepState(id, steps[2]["Id"]), "CANCEL_PENDING");
  emulator.Pass(20);
  EXPECT_EQ(emulator.StepState(id, steps[2]["Id"]), "CANCELLED");
  EXPECT_EQ(emulator.StepState(id, steps[1]["Id"]), "RUNNING");
  const AwsJson again =
      emulator.Call("CancelSteps", {{"ClusterId", id}, {"StepIds", {steps[0]["Id"]}}});
  EXPECT_EQ(again["CancelStepsInfoList"][0]["Status"], "FAILED");
}

TEST(ClusterLifeTest, ProtectionKeepsACluster) {
  TurnedEmulator emulator;
  AwsJson request = Groups();
  request["Instances"]["TerminationProtected"] = true;
  const std::string id = emulator.RunReady(request);
  EXPECT_EQ(emulator.State(id), "WAITING");
  const AwsJson ids = AwsJson::array({id});
  EXPECT_EQ(emulator.Call("TerminateJobFlows", {{"JobFlowIds", ids}})["fault"],
            "ValidationException");
  emulator.Call("SetTerminationProtection", {{"JobFlowIds", ids}, {"TerminationProtected", false}});
  EXPECT_EQ(emulator.Call("TerminateJobFlows", {{"JobFlowIds", ids}}), AwsJson::object());
  EXPECT_EQ(emulator.State(id), "TERMINATING");
  emulator.Pass(100);
  EXPECT_EQ(emulator.State(id), "TERMINATED");
  const AwsJson refused = emulator.Call(
      "AddJobFlowSteps", {{"JobFlowId", id}, {"Steps", AwsJson::array({StepOf("late")})}});
  EXPECT_EQ(refused["fault"], "ValidationException");
}

TEST(ClusterLifeTest, AnIdleClusterEndsItself) {
  TurnedEmulator emulator;
  AwsJson request = Groups();
  request["AutoTerminationPolicy"] = {{"IdleTimeout", 600}};
  const std::string id = emulator.RunReady(request);
  emulator.spark.load.applications = 1;
  emulator.Pass(900);
  EXPECT_EQ(emulator.State(id), "WAITING");
  emulator.spark.load.applications = 0;
  emulator.Pass(500);
  EXPECT_EQ(emulator.State(id), "WAITING");
  emulator.Pass(300);
  EXPECT_EQ(emulator.State(id), "TERMINATED");
}

TEST(ClusterLifeTest, ScalesUpByWhatWaitsAndDownWhenItIsDone) {
  TurnedEmulator emulator;
  AwsJson request = Fleets(Fleet("CORE", 2, 0), Fleet("TASK", 0, 1));
  request["ManagedScalingPolicy"]["ComputeLimits"] = {{"UnitType", "InstanceFleetUnits"},
                                                      {"MinimumCapacityUnits", 2},
                                                      {"MaximumCapacityUnits", 10},
                                                      {"MaximumOnDemandCapacityUnits", 4},
                                                      {"MaximumCoreCapacityUnits", 4}};
  const std::string id = emulator.Run(request);
  emulator.spark.load.cores_used = 3;
  emulator.Pass(300);
  EXPECT_EQ(emulator.spark.nodes.size(), 3U);
  emulator.spark.load.cores_wanted = 5;
  emulator.Pass(30);
  const AwsJson fleets = emulator.Call("ListInstanceFleets", {{"ClusterId", id}})["InstanceFleets"];
  EXPECT_EQ(fleets[1]["TargetOnDemandCapacity"], 4);
  EXPECT_EQ(fleets[2]["TargetSpotCapacity"], 4);
  EXPECT_EQ(fleets[2]["Status"]["State"], "RESIZING");
  emulator.spark.load.cores_wanted = 0;
  emulator.spark.load.cores_used = 8;
  emulator.Pass(300);
  EXPECT_EQ(emulator.spark.nodes.size(), 8U);
  emulator.spark.load.cores_used = 0;
  emulator.Pass(800);
  EXPECT_EQ(emulator.spark.nodes.size(), 2U);
  EXPECT_EQ(emulator.spark.decommissioned.size(), 6U);
}

TEST(ClusterLifeTest, SpotIsLostAfterItsNoticeAndReplaced) {
  TurnedEmulator emulator;
  const std::string id = emulator.RunReady(Fleets(Fleet("CORE", 1, 0), Fleet("TASK", 0, 2)));
  ASSERT_EQ(emulator.spark.nodes.size(), 3U);
  EXPECT_EQ(LoseSpotNodes(*emulator.store.Find(id), 1, emulator.store.View()), 1);
  emulator.Pass(60);
  EXPECT_EQ(emulator.spark.decommissioned.size(), 1U);
  EXPECT_EQ(emulator.spark.nodes.size(), 3U);
  emulator.Pass(70);
  EXPECT_EQ(emulator.spark.removed, emulator.spark.decommissioned);
  EXPECT_EQ(emulator.spark.nodes.size(), 2U);
  emulator.Pass(200);
  EXPECT_EQ(emulator.spark.nodes.size(), 3U);
  EXPECT_EQ(emulator.journal.Count("spot_notice"), 1);
  EXPECT_EQ(emulator.journal.Count("spot_lost"), 1);
  const AwsJson lost = emulator.Call(
      "ListInstances", {{"ClusterId", id}, {"InstanceStates", AwsJson::array({"TERMINATED"})}});
  ASSERT_EQ(lost["Instances"].size(), 1U);
  EXPECT_EQ(lost["Instances"][0]["Status"]["StateChangeReason"]["Code"], "INSTANCE_FAILURE");
}

TEST(ClusterLifeTest, MissingSpotBecomesOnDemandOrEndsTheCluster) {
  for (const bool switches : {true, false}) {
    TurnedEmulator emulator;
    emulator.store.faults().types_without_capacity = {"m5.xlarge/SPOT"};
    const std::string id = emulator.Run(
        Fleets(Fleet("CORE", 0, 2, switches ? "SWITCH_TO_ON_DEMAND" : "TERMINATE_CLUSTER"),
               Fleet("TASK", 0, 0)));
    emulator.Pass(200);
    EXPECT_EQ(emulator.State(id), "STARTING");
    emulator.Pass(500);
    EXPECT_EQ(emulator.State(id), switches ? "WAITING" : "TERMINATED_WITH_ERRORS");
    if (switches) {
      EXPECT_EQ(emulator.spark.nodes.size(), 2U);
    } else {
      EXPECT_EQ(emulator.Cluster(id)["Status"]["StateChangeReason"]["Code"],
                "INSTANCE_FLEET_TIMEOUT");
    }
  }
}

TEST(ClusterLifeTest, FailsAtItsStart) {
  TurnedEmulator bootstrap;
  bootstrap.store.faults().bootstrap_fails = true;
  EXPECT_EQ(bootstrap.State(bootstrap.RunReady(Groups())), "TERMINATED_WITH_ERRORS");
  TurnedEmulator spark;
  spark.spark.start_fails = true;
  const std::string id = spark.RunReady(Groups());
  EXPECT_EQ(spark.State(id), "TERMINATED_WITH_ERRORS");
  EXPECT_EQ(spark.Cluster(id)["Status"]["StateChangeReason"]["Code"], "BOOTSTRAP_FAILURE");
  TurnedEmulator capacity;
  capacity.store.faults().types_without_capacity = {"m5.xlarge"};
  const std::string none = capacity.Run(Groups());
  capacity.Pass(800);
  EXPECT_EQ(capacity.State(none), "TERMINATED_WITH_ERRORS");
}

TEST(ClusterLifeTest, GroupsAreResized) {
  TurnedEmulator emulator;
  const std::string id = emulator.RunReady(Groups());
  const AwsJson groups = emulator.Call("ListInstanceGroups", {{"ClusterId", id}})["InstanceGroups"];
  const auto resize = [&](const AwsJson& group, int count) {
    return emulator.Call(
        "ModifyInstanceGroups",
        {{"ClusterId", id},
         {"InstanceGroups",
          AwsJson::array({{{"InstanceGroupId", group["Id"]}, {"InstanceCount", count}}})}});
  };
  EXPECT_EQ(resize(groups[0], 2)["fault"], "ValidationException");
  EXPECT_EQ(resize(groups[1], 0)["fault"], "ValidationException");
  EXPECT_EQ(resize(groups[1], 4), AwsJson::object());
  emulator.Pass(300);
  EXPECT_EQ(emulator.spark.nodes.size(), 4U);
  EXPECT_EQ(resize(groups[1], 1), AwsJson::object());
  emulator.Pass(300);
  EXPECT_EQ(emulator.spark.nodes.size(), 1U);
}

TEST(ClusterLifeTest, SessionsComeAndGo) {
  TurnedEmulator emulator;
  AwsJson request = Groups();
  EXPECT_EQ(emulator.Call("StartSession", {{"ClusterId", emulator.RunReady(request)}})["fault"],
            "InvalidRequestException");
  request["ReleaseLabel"] = "emr-spark-8.0.0";
  request["SessionEnabled"] = true;
  const std::string id = emulator.RunReady(request);
  EXPECT_TRUE(emulator.spark.options.has_connect);
  EXPECT_EQ(emulator.spark.options.spark.version, "4.0");
  const AwsJson ask = {{"ClusterId", id}, {"Name", "notebook"}, {"ClientRequestToken", "once"}};
  const AwsJson started = emulator.Call("StartSession", ask);
  EXPECT_EQ(started["State"], "SUBMITTED") << started;
  EXPECT_EQ(emulator.Call("StartSession", ask)["Id"], started["Id"]);
  const AwsJson session = {{"ClusterId", id}, {"SessionId", started["Id"]}};
  EXPECT_EQ(emulator.Call("GetSessionEndpoint", session)["fault"], "InvalidRequestException");
  emulator.Pass(60);
  EXPECT_EQ(emulator.Call("GetSession", session)["Session"]["State"], "IDLE");
  const AwsJson endpoint = emulator.Call("GetSessionEndpoint", session);
  EXPECT_EQ(endpoint.value("Endpoint", endpoint.dump()).rfind("sc://127.0.0.1:", 0), 0U);
  EXPECT_EQ(emulator.Call("TerminateSession", session)["State"], "TERMINATING");
  emulator.Pass(30);
  EXPECT_EQ(emulator.Call("ListSessions", {{"ClusterId", id}})["Sessions"][0]["State"],
            "TERMINATED");
}

TEST(ClusterLifeTest, PagesByMarker) {
  TurnedEmulator emulator;
  AwsJson request = Groups();
  for (int i = 0; i < 7; ++i) request["Steps"].push_back(StepOf(fmt::format("step {}", i)));
  const std::string id = emulator.Run(request);
  std::vector<std::string> names;
  AwsJson ask = {{"ClusterId", id}};
  for (int page = 0; page < 5; ++page) {
    const AwsJson answer = emulator.Call("ListSteps", ask);
    for (const AwsJson& step : answer["Steps"]) names.push_back(step["Name"]);
    if (!answer.contains("Marker")) break;
    ask["Marker"] = answer["Marker"];
  }
  ASSERT_EQ(names.size(), 7U);
  EXPECT_EQ(names.front(), "step 6");
  ask["Marker"] = "nonsense";
  EXPECT_EQ(emulator.Call("ListSteps", ask)["fault"], "InvalidRequestException");
}

TEST(ClusterLifeTest, RefusesWhatEmrRefuses) {
  TurnedEmulator emulator;
  const auto refused = [&](const std::function<void(AwsJson&)>& change) {
    AwsJson request = Groups();
    change(request);
    return emulator.Call("RunJobFlow", request).value("message", "taken");
  };
  const auto has = [](const std::string& text, const char* part) {
    return text.find(part) != std::string::npos ? "" : text;
  };
  EXPECT_EQ(has(refused([](AwsJson& r) {
                  r["Instances"]["InstanceGroups"][1]["InstanceType"] = "m5.large";
                }),
                "'m5.large' is not supported"),
            "");
  EXPECT_EQ(has(refused([](AwsJson& r) {
                  r["Instances"]["InstanceFleets"] = AwsJson::array({Fleet("MASTER", 1, 0)});
                }),
                "one and only one"),
            "");
  EXPECT_EQ(has(refused([](AwsJson& r) { r["Instances"]["InstanceCount"] = "three"; }),
                "Member must be an integer"),
            "");
  EXPECT_EQ(has(refused([](AwsJson& r) { r["Nmae"] = "x"; }), "Unknown member 'Nmae'"), "");
  EXPECT_EQ(has(refused([](AwsJson& r) { r.erase("Name"); }), "'name' failed"), "");
  EXPECT_EQ(has(refused([](AwsJson& r) { r["Instances"]["InstanceGroups"][0]["Market"] = "FREE"; }),
                "[ON_DEMAND, SPOT]"),
            "");
  EXPECT_EQ(has(refused([](AwsJson& r) { r["StepConcurrencyLevel"] = 300; }), "1 to 256"), "");
  EXPECT_EQ(has(refused([](AwsJson& r) { r["SecurityConfiguration"] = "gone"; }), "does not exist"),
            "");
  EXPECT_EQ(has(refused([](AwsJson& r) { r["SessionEnabled"] = true; }), "not supported"), "");
  EXPECT_EQ(has(refused([](AwsJson& r) {
                  for (int i = 0; i < 257; ++i) r["Steps"].push_back(StepOf("s"));
                }),
                "256"),
            "");
  EXPECT_EQ(has(refused([](AwsJson& r) {
                  r["StepConcurrencyLevel"] = 2;
                  r["Steps"].push_back(StepOf("s", "CANCEL_AND_WAIT"));
                }),
                "CONTINUE"),
            "");
  EXPECT_EQ(emulator.Call("RunJobFlowers", AwsJson::object())["fault"],
            "UnknownOperationException");
}

}  // namespace
}  // namespace ember
