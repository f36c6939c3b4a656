// SparkSession::Remote against a Spark Connect server: Ember's own, in this process.
#include <ember/functions.h>
#include <ember/session.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>

#include "cli/local_server.h"
#include "server/server.h"

namespace ember {
namespace {

class RemoteSessionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto server = LocalServer::Start({.secret = secret_}, {}, "");
    ASSERT_TRUE(server.ok()) << server.error().ToString();
    server_ = *std::move(server);
  }
  void TearDown() override {
    if (server_ != nullptr) server_->server().Stop();
  }
  std::string Address() { return "sc://127.0.0.1:" + std::to_string(server_->server().port()); }

  std::string secret_ = NewSecret();
  std::unique_ptr<LocalServer> server_;
};

TEST_F(RemoteSessionTest, AnswersAndWritesAsALocalOne) {
  auto session = SparkSession::Remote(Address() + "/;x-ember-secret=" + secret_);
  ASSERT_TRUE(session.ok()) << session.error().ToString();
  EXPECT_EQ(*session->GetConfig("spark.sql.ansi.enabled"), "true");
  const auto rows =
      session->Range(0, 10).Filter("id % 2 = 1").Agg({functions::sum("id")}).Collect();
  ASSERT_TRUE(rows.ok()) << rows.error().ToString();
  EXPECT_EQ(rows->at(0).at(0), Value{int64_t{25}});
  const auto wrong = session->Range(0, 3).Filter("nope > 1").Collect();
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().condition, "UNRESOLVED_COLUMN.WITH_SUGGESTION");

  const auto folder = std::filesystem::path(::testing::TempDir()) / NewSecret();
  const auto written = session->Range(0, 10).Write().Parquet(folder.string());
  ASSERT_TRUE(written.ok()) << written.error().ToString();
  EXPECT_LT(written->bytes, 0) << "nobody tells";
  EXPECT_EQ(*session->Read().Parquet(folder.string()).Count(), 10);
  std::filesystem::remove_all(folder);
}

TEST_F(RemoteSessionTest, AsksForATokenBeforeEveryCall) {
  std::atomic<int> asked = 0;
  RemoteOptions options;
  options.ansi = false;
  options.time_zone = "Asia/Tokyo";
  options.token = [&]() -> Result<std::string> {
    if (++asked > 5) return InvalidInput("the account is closed");
    return secret_;
  };
  auto session = SparkSession::Remote(Address(), options);
  ASSERT_TRUE(session.ok()) << session.error().ToString();
  EXPECT_EQ(*session->GetConfig("spark.sql.ansi.enabled"), "false");
  EXPECT_EQ(*session->GetConfig("spark.sql.session.timeZone"), "Asia/Tokyo");
  EXPECT_EQ(asked, 4);
  EXPECT_TRUE(session->GetConfig("spark.sql.ansi.enabled").ok());
  const auto refused = session->GetConfig("spark.sql.ansi.enabled");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().ToString(), "the account is closed");
}

TEST_F(RemoteSessionTest, SaysWhatIsRefusedWithoutTheToken) {
  const auto refused = SparkSession::Remote(Address() + "/;token=not-the-secret");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().condition, "EMBER_CONNECT.REFUSED");
  EXPECT_EQ(refused.error().ToString().find("not-the-secret"), std::string::npos);
  EXPECT_EQ(SparkSession::Remote("spark://h:7077").error().condition, "EMBER_INVALID_INPUT");
}

}  // namespace
}  // namespace ember
