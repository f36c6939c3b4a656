#pragma once

#include <ember/session.h>

#include <map>
#include <memory>
#include <stop_token>
#include <string>

#include "aws/aws_api.h"
#include "glue/glue_sync.h"
#include "pipeline/graph.h"
#include "pipeline/specification.h"
#include "store/remote_stores.h"

namespace ember {

/// The tables of Glue that a pipeline's outputs are, as their plans have them.
class GlueOutputs {
 public:
  /// Nothing is asked of Glue. Errors, with the place in the file: a column of a type that Glue has
  /// none for, values of partitions that do not fit, two outputs that are one table.
  static Result<GlueOutputs> Make(const PipelineSpec& spec, const PipelineGraph& graph,
                                  const SparkSession& session);

  bool empty() const { return tables_.empty(); }
  /// Keeps the table of an output, whose files are in S3 by now, in step. What it did:
  /// "stocks.prices created, 2 partitions added".
  Result<std::string> Sync(AwsApi& api, const PlannedOutput& output, const std::stop_token& stop);

 private:
  struct Output {
    GlueTable table;
    GlueOldFiles old_files = GlueOldFiles::kGone;
  };
  Result<std::vector<GluePartition>> PartitionsOf(const PlannedOutput& output,
                                                  const GlueTable& table);

  std::map<std::string, Output> tables_;  // by the output's name
  std::shared_ptr<RemoteStores> objects_;
  RemoteStores::Settings settings_;
};

/// What an output's files are to Glue, once it is known which columns it has.
Result<GlueTable> GlueTableOf(const PlannedOutput& output, const Schema& schema);

}  // namespace ember
