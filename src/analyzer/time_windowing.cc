#include <algorithm>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/constant_folding.h"
#include "analyzer/name_matching.h"
#include "analyzer/resolved_relations.h"
#include "analyzer/session_windowing.h"
#include "analyzer/time_window_mark.h"
#include "functions/time_window.h"

namespace ember {
namespace {

bool IsWindowCall(const ResolvedExpression& expression) {
  const auto* call = std::get_if<ResolvedCall>(&expression.node);
  return call != nullptr && call->function->name == "window" && !call->arguments.empty();
}

void CollectWindows(const ResolvedExpressionPtr& expression,
                    std::vector<ResolvedExpressionPtr>& found) {
  if (IsWindowCall(*expression)) {
    const bool known = std::any_of(found.begin(), found.end(), [&](const auto& other) {
      return SameExpression(*other, *expression);
    });
    if (!known) found.push_back(expression);
    return;
  }
  ForEachChild(*expression,
               [&](const ResolvedExpressionPtr& child) { CollectWindows(child, found); });
}

const UnresolvedFunction* WindowFunctionOf(const Expression& expression) {
  const Expression* source = &expression;
  if (const auto* alias = std::get_if<Alias>(&expression.node)) source = alias->child.get();
  const auto* call = std::get_if<UnresolvedFunction>(&source->node);
  if (call == nullptr) return nullptr;
  const std::string name = LowerName(call->name);
  return name == "window" || name == "session_window" ? call : nullptr;
}

// What an aggregate is grouped by besides `window`, without aliases.
Result<std::vector<ExpressionPtr>> KeysBeside(const Aggregate& aggregate,
                                              const ExpressionPtr& window) {
  std::vector<ExpressionPtr> keys;
  for (const auto& group : aggregate.grouping) {
    if (group == window) continue;
    const auto* alias = std::get_if<Alias>(&group->node);
    keys.push_back(alias ? alias->child : group);
    if (std::holds_alternative<Literal>(keys.back()->node))
      return Unsupported("session_window beside the number of a column");
  }
  if (aggregate.type != GroupType::kGroupBy || !aggregate.grouping_sets.empty())
    return Unsupported("session_window in grouping sets");
  return keys;
}

}  // namespace

Result<ResolvedRelationPtr> Analysis::ExtractTimeWindow(
    ResolvedRelationPtr input, const std::vector<ResolvedExpressionPtr*>& expressions) {
  std::vector<ResolvedExpressionPtr> windows;
  for (const auto* expression : expressions) CollectWindows(*expression, windows);
  if (windows.empty()) return input;
  if (windows.size() > 1) return MakeError("_LEGACY_ERROR_TEMP_1039");
  const ResolvedExpressionPtr& window = windows[0];
  const auto& call = std::get<ResolvedCall>(window->node);
  std::vector<ArgumentInfo> infos;
  for (const auto& argument : call.arguments) {
    infos.push_back({.type = argument->type,
                     .nullable = argument->nullable,
                     .constant = FoldConstant(*argument),
                     .pretty = argument->pretty});
  }
  ASSIGN_OR_RETURN(const TimeWindow shape, MakeTimeWindow(infos));
  const ResolvedExpressionPtr time = call.arguments[0];
  ASSIGN_OR_RETURN(auto present, MakeCall("isnotnull", {time}));
  auto known = Over(*input, ResolvedFilter{input, std::move(present)});
  ResolvedExpand expand;
  for (const auto& column : known->columns) expand.columns.push_back(column);
  // Expand keeps the attribute of TimeWindowing, which is nullable; a projection narrows it.
  expand.columns.push_back(NewColumn("window", window->type, shape.overlap() > 1));
  expand.columns.back().metadata = kTimeWindowMark;
  const ResolvedColumn column = expand.columns.back();
  for (int64_t index = 0; index < shape.overlap(); ++index) {
    std::vector<ResolvedExpressionPtr> row;
    for (const auto& kept : known->columns) row.push_back(Reference(kept));
    // The window `index` slides back is that of a time as much earlier.
    auto arguments = call.arguments;
    if (index > 0) {
      auto back = ResolvedLiteral({DayTimeIntervalType(), {index * shape.slide}});
      ASSIGN_OR_RETURN(arguments[0], MakeCall("-", {time, std::move(back)}));
    }
    ASSIGN_OR_RETURN(auto made, MakeCall("window", std::move(arguments)));
    row.push_back(std::move(made));
    expand.projections.push_back(std::move(row));
  }
  for (auto* expression : expressions) {
    *expression = Rewrite(*expression, [&](const ResolvedExpressionPtr& part) {
      if (!IsWindowCall(*part)) return ResolvedExpressionPtr();
      return MakeResolved(Reference(column)->node, part->type, column.nullable, part->pretty);
    });
  }
  const bool slides = expand.projections.size() > 1;
  if (!slides) {
    std::vector<NamedExpression> items;
    for (const auto& kept : known->columns) items.push_back(PassThrough(kept));
    items.push_back({column, expand.projections[0].back()});
    return MakeProject(std::move(known), std::move(items));
  }
  expand.input = known;
  auto columns = expand.columns;
  auto expanded = MakeResolvedRelation(std::move(expand), std::move(columns));
  ASSIGN_OR_RETURN(auto end, ExtractField(Reference(column), "end"));
  ASSIGN_OR_RETURN(auto inside, MakeCall("<", {time, std::move(end)}));
  return Over(*expanded, ResolvedFilter{expanded, std::move(inside)});
}

Result<Aggregate> Analysis::GroupByTimeWindow(const Aggregate& aggregate,
                                              ResolvedRelationPtr& input, const Scope* outer) {
  Aggregate changed = aggregate;
  for (auto& group : changed.grouping) {
    const UnresolvedFunction* call = WindowFunctionOf(*group);
    if (call == nullptr) continue;
    const std::string name = LowerName(call->name);
    const Scope scope = Scope::Over(*input, outer);
    ASSIGN_OR_RETURN(auto window, ResolveCall(*call, scope));
    const ResolvedExpressionPtr original = window;
    if (name == "window") {
      ASSIGN_OR_RETURN(input, ExtractTimeWindow(std::move(input), {&window}));
    } else {
      ASSIGN_OR_RETURN(const auto keys, KeysBeside(aggregate, group));
      ASSIGN_OR_RETURN(input, WithSessionWindow(*this, std::move(input), *call, keys, outer));
    }
    auto attribute = Attribute({name});
    const auto* alias = std::get_if<Alias>(&group->node);
    group = alias ? As(std::move(attribute), alias->names[0]) : std::move(attribute);
    // The select list may repeat the call.
    for (auto& item : changed.aggregates) {
      const UnresolvedFunction* repeated = WindowFunctionOf(*item);
      if (repeated == nullptr) continue;
      const auto again = ResolveCall(*repeated, Scope::Over(*input, outer));
      if (!again.ok() || !SameExpression(**again, *original)) continue;
      const auto* own = std::get_if<Alias>(&item->node);
      item = own ? As(Attribute({name}), own->names[0]) : Attribute({name});
    }
  }
  return changed;
}

}  // namespace ember
