#pragma once

#include "server/server_session.h"
#include "spark/connect/base.pb.h"

namespace ember {

/// The calls of Spark Connect that one session answers at once.
Status HandleConfigCall(ServerSession& session, const spark::connect::ConfigRequest& request,
                        spark::connect::ConfigResponse* response);
Status HandleArtifactStatus(ServerSession& session,
                            const spark::connect::ArtifactStatusesRequest& request,
                            spark::connect::ArtifactStatusesResponse* response);
/// All operations, those of a tag, or one; answers the ids of those that were running.
Status HandleInterrupt(ServerSession& session, const spark::connect::InterruptRequest& request,
                       spark::connect::InterruptResponse* response);
Status HandleReleaseExecute(ServerSession& session,
                            const spark::connect::ReleaseExecuteRequest& request,
                            spark::connect::ReleaseExecuteResponse* response);
Status HandleFetchErrorDetails(ServerSession& session,
                               const spark::connect::FetchErrorDetailsRequest& request,
                               spark::connect::FetchErrorDetailsResponse* response);
Status HandleGetStatus(ServerSession& session, const spark::connect::GetStatusRequest& request,
                       spark::connect::GetStatusResponse* response);

}  // namespace ember
