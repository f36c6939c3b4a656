#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/function_lookup.h"
#include "analyzer/name_matching.h"
#include "analyzer/pretty_names.h"

namespace ember {
namespace {

std::vector<std::vector<int>> RollupSets(int count) {
  std::vector<std::vector<int>> sets;
  for (int kept = count; kept >= 0; --kept) {
    std::vector<int> set;
    for (int i = 0; i < kept; ++i) set.push_back(i);
    sets.push_back(std::move(set));
  }
  return sets;
}

std::vector<std::vector<int>> CubeSets(int count) {
  std::vector<std::vector<int>> sets;
  for (uint32_t mask = 0; mask < (1U << count); ++mask) {
    std::vector<int> set;
    for (int i = 0; i < count; ++i) {
      if ((mask & (1U << i)) == 0) set.push_back(i);
    }
    sets.push_back(std::move(set));
  }
  return sets;
}

bool IsOrdinal(const Expression& expression) {
  const auto* literal = std::get_if<Literal>(&expression.node);
  return literal != nullptr && literal->type.Is(TypeKind::kInteger) && !literal->value.is_null();
}

constexpr int kMaxCube = 16;

}  // namespace

Result<ResolvedRelationPtr> Analysis::ResolveGroupingSets(const Aggregate& aggregate,
                                                          ResolvedRelationPtr input,
                                                          const Scope& scope,
                                                          const Scope& item_scope) {
  // Ordinals and aliases need the select list, grouping() in the list needs the groups: the list
  // is resolved again when the groups are known.
  std::vector<SelectItem> first_items;
  const bool needs_items =
      aggregate.is_sql && std::any_of(aggregate.grouping.begin(), aggregate.grouping.end(),
                                      [&](const ExpressionPtr& e) {
                                        return IsOrdinal(*e) || !ResolveExpression(*e, scope).ok();
                                      });
  GroupingContext context;
  if (needs_items) {
    context.is_open = true;
    Scope open = item_scope;
    open.grouping = &context;
    ASSIGN_OR_RETURN(first_items, ResolveSelectList(aggregate.aggregates, open));
    context.is_open = false;
  }
  std::vector<NamedExpression> grouping;
  std::vector<std::vector<int>> sets;
  const auto index_of = [&](const NamedExpression& group) {
    for (size_t i = 0; i < grouping.size(); ++i) {
      if (SameExpression(*grouping[i].expression, *group.expression)) return static_cast<int>(i);
    }
    grouping.push_back(group);
    return static_cast<int>(grouping.size()) - 1;
  };
  ASSIGN_OR_RETURN(auto listed, ResolveGrouping(aggregate.grouping, scope, first_items));
  for (const auto& group : listed) index_of(group);
  switch (aggregate.type) {
    case GroupType::kRollup:
      sets = RollupSets(static_cast<int>(grouping.size()));
      break;
    case GroupType::kCube:
      if (grouping.size() > kMaxCube) return Unsupported("cube of more than 16 columns");
      sets = CubeSets(static_cast<int>(grouping.size()));
      break;
    case GroupType::kGroupingSets:
    case GroupType::kGroupBy:
    case GroupType::kPivot:
      for (const auto& set : aggregate.grouping_sets) {
        ASSIGN_OR_RETURN(auto groups, ResolveGrouping(set, scope, first_items));
        std::vector<int> indexes;
        for (const auto& group : groups) {
          const int index = index_of(group);
          if (std::find(indexes.begin(), indexes.end(), index) == indexes.end()) {
            indexes.push_back(index);
          }
        }
        sets.push_back(std::move(indexes));
      }
      break;
  }
  for (auto& group : grouping) group.column.nullable = true;
  context.grouping = &grouping;
  context.id = NewColumn("spark_grouping_id", LongType(), false);
  Scope with_groups = item_scope;
  with_groups.grouping = &context;
  ASSIGN_OR_RETURN(auto items, ResolveSelectList(aggregate.aggregates, with_groups));
  if (!aggregate.is_sql) {
    std::vector<SelectItem> all;
    for (const auto& group : grouping) all.push_back({.named = group});
    all.insert(all.end(), items.begin(), items.end());
    items = std::move(all);
  }
  grouping_ids_.insert(context.id.id);
  ASSIGN_OR_RETURN(auto resolved, AggregateWithSets(std::move(input), std::move(grouping),
                                                    std::move(sets), std::move(items)));
  return WithGroupingId(*resolved, context.id.id);
}

ResolvedRelationPtr Analysis::WithGroupingId(const ResolvedRelation& relation, int64_t id) {
  ResolvedRelation out = relation;
  if (auto* aggregate = std::get_if<ResolvedAggregate>(&out.node)) {
    aggregate->grouping_id_column = id;
  } else if (auto* project = std::get_if<ResolvedProject>(&out.node)) {
    project->input = WithGroupingId(*project->input, id);
  }
  return std::make_shared<const ResolvedRelation>(std::move(out));
}

// ResolveGroupingAnalytics: grouping(a) is a bit of the grouping id, grouping_id(…) all of it.
Result<ResolvedExpressionPtr> Analysis::ResolveGroupingCall(const std::string& name,
                                                            const UnresolvedFunction& call,
                                                            const Scope& scope) {
  ASSIGN_OR_RETURN(auto arguments, ResolveExpressions(call.arguments, scope));
  std::string texts;
  for (const auto& argument : arguments) texts += (texts.empty() ? "" : ", ") + argument->pretty;
  std::string pretty = fmt::format("{}({})", name, texts);
  if (scope.grouping == nullptr) return MakeError("UNSUPPORTED_GROUPING_EXPRESSION");
  const DataType type = name == "grouping" ? ByteType() : LongType();
  if (scope.grouping->is_open)
    return MakeResolved(Literal{type, {int64_t{0}}}, type, false, pretty);
  const auto& grouping = *scope.grouping->grouping;
  auto id = Reference(scope.grouping->id);
  if (name == "grouping_id") {
    const bool matches =
        arguments.empty() ||
        std::equal(arguments.begin(), arguments.end(), grouping.begin(), grouping.end(),
                   [](const auto& a, const auto& g) { return SameExpression(*a, *g.expression); });
    if (!matches) {
      std::string columns;
      for (const auto& group : grouping) {
        columns += (columns.empty() ? "" : ",") + TreeName(*group.expression);
      }
      std::string given;
      for (const auto& argument : arguments) {
        given += (given.empty() ? "" : ",") + TreeName(*argument);
      }
      return MakeError("GROUPING_ID_COLUMN_MISMATCH",
                       {{"groupingIdColumn", given}, {"groupByColumns", columns}});
    }
    return MakeResolved(ResolvedCast{std::move(id), CastMode::kLegacy}, LongType(), false,
                        std::move(pretty));
  }
  if (arguments.size() != 1) {
    return WrongArgumentCount({.name = "grouping", .min_arguments = 1, .max_arguments = 1}, name,
                              arguments.size());
  }
  for (size_t i = 0; i < grouping.size(); ++i) {
    if (!SameExpression(*grouping[i].expression, *arguments[0])) continue;
    const auto shift = static_cast<int64_t>(grouping.size() - 1 - i);
    ASSIGN_OR_RETURN(
        auto shifted,
        MakeCall("shiftright", {std::move(id), ResolvedLiteral({IntegerType(), {shift}})}));
    ASSIGN_OR_RETURN(
        auto bit, MakeCall("&", {std::move(shifted), ResolvedLiteral({LongType(), {int64_t{1}}})}));
    return MakeResolved(ResolvedCast{std::move(bit), CastMode::kLegacy}, ByteType(), false,
                        std::move(pretty));
  }
  std::string columns;
  for (const auto& group : grouping) {
    columns += (columns.empty() ? "" : ",") + TreeName(*group.expression);
  }
  return MakeError("GROUPING_COLUMN_MISMATCH",
                   {{"grouping", TreeName(*arguments[0])}, {"groupingColumns", columns}});
}

}  // namespace ember
