// What a C++ program asks of a session in its own process.

#include <ember/functions.h>
#include <ember/session.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

namespace ember {
namespace {

using functions::col;

class EmbedLocalSessionTest : public testing::Test {
 protected:
  void SetUp() override {
    folder = std::filesystem::path(testing::TempDir()) / "ember-embed";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  // The ids in the files of a folder, by what their names say of bucket and partition.
  static std::map<std::string, std::vector<int64_t>> Files(const SparkSession& session,
                                                           const std::filesystem::path& of) {
    std::map<std::string, std::vector<int64_t>> files;
    for (const auto& entry : std::filesystem::directory_iterator(of)) {
      const std::string name = entry.path().filename();
      if (!name.starts_with("part-") || name.ends_with(".crc")) continue;
      const size_t bucket = name.find('_');
      auto rows = session.Read().Parquet(entry.path().string()).Select({col("id")}).Collect();
      EXPECT_TRUE(rows.ok());
      std::vector<int64_t>& ids =
          files[bucket == name.npos ? name.substr(5, 5) : name.substr(bucket + 1, 5)];
      for (const Row& row : *rows) ids.push_back(std::get<int64_t>(row[0].data));
    }
    return files;
  }

  std::filesystem::path folder;
};

TEST_F(EmbedLocalSessionTest, LaysRowsOut) {
  auto session = SparkSession::Local({.warehouse_directory = folder / "warehouse"});
  ASSERT_TRUE(session.ok()) << session.error().ToString();
  const DataFrame rows = session->Range(0, 100);
  auto ranges =
      rows.RepartitionByRange(4, {col("id").Desc()}).Write().Parquet((folder / "r").string());
  ASSERT_TRUE(ranges.ok()) << ranges.error().ToString();
  const auto by_range = Files(*session, folder / "r");
  ASSERT_EQ(by_range.size(), 4U);
  EXPECT_EQ(by_range.begin()->second.size(), 25U);
  EXPECT_GE(by_range.begin()->second.back(), 75);
  ASSERT_TRUE(rows.Repartition(3, {col("id")}).Write().Parquet((folder / "h").string()).ok());
  EXPECT_EQ(Files(*session, folder / "h").size(), 3U);

  auto table = rows.Coalesce(1)
                   .Write()
                   .BucketBy(4, {"id"})
                   .SortBy({"id"})
                   .Option("path", (folder / "b").string())
                   .SaveAsTable("buckets");
  ASSERT_TRUE(table.ok()) << table.error().ToString();
  const auto buckets = Files(*session, folder / "b");
  ASSERT_EQ(buckets.size(), 4U);
  for (const auto& [name, ids] : buckets) EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  // Spark's pmod(hash(id), 4).
  auto expected = rows.Filter("pmod(hash(id), 4) = 2").Collect();
  ASSERT_TRUE(expected.ok());
  EXPECT_EQ(buckets.at("00002").size(), expected->size());
  EXPECT_FALSE(rows.Write().BucketBy(4, {"id"}).Parquet((folder / "no").string()).ok());
}

TEST_F(EmbedLocalSessionTest, KeepsRowsAtALevel) {
  auto session = SparkSession::Local();
  ASSERT_TRUE(session.ok());
  const DataFrame rows = session->Range(0, 10);
  EXPECT_TRUE(rows.Persist("disk_only").ok());
  EXPECT_TRUE(rows.Unpersist().ok());
  EXPECT_EQ(rows.Persist("fast").error().condition, "EMBER_INVALID_INPUT");
}

TEST_F(EmbedLocalSessionTest, HasTheDefaultsOfASparkVersion) {
  auto old = SparkSession::Local({.spark_version = "3.5"});
  ASSERT_TRUE(old.ok()) << old.error().ToString();
  EXPECT_EQ(*old->GetConfig("spark.sql.ansi.enabled"), "false");
  EXPECT_EQ(*SparkSession::Local()->GetConfig("spark.sql.ansi.enabled"), "true");
  EXPECT_EQ(SparkSession::Local({.spark_version = "2.4"}).error().condition, "EMBER_INVALID_INPUT");
}

}  // namespace
}  // namespace ember
