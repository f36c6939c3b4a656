#include "spark/spark35_views.h"

#include <fmt/format.h>
#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "spark/connect/base.pb.h"

namespace ember {
namespace {

namespace sc = spark::connect;
using google::protobuf::DynamicCastToGenerated;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

using RunPlan = std::function<Status(sc::Plan)>;

Status MakeView(const std::string& name, sc::Relation relation, const RunPlan& run) {
  sc::Plan plan;
  auto* view = plan.mutable_command()->mutable_create_dataframe_view();
  *view->mutable_input() = std::move(relation);
  view->set_name(name);
  view->set_replace(true);
  return run(std::move(plan));
}

Status DropView(const std::string& name, const RunPlan& run) {
  sc::Plan plan;
  plan.mutable_root()->mutable_catalog()->mutable_drop_temp_view()->set_view_name(name);
  return run(std::move(plan));
}

// All its columns: a view of the relation itself would take it out of the cache when it goes
// (CacheManager.uncacheQuery).
sc::Relation AllColumnsOf(sc::Relation relation) {
  sc::Relation project;
  *project.mutable_project()->mutable_input() = std::move(relation);
  project.mutable_project()->add_expressions()->mutable_unresolved_star();
  return project;
}

Status UseView(sc::Relation* relation, const RunPlan& run) {
  const std::string view =
      fmt::format("ember_sql_{:016x}", std::hash<std::string>()(relation->SerializeAsString()));
  sc::WithRelations with;
  with.Swap(relation->mutable_with_relations());
  for (sc::Relation& reference : *with.mutable_references()) {
    if (!reference.has_subquery_alias())
      return Unsupported("DataFrame subqueries on Spark 3.5 (4.0 has them)");
    auto* alias = reference.mutable_subquery_alias();
    RETURN_IF_ERROR(UseViewsForRelations(alias->mutable_input(), run));
    RETURN_IF_ERROR(
        MakeView(alias->alias(), AllColumnsOf(std::move(*alias->mutable_input())), run));
  }
  RETURN_IF_ERROR(MakeView(view, std::move(*with.mutable_root()), run));
  // The view keeps its analysed plan.
  for (const sc::Relation& reference : with.references())
    RETURN_IF_ERROR(DropView(reference.subquery_alias().alias(), run));
  relation->mutable_read()->mutable_named_table()->set_unparsed_identifier(view);
  return {};
}

}  // namespace

Status UseViewsForRelations(Message* message, const RunPlan& run) {
  auto* relation = DynamicCastToGenerated<sc::Relation>(message);
  if (relation != nullptr && relation->with_relations().root().has_sql())
    return UseView(relation, run);
  const auto* reflection = message->GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(*message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      RETURN_IF_ERROR(UseViewsForRelations(reflection->MutableMessage(message, field), run));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(*message, field); ++i) {
      RETURN_IF_ERROR(
          UseViewsForRelations(reflection->MutableRepeatedMessage(message, field, i), run));
    }
  }
  return {};
}

}  // namespace ember
