#include "server/config_handler.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "spark/connect/base.pb.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;
using Operation = proto::ConfigRequest::Operation;

// SparkConnectConfigHandler.unsupportedConfigurations.
constexpr std::array<std::string_view, 3> kMeaninglessKeys = {
    "spark.sql.execution.arrow.enabled",
    "spark.sql.execution.arrow.pyspark.enabled",
    "spark.sql.execution.arrow.pyspark.fallback.enabled",
};

void Answer(const std::string& key, const std::optional<std::string>& value,
            proto::ConfigResponse* response) {
  auto* pair = response->add_pairs();
  pair->set_key(key);
  if (value) pair->set_value(*value);
  if (std::find(kMeaninglessKeys.begin(), kMeaninglessKeys.end(), key) != kMeaninglessKeys.end()) {
    response->add_warnings("The SQL config '" + key + "' is NOT supported in Spark Connect");
  }
}

Status Set(Session& session, const proto::ConfigRequest::Set& set,
           proto::ConfigResponse* response) {
  for (const auto& pair : set.pairs()) {
    const Status status = session.SetConfig(pair.key(), pair.value());
    if (!status.ok()) {
      // A silent set (the builder's config) goes on, with a warning.
      if (!set.silent()) return status;
      response->add_warnings("Failed to set " + pair.key() + " to Some(" + pair.value() +
                             ") due to " + status.error().ToString());
      continue;
    }
    Answer(pair.key(), std::nullopt, response);
    response->mutable_pairs()->rbegin()->set_value(pair.value());
  }
  return {};
}

void GetAll(Session& session, const proto::ConfigRequest::GetAll& all,
            proto::ConfigResponse* response) {
  for (const auto& [key, value] : session.AllConfig()) {
    // The prefix is taken off the keys it selects.
    if (key.starts_with(all.prefix())) Answer(key.substr(all.prefix().size()), value, response);
  }
}

}  // namespace

Status HandleConfig(Session& session, const proto::ConfigRequest& request,
                    proto::ConfigResponse* response) {
  const Operation& operation = request.operation();
  switch (operation.op_type_case()) {
    case Operation::kSet:
      return Set(session, operation.set(), response);
    case Operation::kGet:
      for (const std::string& key : operation.get().keys()) {
        ASSIGN_OR_RETURN(std::string value, session.GetConfig(key));
        Answer(key, value, response);
      }
      return {};
    case Operation::kGetWithDefault:
      for (const auto& pair : operation.get_with_default().pairs()) {
        std::optional<std::string> value = session.FindConfig(pair.key());
        if (!value && pair.has_value()) value = pair.value();
        Answer(pair.key(), value, response);
      }
      return {};
    case Operation::kGetOption:
      for (const std::string& key : operation.get_option().keys()) {
        Answer(key, session.FindConfig(key), response);
      }
      return {};
    case Operation::kGetAll:
      GetAll(session, operation.get_all(), response);
      return {};
    case Operation::kUnset:
      for (const std::string& key : operation.unset().keys()) {
        RETURN_IF_ERROR(session.UnsetConfig(key));
        Answer(key, std::nullopt, response);
      }
      return {};
    case Operation::kIsModifiable:
      for (const std::string& key : operation.is_modifiable().keys()) {
        Answer(key, session.IsModifiableConfig(key) ? "true" : "false", response);
      }
      return {};
    case Operation::OP_TYPE_NOT_SET:
      break;
  }
  return Unsupported("a config operation that this version does not know");
}

}  // namespace ember
