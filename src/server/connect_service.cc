#include "server/connect_service.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/method_handler.h>
#include <grpcpp/impl/codegen/rpc_service_method.h>

#include <chrono>
#include <utility>

#include "base/uuid.h"
#include "server/analyze_handler.h"
#include "server/artifact_receiver.h"
#include "server/error_status.h"
#include "server/plan_runner.h"
#include "server/rpc_message.h"
#include "server/session_calls.h"
#include "spark/connect/base.grpc.pb.h"

#define EMBER_METHOD(name) "/spark.connect.SparkConnectService/" name

namespace ember {
namespace {

namespace proto = ::spark::connect;
using grpc::ByteBuffer;
using grpc::internal::RpcMethod;
using grpc::internal::RpcServiceMethod;

// How often a waiting stream looks whether its client is still there.
constexpr std::chrono::milliseconds kPollInterval(500);

grpc::Status Unauthenticated() {
  return {grpc::StatusCode::UNAUTHENTICATED,
          "This server asks for a secret: connect with the address that it printed, or send its "
          "secret as header x-ember-secret or as a bearer token."};
}

grpc::Status Unreadable() {
  return {grpc::StatusCode::INVALID_ARGUMENT, "The request is not a Spark Connect message."};
}

// Takes as long for a wrong secret as for the right one.
bool SameSecret(std::string_view given, std::string_view secret) {
  if (given.size() != secret.size()) return false;
  int difference = 0;
  for (size_t i = 0; i < secret.size(); ++i) difference |= given[i] ^ secret[i];
  return difference == 0;
}

bool IsReattachable(const proto::ExecutePlanRequest& request) {
  for (const auto& option : request.request_options()) {
    if (option.has_reattach_options() && option.reattach_options().reattachable()) return true;
  }
  return false;
}

template <typename Response>
void NameSession(const ServerSession& session, Response* response) {
  response->set_session_id(session.client_id());
  response->set_server_side_session_id(session.server_side_id());
}

}  // namespace

ConnectService::ConnectService(std::shared_ptr<SessionFactory> factory, std::string secret)
    : sessions_(std::move(factory)), secret_(std::move(secret)) {
  AddPlanCalls();
  AddUploadCall();
  AddSessionCalls();
}

void ConnectService::AddPlanCalls() {
  using Handler = grpc::internal::ServerStreamingHandler<ConnectService, ByteBuffer, ByteBuffer>;
  const auto execute = [](ConnectService* self, Context* context, const ByteBuffer* bytes,
                          Writer* writer) { return self->ExecutePlan(context, *bytes, writer); };
  const auto reattach = [](ConnectService* self, Context* context, const ByteBuffer* bytes,
                           Writer* writer) {
    return self->ReattachExecute(context, *bytes, writer);
  };
  AddMethod(new RpcServiceMethod(EMBER_METHOD("ExecutePlan"), RpcMethod::SERVER_STREAMING,
                                 new Handler(execute, this)));
  AddMethod(new RpcServiceMethod(EMBER_METHOD("ReattachExecute"), RpcMethod::SERVER_STREAMING,
                                 new Handler(reattach, this)));
  AddUnary<ByteBuffer, ByteBuffer>(EMBER_METHOD("AnalyzePlan"), &ConnectService::AnalyzePlan);
}

void ConnectService::AddUploadCall() {
  using Handler = grpc::internal::ClientStreamingHandler<ConnectService, proto::AddArtifactsRequest,
                                                         proto::AddArtifactsResponse>;
  const auto upload = [](ConnectService* self, Context* context,
                         grpc::ServerReader<proto::AddArtifactsRequest>* reader,
                         proto::AddArtifactsResponse* response) {
    return self->AddArtifacts(context, reader, response);
  };
  AddMethod(new RpcServiceMethod(EMBER_METHOD("AddArtifacts"), RpcMethod::CLIENT_STREAMING,
                                 new Handler(upload, this)));
}

void ConnectService::AddSessionCalls() {
  AddSessionCall(EMBER_METHOD("Config"), &HandleConfigCall);
  AddSessionCall(EMBER_METHOD("ArtifactStatus"), &HandleArtifactStatus);
  AddSessionCall(EMBER_METHOD("Interrupt"), &HandleInterrupt);
  AddSessionCall(EMBER_METHOD("ReleaseExecute"), &HandleReleaseExecute);
  AddSessionCall(EMBER_METHOD("FetchErrorDetails"), &HandleFetchErrorDetails);
  AddSessionCall(EMBER_METHOD("GetStatus"), &HandleGetStatus);
  AddUnary<proto::ReleaseSessionRequest, proto::ReleaseSessionResponse>(
      EMBER_METHOD("ReleaseSession"), &ConnectService::ReleaseSession);
  AddUnary<proto::CloneSessionRequest, proto::CloneSessionResponse>(EMBER_METHOD("CloneSession"),
                                                                    &ConnectService::CloneSession);
}

template <typename Request, typename Response, typename Handle>
void ConnectService::AddUnary(const char* path, Handle handle) {
  using Handler = grpc::internal::RpcMethodHandler<ConnectService, Request, Response>;
  const auto call = [handle](ConnectService* self, Context* context, const Request* request,
                             Response* response) {
    return (self->*handle)(context, *request, response);
  };
  AddMethod(new RpcServiceMethod(path, RpcMethod::NORMAL_RPC, new Handler(call, this)));
}

template <typename Request, typename Response>
void ConnectService::AddSessionCall(const char* path,
                                    Status (*handle)(ServerSession&, const Request&, Response*)) {
  using Handler = grpc::internal::RpcMethodHandler<ConnectService, Request, Response>;
  const auto call = [handle](ConnectService* self, Context* context, const Request* request,
                             Response* response) {
    if (!self->IsAuthorized(*context)) return Unauthenticated();
    const auto session = self->SessionOf(*request);
    if (!session.ok()) return ToGrpcStatus(session.error(), "");
    NameSession(**session, response);
    const Status status = handle(**session, *request, response);
    return status.ok() ? grpc::Status::OK : (*session)->Report(status.error());
  };
  AddMethod(new RpcServiceMethod(path, RpcMethod::NORMAL_RPC, new Handler(call, this)));
}

bool ConnectService::IsAuthorized(const Context& context) const {
  constexpr std::string_view kBearer = "Bearer ";
  for (const auto& [key, value] : context.client_metadata()) {
    const std::string_view name(key.data(), key.size());
    std::string_view given(value.data(), value.size());
    if (name == "authorization" && given.starts_with(kBearer)) {
      given.remove_prefix(kBearer.size());
    } else if (name != "x-ember-secret") {
      continue;
    }
    if (SameSecret(given, secret_)) return true;
  }
  return false;
}

template <typename Request>
Result<std::shared_ptr<ServerSession>> ConnectService::SessionOf(const Request& request) {
  return sessions_.FindOrMake(request.user_context().user_id(), request.session_id(),
                              request.client_observed_server_side_session_id());
}

grpc::Status ConnectService::ExecutePlan(Context* context, const ByteBuffer& bytes,
                                         Writer* writer) {
  if (!IsAuthorized(*context)) return Unauthenticated();
  auto request = std::make_shared<proto::ExecutePlanRequest>();
  if (!ParseMessage(bytes, request.get())) return Unreadable();
  auto session = SessionOf(*request);
  if (!session.ok()) return ToGrpcStatus(session.error(), "");
  const std::string id = request->has_operation_id() ? request->operation_id() : NewUuid();
  if (!IsUuid(id)) {
    return (*session)->Report(MakeError("INVALID_HANDLE.FORMAT", {{"handle", id}}));
  }
  auto operation = std::make_shared<ServerOperation>(
      id, std::vector<std::string>(request->tags().begin(), request->tags().end()),
      IsReattachable(*request) ? ServerOperation::Retention::kUntilReleased
                               : ServerOperation::Retention::kUntilSent);
  const Status added = (*session)->AddOperation(operation);
  if (!added.ok()) return (*session)->Report(added.error());
  tasks_.Run([session = *session, request = std::move(request), operation] {
    RunPlan(*session, *request, *operation);
  });
  return Stream(context, **session, *operation, "", writer);
}

grpc::Status ConnectService::ReattachExecute(Context* context, const ByteBuffer& bytes,
                                             Writer* writer) {
  if (!IsAuthorized(*context)) return Unauthenticated();
  proto::ReattachExecuteRequest request;
  if (!ParseMessage(bytes, &request)) return Unreadable();
  const auto session = SessionOf(request);
  if (!session.ok()) return ToGrpcStatus(session.error(), "");
  const auto operation = (*session)->FindOperation(request.operation_id());
  if (operation == nullptr) {
    return (*session)->Report(
        MakeError("INVALID_HANDLE.OPERATION_NOT_FOUND", {{"handle", request.operation_id()}}));
  }
  if (!operation->is_reattachable()) {
    return (*session)->Report(MakeError("INVALID_CURSOR.NOT_REATTACHABLE", {}));
  }
  return Stream(context, **session, *operation, request.last_response_id(), writer);
}

grpc::Status ConnectService::Stream(Context* context, ServerSession& session,
                                    ServerOperation& operation, const std::string& after,
                                    Writer* writer) {
  auto cursor = operation.Attach(after);
  if (!cursor.ok()) return session.Report(cursor.error());
  // A client that went away may reattach, unless it said that it will not.
  const auto leave = [&](const grpc::Status& status) {
    operation.Detach(*cursor);
    if (!operation.is_reattachable()) session.RemoveOperation(operation.id());
    return status;
  };
  while (true) {
    ServerOperation::Step step = operation.Next(*cursor, kPollInterval);
    switch (step.kind) {
      case ServerOperation::StepKind::kResponse: {
        grpc::WriteOptions options;
        if (step.is_last) options.set_last_message();
        if (!writer->Write(step.bytes, options)) return leave(grpc::Status::CANCELLED);
        break;
      }
      case ServerOperation::StepKind::kEnd:
        return leave(step.status);
      case ServerOperation::StepKind::kDisplaced:
        // The client reattached: Spark's own answer to the stream it gave up.
        return {grpc::StatusCode::INTERNAL,
                "[INVALID_CURSOR.DISCONNECTED] Another stream reads this execution."};
      case ServerOperation::StepKind::kTimeout:
        if (context->IsCancelled()) return leave(grpc::Status::CANCELLED);
        break;
    }
  }
}

grpc::Status ConnectService::AnalyzePlan(Context* context, const ByteBuffer& bytes,
                                         ByteBuffer* answer) {
  if (!IsAuthorized(*context)) return Unauthenticated();
  proto::AnalyzePlanRequest request;
  if (!ParseMessage(bytes, &request)) return Unreadable();
  const auto session = SessionOf(request);
  if (!session.ok()) return ToGrpcStatus(session.error(), "");
  proto::AnalyzePlanResponse response;
  NameSession(**session, &response);
  const Status status = Analyze(**session, request, &response);
  if (!status.ok()) return (*session)->Report(status.error());
  *answer = SerializeMessage(response);
  return grpc::Status::OK;
}

grpc::Status ConnectService::AddArtifacts(Context* context,
                                          grpc::ServerReader<proto::AddArtifactsRequest>* reader,
                                          proto::AddArtifactsResponse* response) {
  if (!IsAuthorized(*context)) return Unauthenticated();
  std::shared_ptr<ServerSession> session;
  std::unique_ptr<ArtifactReceiver> receiver;
  proto::AddArtifactsRequest request;
  while (reader->Read(&request)) {
    if (session == nullptr) {
      auto found = SessionOf(request);
      if (!found.ok()) return ToGrpcStatus(found.error(), "");
      session = *std::move(found);
      NameSession(*session, response);
      receiver = std::make_unique<ArtifactReceiver>(*session, response);
    }
    const Status status = receiver->Receive(request);
    if (!status.ok()) return session->Report(status.error());
  }
  return grpc::Status::OK;
}

grpc::Status ConnectService::ReleaseSession(Context* context,
                                            const proto::ReleaseSessionRequest& request,
                                            proto::ReleaseSessionResponse* response) {
  if (!IsAuthorized(*context)) return Unauthenticated();
  response->set_session_id(request.session_id());
  const auto removed = sessions_.Remove(request.user_context().user_id(), request.session_id(),
                                        request.allow_reconnect() ? SessionRegistry::Reuse::kAllowed
                                                                  : SessionRegistry::Reuse::kNever);
  if (removed != nullptr) response->set_server_side_session_id(removed->server_side_id());
  return grpc::Status::OK;
}

grpc::Status ConnectService::CloneSession(Context* context, const proto::CloneSessionRequest&,
                                          proto::CloneSessionResponse*) {
  if (!IsAuthorized(*context)) return Unauthenticated();
  return ToGrpcStatus(Unsupported("cloning a session"), "");
}

}  // namespace ember
