#include <gtest/gtest.h>

#include "report/number_text.h"
#include "report/run_summary.h"
#include "report/text_table.h"

namespace ember {
namespace {

TEST(NumberTextTest, ReadsWell) {
  EXPECT_EQ(CountText(0), "0");
  EXPECT_EQ(CountText(-1234567), "-1,234,567");
  EXPECT_EQ(BytesText(999), "999 B");
  EXPECT_EQ(BytesText(12'345'678), "12.3 MB");
  EXPECT_EQ(BytesText(999'960), "1.0 MB");
  EXPECT_EQ(SecondsText(0.125), "0.12 s");
  EXPECT_EQ(SecondsText(65.2), "1 min 05 s");
}

TEST(TextTableTest, AlignsByCharactersNotBytes) {
  TextTable table({{"name"}, {"rows", Align::kRight}});
  table.Add({"é", "1"});
  table.Add({"abcdef", "1,000"});
  EXPECT_EQ(table.Render(), "name     rows\n------  -----\né           1\nabcdef  1,000\n");
}

TEST(RunSummaryTest, NamesTheSlowestFirst) {
  RunReport report{.pipeline = "p", .stages = {}, .seconds = 4};
  report.stages.push_back({.kind = "output",
                           .name = "daily",
                           .path = "/o/daily",
                           .format = "parquet",
                           .rows = 10,
                           .bytes = 100,
                           .files = 1,
                           .seconds = 1});
  report.stages.push_back(
      {.kind = "rejects", .name = "prices", .path = "/o/r", .format = "csv", .seconds = 3});
  const std::string text = RunSummaryText(report);
  EXPECT_NE(text.find("slowest: prices (rejects) 3.00 s (75 %), daily 1.00 s (25 %)"),
            std::string::npos)
      << text;
  EXPECT_NE(RunSummaryJson(report).find(R"("rows":10,"bytes":100)"), std::string::npos);
}

}  // namespace
}  // namespace ember
