#include <utility>

#include "codec/decoder.h"
#include "plan/attribute_name.h"
#include "spark/connect/commands.pb.h"

// Clients of Spark 4.0 and before use fields that the newest protocol calls deprecated.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace ember {
namespace {

namespace proto = ::spark::connect;
using ProtoCommand = proto::Command;

std::string_view UnsupportedName(ProtoCommand::CommandTypeCase type) {
  switch (type) {
    case ProtoCommand::kRegisterFunction:
      return "user-defined functions";
    case ProtoCommand::kWriteStreamOperationStart:
    case ProtoCommand::kStreamingQueryCommand:
    case ProtoCommand::kStreamingQueryManagerCommand:
    case ProtoCommand::kStreamingQueryListenerBusCommand:
      return "streaming queries";
    case ProtoCommand::kRegisterTableFunction:
      return "user-defined table functions";
    case ProtoCommand::kRegisterDataSource:
      return "Python data sources";
    case ProtoCommand::kCreateResourceProfileCommand:
      return "resource profiles";
    case ProtoCommand::kMergeIntoTableCommand:
      return "MERGE INTO";
    case ProtoCommand::kMlCommand:
      return "Spark ML";
    case ProtoCommand::kExecuteExternalCommand:
      return "external commands";
    case ProtoCommand::kPipelineCommand:
      return "declarative pipelines";
    case ProtoCommand::kExtension:
      return "Spark Connect command extensions";
    default:
      return "a Spark Connect command that this version does not know";
  }
}

Result<SaveMode> SaveModeOf(proto::WriteOperation::SaveMode mode) {
  switch (mode) {
    case proto::WriteOperation::SAVE_MODE_UNSPECIFIED:
    case proto::WriteOperation::SAVE_MODE_ERROR_IF_EXISTS:
      return SaveMode::kErrorIfExists;
    case proto::WriteOperation::SAVE_MODE_APPEND:
      return SaveMode::kAppend;
    case proto::WriteOperation::SAVE_MODE_OVERWRITE:
      return SaveMode::kOverwrite;
    case proto::WriteOperation::SAVE_MODE_IGNORE:
      return SaveMode::kIgnore;
    default:
      return Unsupported("a save mode that this version does not know");
  }
}

Result<Command> WriteOf(Decoder& decoder, const proto::WriteOperation& write) {
  if (write.with_schema_evolution()) return Unsupported("writes with schema evolution");
  WriteFiles out;
  ASSIGN_OR_RETURN(out.input, decoder.DecodeRelation(write.input()));
  ASSIGN_OR_RETURN(out.mode, SaveModeOf(write.mode()));
  out.format = write.source();
  if (write.has_table()) {
    ASSIGN_OR_RETURN(out.table, SplitAttributeName(write.table().table_name()));
    out.is_insert_into = write.table().save_method() ==
                         proto::WriteOperation::SaveTable::TABLE_SAVE_METHOD_INSERT_INTO;
  } else {
    out.path = write.path();
  }
  out.partition_by = Strings(write.partitioning_columns());
  out.sort_by = Strings(write.sort_column_names());
  out.cluster_by = Strings(write.clustering_columns());
  // SparkConnectPlanner leaves out a bucketBy that is not positive.
  if (write.has_bucket_by() && write.bucket_by().num_buckets() > 0) {
    out.bucket_by = Strings(write.bucket_by().bucket_column_names());
    out.buckets = write.bucket_by().num_buckets();
  }
  out.options = LowerCaseKeys(write.options());
  return Command{std::move(out)};
}

// df.writeTo(table): creating a table is what saveAsTable does. Spark refuses the rest for tables
// of files, when it runs.
Result<Command> WriteToOf(Decoder& decoder, const proto::WriteOperationV2& write) {
  if (write.mode() != proto::WriteOperationV2::MODE_CREATE) {
    const bool replaces = write.mode() == proto::WriteOperationV2::MODE_REPLACE ||
                          write.mode() == proto::WriteOperationV2::MODE_CREATE_OR_REPLACE;
    AlterTable refused{.what = replaces ? "replace as select" : "write to"};
    ASSIGN_OR_RETURN(refused.query, decoder.DecodeRelation(write.input()));
    ASSIGN_OR_RETURN(refused.name, SplitAttributeName(write.table_name()));
    return Command{std::move(refused)};
  }
  WriteFiles out;
  out.mode = SaveMode::kErrorIfExists;
  out.properties.insert(write.table_properties().begin(), write.table_properties().end());
  ASSIGN_OR_RETURN(out.input, decoder.DecodeRelation(write.input()));
  ASSIGN_OR_RETURN(out.table, SplitAttributeName(write.table_name()));
  out.format = write.provider();
  ASSIGN_OR_RETURN(auto partitioning, decoder.DecodeExpressions(write.partitioning_columns()));
  for (const ExpressionPtr& column : partitioning) {
    const auto* attribute = std::get_if<UnresolvedAttribute>(&column->node);
    if (attribute == nullptr || attribute->parts.size() != 1) {
      return Unsupported("writeTo(…).partitionedBy with a transform");
    }
    out.partition_by.push_back(attribute->parts.front());
  }
  out.cluster_by = Strings(write.clustering_columns());
  out.options = LowerCaseKeys(write.options());
  return Command{std::move(out)};
}

// SparkConnectPlanner parses the name as SQL: letters, digits and _, or anything in backticks.
Status CheckViewName(const std::string& name) {
  bool is_quoted = false;
  bool is_name = !name.empty();
  for (const char c : name) {
    if (c == '`') is_quoted = !is_quoted;
    is_name = is_name && (is_quoted || c == '`' || c == '.' || c == '_' || (c >= '0' && c <= '9') ||
                          (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
  }
  if (is_name && !is_quoted) return {};
  return MakeError("_LEGACY_ERROR_TEMP_1321", {{"viewName", name}});
}

Result<Command> CreateViewOf(Decoder& decoder, const proto::CreateDataFrameViewCommand& view) {
  CreateView out;
  ASSIGN_OR_RETURN(out.input, decoder.DecodeRelation(view.input()));
  RETURN_IF_ERROR(CheckViewName(view.name()));
  ASSIGN_OR_RETURN(out.name, SplitAttributeName(view.name()));
  out.is_global = view.is_global();
  out.or_replace = view.replace();
  return Command{std::move(out)};
}

// Older clients send the text in the command itself, 4.0 and later as its input relation.
Result<DecodedCommand> SqlOf(Decoder& decoder, const proto::SqlCommand& command) {
  proto::SQL legacy;
  const proto::SQL* sql = nullptr;
  SqlStatement out;
  if (command.has_input()) {
    const proto::Relation& input = command.input();
    const proto::Relation& root =
        input.has_with_relations() ? input.with_relations().root() : input;
    if (!root.has_sql()) return Unsupported("a SQL command without SQL");
    sql = &root.sql();
    ASSIGN_OR_RETURN(out.plan, decoder.DecodeRelation(input));
  } else {
    legacy.set_query(command.sql());
    *legacy.mutable_args() = command.args();
    *legacy.mutable_pos_args() = command.pos_args();
    *legacy.mutable_named_arguments() = command.named_arguments();
    *legacy.mutable_pos_arguments() = command.pos_arguments();
    sql = &legacy;
  }
  ASSIGN_OR_RETURN(out.query, decoder.DecodeSqlQuery(*sql));
  if (out.plan == nullptr) out.plan = MakeRelation(out.query);
  return DecodedCommand(std::move(out));
}

Result<DecodedCommand> AsDecoded(Result<Command> command) {
  if (!command.ok()) return std::move(command).error();
  return DecodedCommand(std::move(command).value());
}

}  // namespace

Result<DecodedCommand> DecodeCommand(const ProtoCommand& call, const DecodeContext& context) {
  Decoder decoder(context);
  switch (call.command_type_case()) {
    case ProtoCommand::kWriteOperation:
      return AsDecoded(WriteOf(decoder, call.write_operation()));
    case ProtoCommand::kWriteOperationV2:
      return AsDecoded(WriteToOf(decoder, call.write_operation_v2()));
    case ProtoCommand::kCreateDataframeView:
      return AsDecoded(CreateViewOf(decoder, call.create_dataframe_view()));
    case ProtoCommand::kSqlCommand:
      return SqlOf(decoder, call.sql_command());
    case ProtoCommand::kCheckpointCommand: {
      Checkpoint out;
      ASSIGN_OR_RETURN(out.input, decoder.DecodeRelation(call.checkpoint_command().relation()));
      out.is_eager = call.checkpoint_command().eager();
      return DecodedCommand(std::move(out));
    }
    case ProtoCommand::kRemoveCachedRemoteRelationCommand:
      return DecodedCommand(
          RemoveCheckpoint{call.remove_cached_remote_relation_command().relation().relation_id()});
    case ProtoCommand::kGetResourcesCommand:
      return DecodedCommand(GetResources{});
    default:
      return Unsupported(UnsupportedName(call.command_type_case()));
  }
}

}  // namespace ember
