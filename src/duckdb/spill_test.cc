// Queries larger than their memory: they finish by spilling or say what they lack, and leave
// nothing.
#include <gtest/gtest.h>

#include <filesystem>
#include <stop_token>
#include <thread>

#include "duckdb/connection.h"
#include "duckdb/duckdb_session.h"
#include "duckdb/memory_size.h"
#include "store/store.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

class SpillTest : public testing::Test {
 protected:
  SpillTest() {
    char name[] = "/tmp/ember-spill-test-XXXXXX";
    folder_ = mkdtemp(name);
    operations_ = MakeLocalFileOperations();
    store_ = MakeLocalStore(*operations_);
  }
  ~SpillTest() override {
    session_.reset();
    factory_.reset();
    EXPECT_TRUE(!fs::exists(Spill()) || fs::is_empty(Spill()));
    fs::remove_all(folder_);
  }

  std::string Spill() const { return folder_ + "/spill"; }
  Session& SessionWithin(const std::string& memory) {
    LocalEngineOptions options;
    options.memory_limit = memory;
    options.temp_directory = Spill();
    options.config["spark.sql.warehouse.dir"] = folder_ + "/warehouse";
    factory_ = MakeLocalSessionFactory(options, *store_);
    session_ = *factory_->NewSession("s1", "user");
    return *session_;
  }
  static RelationPtr Sql(const std::string& text) {
    return MakeRelation(SqlQuery{.text = text, .named_arguments = {}, .positional_arguments = {}});
  }
  Result<WriteResult> WriteQuery(const std::string& query, ExecuteOptions options = {}) {
    WriteFiles write;
    write.input = Sql(query);
    write.format = "parquet";
    write.path = folder_ + "/out";
    return session_->Write(write, std::move(options));
  }
  bool HasSpilled() const {
    if (!fs::exists(Spill())) return false;
    for (const auto& entry : fs::recursive_directory_iterator(Spill())) {
      if (entry.is_regular_file()) return true;
    }
    return false;
  }

  std::string folder_;
  std::unique_ptr<FileOperations> operations_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<SessionFactory> factory_;
  std::shared_ptr<Session> session_;
};

constexpr const char* kSort =
    "SELECT id, md5(CAST(id AS STRING)) AS text FROM range(3000000) ORDER BY text";

TEST_F(SpillTest, ASortLargerThanItsMemoryFinishes) {
  SessionWithin("100MB");
  bool has_spilled = false;
  ExecuteOptions options;
  options.progress = [&](const Progress&) { has_spilled = has_spilled || HasSpilled(); };
  auto written = WriteQuery(kSort, options);
  ASSERT_TRUE(written.ok()) << written.error().ToString();
  EXPECT_EQ(written->rows, 3000000);
  EXPECT_TRUE(has_spilled);
}

TEST_F(SpillTest, AnAggregateLargerThanItsMemoryFinishes) {
  SessionWithin("100MB");
  auto written = WriteQuery(
      "SELECT md5(CAST(id AS STRING)) AS text, count(*) AS n "
      "FROM range(3000000) GROUP BY 1");
  ASSERT_TRUE(written.ok()) << written.error().ToString();
  EXPECT_EQ(written->rows, 3000000);
}

TEST_F(SpillTest, WhatCannotSpillSaysWhatItNeeds) {
  SessionWithin("40MB");
  // With progress, as the commands ask for it, and without.
  for (const bool with_progress : {true, false}) {
    ExecuteOptions options;
    if (with_progress) options.progress = [](const Progress&) {};
    auto written = WriteQuery("SELECT collect_list(id) AS ids FROM range(20000000)", options);
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().condition, "UNABLE_TO_ACQUIRE_MEMORY") << written.error().ToString();
    EXPECT_NE(written.error().message.find("--memory"), std::string::npos);
    EXPECT_FALSE(fs::exists(folder_ + "/out"));
  }
  EXPECT_TRUE(WriteQuery("SELECT 1 AS a").ok()) << "the session goes on";
}

TEST_F(SpillTest, AnInterruptedSpillLeavesNothing) {
  SessionWithin("100MB");
  std::stop_source source;
  ExecuteOptions options;
  options.stop = source.get_token();
  options.progress = [&](const Progress&) {
    if (HasSpilled()) source.request_stop();
  };
  auto written = WriteQuery(kSort, options);
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().condition, "OPERATION_CANCELED") << written.error().ToString();
  EXPECT_FALSE(fs::exists(folder_ + "/out"));
}

TEST(DuckDbErrorTest, FullDisks) {
  const Error spill = DuckDbError(
      "IO Error: Could not write file \"/t/ember-spill-1-a/x.tmp\": No space left on device",
      DUCKDB_ERROR_IO);
  EXPECT_EQ(spill.condition, "UNABLE_TO_ACQUIRE_MEMORY");
  EXPECT_NE(spill.message.find("--temp-dir"), std::string::npos);
  const Error target = DuckDbError(
      "IO Error: Could not write file \"/out/part-0\": No space left on device", DUCKDB_ERROR_IO);
  EXPECT_EQ(target.condition, "TASK_WRITE_FAILED");
}

TEST(MemorySizeTest, Sizes) {
  EXPECT_EQ(ParseMemorySize("512MB"), 512'000'000);
  EXPECT_EQ(ParseMemorySize("1.5 GiB"), 1'610'612'736);
  EXPECT_EQ(ParseMemorySize("4g"), 4'000'000'000);
  EXPECT_EQ(ParseMemorySize("80%"), std::nullopt);
  EXPECT_EQ(ParseMemorySize(""), std::nullopt);
}

TEST(MemorySizeTest, Threads) {
  EXPECT_EQ(ThreadsWithin(256'000'000, 1), 2);
  EXPECT_EQ(ThreadsWithin(512'000'000, 16), 2);
  EXPECT_EQ(ThreadsWithin(1'024'000'000, 16), 5);
  EXPECT_EQ(ThreadsWithin(64'000'000'000, 16), 16);
  EXPECT_EQ(DeclaredThreads(1), 3);
  EXPECT_EQ(DeclaredThreads(2), 3);
  EXPECT_EQ(DeclaredThreads(6), 8);
}

}  // namespace
}  // namespace ember
