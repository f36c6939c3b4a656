#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "spark/address.h"
#include "spark/connect/base.grpc.pb.h"

namespace ember {

/// One session at a Spark Connect server, at the level of its protocol: calls with the session's
/// identity and headers, errors as Spark's. Thread-safe.
class ConnectClient {
 public:
  /// Makes a channel; connects at the first call. `timeout_seconds` bounds every call but
  /// executions.
  static Result<std::shared_ptr<ConnectClient>> Open(const ConnectAddress& address,
                                                     int timeout_seconds = 60);

  const std::string& session_id() const { return session_id_; }

  Result<spark::connect::AnalyzePlanResponse> Analyze(spark::connect::AnalyzePlanRequest request);
  Result<spark::connect::ConfigResponse> Config(spark::connect::ConfigRequest request);
  Result<spark::connect::ArtifactStatusesResponse> ArtifactStatus(
      spark::connect::ArtifactStatusesRequest request);
  Status AddArtifact(const std::string& name, const std::string& bytes);
  Status Interrupt(const std::string& operation_id);
  Status ReleaseSession();

  // What an execution (PlanExecution) is made of.
  std::unique_ptr<grpc::ClientContext> NewContext(
      bool has_deadline) const;  // NOLINT: a deadline or none
  spark::connect::SparkConnectService::Stub& stub() { return *stub_; }
  template <typename Request>
  void Identify(Request& request) const {
    request.set_session_id(session_id_);
    request.mutable_user_context()->set_user_id(user_id_);
    request.set_client_type("ember");
  }
  /// A failed call as Spark's error; asks the server for the parameters where it kept them.
  Error ToError(const grpc::Status& status);

 private:
  ConnectClient(const ConnectAddress& address, int timeout_seconds);

  ConnectAddress address_;
  int timeout_seconds_;
  std::string session_id_;
  std::string user_id_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<spark::connect::SparkConnectService::Stub> stub_;
};

/// One execution of a plan: the responses in order, each once, even when the connection breaks (the
/// server keeps them until they are released, and the client attaches again). Belongs to one
/// thread.
class PlanExecution {
 public:
  PlanExecution(std::shared_ptr<ConnectClient> client, spark::connect::Plan plan,
                std::stop_token stop);
  PlanExecution(const PlanExecution&) = delete;
  PlanExecution& operator=(const PlanExecution&) = delete;
  /// Releases what the server keeps; interrupts the operation when it has not ended.
  ~PlanExecution();

  /// The next response; nothing after the last one.
  Result<std::optional<spark::connect::ExecutePlanResponse>> Next();

 private:
  using Reader = grpc::ClientReader<spark::connect::ExecutePlanResponse>;

  void Start();
  void Reattach();
  void Release();
  /// Decides what a broken stream means: attach again (success) or the error.
  Status Recover(const grpc::Status& status);

  std::shared_ptr<ConnectClient> client_;
  spark::connect::Plan plan_;
  std::stop_token stop_;
  std::string operation_id_;
  std::string last_response_id_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<Reader> reader_;
  bool complete_ = false;
  bool failed_ = false;
  int attempts_ = 0;
};

}  // namespace ember
