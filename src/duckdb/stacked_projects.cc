#include "duckdb/stacked_projects.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "analyzer/resolved_expressions.h"

namespace ember {
namespace {

using ExpressionsById = std::unordered_map<int64_t, ResolvedExpressionPtr>;

bool IsPlainReference(const ResolvedExpression& expression) {
  const auto* reference = std::get_if<ColumnReference>(&expression.node);
  return reference != nullptr && !reference->is_outer;
}

// What must stay in a SELECT of its own: subqueries name columns of the query around them, and
// input_file_name asks the scan below its own SELECT.
bool IsBoundToItsSelect(const ResolvedExpression& expression) {
  if (std::holds_alternative<ResolvedSubquery>(expression.node)) return true;
  const auto* call = std::get_if<ResolvedCall>(&expression.node);
  if (call != nullptr && call->function->name == "input_file_name") return true;
  bool found = false;
  ForEachChild(expression, [&](const ResolvedExpressionPtr& child) {
    found = found || IsBoundToItsSelect(*child);
  });
  return found;
}

// Whether all columns that `expression` names are only passed on by the projection below.
bool NamesPassedColumnsOnly(const ResolvedExpression& expression, const ExpressionsById& below) {
  if (const auto* reference = std::get_if<ColumnReference>(&expression.node)) {
    const auto found = below.find(reference->id);
    return found == below.end() || IsPlainReference(*found->second);
  }
  bool all = true;
  ForEachChild(expression, [&](const ResolvedExpressionPtr& child) {
    all = all && NamesPassedColumnsOnly(*child, below);
  });
  return all;
}

// `expressions` over the input of `project`; false when one of them computes from what `project`
// computes, or a computed column would be computed twice.
bool PushThrough(const ResolvedProject& project, std::vector<NamedExpression>& expressions) {
  ExpressionsById below;
  for (const NamedExpression& named : project.expressions) {
    if (IsBoundToItsSelect(*named.expression)) return false;
    below.emplace(named.column.id, named.expression);
  }
  std::unordered_map<int64_t, int> uses;
  for (const NamedExpression& named : expressions) {
    const auto* reference = std::get_if<ColumnReference>(&named.expression->node);
    if (reference != nullptr && !reference->is_outer) {
      const auto found = below.find(reference->id);
      if (found == below.end()) return false;
      if (!IsPlainReference(*found->second) && ++uses[reference->id] > 1) return false;
    } else if (!NamesPassedColumnsOnly(*named.expression, below)) {
      return false;
    }
  }
  const ExpressionRewriter replace = [&](const ResolvedExpressionPtr& part) {
    const auto* reference = std::get_if<ColumnReference>(&part->node);
    if (reference == nullptr || reference->is_outer) return ResolvedExpressionPtr();
    const auto found = below.find(reference->id);
    return found == below.end() ? part : found->second;
  };
  for (NamedExpression& named : expressions) {
    named.expression = Rewrite(named.expression, replace);
  }
  return true;
}

bool IsUnionAll(const ResolvedSetOperation& operation) {
  return operation.kind == SetOperationKind::kUnion && operation.is_all;
}

}  // namespace

std::optional<ResolvedProject> MergeStackedProjects(const ResolvedProject& top) {
  const auto* below = std::get_if<ResolvedProject>(&top.input->node);
  if (below == nullptr) return std::nullopt;
  for (const NamedExpression& named : top.expressions) {
    if (IsBoundToItsSelect(*named.expression)) return std::nullopt;
  }
  ResolvedProject merged = top;
  while (below != nullptr && PushThrough(*below, merged.expressions)) {
    merged.input = below->input;
    below = std::get_if<ResolvedProject>(&merged.input->node);
  }
  if (merged.input == top.input) return std::nullopt;
  return merged;
}

std::vector<ResolvedRelationPtr> UnitedInputs(const ResolvedSetOperation& top) {
  std::vector<ResolvedRelationPtr> inputs = {top.right, top.left};
  while (IsUnionAll(top)) {
    const auto* left = std::get_if<ResolvedSetOperation>(&inputs.back()->node);
    if (left == nullptr || !IsUnionAll(*left) || !inputs.back()->hidden.empty()) break;
    const ResolvedRelationPtr united = std::exchange(inputs.back(), left->right);
    inputs.push_back(left->left);
  }
  std::reverse(inputs.begin(), inputs.end());
  return inputs;
}

}  // namespace ember
