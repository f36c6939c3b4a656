#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/constant_folding.h"
#include "analyzer/function_lookup.h"
#include "analyzer/name_matching.h"
#include "analyzer/replaced_calls.h"
#include "analyzer/unbound_text.h"
#include "functions/argument_errors.h"

namespace ember {
namespace {

std::string LambdaText(const std::string& body, size_t parameters) {
  std::string out = "lambdafunction(" + body;
  for (size_t i = 0; i < parameters; ++i) out += ", namedlambdavariable()";
  return out + ")";
}

bool IsLambdaPlace(const FunctionRow& row, size_t index) {
  return row.arguments[std::min(index, row.arguments.size() - 1)] == TypeClass::kLambda;
}

// Default lambdas before they are bound: their parameters have names then.
struct UnboundDefault {
  std::string_view function;
  std::string_view text;
};
constexpr std::string_view kNamedComparator =
    "lambdafunction((IF(((left IS NULL) AND (right IS NULL)), 0, (IF((left IS NULL), 1, "
    "(IF((right IS NULL), -1, (IF((left < right), -1, (IF((left > right), 1, 0)))))))))), left, "
    "right)";
constexpr UnboundDefault kUnboundDefaults[] = {
    {"aggregate", "lambdafunction(id, id)"},
    {"array_sort", kNamedComparator},
    {"reduce", "lambdafunction(id, id)"},
};

// The call as its text is while its lambdas are not bound.
Result<std::string> UnboundCallText(const UnresolvedFunction& call, const FunctionRow& row,
                                    std::span<const ArgumentInfo> infos, std::string_view zone) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    if (!IsLambdaPlace(row, i)) {
      texts.push_back(infos[i].pretty);
      continue;
    }
    ASSIGN_OR_RETURN(auto text, UnboundText(*call.arguments[i], zone));
    texts.push_back(std::move(text));
  }
  for (const auto& [function, text] : kUnboundDefaults) {
    const auto minimum = static_cast<size_t>(row.min_arguments);
    if (function == row.name && texts.size() == minimum) texts.emplace_back(text);
  }
  return PrettyCall(row, texts);
}

// HigherOrderFunction.checkArgumentDataTypes: the arguments that are no lambdas.
Status CheckBeforeBinding(const FunctionRow& row, std::span<const ArgumentInfo> infos) {
  for (size_t i = 0; i < infos.size(); ++i) {
    const TypeClass expected = row.arguments[std::min(i, row.arguments.size() - 1)];
    if (expected == TypeClass::kLambda || AcceptsType(expected, infos[i].type)) continue;
    return UnexpectedInputType(infos, i, TypeClassText(expected));
  }
  return {};
}

// MapZipWith looks for one type of the keys before its lambda is bound.
Status WidenKeys(std::vector<ResolvedExpressionPtr>& arguments, std::vector<ArgumentInfo>& infos,
                 const AnalyzerOptions& options) {
  const DataType left = infos[0].type, right = infos[1].type;
  const DataType& a = left.key().type;
  const DataType& b = right.key().type;
  const auto common = WiderType(a, b, options.ansi);
  if (!common || CastForcesNull(a, *common) || CastForcesNull(b, *common)) {
    return MakeError("DATATYPE_MISMATCH.MAP_ZIP_WITH_DIFF_TYPES",
                     {{"functionName", "`map_zip_with`"},
                      {"leftType", "\"" + SqlText(a) + "\""},
                      {"rightType", "\"" + SqlText(b) + "\""}});
  }
  const CastMode mode = options.ansi ? CastMode::kAnsi : CastMode::kLegacy;
  for (size_t i = 0; i < 2; ++i) {
    const StructField value = infos[i].type.value();
    const DataType type = MapType(*common, value.type, value.nullable);
    arguments[i] = ImplicitCastTo(arguments[i], type, mode);
    infos[i].type = type;
  }
  return {};
}

}  // namespace

