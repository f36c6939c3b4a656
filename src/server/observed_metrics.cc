#include "server/observed_metrics.h"

#include <utility>

#include "codec/literal_codec.h"
#include "plan/dump_text.h"

namespace ember {
namespace {

void FindObserved(const RelationPtr& relation, std::vector<const CollectMetrics*>& found) {
  if (const auto* collect = std::get_if<CollectMetrics>(&relation->node)) found.push_back(collect);
  ExpressionWriter writer;
  for (const RelationPtr& input : DescribeRelation(*relation, writer).inputs)
    FindObserved(input, found);
}

}  // namespace

Status AddObservedMetrics(Session& session, const RelationPtr& plan, const ExecuteOptions& options,
                          spark::connect::ExecutePlanResponse& response) {
  std::vector<const CollectMetrics*> observed;
  FindObserved(plan, observed);
  for (const CollectMetrics* collect : observed) {
    Aggregate aggregate{.input = collect->input, .aggregates = collect->metrics};
    aggregate.is_sql = true;
    ASSIGN_OR_RETURN(auto stream,
                     session.Execute(MakeRelation(std::move(aggregate)), {.stop = options.stop}));
    auto* metrics = response.add_observed_metrics();
    metrics->set_name(collect->name);
    while (true) {
      ASSIGN_OR_RETURN(std::optional<Batch> batch, stream->Next());
      if (!batch) break;
      if (batch->row_count() == 0) continue;
      for (size_t i = 0; i < batch->schema().size(); ++i) {
        const StructField& field = batch->schema()[i];
        metrics->add_keys(field.name);
        RETURN_IF_ERROR(
            EncodeLiteral({field.type, batch->Get(0, static_cast<int>(i))}, metrics->add_values()));
      }
      break;
    }
  }
  return {};
}

}  // namespace ember
