#include "emulator/http_server.h"

#include <fmt/format.h>
#include <httplib.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <thread>

namespace ember {
namespace {

constexpr int kThreads = 24;
constexpr size_t kMaxBodyBytes = size_t{16} << 20;
constexpr int kIdleSeconds = 5;  // of a connection that is kept open

// What cpp-httplib adds to the headers of a request; the client has not sent them.
constexpr std::array<std::string_view, 4> kAddedHeaders = {"REMOTE_ADDR", "REMOTE_PORT",
                                                           "LOCAL_ADDR", "LOCAL_PORT"};

// "Mon, 23 Nov 2026 08:00:00 GMT": clients with a wrong clock set it by this.
std::string HttpDate() {
  const time_t now = time(nullptr);
  struct tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 64> text{};
  strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return text.data();
}

EmulatorRequest Taken(const httplib::Request& request) {
  EmulatorRequest out;
  out.method = request.method;
  const size_t mark = request.target.find('?');
  out.path = request.target.substr(0, mark);
  if (mark != std::string::npos) out.query = request.target.substr(mark + 1);
  for (const auto& [name, value] : request.headers) {
    if (std::find(kAddedHeaders.begin(), kAddedHeaders.end(), name) == kAddedHeaders.end())
      out.headers.push_back({name, value});
  }
  out.body = request.body;
  return out;
}

}  // namespace

std::string EmulatorRequest::Header(std::string_view name) const {
  const std::string* value = FindHttpHeader(headers, name);
  return value == nullptr ? "" : *value;
}

struct EmulatorHttpServer::Parts {
  httplib::Server server;
  std::thread thread;
};

EmulatorHttpServer::EmulatorHttpServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

EmulatorHttpServer::~EmulatorHttpServer() {
  parts_->server.stop();
  if (parts_->thread.joinable()) parts_->thread.join();
}

Result<std::unique_ptr<EmulatorHttpServer>> EmulatorHttpServer::Start(const std::string& host,
                                                                      int port, Handler handler) {
  auto parts = std::make_unique<Parts>();
  httplib::Server& server = parts->server;
  server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  server.set_payload_max_length(kMaxBodyBytes);
  server.set_keep_alive_timeout(kIdleSeconds);
  server.set_keep_alive_max_count(1000);
  const auto answer = [handler = std::move(handler)](const httplib::Request& request,
                                                     httplib::Response& response) {
    const EmulatorAnswer given = handler(Taken(request));
    response.status = given.status;
    response.set_header("Date", HttpDate());
    for (const HttpHeader& header : given.headers) response.set_header(header.name, header.value);
    response.set_content(given.body, given.content_type);
  };
  server.Get(".*", answer);
  server.Post(".*", answer);
  server.Put(".*", answer);
  server.Delete(".*", answer);
  std::unique_ptr<EmulatorHttpServer> made(new EmulatorHttpServer(std::move(parts)));
  httplib::Server& running = made->parts_->server;
  made->port_ =
      port == 0 ? running.bind_to_any_port(host) : (running.bind_to_port(host, port) ? port : -1);
  if (made->port_ <= 0) {
    return InvalidInput(fmt::format(
        "cannot listen on {}:{}: is the port taken? --port 0 takes a free one", host, port));
  }
  made->parts_->thread = std::thread([&running] { running.listen_after_bind(); });
  running.wait_until_ready();
  return made;
}

}  // namespace ember
