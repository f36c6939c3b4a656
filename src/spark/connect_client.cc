#include "spark/connect_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "base/crc32.h"
#include "base/uuid.h"
#include "spark/channel.h"
#include "spark/protocol_subset.h"
#include "spark/remote_error.h"
#include "spark/retry.h"
#include "spark/spark35_views.h"

namespace ember {
namespace {

namespace sc = spark::connect;

constexpr int kEndingTimeoutSeconds = 5;
constexpr size_t kRememberedSecrets = 4;

std::string LocalUser() {
  const char* user = std::getenv("USER");
  return user == nullptr || *user == '\0' ? "ember" : user;
}

}  // namespace

Result<std::shared_ptr<ConnectClient>> ConnectClient::Open(const ConnectAddress& address,
                                                           ConnectOptions options) {
  ASSIGN_OR_RETURN(auto channel, MakeConnectChannel(address, options));
  return std::shared_ptr<ConnectClient>(
      new ConnectClient(address, std::move(options), std::move(channel)));
}

ConnectClient::ConnectClient(const ConnectAddress& address, ConnectOptions options,
                             std::shared_ptr<grpc::Channel> channel)
    : address_(address),
      options_(std::move(options)),
      session_id_(address.session_id.empty() ? NewUuid() : address.session_id),
      user_id_(address.user_id.empty() ? LocalUser() : address.user_id),
      channel_(std::move(channel)),
      stub_(sc::SparkConnectService::NewStub(channel_)) {}

void ConnectClient::Remember(const std::string& secret) {
  const std::lock_guard lock(mutex_);
  if (std::find(sent_secrets_.begin(), sent_secrets_.end(), secret) != sent_secrets_.end()) return;
  sent_secrets_.push_back(secret);
  if (sent_secrets_.size() > kRememberedSecrets) sent_secrets_.pop_front();
}

Result<std::string> ConnectClient::Token() {
  if (!address_.token.empty() || options_.token == nullptr) return address_.token;
  ASSIGN_OR_RETURN(std::string token, options_.token());
  if (!IsHeaderValue(token)) {
    return InvalidInput("the token has characters that no header may have: give one line of text");
  }
  Remember(token);
  return token;
}

Result<std::unique_ptr<grpc::ClientContext>> ConnectClient::NewContext(int timeout_seconds,
                                                                       HeaderNeed need) {
  ASSIGN_OR_RETURN(const std::string token, Token());
  auto context = std::make_unique<grpc::ClientContext>();
  if (options_.headers != nullptr) {
    ASSIGN_OR_RETURN(const ConnectHeaders headers, options_.headers(need));
    RETURN_IF_ERROR(CheckConnectHeaders(headers));
    for (const auto& [key, value] : headers) {
      Remember(value);
      context->AddMetadata(key, value);
    }
  }
  for (const auto& [key, value] : address_.headers) context->AddMetadata(key, value);
  if (!token.empty()) context->AddMetadata("authorization", "Bearer " + token);
  if (timeout_seconds > 0) {
    context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(timeout_seconds));
  }
  return context;
}

void ConnectClient::Redact(std::string& text) {
  std::vector<std::string> secrets{address_.token};
  {
    const std::lock_guard lock(mutex_);
    secrets.insert(secrets.end(), sent_secrets_.begin(), sent_secrets_.end());
  }
  for (const auto& [key, value] : address_.headers) secrets.push_back(value);
  for (const std::string& secret : secrets) {
    if (secret.size() < 4) continue;
    for (size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
      text.replace(at, secret.size(), "***");
    }
  }
}

