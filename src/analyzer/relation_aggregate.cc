#include <algorithm>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/name_matching.h"
#include "analyzer/resolved_relations.h"

namespace ember {
namespace {

int OrdinalOf(const Expression& expression) {
  const auto* literal = std::get_if<Literal>(&expression.node);
  if (literal == nullptr || !literal->type.Is(TypeKind::kInteger)) return 0;
  const auto* value = std::get_if<int64_t>(&literal->value.data);
  return value ? static_cast<int>(*value) : 0;
}

bool IsOrdinal(const Expression& expression) {
  const auto* literal = std::get_if<Literal>(&expression.node);
  return literal != nullptr && literal->type.Is(TypeKind::kInteger) && !literal->value.is_null();
}

}  // namespace

// GROUP BY ALL: a lone name that is no column.
bool Analysis::IsGroupByAll(const Aggregate& aggregate, const ResolvedRelation& input) const {
  if (!aggregate.is_sql || aggregate.grouping.size() != 1) return false;
  const auto* name = std::get_if<UnresolvedAttribute>(&aggregate.grouping[0]->node);
  if (name == nullptr || name->parts.size() != 1 || !Equal(name->parts[0], "all")) return false;
  return std::none_of(input.columns.begin(), input.columns.end(),
                      [&](const auto& column) { return Equal(column.name, "all"); });
}

Error Analysis::MissingAggregation(const ResolvedExpression& expression, bool no_grouping) const {
  if (no_grouping) return MakeError("MISSING_GROUP_BY");
  return MakeError(
      "MISSING_AGGREGATION",
      {{"expression", QuoteExpression(expression.pretty)},
       {"expressionAnyValue", QuoteExpression("any_value(" + expression.pretty + ")")}});
}

Result<ResolvedRelationPtr> Analysis::AggregateItems(ResolvedRelationPtr input,
                                                     std::vector<NamedExpression> grouping,
                                                     std::vector<SelectItem> items) {
  return AggregateWithSets(std::move(input), std::move(grouping), {}, std::move(items));
}

Result<ResolvedRelationPtr> Analysis::AggregateWithSets(ResolvedRelationPtr input,
                                                        std::vector<NamedExpression> grouping,
                                                        std::vector<std::vector<int>> sets,
                                                        std::vector<SelectItem> items) {
  InlineLateralAliases(items);
  std::vector<ResolvedExpressionPtr> expressions;
  for (const auto& group : grouping) expressions.push_back(group.expression);
  for (const auto& item : items) expressions.push_back(item.named.expression);
  ASSIGN_OR_RETURN(input, ExposeHidden(std::move(input), expressions));
  std::optional<Error> error;
  for (const auto& group : grouping) {
    if (ContainsAggregate(*group.expression)) {
      return MakeError("GROUP_BY_AGGREGATE",
                       {{"sqlExpr", QualifiedSql(*group.expression, *input)}});
    }
  }
  // What is not an aggregate call must be made of grouping expressions.
  const ExpressionRewriter over_groups =
      [&](const ResolvedExpressionPtr& part) -> ResolvedExpressionPtr {
    for (const auto& group : grouping) {
      if (!SameExpression(*group.expression, *part)) continue;
      auto reference = Reference(group.column);
      return MakeResolved(reference->node, group.column.type, group.column.nullable, part->pretty);
    }
    if (IsAggregateCall(*part)) return part;
    const auto* column = std::get_if<ColumnReference>(&part->node);
    if (column != nullptr && !column->is_outer && !error && !IsFreeColumn(column->id)) {
      error = MissingAggregation(*part, grouping.empty());
    }
    return nullptr;
  };
  bool has_window = false;
  for (auto& item : items) {
    item.named.expression = Rewrite(item.named.expression, over_groups);
    if (error) return *error;
    if (std::holds_alternative<ColumnReference>(item.named.expression->node)) {
      item.named.column.nullable = item.named.expression->nullable;
    }
    has_window = has_window || ContainsWindow(*item.named.expression);
  }
  // A grouping column under grouping sets may be null whatever its input is.
  ResolvedAggregate aggregate;
  aggregate.input = std::move(input);
  aggregate.grouping = grouping;
  aggregate.grouping_sets = std::move(sets);
  const bool has_generator = std::any_of(items.begin(), items.end(), [](const SelectItem& item) {
    return ContainsGenerator(*item.named.expression);
  });
  if (!has_window && !has_generator) {
    std::vector<ResolvedColumn> columns;
    for (auto& item : items) {
      columns.push_back(item.named.column);
      aggregate.aggregates.push_back(std::move(item.named));
    }
    return MakeResolvedRelation(std::move(aggregate), std::move(columns));
  }
  return WindowsOverAggregate(std::move(aggregate), std::move(items));
}

// Windows and generators see the aggregate's rows: it gives the groups and the plain aggregate
// calls, a projection above computes the rest.
Result<ResolvedRelationPtr> Analysis::WindowsOverAggregate(ResolvedAggregate aggregate,
                                                           std::vector<SelectItem> items) {
  std::vector<ResolvedColumn> columns;
  for (const auto& group : aggregate.grouping) {
    aggregate.aggregates.push_back(PassThrough(group.column));
    columns.push_back(group.column);
  }
  for (auto& item : items) {
    item.named.expression = Rewrite(
        item.named.expression, [&](const ResolvedExpressionPtr& part) -> ResolvedExpressionPtr {
          if (!IsAggregateCall(*part)) return nullptr;
          for (const auto& known : aggregate.aggregates) {
            if (SameExpression(*known.expression, *part)) {
              return MakeResolved(Reference(known.column)->node, part->type, part->nullable,
                                  part->pretty);
            }
          }
          NamedExpression call = Named(part, part->pretty);
          auto reference = Reference(call.column);
          columns.push_back(call.column);
          aggregate.aggregates.push_back(std::move(call));
          return reference;
        });
  }
  auto below = MakeResolvedRelation(std::move(aggregate), std::move(columns));
  return ProjectItems(std::move(below), std::move(items));
}

Result<std::vector<NamedExpression>> Analysis::ResolveGrouping(
    const std::vector<ExpressionPtr>& expressions, const Scope& scope,
    const std::vector<SelectItem>& items) {
  std::vector<NamedExpression> grouping;
  const auto add = [&](SelectItem item) {
    // A computed group is a column of its own; a plain one keeps its id.
    grouping.push_back(std::move(item.named));
  };
  for (const auto& expression : expressions) {
    if (options_.group_by_ordinal && IsOrdinal(*expression)) {
      const int ordinal = OrdinalOf(*expression);
      const auto size = static_cast<int>(items.size());
      if (ordinal < 1 || ordinal > size) {
        return MakeError("GROUP_BY_POS_OUT_OF_RANGE",
                         {{"index", std::to_string(ordinal)}, {"size", std::to_string(size)}});
      }
      const SelectItem& item = items[static_cast<size_t>(ordinal) - 1];
      if (ContainsAggregate(*item.named.expression)) {
        return MakeError("GROUP_BY_POS_AGGREGATE",
                         {{"index", std::to_string(ordinal)},
                          {"aggExpr", QualifiedSql(*item.named.expression, *scope.inputs[0]) +
                                          " AS " + QuoteIdentifier(item.named.column.name)}});
      }
      add(GroupOf(item));
      continue;
    }
    auto list = ResolveSelectList({expression}, scope);
    if (list.ok()) {
      for (auto& item : *list) add(std::move(item));
      continue;
    }
    // GROUP BY alias: names of the select list, when the input has none of that name.
    const auto* attribute = std::get_if<UnresolvedAttribute>(&expression->node);
    const SelectItem* found = nullptr;
    if (attribute != nullptr && attribute->parts.size() == 1) {
      for (const auto& item : items) {
        if (item.has_alias && Equal(item.named.column.name, attribute->parts[0])) {
          found = &item;
          break;
        }
      }
    }
    if (found == nullptr) return std::move(list).error();
    if (ContainsAggregate(*found->named.expression)) {
      return MakeError("GROUP_BY_AGGREGATE",
                       {{"sqlExpr", QualifiedSql(*found->named.expression, *scope.inputs[0])}});
    }
    add(GroupOf(*found));
  }
  return grouping;
}

// A select item as a grouping expression: its own column, so that the item references it.
SelectItem Analysis::GroupOf(const SelectItem& item) {
  SelectItem group = item;
  if (!std::holds_alternative<ColumnReference>(item.named.expression->node)) {
    group.named = Named(item.named.expression, item.named.column.name);
  } else if (item.has_alias) {
    const auto& column = std::get<ColumnReference>(item.named.expression->node);
    group.named.column.id = column.id;
  }
  return group;
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Aggregate& source, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*source.input, outer));
  ASSIGN_OR_RETURN(const Aggregate aggregate, GroupByTimeWindow(source, input, outer));
  if (aggregate.type == GroupType::kPivot) return ResolvePivot(aggregate, std::move(input), outer);
  Scope scope = Scope::Over(*input, outer);
  Scope item_scope = scope;
  const std::vector<NamedExpression> none;
  if (aggregate.is_sql) item_scope.lateral = &none;
  if (aggregate.type != GroupType::kGroupBy) {
    return ResolveGroupingSets(aggregate, std::move(input), scope, item_scope);
  }
  ASSIGN_OR_RETURN(auto items, ResolveSelectList(aggregate.aggregates, item_scope));
  InlineLateralAliases(items);
  std::vector<NamedExpression> grouping;
  if (IsGroupByAll(aggregate, *input)) {
    for (const auto& item : items) {
      if (ContainsAggregate(*item.named.expression)) continue;
      grouping.push_back(GroupOf(item).named);
    }
  } else {
    ASSIGN_OR_RETURN(grouping, ResolveGrouping(aggregate.grouping, scope, items));
  }
  if (!aggregate.is_sql) {
    std::vector<SelectItem> all;
    for (const auto& group : grouping) all.push_back({.named = group});
    all.insert(all.end(), items.begin(), items.end());
    items = std::move(all);
  }
  return AggregateItems(std::move(input), std::move(grouping), std::move(items));
}

}  // namespace ember
