#include "lifecycle/submitted_step.h"

#include <gtest/gtest.h>

#include "aws/scripted_host.h"
#include "lifecycle/memory_s3.h"
#include "lifecycle/program_upload.h"
#include "lifecycle/scripted_aws_api.h"

namespace ember {
namespace {

const StepRequest kStep = {
    .name = "prices", .on_failure = "continue", .arguments = {"spark-submit", "s3://b/p.py"}};

AwsJson Told(const std::string& id, const std::string& state, const std::string& name = "x") {
  return {{"Id", id}, {"Name", name}, {"Status", {{"State", state}}}, {"Unknown", {1, 2}}};
}
AwsJson Listed(std::vector<AwsJson> steps) { return {{"Steps", std::move(steps)}}; }
AwsJson Step(const std::string& id, const std::string& state) {
  return {{"Step", Told(id, state)}};
}

class Steps : public testing::Test {
 protected:
  ScriptedHost host;
  ScriptedAwsApi api;
  const std::string name = MarkedStepName(kStep);

  Result<StepSubmission> Submit(StepRepeat repeat = StepRepeat::kJoin) {
    return SubmitEmrStep(api, host, "j-1", kStep, repeat, {});
  }
  Result<SubmittedStep> Await(std::stop_token stop = {}) {
    return AwaitEmrStep(api, host, "j-1", "s-1", nullptr, stop);
  }
};

TEST_F(Steps, NamesTellWhatIsTheSame) {
  EXPECT_TRUE(IsMarkedStepName(name));
  EXPECT_FALSE(IsMarkedStepName("prices"));
  StepRequest other = kStep;
  other.arguments = {"spark-submit", "s3://b/p.p", "y"};
  EXPECT_NE(MarkedStepName(other), name);
  other = kStep;
  EXPECT_EQ(MarkedStepName(other), name);
}

TEST_F(Steps, AreAddedOnce) {
  api.On("ListSteps", {{"ClusterId", "j-1"}}, Listed({Told("s-0", "COMPLETED", name)}))
      .On("AddJobFlowSteps",
          {{"JobFlowId", "j-1"},
           {"Steps",
            {{{"Name", name},
              {"ActionOnFailure", "CONTINUE"},
              {"HadoopJarStep",
               {{"Jar", "command-runner.jar"}, {"Args", {"spark-submit", "s3://b/p.py"}}}}}}}},
          AwsJson{{"StepIds", {"s-1"}}})
      .On("ListSteps", {}, Listed({Told("s-1", "PENDING", name), Told("s-0", "COMPLETED", name)}));
  const auto submitted = Submit();
  ASSERT_TRUE(submitted.ok()) << submitted.error().ToString();
  EXPECT_EQ(submitted->step_id, "s-1");
  EXPECT_FALSE(submitted->was_there);
  EXPECT_TRUE(submitted->doubled.empty());
}

TEST_F(Steps, JoinWhatIsUnderWay) {
  api.On("ListSteps", {}, Listed({Told("s-7", "RUNNING", name)}));
  const auto submitted = Submit();
  ASSERT_TRUE(submitted.ok());
  EXPECT_EQ(submitted->step_id, "s-7");
  EXPECT_TRUE(submitted->was_there);
  api.On("ListSteps", {}, Listed({Told("s-7", "RUNNING", name)}))
      .On("AddJobFlowSteps", {}, AwsJson{{"StepIds", {"s-8"}}})
      .On("ListSteps", {}, AwsFault("ThrottlingException", "slow down"));
  EXPECT_EQ(Submit(StepRepeat::kRunAgain)->step_id, "s-8");
}

TEST_F(Steps, ALostAnswerIsLookedForBeforeTheNextTry) {
  // The step was added: it is found, and not sent again.
  api.On("ListSteps", {}, Listed({}))
      .On("AddJobFlowSteps", {}, AwsFault("InternalFailure", "oops", 500, "true"))
      .On("ListSteps", {}, Listed({}))
      .On("ListSteps", {}, Listed({Told("s-1", "PENDING", name)}));
  EXPECT_EQ(Submit()->step_id, "s-1");
  // It was not added: it is sent again.
  api.On("ListSteps", {}, Listed({}))
      .On("AddJobFlowSteps", {}, ConnectionFailure("BROKEN"))
      .On("ListSteps", {}, Listed({}))
      .On("ListSteps", {}, Listed({}))
      .On("AddJobFlowSteps", {}, AwsJson{{"StepIds", {"s-2"}}})
      .On("ListSteps", {}, Listed({Told("s-2", "PENDING", name)}));
  EXPECT_EQ(Submit()->step_id, "s-2");
  // It was added twice: one of them is cancelled.
  api.On("ListSteps", {}, Listed({}))
      .On("AddJobFlowSteps", {}, AwsJson{{"StepIds", {"s-4"}}})
      .On("ListSteps", {}, Listed({Told("s-4", "PENDING", name), Told("s-3", "RUNNING", name)}))
      .On("CancelSteps", {{"StepIds", {"s-4"}}}, AwsJson::object());
  const auto submitted = Submit();
  ASSERT_TRUE(submitted.ok());
  EXPECT_EQ(submitted->step_id, "s-3");
  EXPECT_EQ(submitted->doubled, std::vector<std::string>{"s-4"});
}

TEST_F(Steps, ARefusalIsFinal) {
  for (const char* code : {"ValidationException", "AccessDeniedException"}) {
    api.On("ListSteps", {}, Listed({})).On("AddJobFlowSteps", {}, AwsFault(code, "no"));
    EXPECT_EQ(Submit().error().parameters.at("code"), code);
  }
  StepRequest huge = kStep;
  huge.arguments.emplace_back(20000, 'x');
  EXPECT_EQ(SubmitEmrStep(api, host, "j-1", huge, StepRepeat::kJoin, {}).error().condition,
            "EMBER_INVALID_INPUT");
}

TEST_F(Steps, AreAwaitedThroughPassingFaults) {
  api.On("DescribeStep", {{"StepId", "s-1"}}, Step("s-1", "PENDING"))
      .On("DescribeStep", {}, AwsFault("ThrottlingException", "slow down"))
      .On("DescribeStep", {}, ConnectionFailure("CONNECT"))
      .On("DescribeStep", {}, Step("s-1", "RUNNING"))
      .On("DescribeCluster", {}, AwsFault("InternalFailure", "oops", 500))
      .On("DescribeStep", {},
          AwsJson{
              {"Step",
               {{"Id", "s-1"},
                {"Status",
                 {{"State", "FAILED"},
                  {"FailureDetails", {{"Reason", "Unknown Error"}, {"LogFile", "s3://l"}}}}}}}});
  const auto step = Await();
  ASSERT_TRUE(step.ok()) << step.error().ToString();
  EXPECT_EQ(step->state, "FAILED");
  EXPECT_FALSE(step->has_succeeded());
  EXPECT_EQ(step->reason, "Unknown Error");
  EXPECT_EQ(step->log_file, "s3://l");
  api.On("DescribeStep", {}, AwsFault("AccessDeniedException", "no"));
  EXPECT_EQ(Await().error().parameters.at("code"), "AccessDeniedException");
}

TEST_F(Steps, AClusterThatEndsMeanwhileIsSaid) {
  for (int i = 0; i < 4; ++i) api.On("DescribeStep", {}, Step("s-1", "PENDING"));
  api.On("DescribeCluster", {},
         AwsJson{{"Cluster",
                  {{"Id", "j-1"},
                   {"Status",
                    {{"State", "TERMINATED_WITH_ERRORS"},
                     {"StateChangeReason",
                      {{"Code", "INSTANCE_FAILURE"}, {"Message", "the master is gone"}}}}}}}})
      .On("DescribeStep", {}, Step("s-1", "PENDING"));
  const auto step = Await();
  ASSERT_FALSE(step.ok());
  EXPECT_EQ(step.error().condition, "EMBER_EMR.STEP");
  EXPECT_NE(step.error().message.find("the master is gone"), std::string::npos);
}

TEST_F(Steps, AStopEndsTheWait) {
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(Await(source.get_token()).error().error_class, ErrorClass::kCancelled);
}

TEST_F(Steps, AreCancelled) {
  api.On("CancelSteps",
         {{"ClusterId", "j-1"},
          {"StepIds", {"s-1"}},
          {"StepCancellationOption", "TERMINATE_PROCESS"}},
         AwsJson{{"CancelStepsInfoList", {{{"StepId", "s-1"}, {"Status", "SUBMITTED"}}}}})
      .On("DescribeStep", {}, Step("s-1", "CANCEL_PENDING"))
      .On("DescribeStep", {}, Step("s-1", "CANCELLED"));
  EXPECT_EQ(CancelEmrStep(api, host, "j-1", "s-1")->state, "CANCELLED");
  const AwsJson refused = {{"CancelStepsInfoList", {{{"Status", "FAILED"}, {"Reason", "late"}}}}};
  api.On("CancelSteps", {}, refused).On("DescribeStep", {}, Step("s-1", "COMPLETED"));
  EXPECT_EQ(CancelEmrStep(api, host, "j-1", "s-1")->state, "COMPLETED");
  api.On("CancelSteps", {}, refused).On("DescribeStep", {}, Step("s-1", "RUNNING"));
  EXPECT_NE(CancelEmrStep(api, host, "j-1", "s-1").error().message.find("late"), std::string::npos);
}

TEST_F(Steps, ProgramsTravelOnce) {
  MemoryS3 bucket(host);
  S3Client s3 = bucket.Client();
  const auto first = UploadEmrProgram(s3, "job.py", "print(1)\n", {});
  ASSERT_TRUE(first.ok()) << first.error().ToString();
  EXPECT_FALSE(first->was_there);
  EXPECT_TRUE(first->uri.starts_with("s3://b/programs/ember/")) << first->uri;
  EXPECT_TRUE(first->uri.ends_with("/job.py"));
  const auto second = UploadEmrProgram(s3, "job.py", "print(1)\n", {});
  EXPECT_TRUE(second->was_there);
  EXPECT_EQ(second->uri, first->uri);
  EXPECT_NE(UploadEmrProgram(s3, "job.py", "print(2)\n", {})->uri, first->uri);
  EXPECT_EQ(bucket.puts, 2);
  bucket.denied_status = 403;
  EXPECT_FALSE(UploadEmrProgram(s3, "job.py", "print(3)\n", {}).ok());
}

}  // namespace
}  // namespace ember