Error ConnectClient::ToError(const grpc::Status& status) {
  RemoteFailure failure =
      ReadFailure(status, {.target = address_.target(),
                           .uses_tls = address_.use_ssl || !options_.ca_file.empty(),
                           .has_token = !address_.token.empty() || options_.token != nullptr ||
                                        options_.headers != nullptr,
                           .timeout_seconds = options_.timeout_seconds});
  if (!failure.error_id.empty()) {
    sc::FetchErrorDetailsRequest request;
    Identify(request);
    request.set_error_id(failure.error_id);
    sc::FetchErrorDetailsResponse response;
    const auto context = NewContext(options_.timeout_seconds);
    if (context.ok() && stub_->FetchErrorDetails(context->get(), request, &response).ok()) {
      AddDetails(response, failure.error);
    }
  }
  // A server that was started again, or that ended the session, knows nothing of what ran.
  const std::string& condition = failure.error.condition;
  if (has_answered_ && (condition == "INVALID_HANDLE.SESSION_CHANGED" ||
                        condition == "INVALID_HANDLE.SESSION_NOT_FOUND")) {
    failure.error.message += fmt::format(
        " Spark at {} was started again or ended the session: what ran there has ended, "
        "and nothing runs a second time. Run it again.",
        address_.target());
  }
  Redact(failure.error.message);
  for (auto& [key, value] : failure.error.parameters) Redact(value);
  return std::move(failure.error);
}

template <typename Request, typename Response>
Result<Response> ConnectClient::Call(Method<Request, Response> method, Request request,
                                     Urgency urgency) {
  Identify(request);
  const bool is_ending = urgency == Urgency::kEnding;
  const std::stop_token stop = is_ending ? std::stop_token() : options_.stop;
  HeaderNeed need = HeaderNeed::kGood;
  for (int attempt = 0;; ++attempt) {
    if (stop.stop_requested()) return MakeError("OPERATION_CANCELED");
    ASSIGN_OR_RETURN(
        const auto context,
        NewContext(is_ending ? kEndingTimeoutSeconds : options_.timeout_seconds, need));
    Response response;
    grpc::Status status;
    {
      const std::stop_callback cancel(stop, [&] { context->TryCancel(); });
      status = ((*stub_).*method)(context.get(), request, &response);
    }
    if (status.ok()) {
      has_answered_ = true;
      Observe(response);
      return response;
    }
    if (stop.stop_requested()) return MakeError("OPERATION_CANCELED");
    if (MayRenewHeaders(status) && need == HeaderNeed::kGood) {
      need = HeaderNeed::kNew;
      continue;
    }
    const bool is_lost =
        has_answered_ && !is_ending && status.error_code() == grpc::StatusCode::UNAVAILABLE;
    if (!is_lost || attempt >= kMaxRetries) return ToError(status);
    SleepUnlessStopped(RetryDelay(attempt), stop);
  }
}

Status ConnectClient::RunCommand(const sc::Plan& plan) {
  sc::ExecutePlanRequest request;
  Identify(request);
  *request.mutable_plan() = plan;
  ASSIGN_OR_RETURN(const auto context, NewContext(options_.timeout_seconds));
  const std::stop_callback cancel(options_.stop, [&] { context->TryCancel(); });
  const auto reader = stub_->ExecutePlan(context.get(), request);
  sc::ExecutePlanResponse response;
  while (reader->Read(&response)) {
  }
  const grpc::Status status = reader->Finish();
  if (options_.stop.stop_requested()) return MakeError("OPERATION_CANCELED");
  if (!status.ok()) return ToError(status);
  return {};
}

Status ConnectClient::Adapt(google::protobuf::Message* message) {
  if (!is_spark35_) return {};
  // Once without a word to the server: what it lacks is said before it gets anything.
  const std::unique_ptr<google::protobuf::Message> trial(message->New());
  trial->CopyFrom(*message);
  RETURN_IF_ERROR(
      UseViewsForRelations(trial.get(), [](sc::Plan plan) { return AdaptToSpark35(&plan); }));
  RETURN_IF_ERROR(AdaptToSpark35(trial.get()));
  const std::lock_guard lock(views_mutex_);
  RETURN_IF_ERROR(UseViewsForRelations(message, [this](sc::Plan plan) -> Status {
    RETURN_IF_ERROR(AdaptToSpark35(&plan));
    return RunCommand(plan);
  }));
  return AdaptToSpark35(message);
}

