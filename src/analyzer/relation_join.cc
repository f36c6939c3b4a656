#include <algorithm>
#include <set>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/name_matching.h"
#include "analyzer/resolved_relations.h"

namespace ember {
namespace {

std::vector<ResolvedColumn> Nullable(std::vector<ResolvedColumn> columns) {
  for (auto& column : columns) column.nullable = true;
  return columns;
}

bool LeftMayBeNull(JoinType type) {
  return type == JoinType::kRightOuter || type == JoinType::kFullOuter;
}
bool RightMayBeNull(JoinType type) {
  return type == JoinType::kLeftOuter || type == JoinType::kFullOuter;
}
bool KeepsRight(JoinType type) {
  return type != JoinType::kLeftSemi && type != JoinType::kLeftAnti;
}

std::vector<ResolvedColumn> JoinedColumns(const ResolvedRelation& left,
                                          const ResolvedRelation& right, JoinType type) {
  auto columns = LeftMayBeNull(type) ? Nullable(left.columns) : left.columns;
  if (!KeepsRight(type)) return columns;
  const auto more = RightMayBeNull(type) ? Nullable(right.columns) : right.columns;
  columns.insert(columns.end(), more.begin(), more.end());
  return columns;
}

}  // namespace

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Join& join, const Scope* outer) {
  ASSIGN_OR_RETURN(auto left, Resolve(*join.left, outer));
  Scope lateral_scope;
  const Scope* right_outer = outer;
  if (join.is_lateral) {
    lateral_scope = Scope::Over(*left, outer);
    right_outer = &lateral_scope;
  }
  // The right side is analysed on its own, so all its columns have ids of their own, also in a
  // join of a relation with itself.
  ASSIGN_OR_RETURN(auto right, Resolve(*join.right, right_outer));
  if (join.is_natural || !join.using_columns.empty()) {
    return ResolveUsingJoin(join, std::move(left), std::move(right));
  }
  ResolvedJoin node{.left = left,
                    .right = right,
                    .type = join.type,
                    .condition = nullptr,
                    .is_lateral = join.is_lateral};
  std::vector<ResolvedColumn> both = left->columns;
  both.insert(both.end(), right->columns.begin(), right->columns.end());
  std::vector<ResolvedColumn> hidden = left->hidden;
  if (KeepsRight(join.type))
    hidden.insert(hidden.end(), right->hidden.begin(), right->hidden.end());
  if (join.condition) {
    Scope scope;
    std::vector<ResolvedColumn> both_hidden = left->hidden;
    both_hidden.insert(both_hidden.end(), right->hidden.begin(), right->hidden.end());
    scope.levels = {&both, &both_hidden};
    scope.inputs = {left.get(), right.get()};
    scope.outer = outer;
    auto condition = ResolveExpression(*join.condition, scope);
    if (!condition.ok()) return std::move(condition).error();
    node.condition = std::move(*condition);
    if (!node.condition->type.Is(TypeKind::kBoolean)) {
      return MakeError("JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE",
                       {{"joinCondition", QuoteExpression(node.condition->pretty)},
                        {"conditionType", "\"" + SqlText(node.condition->type) + "\""}});
    }
    const auto expose = [&](ResolvedRelationPtr& side) -> Status {
      std::set<int64_t> ids = ReferencedIds(*node.condition);
      std::vector<ResolvedExpressionPtr> missing;
      for (const auto& column : side->hidden) {
        if (ids.contains(column.id)) missing.push_back(Reference(column));
      }
      if (missing.empty()) return {};
      ASSIGN_OR_RETURN(Exposed exposed, Expose(side, missing));
      side = exposed.relation;
      return {};
    };
    const auto columns = JoinedColumns(*left, *right, join.type);
    RETURN_IF_ERROR(expose(node.left));
    RETURN_IF_ERROR(expose(node.right));
    if (node.left != left || node.right != right) {
      auto wide_columns = JoinedColumns(*node.left, *node.right, join.type);
      auto wide = MakeResolvedRelation(std::move(node), std::move(wide_columns));
      return KeepColumns(std::move(wide), columns);
    }
  }
  if (join.type == JoinType::kInner && !node.condition) node.type = JoinType::kCross;
  auto columns = JoinedColumns(*left, *right, join.type);
  ResolvedRelation joined = *MakeResolvedRelation(std::move(node), std::move(columns));
  joined.hidden = std::move(hidden);
  return std::make_shared<const ResolvedRelation>(std::move(joined));
}

