#include "emulator/session_gateway.h"

#include <fmt/format.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "base/uuid.h"
#include "emulator/session_guard.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kSecondUs = 1000000;

grpc::ByteBuffer BufferOf(const std::string& text) {
  const grpc::Slice slice(text);
  return {&slice, 1};
}

std::string TextOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string text;
  if (!buffer.Dump(&slices).ok()) return text;
  for (const grpc::Slice& slice : slices)
    text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return text;
}

// Sends every message back as it comes, and ends as the method's name says.
class EchoCall final : public grpc::ServerGenericBidiReactor {
 public:
  explicit EchoCall(grpc::GenericCallbackServerContext* context) : context_(context) {
    const auto& metadata = context->client_metadata();
    context->AddInitialMetadata("answer-to", metadata.contains("question") ? "question" : "none");
    if (metadata.contains("authorization") || metadata.contains("x-aws-proxy-auth"))
      context->AddInitialMetadata("secret", "seen");
    if (context->method() == "/echo/early") {
      Finish({grpc::StatusCode::NOT_FOUND, "early", "details"});
    } else {
      StartRead(&message_);
    }
  }
  void OnReadDone(bool is_read) override {
    if (is_read) {
      StartWrite(&message_);
    } else {
      context_->AddTrailingMetadata("trailer", "end");
      Finish(grpc::Status::OK);
    }
  }
  void OnWriteDone(bool) override { StartRead(&message_); }
  void OnDone() override { delete this; }

 private:
  grpc::GenericCallbackServerContext* context_;
  grpc::ByteBuffer message_;
};

class EchoService final : public grpc::CallbackGenericService {
 public:
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    return new EchoCall(context);
  }
};

struct Answer {
  grpc::Status status;
  std::vector<std::string> messages;
  std::multimap<std::string, std::string> metadata;
};

class SessionGatewayTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / fmt::format("ember-gateway-{}", NewUuid());
    fs::create_directories(folder_);
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.SetMaxReceiveMessageSize(-1);
    builder.RegisterCallbackGenericService(&service_);
    backend_ = builder.BuildAndStart();
    auto gateway =
        SessionGateway::Start({.backend_port = port, .folder = folder_.string(), .now_us = [this] {
                                 return now_us_.load();
                               }});
    ASSERT_TRUE(gateway.ok());
    gateway_ = *std::move(gateway);
    std::ifstream file(gateway_->ca_file());
    grpc::SslCredentialsOptions tls;
    tls.pem_root_certs = {std::istreambuf_iterator<char>(file), {}};
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    stub_ = std::make_unique<grpc::GenericStub>(grpc::CreateCustomChannel(
        fmt::format("localhost:{}", gateway_->port()), grpc::SslCredentials(tls), arguments));
  }
  void TearDown() override {
    gateway_.reset();
    backend_->Shutdown(std::chrono::system_clock::now());
    fs::remove_all(folder_);
  }

  Answer Call(const std::string& method, const std::vector<std::string>& messages,
              const std::string& token, const std::string& session) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    context.AddMetadata("question", "yes");
    if (!token.empty()) context.AddMetadata("x-aws-proxy-auth", token);
    if (!session.empty()) context.AddMetadata("authorization", session);
    grpc::CompletionQueue queue;
    const auto wait = [&] {
      void* tag = nullptr;
      bool is_done = false;
      return queue.Next(&tag, &is_done) && is_done;
    };
    const auto call = stub_->PrepareCall(&context, method, &queue);
    Answer answer;
    call->StartCall(nullptr);
    bool is_open = wait();
    for (size_t i = 0; is_open && i < messages.size(); ++i) {
      call->Write(BufferOf(messages[i]), nullptr);
      is_open = wait();
      grpc::ByteBuffer message;
      if (is_open) call->Read(&message, nullptr);
      is_open = is_open && wait();
      if (is_open) answer.messages.push_back(TextOf(message));
    }
    if (is_open) {
      call->WritesDone(nullptr);
      wait();
    }
    call->Finish(&answer.status, nullptr);
    wait();
    for (const auto* metadata :
         {&context.GetServerInitialMetadata(), &context.GetServerTrailingMetadata()}) {
      for (const auto& [name, value] : *metadata)
        answer.metadata.emplace(std::string(name.data(), name.size()),
                                std::string(value.data(), value.size()));
    }
    return answer;
  }

  fs::path folder_;
  std::atomic<int64_t> now_us_ = 1000 * kSecondUs;
  EchoService service_;
  std::unique_ptr<grpc::Server> backend_;
  std::unique_ptr<SessionGateway> gateway_;
  std::unique_ptr<grpc::GenericStub> stub_;
};

