#include "functions/error_token.h"

#include <gtest/gtest.h>

namespace ember {
namespace {

// What DuckDB makes of a RaiseSql without SQL parameters: the literal, unquoted.
std::string Thrown(const std::string& sql) {
  std::string text = sql.substr(7, sql.size() - 9);
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '\'' && i + 1 < text.size() && text[i + 1] == '\'') ++i;
  }
  return "Invalid Input Error: " + out;
}

TEST(ErrorToken, GivesConditionAndParametersBack) {
  const TokenParameter parameters[] = {{"expression", "it's =(3:\x02"}, {"targetType", "\"DATE\""}};
  auto error = ParseErrorToken(Thrown(RaiseSql("CAST_INVALID_INPUT", parameters)));
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->condition, "CAST_INVALID_INPUT");
  EXPECT_EQ(error->sqlstate, "22018");
  EXPECT_EQ(error->error_class, ErrorClass::kDateTime);
  EXPECT_EQ(error->parameters.at("expression"), "it's =(3:\x02");
}

TEST(ErrorToken, IgnoresOtherMessages) {
  EXPECT_FALSE(ParseErrorToken("Invalid Input Error: EMBER").has_value());
  EXPECT_FALSE(ParseErrorToken("\x02"
                               "EMBER:X(1)a=9:b")
                   .has_value());
  EXPECT_FALSE(ParseErrorToken("").has_value());
}

TEST(ErrorToken, CountsTheBytesOfSqlParametersInDuckDb) {
  const TokenParameter parameters[] = {{"value", "x + 1", true}, {"targetType", "\"INT\""}};
  EXPECT_EQ(RaiseSql("CAST_OVERFLOW", parameters),
            "error('\x02"
            "EMBER:CAST_OVERFLOW(2)value=' || "
            "strlen(coalesce(CAST(x + 1 AS VARCHAR), 'null')) || ':' || "
            "coalesce(CAST(x + 1 AS VARCHAR), 'null') || 'targetType=5:\"INT\"')");
}

TEST(ErrorToken, QuotesForDuckDb) {
  EXPECT_EQ(SqlString("a'b"), "'a''b'");
  EXPECT_EQ(SqlString(std::string_view("a\0b", 3)), "('a' || chr(0) || 'b')");
  EXPECT_EQ(SqlIdentifier("a\"b"), "\"a\"\"b\"");
}

}  // namespace
}  // namespace ember
