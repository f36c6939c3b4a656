#include <fmt/format.h>

#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/constant_folding.h"
#include "analyzer/name_matching.h"

namespace ember {
namespace {

std::string LambdaText(const std::string& body, size_t parameters) {
  std::string out = "lambdafunction(" + body;
  for (size_t i = 0; i < parameters; ++i) out += ", namedlambdavariable()";
  return out + ")";
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
  const auto lambda_of = [&](size_t i) {
    return std::get_if<LambdaFunction>(&call.arguments[i]->node);
  };
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    if (lambda_of(i) != nullptr) continue;
    ASSIGN_OR_RETURN(auto argument, ResolveExpression(*call.arguments[i], scope));
    infos[i] = {.type = argument->type,
                .nullable = argument->nullable,
                .constant = FoldConstant(*argument),
                .pretty = argument->pretty};
    resolved.arguments[i] = std::move(argument);
  }
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    const auto* lambda = lambda_of(i);
    if (lambda == nullptr) continue;
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
