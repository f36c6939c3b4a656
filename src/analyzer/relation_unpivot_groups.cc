// SQL UNPIVOT with several values a row: ((v, w) FOR name IN ((a, b), (c, d) AS text)).
#include <algorithm>
#include <utility>

#include "analyzer/analysis.h"

namespace ember {
namespace {

struct UnpivotGroup {
  std::vector<NamedExpression> values;
  std::string name;  // in the variable column
};

// Spark compares the groups as structs and shows them so, their names split at dots and quoted.
Error MismatchOf(const std::vector<UnpivotGroup>& groups) {
  std::vector<std::string> texts;
  for (const UnpivotGroup& group : groups) {
    Schema fields;
    std::string call;
    for (const auto& [column, expression] : group.values) {
      fields.push_back({column.name, column.type, column.nullable, ""});
      std::string reference = column.name;
      if (!column.qualifier.empty()) reference = column.qualifier.back() + "`.`" + column.name;
      call += (call.empty() ? "'" : ", '") + column.name + "', " + reference;
    }
    texts.push_back("\"" + SqlText(StructType(std::move(fields))) + "\" (`named_struct(" + call +
                    ")`)");
  }
  std::sort(texts.begin(), texts.end());
  std::string list;
  for (const auto& text : texts) list += (list.empty() ? "" : ", ") + text;
  return MakeError("UNPIVOT_VALUE_DATA_TYPE_MISMATCH", {{"types", list}});
}

std::string JoinedNames(const std::vector<NamedExpression>& values) {
  std::string name;
  for (const auto& value : values) name += (name.empty() ? "" : "_") + value.column.name;
  return name;
}

}  // namespace

Result<ResolvedRelationPtr> Analysis::ResolveUnpivotGroups(const Unpivot& unpivot,
                                                           ResolvedRelationPtr input,
                                                           const Scope& scope) {
  const size_t width = unpivot.value_columns.size();
  std::vector<UnpivotGroup> groups;
  std::set<int64_t> used;
  for (const auto& source : *unpivot.values) {
    const auto* alias = std::get_if<Alias>(&source->node);
    const auto& call = std::get<UnresolvedFunction>(alias ? alias->child->node : source->node);
    UnpivotGroup group;
    ASSIGN_OR_RETURN(auto items, ResolveSelectList(call.arguments, scope));
    for (auto& item : items) {
      used.merge(ReferencedIds(*item.named.expression));
      group.values.push_back(std::move(item.named));
    }
    if (group.values.size() != width) {
      return MakeError("UNPIVOT_VALUE_SIZE_MISMATCH", {{"names", std::to_string(width)}});
    }
    group.name = alias ? alias->names[0] : JoinedNames(group.values);
    groups.push_back(std::move(group));
  }
  std::vector<DataType> types;
  std::vector<bool> nullable(width, false);
  for (size_t i = 0; i < width; ++i) {
    std::vector<DataType> column;
    for (const auto& group : groups) {
      column.push_back(group.values[i].expression->type);
      nullable[i] = nullable[i] || group.values[i].expression->nullable;
    }
    const auto wider = WiderTypeWithoutString(column, options_.ansi);
    if (!wider) return MismatchOf(groups);
    types.push_back(*wider);
  }
  ResolvedExpand expand;
  for (const auto& column : input->columns) {
    if (!used.contains(column.id)) {
      expand.columns.push_back(
          NewColumn(column.name, column.type, column.nullable, column.qualifier));
    }
  }
  expand.columns.push_back(NewColumn(unpivot.variable_column, StringType(), false));
  for (size_t i = 0; i < width; ++i) {
    expand.columns.push_back(NewColumn(unpivot.value_columns[i], types[i], nullable[i]));
  }
  for (const auto& group : groups) {
    std::vector<ResolvedExpressionPtr> row;
    for (const auto& column : input->columns) {
      if (!used.contains(column.id)) row.push_back(Reference(column));
    }
    row.push_back(ResolvedLiteral({StringType(), {group.name}}));
    for (size_t i = 0; i < width; ++i) {
      row.push_back(ImplicitCastTo(group.values[i].expression, types[i], SessionCast()));
    }
    expand.projections.push_back(std::move(row));
  }
  expand.input = std::move(input);
  auto columns = expand.columns;
  auto expanded = MakeResolvedRelation(std::move(expand), columns);
  if (unpivot.include_nulls) return expanded;
  // A row stays when any of its values is there.
  ResolvedExpressionPtr condition;
  for (size_t i = columns.size() - width; i < columns.size(); ++i) {
    ASSIGN_OR_RETURN(auto present, MakeCall("isnotnull", {Reference(columns[i])}));
    if (condition == nullptr) {
      condition = std::move(present);
    } else {
      ASSIGN_OR_RETURN(condition, MakeCall("or", {condition, std::move(present)}));
    }
  }
  return Over(*expanded, ResolvedFilter{expanded, std::move(condition)});
}

}  // namespace ember
