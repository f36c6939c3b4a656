#pragma once

// For tests: a strict HTTP/1.1 server on 127.0.0.1 whose answers, and ways of failing, a test
// decides.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "aws/http.h"

namespace ember {

struct LocalRequest {
  std::string method;
  std::string target;
  std::vector<HttpHeader> headers;
  std::string body;

  std::string Header(std::string_view name) const {
    const std::string* value = FindHttpHeader(headers, name);
    return value == nullptr ? "" : *value;
  }
};

enum class LocalFault { kNone, kReset, kTruncate, kSilence };

struct LocalReply {
  int status = 200;
  std::vector<HttpHeader> headers = {};
  std::string body = {};
  LocalFault fault = LocalFault::kNone;  // kTruncate: half of the body, then closed
};

class LocalHttpServer {
 public:
  using Handler = std::function<LocalReply(const LocalRequest&)>;

  explicit LocalHttpServer(Handler handler) : handler_(std::move(handler)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    CHECK(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    CHECK(listen(listener_, 64) == 0);
    CHECK(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { Accept(); });
  }
  ~LocalHttpServer() {
    is_stopping_ = true;
    acceptor_.join();
    for (std::thread& worker : workers_) worker.join();
    close(listener_);
  }
  LocalHttpServer(const LocalHttpServer&) = delete;
  LocalHttpServer& operator=(const LocalHttpServer&) = delete;

  int port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  /// What came, in order of arrival.
  std::vector<LocalRequest> requests() const {
    std::lock_guard lock(mutex_);
    return requests_;
  }
  /// Connections made so far.
  int connections() const { return connections_; }

 private:
  void Accept() {
    while (!is_stopping_) {
      pollfd waiting = {listener_, POLLIN, 0};
      if (poll(&waiting, 1, 20) <= 0) continue;
      const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) continue;
      ++connections_;
      workers_.emplace_back([this, connection] { Serve(connection); });
    }
  }

  // More bytes into `buffer`; false at the end of the connection or of the server.
  bool Receive(int connection, std::string& buffer) {
    while (!is_stopping_) {
      pollfd waiting = {connection, POLLIN, 0};
      if (poll(&waiting, 1, 20) <= 0) continue;
      char data[65536];
      const ssize_t got = recv(connection, data, sizeof data, 0);
      if (got <= 0) return false;
      buffer.append(data, got);
      return true;
    }
    return false;
  }

  static void Send(int connection, std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(sent);
    }
  }

  // False when the head is not what RFC 9112 asks for.
  static bool ParseHead(std::string_view head, LocalRequest& request, size_t& body_size) {
    const std::string_view line = head.substr(0, head.find("\r\n"));
    const size_t first = line.find(' ');
    const size_t last = line.rfind(' ');
    if (first == line.npos || first == last || line.substr(last + 1) != "HTTP/1.1") return false;
    request.method = line.substr(0, first);
    request.target = line.substr(first + 1, last - first - 1);
    if (!request.target.starts_with('/') || request.target.find(' ') != std::string::npos) {
      return false;
    }
    head.remove_prefix(std::min(line.size() + 2, head.size()));
    while (!head.empty()) {
      const std::string_view field = head.substr(0, head.find("\r\n"));
      head.remove_prefix(std::min(field.size() + 2, head.size()));
      const size_t colon = field.find(':');
      if (colon == field.npos || colon == 0) return false;
      std::string_view value = field.substr(colon + 1);
      while (value.starts_with(' ')) value.remove_prefix(1);
      request.headers.push_back({std::string(field.substr(0, colon)), std::string(value)});
    }
    if (request.Header("Host").empty() || !request.Header("Transfer-Encoding").empty())
      return false;
    const std::string size = request.Header("Content-Length");
    const bool has_body = request.method == "PUT" || request.method == "POST";
    if (has_body && size.empty()) return false;
    if (size.find_first_not_of("0123456789") != std::string::npos) return false;
    body_size = size.empty() ? 0 : std::stoul(size);
    return true;
  }

  void Serve(int connection) {
    std::string buffer;
    while (ServeOne(connection, buffer)) {
    }
    close(connection);
  }

  // Whether the connection stays open.
  bool ServeOne(int connection, std::string& buffer) {
    size_t end = 0;
    while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
      if (!Receive(connection, buffer)) return false;
      if (buffer[0] < 'A' || buffer[0] > 'Z') return false;  // TLS, for one
    }
    LocalRequest request;
    size_t body_size = 0;
    if (!ParseHead(std::string_view(buffer).substr(0, end), request, body_size)) {
      Send(connection, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
      return false;
    }
    buffer.erase(0, end + 4);
    while (buffer.size() < body_size) {
      if (!Receive(connection, buffer)) return false;
    }
    request.body = buffer.substr(0, body_size);
    buffer.erase(0, body_size);
    {
      std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    return Answer(connection, request, handler_(request));
  }

  bool Answer(int connection, const LocalRequest& request, const LocalReply& reply) {
    if (reply.fault == LocalFault::kReset) {
      const linger abort = {1, 0};
      setsockopt(connection, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
      return false;
    }
    if (reply.fault == LocalFault::kSilence) {
      std::string ignored;
      while (Receive(connection, ignored)) {
      }
      return false;
    }
    std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " X\r\n";
    for (const HttpHeader& header : reply.headers)
      text += header.name + ": " + header.value + "\r\n";
    if (FindHttpHeader(reply.headers, "Content-Length") == nullptr && reply.status != 204) {
      text += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
    }
    text += "\r\n";
    if (request.method != "HEAD") {
      text += reply.fault == LocalFault::kTruncate ? reply.body.substr(0, reply.body.size() / 2)
                                                   : reply.body;
    }
    Send(connection, text);
    return reply.fault == LocalFault::kNone;
  }

  Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> is_stopping_ = false;
  std::atomic<int> connections_ = 0;
  mutable std::mutex mutex_;
  std::vector<LocalRequest> requests_;  // guarded by mutex_
  std::thread acceptor_;
  std::vector<std::thread> workers_;  // the acceptor's
};

}  // namespace ember
