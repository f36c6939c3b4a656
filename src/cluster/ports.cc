#include "cluster/ports.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace ember {
namespace {

class LoopbackSocket {
 public:
  LoopbackSocket() : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  LoopbackSocket(LoopbackSocket&& other) noexcept : descriptor_(other.descriptor_) {
    other.descriptor_ = -1;
  }
  LoopbackSocket(const LoopbackSocket&) = delete;
  LoopbackSocket& operator=(const LoopbackSocket&) = delete;
  ~LoopbackSocket() {
    if (descriptor_ >= 0) close(descriptor_);
  }

  bool Bind(int port) {
    // As Java's servers do: an address that a closed connection still waits on may be taken.
    const int reuse = 1;
    setsockopt(descriptor_, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof(reuse));
    const sockaddr_in address = Address(port);
    return bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  }
  bool Connect(int port) {
    const sockaddr_in address = Address(port);
    return connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  }
  int port() const {
    sockaddr_in address{};
    socklen_t size = sizeof(address);
    getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
  }

 private:
  static sockaddr_in Address(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
  }

  int descriptor_;
};

}  // namespace

Result<std::vector<int>> FindFreePorts(size_t count) {
  std::vector<LoopbackSocket> held;  // all at once, so that they differ
  std::vector<int> ports;
  for (size_t i = 0; i < count; ++i) {
    LoopbackSocket socket;
    if (!socket.Bind(0)) {
      return InvalidInput(std::string("no free port on 127.0.0.1: ") + std::strerror(errno));
    }
    ports.push_back(socket.port());
    held.push_back(std::move(socket));
  }
  return ports;
}

bool IsPortFree(int port) { return LoopbackSocket().Bind(port); }

bool PortAnswers(int port) { return LoopbackSocket().Connect(port); }

}  // namespace ember
