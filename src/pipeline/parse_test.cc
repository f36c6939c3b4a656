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

// kGood with its output in place of `from`.
std::string WithOutput(const std::string& output) {
  std::string text = kGood;
  return text.replace(text.rfind("{path"), std::string::npos, output + "\n");
}

TEST(ParsePipelineTest, ReadsCatalogsMetricsAndLogs) {
  auto spec = ParsePipeline(
      "p.yaml", "metrics: {cloudwatch: Ember/Pipelines}\nlogs: {cloudwatch: /ember/p}\n" +
                    WithOutput("{path: s3://b/t, partition_by: [y, m], catalog: {glue: stocks.t, "
                               "partitions: projection, projection: {y: 1990..2040, m: [a, b]}}}"));
  ASSERT_TRUE(spec.ok()) << spec.error().ToString();
  EXPECT_EQ(spec->metrics_namespace, "Ember/Pipelines");
  EXPECT_EQ(spec->log_group, "/ember/p");
  const GlueTableSpec& glue = spec->outputs[0].glue.value();
  EXPECT_EQ(glue.database + "|" + glue.table, "stocks|t");
  EXPECT_TRUE(glue.projects_partitions);
  EXPECT_EQ(glue.projection.at("y").texts, (std::vector<std::string>{"1990..2040"}));
  EXPECT_TRUE(glue.projection.at("m").is_list);
  EXPECT_EQ(glue.location.line, 18);
}

TEST(ParsePipelineTest, SaysWhatIsWrongWithACatalog) {
  const auto fails = [](const std::string& output, const std::string& what) {
    const std::string message = MessageOf(WithOutput(output));
    EXPECT_NE(message.find(what), std::string::npos) << message;
    EXPECT_NE(message.find("p.yaml:16:"), std::string::npos) << message;
  };
  fails("{path: s3://b/t, catalog: {glue: prices}}", "is no database.table");
  fails("{path: s3://b/t, catalog: {glue: Stocks.prices}}", "is no database.table");
  fails("{path: out/t, catalog: {glue: stocks.t}}", "tables of Glue lie in S3");
  fails("{path: s3://b/t, catalog: {glu: stocks.t}}", "did you mean 'glue'?");
  fails("{path: s3://b/t, catalog: {glue: s.t, partitions: explizit}}", "did you mean 'explicit'");
  fails("{path: s3://b/t, catalog: {glue: s.t, partitions: projection}}", "needs 'partition_by'");
  fails("{path: s3://b/t, partition_by: y, catalog: {glue: s.t, projection: {y: 1..2}}}",
        "goes with partitions: projection");
  EXPECT_NE(MessageOf("metrics: {cloudwatch: AWS/EMR}\n" + WithOutput("{path: a}"))
                .find("is no namespace"),
            std::string::npos);
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

TEST(ParsePipelineTest, ReadsLayouts) {
  auto spec = ParsePipeline("p.yaml", R"(inputs: {p: {path: x, cache: Disk_Only}}
steps:
  s: {from: p, cache: true, do: [repartition: {by: [a], count: 3}, repartition_by_range: {by: [b desc]}]}
outputs:
  t: {from: s, table: db.t, path: out/t, bucket_by: {columns: [a], buckets: 4}, sort_by: [b, c]}
  f: {from: s, path: out/f, compact: true}
)");
  ASSERT_TRUE(spec.ok()) << spec.error().ToString();
  EXPECT_EQ(spec->inputs[0].cache, "DISK_ONLY");
  EXPECT_EQ(spec->steps[0].cache, "MEMORY_AND_DISK");
  EXPECT_EQ(std::get<RepartitionOperation>(spec->steps[0].operations[0].node).partitions, 3);
  EXPECT_EQ(std::get<RepartitionByRangeOperation>(spec->steps[0].operations[1].node).by,
            std::vector<std::string>{"b desc"});
  EXPECT_EQ(spec->outputs[0].table, "db.t");
  EXPECT_EQ(spec->outputs[0].buckets, 4);
  EXPECT_EQ(spec->outputs[0].sort_by, (std::vector<std::string>{"b", "c"}));
  EXPECT_TRUE(spec->outputs[1].compact);
  const auto output = [](const std::string& text) {
    return MessageOf("inputs: {p: {path: x}}\noutputs: {p: {" + text + "}}\n");
  };
  EXPECT_EQ(output("mode: append"), "p.yaml:2:14: outputs.p: key 'path' is missing");
  EXPECT_EQ(output("path: y, bucket_by: {columns: [a], buckets: 2}"),
            "p.yaml:2:14: outputs.p: 'bucket_by' needs 'table': Spark keeps in its catalog what is "
            "in which bucket");
  EXPECT_EQ(output("table: t, bucket_by: {columns: [a]}"),
            "p.yaml:2:36: outputs.p.bucket_by: needs 'columns' and 'buckets' (at least 1)");
  EXPECT_EQ(output("table: t, sort_by: [a]"),
            "p.yaml:2:14: outputs.p: 'sort_by' needs 'bucket_by'; an order_by in a step sorts "
            "without");
  EXPECT_EQ(output("table: t, compact: true"),
            "p.yaml:2:14: outputs.p: 'compact' is for outputs without 'table'");
  EXPECT_EQ(MessageOf("inputs: {p: {path: x, cache: fast}}\noutputs: {}\n"),
            "p.yaml:1:30: inputs.p.cache: 'fast' is not one of true, false, memory_and_disk, "
            "memory_only, disk_only, off_heap");
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
