#include "server/server.h"

#include <fmt/format.h>
#include <grpc/support/log.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "base/uuid.h"
#include "server/connect_service.h"

namespace ember {
namespace {

constexpr int kMaxMessageBytes = 128 << 20;
constexpr int kMinPingIntervalMs = 5'000;
constexpr std::chrono::seconds kCleaningInterval(10);
constexpr std::chrono::seconds kShutdownGrace(2);

class GrpcServer final : public Server {
 public:
  GrpcServer(std::shared_ptr<SessionFactory> sessions, std::string secret)
      : service_(std::move(sessions), std::move(secret)) {}

  ~GrpcServer() override { Stop(); }

  Status Listen(const ServerOptions& options) {
    grpc::ServerBuilder builder;
    // Two servers on one port would share its clients: a busy port is an error.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                               kMinPingIntervalMs);
    builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
    builder.SetMaxSendMessageSize(kMaxMessageBytes);
    // One thread waits at least; those of calls that ended wait for the next ones: a client's call
    // and the releases of its last ones overlap, and a new thread costs more than a short call.
    builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
    builder.SetSyncServerOption(grpc::ServerBuilder::MIN_POLLERS, 1);
    builder.SetSyncServerOption(grpc::ServerBuilder::MAX_POLLERS, 8);
    builder.AddListeningPort(fmt::format("{}:{}", options.host, options.port),
                             grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    if (server_ == nullptr || port_ == 0) {
      return InvalidInput(
          fmt::format("cannot listen on {}:{}: the port is in use by another program, or the "
                      "address is not this machine's; choose another with --port and --host",
                      options.host, options.port));
    }
    cleaner_ = std::jthread([this](const std::stop_token& stop) { Clean(stop); });
    return {};
  }

  int port() const override { return port_; }

  void Wait() override {
    std::unique_lock lock(mutex_);
    stopped_.wait(lock, [this] { return is_stopped_; });
  }

  void Stop() override {
    {
      const std::lock_guard lock(mutex_);
      if (is_stopping_) return;
      is_stopping_ = true;
    }
    if (server_ != nullptr) {
      service_.sessions().Close();
      server_->Shutdown(std::chrono::system_clock::now() + kShutdownGrace);
      server_->Wait();
      service_.sessions().Close();
      service_.WaitForTasks();
    }
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
    stopped_.notify_all();
  }

 private:
  void Clean(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      wake.wait_for(lock, stop, kCleaningInterval, [] { return false; });
      if (!stop.stop_requested()) service_.sessions().RemoveExpired();
    }
  }

  ConnectService service_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
  std::jthread cleaner_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool is_stopping_ = false;
  bool is_stopped_ = false;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::Start(ServerOptions options,
                                              std::shared_ptr<SessionFactory> sessions) {
  if (options.secret.empty()) return InvalidInput("a server needs a secret: it must not be empty");
  // What matters comes back as an Error; gRPC's own log would stand between a program's output.
  gpr_set_log_function([](gpr_log_func_args*) {});
  auto server = std::make_unique<GrpcServer>(std::move(sessions), options.secret);
  RETURN_IF_ERROR(server->Listen(options));
  return std::unique_ptr<Server>(std::move(server));
}

std::string ConnectionString(const std::string& host, int port, const std::string& secret) {
  return fmt::format("sc://{}:{}/;x-ember-secret={}", host, port, secret);
}

std::string NewSecret() {
  std::string secret = NewUuid() + NewUuid();
  std::erase(secret, '-');
  return secret;
}

}  // namespace ember
