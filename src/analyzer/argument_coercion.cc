#include "analyzer/argument_coercion.h"

#include <algorithm>
#include <utility>

#include "analyzer/constant_folding.h"
#include "analyzer/implicit_casts.h"
#include "functions/argument_errors.h"

namespace ember {
namespace {

using enum TypeKind;

std::string QuotedType(const DataType& type) { return "\"" + SqlText(type) + "\""; }

std::string_view ShownName(const FunctionRow& row) {
  return row.symbol.empty() ? row.name : row.symbol;
}

TypeClass ClassOf(const FunctionRow& row, size_t index) {
  if (row.arguments.empty()) return TypeClass::kAny;
  return row.arguments[std::min(index, row.arguments.size() - 1)];
}

std::string RequiredType(const FunctionRow& row, size_t index) {
  // TypeUtils.checkForAnsiIntervalOrNumericType has its own words.
  for (const std::string_view name : {"sum", "avg", "mean", "try_sum", "try_avg"}) {
    if (row.name == name) return "\"NUMERIC\" or \"ANSI INTERVAL\"";
  }
  return TypeClassText(ClassOf(row, index));
}

Error UnexpectedInputType(const ResolvedCall& call, size_t index, const std::string& pretty) {
  return MakeError("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                   {{"sqlExpr", QuoteExpression(pretty)},
                    {"paramIndex", OrdinalText(index)},
                    {"requiredType", RequiredType(*call.function, index)},
                    {"inputSql", QuoteExpression(call.arguments[index]->pretty)},
                    {"inputType", QuotedType(call.arguments[index]->type)}});
}

// TypeUtils.checkForSameTypeInputExpr; greatest, least and IN print a list of their own.
Error DifferentTypes(const ResolvedCall& call, const std::string& pretty) {
  const std::string_view name = call.function->name;
  const bool is_list = name == "in" || name == "greatest" || name == "least";
  std::string types;
  for (const auto& argument : call.arguments) {
    types += (types.empty() ? "" : is_list ? ", " : " or ") + QuotedType(argument->type);
  }
  return MakeError("DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                   {{"sqlExpr", QuoteExpression(pretty)},
                    {"functionName", QuoteIdentifier(ShownName(*call.function))},
                    {"dataType", (is_list ? "[" : "(") + types + (is_list ? "]" : ")")}});
}

// DataType.equalsStructurally: field names do not count.
bool SameStructure(const DataType& a, const DataType& b) {
  if (a.kind != b.kind) return false;
  if (!a.Is(kArray) && !a.Is(kMap) && !a.Is(kStruct)) return SameType(a, b);
  return std::equal(a.children->begin(), a.children->end(), b.children->begin(), b.children->end(),
                    [](const auto& x, const auto& y) { return SameStructure(x.type, y.type); });
}

// BinaryOperator.checkInputDataTypes. Decimals of two precisions are fine in arithmetic.
Status CheckOperands(const ResolvedCall& call, const std::string& pretty) {
  const DataType& left = call.arguments[0]->type;
  const DataType& right = call.arguments[1]->type;
  const bool decimals =
      left.Is(kDecimal) && right.Is(kDecimal) && AcceptsType(ClassOf(*call.function, 0), left);
  const bool intervals =
      left.kind == right.kind && left.IsInterval() && AcceptsType(ClassOf(*call.function, 0), left);
  if (!SameStructure(left, right) && !decimals && !intervals) {
    return MakeError("DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
                     {{"sqlExpr", QuoteExpression(pretty)},
                      {"left", QuotedType(left)},
                      {"right", QuotedType(right)}});
  }
  const TypeClass expected = ClassOf(*call.function, 0);
  if (AcceptsType(expected, left)) return {};
  if (expected == TypeClass::kOrderable) {
    return MakeError("DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                     {{"sqlExpr", QuoteExpression(pretty)},
                      {"functionName", QuoteIdentifier(ShownName(*call.function))},
                      {"dataType", QuotedType(left)}});
  }
  return MakeError("DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE",
                   {{"sqlExpr", QuoteExpression(pretty)},
                    {"inputType", TypeClassText(expected)},
                    {"actualDataType", QuotedType(left)}});
}

void CastOperands(ResolvedCall& call, const OperandTypes& types, CastMode mode) {
  call.arguments[0] = ImplicitCastTo(call.arguments[0], types.left, mode);
  call.arguments[1] = ImplicitCastTo(call.arguments[1], types.right, mode);
}

// Each argument by its TypeClass. Generators and higher-order functions convert nothing.
void CastByClass(ResolvedCall& call, bool ansi, CastMode mode) {
  if (call.function->kind == FunctionKind::kGenerator) return;
  if (call.function->kind == FunctionKind::kHigherOrder) return;
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    if (std::holds_alternative<ResolvedLambda>(call.arguments[i]->node)) continue;
    const auto type = ImplicitCastType(call.arguments[i]->type, ClassOf(*call.function, i), ansi);
    if (type) call.arguments[i] = ImplicitCastTo(call.arguments[i], *type, mode);
  }
}

Status CheckClasses(const ResolvedCall& call, const std::string& pretty) {
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    if (std::holds_alternative<ResolvedLambda>(call.arguments[i]->node)) continue;
    const TypeClass expected = ClassOf(*call.function, i);
    const DataType& type = call.arguments[i]->type;
    if (AcceptsType(expected, type)) continue;
    if (expected == TypeClass::kOrderable) {
      return MakeError("DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                       {{"sqlExpr", QuoteExpression(pretty)},
                        {"functionName", QuoteIdentifier(ShownName(*call.function))},
                        {"dataType", QuotedType(type)}});
    }
    return UnexpectedInputType(call, i, pretty);
  }
  return {};
}

