#include "duckdb/csv_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "duckdb/csv_spec.h"
#include "duckdb/csv_values.h"

namespace ember {
namespace {

using ::testing::ElementsAre;

// The fields as a column sees them: by their places; a missing one is "-".
std::vector<std::string> Fields(std::string_view record, const CsvFormat& format = {}) {
  CsvFieldFinder finder(format);
  const std::string places(finder.Find(record));
  std::vector<std::string> fields;
  std::string storage;
  for (size_t i = 0; i < CsvFieldReader::Count(places); ++i) {
    const auto field = CsvFieldReader::At(record, places, i, format, storage);
    fields.push_back(field.is_missing ? "-" : std::string(field.text));
  }
  return fields;
}

TEST(CsvRecord, FindsFields) {
  EXPECT_THAT(Fields("ABC,2024-01-02,1.5,100"), ElementsAre("ABC", "2024-01-02", "1.5", "100"));
  EXPECT_THAT(Fields(",a,"), ElementsAre("-", "a", "-"));
  EXPECT_THAT(Fields("\"a,b\",\"\",x"), ElementsAre("a,b", "", "x"));
  EXPECT_THAT(Fields("\"say \\\"hi\\\"\",5\" pipe"), ElementsAre("say \"hi\"", "5\" pipe"));
  EXPECT_THAT(Fields("\"a\"\"b\"", {.escape = "\""}), ElementsAre("a\"b"));
  EXPECT_THAT(Fields("\"a\"b,c"), ElementsAre("\"a\"b", "c"));
  EXPECT_THAT(Fields("a||\"b||c\"", {.separator = "||"}), ElementsAre("a", "b||c"));
  EXPECT_THAT(Fields("  a , b", {.trims_left = true, .trims_right = true}), ElementsAre("a", "b"));
}

// The quick way and the exact one agree whatever the record.
TEST(CsvRecord, PlacesAreThoseOfTheParser) {
  std::mt19937 random(7);
  const std::string_view letters = "ab\"\"\\,, 12345678";
  const CsvFormat formats[] = {{},
                               {.escape = "\""},
                               {.quote = ""},
                               {.escape = ""},
                               {.escape_escape = "b"},
                               {.separator = " "},
                               {.trims_left = true},
                               {.trims_right = true},
                               {.escape = "\"", .trims_left = true, .trims_right = true}};
  for (int i = 0; i < 20000; ++i) {
    std::string record;
    for (size_t size = 1 + random() % 30; size > 0; --size)
      record += letters[random() % letters.size()];
    for (const CsvFormat& format : formats) {
      std::vector<std::string> expected;
      for (const CsvField& field : SplitCsvRecord(record, format))
        expected.push_back(field.is_missing ? "-" : field.text);
      ASSERT_EQ(Fields(record, format), expected) << record;
    }
  }
}

TEST(CsvRecord, SpecIsReadAsWritten) {
  const CsvSpec spec = {.format = {.separator = "||", .quote = "", .trims_right = true},
                        .comment = "#",
                        .null_value = "1:2",
                        .zone = "America/New_York",
                        .prefers_date = false};
  const std::string text = CsvSpecText(spec);
  const CsvSpec read = ReadCsvSpec(text);
  EXPECT_EQ(CsvSpecText(read), text);
  EXPECT_EQ(read.format.separator, "||");
  EXPECT_EQ(read.null_value, "1:2");
  EXPECT_EQ(read.zone, "America/New_York");
  EXPECT_TRUE(read.format.trims_right);
  EXPECT_FALSE(read.prefers_date);
}

TEST(CsvRecord, RecordsOfQuotedLines) {
  EXPECT_THAT(CsvRecordsOf("a,b\r\n\"c\nd\",e\nf", {}), ElementsAre("a,b", "\"c\nd\",e", "f"));
}

// A sum of few digits is read without the library; it must be the same double.
TEST(CsvValues, ShortDoublesAreExact) {
  const CsvSpec spec;
  CsvValueReader reader(spec);
  std::mt19937_64 random(11);
  for (int i = 0; i < 20000; ++i) {
    std::string text = std::to_string(random() % (uint64_t{1} << (random() % 54)));
    if (random() % 4 != 0) text.insert(random() % (text.size() + 1), ".");
    if (text == ".") continue;
    if (random() % 3 == 0) text.insert(0, "-");
    ASSERT_EQ(reader.Double(text), std::strtod(text.c_str(), nullptr)) << text;
  }
}

}  // namespace
}  // namespace ember
