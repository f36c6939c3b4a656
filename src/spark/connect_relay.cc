#include "spark/connect_relay.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/client_unary_call.h>
#include <grpcpp/impl/codegen/method_handler.h>
#include <grpcpp/impl/codegen/rpc_service_method.h>

#include <array>
#include <chrono>

#include "spark/channel.h"

namespace ember {
namespace {

using grpc::ByteBuffer;
using grpc::internal::RpcMethod;
using grpc::internal::RpcServiceMethod;

constexpr int kMaxMessageBytes = 128 << 20;
constexpr int kMinPingIntervalMs = 5'000;
constexpr std::chrono::seconds kShutdownGrace(2);

struct RelayedMethod {
  const char* path;
  RpcMethod::RpcType type;
};
#define EMBER_METHOD(name) "/spark.connect.SparkConnectService/" name
constexpr auto kMethods = std::to_array<RelayedMethod>({
    {EMBER_METHOD("ExecutePlan"), RpcMethod::SERVER_STREAMING},
    {EMBER_METHOD("ReattachExecute"), RpcMethod::SERVER_STREAMING},
    {EMBER_METHOD("AddArtifacts"), RpcMethod::CLIENT_STREAMING},
    {EMBER_METHOD("AnalyzePlan"), RpcMethod::NORMAL_RPC},
    {EMBER_METHOD("Config"), RpcMethod::NORMAL_RPC},
    {EMBER_METHOD("ArtifactStatus"), RpcMethod::NORMAL_RPC},
    {EMBER_METHOD("Interrupt"), RpcMethod::NORMAL_RPC},
    {EMBER_METHOD("ReleaseExecute"), RpcMethod::NORMAL_RPC},
    {EMBER_METHOD("ReleaseSession"), RpcMethod::NORMAL_RPC},
    {EMBER_METHOD("FetchErrorDetails"), RpcMethod::NORMAL_RPC},
    {EMBER_METHOD("CloneSession"), RpcMethod::NORMAL_RPC},
    {EMBER_METHOD("GetStatus"), RpcMethod::NORMAL_RPC},
});
#undef EMBER_METHOD

// Takes as long for a wrong secret as for the right one.
bool IsSameSecret(std::string_view given, std::string_view secret) {
  if (given.size() != secret.size()) return false;
  int difference = 0;
  for (size_t i = 0; i < secret.size(); ++i) difference |= given[i] ^ secret[i];
  return difference == 0;
}

/// The calls of the service as bytes, each passed on under its own name.
class RelayService final : public grpc::Service {
 public:
  RelayService(std::shared_ptr<grpc::Channel> channel, ConnectOptions options,
               ConnectHeaders fixed_headers, std::string secret)
      : channel_(std::move(channel)),
        options_(std::move(options)),
        fixed_headers_(std::move(fixed_headers)),
        secret_(std::move(secret)) {
    for (const RelayedMethod& method : kMethods) Add(method);
  }

 private:
  using Context = grpc::ServerContext;
  using Reader = grpc::ServerReader<ByteBuffer>;
  using Writer = grpc::ServerWriter<ByteBuffer>;

  void Add(const RelayedMethod& method) {
    const char* path = method.path;
    if (method.type == RpcMethod::NORMAL_RPC) {
      const auto call = [path](RelayService* self, Context* context, const ByteBuffer* request,
                               ByteBuffer* response) {
        return self->PassOn(context, [&](grpc::ClientContext* onward) {
          const RpcMethod rpc(path, RpcMethod::NORMAL_RPC);
          return grpc::internal::BlockingUnaryCall<ByteBuffer, ByteBuffer>(
              self->channel_.get(), rpc, onward, *request, response);
        });
      };
      using Handler = grpc::internal::RpcMethodHandler<RelayService, ByteBuffer, ByteBuffer>;
      AddMethod(new RpcServiceMethod(path, method.type, new Handler(call, this)));
    } else if (method.type == RpcMethod::SERVER_STREAMING) {
      const auto call = [path](RelayService* self, Context* context, const ByteBuffer* request,
                               Writer* writer) {
        return self->PassStreamOn(path, context, *request, writer);
      };
      using Handler = grpc::internal::ServerStreamingHandler<RelayService, ByteBuffer, ByteBuffer>;
      AddMethod(new RpcServiceMethod(path, method.type, new Handler(call, this)));
    } else {
      const auto call = [path](RelayService* self, Context* context, Reader* reader,
                               ByteBuffer* response) {
        return self->PassUploadOn(path, context, reader, response);
      };
      using Handler = grpc::internal::ClientStreamingHandler<RelayService, ByteBuffer, ByteBuffer>;
      AddMethod(new RpcServiceMethod(path, method.type, new Handler(call, this)));
    }
  }

  bool IsAuthorized(const Context& context) const {
    constexpr std::string_view kBearer = "Bearer ";
    for (const auto& [name, value] : context.client_metadata()) {
      std::string_view given(value.data(), value.size());
      if (name == "authorization" && given.starts_with(kBearer)) given.remove_prefix(7);
      if ((name == "authorization" || name == "x-ember-secret") && IsSameSecret(given, secret_))
        return true;
    }
    return false;
  }

