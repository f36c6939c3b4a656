#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "spark/address.h"
#include "spark/connect.h"
#include "spark/connect/base.grpc.pb.h"

namespace ember {

/// One session at a Spark Connect server, at the level of its protocol: calls with the session's
/// identity and headers, errors as Spark's. After the first answer, calls whose connection is lost
/// are sent again: each has the same effect once or twice. Thread-safe.
class ConnectClient {
 public:
  /// Makes a channel; connects at the first call. Errors: a file of certificates that cannot be
  /// read.
  static Result<std::shared_ptr<ConnectClient>> Open(const ConnectAddress& address,
                                                     ConnectOptions options = {});

  /// The server is Spark 3.5: plans are made such that it understands them, or are errors. To be
  /// called before other threads use the client.
  void LimitToSpark35() { is_spark35_ = true; }
  /// Makes views at a server of Spark 3.5 for what it has no relations for.
  Status Adapt(google::protobuf::Message* message);

  const std::string& session_id() const { return session_id_; }
  /// host:port, for messages.
  std::string server() const { return address_.target(); }

  Result<spark::connect::AnalyzePlanResponse> Analyze(spark::connect::AnalyzePlanRequest request);
  Result<spark::connect::ConfigResponse> Config(spark::connect::ConfigRequest request);
  Result<spark::connect::ArtifactStatusesResponse> ArtifactStatus(
      spark::connect::ArtifactStatusesRequest request);
  Status AddArtifact(const std::string& name, const std::string& bytes);
  // The end of things: these go out although a stop is requested, and do not wait for long.
  Status Interrupt(const std::string& operation_id);
  Status ReleaseSession();
  /// Is sent by a thread of its own: nobody waits for the answer, which changes nothing. What a
  /// server is not told before the client ends, it forgets with the session.
  void ReleaseExecution(const std::string& operation_id);

  // What an execution (PlanExecution) is made of.
  /// `timeout_seconds` 0: none. Errors: those of the providers of token and headers.
  Result<std::unique_ptr<grpc::ClientContext>> NewContext(int timeout_seconds,
                                                          HeaderNeed need = HeaderNeed::kGood);
  /// Whether a call that failed so may succeed with new headers.
  bool MayRenewHeaders(const grpc::Status& status) const {
    return options_.headers != nullptr && status.error_code() == grpc::StatusCode::UNAUTHENTICATED;
  }
  spark::connect::SparkConnectService::Stub& stub() { return *stub_; }
  template <typename Request>
  void Identify(Request& request) const {
    request.set_session_id(session_id_);
    request.mutable_user_context()->set_user_id(user_id_);
    request.set_client_type("ember");
    // A server that was started again says so, and nothing runs there a second time.
    if constexpr (requires { request.set_client_observed_server_side_session_id(session_id_); }) {
      const std::lock_guard lock(mutex_);
      if (!server_session_id_.empty()) {
        request.set_client_observed_server_side_session_id(server_session_id_);
      }
    }
  }
  /// Keeps whose answer the first one was.
  template <typename Response>
  void Observe(const Response& response) {
    if constexpr (requires { response.server_side_session_id(); }) {
      const std::lock_guard lock(mutex_);
      if (server_session_id_.empty()) server_session_id_ = response.server_side_session_id();
    }
  }
  /// A failed call as Spark's error; asks the server for the parameters where it kept them. Headers
  /// and tokens that a server repeats are blotted out.
  Error ToError(const grpc::Status& status);

 private:
  using Stub = spark::connect::SparkConnectService::Stub;
  template <typename Request, typename Response>
  using Method = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);
  enum class Urgency { kNormal, kEnding };

  ConnectClient(const ConnectAddress& address, ConnectOptions options,
                std::shared_ptr<grpc::Channel> channel);
  template <typename Request, typename Response>
  Result<Response> Call(Method<Request, Response> method, Request request,
                        Urgency urgency = Urgency::kNormal);
  void ReleaseExecutions(const std::stop_token& stop);
  Status RunCommand(const spark::connect::Plan& plan);
  Result<std::string> Token();
  void Remember(const std::string& secret);
  void Redact(std::string& text);

  ConnectAddress address_;
  ConnectOptions options_;
  std::string session_id_;
  std::string user_id_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<Stub> stub_;
  bool is_spark35_ = false;
  std::mutex views_mutex_;  // one text's views at a time
  std::atomic<bool> has_answered_ = false;
  mutable std::mutex mutex_;
  std::string server_session_id_;
  std::deque<std::string> sent_secrets_;  // the last ones
  std::mutex release_mutex_;
  std::condition_variable_any release_wanted_;
  std::deque<std::string> to_release_;
  std::jthread releaser_;  // the last member: it ends before what it uses
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

  /// The next response, nothing after the last one. The first call starts the plan.
  Result<std::optional<spark::connect::ExecutePlanResponse>> Next();

 private:
  using Reader = grpc::ClientReader<spark::connect::ExecutePlanResponse>;

  Status Start(HeaderNeed need = HeaderNeed::kGood);
  Status Reattach(HeaderNeed need = HeaderNeed::kGood);
  Result<grpc::ClientContext*> NewContext(HeaderNeed need);
  void Interrupt();
  /// Decides what a broken stream means: attach again (success) or the error.
  Status Recover(const grpc::Status& status);

  std::shared_ptr<ConnectClient> client_;
  spark::connect::Plan plan_;
  std::stop_token stop_;
  std::string operation_id_;
  std::string last_response_id_;
  std::mutex context_mutex_;  // an interrupt comes from another thread
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<Reader> reader_;
  bool complete_ = false;
  bool failed_ = false;
  bool has_renewed_headers_ = false;  // since the last response
  int attempts_ = 0;
};

}  // namespace ember
