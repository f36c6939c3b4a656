#include <algorithm>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/name_matching.h"
#include "analyzer/resolved_relations.h"

namespace ember {

Result<ResolvedRelationPtr> Analysis::ResolveNode(const WithColumns& with, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*with.input, outer));
  Scope scope = Scope::Over(*input, outer);
  const std::vector<NamedExpression> none;
  scope.lateral = &none;  // a new column sees those before it, unless the input has the name
  ASSIGN_OR_RETURN(auto added, ResolveSelectList(with.columns, scope));
  for (size_t i = 0; i < added.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (!Equal(added[i].named.column.name, added[j].named.column.name)) continue;
      return MakeError("COLUMN_ALREADY_EXISTS",
                       {{"columnName", QuoteIdentifier(LowerName(added[i].named.column.name))}});
    }
  }
  // A column of that name is replaced where it stands (each of them); the others come last.
  std::vector<SelectItem> items;
  std::vector<bool> used(added.size(), false);
  for (const auto& column : input->columns) {
    const SelectItem* replacement = nullptr;
    for (size_t i = 0; i < added.size(); ++i) {
      if (!Equal(added[i].named.column.name, column.name)) continue;
      replacement = &added[i];
      used[i] = true;
    }
    SelectItem item;
    if (replacement != nullptr) {
      item = *replacement;
    } else {
      item.named = PassThrough(column);
    }
    items.push_back(std::move(item));
  }
  for (size_t i = 0; i < added.size(); ++i) {
    if (!used[i]) items.push_back(added[i]);
  }
  return ProjectItems(std::move(input), std::move(items));
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const WithColumnsRenamed& renamed,
                                                  const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*renamed.input, outer));
  std::vector<NamedExpression> output;
  for (const auto& column : input->columns) {
    // One after the other: a -> b, b -> c renames a to c.
    const std::string* name = nullptr;
    for (const auto& [from, to] : renamed.renames) {
      if (Equal(name ? *name : column.name, from)) name = &to;
    }
    if (name == nullptr) {
      output.push_back(PassThrough(column));
    } else {
      output.push_back(Named(Reference(column), *name, column.metadata));
    }
  }
  return MakeProject(std::move(input), std::move(output));
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const DropColumns& drop, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*drop.input, outer));
  const Scope scope = Scope::Over(*input, outer);
  std::set<int64_t> dropped;
  for (const auto& expression : drop.columns) {
    // A column that is not there is dropped already.
    const auto resolved = ResolveExpression(*expression, scope);
    if (!resolved.ok()) continue;
    if (const auto* column = std::get_if<ColumnReference>(&(*resolved)->node)) {
      dropped.insert(column->id);
    }
  }
  std::vector<NamedExpression> kept;
  for (const auto& column : input->columns) {
    const bool by_name = std::any_of(drop.names.begin(), drop.names.end(),
                                     [&](const auto& name) { return Equal(name, column.name); });
    if (!by_name && !dropped.contains(column.id)) kept.push_back(PassThrough(column));
  }
  return MakeProject(std::move(input), std::move(kept));
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const ToDataFrame& to, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*to.input, outer));
  if (to.names.size() != input->columns.size()) {
    return MakeError("ASSIGNMENT_ARITY_MISMATCH",
                     {{"numExpr", std::to_string(to.names.size())},
                      {"numTarget", std::to_string(input->columns.size())}});
  }
  std::vector<NamedExpression> output;
  for (size_t i = 0; i < to.names.size(); ++i) {
    output.push_back(Named(Reference(input->columns[i]), to.names[i], input->columns[i].metadata));
  }
  return MakeProject(std::move(input), std::move(output));
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Deduplicate& deduplicate,
                                                  const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*deduplicate.input, outer));
  ResolvedDeduplicate node;
  for (const auto& name : deduplicate.columns) {
    const size_t before = node.keys.size();
    for (const auto& column : input->columns) {
      if (Equal(column.name, name)) node.keys.push_back(Reference(column));
    }
    if (node.keys.size() == before) {
      return MakeError("org.apache.spark.sql.connect.common.InvalidPlanInput",
                       {{"message", "Invalid deduplicate column " + name}});
    }
  }
  if (deduplicate.columns.empty()) {
    for (const auto& column : input->columns) node.keys.push_back(Reference(column));
  }
  for (const auto& key : node.keys) {
    if (!key->type.Is(TypeKind::kMap)) continue;
    return MakeError("UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE",
                     {{"colName", QuoteIdentifier(key->pretty)},
                      {"dataType", "\"" + SqlText(key->type) + "\""}});
  }
  node.input = input;
  return Over(*input, std::move(node));
}

}  // namespace ember
