#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/constant_folding.h"
#include "analyzer/name_matching.h"
#include "analyzer/pretty_names.h"
#include "sql/parser.h"

namespace ember {
namespace {

// Error parameters sourceType and targetType are quoted as types are.
std::string QuotedType(const DataType& type) { return "\"" + SqlText(type) + "\""; }

// Cast.typeCheckFailureMessage with ANSI on: what to use instead.
std::string_view SuggestedFunction(const DataType& from, const DataType& to) {
  using enum TypeKind;
  if (from.IsNumeric() && to.Is(kDate)) return "`DATE_FROM_UNIX_DATE`";
  if (from.Is(kDate) && to.IsNumeric()) return "`UNIX_DATE`";
  return "";
}

Error CastError(const ResolvedExpression& child, const DataType& to, CastMode mode) {
  ErrorParameters parameters = {{"sqlExpr", QuoteExpression(PrettyCast(child.pretty, to, mode))},
                                {"srcType", QuotedType(child.type)},
                                {"targetType", QuotedType(to)}};
  if (mode == CastMode::kLegacy) {
    return MakeError("DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION", std::move(parameters));
  }
  if (const auto function = SuggestedFunction(child.type, to); !function.empty()) {
    parameters["functionNames"] = function;
    return MakeError("DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION", std::move(parameters));
  }
  if (mode == CastMode::kAnsi && CanCast(child.type, to, CastMode::kLegacy)) {
    parameters["config"] = "\"spark.sql.ansi.enabled\"";
    parameters["configVal"] = "'false'";
    return MakeError("DATATYPE_MISMATCH.CAST_WITH_CONF_SUGGESTION", std::move(parameters));
  }
  return MakeError("DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION", std::move(parameters));
}

// char and varchar are strings in expressions (CharVarcharUtils.replaceCharVarcharWithString).
DataType CastTarget(const DataType& type) {
  return type.Is(TypeKind::kChar) || type.Is(TypeKind::kVarchar) ? StringType() : type;
}

}  // namespace

Result<ResolvedExpressionPtr> Analysis::MakeCast(ResolvedExpressionPtr child, const DataType& type,
                                                 CastMode mode, bool is_shown) {
  const DataType target = CastTarget(type);
  if (!CanCast(child->type, target, mode)) return CastError(*child, target, mode);
  std::string pretty = is_shown ? PrettyCast(child->pretty, target, mode) : child->pretty;
  bool nullable = CastIsNullable(child->nullable, child->type, target);
  if (mode == CastMode::kTry && !CanUpCast(child->type, target)) nullable = true;
  return MakeResolved(ResolvedCast{std::move(child), mode}, target, nullable, std::move(pretty));
}

Result<ResolvedExpressionPtr> Analysis::ResolveExpression(const Expression& expression,
                                                          const Scope& scope) {
  struct Visitor {
    Analysis& analysis;
    const Scope& scope;
    const Expression& source;
    using Out = Result<ResolvedExpressionPtr>;

    Out operator()(const Literal& n) const {
      return MakeResolved(n, n.type, n.value.is_null(), PrettyLiteral(n, analysis.options().zone));
    }
    Out operator()(const UnresolvedAttribute& n) const {
      return analysis.ResolveAttribute(n, scope);
    }
    Out operator()(const UnresolvedStar&) const {
      return MakeError("INVALID_USAGE_OF_STAR_OR_REGEX",
                       {{"elem", "'*'"}, {"prettyName", "expression"}});
    }
    Out operator()(const UnresolvedRegex& n) const {
      return analysis.ResolveAttribute(
          {.parts = {n.pattern}, .plan_id = n.plan_id, .is_metadata_column = false}, scope);
    }
    Out operator()(const UnresolvedFunction& n) const { return analysis.ResolveCall(n, scope); }
    Out operator()(const ExpressionString& n) const {
      ASSIGN_OR_RETURN(const ExpressionPtr parsed,
                       ParseExpression(n.text, {.ansi = analysis.options().ansi,
                                                .double_quoted_identifiers =
                                                    analysis.options().double_quoted_identifiers,
                                                .zone = analysis.options().zone}));
      return analysis.ResolveExpression(*parsed, scope);
    }
    Out operator()(const Alias& n) const { return analysis.ResolveExpression(*n.child, scope); }
    Out operator()(const Cast& n) const {
      if (std::holds_alternative<UnresolvedStar>(n.child->node)) {
        return MakeError("INVALID_USAGE_OF_STAR_OR_REGEX",
                         {{"elem", "'*'"}, {"prettyName", "expression `cast`"}});
      }
      ASSIGN_OR_RETURN(auto child, analysis.ResolveExpression(*n.child, scope));
      CastMode mode = analysis.SessionCast();
      if (n.mode == EvalMode::kTry) mode = CastMode::kTry;
      if (n.mode == EvalMode::kAnsi) mode = CastMode::kAnsi;
      if (n.mode == EvalMode::kLegacy) mode = CastMode::kLegacy;
      return analysis.MakeCast(std::move(child), n.type, mode, true);
    }
    Out operator()(const SortOrder& n) const { return analysis.ResolveExpression(*n.child, scope); }
    Out operator()(const WindowExpression& n) const { return analysis.ResolveWindow(n, scope); }
    Out operator()(const LambdaFunction&) const {
      return MakeError("INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION",
                       {{"class", "function"}});
    }
    Out operator()(const LambdaVariable& n) const {
      return analysis.ResolveAttribute(
          {.parts = n.parts, .plan_id = std::nullopt, .is_metadata_column = false}, scope);
    }
    Out operator()(const ExtractValue& n) const {
      ASSIGN_OR_RETURN(auto child, analysis.ResolveExpression(*n.child, scope));
      ASSIGN_OR_RETURN(auto extraction, analysis.ResolveExpression(*n.extraction, scope));
      return analysis.Extract(std::move(child), std::move(extraction));
    }
    Out operator()(const UpdateFields& n) const { return analysis.ResolveUpdateFields(n, scope); }
    Out operator()(const SubqueryExpression& n) const { return analysis.ResolveSubquery(n, scope); }
    Out operator()(const Parameter& n) const {
      const auto bound = analysis.FindParameter(n);
      if (bound.ok()) return analysis.ResolveExpression(**bound, scope);
      if (!n.name.empty() || !source.origin) return bound.error();
      // A question mark is called by its place in the text.
      return MakeError("UNBOUND_SQL_PARAMETER",
                       {{"name", "_" + std::to_string(source.origin->start_index)}});
    }
  };
  return std::visit(Visitor{*this, scope, expression}, expression.node);
}

Result<std::vector<ResolvedExpressionPtr>> Analysis::ResolveExpressions(
    const std::vector<ExpressionPtr>& expressions, const Scope& scope) {
  std::vector<ResolvedExpressionPtr> resolved;
  resolved.reserve(expressions.size());
  for (const auto& expression : expressions) {
    ASSIGN_OR_RETURN(auto item, ResolveExpression(*expression, scope));
    resolved.push_back(std::move(item));
  }
  return resolved;
}

Result<ExpressionPtr> Analysis::FindParameter(const Parameter& parameter) const {
  if (parameter.name.empty()) {
    const auto index = static_cast<size_t>(parameter.position);
    if (parameter.position >= 0 && index < positional_parameters_.size()) {
      return positional_parameters_[index];
    }
    return MakeError("UNBOUND_SQL_PARAMETER", {{"name", "_" + std::to_string(parameter.position)}});
  }
  const auto found = named_parameters_.find(parameter.name);
  if (found == named_parameters_.end()) {
    return MakeError("UNBOUND_SQL_PARAMETER", {{"name", parameter.name}});
  }
  return found->second;
}

Result<ResolvedExpressionPtr> Analysis::ResolveCondition(const Expression& expression,
                                                         const Scope& scope) {
  ASSIGN_OR_RETURN(auto condition, ResolveExpression(expression, scope));
  if (condition->type.Is(TypeKind::kBoolean)) return condition;
  return MakeError("DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
                   {{"filter", QuoteExpression(condition->pretty)},
                    {"sqlExpr", QuoteExpression(condition->pretty)},
                    {"type", QuotedType(condition->type)}});
}

Result<ResolvedSortOrder> Analysis::ResolveSortOrder(const Expression& expression,
                                                     const Scope& scope) {
  const auto* order = std::get_if<SortOrder>(&expression.node);
  ResolvedSortOrder resolved;
  ASSIGN_OR_RETURN(resolved.expression,
                   ResolveExpression(order ? *order->child : expression, scope));
  if (order != nullptr) {
    resolved.direction = order->direction;
    const bool ascending = order->direction == SortDirection::kAscending;
    resolved.nulls_first = order->null_order == NullOrder::kDefault
                               ? ascending
                               : order->null_order == NullOrder::kFirst;
  }
  if (!AcceptsType(TypeClass::kOrderable, resolved.expression->type)) {
    return MakeError("DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                     {{"functionName", "`sortorder`"},
                      {"dataType", QuotedType(resolved.expression->type)},
                      {"sqlExpr", QuoteExpression(PrettySortOrder(resolved))}});
  }
  return resolved;
}

}  // namespace ember