// ResolveLambdaVariables: arguments that are no lambdas first, then each lambda with parameters of
// the types that the function passes.
Result<ResolvedExpressionPtr> Analysis::ResolveHigherOrder(const UnresolvedFunction& call,
                                                           const FunctionRow& row,
                                                           const Scope& scope) {
  ResolvedCall resolved;
  resolved.function = &row;
  const auto count = static_cast<int>(call.arguments.size());
  if (count < row.min_arguments || (row.max_arguments >= 0 && count > row.max_arguments)) {
    return WrongArgumentCount(row, call.name, call.arguments.size());
  }
  std::vector<ArgumentInfo> infos(call.arguments.size());
  resolved.arguments.resize(call.arguments.size());
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    if (IsLambdaPlace(row, i)) continue;
    ASSIGN_OR_RETURN(auto argument, ResolveExpression(*call.arguments[i], scope));
    infos[i] = {.type = argument->type,
                .nullable = argument->nullable,
                .constant = FoldConstant(*argument),
                .pretty = TextWithoutAliases(*argument)};
    resolved.arguments[i] = std::move(argument);
  }
  auto bindable = CheckBeforeBinding(row, infos);
  if (bindable.ok() && row.name == "map_zip_with") {
    bindable = WidenKeys(resolved.arguments, infos, options_);
  }
  if (!bindable.ok()) {
    Error error = std::move(bindable).error();
    ASSIGN_OR_RETURN(const auto text, UnboundCallText(call, row, infos, options_.zone));
    error.parameters["sqlExpr"] = QuoteExpression(text);
    return MakeError(error.condition, error.parameters);
  }
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    if (!IsLambdaPlace(row, i)) continue;
    const auto* lambda = std::get_if<LambdaFunction>(&call.arguments[i]->node);
    LambdaFunction hidden;  // a plain expression is a lambda that looks at none of its parameters
    if (lambda == nullptr) {
      hidden.body = call.arguments[i];
      const size_t passed = row.lambda(infos, i, 1).size();
      for (size_t at = 0; at < passed; ++at) {
        hidden.parameters.push_back(fmt::format("parameter {}", at));
      }
      lambda = &hidden;
    }
    ASSIGN_OR_RETURN(auto argument, ResolveLambda(*lambda, row, infos, i, scope));
    infos[i] = {.type = argument->type,
                .nullable = argument->nullable,
                .constant = {},
                .pretty = argument->pretty};
    resolved.arguments[i] = std::move(argument);
  }
  return FinishCall(std::move(resolved));
}

Result<ResolvedExpressionPtr> Analysis::ResolveLambda(const LambdaFunction& lambda,
                                                      const FunctionRow& row,
                                                      std::span<const ArgumentInfo> infos,
                                                      size_t index, const Scope& scope) {
  const size_t declared = lambda.parameters.size();
  std::vector<StructField> types;
  if (row.lambda != nullptr) types = row.lambda(infos, index, declared);
  if (types.size() != declared) {
    return MakeError("INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH",
                     {{"expectedNumArgs", std::to_string(declared)},
                      {"actualNumArgs", std::to_string(types.size())}});
  }
  ResolvedLambda node;
  for (size_t i = 0; i < declared; ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (!Equal(lambda.parameters[i], lambda.parameters[j])) continue;
      std::string names;
      for (const auto& name : lambda.parameters) {
        names += (names.empty() ? "" : ", ") + QuoteIdentifier(name);
      }
      return MakeError("INVALID_LAMBDA_FUNCTION_CALL.DUPLICATE_ARG_NAMES",
                       {{"args", names}, {"caseSensitiveConfig", "\"spark.sql.caseSensitive\""}});
    }
    node.parameters.push_back(NewColumn(lambda.parameters[i], types[i].type, types[i].nullable));
    lambda_ids_.insert(node.parameters.back().id);
  }
  const LambdaFrame frame{.parameters = &node.parameters, .enclosing = scope.lambda};
  Scope inner = scope;
  inner.lambda = &frame;
  ASSIGN_OR_RETURN(node.body, ResolveExpression(*lambda.body, inner));
  std::string pretty = LambdaText(node.body->pretty, declared);
  DataType type = node.body->type;
  const bool nullable = node.body->nullable;
  return MakeResolved(std::move(node), std::move(type), nullable, std::move(pretty));
}

}  // namespace ember
