// Statements as data: src/sql/testdata/*.txt hold SQL, and what the parser makes of it.
// EMBER_UPDATE_TESTDATA=1 writes them anew.
#include "sql/parser.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "plan/dump.h"

namespace ember {
namespace {

constexpr std::string_view kFolder = "src/sql/testdata";
constexpr std::string_view kSeparator = "----";

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string Describe(const Error& error) {
  std::string out = "error " + error.condition;
  for (const auto& [name, value] : error.parameters) out += "\n  " + name + ": " + value;
  const size_t position = error.message.rfind("(line ");
  if (position != std::string::npos) out += "\n  at " + error.message.substr(position);
  return out + "\n";
}

std::string Describe(std::string_view sql) {
  const auto statement = ParseStatement(sql);
  if (!statement.ok()) return Describe(statement.error());
  if (const auto* relation = std::get_if<RelationPtr>(&*statement)) return Dump(**relation);
  return Dump(std::get<Command>(*statement));
}

/// Cases of a file: the SQL, a line "----", the expectation, an empty line.
struct Case {
  std::string sql;
  std::string expected;
};

std::vector<Case> ReadCases(const std::filesystem::path& path) {
  std::vector<Case> cases;
  std::istringstream in(ReadFile(path));
  std::string line;
  bool in_sql = true;
  while (std::getline(in, line)) {
    if (line.empty()) {
      in_sql = true;
    } else if (line == kSeparator) {
      in_sql = false;
    } else if (in_sql) {
      const bool is_new =
          cases.empty() || !cases.back().expected.empty() || cases.back().sql.empty();
      if (is_new) cases.emplace_back();
      if (!cases.back().sql.empty()) cases.back().sql += "\n";
      cases.back().sql += line;
    } else {
      cases.back().expected += line + "\n";
    }
  }
  return cases;
}

std::vector<std::filesystem::path> Files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(ParserTest, StatementsGiveTheRecordedPlans) {
  const bool update = std::getenv("EMBER_UPDATE_TESTDATA") != nullptr;
  for (const auto& path : Files()) {
    std::string updated;
    for (const auto& [sql, expected] : ReadCases(path)) {
      const std::string actual = Describe(sql);
      if (!update) {
        EXPECT_EQ(actual, expected) << path << "\n" << sql;
      }
      updated +=
          (updated.empty() ? "" : "\n") + sql + "\n" + std::string(kSeparator) + "\n" + actual;
    }
    if (update) std::ofstream(path) << updated;
  }
}

// Cut anywhere, a statement parses or fails, and comes to an end.
TEST(ParserTest, NoPrefixOfAStatementBreaksTheParser) {
  for (const auto& path : Files()) {
    for (const auto& [sql, expected] : ReadCases(path)) {
      for (size_t length = 0; length < sql.size(); ++length) {
        const std::string_view prefix = std::string_view(sql).substr(0, length);
        (void)ParseStatement(prefix);
        (void)ParseStatement(sql.substr(length));
        (void)ParseExpression(prefix);
      }
    }
  }
}

std::string Repeated(std::string_view text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

TEST(ParserTest, DeepNestingIsATypedError) {
  for (const int depth : {1000, 20000}) {
    for (const std::string& sql :
         {"SELECT " + Repeated("(", depth) + "1" + Repeated(")", depth),
          "SELECT " + Repeated("- ", depth) + "a", "SELECT " + Repeated("NOT ", depth) + "a",
          "SELECT " + Repeated("f(", depth) + "1" + Repeated(")", depth),
          "SELECT 1" + Repeated(" + 1", 10 * depth),
          Repeated("(SELECT ", depth) + "1" + Repeated(")", depth),
          "SELECT * FROM " + Repeated("(", depth) + "t" + Repeated(")", depth),
          "SELECT 1" + Repeated(" UNION SELECT 1", 10 * depth), "SELECT a" + Repeated("[0", depth),
          "SELECT a" + Repeated("[0]", 10 * depth), "SELECT (a)" + Repeated(".b", 10 * depth),
          "SELECT CAST(1 AS " + Repeated("array<", depth) + "int" + Repeated(">", depth) + ")",
          "SELECT " + Repeated("CASE WHEN a THEN ", depth) + "1" + Repeated(" END", depth)}) {
      const auto statement = ParseStatement(sql);
      ASSERT_FALSE(statement.ok()) << sql.substr(0, 60);
      EXPECT_EQ(statement.error().condition, "FAILED_TO_PARSE_TOO_COMPLEX") << sql.substr(0, 60);
    }
  }
}

TEST(ParserTest, LongListsAndConditionsAreFine) {
  EXPECT_TRUE(ParseStatement("SELECT 1" + Repeated(", 1", 20000)).ok());
  EXPECT_TRUE(ParseStatement("SELECT a FROM t WHERE a = 1" + Repeated(" OR a = 2", 20000)).ok());
  EXPECT_TRUE(ParseStatement("SELECT a FROM t WHERE a IN (1" + Repeated(", 2", 20000) + ")").ok());
  EXPECT_TRUE(ParseStatement("VALUES (1)" + Repeated(", (2)", 20000)).ok());
  EXPECT_TRUE(ParseStatement("SELECT " + Repeated("(", 100) + "1" + Repeated(")", 100)).ok());
}

TEST(ParserTest, ExpressionsKeepTheirText) {
  const auto expression = ParseExpression("a + 1 / 0 AS x");
  ASSERT_TRUE(expression.ok());
  const auto& alias = std::get<Alias>((*expression)->node);
  const auto& sum = std::get<UnresolvedFunction>(alias.child->node);
  ASSERT_TRUE(sum.arguments[1]->origin.has_value());
  EXPECT_EQ(sum.arguments[1]->origin->fragment, "1 / 0");
  EXPECT_EQ(sum.arguments[1]->origin->start_index, 4);
  EXPECT_EQ(sum.arguments[1]->origin->stop_index, 8);
}

TEST(ParserTest, DoubleQuotesCanQuoteNames) {
  const auto expression = ParseExpression("\"a b\"", {.double_quoted_identifiers = true});
  ASSERT_TRUE(expression.ok());
  EXPECT_EQ(Dump(**expression), "$`a b`");
}

using Names = std::vector<std::string>;

TEST(ParserTest, AttributeNamesSplitAtDots) {
  EXPECT_EQ(ParseAttributeName("a.b.`c.d`").value(), (Names{"a", "b", "c.d"}));
  EXPECT_EQ(ParseAttributeName("a b#1").value(), Names{"a b#1"});
  EXPECT_EQ(ParseAttributeName("`a``b`").value(), Names{"a`b"});
  EXPECT_EQ(ParseAttributeName("").value(), Names{""});
  for (const auto* name : {"a.", ".a", "a..b", "`a", "a`b`", "`a`b"}) {
    const auto parts = ParseAttributeName(name);
    ASSERT_FALSE(parts.ok()) << name;
    EXPECT_EQ(parts.error().condition, "INVALID_ATTRIBUTE_NAME_SYNTAX");
  }
}

TEST(ParserTest, TableNamesHaveParts) {
  EXPECT_EQ(ParseTableName("db.`my table`").value(), (Names{"db", "my table"}));
  EXPECT_FALSE(ParseTableName("a b").ok());
  EXPECT_FALSE(ParseTableName("").ok());
}

}  // namespace
}  // namespace ember