TEST_F(SessionGatewayTest, PassesStreamsBothWays) {
  const std::string token = gateway_->Mint("session-1");
  const std::string large(5 << 20, 'x');
  const Answer answer = Call("/echo/any", {"one", "", large}, token, "session-1");
  EXPECT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.messages, (std::vector<std::string>{"one", "", large}));
  EXPECT_EQ(answer.metadata.find("answer-to")->second, "question");
  EXPECT_EQ(answer.metadata.find("trailer")->second, "end");
  EXPECT_FALSE(answer.metadata.contains("secret"));
}

TEST_F(SessionGatewayTest, PassesAnEarlyEnd) {
  const std::string token = gateway_->Mint("session-1");
  for (int i = 0; i < 50; ++i) {
    const Answer answer = Call("/echo/early", {"one", "two"}, token, "session-1");
    EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::NOT_FOUND);
    EXPECT_EQ(answer.status.error_message(), "early");
    EXPECT_EQ(answer.status.error_details(), "details");
  }
}

TEST_F(SessionGatewayTest, RefusesWhoHasNoToken) {
  const std::string token = gateway_->Mint("session-1");
  const auto code = [&](const std::string& with, const std::string& session) {
    return Call("/echo/any", {"one"}, with, session).status.error_code();
  };
  EXPECT_EQ(code(token, "session-1"), grpc::StatusCode::OK);
  EXPECT_EQ(code("", "session-1"), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(code(token, ""), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(code(token, "session-2"), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(code("made-up", "session-1"), grpc::StatusCode::UNAUTHENTICATED);
  now_us_ += 3599 * kSecondUs;
  EXPECT_EQ(code(token, "session-1"), grpc::StatusCode::OK);
  now_us_ += kSecondUs;
  EXPECT_EQ(code(token, "session-1"), grpc::StatusCode::UNAUTHENTICATED);
  const std::string next = gateway_->Mint("session-1");
  EXPECT_EQ(code(next, "session-1"), grpc::StatusCode::OK);
  gateway_->Revoke("session-1");
  EXPECT_EQ(code(next, "session-1"), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(SessionGatewayTest, SaysThatTheBackendIsGone) {
  const std::string token = gateway_->Mint("session-1");
  backend_->Shutdown(std::chrono::system_clock::now());
  EXPECT_EQ(Call("/echo/any", {"one"}, token, "session-1").status.error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

TEST(SessionGuardTest, LimitsTheCallsOfAnAddress) {
  int64_t now_us = 0;
  SessionGuard guard([&] { return now_us; });
  const std::string token = guard.Mint("s");
  for (int i = 0; i < 5000; ++i) {
    now_us = i * 1000;
    EXPECT_EQ(guard.Check("a", token, "s"), SessionEntry::kAllowed);
  }
  EXPECT_EQ(guard.Check("a", token, "s"), SessionEntry::kTooMany);
  EXPECT_EQ(guard.Check("b", token, "s"), SessionEntry::kAllowed);
  now_us = 300 * kSecondUs;
  EXPECT_EQ(guard.Check("a", token, "s"), SessionEntry::kAllowed);
  EXPECT_EQ(guard.Check("a", token, "s"), SessionEntry::kTooMany);
}

}  // namespace
}  // namespace ember
