#include "spark/remote_error.h"

#include <fmt/format.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "spark/connect/base.pb.h"

namespace ember {
namespace {

namespace sc = spark::connect;

constexpr auto kErrorClasses = std::to_array<ErrorClass>(
    {ErrorClass::kParse, ErrorClass::kAnalysis, ErrorClass::kArithmetic, ErrorClass::kArrayIndex,
     ErrorClass::kNumberFormat, ErrorClass::kDateTime, ErrorClass::kIllegalArgument,
     ErrorClass::kRuntime, ErrorClass::kUnsupported, ErrorClass::kNoSuchElement,
     ErrorClass::kUpgrade, ErrorClass::kSpark});

// The most specific class that we know: the server lists the thrown class first, then its
// ancestors.
ErrorClass ClassOf(const std::vector<std::string>& java_classes) {
  for (const std::string& java_class : java_classes) {
    for (const ErrorClass candidate : kErrorClasses) {
      if (JavaClassNames(candidate).front() == java_class) return candidate;
    }
  }
  return ErrorClass::kSpark;
}

std::string Metadata(const google::rpc::ErrorInfo& info, const std::string& key) {
  const auto it = info.metadata().find(key);
  return it == info.metadata().end() ? "" : it->second;
}

void ReadInfo(const google::rpc::ErrorInfo& info, RemoteFailure& failure) {
  Error& error = failure.error;
  const auto classes = nlohmann::json::parse(Metadata(info, "classes"), nullptr, false);
  std::vector<std::string> names;
  if (classes.is_array()) {
    for (const auto& name : classes) {
      if (name.is_string()) names.push_back(name.get<std::string>());
    }
  }
  if (names.empty()) names.push_back(info.reason());
  error.error_class = ClassOf(names);
  error.java_class = names.front();
  error.condition = Metadata(info, "errorClass");
  error.sqlstate = Metadata(info, "sqlState");
  failure.error_id = Metadata(info, "errorId");
  const auto parameters =
      nlohmann::json::parse(Metadata(info, "messageParameters"), nullptr, false);
  if (parameters.is_object()) {
    for (const auto& [key, value] : parameters.items()) {
      if (value.is_string()) error.parameters[key] = value.get<std::string>();
    }
  }
}

// Spark's own message begins with the condition; ours adds it when it prints.
std::string WithoutCondition(std::string message, const std::string& condition) {
  const std::string prefix = fmt::format("[{}] ", condition);
  if (!condition.empty() && message.starts_with(prefix)) message.erase(0, prefix.size());
  return message;
}

}  // namespace

RemoteFailure ReadFailure(const grpc::Status& status, const std::string& server) {
  RemoteFailure failure;
  Error& error = failure.error;
  error.error_class = ErrorClass::kSpark;
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
      error = InvalidInput(fmt::format("cannot reach the Spark Connect server at {}: {}", server,
                                       status.error_message()));
      return failure;
    case grpc::StatusCode::UNAUTHENTICATED:
    case grpc::StatusCode::PERMISSION_DENIED:
      error = InvalidInput(fmt::format("the Spark Connect server at {} refused the credentials: {}",
                                       server, status.error_message()));
      return failure;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      error = InvalidInput(
          fmt::format("the Spark Connect server at {} did not answer in time", server));
      return failure;
    case grpc::StatusCode::CANCELLED:
      error = MakeError("OPERATION_CANCELED");
      return failure;
    default:
      break;
  }
  google::rpc::Status details;
  if (details.ParseFromString(status.error_details())) {
    for (const auto& any : details.details()) {
      google::rpc::ErrorInfo info;
      if (any.Is<google::rpc::ErrorInfo>() && any.UnpackTo(&info)) ReadInfo(info, failure);
    }
  }
  if (error.condition == "OPERATION_CANCELED") error.error_class = ErrorClass::kCancelled;
  error.message = WithoutCondition(status.error_message(), error.condition);
  return failure;
}

void AddDetails(const sc::FetchErrorDetailsResponse& response, Error& error) {
  if (!response.has_root_error_idx() || response.root_error_idx() >= response.errors_size()) return;
  const auto& root = response.errors(response.root_error_idx());
  if (!root.has_spark_throwable()) return;
  const auto& throwable = root.spark_throwable();
  if (throwable.has_error_class()) error.condition = throwable.error_class();
  if (throwable.has_sql_state()) error.sqlstate = throwable.sql_state();
  for (const auto& [key, value] : throwable.message_parameters()) error.parameters[key] = value;
  for (const auto& context : throwable.query_contexts()) {
    error.query_contexts.push_back({.fragment = context.fragment(),
                                    .start_index = context.start_index(),
                                    .stop_index = context.stop_index()});
  }
  error.message = WithoutCondition(root.message(), error.condition);
}

}  // namespace ember
