#include "pipeline/parse.h"

#include <gtest/gtest.h>

#include "pipeline/graph.h"

namespace ember {
namespace {

constexpr const char* kGood = R"(name: test
inputs:
  prices:
    path: prices.csv
    columns:
      ticker: {from: Name, type: string, required: true}
      close: double
    rejects: out/rejects
steps:
  daily:
    from: prices
    do:
      - group_by: {by: [ticker], aggregate: {m: max(close)}}
      - order_by: [m desc]
outputs:
  daily: {path: out/daily, partition_by: ticker}
)";

std::string MessageOf(const std::string& text) {
  auto spec = ParsePipeline("p.yaml", text);
  return spec.ok() ? "parsed" : spec.error().ToString();
}

TEST(ParsePipelineTest, ReadsEveryPart) {
  auto spec = ParsePipeline("p.yaml", kGood);
  ASSERT_TRUE(spec.ok()) << spec.error().ToString();
  ASSERT_EQ(spec->inputs.size(), 1U);
  EXPECT_EQ(spec->inputs[0].columns[0].source, "Name");
  EXPECT_TRUE(spec->inputs[0].columns[0].required);
  EXPECT_EQ(spec->inputs[0].columns[1].type, DoubleType());
  ASSERT_EQ(spec->steps[0].operations.size(), 2U);
  EXPECT_EQ(spec->outputs[0].partition_by, std::vector<std::string>{"ticker"});
  EXPECT_EQ(spec->outputs[0].from, "daily");
}

TEST(ParsePipelineTest, ErrorsSayWhereAndWhatToDo) {
  EXPECT_EQ(MessageOf("inputs: [\n"), "p.yaml:2:1: not valid YAML: end of sequence flow not found");
  EXPECT_EQ(MessageOf("input: {}\n"), "p.yaml:1:1: unknown key 'input': did you mean 'inputs'?");
  EXPECT_EQ(MessageOf("inputs: {p: {pth: x}}\noutputs: {}\n"),
            "p.yaml:1:14: inputs.p: unknown key 'pth': did you mean 'path'?");
  EXPECT_EQ(MessageOf("inputs: {p: {path: x}}\nsteps:\n  s:\n    from: p\n    do:\n      - filtre: "
                      "x > 1\noutputs: {}\n"),
            "p.yaml:6:9: steps.s.do[1]: unknown key 'filtre': did you mean 'filter'?");
  EXPECT_EQ(MessageOf("inputs: {p: {path: x, columns: {a: strin}}}\noutputs: {}\n"),
            "p.yaml:1:36: inputs.p.columns.a: 'strin' is not a Spark SQL type");
  EXPECT_EQ(MessageOf("inputs: {p: {}}\noutputs: {}\n"),
            "p.yaml:1:13: inputs.p: key 'path' is missing");
  EXPECT_EQ(MessageOf("inputs: {p: {path: x, path: y}}\noutputs: {}\n"),
            "p.yaml:1:23: inputs.p: key 'path' is here twice");
  EXPECT_EQ(MessageOf("inputs: {p: {path: x}}\noutputs: {p: {path: y, target_file_size: big}}\n"),
            "p.yaml:2:14: outputs.p: target_file_size takes a size like 128MB, not 'big'");
}

TEST(ParsePipelineTest, EveryPrefixOfAGoodFileIsAnErrorOrAPipeline) {
  const std::string text = kGood;
  for (size_t i = 0; i < text.size(); ++i) {
    auto spec = ParsePipeline("p.yaml", text.substr(0, i));
    if (!spec.ok()) {
      EXPECT_EQ(spec.error().condition, "EMBER_INVALID_INPUT") << i;
    }
  }
}

TEST(ResolvePathTest, StartsAtTheFile) {
  EXPECT_EQ(ResolvePath("/a/b/p.yaml", "out/x"), "/a/b/out/x");
  EXPECT_EQ(ResolvePath("/a/b/p.yaml", "../x"), "/a/x");
  EXPECT_EQ(ResolvePath("/a/b/p.yaml", "/x"), "/x");
  EXPECT_EQ(ResolvePath("/a/b/p.yaml", "s3://bucket/x"), "s3://bucket/x");
}

}  // namespace
}  // namespace ember
