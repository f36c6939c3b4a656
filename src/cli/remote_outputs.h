#pragma once

#include "base/result.h"
#include "pipeline/run.h"
#include "pipeline/specification.h"

namespace ember {

/// What a remote Spark does not tell about what it wrote, found where this process sees the same
/// folders: on this machine's disks, or in S3 with the pipeline's and the environment's
/// credentials.
ListFiles FilesOfRemoteOutputs(const PipelineSpec& spec);

/// Has a session of a cluster with the magic committer (`ember cluster up --s3`) commit as Spark
/// does by itself when the pipeline overwrites partitions dynamically, which that committer
/// refuses; unless the pipeline's `spark` section names a protocol.
Status ChooseCommitter(const PipelineSpec& spec, const SparkSession& session);

}  // namespace ember
