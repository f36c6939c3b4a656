#include "server/session_calls.h"

#include "server/config_handler.h"
#include "server/error_status.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;
using proto::GetStatusResponse;

bool IsMeant(const ServerOperation& operation, const proto::InterruptRequest& request) {
  switch (request.interrupt_type()) {
    case proto::InterruptRequest::INTERRUPT_TYPE_TAG:
      return operation.HasTag(request.operation_tag());
    case proto::InterruptRequest::INTERRUPT_TYPE_OPERATION_ID:
      return operation.id() == request.operation_id();
    default:
      return true;
  }
}

GetStatusResponse::OperationStatus::OperationState StateOf(const ServerOperation& operation) {
  switch (operation.state()) {
    case ServerOperation::State::kRunning:
      return operation.stop_token().stop_requested()
                 ? GetStatusResponse::OperationStatus::OPERATION_STATE_TERMINATING
                 : GetStatusResponse::OperationStatus::OPERATION_STATE_RUNNING;
    case ServerOperation::State::kSucceeded:
      return GetStatusResponse::OperationStatus::OPERATION_STATE_SUCCEEDED;
    case ServerOperation::State::kFailed:
      return GetStatusResponse::OperationStatus::OPERATION_STATE_FAILED;
    case ServerOperation::State::kCancelled:
      return GetStatusResponse::OperationStatus::OPERATION_STATE_CANCELLED;
  }
  return GetStatusResponse::OperationStatus::OPERATION_STATE_UNKNOWN;
}

void AddState(const std::string& id, GetStatusResponse::OperationStatus::OperationState state,
              GetStatusResponse* response) {
  auto* status = response->add_operation_statuses();
  status->set_operation_id(id);
  status->set_state(state);
}

}  // namespace

Status HandleConfigCall(ServerSession& session, const proto::ConfigRequest& request,
                        proto::ConfigResponse* response) {
  return HandleConfig(session.session(), request, response);
}

Status HandleArtifactStatus(ServerSession& session, const proto::ArtifactStatusesRequest& request,
                            proto::ArtifactStatusesResponse* response) {
  for (const std::string& name : request.names()) {
    (*response->mutable_statuses())[name].set_exists(session.HasArtifact(name));
  }
  return {};
}

Status HandleInterrupt(ServerSession& session, const proto::InterruptRequest& request,
                       proto::InterruptResponse* response) {
  if (request.interrupt_type() == proto::InterruptRequest::INTERRUPT_TYPE_UNSPECIFIED) {
    return Unsupported("an interrupt of a kind that this version does not know");
  }
  for (const auto& operation : session.Operations()) {
    if (IsMeant(*operation, request) && operation->Interrupt()) {
      response->add_interrupted_ids(operation->id());
    }
  }
  return {};
}

Status HandleReleaseExecute(ServerSession& session, const proto::ReleaseExecuteRequest& request,
                            proto::ReleaseExecuteResponse* response) {
  // Releasing twice is no error: clients do not wait for the answer.
  const auto operation = session.FindOperation(request.operation_id());
  if (operation == nullptr) return {};
  response->set_operation_id(request.operation_id());
  if (request.has_release_until()) {
    operation->ReleaseUntil(request.release_until().response_id());
  } else {
    session.RemoveOperation(request.operation_id());
  }
  return {};
}

Status HandleFetchErrorDetails(ServerSession& session,
                               const proto::FetchErrorDetailsRequest& request,
                               proto::FetchErrorDetailsResponse* response) {
  const auto error = session.FindError(request.error_id());
  if (error) FillErrorDetails(*error, response);
  return {};
}

Status HandleGetStatus(ServerSession& session, const proto::GetStatusRequest& request,
                       proto::GetStatusResponse* response) {
  if (!request.has_operation_status()) return {};
  if (request.operation_status().operation_ids().empty()) {
    for (const auto& operation : session.Operations()) {
      AddState(operation->id(), StateOf(*operation), response);
    }
  }
  for (const std::string& id : request.operation_status().operation_ids()) {
    const auto operation = session.FindOperation(id);
    AddState(id,
             operation == nullptr ? GetStatusResponse::OperationStatus::OPERATION_STATE_UNKNOWN
                                  : StateOf(*operation),
             response);
  }
  return {};
}

}  // namespace ember
