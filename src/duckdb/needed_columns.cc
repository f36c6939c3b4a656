#include "duckdb/needed_columns.h"

#include "analyzer/resolved_relations.h"

namespace ember {
namespace {

template <typename... Cases>
struct NodeCases : Cases... {
  using Cases::operator()...;
};

// Top down: what a relation needs of its inputs is known once all above it were seen.
class Needs {
 public:
  std::set<int64_t> Take() { return std::move(ids_); }

  void AddOutput(const ResolvedRelation& relation) {
    for (const ResolvedColumn& column : relation.columns) ids_.insert(column.id);
  }

  void Visit(const ResolvedRelation& relation) {
    std::visit(NodeCases{
                   [&](const ResolvedProject& node) { AddNeeded(node.expressions); },
                   [&](const ResolvedAggregate& node) {
                     for (const NamedExpression& key : node.grouping) Add(key.expression);
                     AddNeeded(node.aggregates);
                   },
                   [&](const ResolvedExpand& node) {
                     for (const auto& projection : node.projections) {
                       for (size_t i = 0; i < projection.size(); ++i) {
                         if (ids_.contains(node.columns[i].id)) Add(projection[i]);
                       }
                     }
                   },
                   [&](const ResolvedSetOperation& node) { AddPaired(node, relation); },
                   [&](const ResolvedShowString& node) { AddOutput(*node.input); },
                   [&](const auto& node) {
                     if constexpr (requires { node.condition; }) Add(node.condition);
                     if constexpr (requires { node.order; }) Add(node.order);
                     if constexpr (requires { node.keys; }) Add(node.keys);
                     if constexpr (requires { node.generator; }) Add(node.generator);
                     if constexpr (requires { node.rows.size(); }) {
                       for (const auto& row : node.rows) Add(row);
                     }
                     if constexpr (requires { node.partitions; }) {
                       Add(node.expressions);
                       Add(node.range_order);
                     }
                   },
               },
               relation.node);
    if (std::holds_alternative<ResolvedCached>(relation.node)) return;
    // The right side first: a lateral one names columns of the left.
    if (const auto* join = std::get_if<ResolvedJoin>(&relation.node)) {
      Visit(*join->right);
      Visit(*join->left);
      return;
    }
    ForEachInput(relation, [&](const ResolvedRelationPtr& input) { Visit(*input); });
  }

 private:
  void Add(const ResolvedExpressionPtr& expression) {
    if (!expression) return;
    if (const auto* column = std::get_if<ColumnReference>(&expression->node)) {
      ids_.insert(column->id);
    }
    if (const auto* subquery = std::get_if<ResolvedSubquery>(&expression->node)) {
      if (subquery->kind != SubqueryKind::kExists) AddOutput(*subquery->plan);
      Visit(*subquery->plan);
    }
    ForEachChild(*expression, [&](const ResolvedExpressionPtr& child) { Add(child); });
  }
  void Add(const std::vector<ResolvedExpressionPtr>& expressions) {
    for (const auto& expression : expressions) Add(expression);
  }
  void Add(const std::vector<ResolvedSortOrder>& order) {
    for (const auto& key : order) Add(key.expression);
  }

  void AddNeeded(const std::vector<NamedExpression>& expressions) {
    for (const NamedExpression& named : expressions) {
      if (ids_.contains(named.column.id)) Add(named.expression);
    }
  }

  // Rows that are compared are compared whole.
  void AddPaired(const ResolvedSetOperation& node, const ResolvedRelation& relation) {
    const bool is_union_all = node.kind == SetOperationKind::kUnion && node.is_all;
    for (size_t i = 0; i < relation.columns.size(); ++i) {
      if (is_union_all && !ids_.contains(relation.columns[i].id)) continue;
      ids_.insert(node.left->columns[i].id);
      ids_.insert(node.right->columns[i].id);
    }
  }

  std::set<int64_t> ids_;
};

}  // namespace

std::set<int64_t> NeededColumns(const ResolvedRelation& query) {
  Needs needs;
  needs.AddOutput(query);
  needs.Visit(query);
  return needs.Take();
}

}  // namespace ember
