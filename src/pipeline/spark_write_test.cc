#include "pipeline/spark_write.h"

#include <gtest/gtest.h>

#include "plan/relation.h"

namespace ember {
namespace {

PlannedOutput OutputOf(RelationPtr relation, const std::string& size) {
  PlannedOutput output{
      .name = "daily", .kind = "output", .frame = DataFrame(nullptr, relation), .write = {}};
  output.write.partition_by = {"year"};
  if (!size.empty()) output.write.options[std::string(kTargetFileSize)] = size;
  return output;
}

TEST(SparkWriteTest, ReadsSizes) {
  EXPECT_EQ(FileSizeOf("128MB"), 128'000'000);
  EXPECT_EQ(FileSizeOf("1.5 GiB"), 1'610'612'736);
  EXPECT_EQ(FileSizeOf("10b"), 10);
  for (const char* wrong : {"", "MB", "0MB", "-1MB", "12", "12 parsec"})
    EXPECT_EQ(FileSizeOf(wrong), std::nullopt) << wrong;
}

TEST(SparkWriteTest, ATargetSizeBecomesAHintAndASetting) {
  const RelationPtr range = MakeRelation(Range{0, 10, 1});
  PipelineGraph graph;
  graph.outputs = {OutputOf(range, "64MB"), OutputOf(range, "128MB"), OutputOf(range, "")};
  const SparkWriting writing = WriteBySpark(graph);
  EXPECT_EQ(writing.settings.at("spark.sql.adaptive.advisoryPartitionSizeInBytes"), "128000000b");
  EXPECT_EQ(writing.notes.size(), 2U);
  const auto* hint = std::get_if<Hint>(&graph.outputs[0].frame.relation()->node);
  ASSERT_NE(hint, nullptr);
  EXPECT_EQ(hint->name, "rebalance");
  EXPECT_EQ(hint->parameters.size(), 1U);
  EXPECT_TRUE(graph.outputs[0].write.options.empty());
  EXPECT_EQ(graph.outputs[2].frame.relation(), range);
}

TEST(SparkWriteTest, SortedRowsStayAsTheyAre) {
  const RelationPtr sorted = MakeRelation(Sort{.input = MakeRelation(Range{0, 10, 1})});
  PipelineGraph graph;
  graph.outputs = {OutputOf(sorted, "64MB")};
  const SparkWriting writing = WriteBySpark(graph);
  EXPECT_TRUE(writing.settings.empty());
  EXPECT_EQ(writing.notes.size(), 1U);
  EXPECT_EQ(graph.outputs[0].frame.relation(), sorted);
  EXPECT_TRUE(graph.outputs[0].write.options.empty());
}

}  // namespace
}  // namespace ember
