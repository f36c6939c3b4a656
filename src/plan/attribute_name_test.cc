#include "plan/attribute_name.h"

#include <gtest/gtest.h>

namespace ember {
namespace {

using Parts = std::vector<std::string>;

TEST(SplitAttributeName, SplitsAtDotsOutsideBackticks) {
  EXPECT_EQ(*SplitAttributeName("a"), Parts({"a"}));
  EXPECT_EQ(*SplitAttributeName("t.a"), Parts({"t", "a"}));
  EXPECT_EQ(*SplitAttributeName("`t.x`.`a``b`"), Parts({"t.x", "a`b"}));
  EXPECT_EQ(*SplitAttributeName("close price"), Parts({"close price"}));
  EXPECT_EQ(*SplitAttributeName(""), Parts({""}));
}

TEST(SplitAttributeName, RefusesWhatSparkRefuses) {
  for (const char* name : {"`a", "a`b", "a..b", ".a", "a.", "`a`b"}) {
    const auto parts = SplitAttributeName(name);
    ASSERT_FALSE(parts.ok()) << name;
    EXPECT_EQ(parts.error().condition, "INVALID_ATTRIBUTE_NAME_SYNTAX");
    EXPECT_EQ(parts.error().parameters.at("name"), name);
  }
}

TEST(JoinAttributeName, IsTheInverse) {
  for (const Parts& parts : {Parts{"a"}, Parts{"t", "a.b"}, Parts{"a`b", "c"}, Parts{"", "x y"}}) {
    EXPECT_EQ(*SplitAttributeName(JoinAttributeName(parts)), parts);
  }
}

}  // namespace
}  // namespace ember
