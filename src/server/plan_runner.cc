#include "server/plan_runner.h"

#include <atomic>
#include <chrono>
#include <utility>

#include "base/uuid.h"
#include "batch/batch.h"
#include "codec/decode.h"
#include "codec/encode.h"
#include "codec/type_codec.h"
#include "server/error_status.h"
#include "server/observed_metrics.h"
#include "server/rpc_message.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;
using Clock = std::chrono::steady_clock;
using Response = proto::ExecutePlanResponse;

constexpr std::string_view kTimeZoneKey = "spark.sql.session.timeZone";
constexpr std::chrono::milliseconds kProgressInterval(250);
constexpr int64_t kProgressTasks = 1000;
// Batches are cut to about this many bytes (spark.connect.grpc.arrow.maxBatchSize is 4 MB).
constexpr int64_t kBatchRows = 16'384;
constexpr int64_t kBatchBytes = int64_t{3} << 20;

Error Cancelled() { return MakeError("OPERATION_CANCELED", {}); }

// One plan of one operation.
class PlanRun {
 public:
  PlanRun(ServerSession& session, ServerOperation& operation)
      : session_(session),
        operation_(operation),
        next_progress_(Clock::now() + kProgressInterval) {}

  Status Run(const proto::Plan& plan) {
    if (plan.has_root()) {
      const DecodeContext context = session_.MakeDecodeContext();
      ASSIGN_OR_RETURN(RelationPtr relation, DecodeRelation(plan.root(), context));
      RETURN_IF_ERROR(SendRelation(relation));
      RETURN_IF_ERROR(SendObserved(relation));
    } else if (plan.has_command()) {
      RETURN_IF_ERROR(RunCommand(plan.command()));
    } else if (plan.has_compressed_operation()) {
      return Unsupported("compressed plans");
    } else {
      return Unsupported("a plan without a root");
    }
    Response complete;
    complete.mutable_result_complete();
    return Send(complete);
  }

 private:
  Status Send(Response& response) {
    std::string id = NewUuid();
    response.set_session_id(session_.client_id());
    response.set_server_side_session_id(session_.server_side_id());
    response.set_operation_id(operation_.id());
    response.set_response_id(id);
    if (!operation_.Push(std::move(id), SerializeMessage(response))) return Cancelled();
    return {};
  }

  ExecuteOptions Options() {
    return {.stop = operation_.stop_token(),
            .progress = [this](const Progress& progress) { SendProgress(progress); },
            .max_rows_per_batch = kBatchRows};
  }

  // A few a second: quick queries send none.
  void SendProgress(const Progress& progress) {
    const auto now = Clock::now();
    auto due = next_progress_.load();
    if (now < due || progress.fraction < 0) return;
    if (!next_progress_.compare_exchange_strong(due, now + kProgressInterval)) return;
    Response response;
    auto* stage = response.mutable_execution_progress()->add_stages();
    stage->set_num_tasks(kProgressTasks);
    stage->set_num_completed_tasks(static_cast<int64_t>(progress.fraction * kProgressTasks));
    stage->set_done(progress.fraction >= 1);
    response.mutable_execution_progress()->set_num_inflight_tasks(progress.fraction < 1 ? 1 : 0);
    (void)Send(response);  // a stopped operation ends by itself
  }

  // The schema first, then batches, at least one.
  Status SendRelation(RelationPtr relation) {
    ASSIGN_OR_RETURN(auto stream, session_.session().Execute(std::move(relation), Options()));
    Response header;
    EncodeSchema(stream->schema(), header.mutable_schema());
    RETURN_IF_ERROR(Send(header));
    const std::string zone =
        session_.session().FindConfig(std::string(kTimeZoneKey)).value_or("UTC");
    int64_t rows = 0;
    bool sent = false;
    while (true) {
      ASSIGN_OR_RETURN(std::optional<Batch> batch, stream->Next());
      if (!batch) break;
      if (batch->row_count() == 0) continue;
      RETURN_IF_ERROR(SendBatch(*batch, zone, rows));
      rows += batch->row_count();
      sent = true;
    }
    if (sent) return {};
    ASSIGN_OR_RETURN(std::string bytes, WriteEmptyIpcStream(stream->schema(), zone));
    return SendBytes(std::move(bytes), 0, 0);
  }

  Status SendObserved(const RelationPtr& plan) {
    Response response;
    RETURN_IF_ERROR(AddObservedMetrics(session_.session(), plan, Options(), response));
    return response.observed_metrics_size() == 0 ? Status() : Send(response);
  }

