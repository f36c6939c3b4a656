#include <algorithm>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/name_matching.h"
#include "analyzer/name_regex.h"
#include "analyzer/resolved_relations.h"
#include "sql/parser.h"

namespace ember {
namespace {

const ResolvedColumn* FindColumn(const Scope& scope, int64_t id) {
  for (const auto* level : scope.levels) {
    for (const auto& column : *level) {
      if (column.id == id) return &column;
    }
  }
  return nullptr;
}

const ResolvedRelation* FindPlan(const ResolvedRelation& relation, int64_t plan_id) {
  const auto& ids = relation.plan_ids;
  if (std::find(ids.begin(), ids.end(), plan_id) != ids.end()) return &relation;
  const ResolvedRelation* found = nullptr;
  ForEachInput(relation, [&](const ResolvedRelationPtr& input) {
    if (found == nullptr) found = FindPlan(*input, plan_id);
  });
  return found;
}

// The name Spark gives an item without alias (ResolveAliases).
std::string DerivedName(const Expression& source, const ResolvedExpression& resolved) {
  if (const auto* attribute = std::get_if<UnresolvedAttribute>(&source.node)) {
    return std::holds_alternative<ResolvedCall>(resolved.node) && !resolved.pretty.ends_with("]")
               ? resolved.pretty
               : attribute->parts.back();
  }
  if (const auto* column = std::get_if<ColumnReference>(&resolved.node)) {
    return column->name == "spark_grouping_id" ? resolved.pretty : column->name;
  }
  if (const auto* cast = std::get_if<Cast>(&source.node)) {
    const auto* alias = std::get_if<Alias>(&cast->child->node);
    if (alias != nullptr && alias->names.size() == 1) return alias->names[0];
  }
  if (const auto* cast = std::get_if<ResolvedCast>(&resolved.node)) {
    const auto* column = std::get_if<ColumnReference>(&cast->child->node);
    if (column != nullptr && column->name != "spark_grouping_id") return column->name;
  }
  return resolved.pretty;
}

std::string DerivedMetadata(const ResolvedExpression& resolved, const Scope& scope) {
  const auto* column = std::get_if<ColumnReference>(&resolved.node);
  if (column != nullptr) {
    const auto* found = FindColumn(scope, column->id);
    return found ? found->metadata : "";
  }
  const auto* access = std::get_if<ResolvedFieldAccess>(&resolved.node);
  if (access == nullptr || !access->child->type.Is(TypeKind::kStruct)) return "";
  return access->child->type.fields()[static_cast<size_t>(access->ordinal)].metadata;
}

}  // namespace

NamedExpression Analysis::Named(ResolvedExpressionPtr expression, std::string name,
                                std::string metadata) {
  ResolvedColumn column = NewColumn(std::move(name), expression->type, expression->nullable);
  column.metadata = std::move(metadata);
  return {std::move(column), std::move(expression)};
}

ResolvedColumn Analysis::NewColumn(std::string name, DataType type, bool nullable,
                                   std::vector<std::string> qualifier) {
  return {.id = NextId(),
          .name = std::move(name),
          .type = std::move(type),
          .nullable = nullable,
          .metadata = {},
          .qualifier = std::move(qualifier)};
}

bool Analysis::Equal(std::string_view a, std::string_view b) const {
  return EqualNames(a, b, options_.case_sensitive);
}

Result<std::vector<NamedExpression>> Analysis::ExpandStar(const UnresolvedStar& star,
                                                          const Scope& scope) {
  if (!star.except.empty()) {
    UnresolvedStar all = star;
    all.except.clear();
    ASSIGN_OR_RETURN(auto expanded, ExpandStar(all, scope));
    return ExcludeColumns(std::move(expanded), star.except);
  }
  const std::vector<ResolvedColumn>* columns = scope.levels.empty() ? nullptr : scope.levels[0];
  if (star.plan_id) {
    const ResolvedRelation* plan = nullptr;
    for (const auto* input : scope.inputs) {
      if (plan == nullptr) plan = FindPlan(*input, *star.plan_id);
    }
    if (plan == nullptr) return MakeError("CANNOT_RESOLVE_DATAFRAME_COLUMN", {{"name", "`*`"}});
    columns = &plan->columns;
  }
  std::vector<NamedExpression> expanded;
  if (columns == nullptr) return expanded;
  if (star.target.empty()) {
    for (const auto& column : *columns) expanded.push_back(PassThrough(column));
    return expanded;
  }
  for (const auto* level : scope.levels) {
    for (const auto* column : MatchQualifier(star.target, *level, options_.case_sensitive)) {
      expanded.push_back(PassThrough(*column));
    }
    if (!expanded.empty() && level == columns) break;
  }
  if (!expanded.empty()) return expanded;
  // struct.*
  auto base = ResolveAttribute(
      {.parts = star.target, .plan_id = star.plan_id, .is_metadata_column = false}, scope);
  if (!base.ok()) {
    std::vector<std::string> names;
    for (const auto& column : *columns) names.push_back(QuoteIdentifier(column.name));
    std::sort(names.begin(), names.end());
    std::string list;
    for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
    return MakeError("CANNOT_RESOLVE_STAR_EXPAND",
                     {{"targetString", QuoteName(star.target)}, {"columns", list}});
  }
  if (!(*base)->type.Is(TypeKind::kStruct)) {
    return MakeError("CANNOT_EXPAND_STAR_OF_NON_STRUCT", {{"attributes", QuoteName(star.target)}});
  }
  for (const auto& field : (*base)->type.fields()) {
    ASSIGN_OR_RETURN(auto access, ExtractField(*base, field.name));
    expanded.push_back(Named(std::move(access), field.name, field.metadata));
  }
  return expanded;
}

Result<std::vector<NamedExpression>> Analysis::ExpandRegex(const UnresolvedRegex& regex,
                                                           const Scope& scope) {
  std::string pattern = regex.pattern;
  if (pattern.size() >= 2 && pattern.front() == '`' && pattern.back() == '`') {
    pattern = pattern.substr(1, pattern.size() - 2);
  }
  std::vector<NamedExpression> expanded;
  ASSIGN_OR_RETURN(const auto matcher, NameRegex::Make(pattern, options_.case_sensitive));
  const std::vector<ResolvedColumn>* columns = scope.levels.empty() ? nullptr : scope.levels[0];
  if (columns == nullptr) return expanded;
  for (const auto& column : *columns) {
    if (matcher.Matches(column.name)) expanded.push_back(PassThrough(column));
  }
  return expanded;
}

Result<std::vector<SelectItem>> Analysis::ResolveSelectList(
    const std::vector<ExpressionPtr>& expressions, Scope scope) {
  std::vector<SelectItem> items;
  std::vector<NamedExpression> aliases;
  const bool allows_lateral = scope.lateral != nullptr;
  if (allows_lateral) scope.lateral = &aliases;
  for (ExpressionPtr expression : expressions) {
    if (const auto* text = std::get_if<ExpressionString>(&expression->node)) {
      ASSIGN_OR_RETURN(expression,
                       ParseExpression(text->text, {.ansi = options_.ansi,
                                                    .double_quoted_identifiers =
                                                        options_.double_quoted_identifiers,
                                                    .zone = options_.zone}));
    }
    std::vector<NamedExpression> expanded;
    if (const auto* star = std::get_if<UnresolvedStar>(&expression->node)) {
      ASSIGN_OR_RETURN(expanded, ExpandStar(*star, scope));
      for (auto& item : expanded) items.push_back({.named = std::move(item)});
      continue;
    }
    if (const auto* regex = std::get_if<UnresolvedRegex>(&expression->node)) {
      ASSIGN_OR_RETURN(expanded, ExpandRegex(*regex, scope));
      for (auto& item : expanded) items.push_back({.named = std::move(item)});
      continue;
    }
    const auto* alias = std::get_if<Alias>(&expression->node);
    SelectItem item;
    ASSIGN_OR_RETURN(auto resolved, ResolveExpression(alias ? *alias->child : *expression, scope));
    if (alias != nullptr) {
      std::string metadata =
          alias->metadata.empty() ? DerivedMetadata(*resolved, scope) : alias->metadata;
      item.has_alias = true;
      item.names = alias->names;
      item.named = Named(std::move(resolved), alias->names[0], std::move(metadata));
      if (allows_lateral && alias->names.size() == 1) aliases.push_back(item.named);
    } else if (const auto* reference = std::get_if<ColumnReference>(&resolved->node);
               reference != nullptr && !reference->is_outer &&
               FindColumn(scope, reference->id) != nullptr) {
      ResolvedColumn column = *FindColumn(scope, reference->id);
      column.name = reference->name;
      item.named = {std::move(column), std::move(resolved)};
    } else {
      std::string name = DerivedName(*expression, *resolved);
      std::string metadata = DerivedMetadata(*resolved, scope);
      item.named = Named(std::move(resolved), std::move(name), std::move(metadata));
    }
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace ember
