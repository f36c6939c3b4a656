#include <algorithm>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/name_matching.h"
#include "analyzer/resolved_relations.h"

namespace ember {
namespace {

using enum TypeKind;

// A column found through a plan id; visible when all operators above hand it on.
struct PlanCandidate {
  NameMatch match;
  bool is_visible = true;
  // Whether the plan is an input of the operator itself.
  bool is_direct = false;
  // Below a union, whose columns are its own: no operator above finds it.
  bool is_lost = false;
};

bool HasColumn(const std::vector<ResolvedColumn>& columns, int64_t id) {
  return std::any_of(columns.begin(), columns.end(),
                     [id](const ResolvedColumn& column) { return column.id == id; });
}

bool IsUnion(const ResolvedRelation& relation) {
  const auto* operation = std::get_if<ResolvedSetOperation>(&relation.node);
  return operation != nullptr && operation->kind == SetOperationKind::kUnion;
}

struct PlanSearch {
  int64_t plan_id;
  const std::vector<std::string>& parts;
  bool case_sensitive;
  bool found_plan = false;
  const ResolvedRelation* plan = nullptr;
  std::vector<PlanCandidate> candidates;

  void Search(const ResolvedRelation& relation, bool is_direct) {
    const auto& ids = relation.plan_ids;
    if (std::find(ids.begin(), ids.end(), plan_id) != ids.end()) {
      found_plan = true;
      plan = &relation;
      auto matches = MatchName(parts, relation.columns, case_sensitive);
      if (matches.empty()) matches = MatchName(parts, relation.hidden, case_sensitive);
      // An alias or a hint of the plan is another plan, one level above it.
      const bool is_outermost = is_direct && ids.back() == plan_id;
      for (auto& match : matches) candidates.push_back({std::move(match), true, is_outermost});
      return;
    }
    const size_t before = candidates.size();
    // What the analysis put between two plans of the program is no plan of its own.
    const bool below = is_direct && ids.empty();
    ForEachInput(relation, [&](const ResolvedRelationPtr& input) { Search(*input, below); });
    const bool is_union = IsUnion(relation);
    for (size_t i = before; i < candidates.size(); ++i) {
      candidates[i].is_lost = candidates[i].is_lost || is_union;
      const int64_t id = candidates[i].match.column->id;
      if (!HasColumn(relation.columns, id) && !HasColumn(relation.hidden, id)) {
        candidates[i].is_visible = false;
      }
    }
  }
};

bool InLevels(const Scope& scope, int64_t id) {
  return std::any_of(scope.levels.begin(), scope.levels.end(),
                     [id](const auto* level) { return HasColumn(*level, id); });
}

Result<ResolvedExpressionPtr> Descend(Analysis& analysis, ResolvedExpressionPtr expression,
                                      const std::vector<std::string>& fields) {
  for (const auto& field : fields) {
    ASSIGN_OR_RETURN(expression, analysis.ExtractField(std::move(expression), field));
  }
  return expression;
}

ResolvedExpressionPtr ReferenceTo(const NameMatch& match) {
  ResolvedColumn column = *match.column;
  column.name = match.name;
  return Reference(column);
}

ResolvedExpressionPtr OuterReference(const NameMatch& match) {
  const ResolvedColumn& column = *match.column;
  return MakeResolved(ColumnReference{.id = column.id, .name = match.name, .is_outer = true},
                      column.type, column.nullable, "outer(" + PrettyQualified(column) + ")");
}

const ResolvedColumn* FindLambdaVariable(const LambdaFrame* frame, std::string_view name,
                                         const Analysis& analysis) {
  for (; frame != nullptr; frame = frame->enclosing) {
    for (const auto& parameter : *frame->parameters) {
      if (analysis.Equal(parameter.name, name)) return &parameter;
    }
  }
  return nullptr;
}

std::string Dotted(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : ".") + part;
  return out;
}

// Columns of several ids for one plan reference.
Error AmbiguousColumn(const std::vector<std::string>& parts) {
  return MakeError("AMBIGUOUS_COLUMN_REFERENCE", {{"name", QuoteExpression(Dotted(parts))}});
}

Result<ResolvedExpressionPtr> ResolveByPlan(Analysis& analysis,
                                            const UnresolvedAttribute& attribute,
                                            const Scope& scope) {
  PlanSearch search{.plan_id = *attribute.plan_id,
                    .parts = attribute.parts,
                    .case_sensitive = analysis.options().case_sensitive};
  for (const auto* input : scope.inputs) search.Search(*input, true);
  if (!search.found_plan) {
    if (scope.outer != nullptr) {
      ASSIGN_OR_RETURN(auto outer, ResolveByPlan(analysis, attribute, *scope.outer));
      return Rewrite(outer, [](const ResolvedExpressionPtr& e) -> ResolvedExpressionPtr {
        const auto* column = std::get_if<ColumnReference>(&e->node);
        if (column == nullptr) return nullptr;
        return MakeResolved(ColumnReference{column->id, column->name, true}, e->type, e->nullable,
                            "outer(" + e->pretty + ")");
      });
    }
    return MakeError("CANNOT_RESOLVE_DATAFRAME_COLUMN",
                     {{"name", QuoteExpression(Dotted(attribute.parts))}});
  }
  if (search.candidates.empty()) return UnresolvedColumn(attribute.parts, search.plan->columns);
  std::vector<PlanCandidate> usable;
  for (const bool visible : {true, false}) {
    for (const auto& candidate : search.candidates) {
      const int64_t id = candidate.match.column->id;
      if (candidate.is_lost || candidate.is_visible != visible) continue;
      if (!visible && !InLevels(scope, id)) continue;
      const bool known = std::any_of(usable.begin(), usable.end(), [id](const auto& other) {
        return other.match.column->id == id;
      });
      if (!known) usable.push_back(candidate);
    }
    if (!usable.empty()) break;
  }
  if (usable.empty()) {
    return MakeError("CANNOT_RESOLVE_DATAFRAME_COLUMN",
                     {{"name", QuoteExpression(Dotted(attribute.parts))}});
  }
  // ColumnResolutionHelper takes the side that is the plan itself: in d.join(d.filter(…), d.a == …)
  // the left one. Any depth below is as good as any other.
  const auto is_direct = [](const auto& candidate) { return candidate.is_direct; };
  if (std::any_of(usable.begin(), usable.end(), is_direct)) {
    std::erase_if(usable, [](const auto& candidate) { return !candidate.is_direct; });
  }
  if (usable.size() > 1) return AmbiguousColumn(attribute.parts);
  NameMatch match = usable[0].match;
  // The operators above may have made it nullable (outer joins).
  for (const auto* level : scope.levels) {
    for (const auto& column : *level) {
      if (column.id != match.column->id) continue;
      match.column = &column;
      return Descend(analysis, ReferenceTo(match), match.fields);
    }
  }
  return Descend(analysis, ReferenceTo(match), match.fields);
}

}  // namespace

