#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/argument_coercion.h"
#include "analyzer/constant_folding.h"
#include "analyzer/expression_class.h"
#include "analyzer/function_lookup.h"
#include "analyzer/name_matching.h"
#include "analyzer/named_arguments.h"
#include "analyzer/operand_errors.h"
#include "analyzer/operand_rewrites.h"
#include "analyzer/pretty_names.h"
#include "analyzer/replaced_calls.h"

namespace ember {
namespace {

using enum TypeKind;

std::string QuotedType(const DataType& type) { return "\"" + SqlText(type) + "\""; }

std::string_view ShownName(const FunctionRow& row) {
  return row.symbol.empty() ? row.name : row.symbol;
}

std::vector<std::string> Texts(const std::vector<ResolvedExpressionPtr>& arguments) {
  std::vector<std::string> texts;
  texts.reserve(arguments.size());
  for (const auto& argument : arguments) texts.push_back(argument->pretty);
  return texts;
}

bool CallNullable(const ResolvedCall& call, std::span<const ArgumentInfo> infos,
                  const TypeContext& context) {
  switch (call.function->nullability) {
    case Nullability::kAnyArgument:
      return std::any_of(infos.begin(), infos.end(), [](const auto& i) { return i.nullable; });
    case Nullability::kNever:
      return false;
    case Nullability::kAlways:
      return true;
    case Nullability::kCustom:
      return call.function->nullable(infos, context);
  }
  return true;
}

// Clauses that only aggregate (and some window) functions take.
Status CheckClauses(const UnresolvedFunction& call, const FunctionRow& row) {
  std::string_view syntax;
  if (row.kind == FunctionKind::kAggregate) {
    constexpr std::string_view kSkipping[] = {"any_value", "first", "first_value", "last",
                                              "last_value"};
    if (!call.ignore_nulls || std::ranges::find(kSkipping, row.name) != std::end(kSkipping)) {
      return {};
    }
    return MakeError("INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX",
                     {{"prettyName", QuoteIdentifier(ShownName(row))}, {"syntax", "IGNORE NULLS"}});
  }
  if (call.is_distinct) syntax = "DISTINCT";
  if (call.filter) syntax = "FILTER CLAUSE";
  if (call.ignore_nulls && row.kind != FunctionKind::kWindow) syntax = "IGNORE NULLS";
  if (syntax.empty()) return {};
  return MakeError(
      "INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX",
      {{"prettyName", QuoteIdentifier(ShownName(row))}, {"syntax", std::string(syntax)}});
}

// Foldable for Spark: a call of constants.
bool IsComputable(const ResolvedExpression& argument) {
  return std::holds_alternative<ResolvedCall>(argument.node) && ReferencedIds(argument).empty() &&
         IsDeterministic(argument) && !ContainsAggregate(argument) && !ContainsSubquery(argument);
}

// A constant that Spark cannot compute because a string in it is no number: that is the error, not
// that there is no constant.
std::optional<Error> InvalidConstant(const ResolvedCall& call, const Error& error) {
  if (error.condition != "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT") return std::nullopt;
  for (const auto& argument : call.arguments) {
    const bool is_meant = error.parameters.at("inputExpr") == QuoteExpression(argument->pretty);
    if (is_meant && IsComputable(*argument)) {
      return Unsupported(
          fmt::format("a constant argument that must be computed: {}", argument->pretty));
    }
    const auto* cast = std::get_if<ResolvedCast>(&argument->node);
    if (cast == nullptr || cast->mode != CastMode::kAnsi || FoldConstant(*argument)) continue;
    const auto* literal = std::get_if<Literal>(&cast->child->node);
    if (literal == nullptr || !literal->type.IsStringLike()) continue;
    return MakeError("CAST_INVALID_INPUT", {{"expression", "'" + argument->pretty + "'"},
                                            {"sourceType", QuotedType(literal->type)},
                                            {"targetType", QuotedType(argument->type)},
                                            {"ansiConfig", "\"spark.sql.ansi.enabled\""}});
  }
  return std::nullopt;
}

Error NotHigherOrder(const FunctionRow& row) {
  return MakeError("INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION",
                   {{"class", row.kind == FunctionKind::kAggregate
                                  ? "org.apache.spark.sql.catalyst.expressions.aggregate."
                                    "AggregateExpression"
                                  : ExpressionClassName(row)}});
}

// Operators are expressions of the parser, not functions: they take no star.
struct NamedOperator {
  std::string_view symbol;
  std::string_view name;
};
constexpr NamedOperator kNamedOperators[] = {
    {"!=", "equalto"},
    {"%", "remainder"},
    {"&", "bitwiseand"},
    {"*", "multiply"},
    {"+", "add"},
    {"-", "subtract"},
    {"/", "divide"},
    {"<", "lessthan"},
    {"<=", "lessthanorequal"},
    {"<=>", "equalnullsafe"},
    {"==", "equalto"},
    {">", "greaterthan"},
    {">=", "greaterthanorequal"},
    {"^", "bitwisexor"},
    {"and", "and"},
    {"div", "integraldivide"},
    {"not", "not"},
    {"or", "or"},
    {"when", "casewhen"},
    {"|", "bitwiseor"},
    {"||", "concat"},
    {"~", "bitwisenot"},
};
std::string_view OperatorName(std::string_view name, size_t count) {
  if (name == "-" && count == 1) return "unaryminus";
  for (const auto& [symbol, text] : kNamedOperators) {
    if (symbol == name) return text;
  }
  return {};
}

Error IgnoreNullsError(std::string_view function, const ResolvedExpression& argument) {
  return MakeError("INVALID_PARAMETER_VALUE.BOOLEAN",
                   {{"functionName", QuoteIdentifier(function)},
                    {"parameter", "`ignoreNulls`"},
                    {"invalidValue", QuoteExpression(argument.pretty)}});
}

// timestampadd and timestampdiff are no functions but syntax, with a unit.
bool IsUnitMissing(const UnresolvedFunction& call, const FunctionRow& row) {
  if (row.name != "timestampadd" && row.name != "timestampdiff") return false;
  const auto* unit =
      call.arguments.size() == 3 ? std::get_if<Literal>(&call.arguments[0]->node) : nullptr;
  return unit == nullptr || !unit->type.IsStringLike();
}

// The arguments that Lag and Lead have in other places: no input is NULL, the fourth is IGNORE
// NULLS.
Status TakeOffsetArguments(ResolvedCall& call) {
  auto& arguments = call.arguments;
  if (arguments.empty()) arguments.push_back(ResolvedLiteral({NullType(), {}}));
  if (arguments.size() != 4) return {};
  const auto* literal = std::get_if<Literal>(&arguments[3]->node);
  const auto* flag = literal ? std::get_if<bool>(&literal->value.data) : nullptr;
  if (flag == nullptr) return IgnoreNullsError(call.function->name, *arguments[3]);
  call.ignore_nulls = *flag;
  arguments.pop_back();
  return {};
}

// A subscript of an array written out: Spark knows whether it is there and may be null
// (computeNullabilityFromArray).
std::optional<bool> SubscriptNullable(const ResolvedCall& call) {
  const std::string_view name = call.function->name;
  const bool is_counted_from_one = name == "element_at" || name == "try_element_at";
  if (name != "[]" && name != "get" && !is_counted_from_one) return std::nullopt;
  if (!call.arguments[0]->type.Is(kArray)) return std::nullopt;
  const auto constant = FoldConstant(*call.arguments[1]);
  const auto* index = constant ? std::get_if<int64_t>(&constant->data) : nullptr;
  if (index == nullptr) return std::nullopt;
  const auto* array = std::get_if<ResolvedCall>(&call.arguments[0]->node);
  if (array == nullptr || array->function->name != "array") return true;
  const auto size = static_cast<int64_t>(array->arguments.size());
  int64_t at = *index;
  if (is_counted_from_one) at = *index > 0 ? *index - 1 : size + *index;
  if (at < 0 || at >= size) return true;
  return array->arguments[static_cast<size_t>(at)]->nullable;
}

}  // namespace

Result<ResolvedExpressionPtr> Analysis::FinishCall(ResolvedCall call) {
  auto finished = ConvertAndType(call);
  if (finished.ok() || !finished.error().condition.starts_with("DATATYPE_MISMATCH.")) {
    return finished;
  }
  bool has_aliases = false;
  for (auto& argument : call.arguments) {
    std::string text = TextWithoutAliases(*argument);
    if (text == argument->pretty) continue;
    argument = WithText(argument, std::move(text));
    has_aliases = true;
  }
  return has_aliases ? ConvertAndType(std::move(call)) : finished;
}

Result<ResolvedExpressionPtr> Analysis::ConvertAndType(ResolvedCall call) {
  const TypeContext context{.ansi = options_.ansi, .zone = options_.zone};
  const auto* replaced = FindCallReplacement(call.function->name);
  if (replaced != nullptr && replaced->is_computed) {
    ASSIGN_OR_RETURN(const auto built, replaced->build(*this, call.arguments));
    return WithText(built, PrettyCall(*call.function, Texts(call.arguments)));
  }
  if (const auto symbol = TriedOperator(call)) {
    std::string pretty = PrettyCall(*call.function, Texts(call.arguments));
    call.function = FindFunction(*symbol);
    call.is_try = true;
    ASSIGN_OR_RETURN(const auto tried, ConvertAndType(std::move(call)));
    return MakeResolved(tried->node, tried->type, true, std::move(pretty));
  }
  if (IsTextAndInterval(call)) return MoveTextByInterval(std::move(call));
  if (auto error = TextOperandError(call, context.ansi)) return *std::move(error);
  if (call.function->replace != nullptr) {
    if (const auto replacement = call.function->replace(ArgumentInfos(call.arguments))) {
      const FunctionRow* row = FindFunction(replacement->name);
      if (row == nullptr) {
        return InternalError(fmt::format("there is no function row {}", replacement->name));
      }
      call.function = row;
      if (replacement->is_swapped) std::swap(call.arguments[0], call.arguments[1]);
    }
  }
  RewriteOperands(call);
  if (!context.ansi) {
    if (auto equality = BooleanEquality(*this, call)) return *std::move(equality);
  }
  // The first expression of WITHIN GROUP is an argument too, but is not shown as one.
  auto texts = Texts(call.arguments);
  if (!call.order.empty() && call.function->name != "listagg") {
    call.arguments.insert(call.arguments.begin(), call.order[0].expression);
  }
  const FunctionRow* shown = call.function;
  if (call.ignore_nulls && shown->name.ends_with("_value")) {
    // RESPECT and IGNORE NULLS make a new expression that forgets its alias.
    if (shown->name == "first_value") shown = FindFunction("first");
    if (shown->name == "last_value") shown = FindFunction("last");
  }
  std::string pretty =
      PrettyAggregate(call, PrettyCall(*shown, texts, call.is_distinct ? "DISTINCT " : ""));
  for (const auto& argument : call.arguments) {
    if (!ContainsGenerator(*argument)) continue;
    return MakeError("UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS",
                     {{"expression", QuoteExpression(pretty)}});
  }
  const ResolvedCall written = call;
  // Checks of a WITHIN GROUP function see the call with its first argument.
  const std::string checked_text = call.order.empty() || call.function->name == "listagg"
                                       ? pretty
                                       : PrettyCall(*call.function, Texts(call.arguments));
  const auto failed = [&](Error error) -> Result<ResolvedExpressionPtr> {
    if (auto invalid = InvalidConstant(call, error)) return *std::move(invalid);
    if (error.condition == "NON_FOLDABLE_ARGUMENT") {
      error.parameters["funcName"] = QuoteIdentifier(call.function->name);
      return MakeError(error.condition, error.parameters);
    }
    if (auto operand = OperandError(written, context.ansi)) return *std::move(operand);
    if (error.condition == "DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE") {
      // A cast of a void column is a NULL of the other type.
      auto texts = Texts(call.arguments);
      for (size_t i = 0; i < texts.size(); ++i) {
        const auto* cast = std::get_if<ResolvedCast>(&call.arguments[i]->node);
        if (cast != nullptr && cast->child->type.Is(kNull)) texts[i] = "NULL";
      }
      error.parameters["sqlExpr"] = QuoteExpression(PrettyCall(*call.function, texts));
      return MakeError(error.condition, error.parameters);
    }
    if (replaced != nullptr) {
      if (auto built = replaced->build(*this, written.arguments); !built.ok()) return built;
    }
    return WithCallText(std::move(error), checked_text);
  };
  const CastMode mode = call.is_try ? CastMode::kTry : SessionCast();
  if (auto coerced = CoerceArguments(call, context, mode, checked_text); !coerced.ok()) {
    return failed(std::move(coerced).error());
  }
  const auto infos = ArgumentInfos(call.arguments);
  auto type = call.function->result(infos, context);
  if (!type.ok()) return failed(std::move(type).error());
  const bool nullable = SubscriptNullable(call).value_or(CallNullable(call, infos, context));
  if (call.function->name == "assert_true" && call.arguments.size() == 1) {
    const std::string tree = TreeText(*call.arguments[0]);
    pretty = fmt::format("assert_true({}, '{}' is not true!)", call.arguments[0]->pretty, tree);
    call.arguments[0] = WithText(call.arguments[0], tree);
  }
  // JsonToStructs.sql.
  if (call.function->name == "from_json" && type->Is(kMap)) pretty = "entries";
  return MakeResolved(std::move(call), std::move(*type), nullable, std::move(pretty));
}

Result<ResolvedExpressionPtr> Analysis::MakeCall(std::string_view name,
                                                 std::vector<ResolvedExpressionPtr> arguments) {
  const FunctionRow* row = FindFunction(name);
  if (row == nullptr) return Unsupported(fmt::format("function {}", name));
  ResolvedCall call;
  call.function = row;
  call.arguments = std::move(arguments);
  return FinishCall(std::move(call));
}

Result<std::vector<ResolvedExpressionPtr>> Analysis::ResolveArguments(
    const UnresolvedFunction& call, const Scope& scope) {
  std::vector<ResolvedExpressionPtr> arguments;
  const std::string name = LowerName(call.name);
  const std::string_view operation = OperatorName(name, call.arguments.size());
  for (const auto& argument : call.arguments) {
    const auto* star = std::get_if<UnresolvedStar>(&argument->node);
    if (star != nullptr && !operation.empty()) {
      return MakeError(
          "INVALID_USAGE_OF_STAR_OR_REGEX",
          {{"elem", "'*'"}, {"prettyName", fmt::format("expression `{}`", operation)}});
    }
    if (std::holds_alternative<LambdaFunction>(argument->node)) {
      return NotHigherOrder(*FindFunction(name));
    }
    if (star == nullptr) {
      ASSIGN_OR_RETURN(auto resolved, ResolveExpression(*argument, scope));
      arguments.push_back(std::move(resolved));
      continue;
    }
    const bool is_count = name == "count" && call.arguments.size() == 1 && !call.is_distinct;
    if (is_count && star->target.empty() && !star->plan_id && star->except.empty()) {
      arguments.push_back(ResolvedLiteral({IntegerType(), {int64_t{1}}}));  // count(*) is count(1)
      continue;
    }
    if (is_count && !star->target.empty() && star->except.empty()) {
      std::string target;
      for (const auto& part : star->target) target += (target.empty() ? "" : ".") + part;
      return MakeError("_LEGACY_ERROR_TEMP_1021", {{"targetString", target}});
    }
    ASSIGN_OR_RETURN(auto columns, ExpandStar(*star, scope));
    for (auto& column : columns) arguments.push_back(std::move(column.expression));
  }
  return arguments;
}

Result<ResolvedExpressionPtr> Analysis::ResolveCall(const UnresolvedFunction& written,
                                                    const Scope& scope) {
  const std::string name = LowerName(written.name);
  // Whether this is the function of an OVER; its arguments are none.
  const bool is_window_function = std::exchange(window_depth_, 0) > 0;
  if (const auto type = CastFunctionType(name)) {
    if (written.arguments.size() != 1) {
      return WrongArgumentCount({.name = name, .min_arguments = 1, .max_arguments = 1}, name,
                                written.arguments.size());
    }
    ASSIGN_OR_RETURN(auto child, ResolveExpression(*written.arguments[0], scope));
    return MakeCast(std::move(child), *type, SessionCast(), false);
  }
  if (auto special = ResolveSpecialCall(name, written, scope)) return *std::move(special);
  const FunctionRow* row = FindFunction(name);
  if (row == nullptr || IsUnitMissing(written, *row)) return UnresolvedRoutine(written.name);
  ASSIGN_OR_RETURN(const auto placed, PlaceNamedArguments(written));
  const UnresolvedFunction& call = placed ? *placed : written;
  if (row->kind == FunctionKind::kWindow && !is_window_function) {
    window_depth_ = 1;
    auto resolved = ResolveCall(call, scope);
    if (!resolved.ok()) return resolved;
    return MakeError("WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE",
                     {{"funcName", QuoteExpression((*resolved)->pretty)}});
  }
  if (row->kind == FunctionKind::kHigherOrder) return ResolveHigherOrder(call, *row, scope);
  Scope argument_scope = scope;
  if (row->kind == FunctionKind::kAggregate && !scope.aggregate_levels.empty()) {
    argument_scope.levels = scope.aggregate_levels;
  }
  ResolvedCall resolved;
  resolved.function = row;
  ASSIGN_OR_RETURN(resolved.arguments, ResolveArguments(call, argument_scope));
  RETURN_IF_ERROR(CheckWithinGroup(call, *row, resolved.arguments.size()));
  const auto count = static_cast<int>(resolved.arguments.size() +
                                      (call.within_group.empty() || name == "listagg" ? 0 : 1));
  if (count < row->min_arguments || (row->max_arguments >= 0 && count > row->max_arguments)) {
    if (name == "count") return CountWithoutArguments();
    return WrongArgumentCount(*row, name, resolved.arguments.size());
  }
  resolved.is_distinct = call.is_distinct;
  resolved.ignore_nulls = call.ignore_nulls;
  if (name == "lag" || name == "lead") RETURN_IF_ERROR(TakeOffsetArguments(resolved));
  if (name == "nth_value" && resolved.arguments.size() == 3) {
    const ResolvedExpression& flag = *resolved.arguments[2];
    const bool is_constant = std::holds_alternative<Literal>(flag.node);
    if (!is_constant || !flag.type.Is(kBoolean)) return IgnoreNullsError(name, flag);
  }
  if (call.filter) {
    ASSIGN_OR_RETURN(resolved.filter, ResolveCondition(*call.filter, argument_scope));
    if (is_window_function) return MakeError("_LEGACY_ERROR_TEMP_1030");
  }
  for (const auto& order : call.within_group) {
    ASSIGN_OR_RETURN(auto item, ResolveSortOrder(*order, argument_scope));
    resolved.order.push_back(std::move(item));
  }
  RETURN_IF_ERROR(CheckClauses(call, *row));
  if (row->kind == FunctionKind::kAggregate && !is_window_function) {
    for (const auto& argument : resolved.arguments) {
      if (ContainsAggregate(*argument)) return MakeError("NESTED_AGGREGATE_FUNCTION");
    }
    for (const auto& argument : resolved.arguments) {
      if (IsDeterministic(*argument)) continue;
      ASSIGN_OR_RETURN(const auto whole, FinishCall(std::move(resolved)));
      return MakeError("AGGREGATE_FUNCTION_WITH_NONDETERMINISTIC_EXPRESSION",
                       {{"sqlExpr", QuoteExpression(whole->pretty)}});
    }
  }
  if (resolved.filter && ContainsAggregate(*resolved.filter)) {
    const std::string filter = resolved.filter->pretty;
    resolved.filter = nullptr;
    ASSIGN_OR_RETURN(const auto plain, FinishCall(std::move(resolved)));
    return MakeError(
        "INVALID_AGGREGATE_FILTER.CONTAINS_AGGREGATE",
        {{"filterExpr", QuoteExpression(filter)}, {"aggExpr", QuoteExpression(plain->pretty)}});
  }
  if (row->name == "current_database") {  // ReplaceCurrentLike
    ASSIGN_OR_RETURN(const auto made, FinishCall(std::move(resolved)));
    return MakeResolved(Literal{StringType(), {options_.current_database}}, StringType(), false,
                        made->pretty);
  }
  return FinishCall(std::move(resolved));
}

}  // namespace ember
