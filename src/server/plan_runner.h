#pragma once

#include <memory>

#include "base/result.h"
#include "server/operation.h"
#include "server/server_session.h"
#include "spark/connect/base.pb.h"

namespace ember {

/// Runs the plan of an ExecutePlan request and puts its responses into `operation`, the end
/// included. Blocks: called from a thread of its own.
void RunPlan(ServerSession& session, const spark::connect::ExecutePlanRequest& request,
             ServerOperation& operation);

}  // namespace ember
