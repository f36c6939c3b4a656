#pragma once

#include <stop_token>
#include <string>

#include "cluster/cluster.h"

namespace ember {

/// Lets a cluster reach S3 as Ember itself would: the same credentials (in the environment of its
/// processes, never on a command line or in a file), endpoint and region; the jars of S3A come into
/// `cache_folder` when they are not there. Errors: those of the credentials' sources, or of the
/// download.
Status AddClusterStorage(const std::string& cache_folder, ClusterOptions& options,
                         const std::stop_token& stop);

}  // namespace ember
