#include <fmt/format.h>

#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/implicit_casts.h"
#include "analyzer/resolved_relations.h"

namespace ember {
namespace {

// References of a subquery's plan to the query around it, each once, in order.
std::vector<ResolvedExpressionPtr> OuterReferences(const ResolvedRelation& plan) {
  std::vector<ResolvedExpressionPtr> found;
  ForEachExpression(plan, [&](const ResolvedExpressionPtr& expression) {
    const auto* column = std::get_if<ColumnReference>(&expression->node);
    if (column == nullptr || !column->is_outer) return;
    for (const auto& known : found) {
      if (SameExpression(*known, *expression)) return;
    }
    found.push_back(expression);
  });
  return found;
}

std::string OuterNames(const std::vector<ResolvedExpressionPtr>& references) {
  std::string out;
  for (const auto& reference : references) {
    out += (out.empty() ? "" : ", ") + std::get<ColumnReference>(reference->node).name;
  }
  return out;
}

std::string QuotedList(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : ", ") + QuoteExpression(text);
  return out;
}

}  // namespace

Result<ResolvedExpressionPtr> Analysis::ResolveSubquery(const SubqueryExpression& subquery,
                                                        const Scope& scope) {
  ASSIGN_OR_RETURN(auto plan, Resolve(*subquery.plan, &scope));
  const auto outer = OuterReferences(*plan);
  ResolvedSubquery node{.kind = subquery.kind, .plan = plan, .in_values = {}};
  switch (subquery.kind) {
    case SubqueryKind::kScalar: {
      if (plan->columns.size() != 1) {
        return MakeError(
            "INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
            {{"number", std::to_string(plan->columns.size())}});
      }
      const DataType type = plan->columns[0].type;
      return MakeResolved(std::move(node), type, true,
                          fmt::format("scalarsubquery({})", OuterNames(outer)));
    }
    case SubqueryKind::kExists:
      return MakeResolved(std::move(node), BooleanType(), false,
                          fmt::format("exists({})", OuterNames(outer)));
    case SubqueryKind::kIn:
      break;
  }
  ASSIGN_OR_RETURN(node.in_values, ResolveExpressions(subquery.in_values, scope));
  std::vector<std::string> left;
  for (const auto& value : node.in_values) left.push_back(value->pretty);
  const std::string list = outer.empty() ? "listquery()" : "listquery(" + OuterNames(outer) + ")";
  std::string values = left.size() == 1 ? left[0] : "";
  if (left.size() != 1) {
    std::string fields;
    for (const auto& text : left) fields += (fields.empty() ? "" : ", ") + text;
    values = fmt::format("({})", fields);
  }
  std::string pretty = fmt::format("({} IN ({}))", values, list);
  if (node.in_values.size() != plan->columns.size()) {
    std::vector<std::string> right;
    for (const auto& column : plan->columns) right.push_back(column.name);
    return MakeError("DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH",
                     {{"sqlExpr", QuoteExpression(pretty)},
                      {"leftLength", std::to_string(left.size())},
                      {"rightLength", std::to_string(right.size())},
                      {"leftColumns", QuotedList(left)},
                      {"rightColumns", QuotedList(right)}});
  }
  RETURN_IF_ERROR(CoerceInSubquery(node, pretty));
  bool nullable = false;
  for (const auto& value : node.in_values) nullable = nullable || value->nullable;
  for (const auto& column : node.plan->columns) nullable = nullable || column.nullable;
  return MakeResolved(std::move(node), BooleanType(), nullable, std::move(pretty));
}

// InConversion of a subquery: both sides take the type a comparison would give them.
Status Analysis::CoerceInSubquery(ResolvedSubquery& subquery, const std::string& pretty) {
  std::vector<NamedExpression> columns;
  bool changed = false;
  for (size_t i = 0; i < subquery.in_values.size(); ++i) {
    auto& value = subquery.in_values[i];
    const ResolvedColumn& column = subquery.plan->columns[i];
    const OperandTypes types = ComparisonOperandTypes(
        {.type = value->type, .nullable = value->nullable, .constant = {}, .pretty = value->pretty},
        {.type = column.type, .nullable = column.nullable, .constant = {}, .pretty = column.name},
        true, options_.ansi);
    if (!SameType(types.left, types.right)) {
      return MakeError("DATATYPE_MISMATCH.IN_SUBQUERY_DATA_TYPE_MISMATCH",
                       {{"sqlExpr", QuoteExpression(pretty)},
                        {"mismatchedColumns",
                         fmt::format("(\"{}\":\"{}\", \"{}\":\"{}\")", value->pretty,
                                     SqlText(value->type), column.name, SqlText(column.type))},
                        {"leftType", "\"" + SqlText(value->type) + "\""},
                        {"rightType", "\"" + SqlText(column.type) + "\""}});
    }
    value = ImplicitCastTo(value, types.left, SessionCast());
    if (SameType(column.type, types.right)) {
      columns.push_back(PassThrough(column));
      continue;
    }
    changed = true;
    columns.push_back(
        Named(ImplicitCastTo(Reference(column), types.right, SessionCast()), column.name));
  }
  if (changed) subquery.plan = MakeProject(subquery.plan, std::move(columns));
  return {};
}

}  // namespace ember
