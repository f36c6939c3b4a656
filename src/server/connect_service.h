#pragma once

#include <grpcpp/impl/codegen/service_type.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>
#include <grpcpp/support/sync_stream.h>

#include <memory>
#include <string>

#include "server/server_session.h"
#include "server/task_group.h"
#include "spark/connect/base.pb.h"

namespace ember {

/// The calls of spark.connect.SparkConnectService. Those that carry plans are taken as bytes and
/// parsed here, because plans nest deeper than gRPC's own parsing allows (rpc_message.h).
class ConnectService final : public grpc::Service {
 public:
  ConnectService(std::shared_ptr<SessionFactory> factory, std::string secret);

  SessionRegistry& sessions() { return sessions_; }
  /// Returns when no execution runs any more.
  void WaitForTasks() { tasks_.Wait(); }

 private:
  using Context = grpc::ServerContext;
  using Writer = grpc::ServerWriter<grpc::ByteBuffer>;

  void AddPlanCalls();
  void AddUploadCall();
  void AddSessionCalls();
  /// A call with one answer: `handle` is a member function of this class.
  template <typename Request, typename Response, typename Handle>
  void AddUnary(const char* path, Handle handle);
  /// A call that a session answers (session_calls.h).
  template <typename Request, typename Response>
  void AddSessionCall(const char* path,
                      Status (*handle)(ServerSession&, const Request&, Response*));

  bool IsAuthorized(const Context& context) const;
  template <typename Request>
  Result<std::shared_ptr<ServerSession>> SessionOf(const Request& request);

  grpc::Status ExecutePlan(Context* context, const grpc::ByteBuffer& bytes, Writer* writer);
  grpc::Status ReattachExecute(Context* context, const grpc::ByteBuffer& bytes, Writer* writer);
  grpc::Status Stream(Context* context, ServerSession& session, ServerOperation& operation,
                      const std::string& after, Writer* writer);
  grpc::Status AnalyzePlan(Context* context, const grpc::ByteBuffer& bytes,
                           grpc::ByteBuffer* answer);
  grpc::Status AddArtifacts(Context* context,
                            grpc::ServerReader<spark::connect::AddArtifactsRequest>* reader,
                            spark::connect::AddArtifactsResponse* response);
  grpc::Status ReleaseSession(Context* context,
                              const spark::connect::ReleaseSessionRequest& request,
                              spark::connect::ReleaseSessionResponse* response);
  grpc::Status CloneSession(Context* context, const spark::connect::CloneSessionRequest& request,
                            spark::connect::CloneSessionResponse* response);

  SessionRegistry sessions_;
  const std::string secret_;
  TaskGroup tasks_;
};

}  // namespace ember
