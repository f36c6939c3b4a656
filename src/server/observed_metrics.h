#pragma once

#include "plan/relation.h"
#include "session/session.h"
#include "spark/connect/base.pb.h"

namespace ember {

/// Computes the metrics of every df.observe in `plan` and adds them to `response`, as the client
/// reads them after the rows. Each is an aggregate of what is observed, which runs once more: where
/// Spark stops early because of a limit above, its metrics count only the rows it came to.
Status AddObservedMetrics(Session& session, const RelationPtr& plan, const ExecuteOptions& options,
                          spark::connect::ExecutePlanResponse& response);

}  // namespace ember
