#include "spark/remote_session.h"

#include <algorithm>
#include <cctype>

#include "codec/decode.h"
#include "codec/encode.h"
#include "codec/type_codec.h"
#include "spark/remote_stream.h"

namespace ember {
namespace {

namespace sc = spark::connect;

Result<sc::Plan> PlanOf(const RelationPtr& relation) {
  sc::Plan plan;
  RETURN_IF_ERROR(EncodeRelation(*relation, plan.mutable_root()));
  return plan;
}

sc::AnalyzePlanRequest::Explain::ExplainMode ToProto(ExplainMode mode) {
  switch (mode) {
    case ExplainMode::kSimple:
      return sc::AnalyzePlanRequest::Explain::EXPLAIN_MODE_SIMPLE;
    case ExplainMode::kExtended:
      return sc::AnalyzePlanRequest::Explain::EXPLAIN_MODE_EXTENDED;
    case ExplainMode::kCodegen:
      return sc::AnalyzePlanRequest::Explain::EXPLAIN_MODE_CODEGEN;
    case ExplainMode::kCost:
      return sc::AnalyzePlanRequest::Explain::EXPLAIN_MODE_COST;
    case ExplainMode::kFormatted:
      return sc::AnalyzePlanRequest::Explain::EXPLAIN_MODE_FORMATTED;
  }
  return sc::AnalyzePlanRequest::Explain::EXPLAIN_MODE_SIMPLE;
}

constexpr const char* kRowCountName = "ember_rows";

// The write with its rows counted on their way (CollectMetrics), at no cost.
WriteFiles WithRowCount(WriteFiles write) {
  CollectMetrics collect;
  collect.input = write.input;
  collect.name = kRowCountName;
  collect.metrics = {MakeExpression(ExpressionString{"count(1) AS rows"})};
  write.input = MakeRelation(std::move(collect));
  return write;
}

// Whether a sort key is the column `name`, however that is written.
bool IsColumn(const Expression& key, const std::string& name) {
  const auto* order = std::get_if<SortOrder>(&key.node);
  const Expression& child = order == nullptr ? key : *order->child;
  std::string text;
  if (const auto* column = std::get_if<UnresolvedAttribute>(&child.node))
    text = column->parts.back();
  if (const auto* sql = std::get_if<ExpressionString>(&child.node)) text = sql->text;
  std::erase(text, '`');
  return std::equal(text.begin(), text.end(), name.begin(), name.end(),
                    [](unsigned char a, unsigned char b) { return tolower(a) == tolower(b); });
}

// Rows that are sorted by the partition columns first go to their files without another sort, which
// Spark sees only without a CollectMetrics in between (V1Writes, OrderPreservingUnaryNode).
bool IsOrderedForPartitions(const WriteFiles& write) {
  if (write.partition_by.empty()) return false;
  const Relation* relation = write.input.get();
  while (relation != nullptr) {
    if (const auto* sort = std::get_if<Sort>(&relation->node)) {
      return !sort->order.empty() && IsColumn(*sort->order.front(), write.partition_by.front());
    }
    const RelationPtr* input = nullptr;
    if (const auto* project = std::get_if<Project>(&relation->node)) input = &project->input;
    if (const auto* columns = std::get_if<WithColumns>(&relation->node)) input = &columns->input;
    if (const auto* filter = std::get_if<Filter>(&relation->node)) input = &filter->input;
    relation = input == nullptr ? nullptr : input->get();
  }
  return false;
}

Status EncodeArguments(const SqlQuery& query, sc::SqlCommand* command) {
  auto* sql = command->mutable_input()->mutable_sql();
  sql->set_query(query.text);
  for (const auto& [name, argument] : query.named_arguments) {
    RETURN_IF_ERROR(EncodeExpression(*argument, &(*sql->mutable_named_arguments())[name]));
  }
  for (const auto& argument : query.positional_arguments) {
    RETURN_IF_ERROR(EncodeExpression(*argument, sql->add_pos_arguments()));
  }
  return {};
}

}  // namespace

RemoteSession::RemoteSession(std::shared_ptr<ConnectClient> client, ServerVersion version)
    : client_(std::move(client)), version_(std::move(version)) {}

RemoteSession::~RemoteSession() { (void)client_->ReleaseSession(); }

Result<std::unique_ptr<BatchStream>> RemoteSession::ExecutePlan(sc::Plan plan,
                                                                ExecuteOptions options) {
  ASSIGN_OR_RETURN(auto stream, RemoteStream::Open(client_, std::move(plan), std::move(options)));
  return std::unique_ptr<BatchStream>(std::move(stream));
}

Result<std::unique_ptr<BatchStream>> RemoteSession::Execute(RelationPtr relation,
                                                            ExecuteOptions options) {
  ASSIGN_OR_RETURN(sc::Plan plan, PlanOf(relation));
  return ExecutePlan(std::move(plan), std::move(options));
}

Result<RelationPtr> RemoteSession::Execute(const Command& command, ExecuteOptions options) {
  sc::Plan plan;
  RETURN_IF_ERROR(EncodeCommand(command, plan.mutable_command()));
  ASSIGN_OR_RETURN(const auto stream,
                   RemoteStream::Open(client_, std::move(plan), std::move(options)));
  RETURN_IF_ERROR(stream->Drain());
  return MakeRelation(ValuesRelation{});
}

Result<RelationPtr> RemoteSession::ExecuteSql(const SqlQuery& query, ExecuteOptions options) {
  sc::Plan plan;
  RETURN_IF_ERROR(EncodeArguments(query, plan.mutable_command()->mutable_sql_command()));
  ASSIGN_OR_RETURN(const auto stream,
                   RemoteStream::Open(client_, std::move(plan), std::move(options)));
  RETURN_IF_ERROR(stream->Drain());
  if (stream->command_result()) return DecodeRelation(*stream->command_result());
  return MakeRelation(query);
}

Result<WriteResult> RemoteSession::Write(const WriteFiles& write, ExecuteOptions options) {
  const bool is_counted = version_.major >= 4 && !IsOrderedForPartitions(write);
  sc::Plan plan;
  RETURN_IF_ERROR(
      EncodeCommand(Command{is_counted ? WithRowCount(write) : write}, plan.mutable_command()));
  ASSIGN_OR_RETURN(const auto stream,
                   RemoteStream::Open(client_, std::move(plan), std::move(options)));
  RETURN_IF_ERROR(stream->Drain());
  return WriteResult{
      .rows = stream->ObservedCount(kRowCountName).value_or(-1), .bytes = -1, .files = {}};
}

Result<Schema> RemoteSession::AnalyzeSchema(RelationPtr relation) {
  sc::AnalyzePlanRequest request;
  ASSIGN_OR_RETURN(*request.mutable_schema()->mutable_plan(), PlanOf(relation));
  ASSIGN_OR_RETURN(const auto response, client_->Analyze(std::move(request)));
  return DecodeSchema(response.schema().schema());
}

Result<std::string> RemoteSession::ExplainText(RelationPtr relation, ExplainMode mode) {
  sc::AnalyzePlanRequest request;
  ASSIGN_OR_RETURN(*request.mutable_explain()->mutable_plan(), PlanOf(relation));
  request.mutable_explain()->set_explain_mode(ToProto(mode));
  ASSIGN_OR_RETURN(const auto response, client_->Analyze(std::move(request)));
  return response.explain().explain_string();
}

Result<std::vector<std::string>> RemoteSession::InputFiles(RelationPtr relation) {
  sc::AnalyzePlanRequest request;
  ASSIGN_OR_RETURN(*request.mutable_input_files()->mutable_plan(), PlanOf(relation));
  ASSIGN_OR_RETURN(const auto response, client_->Analyze(std::move(request)));
  return std::vector<std::string>(response.input_files().files().begin(),
                                  response.input_files().files().end());
}

Result<bool> RemoteSession::SameSemantics(RelationPtr a, RelationPtr b) {
  sc::AnalyzePlanRequest request;
  ASSIGN_OR_RETURN(*request.mutable_same_semantics()->mutable_target_plan(), PlanOf(a));
  ASSIGN_OR_RETURN(*request.mutable_same_semantics()->mutable_other_plan(), PlanOf(b));
  ASSIGN_OR_RETURN(const auto response, client_->Analyze(std::move(request)));
  return response.same_semantics().result();
}

Status RemoteSession::Persist(RelationPtr relation, StorageLevel level) {
  sc::AnalyzePlanRequest request;
  RETURN_IF_ERROR(EncodeRelation(*relation, request.mutable_persist()->mutable_relation()));
  auto* storage = request.mutable_persist()->mutable_storage_level();
  storage->set_use_disk(level.use_disk);
  storage->set_use_memory(level.use_memory);
  storage->set_use_off_heap(level.use_off_heap);
  storage->set_deserialized(level.deserialized);
  storage->set_replication(level.replication);
  auto response = client_->Analyze(std::move(request));
  if (!response.ok()) return std::move(response).error();
  return {};
}

Status RemoteSession::Unpersist(RelationPtr relation, bool blocking) {  // NOLINT: Spark's own flag
  sc::AnalyzePlanRequest request;
  RETURN_IF_ERROR(EncodeRelation(*relation, request.mutable_unpersist()->mutable_relation()));
  request.mutable_unpersist()->set_blocking(blocking);
  auto response = client_->Analyze(std::move(request));
  if (!response.ok()) return std::move(response).error();
  return {};
}

Result<StorageLevel> RemoteSession::GetStorageLevel(RelationPtr relation) {
  sc::AnalyzePlanRequest request;
  RETURN_IF_ERROR(
      EncodeRelation(*relation, request.mutable_get_storage_level()->mutable_relation()));
  ASSIGN_OR_RETURN(const auto response, client_->Analyze(std::move(request)));
  const auto& level = response.get_storage_level().storage_level();
  return StorageLevel{.use_disk = level.use_disk(),
                      .use_memory = level.use_memory(),
                      .use_off_heap = level.use_off_heap(),
                      .deserialized = level.deserialized(),
                      .replication = level.replication()};
}

Result<std::string> RemoteSession::GetConfig(const std::string& key) {
  sc::ConfigRequest request;
  request.mutable_operation()->mutable_get()->add_keys(key);
  ASSIGN_OR_RETURN(const auto response, client_->Config(std::move(request)));
  return response.pairs_size() == 0 ? std::string() : response.pairs(0).value();
}

std::optional<std::string> RemoteSession::FindConfig(const std::string& key) {
  sc::ConfigRequest request;
  request.mutable_operation()->mutable_get_option()->add_keys(key);
  auto response = client_->Config(std::move(request));
  if (!response.ok() || response->pairs_size() == 0 || !response->pairs(0).has_value())
    return std::nullopt;
  return response->pairs(0).value();
}

Status RemoteSession::SetConfig(const std::string& key, const std::string& value) {
  return SetConfigs({{key, value}});
}

Status RemoteSession::SetConfigs(const std::map<std::string, std::string>& config) {
  if (config.empty()) return {};
  sc::ConfigRequest request;
  for (const auto& [key, value] : config) {
    auto* pair = request.mutable_operation()->mutable_set()->add_pairs();
    pair->set_key(key);
    pair->set_value(value);
  }
  auto response = client_->Config(std::move(request));
  if (!response.ok()) return std::move(response).error();
  return {};
}

Status RemoteSession::UnsetConfig(const std::string& key) {
  sc::ConfigRequest request;
  request.mutable_operation()->mutable_unset()->add_keys(key);
  auto response = client_->Config(std::move(request));
  if (!response.ok()) return std::move(response).error();
  return {};
}

std::map<std::string, std::string> RemoteSession::AllConfig() {
  sc::ConfigRequest request;
  request.mutable_operation()->mutable_get_all();
  std::map<std::string, std::string> all;
  auto response = client_->Config(std::move(request));
  if (!response.ok()) return all;
  for (const auto& pair : response->pairs()) all[pair.key()] = pair.value();
  return all;
}

bool RemoteSession::IsModifiableConfig(const std::string& key) {
  sc::ConfigRequest request;
  request.mutable_operation()->mutable_is_modifiable()->add_keys(key);
  auto response = client_->Config(std::move(request));
  return response.ok() && response->pairs_size() > 0 && response->pairs(0).value() == "true";
}

Status RemoteSession::AddArtifact(const std::string& name, std::string bytes) {
  return client_->AddArtifact(name, bytes);
}

bool RemoteSession::HasArtifact(const std::string& name) {
  sc::ArtifactStatusesRequest request;
  request.add_names(name);
  auto response = client_->ArtifactStatus(std::move(request));
  if (!response.ok()) return false;
  const auto it = response->statuses().find(name);
  return it != response->statuses().end() && it->second.exists();
}

Result<std::shared_ptr<RemoteSession>> ConnectRemoteSession(
    const std::string& url, ConnectOptions options,
    const std::map<std::string, std::string>& config) {
  ASSIGN_OR_RETURN(const ConnectAddress address, ParseConnectAddress(url));
  ASSIGN_OR_RETURN(auto client, ConnectClient::Open(address, std::move(options)));
  sc::AnalyzePlanRequest request;
  request.mutable_spark_version();
  ASSIGN_OR_RETURN(const auto answer, client->Analyze(std::move(request)));
  ASSIGN_OR_RETURN(ServerVersion version,
                   ParseServerVersion(answer.spark_version().version(), address.target()));
  if (version.major < 4) client->LimitToSpark35();
  auto session = std::make_shared<RemoteSession>(std::move(client), std::move(version));
  RETURN_IF_ERROR(session->SetConfigs(config));
  return session;
}

Result<SparkConnection> ConnectSpark(const std::string& url, ConnectOptions options,
                                     const std::map<std::string, std::string>& config) {
  ASSIGN_OR_RETURN(auto session, ConnectRemoteSession(url, std::move(options), config));
  SparkConnection connection{.session = session, .server = session->server()};
  return connection;
}

}  // namespace ember
