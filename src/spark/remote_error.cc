#include "spark/remote_error.h"

#include <fmt/format.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/error_conditions.h"
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

// Spark 3.5 tells the condition only at the head of its message, "[CONDITION.SUB] …".
void ReadConditionOfMessage(std::string_view message, Error& error) {
  while (message.starts_with('\n')) message.remove_prefix(1);
  const size_t end = message.find("] ");
  if (!message.starts_with('[') || end == std::string::npos) return;
  const std::string name(message.substr(1, end - 1));
  const bool is_name =
      name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") == std::string::npos;
  if (name.empty() || !is_name) return;
  error.condition = name;
  if (const ErrorConditionRow* row = FindErrorCondition(name); row != nullptr)
    error.sqlstate = row->sqlstate;
}

// Spark's own message begins with the condition and holds the SQLSTATE; ours adds them when it
// prints.
std::string BareMessage(std::string message, const Error& error) {
  while (message.starts_with('\n')) message.erase(0, 1);
  const std::string prefix = fmt::format("[{}] ", error.condition);
  if (!error.condition.empty() && message.starts_with(prefix)) message.erase(0, prefix.size());
  const std::string state = " SQLSTATE: " + error.sqlstate;
  const size_t at = error.sqlstate.empty() ? std::string::npos : message.find(state);
  if (at != std::string::npos) message.erase(at, state.size());
  while (message.ends_with('\n')) message.pop_back();
  return message;
}

// What to do about a connection that cannot be made. gRPC tells the reason only in its own prose.
struct ConnectAdvice {
  std::string_view sign;
  std::string_view advice;
};
constexpr auto kConnectAdvice = std::to_array<ConnectAdvice>({
    {"certificate verify failed",
     "Its certificate is signed by nobody whom this machine trusts: name the file with the "
     "authority's certificate (--ca FILE)."},
    {"Hostname Verification Check failed", "Its certificate is for another host name: use that."},
    {"wrong version number",
     "It does not speak TLS: leave out use_ssl=true, or name the port of "
     "the proxy that ends TLS."},
    {"Ssl handshake failed",
     "No TLS connection: see whether the port speaks TLS, and whether --ca "
     "names the authority that signed its certificate."},
    {"DNS resolution failed", "The host name is not known: see how it is written."},
    {"Name or service not known", "The host name is not known: see how it is written."},
    {"Connection refused",
     "Nothing listens there: start a Spark Connect server, or correct host and port (a Spark "
     "master's port, 7077, is none)."},
});

std::string_view AdviceFor(const std::string& reason, const CallPlace& place) {
  for (const ConnectAdvice& row : kConnectAdvice) {
    if (reason.find(row.sign) != std::string::npos) return row.advice;
  }
  if (place.uses_tls) {
    return "See whether the port speaks TLS and is that of a Spark Connect server.";
  }
  return "See whether the port is that of a Spark Connect server, and whether it wants TLS "
         "(;use_ssl=true).";
}

// A call that no Spark answered; without a condition when one did.
Error TransportError(const grpc::Status& status, const CallPlace& place) {
  const std::string& reason = status.error_message();
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
      return MakeError("EMBER_CONNECT.UNREACHABLE",
                       {{"server", place.target},
                        {"reason", reason},
                        {"advice", std::string(AdviceFor(reason, place))}});
    case grpc::StatusCode::UNAUTHENTICATED:
    case grpc::StatusCode::PERMISSION_DENIED:
      return MakeError(
          "EMBER_CONNECT.REFUSED",
          {{"server", place.target},
           {"reason", reason.empty() ? "no reason given" : reason},
           {"advice", place.has_token
                          ? "See whether the token is the server's, and still valid."
                          : "Give its token: ;token=… in the address, or in the environment "
                            "variable SPARK_CONNECT_AUTHENTICATE_TOKEN."}});
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return MakeError(
          "EMBER_CONNECT.NO_ANSWER",
          {{"server", place.target}, {"seconds", fmt::format("{}", place.timeout_seconds)}});
    case grpc::StatusCode::UNIMPLEMENTED:
      return MakeError("EMBER_CONNECT.REFUSED",
                       {{"server", place.target},
                        {"reason", reason},
                        {"advice", "It is no Spark Connect server, or an older one."}});
    case grpc::StatusCode::CANCELLED:
      return MakeError("OPERATION_CANCELED");
    default:
      return {};
  }
}

}  // namespace

RemoteFailure ReadFailure(const grpc::Status& status, const CallPlace& place) {
  RemoteFailure failure;
  Error& error = failure.error;
  error = TransportError(status, place);
  if (!error.condition.empty()) return failure;
  error.error_class = ErrorClass::kSpark;
  google::rpc::Status details;
  if (details.ParseFromString(status.error_details())) {
    for (const auto& any : details.details()) {
      google::rpc::ErrorInfo info;
      if (any.Is<google::rpc::ErrorInfo>() && any.UnpackTo(&info)) ReadInfo(info, failure);
    }
  }
  if (error.condition.empty()) ReadConditionOfMessage(status.error_message(), error);
  if (error.condition == "OPERATION_CANCELED") error.error_class = ErrorClass::kCancelled;
  error.message = BareMessage(status.error_message(), error);
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
  error.message = BareMessage(root.message(), error);
}

}  // namespace ember
