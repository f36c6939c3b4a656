#include <algorithm>
#include <map>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/expression_class.h"
#include "analyzer/name_matching.h"
#include "analyzer/resolved_relations.h"
#include "analyzer/time_window_mark.h"

namespace ember {
namespace {

// Replaces references to lateral aliases by what they stand for.
ResolvedExpressionPtr InlineAliases(const ResolvedExpressionPtr& expression,
                                    const std::map<int64_t, ResolvedExpressionPtr>& aliases) {
  return Rewrite(expression, [&](const ResolvedExpressionPtr& part) -> ResolvedExpressionPtr {
    const auto* column = std::get_if<ColumnReference>(&part->node);
    if (column == nullptr || column->is_outer) return nullptr;
    const auto found = aliases.find(column->id);
    if (found == aliases.end()) return nullptr;
    const ResolvedExpression& target = *found->second;
    return MakeResolved(target.node, target.type, target.nullable, part->pretty);
  });
}

bool IsGenerator(const ResolvedExpression& expression) {
  const auto* call = std::get_if<ResolvedCall>(&expression.node);
  return call != nullptr && call->function->kind == FunctionKind::kGenerator;
}

bool IsInSubquery(const ResolvedExpression& expression) {
  const auto* subquery = std::get_if<ResolvedSubquery>(&expression.node);
  return subquery != nullptr && subquery->kind == SubqueryKind::kIn;
}

// RewritePredicateSubquery: outside of a filter IN and NOT IN of a subquery become existence
// joins, which say false where SQL's answer is null.
Result<ResolvedExpressionPtr> ExistenceOf(Analysis& analysis, const ResolvedExpressionPtr& whole) {
  if (!ContainsSubquery(*whole)) return whole;
  std::optional<Error> error;
  const auto rewritten = Rewrite(whole, [&](const ResolvedExpressionPtr& part) {
    const auto* call = std::get_if<ResolvedCall>(&part->node);
    const bool is_not_in =
        call != nullptr && call->function->name == "not" && IsInSubquery(*call->arguments[0]);
    if (!is_not_in && !IsInSubquery(*part)) return ResolvedExpressionPtr();
    auto known = analysis.MakeCall("coalesce", {part, ResolvedLiteral({BooleanType(), {false}})});
    if (!known.ok()) {
      error = known.error();
      return part;
    }
    return MakeResolved((*known)->node, part->type, part->nullable, part->pretty);
  });
  if (error) return *error;
  return rewritten;
}

const ResolvedWindow* WindowOf(const ResolvedExpression& expression) {
  return std::get_if<ResolvedWindow>(&expression.node);
}

bool HoldsWindow(const ResolvedExpression& window) {
  bool holds = false;
  ForEachChild(
      window, [&](const ResolvedExpressionPtr& child) { holds = holds || ContainsWindow(*child); });
  return holds;
}

// A generator stands alone in its item.
Status CheckGenerators(const std::vector<SelectItem>& items) {
  for (const auto& item : items) {
    const ResolvedExpression& expression = *item.named.expression;
    if (!ContainsGenerator(expression) || IsGenerator(expression)) continue;
    return MakeError("UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS",
                     {{"expression", QuoteExpression(expression.pretty)}});
  }
  return {};
}

}  // namespace

// ResolveLateralColumnAliasReference: an alias stands for its expression.
void InlineLateralAliases(std::vector<SelectItem>& items) {
  std::map<int64_t, ResolvedExpressionPtr> aliases;
  for (SelectItem& item : items) {
    const auto ids = ReferencedIds(*item.named.expression);
    const bool uses_alias =
        std::any_of(ids.begin(), ids.end(), [&](int64_t id) { return aliases.contains(id); });
    if (uses_alias) item.named.expression = InlineAliases(item.named.expression, aliases);
    if (item.has_alias) aliases.emplace(item.named.column.id, item.named.expression);
  }
}

namespace {

// ExtractWindowExpressions: windows inside of a window are computed below it.
ResolvedRelationPtr SplitWindows(Analysis& analysis, ResolvedRelationPtr input,
                                 std::vector<NamedExpression>& items) {
  std::vector<NamedExpression> below;
  const ExpressionRewriter extract = [&](const ResolvedExpressionPtr& part) {
    if (WindowOf(*part) == nullptr) return ResolvedExpressionPtr();
    NamedExpression item = analysis.Named(part, part->pretty);
    auto reference = Reference(item.column);
    below.push_back(std::move(item));
    return MakeResolved(reference->node, part->type, part->nullable, part->pretty);
  };
  for (NamedExpression& item : items) {
    const ResolvedExpression* outermost = nullptr;
    item.expression = Rewrite(item.expression, [&](const ResolvedExpressionPtr& part) {
      if (WindowOf(*part) == nullptr || !HoldsWindow(*part)) return ResolvedExpressionPtr();
      outermost = part.get();
      return Rewrite(part, [&](const ResolvedExpressionPtr& inner) {
        return inner.get() == outermost ? ResolvedExpressionPtr() : extract(inner);
      });
    });
  }
  if (below.empty()) return input;
  input = SplitWindows(analysis, std::move(input), below);
  for (const ResolvedColumn& column : input->columns) below.push_back(PassThrough(column));
  return MakeProject(std::move(input), std::move(below));
}

// An alias that is not deterministic has one value for all that name it: it is computed below.
ResolvedRelationPtr SplitRandomAliases(Analysis& analysis, ResolvedRelationPtr input,
                                       std::vector<SelectItem>& items) {
  std::set<int64_t> named;
  for (const SelectItem& item : items) named.merge(ReferencedIds(*item.named.expression));
  std::vector<NamedExpression> below;
  for (SelectItem& item : items) {
    const ResolvedExpression& expression = *item.named.expression;
    if (!item.has_alias || !named.contains(item.named.column.id) || IsDeterministic(expression) ||
        ContainsAggregate(expression) || ContainsWindow(expression)) {
      continue;
    }
    NamedExpression computed = analysis.Named(item.named.expression, expression.pretty);
    auto reference = Reference(computed.column);
    item.named.expression =
        MakeResolved(reference->node, expression.type, expression.nullable, expression.pretty);
    below.push_back(std::move(computed));
  }
  if (below.empty()) return input;
  for (const ResolvedColumn& column : input->columns) below.push_back(PassThrough(column));
  return MakeProject(std::move(input), std::move(below));
}

}  // namespace

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Project& project, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*project.input, outer));
  Scope scope = Scope::Over(*input, outer);
  const std::vector<NamedExpression> none;
  scope.lateral = &none;
  ASSIGN_OR_RETURN(auto items, ResolveSelectList(project.expressions, scope));
  return ProjectItems(std::move(input), std::move(items));
}

