#include "analyzer/analyzer.h"

#include <gtest/gtest.h>

#include "analyzer/function_lookup.h"

namespace ember {
namespace {

// Tables and files whose schema a test gives.
class FakeCatalog : public SourceCatalog {
 public:
  Schema schema = {{"ticker", StringType(), true, {}},
                   {"date", DateType(), true, {}},
                   {"close_price", DoubleType(), true, {}},
                   {"volume", LongType(), true, {}}};

  Result<SourceSchema> DescribeFiles(const ReadFiles& read) override {
    return SourceSchema{schema, nullptr, read.format + " " + read.paths[0]};
  }
  Result<std::variant<FoundView, FoundTable>> FindTable(
      const std::vector<std::string>& name) override {
    return MakeError("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", QuoteName(name)}});
  }
  Result<Schema> DescribeArrow(const std::string&) override { return schema; }
  Result<std::shared_ptr<const std::string>> FindArtifact(const std::string&) override {
    return Unsupported("artifacts");
  }
  Result<std::vector<std::vector<Value>>> Collect(const ResolvedRelation&) override {
    return Unsupported("running");
  }
  Result<ValuesRelation> QueryCatalog(const CatalogQuery&) override {
    return Unsupported("catalog");
  }
  std::optional<uint64_t> FindCached(const Relation&) override { return std::nullopt; }
};

RelationPtr Prices() {
  return MakeRelation(
      ReadFiles{.format = "parquet", .paths = {"/prices"}, .options = {}, .schema = {}});
}

Result<ResolvedRelationPtr> AnalyzePlan(const RelationPtr& relation) {
  FakeCatalog catalog;
  return Analyze(*relation, catalog, {});
}

TEST(AnalyzerTest, NamesAFunctionThatIsMissing) {
  for (const std::string_view name : MissingFunctions()) {
    EXPECT_EQ(FindFunction(name), nullptr) << name << " is there: its name is to leave the list";
  }
  const auto plan =
      AnalyzePlan(MakeRelation(Project{Prices(), {Call("To_Csv", {Attribute({"ticker"})})}}));
  ASSERT_FALSE(plan.ok());
  EXPECT_EQ(plan.error().condition, "UNSUPPORTED_FEATURE.EMBER");
  EXPECT_NE(plan.error().message.find("function To_Csv"), std::string::npos);
}

TEST(AnalyzerTest, SeedJob) {
  Aggregate aggregate{.input = Prices(),
                      .grouping = {Attribute({"ticker"}), Attribute({"date"})},
                      .aggregates = {As(Call("avg", {Attribute({"close_price"})}), "avg_price"),
                                     As(Call("max", {Attribute({"volume"})}), "max_volume")}};
  auto plan =
      AnalyzePlan(MakeRelation(Sort{MakeRelation(std::move(aggregate)),
                                    {MakeExpression(SortOrder{.child = Attribute({"date"})})}}));
  ASSERT_TRUE(plan.ok()) << plan.error().ToString();
  EXPECT_EQ(Dump(**plan), R"(
Sort date#2 asc nulls first -> ticker#1 string, date#2 date, avg_price#5 double, max_volume#6 bigint
  Aggregate [ticker#1 as #1, date#2 as #2] [ticker#1 as #1, date#2 as #2, avg(close_price#3) as #5, max(volume#4) as #6] -> ticker#1 string, date#2 date, avg_price#5 double, max_volume#6 bigint
    Scan parquet /prices -> ticker#1 string, date#2 date, close_price#3 double, volume#4 bigint
)" + 1);
}

TEST(AnalyzerTest, UnknownColumn) {
  auto plan = AnalyzePlan(MakeRelation(Project{Prices(), {Attribute({"volum"})}}));
  ASSERT_FALSE(plan.ok());
  EXPECT_EQ(plan.error().condition, "UNRESOLVED_COLUMN.WITH_SUGGESTION");
  EXPECT_EQ(plan.error().parameters.at("proposal"), "`volume`, `date`, `ticker`, `close_price`");
}

TEST(AnalyzerTest, DeepPlan) {
  RelationPtr relation = Prices();
  for (int i = 0; i < 1000; ++i) {
    relation = MakeRelation(WithColumns{
        relation, {As(Call("+", {Attribute({"volume"}), LiteralInteger(i)}), "volume")}});
  }
  auto plan = AnalyzePlan(relation);
  ASSERT_TRUE(plan.ok()) << plan.error().ToString();
}

}  // namespace
}  // namespace ember
