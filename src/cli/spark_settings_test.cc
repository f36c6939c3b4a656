#include "cli/spark_settings.h"

#include <gtest/gtest.h>

namespace ember {
namespace {

using Settings = std::map<std::string, std::string>;

TEST(SparkSettingsTest, KnowsWhatIsForTheStart) {
  for (const char* key : {"spark.executor.memory", "spark.executor.instances", "spark.cores.max",
                          "spark.dynamicAllocation.enabled", "spark.local.dir"})
    EXPECT_TRUE(IsStartSetting(key)) << key;
  for (const char* key : {"spark.sql.shuffle.partitions", "spark.sql.ansi.enabled",
                          "spark.executors", "spark.hadoop.fs.s3a.endpoint"})
    EXPECT_FALSE(IsStartSetting(key)) << key;
}

TEST(SparkSettingsTest, ReadsMemoryAsSparkDoes) {
  EXPECT_EQ(EngineMemory("4g"), "4GiB");
  EXPECT_EQ(EngineMemory("512MB"), "512MiB");
  EXPECT_EQ(EngineMemory("700"), "700MiB");
  for (const char* text : {"", "g", "4x", "4gg", "much"}) EXPECT_EQ(EngineMemory(text), "") << text;
}

TEST(SparkSettingsTest, ShapesTheLocalEngineWhereNothingElseDoes) {
  const Settings settings = {{"spark.executor.cores", "3"},
                             {"spark.executor.memory", "2g"},
                             {"spark.local.dir", "/fast,/slow"}};
  LocalOptions options;
  ShapeLocalEngine(settings, options);
  EXPECT_EQ(options.threads, 3);
  EXPECT_EQ(options.memory_limit, "2GiB");
  EXPECT_EQ(options.temp_directory, "/fast");
  LocalOptions said{.threads = 1, .memory_limit = "1GB", .temp_directory = "/said"};
  ShapeLocalEngine(settings, said);
  EXPECT_EQ(said.threads, 1);
  EXPECT_EQ(said.memory_limit, "1GB");
  EXPECT_EQ(said.temp_directory, "/said");
}

TEST(SparkSettingsTest, SaysWhatBecomesOfThem) {
  const Settings settings = {{"spark.executor.cores", "3"},
                             {"spark.sql.session.timeZone", "UTC"},
                             {"spark.sql.shuffle.partitions", "8"}};
  const auto local = DescribeSparkSettings(settings, false);
  ASSERT_EQ(local.size(), 2);
  EXPECT_TRUE(local[0].starts_with("spark.executor.cores 3: the threads"));
  EXPECT_NE(local[1].find("without a meaning"), std::string::npos);
  const auto remote = DescribeSparkSettings(settings, true);
  ASSERT_EQ(remote.size(), 1);
  EXPECT_NE(remote[0].find("ember cluster up --conf spark.executor.cores=3"), std::string::npos);
}

}  // namespace
}  // namespace ember