Result<ResolvedRelationPtr> Analysis::ProjectItems(ResolvedRelationPtr input,
                                                   std::vector<SelectItem> items) {
  input = SplitRandomAliases(*this, std::move(input), items);
  InlineLateralAliases(items);
  RETURN_IF_ERROR(CheckGenerators(items));
  const bool aggregates = std::any_of(items.begin(), items.end(), [](const SelectItem& item) {
    return ContainsAggregate(*item.named.expression);
  });
  if (aggregates) return AggregateItems(std::move(input), {}, std::move(items));
  std::vector<ResolvedExpressionPtr> expressions;
  std::vector<ResolvedExpressionPtr*> places;
  for (auto& item : items) {
    expressions.push_back(item.named.expression);
    places.push_back(&item.named.expression);
  }
  for (auto* place : places) {
    ASSIGN_OR_RETURN(*place, ExistenceOf(*this, *place));
  }
  ASSIGN_OR_RETURN(input, ExposeHidden(std::move(input), expressions));
  ASSIGN_OR_RETURN(input, ExtractTimeWindow(std::move(input), places));
  // The attribute of TimeWindowing brings its mark and nullability to what is named after it.
  for (auto& item : items) {
    const auto* reference = std::get_if<ColumnReference>(&item.named.expression->node);
    if (reference == nullptr) continue;
    for (const auto& column : input->columns) {
      if (column.id != reference->id || column.metadata != kTimeWindowMark) continue;
      item.named.column.metadata = column.metadata;
      item.named.column.nullable = column.nullable;
    }
  }
  const bool generates = std::any_of(items.begin(), items.end(), [](const SelectItem& item) {
    return ContainsGenerator(*item.named.expression);
  });
  if (generates) {
    ASSIGN_OR_RETURN(input, ExtractGenerator(std::move(input), items));
  }
  std::vector<NamedExpression> named;
  named.reserve(items.size());
  for (auto& item : items) named.push_back(std::move(item.named));
  input = SplitWindows(*this, std::move(input), named);
  return MakeProject(std::move(input), std::move(named));
}

