#include "duckdb/write_layout.h"

#include <algorithm>
#include <set>

namespace ember {
namespace {

// A node that gives its input's rows on, partition by partition; coalesce joins whole ones.
const ResolvedRelationPtr* PassesRowsOn(const ResolvedRelation& relation) {
  if (const auto* project = std::get_if<ResolvedProject>(&relation.node)) return &project->input;
  if (const auto* filter = std::get_if<ResolvedFilter>(&relation.node)) return &filter->input;
  if (const auto* generate = std::get_if<ResolvedGenerate>(&relation.node)) return &generate->input;
  if (const auto* sort = std::get_if<ResolvedSort>(&relation.node))
    return sort->is_global ? nullptr : &sort->input;
  if (const auto* repartition = std::get_if<ResolvedRepartition>(&relation.node))
    return repartition->is_coalesce ? &repartition->input : nullptr;
  return nullptr;
}

// The columns that an expression needs. False for what cannot be moved: subqueries.
bool CollectReferences(const ResolvedExpression& expression, std::set<int64_t>& ids) {
  if (const auto* reference = std::get_if<ColumnReference>(&expression.node)) {
    ids.insert(reference->id);
    return !reference->is_outer;
  }
  if (const auto* call = std::get_if<ResolvedCall>(&expression.node)) {
    return std::all_of(call->arguments.begin(), call->arguments.end(),
                       [&](const auto& argument) { return CollectReferences(*argument, ids); });
  }
  if (const auto* cast = std::get_if<ResolvedCast>(&expression.node))
    return CollectReferences(*cast->child, ids);
  if (const auto* access = std::get_if<ResolvedFieldAccess>(&expression.node))
    return CollectReferences(*access->child, ids);
  if (const auto* lambda = std::get_if<ResolvedLambda>(&expression.node)) {
    std::set<int64_t> inner;
    if (!CollectReferences(*lambda->body, inner)) return false;
    for (const ResolvedColumn& parameter : lambda->parameters) inner.erase(parameter.id);
    ids.merge(inner);
    return true;
  }
  return std::holds_alternative<Literal>(expression.node);
}

bool HasColumns(const ResolvedRelation& relation, const std::set<int64_t>& ids) {
  return std::all_of(ids.begin(), ids.end(), [&](int64_t id) {
    return std::any_of(relation.columns.begin(), relation.columns.end(),
                       [&](const ResolvedColumn& column) { return column.id == id; });
  });
}

ResolvedExpressionPtr ReferenceTo(const ResolvedColumn& column) {
  ResolvedExpression reference;
  reference.node = ColumnReference{.id = column.id, .name = column.name};
  reference.type = column.type;
  reference.nullable = column.nullable;
  reference.pretty = column.name;
  return std::make_shared<const ResolvedExpression>(std::move(reference));
}

void SetInput(ResolvedRelation& relation, ResolvedRelationPtr input) {
  std::visit(
      [&](auto& node) {
        if constexpr (requires { node.input; }) node.input = std::move(input);
      },
      relation.node);
}

// Makes columns of values that are known somewhere below the top of a plan, and passes them up.
class Carrier {
 public:
  /// `chain`: the plan's top, what is below it, and so on, as far as rows are only passed on.
  Carrier(const ResolvedRelation& top, std::vector<ResolvedRelationPtr> chain)
      : top_(top), chain_(std::move(chain)) {
    for (const ResolvedColumn& column : top.columns) next_id_ = std::max(next_id_, column.id + 1);
    for (const auto& relation : chain_) {
      for (const ResolvedColumn& column : relation->columns)
        next_id_ = std::max(next_id_, column.id + 1);
    }
  }

  /// Replaces each expression by one over the columns of the plan that `plan` is set to; that is
  /// left alone when the columns at its top do. False when it cannot be done.
  bool Carry(std::vector<ResolvedExpressionPtr*> expressions, ResolvedRelationPtr& plan) {
    std::set<int64_t> ids;
    for (const auto* expression : expressions) {
      if (!CollectReferences(**expression, ids)) return false;
    }
    if (HasColumns(top_, ids)) return true;
    const auto found = std::find_if(chain_.begin(), chain_.end(), [&](const auto& relation) {
      return HasColumns(*relation, ids);
    });
    if (found == chain_.end()) return false;
    plan = Computed(*found, expressions);
    for (auto above = std::make_reverse_iterator(found); above != chain_.rend(); ++above)
      plan = Above(**above, std::move(plan));
    plan = Above(top_, std::move(plan));
    return true;
  }

