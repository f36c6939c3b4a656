#include "emulator/step_command.h"

#include <gtest/gtest.h>

#include "emulator/dist_cp_command.h"

namespace ember {
namespace {

using Words = std::vector<std::string>;

StepGround Ground() {
  return {.spark_home = "/spark",
          .master_url = "spark://127.0.0.1:7",
          .files_folder = "/f",
          .ember = "/bin/ember"};
}

std::string FailureOf(const Words& words) {
  const auto command = StepCommandOf(words, Ground());
  return command.ok() ? "" : command.error().message;
}

TEST(StepCommandTest, TurnsSparkSubmitToTheEmulatedCluster) {
  const auto command = StepCommandOf({"spark-submit",
                                      "--deploy-mode",
                                      "cluster",
                                      "--master=yarn",
                                      "--name",
                                      "prices",
                                      "--conf",
                                      "spark.executor.memory=8g",
                                      "--conf",
                                      "spark.sql.shuffle.partitions=4",
                                      "--num-executors",
                                      "10",
                                      "--py-files",
                                      "s3://b/lib/a.py,local.py,s3a://b/z.zip",
                                      "--archives",
                                      "s3://b/env.tar.gz#env",
                                      "-v",
                                      "s3://b/programs/prices.py",
                                      "s3://b",
                                      "--deploy-mode",
                                      "x"},
                                     Ground());
  ASSERT_TRUE(command.ok()) << command.error().ToString();
  EXPECT_EQ(command->kind, StepKind::kProgram);
  EXPECT_EQ(command->arguments,
            (Words{"/spark/bin/spark-submit", "--master", "spark://127.0.0.1:7", "--name", "prices",
                   "--conf", "spark.sql.shuffle.partitions=4", "--py-files",
                   "/f/0/a.py,local.py,/f/1/z.zip", "--archives", "/f/2/env.tar.gz#env", "-v",
                   "/f/3/prices.py", "s3://b", "--deploy-mode", "x"}));
  EXPECT_EQ(command->fetches,
            (std::vector<StepFetch>{{"s3://b/lib/a.py", "/f/0/a.py"},
                                    {"s3a://b/z.zip", "/f/1/z.zip"},
                                    {"s3://b/env.tar.gz", "/f/2/env.tar.gz"},
                                    {"s3://b/programs/prices.py", "/f/3/prices.py"}}));
  ASSERT_EQ(command->notes.size(), 4);
  EXPECT_EQ(command->notes[0],
            "left out: --deploy-mode cluster (the driver is the step's own process)");
}

TEST(StepCommandTest, TakesProgramsByTheirPath) {
  const auto submit = StepCommandOf({"/usr/bin/spark-submit", "a.py"}, Ground());
  ASSERT_TRUE(submit.ok());
  EXPECT_EQ(submit->arguments.back(), "a.py");
  EXPECT_TRUE(submit->fetches.empty());
  const auto shell = StepCommandOf({"bash", "-c", "echo 'a b' && exit 3"}, Ground());
  ASSERT_TRUE(shell.ok());
  EXPECT_EQ(shell->arguments, (Words{"/bin/bash", "-c", "echo 'a b' && exit 3"}));
}

TEST(StepCommandTest, KnowsTheConnectServerOfEmr7) {
  const auto command =
      StepCommandOf({"bash", "-c",
                     "/usr/lib/spark/sbin/start-connect-server.sh --packages x --conf "
                     "spark.connect.grpc.binding.port=15002"},
                    Ground());
  ASSERT_TRUE(command.ok());
  EXPECT_EQ(command->kind, StepKind::kConnectServer);
}

TEST(StepCommandTest, SaysWhatItCannotRun) {
  EXPECT_EQ(FailureOf({}), "the step has no arguments");
  EXPECT_EQ(FailureOf({"hdfs", "dfs"}),
            "the emulator runs bash, s3-dist-cp, sh, spark-submit, and no 'hdfs'");
  EXPECT_EQ(FailureOf({"spark-submit", "--colour", "red", "a.py"}),
            "spark-submit has no option '--colour'");
  EXPECT_EQ(FailureOf({"spark-submit", "--name"}), "'--name' needs a value");
  EXPECT_NE(FailureOf({"spark-submit", "--keytab", "k", "a.py"}).find("no Kerberos"),
            std::string::npos);
}

TEST(StepCommandTest, LeavesOutWhatSpeaksOfRealNodes) {
  for (const char* key : {"spark.executor.memory", "spark.yarn.am.nodeLabelExpression",
                          "spark.shuffle.service.enabled", "spark.eventLog.dir", "spark.master"})
    EXPECT_NE(WhySparkSettingIsLeftOut(key), "") << key;
  for (const char* key : {"spark.executor.memoryFraction", "spark.sql.adaptive.enabled",
                          "spark.masters", "spark.dynamicAllocation.maxExecutors"})
    EXPECT_EQ(WhySparkSettingIsLeftOut(key), "") << key;
}

TEST(DistCpCommandTest, TakesBothFormsOfOptions) {
  const Words expected = {"--src=s3://b/raw/", "--dest=s3://b/compact/", "--group-by=.*/(\\d{4}).*",
                          "--target-size=256MiB", "--delete-on-success"};
  for (const Words& words :
       {Words{"s3-dist-cp", "--src=s3://b/raw/", "--dest=s3://b/compact/",
              "--groupBy=.*/(\\d{4}).*", "--targetSize=256", "--deleteOnSuccess"},
        Words{"s3-dist-cp", "--src", "s3://b/raw/", "--dest", "s3://b/compact/", "--groupBy",
              ".*/(\\d{4}).*", "--targetSize", "256", "--deleteOnSuccess"}}) {
    const auto command = StepCommandOf(words, Ground());
    ASSERT_TRUE(command.ok()) << command.error().ToString();
    Words all = {"/bin/ember", "s3", "copy"};
    all.insert(all.end(), expected.begin(), expected.end());
    EXPECT_EQ(command->arguments, all);
  }
}

TEST(DistCpCommandTest, SaysWhatIsWithoutEffectAndWhatCannotBe) {
  const auto copy = DistCpCopyOf({"s3-dist-cp", "--src=s3://a/x", "--dest=s3://b/y",
                                  "--s3Endpoint=s3.amazonaws.com", "--disableMultipartUpload"});
  ASSERT_TRUE(copy.ok());
  EXPECT_EQ(copy->arguments, (Words{"--src=s3://a/x", "--dest=s3://b/y"}));
  EXPECT_EQ(copy->notes, (Words{"without effect here: --s3Endpoint s3.amazonaws.com",
                                "without effect here: --disableMultipartUpload "}));
  const auto failure = [](const Words& words) {
    const auto read = DistCpCopyOf(words);
    return read.ok() ? "" : read.error().message;
  };
  EXPECT_EQ(failure({"s3-dist-cp", "--src=a"}), "s3-dist-cp needs --dest=PATH");
  EXPECT_EQ(failure({"s3-dist-cp", "--sorce=a"}), "s3-dist-cp has no option '--sorce'");
  EXPECT_EQ(failure({"s3-dist-cp", "src=a"}), "s3-dist-cp has no option 'src'");
  EXPECT_EQ(failure({"s3-dist-cp", "--numberFiles"}),
            "s3-dist-cp's '--numberFiles' cannot be emulated");
  EXPECT_EQ(failure({"s3-dist-cp", "--targetSize=1g"}),
            "s3-dist-cp's '--targetSize' is a number of MiB: '1g'");
  EXPECT_EQ(failure({"s3-dist-cp", "--src"}), "s3-dist-cp's '--src' needs a value");
}

}  // namespace
}  // namespace ember