// ExtractGenerator: each generator of a select list becomes a Generate below the projection.
Result<ResolvedRelationPtr> Analysis::ExtractGenerator(ResolvedRelationPtr input,
                                                       std::vector<SelectItem>& items) {
  std::vector<SelectItem> output;
  for (auto& item : items) {
    if (!IsGenerator(*item.named.expression)) {
      output.push_back(std::move(item));
      continue;
    }
    const auto names = item.has_alias ? item.names : std::vector<std::string>();
    ASSIGN_OR_RETURN(input, MakeGenerate(std::move(input), item.named.expression, names, {}));
    for (const auto& column : std::get<ResolvedGenerate>(input->node).generated) {
      SelectItem generated;
      generated.named = PassThrough(column);
      output.push_back(std::move(generated));
    }
  }
  items = std::move(output);
  return input;
}

Result<ResolvedRelationPtr> Analysis::ExposeHidden(
    ResolvedRelationPtr input, const std::vector<ResolvedExpressionPtr>& expressions) {
  if (input->hidden.empty()) return input;
  std::set<int64_t> used;
  for (const auto& expression : expressions) used.merge(ReferencedIds(*expression));
  std::vector<ResolvedExpressionPtr> missing;
  for (const auto& column : input->hidden) {
    if (used.contains(column.id)) missing.push_back(Reference(column));
  }
  if (missing.empty()) return input;
  ASSIGN_OR_RETURN(Exposed exposed, Expose(input, missing));
  return exposed.relation;
}

Result<ResolvedRelationPtr> Analysis::MakeGenerate(ResolvedRelationPtr input,
                                                   ResolvedExpressionPtr generator,
                                                   const std::vector<std::string>& names,
                                                   const std::vector<std::string>& qualifier) {
  const auto* call = std::get_if<ResolvedCall>(&generator->node);
  const DataType& type = generator->type;
  // The type of a generator is the struct of its columns, or an array of it.
  const DataType& row = type.Is(TypeKind::kArray) ? type.element().type : type;
  if (!row.Is(TypeKind::kStruct)) return InternalError("a generator must give a struct");
  const bool is_outer = std::string_view(call->function->name).ends_with("_outer");
  if (!names.empty() && names.size() != row.fields().size()) {
    return MakeError("UDTF_ALIAS_NUMBER_MISMATCH",
                     {{"aliasesSize", std::to_string(row.fields().size())},
                      {"aliasesNames", [&] {
                         std::string out;
                         for (const auto& name : names) out += (out.empty() ? "" : ",") + name;
                         return out;
                       }()}});
  }
  ResolvedGenerate node;
  for (size_t i = 0; i < row.fields().size(); ++i) {
    const StructField& field = row.fields()[i];
    node.generated.push_back(NewColumn(names.empty() ? field.name : names[i], field.type,
                                       field.nullable || is_outer, qualifier));
  }
  std::vector<ResolvedColumn> columns = input->columns;
  columns.insert(columns.end(), node.generated.begin(), node.generated.end());
  node.input = std::move(input);
  node.generator = std::move(generator);
  node.is_outer = is_outer;
  return MakeResolvedRelation(std::move(node), std::move(columns));
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Generate& generate, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*generate.input, outer));
  const Scope scope = Scope::Over(*input, outer);
  ASSIGN_OR_RETURN(auto generator, ResolveExpression(*generate.generator, scope));
  if (!IsGenerator(*generator)) {
    const auto* call = std::get_if<ResolvedCall>(&generator->node);
    return MakeError("UNSUPPORTED_GENERATOR.NOT_GENERATOR",
                     {{"functionName", call ? QuoteIdentifier(call->function->name)
                                            : QuoteExpression(generator->pretty)},
                      {"classCanonicalName", call ? ExpressionClassName(*call->function) : ""}});
  }
  ASSIGN_OR_RETURN(auto resolved, MakeGenerate(std::move(input), std::move(generator),
                                               generate.columns, {generate.alias}));
  if (!generate.is_outer) return resolved;
  ResolvedRelation outer_relation = *resolved;
  auto node = std::get<ResolvedGenerate>(outer_relation.node);
  node.is_outer = true;
  const size_t kept = outer_relation.columns.size() - node.generated.size();
  for (size_t i = 0; i < node.generated.size(); ++i) {
    node.generated[i].nullable = true;
    outer_relation.columns[kept + i].nullable = true;
  }
  outer_relation.node = std::move(node);
  return std::make_shared<const ResolvedRelation>(std::move(outer_relation));
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Filter& filter, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*filter.input, outer));
  return FilterBy(std::move(input), *filter.condition, "WHERE", outer);
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Having& having, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*having.input, outer));
  return FilterBy(std::move(input), *having.condition, "HAVING", outer);
}

