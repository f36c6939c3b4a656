// A real Spark, run by tests/live/test_emulated_spark.py, which says where it is.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <thread>

#include "aws/local_s3_server.h"
#include "cluster/process.h"
#include "cluster/spark_installation.h"
#include "cluster/spark_storage.h"
#include "emulator/spark_nodes.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

// Every row takes its time; that a Java method is called is of no interest.
constexpr const char* kProgram = R"(
import sys
from pyspark.sql import SparkSession, functions as F
spark = SparkSession.builder.appName("numbers").getOrCreate()
slow = (spark.range(0, 32, numPartitions=16)
        .filter("java_method('java.lang.Thread', 'sleep', 2000L) IS NOT NULL")
        .groupBy((F.col("id") % 3).alias("k")).agg(F.sum("id").alias("total")))
slow.write.parquet(sys.argv[1])
read = spark.read.parquet(sys.argv[1])
print(sorted((row.k, row.total) for row in read.collect()))
)";

std::string Text(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

class LiveSparkTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* ember = std::getenv("EMBER_LIVE_EMULATOR");
    ASSERT_NE(ember, nullptr) << "tests/live/test_emulated_spark.py runs it";
    s3_ = LocalS3Server::Start();
    ASSERT_NE(s3_, nullptr) << "tools/setup/s3_server.sh installs the S3 server";
    const char* version = std::getenv("EMBER_LIVE_SPARK");
    auto spark = FindSpark("", version == nullptr ? "4.0" : version, DefaultCacheFolder());
    ASSERT_TRUE(spark.ok()) << spark.error().message;
    options_.folder = s3_->folder() + "/cluster";
    options_.spark = *spark;
    options_.environment = {{"AWS_ACCESS_KEY_ID", "test"},
                            {"AWS_SECRET_ACCESS_KEY", "testsecret"},
                            {"AWS_REGION", "us-east-1"},
                            {"AWS_ENDPOINT_URL_S3", s3_->url()},
                            {"EMBER_TEST_FOLDER", s3_->folder()}};
    options_.has_s3 = true;
    options_.ember = ember;
    options_.smallest_node = {.cores = 1, .memory_mb = 700};
    spark_ = MakeEmulatedSpark();
  }
  void TearDown() override {
    if (!spark_) return;
    EXPECT_TRUE(spark_->Stop().ok());
    EXPECT_TRUE(FindProcesses("EMBER_TEST_FOLDER=" + s3_->folder()).empty());
  }
  bool Eventually(const std::function<bool()>& is_so) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(15);
    while (std::chrono::steady_clock::now() < end) {
      if (is_so()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(250));
    }
    return false;
  }
  bool IsReady(const std::string& node) {
    const auto ready = spark_->IsNodeReady(node);
    return ready.ok() && *ready;
  }

  std::unique_ptr<LocalS3Server> s3_;
  EmulatedSparkOptions options_;
  std::unique_ptr<EmulatedSpark> spark_;
};

TEST_F(LiveSparkTest, AStepFromS3SurvivesTheLossOfANode) {
  const fs::path programs = fs::path(s3_->folder()) / "data/bucket/programs";
  fs::create_directories(programs);
  std::ofstream(programs / "totals.py") << kProgram;
  const Status started = spark_->Start(options_, {});
  ASSERT_TRUE(started.ok()) << started.error().message;
  for (const char* node : {"i-1", "i-2"})
    ASSERT_TRUE(spark_->AddNode({.instance_id = node, .cores = 1, .memory_mb = 700}).ok());
  ASSERT_TRUE(Eventually([&] { return IsReady("i-1") && IsReady("i-2"); }));
  ASSERT_TRUE(spark_
                  ->StartStep({"s-1",
                               {"spark-submit", "--deploy-mode", "cluster", "--executor-memory",
                                "9g", "s3://bucket/programs/totals.py", "s3://bucket/numbers"}})
                  .ok());
  // Two cores work, and more are wanted (what scaling decides by): of 16 tasks some have ended.
  EmulatedLoad load;
  EXPECT_TRUE(Eventually([&] {
    if (const auto now = spark_->Load(); now.ok()) load = *now;
    return load.cores_used == 2 && load.cores_wanted > 0 && load.cores_wanted < 13;
  })) << load.cores
      << " cores, " << load.cores_used << " in use, " << load.cores_wanted << " wanted";
  ASSERT_TRUE(spark_->AddNode({.instance_id = "i-3", .cores = 1, .memory_mb = 700}).ok());
  ASSERT_TRUE(spark_->DecommissionNode("i-1").ok());
  EXPECT_TRUE(Eventually([&] { return !IsReady("i-1"); }));
  ASSERT_TRUE(spark_->RemoveNode("i-1").ok());
  ASSERT_TRUE(spark_->RemoveNode("i-2").ok());  // without a notice
  std::optional<EmulatedStepEnd> end;
  EXPECT_TRUE(Eventually([&] {
    if (auto asked = spark_->StepEnd("s-1"); asked.ok()) end = *asked;
    return end.has_value();
  }));
  const fs::path log = spark_->StepLogFolder("s-1");
  EXPECT_TRUE(end && end->exit_code == 0) << Text(log / "stderr");
  EXPECT_EQ(Text(log / "stdout"), "[(0, 165), (1, 176), (2, 155)]\n");
}

}  // namespace
}  // namespace ember
