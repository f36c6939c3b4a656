#include "server/analyze_handler.h"

#include <utility>

#include "codec/decode.h"
#include "codec/type_codec.h"
#include "plan/dump.h"
#include "spark/connect/base.pb.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;
using Request = proto::AnalyzePlanRequest;
using Response = proto::AnalyzePlanResponse;

// Dataset.persist without a level: MEMORY_AND_DISK.
constexpr StorageLevel kMemoryAndDisk{
    .use_disk = true, .use_memory = true, .use_off_heap = false, .deserialized = true};

StorageLevel LevelOf(const proto::StorageLevel& level) {
  return {.use_disk = level.use_disk(),
          .use_memory = level.use_memory(),
          .use_off_heap = level.use_off_heap(),
          .deserialized = level.deserialized(),
          .replication = level.replication()};
}

ExplainMode ModeOf(Request::Explain::ExplainMode mode) {
  if (mode == Request::Explain::EXPLAIN_MODE_EXTENDED) return ExplainMode::kExtended;
  if (mode == Request::Explain::EXPLAIN_MODE_CODEGEN) return ExplainMode::kCodegen;
  if (mode == Request::Explain::EXPLAIN_MODE_COST) return ExplainMode::kCost;
  if (mode == Request::Explain::EXPLAIN_MODE_FORMATTED) return ExplainMode::kFormatted;
  return ExplainMode::kSimple;
}

// DataType.fromDDL: one type, or the fields of a struct.
Result<DataType> ParseDdl(const std::string& text) {
  Result<DataType> type = ParseDataType(text);
  if (type.ok()) return type;
  ASSIGN_OR_RETURN(Schema schema, ParseDdlSchema(text));
  return StructType(std::move(schema));
}

// Dataset.isLocal: collect needs no execution.
bool IsLocal(const Relation& relation) {
  return std::holds_alternative<LocalRelation>(relation.node) ||
         std::holds_alternative<CachedLocalRelation>(relation.node) ||
         std::holds_alternative<ValuesRelation>(relation.node);
}

class Analysis {
 public:
  Analysis(ServerSession& session, const Request& request, Response* response)
      : session_(session), request_(request), response_(response) {}

  Status Run() {
    switch (request_.analyze_case()) {
      case Request::kSchema:
        return SchemaOf();
      case Request::kExplain:
        return Explain();
      case Request::kTreeString:
        return Tree();
      case Request::kIsLocal: {
        ASSIGN_OR_RETURN(RelationPtr relation, Decode(request_.is_local().plan()));
        RETURN_IF_ERROR(CheckPlan(relation));
        response_->mutable_is_local()->set_is_local(IsLocal(*relation));
        return {};
      }
      case Request::kIsStreaming: {
        ASSIGN_OR_RETURN(RelationPtr relation, Decode(request_.is_streaming().plan()));
        RETURN_IF_ERROR(CheckPlan(relation));
        response_->mutable_is_streaming()->set_is_streaming(false);
        return {};
      }
      case Request::kInputFiles:
        return InputFiles();
      case Request::kSparkVersion:
        response_->mutable_spark_version()->set_version(engine().SparkVersion());
        return {};
      case Request::kDdlParse: {
        ASSIGN_OR_RETURN(DataType type, ParseDdl(request_.ddl_parse().ddl_string()));
        EncodeType(type, response_->mutable_ddl_parse()->mutable_parsed());
        return {};
      }
      case Request::kSameSemantics:
        return SameSemantics();
      case Request::kSemanticHash: {
        ASSIGN_OR_RETURN(RelationPtr relation, Decode(request_.semantic_hash().plan()));
        RETURN_IF_ERROR(CheckPlan(relation));
        const uint64_t hash = SemanticHash(*relation);
        response_->mutable_semantic_hash()->set_result(static_cast<int32_t>(hash ^ (hash >> 32)));
        return {};
      }
      case Request::kPersist:
        return Persist();
      case Request::kUnpersist: {
        ASSIGN_OR_RETURN(RelationPtr relation, Decode(request_.unpersist().relation()));
        RETURN_IF_ERROR(CheckPlan(relation));
        response_->mutable_unpersist();
        return engine().Unpersist(relation, request_.unpersist().blocking());
      }
      case Request::kGetStorageLevel:
        return StorageLevelOf();
      case Request::kJsonToDdl: {
        ASSIGN_OR_RETURN(Schema schema, ParseSchemaText(request_.json_to_ddl().json_string()));
        response_->mutable_json_to_ddl()->set_ddl_string(SchemaDdl(schema));
        return {};
      }
      case Request::ANALYZE_NOT_SET:
        break;
    }
    return Unsupported("an analysis that this version does not know");
  }

