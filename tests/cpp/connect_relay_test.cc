// Headers that a provider gives, and the relay that adds them: against Ember's own server, whose
// secret stands for a token that is renewed.
#include <gtest/gtest.h>

#include <ember/functions.h>
#include <ember/session.h>

#include <atomic>

#include "cli/local_server.h"
#include "server/server.h"
#include "session/session.h"
#include "spark/connect.h"
#include "spark/connect_relay.h"

namespace ember {
namespace {

class ConnectRelayTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto server = LocalServer::Start({.secret = secret_}, {}, "");
    ASSERT_TRUE(server.ok()) << server.error().ToString();
    server_ = *std::move(server);
    address_ = "sc://127.0.0.1:" + std::to_string(server_->server().port());
    options_.headers = [this](HeaderNeed need) -> Result<ConnectHeaders> {
      ++asked_;
      if (need == HeaderNeed::kNew) {
        ++renewed_;
        is_stale_ = false;
      }
      return ConnectHeaders{{"x-ember-secret", is_stale_ ? "STALETOKEN" : secret_}};
    };
  }
  void TearDown() override {
    if (server_ != nullptr) server_->server().Stop();
  }

  // A query and an error, as far as a session gets with them.
  static void ExpectWork(
      const std::string& address, ConnectOptions options,
      const std::function<void()>& between = [] {}) {
    auto spark = ConnectSpark(address, std::move(options), {});
    ASSERT_TRUE(spark.ok()) << spark.error().ToString();
    const SparkSession session(spark->session);
    between();
    const auto rows = session.Range(0, 10).Agg({functions::sum("id")}).Collect();
    ASSERT_TRUE(rows.ok()) << rows.error().ToString();
    EXPECT_EQ(rows->at(0).at(0), Value{int64_t{45}});
    between();
    const auto wrong = session.Range(0, 3).Filter("nope > 1").Collect();
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.error().condition, "UNRESOLVED_COLUMN.WITH_SUGGESTION");
  }

  std::string secret_ = NewSecret();
  std::unique_ptr<LocalServer> server_;
  std::string address_;
  ConnectOptions options_;
  std::atomic<int> asked_ = 0;
  std::atomic<int> renewed_ = 0;
  std::atomic<bool> is_stale_ = false;
};

TEST_F(ConnectRelayTest, HeadersAreAskedForAndRenewed) {
  ExpectWork(address_, options_, [this] { is_stale_ = true; });
  EXPECT_GE(asked_, 4);
  EXPECT_GE(renewed_, 1);
}

TEST_F(ConnectRelayTest, HeadersThatStayRefusedAreAnErrorWithoutThem) {
  options_.headers = [](HeaderNeed) -> Result<ConnectHeaders> {
    return ConnectHeaders{{"x-ember-secret", "STALETOKEN"}};
  };
  const auto spark = ConnectSpark(address_, options_, {});
  ASSERT_FALSE(spark.ok());
  EXPECT_EQ(spark.error().condition, "EMBER_CONNECT.REFUSED");
  EXPECT_EQ(spark.error().ToString().find("STALETOKEN"), std::string::npos);
  options_.headers = [](HeaderNeed) -> Result<ConnectHeaders> {
    return ConnectHeaders{{"x-a", "two\nlines"}};
  };
  EXPECT_EQ(ConnectSpark(address_, options_, {}).error().condition, "EMBER_INVALID_INPUT");
}

TEST_F(ConnectRelayTest, PassesCallsOnWithHeaders) {
  const auto relay = ConnectRelay::Start(address_, options_, "door");
  ASSERT_TRUE(relay.ok()) << relay.error().ToString();
  const std::string door = ConnectionString("127.0.0.1", (*relay)->port(), "door");
  ExpectWork(door, {}, [this] { is_stale_ = true; });
  EXPECT_GE(renewed_, 1);
}

TEST_F(ConnectRelayTest, KeepsStrangersOut) {
  const auto relay = ConnectRelay::Start(address_, options_, "door");
  ASSERT_TRUE(relay.ok());
  const auto spark = ConnectSpark(ConnectionString("127.0.0.1", (*relay)->port(), "wrong"), {}, {});
  ASSERT_FALSE(spark.ok());
  EXPECT_EQ(spark.error().condition, "EMBER_CONNECT.REFUSED");
  EXPECT_EQ(asked_, 0);
  EXPECT_FALSE(ConnectRelay::Start(address_, options_, "").ok());
}

}  // namespace
}  // namespace ember
