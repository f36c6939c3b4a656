#include "duckdb/file_placement.h"

#include <gtest/gtest.h>

#include "duckdb/file_size.h"

namespace ember {
namespace {

using Bounds = std::vector<int64_t>;

// Keys of `counts` rows each, in their order.
std::vector<RankedKey> Keys(const std::vector<int64_t>& counts) {
  std::vector<RankedKey> keys;
  int64_t rows = 0;
  for (const int64_t count : counts) {
    keys.push_back({static_cast<int64_t>(keys.size()) + 1, rows, rows + count});
    rows += count;
  }
  return keys;
}

TEST(RangeBoundsTest, CutsEqualParts) {
  EXPECT_EQ(RangeBounds(Keys({1, 1, 1, 1, 1, 1, 1, 1}), 8, 8, 4), (Bounds{2, 4, 6}));
  EXPECT_EQ(RangeBounds(Keys({1, 1, 1}), 3, 3, 2), (Bounds{2}));
}

TEST(RangeBoundsTest, KeepsEqualKeysTogetherAndCatchesUp) {
  // One key passes three targets: it is one bound, the next keys are the others.
  EXPECT_EQ(RangeBounds(Keys({25, 1, 1, 1, 1, 1, 10}), 40, 7, 6), (Bounds{1, 2, 3, 4, 7}));
  EXPECT_EQ(RangeBounds(Keys({10, 10, 10}), 30, 3, 5), (Bounds{1, 2, 3}));
}

TEST(RangeBoundsTest, GoesOnAfterTheLastCandidate) {
  // Only the first key passes a target; those that follow it were not looked at.
  const std::vector<RankedKey> candidates = {{1, 0, 30}, {9, 37, 38}};
  EXPECT_EQ(RangeBounds(candidates, 38, 9, 4), (Bounds{1, 2, 3}));
}

TEST(RangeBoundsTest, HasNoneForNoRowsAndOnePartition) {
  EXPECT_EQ(RangeBounds({}, 0, 0, 4), Bounds());
  EXPECT_EQ(RangeBounds(Keys({1, 1}), 2, 2, 1), Bounds());
  EXPECT_EQ(RangeBounds(Keys({1, 1}), 2, 2, 8), (Bounds{1}));
}

TEST(FileSizerTest, LearnsAndComesOutEven) {
  FileSizer sizer(1000, 1);
  EXPECT_EQ(sizer.RowsFor(100), 100);           // 800 bytes, as guessed
  EXPECT_FALSE(sizer.Accepts(100, 4000, 100));  // 40 bytes a row, as learnt
  EXPECT_EQ(sizer.RowsFor(100), 25);
  EXPECT_TRUE(sizer.Accepts(25, 1000, 100));
  EXPECT_EQ(sizer.RowsFor(30), 30);  // a fifth too large rather than two small ones
  EXPECT_EQ(sizer.RowsFor(31), 16);
  EXPECT_FALSE(sizer.Accepts(10, 400, 30));  // too small while rows are left
  EXPECT_TRUE(sizer.Accepts(10, 400, 10));
  EXPECT_TRUE(sizer.Accepts(1, 5000, 10));  // a row is not cut
}

}  // namespace
}  // namespace ember
