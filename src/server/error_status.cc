#include "server/error_status.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "spark/connect/base.pb.h"

namespace ember {
namespace {

// Headers of HTTP/2 are limited to 8 KB: Spark leaves out parameters beyond 1 KB and cuts the
// message.
constexpr size_t kMaxParametersBytes = 1024;
constexpr size_t kMaxMessageBytes = 2048;

// Conditions that Spark raises as SparkSQLException, whatever their family.
constexpr std::string_view kSqlExceptions[] = {"INVALID_HANDLE.", "INVALID_CURSOR.",
                                               "OPERATION_CANCELED"};

// Error texts may hold bytes of user data; JSON and protobuf strings must be UTF-8.
std::string JsonText(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string ValidUtf8(const std::string& text) {
  const std::string quoted = JsonText(nlohmann::json(text));
  return nlohmann::json::parse(quoted).get<std::string>();
}

// Cuts at a character's boundary.
std::string Abbreviate(std::string text) {
  if (text.size() <= kMaxMessageBytes) return text;
  size_t end = kMaxMessageBytes - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::string HttpMessage(const Error& error) { return Abbreviate(ValidUtf8(WireMessage(error))); }

}  // namespace

std::vector<std::string> WireClassNames(const Error& error) {
  for (const std::string_view prefix : kSqlExceptions) {
    if (error.condition.starts_with(prefix)) {
      return {"org.apache.spark.SparkSQLException", "java.sql.SQLException", "java.lang.Exception",
              "java.lang.Throwable", "java.lang.Object"};
    }
  }
  std::vector<std::string> names = JavaClassNames(error.error_class);
  if (error.java_class.starts_with("org.")) names.insert(names.begin(), error.java_class);
  if (names.empty() || names.back() != "java.lang.Exception") {
    names.emplace_back("java.lang.Exception");
  }
  names.emplace_back("java.lang.Throwable");
  names.emplace_back("java.lang.Object");
  return names;
}

std::string WireMessage(const Error& error) {
  Error bare = error;
  bare.context.clear();
  std::string message = bare.ToString();
  for (const QueryContext& context : error.query_contexts) {
    if (context.fragment.empty()) continue;
    message +=
        (context.start_index < 0 ? "\n== DataFrame ==\n" : "\n== SQL ==\n") + context.fragment;
  }
  for (const std::string& context : error.context) message += "\nwhile " + context;
  return message;
}

grpc::Status ToGrpcStatus(const Error& error, const std::string& error_id) {
  const std::vector<std::string> classes = WireClassNames(error);
  google::rpc::ErrorInfo info;
  info.set_reason(classes.front());
  info.set_domain("org.apache.spark");
  auto& metadata = *info.mutable_metadata();
  metadata["classes"] = JsonText(nlohmann::json(classes));
  if (!error.sqlstate.empty()) metadata["sqlState"] = error.sqlstate;
  if (!error.condition.empty()) {
    std::string parameters = JsonText(nlohmann::json(error.parameters));
    if (parameters.size() <= kMaxParametersBytes) {
      metadata["errorClass"] = error.condition;
      metadata["messageParameters"] = std::move(parameters);
    }
  }
  if (!error_id.empty()) metadata["errorId"] = error_id;
  const std::string message = HttpMessage(error);
  google::rpc::Status status;
  status.set_code(grpc::StatusCode::INTERNAL);
  status.set_message(message);
  status.add_details()->PackFrom(info);
  return {grpc::StatusCode::INTERNAL, message, status.SerializeAsString()};
}

void FillErrorDetails(const Error& error, spark::connect::FetchErrorDetailsResponse* response) {
  using Response = spark::connect::FetchErrorDetailsResponse;
  response->set_root_error_idx(0);
  auto* out = response->add_errors();
  for (const std::string& name : WireClassNames(error)) out->add_error_type_hierarchy(name);
  out->set_message(ValidUtf8(WireMessage(error)));
  if (error.condition.empty()) return;
  auto* throwable = out->mutable_spark_throwable();
  throwable->set_error_class(error.condition);
  if (!error.sqlstate.empty()) throwable->set_sql_state(error.sqlstate);
  for (const auto& [name, value] : error.parameters) {
    (*throwable->mutable_message_parameters())[name] = ValidUtf8(value);
  }
  for (const QueryContext& context : error.query_contexts) {
    auto* encoded = throwable->add_query_contexts();
    encoded->set_context_type(context.start_index < 0 ? Response::QueryContext::DATAFRAME
                                                      : Response::QueryContext::SQL);
    encoded->set_start_index(context.start_index);
    encoded->set_stop_index(context.stop_index);
    encoded->set_fragment(ValidUtf8(context.fragment));
  }
}

}  // namespace ember