Result<ResolvedRelationPtr> Analysis::FilterBy(ResolvedRelationPtr input,
                                               const Expression& condition_source,
                                               std::string_view clause, const Scope* outer) {
  Scope scope = Scope::Over(*input, outer);
  AppendExposableLevels(*input, scope);
  Result<ResolvedExpressionPtr> resolved = ResolvedExpressionPtr();
  if (clause == "HAVING") {
    // AstBuilder.withHavingClause: what is no predicate is cast.
    resolved = ResolveExpression(condition_source, scope);
    if (resolved.ok() && !(*resolved)->type.Is(TypeKind::kBoolean)) {
      resolved = MakeCast(*resolved, BooleanType(), SessionCast(), true);
    }
  } else {
    resolved = ResolveCondition(condition_source, scope);
  }
  if (!resolved.ok() &&
      resolved.error().condition == "UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS") {
    std::string text = resolved.error().parameters.at("expression");
    return MakeError("UNSUPPORTED_GENERATOR.OUTSIDE_SELECT",
                     {{"plan", "'Filter " + text.substr(1, text.size() - 2)}});
  }
  if (!resolved.ok()) return std::move(resolved).error();
  auto condition = std::move(*resolved);
  const std::vector<ResolvedColumn> columns = input->columns;
  const std::vector<ResolvedColumn> hidden = input->hidden;
  ASSIGN_OR_RETURN(Exposed exposed, Expose(input, {condition}));
  if (ContainsWindow(*condition)) {
    return MakeError("_LEGACY_ERROR_TEMP_1034", {{"clauseName", std::string(clause)}});
  }
  if (exposed.relation == nullptr) {
    std::vector<std::string> misplaced;
    CollectMisplaced(*condition, *input, misplaced);
    std::string list;
    for (const auto& text : misplaced) list += (list.empty() ? "" : ", ") + text;
    return MakeError("INVALID_WHERE_CONDITION",
                     {{"condition", QuoteExpression(condition->pretty)}, {"expressionList", list}});
  }
  const bool extended = exposed.relation->columns.size() != columns.size();
  ResolvedRelation filtered = *MakeResolvedRelation(
      ResolvedFilter{exposed.relation, exposed.expressions[0]}, exposed.relation->columns);
  filtered.hidden = hidden;
  auto result = std::make_shared<const ResolvedRelation>(std::move(filtered));
  if (!extended) return result;
  return KeepColumns(std::move(result), columns);
}

}  // namespace ember
