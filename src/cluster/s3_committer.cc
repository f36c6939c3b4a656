#include "cluster/s3_committer.h"

#include <array>

namespace ember {
namespace {

constexpr const char* kProtocol = "spark.sql.sources.commitProtocolClass";
constexpr const char* kParquetCommitter = "spark.sql.parquet.output.committer.class";
constexpr const char* kMagicProtocol =
    "org.apache.spark.internal.io.cloud.PathOutputCommitProtocol";
// Hadoop's settings: in a cluster's configuration behind "spark.hadoop.", in a session's without.
constexpr auto kFactories =
    std::to_array<const char*>({"mapreduce.outputcommitter.factory.scheme.s3",
                                "mapreduce.outputcommitter.factory.scheme.s3a"});

}  // namespace

std::map<std::string, std::string> MagicCommitterSettings() {
  std::map<std::string, std::string> settings = {
      {kProtocol, kMagicProtocol},
      {kParquetCommitter, "org.apache.spark.internal.io.cloud.BindingParquetOutputCommitter"},
      {"spark.hadoop.fs.s3a.committer.name", "magic"},
      {"spark.hadoop.fs.s3a.committer.magic.enabled", "true"}};
  for (const char* factory : kFactories) {
    settings[std::string("spark.hadoop.") + factory] =
        "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory";
  }
  return settings;
}

bool IsMagicCommitProtocol(std::string_view protocol_class) {
  return protocol_class == kMagicProtocol;
}

// All of them: with Spark's protocol over the magic committer, files would be where no rename looks
// for them (HadoopMapReduceCommitProtocol.newTaskTempFile).
std::map<std::string, std::string> RenamingCommitterSettings() {
  std::map<std::string, std::string> settings = {
      {kProtocol, "org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol"},
      {kParquetCommitter, "org.apache.parquet.hadoop.ParquetOutputCommitter"}};
  for (const char* factory : kFactories) {
    settings[factory] = "org.apache.hadoop.mapreduce.lib.output.FileOutputCommitterFactory";
  }
  return settings;
}

}  // namespace ember
