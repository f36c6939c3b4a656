// Whose keys DuckDB reads remote buckets with.
#include "duckdb/session_store.h"

#include <gtest/gtest.h>

namespace ember {
namespace {

class RemoteReadersTest : public testing::Test {
 protected:
  static ObjectAccess Access(const std::string& bucket, const std::string& key) {
    return {.scope = "s3://" + bucket + "/",
            .endpoint = "127.0.0.1:1",
            .region = "us-east-1",
            .access_key_id = key,
            .secret_access_key = "secret",
            .session_token = "token",
            .expires_us = 1};
  }
  std::string Ask(const std::string& sql) {
    auto connection = engine->Connect();
    if (!connection.ok()) return connection.error().ToString();
    auto rows = connection->Rows(sql);
    if (!rows.ok()) return rows.error().ToString();
    return rows->empty() ? "none" : rows->front().front().value_or("null");
  }
  // The key in the settings, which files that are opened later read anew.
  std::string SharedKey() { return Ask("SELECT current_setting('s3_access_key_id')"); }
  // Whether the secret of a bucket holds keys of its own.
  bool HasOwnKey(const std::string& bucket, const std::string& key) {
    return Ask("SELECT count(*) FROM duckdb_secrets() WHERE scope[1] = 's3://" + bucket +
               "/' AND contains(secret_string, 'key_id=" + key + "')") == "1";
  }

  std::shared_ptr<Engine> engine = std::make_shared<Engine>(EngineOptions{});
  RemoteReaders readers{engine, nullptr};
  const int first = 0;
  const int second = 0;
};

TEST_F(RemoteReadersTest, RenewsTheKeysOfOneBucketUntilNobodyReadsIt) {
  ASSERT_TRUE(readers.Allow(Access("a", "KEYA"), {}, &first).ok());
  EXPECT_EQ(SharedKey(), "KEYA");
  EXPECT_FALSE(HasOwnKey("a", "KEYA"));
  // Another bucket with the same keys, and one with others.
  ASSERT_TRUE(readers.Allow(Access("a2", "KEYA"), {}, &first).ok());
  ASSERT_TRUE(readers.Allow(Access("b", "KEYB"), {}, &second).ok());
  EXPECT_EQ(SharedKey(), "KEYA");
  EXPECT_FALSE(HasOwnKey("a2", "KEYA"));
  EXPECT_TRUE(HasOwnKey("b", "KEYB"));
  readers.Leave(&first);
  ASSERT_TRUE(readers.Allow(Access("b", "KEYB2"), {}, &second).ok());
  EXPECT_EQ(SharedKey(), "KEYB2");
  EXPECT_FALSE(HasOwnKey("b", "KEYB2"));
  // Who comes back to the first bucket does not get the other one's keys.
  ASSERT_TRUE(readers.Allow(Access("a", "KEYA"), {}, &first).ok());
  EXPECT_EQ(SharedKey(), "KEYB2");
  EXPECT_TRUE(HasOwnKey("a", "KEYA"));
}

TEST_F(RemoteReadersTest, RefusesOtherSettingsForABucketThatASessionReads) {
  ASSERT_TRUE(readers.Allow(Access("a", "KEYA"), {{"fs.s3a.endpoint", "x"}}, &first).ok());
  EXPECT_FALSE(readers.Allow(Access("a", "KEYA"), {{"fs.s3a.endpoint", "y"}}, &second).ok());
  readers.Leave(&first);
  EXPECT_TRUE(readers.Allow(Access("a", "KEYA"), {{"fs.s3a.endpoint", "y"}}, &second).ok());
}

}  // namespace
}  // namespace ember
