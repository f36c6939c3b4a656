#include "spark/server_version.h"

#include <gtest/gtest.h>

namespace ember {
namespace {

TEST(ServerVersionTest, KnowsSpark35To4) {
  for (const char* text : {"3.5.0", "3.5.6-amzn-1", "4.0.2", "4.1.0-SNAPSHOT", "4.2"}) {
    const auto version = ParseServerVersion(text, "h:1");
    ASSERT_TRUE(version.ok()) << text;
    EXPECT_EQ(version->text, text);
  }
  EXPECT_EQ(ParseServerVersion("3.5.6", "h:1")->minor, 5);
}

TEST(ServerVersionTest, SaysWhatItDoesNotKnow) {
  for (const char* text : {"3.4.4", "2.4.8", "5.0.0", "", "four", "4"}) {
    const auto version = ParseServerVersion(text, "h:1");
    ASSERT_FALSE(version.ok()) << text;
    EXPECT_EQ(version.error().condition, "EMBER_CONNECT.VERSION");
    EXPECT_NE(version.error().message.find("h:1"), std::string::npos);
  }
}

}  // namespace
}  // namespace ember