 private:
  Session& engine() { return session_.session(); }

  Result<RelationPtr> Decode(const proto::Relation& relation) {
    const DecodeContext context = session_.MakeDecodeContext();
    return DecodeRelation(relation, context);
  }

  Result<RelationPtr> Decode(const proto::Plan& plan) {
    if (!plan.has_root()) return Unsupported("the analysis of a command");
    return Decode(plan.root());
  }

  // Each analysis makes a Dataset first, which resolves the plan: df["no such column"] asks only
  // whether its plan is local.
  Status CheckPlan(const RelationPtr& relation) {
    const Result<Schema> schema = engine().AnalyzeSchema(relation);
    if (!schema.ok()) return schema.error();
    return {};
  }

  Status SchemaOf() {
    const auto& plan = request_.schema().plan();
    Schema schema;
    if (!plan.has_command()) {
      ASSIGN_OR_RETURN(RelationPtr relation, Decode(plan));
      ASSIGN_OR_RETURN(schema, engine().AnalyzeSchema(std::move(relation)));
    }
    EncodeSchema(schema, response_->mutable_schema()->mutable_schema());
    return {};
  }

  Status Explain() {
    ASSIGN_OR_RETURN(RelationPtr relation, Decode(request_.explain().plan()));
    ASSIGN_OR_RETURN(
        std::string text,
        engine().ExplainText(std::move(relation), ModeOf(request_.explain().explain_mode())));
    response_->mutable_explain()->set_explain_string(std::move(text));
    return {};
  }

  Status Tree() {
    ASSIGN_OR_RETURN(RelationPtr relation, Decode(request_.tree_string().plan()));
    ASSIGN_OR_RETURN(Schema schema, engine().AnalyzeSchema(std::move(relation)));
    const int level = request_.tree_string().has_level() ? request_.tree_string().level() : -1;
    response_->mutable_tree_string()->set_tree_string(TreeString(schema, level));
    return {};
  }

  Status InputFiles() {
    ASSIGN_OR_RETURN(RelationPtr relation, Decode(request_.input_files().plan()));
    ASSIGN_OR_RETURN(auto files, engine().InputFiles(std::move(relation)));
    auto* out = response_->mutable_input_files();
    for (std::string& file : files) out->add_files(std::move(file));
    return {};
  }

  Status SameSemantics() {
    ASSIGN_OR_RETURN(RelationPtr target, Decode(request_.same_semantics().target_plan()));
    ASSIGN_OR_RETURN(RelationPtr other, Decode(request_.same_semantics().other_plan()));
    RETURN_IF_ERROR(CheckPlan(target));
    RETURN_IF_ERROR(CheckPlan(other));
    ASSIGN_OR_RETURN(const bool same, engine().SameSemantics(std::move(target), std::move(other)));
    response_->mutable_same_semantics()->set_result(same);
    return {};
  }

  Status Persist() {
    ASSIGN_OR_RETURN(RelationPtr relation, Decode(request_.persist().relation()));
    response_->mutable_persist();
    const StorageLevel level = request_.persist().has_storage_level()
                                   ? LevelOf(request_.persist().storage_level())
                                   : kMemoryAndDisk;
    return engine().Persist(std::move(relation), level);
  }

  Status StorageLevelOf() {
    ASSIGN_OR_RETURN(RelationPtr relation, Decode(request_.get_storage_level().relation()));
    RETURN_IF_ERROR(CheckPlan(relation));
    ASSIGN_OR_RETURN(const StorageLevel level, engine().GetStorageLevel(std::move(relation)));
    auto* out = response_->mutable_get_storage_level()->mutable_storage_level();
    out->set_use_disk(level.use_disk);
    out->set_use_memory(level.use_memory);
    out->set_use_off_heap(level.use_off_heap);
    out->set_deserialized(level.deserialized);
    out->set_replication(level.replication);
    return {};
  }

  ServerSession& session_;
  const Request& request_;
  Response* response_;
};

}  // namespace

Status Analyze(ServerSession& session, const Request& request, Response* response) {
  return Analysis(session, request, response).Run();
}

}  // namespace ember