Result<ResolvedExpressionPtr> Analysis::ResolveAttribute(const UnresolvedAttribute& attribute,
                                                         const Scope& scope) {
  if (attribute.is_metadata_column) return Unsupported("metadata columns");
  const auto& parts = attribute.parts;
  if (const auto* variable = FindLambdaVariable(scope.lambda, parts[0], *this)) {
    auto reference =
        MakeResolved(ColumnReference{.id = variable->id, .name = variable->name, .is_outer = false},
                     variable->type, variable->nullable, "namedlambdavariable()");
    return Descend(*this, std::move(reference), {parts.begin() + 1, parts.end()});
  }
  if (attribute.plan_id) return ResolveByPlan(*this, attribute, scope);
  for (const auto* level : scope.levels) {
    const auto matches = MatchName(parts, *level, options_.case_sensitive);
    if (matches.size() > 1) return AmbiguousReference(parts, matches);
    if (matches.size() == 1) return Descend(*this, ReferenceTo(matches[0]), matches[0].fields);
  }
  if (auto function = ResolveLiteralFunction(parts)) return *function;
  if (scope.lateral != nullptr) {
    ASSIGN_OR_RETURN(auto lateral, FindLateralAlias(parts, *scope.lateral));
    if (lateral) return lateral;
  }
  if (scope.outer != nullptr) {
    for (const auto* level : scope.outer->levels) {
      const auto matches = MatchName(parts, *level, options_.case_sensitive);
      if (matches.size() > 1) return AmbiguousReference(parts, matches);
      if (matches.size() == 1) return Descend(*this, OuterReference(matches[0]), matches[0].fields);
    }
  }
  static const std::vector<ResolvedColumn> kNone;
  return UnresolvedColumn(parts, scope.levels.empty() ? kNone : *scope.levels.front());
}

