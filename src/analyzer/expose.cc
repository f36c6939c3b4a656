#include <algorithm>
#include <map>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/name_matching.h"
#include "analyzer/resolved_relations.h"

namespace ember {
namespace {

bool HasColumn(const std::vector<ResolvedColumn>& columns, int64_t id) {
  return std::any_of(columns.begin(), columns.end(),
                     [id](const ResolvedColumn& column) { return column.id == id; });
}

bool IsCovered(const ResolvedExpression& expression, const std::vector<ResolvedColumn>& columns) {
  if (ContainsAggregate(expression)) return false;
  const auto ids = ReferencedIds(expression);
  return std::all_of(ids.begin(), ids.end(), [&](int64_t id) { return HasColumn(columns, id); });
}

// Parts of expressions that must be computed below, each once.
struct Atoms {
  std::vector<ResolvedExpressionPtr> list;
  const std::vector<ResolvedColumn>& available;

  void Collect(const ResolvedExpressionPtr& expression) {
    const auto* column = std::get_if<ColumnReference>(&expression->node);
    const bool is_missing =
        column != nullptr && !column->is_outer && !HasColumn(available, column->id);
    if (!is_missing && !IsAggregateCall(*expression)) {
      ForEachChild(*expression, [&](const ResolvedExpressionPtr& child) { Collect(child); });
      return;
    }
    const bool known = std::any_of(list.begin(), list.end(), [&](const auto& other) {
      return SameExpression(*other, *expression);
    });
    if (!known) list.push_back(expression);
  }
};

ResolvedExpressionPtr ReplaceAtoms(const ResolvedExpressionPtr& expression,
                                   const std::vector<ResolvedExpressionPtr>& atoms,
                                   const std::vector<ResolvedExpressionPtr>& replacements) {
  return Rewrite(expression, [&](const ResolvedExpressionPtr& part) -> ResolvedExpressionPtr {
    for (size_t i = 0; i < atoms.size(); ++i) {
      if (SameExpression(*atoms[i], *part)) {
        return MakeResolved(replacements[i]->node, part->type, part->nullable, part->pretty);
      }
    }
    return nullptr;
  });
}

}  // namespace

void CollectMisplaced(const ResolvedExpression& expression, const ResolvedRelation& input,
                      std::vector<std::string>& texts) {
  if (IsAggregateCall(expression) || std::holds_alternative<ResolvedWindow>(expression.node)) {
    texts.push_back(QualifiedSql(expression, input));
    return;
  }
  ForEachChild(expression,
               [&](const ResolvedExpressionPtr& child) { CollectMisplaced(*child, input, texts); });
}

void AppendExposableLevels(const ResolvedRelation& relation, Scope& scope) {
  if (relation.is_aliased) return;
  const ResolvedRelation* input = nullptr;
  if (const auto* project = std::get_if<ResolvedProject>(&relation.node)) {
    input = project->input.get();
  } else if (const auto* filter = std::get_if<ResolvedFilter>(&relation.node)) {
    input = filter->input.get();
  } else if (const auto* sort = std::get_if<ResolvedSort>(&relation.node)) {
    input = sort->input.get();
  } else if (const auto* aggregate = std::get_if<ResolvedAggregate>(&relation.node)) {
    scope.levels.push_back(&aggregate->input->columns);
    scope.aggregate_levels = {&aggregate->input->columns};
    if (aggregate->grouping_id_column != 0) {
      scope.grouping_below.grouping = &aggregate->grouping;
      scope.grouping_below.id = {.id = aggregate->grouping_id_column,
                                 .name = "spark_grouping_id",
                                 .type = LongType(),
                                 .nullable = false};
      scope.grouping = &scope.grouping_below;
    }
    return;
  }
  if (input == nullptr) return;
  scope.levels.push_back(&input->columns);
  if (!input->hidden.empty()) scope.levels.push_back(&input->hidden);
  AppendExposableLevels(*input, scope);
}

Result<Exposed> Analysis::Expose(const ResolvedRelationPtr& relation,
                                 const std::vector<ResolvedExpressionPtr>& expressions) {
  const bool covered = std::all_of(expressions.begin(), expressions.end(),
                                   [&](const auto& e) { return IsCovered(*e, relation->columns); });
  if (covered) return Exposed{relation, expressions};
  if (const auto* aggregate = std::get_if<ResolvedAggregate>(&relation->node)) {
    return ExposeThroughAggregate(*relation, *aggregate, expressions);
  }
  if (const auto* project = std::get_if<ResolvedProject>(&relation->node)) {
    return ExposeThroughProject(*relation, *project, expressions);
  }
  const auto rebuilt = [&](auto node) -> Result<Exposed> {
    ASSIGN_OR_RETURN(Exposed below, Expose(node.input, expressions));
    ResolvedRelation out = *relation;
    out.columns = below.relation->columns;
    node.input = std::move(below.relation);
    out.node = std::move(node);
    return Exposed{std::make_shared<const ResolvedRelation>(std::move(out)),
                   std::move(below.expressions)};
  };
  if (const auto* filter = std::get_if<ResolvedFilter>(&relation->node)) return rebuilt(*filter);
  if (const auto* sort = std::get_if<ResolvedSort>(&relation->node)) return rebuilt(*sort);
  for (const auto& expression : expressions) {
    if (ContainsAggregate(*expression)) return Exposed{nullptr, expressions};
  }
  return InternalError("a column is not in the reach of its operator");
}

Result<Exposed> Analysis::ExposeThroughProject(
    const ResolvedRelation& relation, const ResolvedProject& project,
    const std::vector<ResolvedExpressionPtr>& expressions) {
  Atoms atoms{.list = {}, .available = relation.columns};
  for (const auto& expression : expressions) atoms.Collect(expression);
  ASSIGN_OR_RETURN(Exposed below, Expose(project.input, atoms.list));
  if (below.relation == nullptr) return below;
  std::vector<NamedExpression> items = project.expressions;
  std::vector<ResolvedExpressionPtr> replacements;
  for (const auto& atom : below.expressions) {
    const auto* column = std::get_if<ColumnReference>(&atom->node);
    NamedExpression item = Named(atom, atom->pretty);
    if (column != nullptr) item.column.id = column->id;
    replacements.push_back(Reference(item.column));
    const bool known = std::any_of(items.begin(), items.end(), [&](const NamedExpression& other) {
      return other.column.id == item.column.id;
    });
    if (!known) items.push_back(std::move(item));
  }
  ResolvedRelation out = *MakeProject(below.relation, std::move(items));
  out.plan_ids = relation.plan_ids;
  Exposed result;
  for (const auto& expression : expressions) {
    result.expressions.push_back(ReplaceAtoms(expression, atoms.list, replacements));
  }
  result.relation = std::make_shared<const ResolvedRelation>(std::move(out));
  return result;
}

Result<Exposed> Analysis::ExposeThroughAggregate(
    const ResolvedRelation& relation, const ResolvedAggregate& aggregate,
    const std::vector<ResolvedExpressionPtr>& expressions) {
  ResolvedAggregate extended = aggregate;
  std::vector<ResolvedColumn> columns = relation.columns;
  const auto output = [&](const ResolvedExpressionPtr& expression) -> ResolvedExpressionPtr {
    for (const auto& item : extended.aggregates) {
      if (SameExpression(*item.expression, *expression)) {
        auto reference = Reference(item.column);
        return MakeResolved(reference->node, expression->type, expression->nullable,
                            expression->pretty);
      }
    }
    NamedExpression item = Named(expression, expression->pretty);
    if (const auto* column = std::get_if<ColumnReference>(&expression->node)) {
      item.column.id = column->id;
    }
    auto reference = Reference(item.column);
    columns.push_back(item.column);
    extended.aggregates.push_back(std::move(item));
    return reference;
  };
  Exposed result;
  for (const auto& expression : expressions) {
    std::optional<Error> error;
    const ExpressionRewriter rewriter =
        [&](const ResolvedExpressionPtr& part) -> ResolvedExpressionPtr {
      const auto* column = std::get_if<ColumnReference>(&part->node);
      if (column != nullptr && (column->is_outer || HasColumn(relation.columns, column->id))) {
        return part;
      }
      for (const auto& group : extended.grouping) {
        if (SameExpression(*group.expression, *part)) return output(Reference(group.column));
      }
      if (IsAggregateCall(*part)) return output(part);
      if (column != nullptr && column->id == extended.grouping_id_column) return output(part);
      if (column != nullptr && !error && !IsFreeColumn(column->id)) {
        // What is neither output nor grouped is unknown here, though the input has it.
        error = UnresolvedColumn({column->name}, relation.columns);
      }
      return nullptr;
    };
    result.expressions.push_back(Rewrite(expression, rewriter));
    if (error) return *error;
  }
  ResolvedRelation out = relation;
  out.columns = std::move(columns);
  out.node = std::move(extended);
  result.relation = std::make_shared<const ResolvedRelation>(std::move(out));
  return result;
}

}  // namespace ember
