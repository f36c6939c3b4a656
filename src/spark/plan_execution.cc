#include <algorithm>
#include <chrono>
#include <thread>

#include "base/uuid.h"
#include "spark/connect_client.h"

namespace ember {
namespace {

namespace sc = spark::connect;

constexpr int kMaxAttempts = 12;

// How long to wait before attempt `n`: 50 ms, doubled each time, 5 s at most.
std::chrono::milliseconds Backoff(int attempt) {
  return std::chrono::milliseconds(std::min(5000, 50 << std::min(attempt, 10)));
}

}  // namespace

PlanExecution::PlanExecution(std::shared_ptr<ConnectClient> client, sc::Plan plan,
                             std::stop_token stop)
    : client_(std::move(client)),
      plan_(std::move(plan)),
      stop_(std::move(stop)),
      operation_id_(NewUuid()) {
  Start();
}

PlanExecution::~PlanExecution() {
  if (!complete_ && !failed_) {
    (void)client_->Interrupt(operation_id_);
    context_->TryCancel();
    if (reader_) (void)reader_->Finish();
  }
  Release();
}

void PlanExecution::Start() {
  sc::ExecutePlanRequest request;
  client_->Identify(request);
  request.set_operation_id(operation_id_);
  *request.mutable_plan() = plan_;
  request.add_request_options()->mutable_reattach_options()->set_reattachable(true);
  context_ = client_->NewContext(false);
  reader_ = client_->stub().ExecutePlan(context_.get(), request);
}

void PlanExecution::Reattach() {
  sc::ReattachExecuteRequest request;
  client_->Identify(request);
  request.set_operation_id(operation_id_);
  if (!last_response_id_.empty()) request.set_last_response_id(last_response_id_);
  context_ = client_->NewContext(false);
  reader_ = client_->stub().ReattachExecute(context_.get(), request);
}

void PlanExecution::Release() {
  sc::ReleaseExecuteRequest request;
  client_->Identify(request);
  request.set_operation_id(operation_id_);
  request.mutable_release_all();
  sc::ReleaseExecuteResponse response;
  const auto context = client_->NewContext(true);
  // An operation that never began, or that failed, has nothing to release: the answer does not
  // matter.
  (void)client_->stub().ReleaseExecute(context.get(), request, &response);
}

Status PlanExecution::Recover(const grpc::Status& status) {
  if (stop_.stop_requested()) return MakeError("OPERATION_CANCELED");
  const bool lost = status.ok() || status.error_code() == grpc::StatusCode::UNAVAILABLE;
  if (!lost) {
    Error error = client_->ToError(status);
    // The server never got the request: nothing has run, so it may be sent again.
    const bool unknown_operation = error.condition == "INVALID_HANDLE.OPERATION_NOT_FOUND" &&
                                   last_response_id_.empty() && attempts_ > 0;
    if (!unknown_operation || attempts_ >= kMaxAttempts) return error;
    ++attempts_;
    Start();
    return {};
  }
  if (attempts_ >= kMaxAttempts) return client_->ToError(status);
  // A stream that ends in order before the result does is the server's way to ask for another
  // attach.
  if (!status.ok()) std::this_thread::sleep_for(Backoff(attempts_));
  ++attempts_;
  Reattach();
  return {};
}

Result<std::optional<sc::ExecutePlanResponse>> PlanExecution::Next() {
  if (complete_ || failed_) return std::optional<sc::ExecutePlanResponse>();
  const std::stop_callback interrupt(stop_, [this] {
    (void)client_->Interrupt(operation_id_);
    context_->TryCancel();
  });
  while (true) {
    sc::ExecutePlanResponse response;
    if (reader_->Read(&response)) {
      attempts_ = 0;
      last_response_id_ = response.response_id();
      if (!response.has_result_complete()) return std::optional(std::move(response));
      complete_ = true;
      (void)reader_->Finish();
      return std::optional<sc::ExecutePlanResponse>();
    }
    auto recovered = Recover(reader_->Finish());
    if (!recovered.ok()) {
      failed_ = true;
      return std::move(recovered).error();
    }
  }
}

}  // namespace ember
