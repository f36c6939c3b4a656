// Rules on steps, s3-dist-cp and bootstrap actions.
#include <fmt/format.h>

#include <array>
#include <set>

#include "emr/nodes.h"
#include "emr/validate.h"

namespace ember {
namespace {

constexpr auto kError = EmrSeverity::kError;
constexpr auto kWarning = EmrSeverity::kWarning;
constexpr auto kDocs = EmrSource::kDocumentation;
constexpr auto kMemory = EmrSource::kMemory;
constexpr auto kEmber = EmrSource::kEmber;

template <typename Check>
void ForEachStep(const EmrRuleContext& context, Check check) {
  const auto& steps = context.cluster.steps;
  for (size_t i = 0; i < steps.size(); ++i) check(fmt::format("steps[{}]", i + 1), steps[i]);
}

template <typename Check>
void ForEachDistCp(const EmrRuleContext& context, Check check) {
  ForEachStep(context, [&](const std::string& path, const EmrStep& step) {
    if (step.dist_cp) check(path + ".s3_dist_cp", *step.dist_cp);
  });
}

template <typename Check>
void ForEachSparkJob(const EmrRuleContext& context, Check check) {
  ForEachStep(context, [&](const std::string& path, const EmrStep& step) {
    if (step.spark) check(path + ".spark", *step.spark);
  });
}

bool IsClusterPath(const std::string& path) {
  for (const std::string_view scheme : {"s3://", "s3a://", "hdfs://", "/"}) {
    if (path.starts_with(scheme)) return true;
  }
  return false;
}

void CheckStepKind(EmrRuleContext& context) {
  ForEachStep(context, [&](const std::string& path, const EmrStep& step) {
    const int kinds =
        (step.dist_cp ? 1 : 0) + (step.spark ? 1 : 0) + (step.command.empty() ? 0 : 1);
    if (kinds != 1) context.Find(path, fmt::format("a step with {} things to do", kinds));
  });
}

void CheckStepName(EmrRuleContext& context) {
  ForEachStep(context, [&](const std::string& path, const EmrStep& step) {
    if (step.name.empty()) context.Find(path, "a step without a name");
  });
}

void CheckStepNames(EmrRuleContext& context) {
  std::set<std::string> seen;
  ForEachStep(context, [&](const std::string& path, const EmrStep& step) {
    if (!step.name.empty() && !seen.insert(step.name).second)
      context.Find(path + ".name", fmt::format("another step is '{}' too", step.name));
  });
}

void CheckStepCount(EmrRuleContext& context) {
  if (context.cluster.steps.size() > context.facts.Get(EmrNumber::kSteps))
    context.Find("steps", fmt::format("{} steps", context.cluster.steps.size()));
}

void CheckConcurrency(EmrRuleContext& context) {
  const int limit = static_cast<int>(context.facts.Get(EmrNumber::kStepConcurrencyMax));
  const int concurrency = context.cluster.step_concurrency;
  if (concurrency < 1 || concurrency > limit)
    context.Find("step_concurrency", fmt::format("{} steps at a time", concurrency));
}

void CheckConcurrentFailure(EmrRuleContext& context) {
  if (context.cluster.step_concurrency <= 1) return;
  ForEachStep(context, [&](const std::string& path, const EmrStep& step) {
    if (step.on_failure != "continue")
      context.Find(path + ".on_failure",
                   fmt::format("'{}' while steps run side by side", step.on_failure));
  });
}

void CheckProtectedFailure(EmrRuleContext& context) {
  if (!context.cluster.lifetime.termination_protection) return;
  ForEachStep(context, [&](const std::string& path, const EmrStep& step) {
    if (step.on_failure == "terminate_cluster")
      context.Find(path + ".on_failure", "a protected cluster cannot end itself");
  });
}

void CheckDistCpRelease(EmrRuleContext& context) {
  const auto release = ParseEmrRelease(context.cluster.release);
  if (!release || !release->is_spark_only) return;
  ForEachDistCp(context, [&](const std::string& path, const EmrDistCp&) {
    context.Find(path, fmt::format("s3-dist-cp on {}", context.cluster.release));
  });
}

void CheckDistCpEnds(EmrRuleContext& context) {
  ForEachDistCp(context, [&](const std::string& path, const EmrDistCp& copy) {
    if (copy.src.empty())
      context.Find(path, "s3_dist_cp without src");
    else if (copy.dest.empty())
      context.Find(path, "s3_dist_cp without dest");
  });
}

void CheckDistCpPaths(EmrRuleContext& context) {
  ForEachDistCp(context, [&](const std::string& path, const EmrDistCp& copy) {
    if (!copy.src.empty() && !IsClusterPath(copy.src))
      context.Find(path + ".src", fmt::format("'{}' is no path that the cluster sees", copy.src));
    if (!copy.dest.empty() && !IsClusterPath(copy.dest))
      context.Find(path + ".dest", fmt::format("'{}' is no path that the cluster sees", copy.dest));
  });
}

void CheckDistCpUnderscore(EmrRuleContext& context) {
  ForEachDistCp(context, [&](const std::string& path, const EmrDistCp& copy) {
    if (ParseS3Place(copy.src).bucket.find('_') != std::string::npos)
      context.Find(path + ".src", fmt::format("'{}'", copy.src));
    if (ParseS3Place(copy.dest).bucket.find('_') != std::string::npos)
      context.Find(path + ".dest", fmt::format("'{}'", copy.dest));
  });
}

void CheckDistCpTarget(EmrRuleContext& context) {
  ForEachDistCp(context, [&](const std::string& path, const EmrDistCp& copy) {
    if (copy.target_size.bytes > 0 && copy.group_by.empty())
      context.Find(path + ".target_size", "target_size without group_by");
  });
}

constexpr int64_t kMib = int64_t{1} << 20;
void CheckDistCpTargetSize(EmrRuleContext& context) {
  ForEachDistCp(context, [&](const std::string& path, const EmrDistCp& copy) {
    if (copy.target_size.bytes > 0 && copy.target_size.bytes % kMib != 0)
      context.Find(path + ".target_size", fmt::format("{} bytes", copy.target_size.bytes));
  });
}

void CheckDistCpGroup(EmrRuleContext& context) {
  ForEachDistCp(context, [&](const std::string& path, const EmrDistCp& copy) {
    const size_t open = copy.group_by.find('(');
    if (!copy.group_by.empty() &&
        (open == std::string::npos || copy.group_by.find(')', open) == std::string::npos)) {
      context.Find(path + ".group_by", fmt::format("'{}' has no (…)", copy.group_by));
    }
  });
}

void CheckDistCpManifest(EmrRuleContext& context) {
  ForEachDistCp(context, [&](const std::string& path, const EmrDistCp& copy) {
    if (copy.copy_from_manifest && copy.previous_manifest.empty())
      context.Find(path + ".copy_from_manifest", "copy_from_manifest without previous_manifest");
  });
}

void CheckDistCpSame(EmrRuleContext& context) {
  ForEachDistCp(context, [&](const std::string& path, const EmrDistCp& copy) {
    if (!copy.src.empty() && copy.src == copy.dest)
      context.Find(path + ".dest", "src and dest are the same folder");
  });
}

void CheckDistCpChunk(EmrRuleContext& context) {
  ForEachDistCp(context, [&](const std::string& path, const EmrDistCp& copy) {
    const int chunk = copy.multipart_chunk_mib;
    if (chunk != 0 && (chunk < 5 || chunk > 5120))
      context.Find(path + ".multipart_chunk_mib", fmt::format("parts of {} MiB", chunk));
  });
}

void CheckProgram(EmrRuleContext& context) {
  ForEachSparkJob(context, [&](const std::string& path, const EmrSparkJob& job) {
    if (job.program.empty()) context.Find(path, "a Spark step without a program");
  });
}

void CheckProgramPlace(EmrRuleContext& context) {
  ForEachSparkJob(context, [&](const std::string& path, const EmrSparkJob& job) {
    if (!job.program.empty() && !IsClusterPath(job.program))
      context.Find(path + ".program", fmt::format("'{}' is not on the cluster", job.program));
  });
}

void CheckMainClass(EmrRuleContext& context) {
  ForEachSparkJob(context, [&](const std::string& path, const EmrSparkJob& job) {
    if (job.program.ends_with(".jar") && job.main_class.empty())
      context.Find(path, fmt::format("'{}' without a class", job.program));
  });
}

void CheckJobSettings(EmrRuleContext& context) {
  ForEachSparkJob(context, [&](const std::string& path, const EmrSparkJob& job) {
    for (const auto& [name, value] : job.settings) {
      if (!name.starts_with("spark."))
        context.Find(fmt::format("{}.settings.{}", path, name), fmt::format("'{}'", name));
    }
  });
}

void CheckClientMode(EmrRuleContext& context) {
  if (context.cluster.step_concurrency <= 1) return;
  ForEachSparkJob(context, [&](const std::string& path, const EmrSparkJob& job) {
    if (job.deploy_mode == "client")
      context.Find(path + ".deploy_mode", "drivers on the master while steps run side by side");
  });
}

void CheckOldScheme(EmrRuleContext& context) {
  const auto check = [&](const std::string& path, const std::string& text) {
    if (text.starts_with("s3n://")) context.Find(path, fmt::format("'{}'", text));
  };
  ForEachSparkJob(context, [&](const std::string& path, const EmrSparkJob& job) {
    for (size_t i = 0; i < job.arguments.size(); ++i)
      check(fmt::format("{}.arguments[{}]", path, i + 1), job.arguments[i]);
  });
}

void CheckBootstrapCount(EmrRuleContext& context) {
  if (context.cluster.bootstrap.size() > context.facts.Get(EmrNumber::kBootstrapActions))
    context.Find("bootstrap",
                 fmt::format("{} bootstrap actions", context.cluster.bootstrap.size()));
}

void CheckBootstrapPath(EmrRuleContext& context) {
  const auto& actions = context.cluster.bootstrap;
  for (size_t i = 0; i < actions.size(); ++i) {
    if (ParseS3Place(actions[i].path).bucket.empty()) {
      context.Find(fmt::format("bootstrap[{}]", i + 1),
                   fmt::format("'{}' is no script in S3", actions[i].path));
    }
  }
}

void CheckBootstrapName(EmrRuleContext& context) {
  const auto& actions = context.cluster.bootstrap;
  for (size_t i = 0; i < actions.size(); ++i) {
    if (actions[i].name.empty())
      context.Find(fmt::format("bootstrap[{}]", i + 1), "a bootstrap action without a name");
  }
}

constexpr auto kRules = std::to_array<EmrRule>({
    {"step-kind", kError, "A step does one thing.", "Write one of s3_dist_cp, spark and command.",
     kEmber, CheckStepKind},
    {"step-name", kError, "Steps are found again by their names.", "Add name.", kEmber,
     CheckStepName},
    {"step-name-twice", kError, "Steps are found again by their names.", "Rename one of them.",
     kEmber, CheckStepNames},
    {"step-count", kError, "EMR keeps at most 256 steps pending and running.",
     "Put several commands into one step.", kDocs, CheckStepCount},
    {"step-concurrency-range", kError, "EMR runs from 1 to 256 steps at a time.", "Write 1 to 256.",
     kDocs, CheckConcurrency},
    {"step-concurrency-failure", kError,
     "Where steps run side by side, EMR takes on_failure: continue only.",
     "Set on_failure: continue, or step_concurrency: 1.", kDocs, CheckConcurrentFailure},
    {"step-ends-protected", kWarning, "Termination protection keeps a failed step from ending it.",
     "Take cancel_and_wait, or remove the protection.", kMemory, CheckProtectedFailure},
    {"dist-cp-release", kError, "Whether emr-spark releases have s3-dist-cp is not documented.",
     "Take an emr-7 release, or copy with `ember s3 copy` before the run.", kDocs,
     CheckDistCpRelease},
    {"dist-cp-ends", kError, "s3-dist-cp copies from src to dest.", "Add the missing one.", kDocs,
     CheckDistCpEnds},
    {"dist-cp-path", kError, "s3-dist-cp runs on the cluster.", "Write s3://… or hdfs:///….", kDocs,
     CheckDistCpPaths},
    {"dist-cp-underscore", kError, "s3-dist-cp does not support buckets with an underscore.",
     "Use another bucket, or copy with `ember s3 copy`.", kDocs, CheckDistCpUnderscore},
    {"dist-cp-target-alone", kError, "Files reach the target size by being grouped.",
     "Add group_by, such as '.*/(\\d{4})-.*'.", kDocs, CheckDistCpTarget},
    {"dist-cp-target-size", kError, "s3-dist-cp takes its target size in whole MiB.",
     "Write it like 256MiB.", kDocs, CheckDistCpTargetSize},
    {"dist-cp-group", kError, "Files are grouped by what the parentheses match.",
     "Put the common part in (…).", kDocs, CheckDistCpGroup},
    {"dist-cp-manifest", kError, "Which files to copy is read from the previous manifest.",
     "Set previous_manifest.", kDocs, CheckDistCpManifest},
    {"dist-cp-same", kError, "Copying a folder onto itself reads files while it writes them.",
     "Choose another dest.", kEmber, CheckDistCpSame},
    {"dist-cp-chunk", kError, "S3 takes parts of 5 MiB to 5 GiB.", "Write 5 to 5120.", kDocs,
     CheckDistCpChunk},
    {"spark-program-missing", kError, "spark-submit needs a program.", "Set program: s3://….",
     kEmber, CheckProgram},
    {"spark-program-place", kError, "Steps run on the cluster, which does not see your files.",
     "Put it into S3 (`ember s3 put`) and name it there.", kDocs, CheckProgramPlace},
    {"spark-class-missing", kError, "A jar says nothing of which class to start.", "Set class.",
     kMemory, CheckMainClass},
    {"spark-job-setting-form", kError, "Spark ignores settings that do not begin with spark.",
     "Write spark.hadoop.NAME for Hadoop's settings.", kEmber, CheckJobSettings},
    {"spark-client-mode", kWarning, "Drivers in client mode share the master's memory.",
     "Take deploy_mode: cluster.", kMemory, CheckClientMode},
    {"s3n-path", kError, "Hadoop has no s3n:// any more.", "Write s3://.", kMemory, CheckOldScheme},
    {"bootstrap-count", kError, "EMR runs at most 16 bootstrap actions.", "Join scripts.", kMemory,
     CheckBootstrapCount},
    {"bootstrap-path", kError, "Nodes fetch bootstrap scripts from S3.", "Write s3://…/setup.sh.",
     kDocs, CheckBootstrapPath},
    {"bootstrap-name", kError, "EMR asks for a name of every bootstrap action.", "Add name.", kDocs,
     CheckBootstrapName},
});

}  // namespace

std::span<const EmrRule> EmrStepRules() { return kRules; }

}  // namespace ember
