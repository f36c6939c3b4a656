#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "analyzer/resolved.h"

namespace ember {

/// Parameters of a lambda function and of those around it.
struct LambdaFrame {
  const std::vector<ResolvedColumn>* parameters = nullptr;
  const LambdaFrame* enclosing = nullptr;
};

/// The groups of an aggregate with grouping sets, for grouping() and grouping_id().
struct GroupingContext {
  const std::vector<NamedExpression>* grouping = nullptr;
  ResolvedColumn id;
  bool is_open = false;  // the groups are not known yet
};

/// What names mean where an expression stands.
struct Scope {
  /// Columns by which names are resolved, tried in this order. Level 0 is the operator's input;
  /// the others are what can be added to it.
  std::vector<const std::vector<ResolvedColumn>*> levels;
  /// The operator's inputs: references with a plan id are looked up in their trees.
  std::vector<const ResolvedRelation*> inputs;
  /// The scope of the enclosing query, for correlated subqueries.
  const Scope* outer = nullptr;
  /// Aliases of the same select list that stand before the expression (lateral column aliases).
  const std::vector<NamedExpression>* lateral = nullptr;
  const LambdaFrame* lambda = nullptr;
  const GroupingContext* grouping = nullptr;
  /// That of the aggregate below HAVING and ORDER BY; `grouping` may point at it.
  GroupingContext grouping_below;
  /// Levels for the arguments of aggregate functions, where they differ: in HAVING and ORDER BY
  /// these name the input of the aggregate rather than its output.
  std::vector<const std::vector<ResolvedColumn>*> aggregate_levels;

  static Scope Over(const ResolvedRelation& input, const Scope* outer) {
    Scope scope;
    scope.levels = {&input.columns};
    if (!input.hidden.empty()) scope.levels.push_back(&input.hidden);
    scope.inputs = {&input};
    scope.outer = outer;
    return scope;
  }
};

}  // namespace ember
