#include "functions/zone.h"

#include <gtest/gtest.h>

namespace ember {
namespace {

int64_t Seconds(int64_t days, int hour, int minute = 0) {
  return days * 86400 + hour * 3600 + minute * 60;
}

TEST(Zone, KnowsDaylightTime) {
  auto zone = Zone::Find("America/New_York");
  ASSERT_NE(zone, nullptr);
  EXPECT_EQ(zone->OffsetAt(Seconds(19723, 12)), -5 * 3600);  // 2024-01-01
  EXPECT_EQ(zone->OffsetAt(Seconds(19905, 12)), -4 * 3600);  // 2024-07-01
  EXPECT_EQ(zone->AbbreviationAt(Seconds(19905, 12)), "EDT");
  EXPECT_EQ(zone->OffsetAt(-Seconds(40000, 0)), -17762);  // 1860, before standard time
}

TEST(Zone, RepeatsItsRuleForEver) {
  auto zone = Zone::Find("America/New_York");

  EXPECT_EQ(zone->OffsetAt(Seconds(376200 + 365, 12)),
            zone->OffsetAt(Seconds(376200 + 365 - 146097, 12)));
}

TEST(Zone, MovesOnInGapsAndTakesTheEarlierInOverlaps) {
  auto zone = Zone::Find("America/New_York");
  const int64_t gap = Seconds(19792, 2, 30);  // 2024-03-10 02:30
  EXPECT_EQ(zone->ToInstant(gap * 1000000), Seconds(19792, 7, 30) * 1000000);
  const int64_t overlap = Seconds(20030, 1, 30);  // 2024-11-03 01:30
  EXPECT_EQ(zone->ToInstant(overlap * 1000000), Seconds(20030, 5, 30) * 1000000);
  EXPECT_EQ(zone->ToWall(Seconds(20030, 5, 30) * 1000000), overlap * 1000000);
}

TEST(Zone, TakesOffsetsAndShortIds) {
  EXPECT_EQ(Zone::Find("+03:00")->OffsetAt(0), 10800);
  EXPECT_EQ(Zone::Find("GMT+2")->OffsetAt(0), 7200);
  EXPECT_EQ(Zone::Find("-5")->OffsetAt(0), -18000);
  EXPECT_EQ(Zone::Find("PST")->name(), "America/Los_Angeles");
  EXPECT_TRUE(Zone::Find("UTC")->is_fixed());
  EXPECT_EQ(Zone::Find("Foo/Bar"), nullptr);
  EXPECT_EQ(Zone::Find("../etc/passwd"), nullptr);
  EXPECT_EQ(Zone::Find("+19:00"), nullptr);
}

}  // namespace
}  // namespace ember
