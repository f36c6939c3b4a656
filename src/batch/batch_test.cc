#include "batch/batch.h"

#include <gtest/gtest.h>

#include "batch/cell_text.h"

namespace ember {
namespace {

std::shared_ptr<const Schema> EveryType() {
  return std::make_shared<const Schema>(
      *ParseDdlSchema("b BOOLEAN, i INT NOT NULL, l BIGINT, f FLOAT, d DOUBLE, m DECIMAL(38,2), s "
                      "STRING, x BINARY, t DATE, "
                      "ts TIMESTAMP, n TIMESTAMP_NTZ, ym INTERVAL YEAR TO MONTH, dt INTERVAL DAY "
                      "TO SECOND, v VOID, "
                      "a ARRAY<INT>, mp MAP<STRING, DOUBLE>, st STRUCT<p: INT, q: ARRAY<STRING>>"));
}

std::vector<std::vector<Value>> Rows() {
  const Value null;
  return {
      {{true},
       {int64_t{-7}},
       {int64_t{1} << 40},
       {0.1F},
       {1e20},
       {DecimalValue{(Int128{1} << 100)}},
       {std::string("Bérénice \"AAPL\"")},
       {std::string("\0\xff", 2)},
       {int64_t{19782}},
       {int64_t{-1}},
       {int64_t{1'500'000}},
       {int64_t{14}},
       {int64_t{86'400'000'001}},
       null,
       {std::vector<Value>{{int64_t{1}}, null}},
       {std::vector<Value>{{std::string("k")}, {2.5}}},
       {std::vector<Value>{{int64_t{3}}, {std::vector<Value>{{std::string("z")}}}}}},
      {null,
       {int64_t{0}},
       null,
       null,
       null,
       null,
       null,
       null,
       null,
       null,
       null,
       null,
       null,
       null,
       null,
       null,
       null},
  };
}

std::string RowJson(const Batch& batch, int64_t row) {
  std::string out;
  for (size_t i = 0; i < batch.schema().size(); ++i) {
    if (i > 0) out += ' ';
    out += CellJson(batch.schema()[i].type, batch.Get(row, static_cast<int>(i)));
  }
  return out;
}

TEST(BatchTest, ValuesGoInAndOutOfIpc) {
  auto batch = BatchFromRows(EveryType(), Rows());
  ASSERT_TRUE(batch.ok()) << batch.error().ToString();
  ASSERT_EQ(batch->row_count(), 2);
  EXPECT_EQ(batch->GetRow(0), Rows()[0]);
  auto bytes = WriteIpcStream(*batch, "America/New_York");
  ASSERT_TRUE(bytes.ok()) << bytes.error().ToString();
  auto read = ReadIpcStream(*bytes);
  ASSERT_TRUE(read.ok()) << read.error().ToString();
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ((*read)[0].schema(), *EveryType());
  EXPECT_EQ((*read)[0].GetRow(0), Rows()[0]);
  EXPECT_EQ((*read)[0].GetRow(1), Rows()[1]);
}

TEST(BatchTest, CellsAreSpelledAsRecorded) {
  auto batch = BatchFromRows(EveryType(), Rows());
  ASSERT_TRUE(batch.ok());
  EXPECT_EQ(
      RowJson(*batch, 0),
      R"(true -7 1099511627776 "0.1" "1e+20" "12676506002282294014967032053.76" "Bérénice \"AAPL\"" "hex:00ff" )"
      R"("2024-02-29" "1969-12-31T23:59:59.999999Z" "1970-01-01T00:00:01.500000" 14 86400000001 null )"
      R"([1,null] [["k","2.5"]] [3,["z"]])");
}

TEST(BatchTest, EmptyStreamHasOneBatchWithoutRows) {
  auto bytes = WriteEmptyIpcStream(*EveryType(), "UTC");
  ASSERT_TRUE(bytes.ok()) << bytes.error().ToString();
  auto read = ReadIpcStream(*bytes);
  ASSERT_TRUE(read.ok());
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ((*read)[0].row_count(), 0);
}

TEST(BatchTest, GarbageIsAnError) {
  EXPECT_FALSE(ReadIpcStream("not arrow at all").ok());
  EXPECT_FALSE(ReadIpcSchema("").ok());
}

}  // namespace
}  // namespace ember
