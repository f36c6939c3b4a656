#include <gtest/gtest.h>

#include "emr/cost.h"
#include "emr/job.h"
#include "emr/local_comparison.h"
#include "emr/names.h"
#include "emr/nodes.h"
#include "emr/recommendation.h"
#include "emr/request.h"
#include "emr/sizing.h"
#include "emr/validate.h"

namespace ember {
namespace {

constexpr const char* kSmall =
    "name: stocks\nregion: us-east-1\nnetwork: {create: true}\nstorage: {bucket: acme-stocks}\n";

EmrCluster Read(const std::string& text) { return ReadEmrCluster("c.yaml", text).cluster; }

TEST(EmrClusterFile, DefaultsAndPositions) {
  const EmrCluster cluster = Read(std::string(kSmall) + "core:\n  type: m5.2xlarge\n  count: 4\n");
  EXPECT_EQ(cluster.master.types.at(0).name, "m5.xlarge");
  EXPECT_EQ(cluster.master.count, 1);
  EXPECT_EQ(cluster.core.count, 4);
  EXPECT_EQ(cluster.Where("core.count"), (Location{7, 10}));
  EXPECT_EQ(cluster.Where("core.types"), (Location{6, 9}));
  EXPECT_EQ(cluster.Where("core.volumes.size_gb"), cluster.Where("core"));
  EXPECT_EQ(cluster.Where("task.count"), (Location{1, 1}));
  EXPECT_EQ(cluster.LogUri(), "s3://acme-stocks/logs/emr/");
}

TEST(EmrClusterFile, AwsNamesFillTheSameKeys) {
  const EmrCluster cluster = Read("network:\n  SubnetId: subnet-0a1b2c3d\n");
  EXPECT_EQ(cluster.network.subnets, std::vector<std::string>{"subnet-0a1b2c3d"});
  EXPECT_TRUE(cluster.IsSet("network.subnets"));
}

TEST(EmrClusterFile, EveryFormErrorIsFound) {
  const EmrReading reading = ReadEmrCluster("c.yaml", "nmae: a\ncore: {count: x}\nlimits: [1]\n");
  ASSERT_EQ(reading.findings.size(), 3u);
  EXPECT_EQ(reading.findings[0].rule, "unknown-key");
  EXPECT_EQ(reading.findings[0].fix, "did you mean 'name'?");
  EXPECT_EQ(reading.findings[1].at, (Location{2, 15}));
}

TEST(EmrFacts, RefusedTypes) {
  EXPECT_EQ(RefusedEmrType("m5.large")->substitute, "m5.xlarge");
  EXPECT_EQ(RefusedEmrType("t3.medium")->substitute, "m5.xlarge");
  EXPECT_FALSE(RefusedEmrType("m4.large"));
  EXPECT_FALSE(RefusedEmrType("trn1.2xlarge"));
  EXPECT_FALSE(RefusedEmrType("m5.xlarge"));
}

TEST(EmrFacts, Releases) {
  EXPECT_TRUE(ParseEmrRelease("emr-7.13.0")->IsAtLeast7(10));
  EXPECT_FALSE(ParseEmrRelease("emr-7.2.0")->IsAtLeast7(10));
  EXPECT_TRUE(ParseEmrRelease("emr-spark-8.0.0")->is_spark_only);
  for (const char* bad : {"7.13.0", "emr-7", "emr-7.13", "emr-7.13.0x", "emr-"})
    EXPECT_FALSE(ParseEmrRelease(bad)) << bad;
}

TEST(EmrNames, CidrBlocks) {
  EXPECT_EQ(SubCidr(*ParseCidr("10.20.0.0/16"), 19, 3), "10.20.96.0/19");
  for (const char* bad : {"10.20.0.1/16", "10.20.0/16", "10.0.0.0/33", "10.0.0.0", "a/8"})
    EXPECT_FALSE(ParseCidr(bad)) << bad;
}

// YARN's memory less the application master's, shared, less the overhead of 18.75 %.
TEST(EmrSizing, ExecutorsFitTheirNodes) {
  const EmrFacts facts = DefaultEmrFacts();
  const EmrExecutors small = SizeEmrExecutors(*facts.FindType("m5.xlarge"), 0, facts);
  EXPECT_EQ(small.per_node, 1);
  EXPECT_EQ(small.cores, 4);
  EXPECT_EQ(small.memory_mb, 9485);
  for (const auto& [name, type] : facts.types) {
    const EmrExecutors executors = SizeEmrExecutors(type, 0, facts);
    EXPECT_LE(executors.per_node * EmrExecutorFootprintMb(executors.memory_mb, facts) + 1024,
              type.yarn_mb)
        << name;
  }
}

TEST(EmrSizing, SmallestTypeDecides) {
  const EmrCluster cluster =
      Read(std::string(kSmall) + "core: m5.2xlarge\ntask: {type: c5.xlarge, count: 1}\n");
  EXPECT_EQ(SizeEmrExecutors(cluster, DefaultEmrFacts()).type, "c5.xlarge");
}

TEST(EmrCostTest, SumsNodesAndNetwork) {
  const EmrCluster cluster = Read(std::string(kSmall) + "limits: {hours: 2}\n");
  const EmrCost cost = EstimateEmrCost(cluster, DefaultEmrFacts());
  // Three m5.xlarge with 64 + 15 GB each, NAT and its address.
  const double expected = 3 * (0.192 + 0.048 + 79 * 0.08 / 730) + 0.045 + 0.005;
  EXPECT_NEAR(cost.hour_start.low, expected, 1e-9);
  EXPECT_NEAR(cost.hour_start.high, expected, 1e-9);
  EXPECT_NEAR(cost.run_total.high, 2 * expected, 1e-9);
}

TEST(EmrCostTest, SpotIsARange) {
  const EmrCluster cluster = Read(std::string(kSmall) +
                                  "task: {type: m5.xlarge, market: spot}\n"
                                  "scaling: {min: 2, max: 12}\n");
  const EmrCost cost = EstimateEmrCost(cluster, DefaultEmrFacts());
  UsdRange task;
  for (const EmrCostRow& row : cost.hourly) {
    if (row.role == "task" && row.item == "EC2") task = row.max;
  }
  EXPECT_NEAR(task.low, 10 * 0.192 * 0.3, 1e-9);
  EXPECT_NEAR(task.high, 10 * 0.192 * 0.5, 1e-9);
}

TEST(EmrRequest, LimitsDefaultToTheCore) {
  const EmrCluster cluster =
      Read(std::string(kSmall) + "scaling: {min: 2, max: 10}\ntask: {market: spot}\n");
  const EmrJson request = RunJobFlowRequest(cluster, DefaultEmrFacts(), ExistingEmrGround(cluster));
  const EmrJson limits = request["ManagedScalingPolicy"]["ComputeLimits"];
  EXPECT_EQ(limits["MaximumOnDemandCapacityUnits"], 2);
  EXPECT_EQ(limits["MaximumCoreCapacityUnits"], 2);
  EXPECT_EQ(request["AutoTerminationPolicy"]["IdleTimeout"], 3600);
}

TEST(EmrRequest, DistCpArguments) {
  const EmrCluster cluster =
      Read(std::string(kSmall) +
           "steps:\n- name: copy\n  s3_dist_cp: {src: s3://a/, dest: s3://b/, "
           "group_by: '.*/(x)', target_size: 256MiB}\n");
  EXPECT_EQ(EmrStepArguments(cluster.steps.at(0)),
            (std::vector<std::string>{"s3-dist-cp", "--src=s3://a/", "--dest=s3://b/",
                                      "--groupBy=.*/(x)", "--targetSize=256"}));
}

TEST(EmrRecommendationTest, GrowsWithTheInput) {
  EmrSizeQuestion question;
  question.input_bytes = int64_t{50} << 30;
  question.local_cores = 16;
  const auto small = RecommendEmrSize(question, DefaultEmrFacts());
  ASSERT_TRUE(small.ok());
  EXPECT_EQ(small->type, "m5.xlarge");
  EXPECT_EQ(small->task_nodes, 0);
  EXPECT_FALSE(small->needs_cluster);
  question.input_bytes = int64_t{4} << 40;
  const auto large = RecommendEmrSize(question, DefaultEmrFacts());
  EXPECT_EQ(large->type, "m5.2xlarge");
  EXPECT_TRUE(large->needs_cluster);
  const EmrReading reading = ReadEmrCluster("c.yaml", kSmall + large->yaml);
  EXPECT_TRUE(ValidateEmrCluster(reading, DefaultEmrFacts()).empty());
}

EmrJob OneSource(double gib, std::vector<EmrJobStep> steps) {
  const auto bytes = static_cast<int64_t>(gib * (int64_t{1} << 30));
  return {.sources = {{.path = "s3://a/", .format = "parquet", .bytes = bytes, .files = 10}},
          .steps = std::move(steps)};
}

std::string ReasonsOf(const EmrJobSizing& sizing) {
  std::string text;
  for (const std::string& reason : sizing.advice.reasons) text += reason + "\n";
  return text;
}

TEST(EmrJob, ShufflesAskForPartitions) {
  const EmrFacts facts = DefaultEmrFacts();
  const int64_t gib = int64_t{1} << 30;
  const EmrJobSizing small =
      *SizeEmrJob(OneSource(2, {{EmrJobStepKind::kSort, 6 * gib}}), {}, facts);
  EXPECT_EQ(small.shuffle_partitions, 0);
  EXPECT_FALSE(small.is_memory_bound);
  EXPECT_NE(ReasonsOf(small).find("1 global sort;"), std::string::npos) << ReasonsOf(small);
  const EmrJobSizing large = *SizeEmrJob(
      OneSource(100, {{EmrJobStepKind::kJoin, 300 * gib}, {EmrJobStepKind::kWindow, 100 * gib}}),
      {}, facts);
  EXPECT_EQ(large.shuffle_partitions, 2400);
  EXPECT_NE(large.advice.yaml.find("shuffle_partitions: 2400}"), std::string::npos);
  // The same plan, looked at on a hundredth of the data.
  const EmrJobSizing part = *SizeEmrJob(OneSource(1, {{EmrJobStepKind::kJoin, 3 * gib}}),
                                        {.input_bytes = 100 * gib}, facts);
  EXPECT_EQ(part.shuffle_partitions, 2400);
  EXPECT_EQ(part.input_bytes, 100 * gib);
}

TEST(EmrJob, WhatIsKeptAsksForMemory) {
  const EmrFacts facts = DefaultEmrFacts();
  const int64_t gib = int64_t{1} << 30;
  const auto size = [&](int64_t kept) {
    return *SizeEmrJob(OneSource(10, {{EmrJobStepKind::kPersist, kept}}), {}, facts);
  };
  EXPECT_FALSE(size(gib).is_memory_bound);
  EXPECT_EQ(size(gib).advice.type, "m5.xlarge");
  EXPECT_TRUE(size(60 * gib).is_memory_bound);
  EXPECT_EQ(size(60 * gib).advice.type, "r5.xlarge");
  EXPECT_NE(ReasonsOf(size(900 * gib)).find("MEMORY_AND_DISK"), std::string::npos);
  const EmrJobSizing window = *SizeEmrJob(
      OneSource(10, {{.kind = EmrJobStepKind::kWindow, .bytes = gib, .is_one_task = true}}), {},
      facts);
  EXPECT_NE(ReasonsOf(window).find("PARTITION BY"), std::string::npos);
  EXPECT_FALSE(SizeEmrJob({}, {}, facts).ok());
}

TEST(LocalComparison, SaysWhenNoClusterIsNeeded) {
  const EmrCost cost = EstimateEmrCost(Read(kSmall), DefaultEmrFacts());
  const double cores = EmrStartCores(Read(kSmall), DefaultEmrFacts());
  EXPECT_EQ(cores, 8);
  const int64_t gib = int64_t{1} << 30;
  const MeasuredRun run = {.seconds = 60, .input_bytes = gib, .cores = 4};
  const LocalComparison quick = *CompareWithLocalRun(cost, cores, run, 0, 0);
  EXPECT_FALSE(quick.needs_cluster) << "a minute here, seven to start a cluster";
  EXPECT_NEAR(quick.local_hours, 1.0 / 60, 1e-9);
  const LocalComparison large = *CompareWithLocalRun(cost, cores, run, 1000 * gib, 2);
  EXPECT_NEAR(large.local_hours, 1000.0 / 60, 1e-9);
  EXPECT_TRUE(large.needs_cluster);
  EXPECT_LT(large.cluster_hours, large.local_hours);
  EXPECT_GT(large.cluster_usd.low, 0);
  EXPECT_FALSE(CompareWithLocalRun(cost, cores, run, 1000 * gib, 24)->needs_cluster);
  EXPECT_FALSE(CompareWithLocalRun(cost, cores, {}, 0, 0).ok());
}

}  // namespace
}  // namespace ember