 private:
  // `input` with a column for each expression.
  ResolvedRelationPtr Computed(const ResolvedRelationPtr& input,
                               const std::vector<ResolvedExpressionPtr*>& expressions) {
    ResolvedProject project;
    project.input = input;
    for (const ResolvedColumn& column : input->columns)
      project.expressions.push_back({column, ReferenceTo(column)});
    for (ResolvedExpressionPtr* expression : expressions) {
      const ResolvedColumn column{.id = next_id_++,
                                  .name = "placement",
                                  .type = (*expression)->type,
                                  .nullable = (*expression)->nullable,
                                  .metadata = {},
                                  .qualifier = {}};
      project.expressions.push_back({column, *expression});
      carried_.push_back(column);
      *expression = ReferenceTo(column);
    }
    ResolvedRelation computed;
    computed.columns = input->columns;
    computed.columns.insert(computed.columns.end(), carried_.begin(), carried_.end());
    computed.node = std::move(project);
    return std::make_shared<const ResolvedRelation>(std::move(computed));
  }

  // The node over another input, with the carried columns at its end.
  ResolvedRelationPtr Above(ResolvedRelation relation, ResolvedRelationPtr input) const {
    SetInput(relation, std::move(input));
    if (auto* project = std::get_if<ResolvedProject>(&relation.node)) {
      for (const ResolvedColumn& column : carried_)
        project->expressions.push_back({column, ReferenceTo(column)});
    }
    relation.columns.insert(relation.columns.end(), carried_.begin(), carried_.end());
    return std::make_shared<const ResolvedRelation>(std::move(relation));
  }

  const ResolvedRelation& top_;
  std::vector<ResolvedRelationPtr> chain_;
  int64_t next_id_ = 0;
  std::vector<ResolvedColumn> carried_;
};

}  // namespace

Result<WriteLayout> LayoutOf(const ResolvedRelation& relation, const ShuffleSettings& settings) {
  WriteLayout layout;
  int at_most = 0;
  std::vector<ResolvedRelationPtr> chain;
  const ResolvedRelation* node = &relation;
  while (const ResolvedRelationPtr* input = PassesRowsOn(*node)) {
    layout.is_sorted = layout.is_sorted || std::holds_alternative<ResolvedSort>(node->node);
    if (const auto* coalesce = std::get_if<ResolvedRepartition>(&node->node)) {
      const int wanted = coalesce->partitions.value_or(1);
      at_most = at_most == 0 ? wanted : std::min(at_most, wanted);
    }
    chain.push_back(*input);
    node = input->get();
  }
  layout.is_sorted = layout.is_sorted || std::holds_alternative<ResolvedSort>(node->node);
  const auto* repartition = std::get_if<ResolvedRepartition>(&node->node);
  if (repartition == nullptr) return layout;
  const int if_unnamed = settings.is_adaptive ? 1 : settings.partitions;
  layout.partitions = std::max(repartition->partitions.value_or(if_unnamed), 1);
  layout.merged_into = at_most > 0 ? std::min(layout.partitions, at_most) : layout.partitions;
  if (layout.merged_into == 1) return layout;
  chain.push_back(repartition->input);
  layout.hash_by = repartition->expressions;
  layout.range_by = repartition->range_order;
  std::vector<ResolvedExpressionPtr*> expressions;
  for (ResolvedExpressionPtr& expression : layout.hash_by) expressions.push_back(&expression);
  for (ResolvedSortOrder& order : layout.range_by) expressions.push_back(&order.expression);
  if (!Carrier(relation, std::move(chain)).Carry(std::move(expressions), layout.plan)) {
    return Unsupported("writing what was repartitioned by a subquery");
  }
  return layout;
}

}  // namespace ember
