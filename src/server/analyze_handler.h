#pragma once

#include "base/result.h"
#include "server/server_session.h"

namespace spark::connect {
class AnalyzePlanRequest;
class AnalyzePlanResponse;
}  // namespace spark::connect

namespace ember {

/// Answers AnalyzePlan: schema, explain, tree string, persist and so on; no query is run (but where
/// Spark does).
Status Analyze(ServerSession& session, const spark::connect::AnalyzePlanRequest& request,
               spark::connect::AnalyzePlanResponse* response);

}  // namespace ember