  Status SendBatch(const Batch& batch, const std::string& zone, int64_t start) {
    ASSIGN_OR_RETURN(std::string bytes, WriteIpcStream(batch, zone));
    const int64_t rows = batch.row_count();
    const auto size = static_cast<int64_t>(bytes.size());
    if (size <= kBatchBytes || rows == 1) return SendBytes(std::move(bytes), rows, start);
    bytes = std::string();
    const int64_t pieces = size / kBatchBytes + 1;
    const int64_t step = std::max<int64_t>(1, rows / pieces);
    for (int64_t offset = 0; offset < rows; offset += step) {
      const int64_t count = std::min(step, rows - offset);
      ASSIGN_OR_RETURN(Batch part, CopyRows(batch, offset, count));
      ASSIGN_OR_RETURN(std::string piece, WriteIpcStream(part, zone));
      RETURN_IF_ERROR(SendBytes(std::move(piece), count, start + offset));
    }
    return {};
  }

  Status SendBytes(std::string bytes, int64_t rows, int64_t start) {
    Response response;
    auto* batch = response.mutable_arrow_batch();
    batch->set_row_count(rows);
    batch->set_start_offset(start);
    batch->set_data(std::move(bytes));
    return Send(response);
  }

  Status RunCommand(const proto::Command& command) {
    const DecodeContext context = session_.MakeDecodeContext();
    ASSIGN_OR_RETURN(DecodedCommand decoded, DecodeCommand(command, context));
    if (const auto* plan = std::get_if<Command>(&decoded)) return RunPlanCommand(*plan);
    if (const auto* sql = std::get_if<SqlStatement>(&decoded)) return RunSql(*sql, command);
    if (const auto* checkpoint = std::get_if<Checkpoint>(&decoded))
      return RunCheckpoint(*checkpoint);
    if (const auto* remove = std::get_if<RemoveCheckpoint>(&decoded)) {
      const RelationPtr relation = session_.RemoveCheckpoint(remove->id);
      if (relation == nullptr) return {};
      return session_.session().Unpersist(relation, false);
    }
    Response resources;
    resources.mutable_get_resources_command_result();
    return Send(resources);
  }

  Status RunPlanCommand(const Command& command) {
    if (const auto* write = std::get_if<WriteFiles>(&command.node)) {
      auto written = session_.session().Write(*write, Options());
      if (!written.ok()) return std::move(written).error();
      return SendObserved(write->input);
    }
    auto answer = session_.session().Execute(command, Options());
    if (!answer.ok()) return std::move(answer).error();
    return {};
  }

  // A query goes back as the relation it came as (it runs when the client asks for rows); the
  // answer of a command that has run goes back as rows.
  Status RunSql(const SqlStatement& statement, const proto::Command& command) {
    Response response;
    proto::Relation* answer = response.mutable_sql_command_result()->mutable_relation();
    const bool names_relations = std::holds_alternative<WithTables>(statement.plan->node);
    RelationPtr result;
    if (names_relations) {
      ASSIGN_OR_RETURN(Schema schema, session_.session().AnalyzeSchema(statement.plan));
    } else {
      ASSIGN_OR_RETURN(result, session_.session().ExecuteSql(statement.query, Options()));
    }
    const bool is_answer =
        result != nullptr && (std::holds_alternative<ValuesRelation>(result->node) ||
                              std::holds_alternative<LocalRelation>(result->node));
    if (is_answer) {
      RETURN_IF_ERROR(EncodeRelation(*result, answer));
    } else if (command.sql_command().has_input()) {
      *answer = command.sql_command().input();
    } else {
      RETURN_IF_ERROR(EncodeRelation(*statement.plan, answer));
    }
    return Send(response);
  }

  // The rows are kept under the plan's semantic hash, as persist does.
  Status RunCheckpoint(const Checkpoint& checkpoint) {
    const StorageLevel level{.use_disk = true, .use_memory = true};
    RETURN_IF_ERROR(session_.session().Persist(checkpoint.input, level));
    Response response;
    response.mutable_checkpoint_command_result()->mutable_relation()->set_relation_id(
        session_.AddCheckpoint(checkpoint.input));
    return Send(response);
  }

  ServerSession& session_;
  ServerOperation& operation_;
  std::atomic<Clock::time_point> next_progress_;
};

}  // namespace

void RunPlan(ServerSession& session, const proto::ExecutePlanRequest& request,
             ServerOperation& operation) {
  const Status status = PlanRun(session, operation).Run(request.plan());
  if (status.ok()) {
    operation.Succeed();
  } else if (operation.stop_token().stop_requested()) {
    operation.Fail(session.Report(Cancelled()), ServerOperation::State::kCancelled);
  } else {
    operation.Fail(session.Report(status.error()), ServerOperation::State::kFailed);
  }
}

}  // namespace ember
