// Whose keys DuckDB reads remote buckets with.
#include "duckdb/session_store.h"

#include <gtest/gtest.h>

#include <atomic>

namespace ember {
namespace {

// Gives another key at each call, KEY1, KEY2 …, or none.
class ChangingKeys final : public RemoteStores {
 public:
  bool Owns(std::string_view path) const override { return path.starts_with("s3://"); }
  bool IsSetting(std::string_view /*key*/) const override { return false; }
  Result<std::shared_ptr<Store>> StoreFor(const Settings& /*settings*/) override {
    return Unsupported("stores of this test");
  }
  Result<ObjectAccess> AccessTo(const std::string& path, const Settings& /*settings*/) override {
    if (is_broken) return Unsupported("keys, for now");
    ObjectAccess access = First(path.substr(0, path.find('/', 5) + 1));
    access.access_key_id = "KEY" + std::to_string(++calls);
    return access;
  }
  static ObjectAccess First(const std::string& scope) {
    return {.scope = scope,
            .endpoint = "127.0.0.1:1",
            .region = "us-east-1",
            .access_key_id = "KEY0",
            .secret_access_key = "secret",
            .session_token = "token",
            .expires_us = 1};
  }

  std::atomic<int> calls = 0;
  std::atomic<bool> is_broken = false;
};

class RemoteReadersTest : public testing::Test {
 protected:
  std::string Ask(const std::string& sql) {
    auto connection = engine->Connect();
    if (!connection.ok()) return connection.error().ToString();
    auto rows = connection->Rows(sql);
    if (!rows.ok()) return rows.error().ToString();
    return rows->empty() ? "none" : rows->front().front().value_or("null");
  }
  std::string SecretFor(const std::string& path) {
    return Ask("SELECT name || ' in ' || storage FROM which_secret('" + path + "', 's3')");
  }

  ChangingKeys remote;
  std::shared_ptr<Engine> engine = std::make_shared<Engine>(EngineOptions{});
  RemoteReaders readers{engine, &remote};
  const int first = 0;
  const int second = 0;
};

TEST_F(RemoteReadersTest, AsksForTheKeysOfEveryFileThatDuckDbOpens) {
  ASSERT_TRUE(readers.Allow(ChangingKeys::First("s3://a/"), {}, &first).ok());
  ASSERT_TRUE(readers.Allow(ChangingKeys::First("s3://b/"), {}, &second).ok());
  EXPECT_EQ(remote.calls, 0);
  EXPECT_EQ(SecretFor("s3://a/x"), "ember s3://a/ in ember");
  EXPECT_EQ(SecretFor("s3://b/x"), "ember s3://b/ in ember");
  EXPECT_EQ(SecretFor("s3://a/y"), "ember s3://a/ in ember");
  EXPECT_EQ(remote.calls, 3);
  // What was not allowed is not asked for, and what begins with a bucket's name is another bucket.
  EXPECT_EQ(SecretFor("s3://c/x"), "none");
  EXPECT_EQ(SecretFor("s3://ab/x"), "none");
  EXPECT_EQ(remote.calls, 3);
}

TEST_F(RemoteReadersTest, KeepsTheKeysThatAreThereWhenNoNewOnesAreToBeHad) {
  ASSERT_TRUE(readers.Allow(ChangingKeys::First("s3://a/"), {}, &first).ok());
  remote.is_broken = true;
  EXPECT_EQ(SecretFor("s3://a/x"), "ember s3://a/ in ember");
}

TEST_F(RemoteReadersTest, AsksNobodyForKeysThatDoNotExpire) {
  ObjectAccess access = ChangingKeys::First("s3://a/");
  access.expires_us = 0;
  ASSERT_TRUE(readers.Allow(access, {}, &first).ok());
  EXPECT_EQ(SecretFor("s3://a/x"), "ember s3://a/ in ember");
  EXPECT_EQ(remote.calls, 0);
}

TEST_F(RemoteReadersTest, ShowsNoKeys) {
  ASSERT_TRUE(readers.Allow(ChangingKeys::First("s3://a/"), {}, &first).ok());
  EXPECT_EQ(Ask("SELECT count(*) FROM duckdb_secrets()"), "0");
}

TEST_F(RemoteReadersTest, RefusesOtherSettingsForABucketThatASessionReads) {
  const ObjectAccess access = ChangingKeys::First("s3://a/");
  ASSERT_TRUE(readers.Allow(access, {{"fs.s3a.endpoint", "x"}}, &first).ok());
  EXPECT_FALSE(readers.Allow(access, {{"fs.s3a.endpoint", "y"}}, &second).ok());
  readers.Leave(&first);
  EXPECT_TRUE(readers.Allow(access, {{"fs.s3a.endpoint", "y"}}, &second).ok());
}

}  // namespace
}  // namespace ember