Result<ResolvedExpressionPtr> Analysis::FindLateralAlias(
    const std::vector<std::string>& parts, const std::vector<NamedExpression>& aliases) {
  const NamedExpression* found = nullptr;
  int matches = 0;
  for (const auto& alias : aliases) {
    if (!Equal(alias.column.name, parts[0])) continue;
    found = &alias;
    ++matches;
  }
  if (matches > 1) {
    return MakeError("AMBIGUOUS_LATERAL_COLUMN_ALIAS",
                     {{"name", QuoteName(parts)}, {"n", std::to_string(matches)}});
  }
  if (found == nullptr) return ResolvedExpressionPtr();
  const ResolvedColumn& column = found->column;
  auto reference =
      MakeResolved(ColumnReference{.id = column.id, .name = column.name, .is_outer = false},
                   column.type, column.nullable, "lateralAliasReference(" + column.name + ")");
  return Descend(*this, std::move(reference), {parts.begin() + 1, parts.end()});
}

std::optional<Result<ResolvedExpressionPtr>> Analysis::ResolveLiteralFunction(
    const std::vector<std::string>& parts) {
  // LiteralFunctionResolution: functions that may be written without parentheses.
  constexpr std::string_view kNames[] = {
      "current_date", "current_timestamp", "current_user", "session_user", "user", "current_time"};
  if (parts.size() != 1) return std::nullopt;
  for (const auto name : kNames) {
    if (!EqualNames(parts[0], name, false)) continue;
    if (FindFunction(name) == nullptr) return std::nullopt;
    return MakeCall(name, {});
  }
  return std::nullopt;
}

Result<ResolvedExpressionPtr> Analysis::ExtractField(ResolvedExpressionPtr child,
                                                     const std::string& field) {
  const DataType type = child->type;
  const bool is_struct_array = type.Is(kArray) && type.element().type.Is(kStruct);
  if (type.Is(kMap) || (type.Is(kArray) && !is_struct_array)) {
    return Extract(std::move(child), ResolvedLiteral({StringType(), {field}}));
  }
  if (!type.Is(kStruct) && !is_struct_array) {
    return MakeError(
        "INVALID_EXTRACT_BASE_FIELD_TYPE",
        {{"base", QuoteExpression(child->pretty)}, {"other", QuoteExpression(SqlText(type))}});
  }
  const auto& fields = is_struct_array ? type.element().type.fields() : type.fields();
  int ordinal = -1;
  int matches = 0;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (!Equal(fields[i].name, field)) continue;
    ordinal = static_cast<int>(i);
    ++matches;
  }
  if (matches == 0) {
    std::string names;
    for (const auto& f : fields) names += (names.empty() ? "" : ", ") + QuoteIdentifier(f.name);
    return MakeError("FIELD_NOT_FOUND", {{"fieldName", QuoteIdentifier(field)}, {"fields", names}});
  }
  if (matches > 1) {
    return MakeError("AMBIGUOUS_REFERENCE_TO_FIELDS",
                     {{"field", QuoteIdentifier(field)}, {"count", std::to_string(matches)}});
  }
  const StructField& found = fields[static_cast<size_t>(ordinal)];
  std::string pretty = child->pretty + "." + field;
  if (is_struct_array) {
    // GetArrayStructFields.
    const bool nullable = child->nullable;
    DataType result = ArrayType(found.type, type.element().nullable || found.nullable);
    return MakeResolved(ResolvedFieldAccess{std::move(child), ordinal}, std::move(result), nullable,
                        std::move(pretty));
  }
  const bool nullable = child->nullable || found.nullable;
  return MakeResolved(ResolvedFieldAccess{std::move(child), ordinal}, found.type, nullable,
                      std::move(pretty));
}

Result<ResolvedExpressionPtr> Analysis::Extract(ResolvedExpressionPtr child,
                                                ResolvedExpressionPtr extraction) {
  const DataType& type = child->type;
  const bool is_struct_array = type.Is(kArray) && type.element().type.Is(kStruct);
  const auto* literal = std::get_if<Literal>(&extraction->node);
  const auto* name = literal ? std::get_if<std::string>(&literal->value.data) : nullptr;
  if (type.Is(kStruct) || (is_struct_array && name != nullptr && literal->type.IsStringLike())) {
    if (name == nullptr) {
      return MakeError("INVALID_EXTRACT_FIELD_TYPE",
                       {{"extraction", QuoteExpression(extraction->pretty)}});
    }
    return ExtractField(std::move(child), *name);
  }
  if (!type.Is(kArray) && !type.Is(kMap)) {
    return MakeError(
        "INVALID_EXTRACT_BASE_FIELD_TYPE",
        {{"base", QuoteExpression(child->pretty)}, {"other", QuoteExpression(SqlText(type))}});
  }
  return MakeCall("[]", {std::move(child), std::move(extraction)});
}

}  // namespace ember
