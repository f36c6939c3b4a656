#include "base/uuid.h"
#include "spark/connect_client.h"
#include "spark/retry.h"

namespace ember {
namespace {

namespace sc = spark::connect;

}  // namespace

PlanExecution::PlanExecution(std::shared_ptr<ConnectClient> client, sc::Plan plan,
                             std::stop_token stop)
    : client_(std::move(client)),
      plan_(std::move(plan)),
      stop_(std::move(stop)),
      operation_id_(NewUuid()) {}

PlanExecution::~PlanExecution() {
  if (reader_ == nullptr) return;
  if (!complete_ && !failed_) {
    Interrupt();
    (void)reader_->Finish();
  }
  client_->ReleaseExecution(operation_id_);
}

void PlanExecution::Interrupt() {
  (void)client_->Interrupt(operation_id_);
  const std::lock_guard lock(context_mutex_);
  if (context_ != nullptr) context_->TryCancel();
}

Result<grpc::ClientContext*> PlanExecution::NewContext(HeaderNeed need) {
  ASSIGN_OR_RETURN(auto context, client_->NewContext(0, need));
  reader_.reset();  // it belongs to the context before
  const std::lock_guard lock(context_mutex_);
  context_ = std::move(context);
  // A stop that came in between found the old one.
  if (stop_.stop_requested()) context_->TryCancel();
  return context_.get();
}

Status PlanExecution::Start(HeaderNeed need) {
  sc::ExecutePlanRequest request;
  client_->Identify(request);
  request.set_operation_id(operation_id_);
  *request.mutable_plan() = plan_;
  request.add_request_options()->mutable_reattach_options()->set_reattachable(true);
  ASSIGN_OR_RETURN(grpc::ClientContext * context, NewContext(need));
  reader_ = client_->stub().ExecutePlan(context, request);
  return {};
}

Status PlanExecution::Reattach(HeaderNeed need) {
  sc::ReattachExecuteRequest request;
  client_->Identify(request);
  request.set_operation_id(operation_id_);
  if (!last_response_id_.empty()) request.set_last_response_id(last_response_id_);
  ASSIGN_OR_RETURN(grpc::ClientContext * context, NewContext(need));
  reader_ = client_->stub().ReattachExecute(context, request);
  return {};
}

Status PlanExecution::Recover(const grpc::Status& status) {
  if (stop_.stop_requested()) return MakeError("OPERATION_CANCELED");
  if (client_->MayRenewHeaders(status) && !has_renewed_headers_) {
    has_renewed_headers_ = true;
    // Refused at the door: a plan that nobody has answered for has not begun.
    return last_response_id_.empty() ? Start(HeaderNeed::kNew) : Reattach(HeaderNeed::kNew);
  }
  const bool is_lost = status.ok() || status.error_code() == grpc::StatusCode::UNAVAILABLE;
  if (!is_lost) {
    Error error = client_->ToError(status);
    if (attempts_ == 0 || attempts_ >= kMaxRetries) return error;
    ++attempts_;
    // The server never got the request: nothing has run, so it may be sent again.
    if (error.condition == "INVALID_HANDLE.OPERATION_NOT_FOUND" && last_response_id_.empty()) {
      return Start();
    }
    // It got the request twice: the first one, delayed on its way, runs.
    if (error.condition == "INVALID_HANDLE.OPERATION_ALREADY_EXISTS") return Reattach();
    return error;
  }
  if (attempts_ >= kMaxRetries) return client_->ToError(status);
  // A stream that ends in order before the result does is the server's way to ask for another
  // attach.
  if (!status.ok()) SleepUnlessStopped(RetryDelay(attempts_), stop_);
  ++attempts_;
  return Reattach();
}

Result<std::optional<sc::ExecutePlanResponse>> PlanExecution::Next() {
  if (complete_ || failed_) return std::optional<sc::ExecutePlanResponse>();
  const auto fail = [this](Error error) {
    failed_ = true;
    return error;
  };
  if (stop_.stop_requested()) return fail(MakeError("OPERATION_CANCELED"));
  if (reader_ == nullptr) {
    if (Status started = Start(); !started.ok()) return fail(std::move(started).error());
  }
  const std::stop_callback interrupt(stop_, [this] { Interrupt(); });
  while (true) {
    sc::ExecutePlanResponse response;
    if (reader_->Read(&response)) {
      attempts_ = 0;
      has_renewed_headers_ = false;
      last_response_id_ = response.response_id();
      client_->Observe(response);
      if (!response.has_result_complete()) return std::optional(std::move(response));
      complete_ = true;
      (void)reader_->Finish();
      return std::optional<sc::ExecutePlanResponse>();
    }
    if (Status recovered = Recover(reader_->Finish()); !recovered.ok()) {
      return fail(std::move(recovered).error());
    }
  }
}

}  // namespace ember