// ResolveNaturalAndUsingJoin: the key columns once, then the others of both sides. The keys of
// both sides can still be named by qualifier.
Result<ResolvedRelationPtr> Analysis::ResolveUsingJoin(const Join& join, ResolvedRelationPtr left,
                                                       ResolvedRelationPtr right) {
  std::vector<std::string> names = join.using_columns;
  if (join.is_natural) {
    for (const auto& column : left->columns) {
      const bool shared =
          std::any_of(right->columns.begin(), right->columns.end(),
                      [&](const ResolvedColumn& other) { return Equal(column.name, other.name); });
      if (shared) names.push_back(column.name);
    }
  }
  const auto find = [&](const ResolvedRelation& side, const std::string& name,
                        std::string_view which) -> Result<ResolvedColumn> {
    const auto matches = MatchName({name}, side.columns, options_.case_sensitive);
    if (matches.size() > 1) return AmbiguousReference({name}, matches);
    if (matches.size() == 1) return *matches[0].column;
    std::vector<std::string> suggestions;
    for (const auto& column : side.columns) suggestions.push_back(column.name);
    std::sort(suggestions.begin(), suggestions.end());
    std::string list;
    for (const auto& text : suggestions) list += (list.empty() ? "" : ", ") + QuoteIdentifier(text);
    return MakeError(
        "UNRESOLVED_USING_COLUMN_FOR_JOIN",
        {{"colName", QuoteIdentifier(name)}, {"side", std::string(which)}, {"suggestion", list}});
  };
  ResolvedJoin node{.left = left,
                    .right = right,
                    .type = join.type,
                    .condition = nullptr,
                    .is_lateral = join.is_lateral};
  auto joined_columns = JoinedColumns(*left, *right, join.type);
  std::vector<NamedExpression> output;
  std::vector<ResolvedColumn> keys;
  std::set<int64_t> key_ids;
  const auto joined_column = [&](int64_t id) {
    return *std::find_if(joined_columns.begin(), joined_columns.end(),
                         [id](const ResolvedColumn& column) { return column.id == id; });
  };
  for (const auto& name : names) {
    ASSIGN_OR_RETURN(const ResolvedColumn left_key, find(*left, name, "left"));
    ASSIGN_OR_RETURN(const ResolvedColumn right_key, find(*right, name, "right"));
    ASSIGN_OR_RETURN(auto equal, MakeCall("==", {Reference(left_key), Reference(right_key)}));
    if (node.condition) {
      ASSIGN_OR_RETURN(node.condition, MakeCall("and", {node.condition, std::move(equal)}));
    } else {
      node.condition = std::move(equal);
    }
    key_ids.insert(left_key.id);
    key_ids.insert(right_key.id);
    keys.push_back(joined_column(left_key.id));
    if (KeepsRight(join.type)) keys.push_back(joined_column(right_key.id));
    if (join.type == JoinType::kFullOuter) {
      ASSIGN_OR_RETURN(auto either, MakeCall("coalesce", {Reference(joined_column(left_key.id)),
                                                          Reference(joined_column(right_key.id))}));
      output.push_back(Named(std::move(either), left_key.name));
    } else if (join.type == JoinType::kRightOuter) {
      output.push_back(PassThrough(joined_column(right_key.id)));
    } else {
      output.push_back(PassThrough(joined_column(left_key.id)));
    }
  }
  if (!node.condition && node.type == JoinType::kInner) node.type = JoinType::kCross;
  for (const auto& column : joined_columns) {
    if (!key_ids.contains(column.id)) output.push_back(PassThrough(column));
  }
  auto joined = MakeResolvedRelation(std::move(node), std::move(joined_columns));
  ResolvedRelation result = *MakeProject(std::move(joined), std::move(output));
  for (auto& key : keys) key.metadata = "{\"__metadata_col\":\"" + key.name + "\"}";
  result.hidden = std::move(keys);
  return std::make_shared<const ResolvedRelation>(std::move(result));
}

}  // namespace ember
