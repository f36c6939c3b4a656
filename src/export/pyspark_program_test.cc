#include "export/pyspark_program.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "export/python_code.h"
#include "export/python_expression.h"
#include "export/python_query.h"

namespace ember {
namespace {

std::string Column(const std::string& sql, ColumnPlace place = ColumnPlace::kColumn) {
  const auto code = ExportColumn(*MakeExpression(ExpressionString{sql}), place);
  return code.ok() ? FlatPython(**code) : code.error().condition;
}

struct ColumnCase {
  const char* sql;
  const char* python;
};

TEST(ExportColumnTest, WritesWhatPySparkHas) {
  const ColumnCase kCases[] = {
      {"a", "F.col(\"a\")"},
      {"`a.b`.c", "F.col(\"`a.b`.c\")"},
      {"a + b * 2 - 1", "F.col(\"a\") + F.col(\"b\") * 2 - 1"},
      {"(a + b) * 2", "(F.col(\"a\") + F.col(\"b\")) * 2"},
      {"a - (b - c)", "F.col(\"a\") - (F.col(\"b\") - F.col(\"c\"))"},
      {"a / b / c", "F.col(\"a\") / F.col(\"b\") / F.col(\"c\")"},
      {"1 - a", "F.lit(1) - F.col(\"a\")"},
      {"-a", "-F.col(\"a\")"},
      {"a = 1 and b > 2 or not c", "((F.col(\"a\") == 1) & (F.col(\"b\") > 2)) | ~F.col(\"c\")"},
      {"a <> 'x'", "F.col(\"a\") != \"x\""},
      {"(a = b) = c", "(F.col(\"a\") == F.col(\"b\")) == F.col(\"c\")"},
      {"a IS NULL", "F.col(\"a\").isNull()"},
      {"a + 1 IS NOT NULL", "(F.col(\"a\") + 1).isNotNull()"},
      {"a IN (1, 2)", "F.col(\"a\").isin(1, 2)"},
      {"a NOT IN ('x', b)", "~F.col(\"a\").isin(\"x\", F.col(\"b\"))"},
      {"a BETWEEN 1 AND b", "F.col(\"a\").between(1, F.col(\"b\"))"},
      {"a LIKE 'x%'", "F.col(\"a\").like(\"x%\")"},
      {"a <=> NULL", "F.col(\"a\").eqNullSafe(None)"},
      {"CASE WHEN a > 1 THEN 'x' WHEN b THEN c END",
       "F.when(F.col(\"a\") > 1, \"x\").when(F.col(\"b\"), F.col(\"c\"))"},
      {"if(a, 1, NULL)", "F.when(F.col(\"a\"), 1).otherwise(None)"},
      {"CAST(a AS DECIMAL(10,2))", "F.col(\"a\").cast(\"decimal(10,2)\")"},
      {"avg(a)", "F.avg(\"a\")"},
      {"count(*)", "F.count(F.lit(1))"},
      {"count(DISTINCT a, b)", "F.count_distinct(\"a\", \"b\")"},
      {"round(a, 2)", "F.round(\"a\", 2)"},
      {"concat_ws('-', a, 'x')", "F.concat_ws(\"-\", \"a\", F.lit(\"x\"))"},
      {"a || 'x'", "F.concat(\"a\", F.lit(\"x\"))"},
      {"s.x[0]", "F.col(\"s.x\")[0]"},
      {"filter(a, v -> v > 1)", "F.filter(\"a\", lambda v: v > 1)"},
      {"3000000000", "F.lit(3000000000)"},
      {"a * 1.5D", "F.col(\"a\") * 1.5"},
      {"lag(a, 1) OVER (PARTITION BY t ORDER BY d DESC)",
       "F.lag(\"a\", 1).over(Window.partitionBy(\"t\").orderBy(F.col(\"d\").desc()))"},
      {"sum(a) OVER (PARTITION BY t ORDER BY d ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)",
       "F.sum(\"a\").over(Window.partitionBy(\"t\").orderBy(\"d\").rowsBetween(-2, "
       "Window.currentRow))"},
  };
  for (const ColumnCase& c : kCases) EXPECT_EQ(Column(c.sql), c.python) << c.sql;
}

// What Python would mean otherwise, or has no word for, stays SQL.
TEST(ExportColumnTest, KeepsTheRestAsSql) {
  for (const char* sql :
       {"a * 0.5", "5L", "try_cast(a AS int)", "date '2024-01-01'", "max(a) FILTER (WHERE b)",
        "first(a) IGNORE NULLS", "a div b", "some_function(a)", "interval 1 day", "round(a, b)",
        "sum(a) OVER (ORDER BY d RANGE BETWEEN 2 PRECEDING AND CURRENT ROW)",
        "filter(a, lambda -> lambda > 1)"}) {
    EXPECT_EQ(Column(sql), fmt::format("F.expr({})", PythonString(sql)));
  }
  // Without an alias a column is called by its SQL.
  EXPECT_EQ(Column("a + 1", ColumnPlace::kOutput), "F.expr(\"a + 1\")");
  EXPECT_EQ(Column("a + 1 AS b", ColumnPlace::kOutput), "(F.col(\"a\") + 1).alias(\"b\")");
  EXPECT_EQ(Column("a", ColumnPlace::kOutput), "\"a\"");
  EXPECT_EQ(Column("*", ColumnPlace::kOutput), "\"*\"");
}

TEST(PythonCodeTest, QuotesStrings) {
  EXPECT_EQ(PythonString("a\\b\n"), "\"a\\\\b\\n\"");
  EXPECT_EQ(PythonString("say \"x\""), "'say \"x\"'");
  EXPECT_EQ(PythonString("'\""), "\"'\\\"\"");
}

TEST(PythonCodeTest, GivesEveryNameOnce) {
  PythonNames names;
  EXPECT_EQ(names.Claim("daily"), "daily");
  EXPECT_EQ(names.Claim("daily"), "daily_2");
  EXPECT_EQ(names.Claim("lambda"), "lambda_");
  EXPECT_EQ(names.Claim("spark"), "spark_");
  EXPECT_EQ(names.Claim("2 days-ago"), "_2_days_ago");
}

TEST(QueryTextTest, MovesLinesOnlyBetweenTokens) {
  EXPECT_EQ(QueryText("SELECT 1", "", 0), "\"\"\"\n    SELECT 1\n\"\"\"");
  EXPECT_EQ(QueryText("  SELECT 1\n    AS a\n", "v", 4),
            "\"\"\"\n        WITH input AS (SELECT * FROM v)\n        SELECT 1\n          AS a\n"
            "    \"\"\"");
  EXPECT_EQ(QueryText("SELECT 'a\n  b'", "", 4), "\"\"\"\nSELECT 'a\n  b'\n    \"\"\"");
  EXPECT_EQ(QueryText("WITH x AS (SELECT 1) TABLE x", "v", 0),
            "\"\"\"\n    WITH input AS (SELECT * FROM v)\n    (\n    WITH x AS (SELECT 1) TABLE "
            "x\n    )\n\"\"\"");
}

RelationPtr Files(const std::string& path) {
  return MakeRelation(ReadFiles{.format = "parquet", .paths = {path}, .options = {}, .schema = {}});
}

TEST(ExportPySparkTest, NamesFramesAndWrites) {
  ExportedProgram program;
  program.name = "test";
  program.folder = "/base";
  const RelationPtr prices = Files("/base/pri{ces}");
  const RelationPtr few = MakeRelation(Limit{.input = prices, .count = LiteralInteger(3)});
  // In any order; `same` is the same rows under another name.
  program.frames = {{.name = "few", .relation = few, .is_cached = true, .comments = {"Three."}},
                    {.name = "prices", .relation = prices, .is_cached = false, .comments = {}},
                    {.name = "same", .relation = prices, .is_cached = false, .comments = {}}};
  WriteFiles write;
  write.input = few;
  write.format = "parquet";
  write.path = "s3://bucket/out";
  write.mode = SaveMode::kOverwrite;
  program.writes = {{.write = write, .comments = {}, .counted_as = ""}};
  const auto text = ExportPySpark(program);
  ASSERT_TRUE(text.ok());
  EXPECT_NE(text->find("    prices = spark.read.parquet(f\"{FOLDER}/pri{{ces}}\")\n\n    # Three.\n"
                       "    few = prices.limit(3).cache()\n\n    same = prices\n\n"
                       "    few.write.mode(\"overwrite\").parquet(\"s3://bucket/out\")\n"),
            std::string::npos)
      << *text;
}

TEST(ExportPySparkTest, WhatHasNoWordsIsAnError) {
  ExportedProgram program;
  program.frames = {{.name = "t",
                     .relation = MakeRelation(Tail{.input = Files("a"), .count = 1}),
                     .is_cached = false,
                     .comments = {}}};
  const auto text = ExportPySpark(program);
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.error().condition, "UNSUPPORTED_FEATURE.EMBER");
}

}  // namespace
}  // namespace ember
