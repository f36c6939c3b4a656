#include "analyzer/resolved_relations.h"

#include "analyzer/analysis.h"

namespace ember {
namespace {

void VisitAll(const ResolvedExpressionPtr& expression, const ExpressionVisitor& visit) {
  if (!expression) return;
  visit(expression);
  ForEachChild(*expression, [&](const ResolvedExpressionPtr& child) { VisitAll(child, visit); });
  if (const auto* subquery = std::get_if<ResolvedSubquery>(&expression->node)) {
    ForEachExpression(*subquery->plan, visit);
  }
}

void VisitAll(const std::vector<NamedExpression>& items, const ExpressionVisitor& visit) {
  for (const auto& item : items) VisitAll(item.expression, visit);
}
void VisitAll(const std::vector<ResolvedSortOrder>& items, const ExpressionVisitor& visit) {
  for (const auto& item : items) VisitAll(item.expression, visit);
}
void VisitAll(const std::vector<ResolvedExpressionPtr>& items, const ExpressionVisitor& visit) {
  for (const auto& item : items) VisitAll(item, visit);
}
void VisitAll(const std::vector<std::vector<ResolvedExpressionPtr>>& rows,
              const ExpressionVisitor& visit) {
  for (const auto& row : rows) VisitAll(row, visit);
}

}  // namespace

void ForEachExpression(const ResolvedRelation& relation, const ExpressionVisitor& visit) {
  std::visit(
      [&](const auto& node) {
        if constexpr (requires { node.expressions; }) VisitAll(node.expressions, visit);
        if constexpr (requires { node.condition; }) VisitAll(node.condition, visit);
        if constexpr (requires { node.order; }) VisitAll(node.order, visit);
        if constexpr (requires { node.grouping; }) VisitAll(node.grouping, visit);
        if constexpr (requires { node.aggregates; }) VisitAll(node.aggregates, visit);
        if constexpr (requires { node.keys; }) VisitAll(node.keys, visit);
        if constexpr (requires { node.generator; }) VisitAll(node.generator, visit);
        if constexpr (requires { node.projections; }) VisitAll(node.projections, visit);
        if constexpr (requires { node.rows.size(); }) VisitAll(node.rows, visit);
        if constexpr (requires { node.range_order; }) VisitAll(node.range_order, visit);
      },
      relation.node);
  ForEachInput(relation,
               [&](const ResolvedRelationPtr& input) { ForEachExpression(*input, visit); });
}

void ForEachInput(const ResolvedRelation& relation,
                  const std::function<void(const ResolvedRelationPtr&)>& visit) {
  std::visit(
      [&](const auto& node) {
        if constexpr (requires { node.input; }) {
          visit(node.input);
        } else if constexpr (requires { node.left; }) {
          visit(node.left);
          visit(node.right);
        }
      },
      relation.node);
}

std::string PrettyQualified(const ResolvedColumn& column) {
  std::string out;
  for (const auto& part : column.qualifier) out += part + ".";
  return out + column.name;
}

Schema SchemaOf(const ResolvedRelation& relation) {
  Schema schema;
  schema.reserve(relation.columns.size());
  for (const ResolvedColumn& column : relation.columns) {
    schema.push_back({.name = column.name,
                      .type = column.type,
                      .nullable = column.nullable,
                      .metadata = column.metadata});
  }
  return schema;
}

ResolvedRelationPtr MakeResolvedRelation(ResolvedRelationNode node,
                                         std::vector<ResolvedColumn> columns) {
  ResolvedRelation relation;
  relation.node = std::move(node);
  relation.columns = std::move(columns);
  return std::make_shared<const ResolvedRelation>(std::move(relation));
}

ResolvedRelationPtr MakeProject(ResolvedRelationPtr input,
                                std::vector<NamedExpression> expressions) {
  std::vector<ResolvedColumn> columns;
  columns.reserve(expressions.size());
  for (const auto& expression : expressions) columns.push_back(expression.column);
  return MakeResolvedRelation(ResolvedProject{std::move(input), std::move(expressions)},
                              std::move(columns));
}

ResolvedRelationPtr KeepColumns(ResolvedRelationPtr input,
                                const std::vector<ResolvedColumn>& columns) {
  std::vector<NamedExpression> expressions;
  expressions.reserve(columns.size());
  for (const auto& column : columns) expressions.push_back(PassThrough(column));
  return MakeProject(std::move(input), std::move(expressions));
}

}  // namespace ember