// What a row asks for must be an implicit cast of Spark's.
Status CheckImplicitCasts(const ResolvedCall& call, const std::vector<DataType>& types, bool ansi,
                          const std::string& pretty) {
  for (size_t i = 0; i < call.arguments.size() && i < types.size(); ++i) {
    if (std::holds_alternative<ResolvedLambda>(call.arguments[i]->node)) continue;
    if (CastsImplicitly(call.arguments[i]->type, types[i], ansi)) continue;
    Error error = UnexpectedInputType(call, i, pretty);
    const TypeClass expected = ClassOf(*call.function, i);
    if (expected == TypeClass::kAny || expected == TypeClass::kOrderable) {
      error.parameters["requiredType"] = QuotedType(types[i]);
    }
    return MakeError(error.condition, error.parameters);
  }
  return {};
}

}  // namespace

std::vector<ArgumentInfo> ArgumentInfos(const std::vector<ResolvedExpressionPtr>& arguments) {
  std::vector<ArgumentInfo> infos;
  infos.reserve(arguments.size());
  for (const auto& argument : arguments) {
    infos.push_back({.type = argument->type,
                     .nullable = argument->nullable,
                     .constant = FoldConstant(*argument),
                     .pretty = argument->pretty,
                     .is_literal = std::holds_alternative<Literal>(argument->node)});
  }
  return infos;
}

// Rows raise errors of their arguments without the call's text; it is added here.
Error WithCallText(Error error, const std::string& pretty) {
  if (error.condition == "SEED_EXPRESSION_IS_UNFOLDABLE") {
    error.parameters["exprWithSeed"] = QuoteExpression(pretty);
    return MakeError(error.condition, error.parameters);
  }
  if (error.condition.starts_with("DATATYPE_MISMATCH.") && !error.parameters.contains("sqlExpr")) {
    error.parameters["sqlExpr"] = QuoteExpression(pretty);
    Error full = MakeError(error.condition, error.parameters);
    full.context = error.context;
    return full;
  }
  return error;
}

Status CoerceArguments(ResolvedCall& call, const TypeContext& context, CastMode mode,
                       const std::string& pretty) {
  const FunctionRow& row = *call.function;
  const auto infos = ArgumentInfos(call.arguments);
  const bool is_binary = call.arguments.size() == 2;
  switch (row.coercion) {
    case CoercionRule::kNone:
      break;
    case CoercionRule::kSameType: {
      std::vector<DataType> types;
      for (const auto& info : infos) types.push_back(info.type);
      const auto wider = WiderType(types, context.ansi);
      if (!wider) return DifferentTypes(call, pretty);
      for (auto& argument : call.arguments) argument = ImplicitCastTo(argument, *wider, mode);
      break;
    }
    case CoercionRule::kArithmetic:
      if (!is_binary) break;
      CastOperands(call,
                   row.name == "div"
                       ? IntegralDivisionOperandTypes(infos[0], infos[1], context.ansi)
                       : ArithmeticOperandTypes(infos[0], infos[1], ClassOf(row, 0), context.ansi),
                   mode);
      if (call.arguments[0]->type.Is(kNull) && call.arguments[1]->type.Is(kNull)) break;
      return CheckOperands(call, pretty);
    case CoercionRule::kDivision: {
      if (!is_binary) break;
      // A string beside a whole number is one first ('7.5' / 2 fails), then a double.
      CastOperands(call, PromotedOperandTypes(infos[0], infos[1], context.ansi), mode);
      const auto promoted = ArgumentInfos(call.arguments);
      CastOperands(call, DivisionOperandTypes(promoted[0], promoted[1], context.ansi), mode);
      return CheckOperands(call, pretty);
    }
    case CoercionRule::kComparison:
      if (!is_binary) break;
      CastOperands(call,
                   ComparisonOperandTypes(
                       infos[0], infos[1],
                       row.name == "==" || row.name == "<=>" || row.name == "!=", context.ansi),
                   mode);
      RETURN_IF_ERROR(CheckOperands(call, pretty));
      // Structs that differ in field names only: the engine compares equal types.
      call.arguments[1] = ImplicitCastTo(call.arguments[1], call.arguments[0]->type, mode);
      return {};
    case CoercionRule::kBoolean:
      if (!is_binary) break;
      CastOperands(call, LogicalOperandTypes(infos[0], infos[1], context.ansi), mode);
      return CheckOperands(call, pretty);
    case CoercionRule::kCustom: {
      auto types = row.coerce(infos, context);
      if (!types.ok()) return WithCallText(std::move(types).error(), pretty);
      RETURN_IF_ERROR(CheckImplicitCasts(call, *types, context.ansi, pretty));
      for (size_t i = 0; i < call.arguments.size() && i < types->size(); ++i) {
        if (std::holds_alternative<ResolvedLambda>(call.arguments[i]->node)) continue;
        call.arguments[i] = ImplicitCastTo(call.arguments[i], (*types)[i], mode);
      }
      break;
    }
  }
  CastByClass(call, context.ansi, mode);
  return CheckClasses(call, pretty);
}

}  // namespace ember