  // A call that ends with the caller's: its deadline and its cancellation are passed on.
  Result<std::unique_ptr<grpc::ClientContext>> Onward(const Context& context,
                                                      HeaderNeed need) const {
    auto onward = grpc::ClientContext::FromServerContext(context);
    ConnectHeaders headers = fixed_headers_;
    if (options_.token != nullptr) {
      ASSIGN_OR_RETURN(const std::string token, options_.token());
      if (!token.empty()) headers.emplace_back("authorization", "Bearer " + token);
    }
    if (options_.headers != nullptr) {
      ASSIGN_OR_RETURN(const ConnectHeaders more, options_.headers(need));
      headers.insert(headers.end(), more.begin(), more.end());
    }
    RETURN_IF_ERROR(CheckConnectHeaders(headers));
    for (const auto& [name, value] : headers) onward->AddMetadata(name, value);
    return onward;
  }

  // Makes the call, once more with new headers when they are refused.
  template <typename Call>
  grpc::Status PassOn(Context* context, const Call& call) const {
    if (!IsAuthorized(*context)) {
      return {grpc::StatusCode::UNAUTHENTICATED, "This relay asks for its secret."};
    }
    grpc::Status status;
    for (const HeaderNeed need : {HeaderNeed::kGood, HeaderNeed::kNew}) {
      const auto onward = Onward(*context, need);
      if (!onward.ok()) {
        return {grpc::StatusCode::UNAUTHENTICATED, onward.error().ToString()};
      }
      status = call(onward->get());
      const bool is_refused = status.error_code() == grpc::StatusCode::UNAUTHENTICATED;
      if (!is_refused || options_.headers == nullptr) break;
    }
    return status;
  }

  grpc::Status PassStreamOn(const char* path, Context* context, const ByteBuffer& request,
                            Writer* writer) const {
    return PassOn(context, [&](grpc::ClientContext* onward) {
      const RpcMethod rpc(path, RpcMethod::SERVER_STREAMING);
      const std::unique_ptr<grpc::ClientReader<ByteBuffer>> reader(
          grpc::internal::ClientReaderFactory<ByteBuffer>::Create(channel_.get(), rpc, onward,
                                                                  request));
      ByteBuffer message;
      while (reader->Read(&message)) {
        if (!writer->Write(message)) onward->TryCancel();
      }
      return reader->Finish();
    });
  }

  // What was read of an upload cannot be read again: no second try.
  grpc::Status PassUploadOn(const char* path, Context* context, Reader* reader,
                            ByteBuffer* response) const {
    bool has_begun = false;
    return PassOn(context, [&](grpc::ClientContext* onward) -> grpc::Status {
      if (std::exchange(has_begun, true)) {
        return {grpc::StatusCode::UNAVAILABLE, "The token was renewed: send it again."};
      }
      const RpcMethod rpc(path, RpcMethod::CLIENT_STREAMING);
      const std::unique_ptr<grpc::ClientWriter<ByteBuffer>> writer(
          grpc::internal::ClientWriterFactory<ByteBuffer>::Create(channel_.get(), rpc, onward,
                                                                  response));
      ByteBuffer message;
      while (reader->Read(&message)) {
        if (!writer->Write(message)) break;
      }
      writer->WritesDone();
      return writer->Finish();
    });
  }

  std::shared_ptr<grpc::Channel> channel_;
  const ConnectOptions options_;
  const ConnectHeaders fixed_headers_;
  const std::string secret_;
};

class GrpcRelay final : public ConnectRelay {
 public:
  GrpcRelay(std::shared_ptr<grpc::Channel> channel, ConnectOptions options, ConnectHeaders headers,
            std::string secret)
      : service_(std::move(channel), std::move(options), std::move(headers), std::move(secret)) {}
  ~GrpcRelay() override {
    if (server_ == nullptr) return;
    server_->Shutdown(std::chrono::system_clock::now() + kShutdownGrace);
    server_->Wait();
  }

  Status Listen() {
    grpc::ServerBuilder builder;
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                               kMinPingIntervalMs);
    builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
    builder.SetMaxSendMessageSize(kMaxMessageBytes);
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    if (server_ != nullptr && port_ != 0) return {};
    return InvalidInput("cannot listen on 127.0.0.1: no port is free");
  }
  int port() const override { return port_; }

 private:
  RelayService service_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

}  // namespace

Result<std::unique_ptr<ConnectRelay>> ConnectRelay::Start(const std::string& url,
                                                          ConnectOptions options,
                                                          std::string secret) {
  if (secret.empty()) return InvalidInput("a relay needs a secret: it must not be empty");
  ASSIGN_OR_RETURN(const ConnectAddress address, ParseConnectAddress(url));
  ASSIGN_OR_RETURN(auto channel, MakeConnectChannel(address, options));
  ConnectHeaders headers = address.headers;
  if (!address.token.empty()) {
    headers.emplace_back("authorization", "Bearer " + address.token);
    options.token = nullptr;
  }
  auto relay = std::make_unique<GrpcRelay>(std::move(channel), std::move(options),
                                           std::move(headers), std::move(secret));
  RETURN_IF_ERROR(relay->Listen());
  return std::unique_ptr<ConnectRelay>(std::move(relay));
}

}  // namespace ember
