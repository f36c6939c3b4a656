#include "aws/http.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <latch>

#include "aws/local_http_server.h"

namespace ember {
namespace {

std::unique_ptr<HttpClient> Client() {
  Result<std::unique_ptr<HttpClient>> client = MakeCurlHttpClient();
  CHECK(client.ok());
  return *std::move(client);
}

LocalReply Echo(const LocalRequest& request) {
  return {.headers = {{"X-Method", request.method}, {"X-Empty", ""}},
          .body = request.target + "|" + request.body};
}

TEST(Http, SendsWhatItIsGiven) {
  LocalHttpServer server(Echo);
  auto client = Client();
  for (const std::string method : {"GET", "PUT", "POST", "DELETE"}) {
    const std::string body = method == "PUT" ? std::string(300000, 'x') : "";
    Result<HttpResponse> response = client->Send({.method = method,
                                                  .url = server.url() + "/a/../b%20c?x=1&y",
                                                  .headers = {{"X-Two", "2"}, {"X-None", ""}},
                                                  .body = body});
    ASSERT_TRUE(response.ok()) << response.error().ToString();
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "/a/../b%20c?x=1&y|" + body);
    EXPECT_EQ(*FindHttpHeader(response->headers, "x-METHOD"), method);
  }
  for (const LocalRequest& request : server.requests()) {
    EXPECT_EQ(request.Header("X-Two"), "2");
    EXPECT_NE(FindHttpHeader(request.headers, "X-None"), nullptr);
    EXPECT_EQ(FindHttpHeader(request.headers, "Expect"), nullptr);
  }
  EXPECT_EQ(server.connections(), 1) << "the connection is kept";
}

TEST(Http, HeadHasNoBody) {
  LocalHttpServer server(
      [](const LocalRequest&) { return LocalReply{.headers = {{"Content-Length", "12345"}}}; });
  Result<HttpResponse> response = Client()->Send({.method = "HEAD", .url = server.url() + "/x"});
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(*FindHttpHeader(response->headers, "Content-Length"), "12345");
}

TEST(Http, StreamsAPartOfAFile) {
  const std::string path = testing::TempDir() + "/ember_http_part";
  std::ofstream(path) << "0123456789";
  LocalHttpServer server(Echo);
  const HttpRequest request = {.method = "PUT",
                               .url = server.url() + "/f",
                               .file = HttpFileRange{.path = path, .offset = 3, .size = 4}};
  Result<HttpResponse> response = Client()->Send(request);
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->body, "/f|3456");
  HttpRequest too_long = request;
  too_long.file->size = 100;
  EXPECT_EQ(Client()->Send(too_long).error().condition, "EMBER_INVALID_INPUT");
}

TEST(Http, GivesGoodBodiesToTheSinkAndKeepsErrors) {
  LocalHttpServer server([](const LocalRequest& request) {
    return request.target == "/good" ? LocalReply{.body = std::string(1000000, 'g')}
                                     : LocalReply{.status = 503, .body = "<Error/>"};
  });
  auto client = Client();
  size_t taken = 0;
  HttpRequest request = {.url = server.url() + "/good", .sink = [&](std::string_view piece) {
                           taken += piece.size();
                           return Status();
                         }};
  ASSERT_TRUE(client->Send(request).ok());
  EXPECT_EQ(taken, 1000000u);
  request.url = server.url() + "/bad";
  Result<HttpResponse> bad = client->Send(request);
  ASSERT_TRUE(bad.ok());
  EXPECT_EQ(bad->status, 503);
  EXPECT_EQ(bad->body, "<Error/>");
  request.url = server.url() + "/good";
  request.sink = [](std::string_view) { return Status(InvalidInput("full")); };
  EXPECT_EQ(client->Send(request).error().message, "full");
  EXPECT_FALSE(client->Send({.url = server.url() + "/good", .max_body_bytes = 10}).ok());
}

std::string KindOf(const Result<HttpResponse>& response) {
  if (response.ok()) return "ok";
  const auto at = response.error().parameters.find("kind");
  return at == response.error().parameters.end() ? response.error().condition : at->second;
}

TEST(Http, SaysHowAnExchangeFailed) {
  std::atomic<LocalFault> fault = LocalFault::kNone;
  LocalHttpServer server(
      [&](const LocalRequest&) { return LocalReply{.body = "0123456789", .fault = fault}; });
  auto client = Client();
  fault = LocalFault::kReset;
  EXPECT_EQ(KindOf(client->Send({.url = server.url() + "/"})), "BROKEN");
  fault = LocalFault::kTruncate;
  EXPECT_EQ(KindOf(client->Send({.url = server.url() + "/"})), "BROKEN");
  fault = LocalFault::kSilence;
  EXPECT_EQ(KindOf(client->Send({.url = server.url() + "/", .total_timeout_ms = 100})), "TIMEOUT");
  EXPECT_EQ(KindOf(client->Send({.url = "http://127.0.0.1:1/"})), "CONNECT");
  EXPECT_EQ(KindOf(client->Send({.url = "http://no-such-host.invalid/"})), "CONNECT");
  EXPECT_EQ(KindOf(client->Send({.url = "https://127.0.0.1:" + std::to_string(server.port())})),
            "TLS");
  EXPECT_EQ(KindOf(client->Send({.url = "ftp://127.0.0.1/"})), "EMBER_INVALID_INPUT");
  EXPECT_EQ(KindOf(client->Send({.url = "nonsense"})), "EMBER_INVALID_INPUT");
}

TEST(Http, FollowsNoRedirect) {
  LocalHttpServer server([](const LocalRequest&) {
    return LocalReply{.status = 301, .headers = {{"Location", "/elsewhere"}}};
  });
  EXPECT_EQ(Client()->Send({.url = server.url() + "/"})->status, 301);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST(Http, StopsAtOnce) {
  LocalHttpServer server(
      [](const LocalRequest&) { return LocalReply{.fault = LocalFault::kSilence}; });
  std::stop_source source;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    source.request_stop();
  });
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(KindOf(Client()->Send({.url = server.url() + "/", .stop = source.get_token()})),
            "OPERATION_CANCELLED");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(900));
  EXPECT_EQ(KindOf(Client()->Send({.url = server.url() + "/", .stop = source.get_token()})),
            "OPERATION_CANCELLED");
}

TEST(Http, ServesManyThreads) {
  LocalHttpServer server(Echo);
  auto client = Client();
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 50; ++i) {
          const std::string body = std::to_string(t * 1000 + i);
          Result<HttpResponse> response =
              client->Send({.method = "PUT", .url = server.url() + "/k", .body = body});
          right += response.ok() && response->body == "/k|" + body;
        }
      });
    }
  }
  EXPECT_EQ(right, 400);
  EXPECT_LE(server.connections(), 8);
}

}  // namespace
}  // namespace ember