Result<sc::AnalyzePlanResponse> ConnectClient::Analyze(sc::AnalyzePlanRequest request) {
  RETURN_IF_ERROR(Adapt(&request));
  return Call<sc::AnalyzePlanRequest, sc::AnalyzePlanResponse>(&Stub::AnalyzePlan,
                                                               std::move(request));
}

Result<sc::ConfigResponse> ConnectClient::Config(sc::ConfigRequest request) {
  return Call<sc::ConfigRequest, sc::ConfigResponse>(&Stub::Config, std::move(request));
}

Result<sc::ArtifactStatusesResponse> ConnectClient::ArtifactStatus(
    sc::ArtifactStatusesRequest request) {
  return Call<sc::ArtifactStatusesRequest, sc::ArtifactStatusesResponse>(&Stub::ArtifactStatus,
                                                                         std::move(request));
}

Status ConnectClient::AddArtifact(const std::string& name, const std::string& bytes) {
  // Chunks of 32 KiB, as Spark's own client sends them: a first message with the totals, then the
  // rest.
  constexpr size_t kChunk = 32 * 1024;
  ASSIGN_OR_RETURN(const auto context, NewContext(0));
  const std::stop_callback cancel(options_.stop, [&] { context->TryCancel(); });
  sc::AddArtifactsResponse response;
  const auto writer = stub_->AddArtifacts(context.get(), &response);
  const size_t chunks = bytes.empty() ? 1 : (bytes.size() + kChunk - 1) / kChunk;
  for (size_t i = 0; i < chunks; ++i) {
    sc::AddArtifactsRequest request;
    Identify(request);
    sc::AddArtifactsRequest::ArtifactChunk* chunk = nullptr;
    if (i == 0) {
      auto* begin = request.mutable_begin_chunk();
      begin->set_name(name);
      begin->set_total_bytes(static_cast<int64_t>(bytes.size()));
      begin->set_num_chunks(static_cast<int64_t>(chunks));
      chunk = begin->mutable_initial_chunk();
    } else {
      chunk = request.mutable_chunk();
    }
    chunk->set_data(bytes.substr(i * kChunk, kChunk));
    chunk->set_crc(Crc32(chunk->data()));
    if (!writer->Write(request)) break;
  }
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  if (!status.ok()) return ToError(status);
  return {};
}

Status ConnectClient::Interrupt(const std::string& operation_id) {
  sc::InterruptRequest request;
  request.set_interrupt_type(sc::InterruptRequest::INTERRUPT_TYPE_OPERATION_ID);
  request.set_operation_id(operation_id);
  auto response = Call<sc::InterruptRequest, sc::InterruptResponse>(
      &Stub::Interrupt, std::move(request), Urgency::kEnding);
  if (!response.ok()) return std::move(response).error();
  return {};
}

void ConnectClient::ReleaseExecution(const std::string& operation_id) {
  const std::lock_guard lock(release_mutex_);
  to_release_.push_back(operation_id);
  if (!releaser_.joinable())
    releaser_ = std::jthread([this](const std::stop_token& stop) { ReleaseExecutions(stop); });
  release_wanted_.notify_one();
}

void ConnectClient::ReleaseExecutions(const std::stop_token& stop) {
  while (true) {
    sc::ReleaseExecuteRequest request;
    {
      std::unique_lock lock(release_mutex_);
      const bool is_wanted =
          release_wanted_.wait(lock, stop, [this] { return !to_release_.empty(); });
      if (!is_wanted || stop.stop_requested()) return;
      request.set_operation_id(to_release_.front());
      to_release_.pop_front();
    }
    request.mutable_release_all();
    // An operation that never began, or that failed, has nothing to release: an error says nothing.
    (void)Call<sc::ReleaseExecuteRequest, sc::ReleaseExecuteResponse>(
        &Stub::ReleaseExecute, std::move(request), Urgency::kEnding);
  }
}

Status ConnectClient::ReleaseSession() {
  auto response = Call<sc::ReleaseSessionRequest, sc::ReleaseSessionResponse>(&Stub::ReleaseSession,
                                                                              {}, Urgency::kEnding);
  if (!response.ok()) return std::move(response).error();
  return {};
}

}  // namespace ember
