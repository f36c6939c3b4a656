#include "spark/connect_client.h"

#include <chrono>
#include <cstdlib>

#include "base/crc32.h"
#include "base/uuid.h"
#include "spark/remote_error.h"

namespace ember {
namespace {

namespace sc = spark::connect;

constexpr int kMaxMessageBytes = 128 * 1024 * 1024;

std::string LocalUser() {
  const char* user = std::getenv("USER");
  return user == nullptr || *user == '\0' ? "ember" : user;
}

}  // namespace

Result<std::shared_ptr<ConnectClient>> ConnectClient::Open(const ConnectAddress& address,
                                                           int timeout_seconds) {
  return std::shared_ptr<ConnectClient>(new ConnectClient(address, timeout_seconds));
}

ConnectClient::ConnectClient(const ConnectAddress& address, int timeout_seconds)
    : address_(address),
      timeout_seconds_(timeout_seconds),
      session_id_(address.session_id.empty() ? NewUuid() : address.session_id),
      user_id_(address.user_id.empty() ? LocalUser() : address.user_id) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetMaxSendMessageSize(kMaxMessageBytes);
  // A channel of its own per session: gRPC would else share a connection, and a broken one with it.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  channel_ = grpc::CreateCustomChannel(address.target(),
                                       address.use_ssl
                                           ? grpc::SslCredentials(grpc::SslCredentialsOptions())
                                           : grpc::InsecureChannelCredentials(),
                                       arguments);
  stub_ = sc::SparkConnectService::NewStub(channel_);
}

std::unique_ptr<grpc::ClientContext> ConnectClient::NewContext(bool has_deadline) const {  // NOLINT
  auto context = std::make_unique<grpc::ClientContext>();
  for (const auto& [key, value] : address_.headers) context->AddMetadata(key, value);
  if (!address_.token.empty()) context->AddMetadata("authorization", "Bearer " + address_.token);
  if (has_deadline) {
    context->set_deadline(std::chrono::system_clock::now() +
                          std::chrono::seconds(timeout_seconds_));
  }
  return context;
}

Error ConnectClient::ToError(const grpc::Status& status) {
  RemoteFailure failure = ReadFailure(status, address_.target());
  if (failure.error_id.empty()) return std::move(failure.error);
  sc::FetchErrorDetailsRequest request;
  Identify(request);
  request.set_error_id(failure.error_id);
  sc::FetchErrorDetailsResponse response;
  const auto context = NewContext(true);
  if (stub_->FetchErrorDetails(context.get(), request, &response).ok())
    AddDetails(response, failure.error);
  return std::move(failure.error);
}

Result<sc::AnalyzePlanResponse> ConnectClient::Analyze(sc::AnalyzePlanRequest request) {
  Identify(request);
  sc::AnalyzePlanResponse response;
  const auto context = NewContext(true);
  const grpc::Status status = stub_->AnalyzePlan(context.get(), request, &response);
  if (!status.ok()) return ToError(status);
  return response;
}

Result<sc::ConfigResponse> ConnectClient::Config(sc::ConfigRequest request) {
  Identify(request);
  sc::ConfigResponse response;
  const auto context = NewContext(true);
  const grpc::Status status = stub_->Config(context.get(), request, &response);
  if (!status.ok()) return ToError(status);
  return response;
}

Result<sc::ArtifactStatusesResponse> ConnectClient::ArtifactStatus(
    sc::ArtifactStatusesRequest request) {
  Identify(request);
  sc::ArtifactStatusesResponse response;
  const auto context = NewContext(true);
  const grpc::Status status = stub_->ArtifactStatus(context.get(), request, &response);
  if (!status.ok()) return ToError(status);
  return response;
}

Status ConnectClient::AddArtifact(const std::string& name, const std::string& bytes) {
  // Chunks of 32 KiB, as Spark's own client sends them: a first message with the totals, then the
  // rest.
  constexpr size_t kChunk = 32 * 1024;
  const auto context = NewContext(false);
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
  Identify(request);
  request.set_interrupt_type(sc::InterruptRequest::INTERRUPT_TYPE_OPERATION_ID);
  request.set_operation_id(operation_id);
  sc::InterruptResponse response;
  const auto context = NewContext(true);
  const grpc::Status status = stub_->Interrupt(context.get(), request, &response);
  if (!status.ok()) return ToError(status);
  return {};
}

Status ConnectClient::ReleaseSession() {
  sc::ReleaseSessionRequest request;
  Identify(request);
  sc::ReleaseSessionResponse response;
  const auto context = NewContext(true);
  const grpc::Status status = stub_->ReleaseSession(context.get(), request, &response);
  if (!status.ok()) return ToError(status);
  return {};
}

}  // namespace ember
