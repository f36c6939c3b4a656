#include "duckdb/spark_release.h"

#include <gtest/gtest.h>

#include "duckdb/config.h"

namespace ember {
namespace {

TEST(SparkReleaseTest, ReadsVersions) {
  for (const char* text : {"", "4.0", "4.0.2"})
    EXPECT_EQ(*ParseSparkRelease(text), SparkRelease::kSpark40) << text;
  for (const char* text : {"3.5", "3.5.6", "3.5.6-amzn-1"})
    EXPECT_EQ(*ParseSparkRelease(text), SparkRelease::kSpark35) << text;
  for (const char* text : {"3", "3.4", "3.55", "4", "4.1", "5.0", "x"})
    EXPECT_FALSE(ParseSparkRelease(text).ok()) << text;
}

TEST(SparkReleaseTest, TheTableSaysWhatTheDefaultsAre) {
  const Config config({});
  for (const ChangedDefault& row : ChangedDefaults()) {
    EXPECT_NE(row.spark35, row.spark40);
    const auto found = config.Find(std::string(row.key));
    EXPECT_EQ(found.value_or(std::string(row.spark40)), row.spark40) << row.key;
  }
}

TEST(SparkReleaseTest, UnsetAndResetGiveBackTheDefaultsOfTheRelease) {
  Config config(DefaultsOf(SparkRelease::kSpark35));
  const std::string ansi = "spark.sql.ansi.enabled";
  EXPECT_FALSE(config.GetBoolean(ansi));
  ASSERT_TRUE(config.Set(ansi, "true").ok());
  EXPECT_TRUE(config.GetBoolean(ansi));
  ASSERT_TRUE(config.Unset(ansi).ok());
  EXPECT_FALSE(config.GetBoolean(ansi));
  ASSERT_TRUE(config.Set(ansi, "true").ok());
  config.Reset();
  EXPECT_FALSE(config.GetBoolean(ansi));
}

}  // namespace
}  // namespace ember
