#include "spark/channel.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace ember {
namespace {

constexpr int kMaxMessageBytes = 128 * 1024 * 1024;
// Servers close connections whose clients ask more often than every 5 minutes.
constexpr int kKeepaliveMs = 330'000;
constexpr int kKeepaliveTimeoutMs = 30'000;

Result<std::shared_ptr<grpc::ChannelCredentials>> CredentialsOf(const ConnectAddress& address,
                                                                const ConnectOptions& options) {
  // A token travels over TLS only, but for this machine itself.
  const bool has_token =
      !address.token.empty() || options.token != nullptr || options.headers != nullptr;
  const bool is_secure = address.use_ssl || (has_token && !address.is_loopback());
  if (!is_secure) {
    if (options.ca_file.empty()) return grpc::InsecureChannelCredentials();
    return InvalidInput(
        "a file of certificates is given, but the address does not ask for TLS: add ;use_ssl=true");
  }
  grpc::SslCredentialsOptions ssl;
  if (!options.ca_file.empty()) {
    std::ifstream file(options.ca_file, std::ios::binary);
    ssl.pem_root_certs.assign(std::istreambuf_iterator<char>(file), {});
    if (ssl.pem_root_certs.find("-----BEGIN") == std::string::npos) {
      return InvalidInput(fmt::format("'{}' is not a file of PEM certificates", options.ca_file));
    }
  }
  return grpc::SslCredentials(ssl);
}

}  // namespace

Result<std::shared_ptr<grpc::Channel>> MakeConnectChannel(const ConnectAddress& address,
                                                          const ConnectOptions& options) {
  ASSIGN_OR_RETURN(const auto credentials, CredentialsOf(address, options));
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetMaxSendMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  // After a lost connection the next attempt must not wait for gRPC's own, longer delay.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 5000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 5000);
  // A channel of its own per session: gRPC would else share a connection, and a broken one with it.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address.target(), credentials, arguments);
}

Status CheckConnectHeaders(const ConnectHeaders& headers) {
  for (const auto& [name, value] : headers) {
    if (IsHeaderName(name) && IsHeaderValue(value)) continue;
    return InvalidInput(fmt::format(
        "the header '{}' of the server's calls has characters that no header may have", name));
  }
  return {};
}

}  // namespace ember
