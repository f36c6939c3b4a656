#include "spark/address.h"

#include <gtest/gtest.h>

#include "base/crc32.h"

namespace ember {
namespace {

TEST(ConnectAddressTest, ReadsEveryPart) {
  auto address =
      ParseConnectAddress("sc://emr.example:1234/;token=a%3Db;use_ssl=true;user_id=me;X-Trace=1");
  ASSERT_TRUE(address.ok());
  EXPECT_EQ(address->target(), "emr.example:1234");
  EXPECT_TRUE(address->use_ssl);
  EXPECT_EQ(address->token, "a=b");
  EXPECT_EQ(address->user_id, "me");
  ASSERT_EQ(address->headers.size(), 1U);
  EXPECT_EQ(address->headers[0].first, "x-trace");
}

TEST(ConnectAddressTest, Defaults) {
  auto address = ParseConnectAddress("sc://localhost");
  ASSERT_TRUE(address.ok());
  EXPECT_EQ(address->port, 15002);
  EXPECT_FALSE(address->use_ssl);
  // A token to another host never goes in plain text.
  EXPECT_TRUE(ParseConnectAddress("sc://host/;token=x")->use_ssl);
  EXPECT_FALSE(ParseConnectAddress("sc://127.0.0.1:1/;token=x")->use_ssl);
}

TEST(ConnectAddressTest, ErrorsNeverShowTheToken) {
  for (const char* url :
       {"http://h", "sc://", "sc://h:0", "sc://h:x/;token=secret", "sc://h/path;token=secret",
        "sc://h/;token=secret;use_ssl=maybe", "sc://h/;=1;token=secret",
        "sc://h/;token=", "sc://h/;token=a%0Asecret", "sc://h/;x y=secret",
        "sc://h/;grpc-timeout=secret", "sc://h/;x-key=%ffsecret", "sc://h/;x-bin=secret"}) {
    auto address = ParseConnectAddress(url);
    ASSERT_FALSE(address.ok()) << url;
    EXPECT_EQ(address.error().ToString().find("secret"), std::string::npos);
  }
}

TEST(Crc32Test, KnownVector) { EXPECT_EQ(Crc32("123456789"), 0xCBF43926); }

}  // namespace
}  // namespace ember
