#include "emulator/session_gateway.h"

#include <fmt/format.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <mutex>
#include <optional>
#include <string_view>

#include "aws/self_signed.h"
#include "cluster/spark_process.h"
#include "emulator/session_guard.h"

namespace ember {
namespace {

constexpr const char* kProxyAuth = "x-aws-proxy-auth";
constexpr const char* kAuthorization = "authorization";

std::string_view TextOf(grpc::string_ref text) { return {text.data(), text.size()}; }

std::string Entry(const grpc::CallbackServerContext& context, const char* name) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(name);
  return found == metadata.end() ? "" : std::string(TextOf(found->second));
}

// gRPC's own, which it writes itself, and the gateway's.
bool IsPassedOn(std::string_view name) {
  return name != kProxyAuth && name != kAuthorization && name != "user-agent" &&
         name != "content-type" && name != "te" && !name.starts_with("grpc-") &&
         !name.starts_with(":");
}

// "ipv4:127.0.0.1:1234" → "ipv4:127.0.0.1".
std::string AddressOf(const std::string& peer) { return peer.substr(0, peer.rfind(':')); }

/// A call that is refused.
class RefusedCall final : public grpc::ServerGenericBidiReactor {
 public:
  explicit RefusedCall(const grpc::Status& status) { Finish(status); }
  void OnDone() override { delete this; }
};

/// A call on its way: what the client sends goes to the backend and back, one message at a time in
/// each direction. A hold keeps the backend's call from being over until its last answer has been
/// sent on; a message that the client sends afterwards is dropped.
class PassedCall final : public grpc::ServerGenericBidiReactor {
 public:
  PassedCall(grpc::GenericCallbackServerContext* context, grpc::GenericStub& stub)
      : context_(context), backend_(*this) {
    for (const auto& [name, value] : context->client_metadata()) {
      if (IsPassedOn(TextOf(name)))
        backend_context_.AddMetadata(std::string(TextOf(name)), std::string(TextOf(value)));
    }
    backend_context_.set_deadline(context->deadline());
    stub.PrepareBidiStreamingCall(&backend_context_, context->method(), {}, &backend_);
    backend_.AddHold();
    backend_.StartRead(&answer_);
    backend_.StartCall();
    StartRead(&request_);
  }

  void OnReadDone(bool is_read) override {
    const std::lock_guard lock(mutex_);
    if (is_over_) return;
    if (is_read) {
      backend_.StartWrite(&request_);
    } else {
      backend_.StartWritesDone();
    }
  }
  void OnWriteDone(bool is_written) override {
    if (is_written) {
      backend_.StartRead(&answer_);
    } else {
      backend_context_.TryCancel();
      EndAnswers();
    }
  }
  void OnCancel() override { backend_context_.TryCancel(); }
  void OnDone() override { delete this; }

 private:
  class Backend final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
   public:
    explicit Backend(PassedCall& call) : call_(call) {}
    void OnReadDone(bool is_read) override { call_.Answer(is_read); }
    void OnWriteDone(bool is_written) override { call_.Sent(is_written); }
    void OnDone(const grpc::Status& status) override { call_.End(status); }

   private:
    PassedCall& call_;
  };

  void Answer(bool is_read) {
    if (!is_read) {
      EndAnswers();
      return;
    }
    if (!has_answered_) {
      has_answered_ = true;
      for (const auto& [name, value] : backend_context_.GetServerInitialMetadata()) {
        if (IsPassedOn(TextOf(name)))
          context_->AddInitialMetadata(std::string(TextOf(name)), std::string(TextOf(value)));
      }
    }
    StartWrite(&answer_);
  }
  void Sent(bool is_written) {
    if (is_written) StartRead(&request_);
  }
  void EndAnswers() {
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    backend_.RemoveHold();
  }
  // Nothing of this call is touched after Finish: it may be gone.
  void End(const grpc::Status& status) {
    for (const auto& [name, value] : backend_context_.GetServerTrailingMetadata()) {
      if (IsPassedOn(TextOf(name)))
        context_->AddTrailingMetadata(std::string(TextOf(name)), std::string(TextOf(value)));
    }
    Finish(status);
  }

  grpc::GenericCallbackServerContext* context_;
  grpc::ClientContext backend_context_;
  Backend backend_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer answer_;
  bool has_answered_ = false;
  std::mutex mutex_;
  bool is_over_ = false;  // the backend's answers
};

class GrpcSessionGateway final : public SessionGateway, private grpc::CallbackGenericService {
 public:
  explicit GrpcSessionGateway(const SessionGatewayOptions& options)
      : guard_(options.now_us), ca_file_(options.folder + "/session-ca.pem") {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    arguments.SetMaxSendMessageSize(-1);
    // A channel of its own, whatever the process has to the same port.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    stub_.emplace(grpc::CreateCustomChannel(fmt::format("127.0.0.1:{}", options.backend_port),
                                            grpc::InsecureChannelCredentials(), arguments));
  }
  ~GrpcSessionGateway() override {
    // Calls that are on their way are cut.
    if (server_) server_->Shutdown(std::chrono::system_clock::now());
  }

  Status Listen() {
    ASSIGN_OR_RETURN(const SelfSignedCertificate self, MakeSelfSignedCertificate({}));
    RETURN_IF_ERROR(WritePrivate(ca_file_, self.certificate));
    grpc::SslServerCredentialsOptions tls;
    tls.pem_key_cert_pairs.push_back({self.key, self.certificate});
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls), &port_);
    builder.SetMaxReceiveMessageSize(-1);
    builder.SetMaxSendMessageSize(-1);
    builder.RegisterCallbackGenericService(this);
    server_ = builder.BuildAndStart();
    if (server_ == nullptr || port_ == 0) return InvalidInput("no gateway can listen on 127.0.0.1");
    return {};
  }

  int port() const override { return port_; }
  const std::string& ca_file() const override { return ca_file_; }
  std::string Mint(const std::string& session_id) override { return guard_.Mint(session_id); }
  void Revoke(const std::string& session_id) override { guard_.Revoke(session_id); }

 private:
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    switch (guard_.Check(AddressOf(context->peer()), Entry(*context, kProxyAuth),
                         Entry(*context, kAuthorization))) {
      case SessionEntry::kAllowed:
        return new PassedCall(context, *stub_);
      case SessionEntry::kUnauthenticated:
        return new RefusedCall({grpc::StatusCode::UNAUTHENTICATED,
                                "x-aws-proxy-auth is missing, expired or not of this session"});
      case SessionEntry::kTooMany:
        return new RefusedCall({grpc::StatusCode::RESOURCE_EXHAUSTED,
                                "more than 5000 requests in 5 minutes from this address"});
    }
    return new RefusedCall({grpc::StatusCode::INTERNAL, ""});
  }

  SessionGuard guard_;
  std::string ca_file_;
  int port_ = 0;
  std::optional<grpc::GenericStub> stub_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace

Result<std::unique_ptr<SessionGateway>> SessionGateway::Start(
    const SessionGatewayOptions& options) {
  auto gateway = std::make_unique<GrpcSessionGateway>(options);
  RETURN_IF_ERROR(gateway->Listen());
  return std::unique_ptr<SessionGateway>(std::move(gateway));
}

}  // namespace ember
