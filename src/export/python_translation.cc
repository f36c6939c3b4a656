#include "export/python_translation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "export/python_functions.h"
#include "plan/attribute_name.h"
#include "sql/lexer.h"

namespace ember {
namespace {

using MaybeColumn = std::optional<PythonColumn>;
using MaybeCode = std::optional<PythonCodePtr>;
using Arguments = std::vector<ExpressionPtr>;

struct InfixOperator {
  std::string_view name;
  std::string_view symbol;
  PythonLevel level;
};
constexpr auto kInfix = std::to_array<InfixOperator>({
    {"+", "+", PythonLevel::kSum},
    {"-", "-", PythonLevel::kSum},
    {"*", "*", PythonLevel::kProduct},
    {"/", "/", PythonLevel::kProduct},
    {"%", "%", PythonLevel::kProduct},
    {"and", "&", PythonLevel::kAnd},
    {"or", "|", PythonLevel::kOr},
    {"==", "==", PythonLevel::kComparison},
    {"<", "<", PythonLevel::kComparison},
    {"<=", "<=", PythonLevel::kComparison},
    {">", ">", PythonLevel::kComparison},
    {">=", ">=", PythonLevel::kComparison},
});

// Methods of a column whose arguments are values or columns.
struct ColumnMethod {
  std::string_view name;
  std::string_view python_name;
  size_t min_arguments;
  size_t max_arguments;
};
constexpr auto kMethods = std::to_array<ColumnMethod>({
    {"isnull", "isNull", 0, 0},
    {"isnotnull", "isNotNull", 0, 0},
    {"<=>", "eqNullSafe", 1, 1},
    {"between", "between", 2, 2},
    {"in", "isin", 1, 100000},
});

constexpr auto kCastFunctions =
    std::to_array<std::string_view>({"bigint", "boolean", "date", "double", "float", "int",
                                     "smallint", "string", "timestamp", "tinyint"});

const Literal* AsLiteral(const ExpressionPtr& expression) {
  return std::get_if<Literal>(&expression->node);
}

PythonColumn Atom(PythonCodePtr code) { return {.code = std::move(code)}; }

PythonCodePtr Lifted(const PythonColumn& column, PythonLevel at_least) {
  return column.level >= at_least ? column.code : PythonParentheses(column.code);
}

// A value beside a column: 5, "x", F.col("a").
MaybeCode ValueOrColumn(const ExpressionPtr& expression) {
  if (const Literal* literal = AsLiteral(expression)) {
    const auto value = TranslateLiteral(*literal);
    if (!value) return std::nullopt;
    return PythonText(*value);
  }
  const MaybeColumn column = TranslateColumn(*expression);
  if (!column) return std::nullopt;
  return column->code;
}

void Flatten(const ExpressionPtr& expression, const std::string& name, Arguments& out) {
  const auto* call = std::get_if<UnresolvedFunction>(&expression->node);
  if (call == nullptr || call->name != name || call->arguments.size() != 2) {
    out.push_back(expression);
    return;
  }
  // Arithmetic groups from the left: only its left side is the same chain.
  const bool is_logical = name == "and" || name == "or";
  Flatten(call->arguments[0], name, out);
  if (is_logical) {
    Flatten(call->arguments[1], name, out);
  } else {
    out.push_back(call->arguments[1]);
  }
}

// One side of an operator; the first one must be a column, so that Python asks the column.
MaybeCode Operand(const ExpressionPtr& expression, PythonLevel at_least, bool as_column) {
  const Literal* literal = AsLiteral(expression);
  if (literal != nullptr && !as_column && !literal->type.Is(TypeKind::kNull)) {
    return ValueOrColumn(expression);
  }
  const MaybeColumn column = TranslateColumn(*expression);
  if (!column) return std::nullopt;
  return Lifted(*column, at_least);
}

MaybeColumn TranslateInfix(const InfixOperator& row, const ExpressionPtr& whole) {
  Arguments operands;
  Flatten(whole, std::string(row.name), operands);
  const bool is_logical = row.level == PythonLevel::kAnd || row.level == PythonLevel::kOr;
  const bool is_chain = row.level != PythonLevel::kComparison;
  // Flattening has taken comparisons apart wrongly: a = b = c compares a boolean.
  if (!is_chain) operands = std::get<UnresolvedFunction>(whole->node).arguments;
  // An "and" inside an "or" needs no parentheses, but a reader does.
  const int step = row.level == PythonLevel::kOr ? 2 : 1;
  const auto tighter = static_cast<PythonLevel>(static_cast<int>(row.level) + step);
  std::vector<PythonCodePtr> codes;
  for (size_t i = 0; i < operands.size(); ++i) {
    const bool may_be_equal = i == 0 && is_chain && !is_logical;
    auto code = Operand(operands[i], may_be_equal ? row.level : tighter, i == 0 || is_logical);
    if (!code) return std::nullopt;
    codes.push_back(*std::move(code));
  }
  return PythonColumn{.code = PythonInfix(std::string(row.symbol), std::move(codes)),
                      .level = row.level};
}

MaybeColumn Method(const ExpressionPtr& receiver, std::string_view name, const ExpressionPtr* first,
                   size_t count) {
  const MaybeColumn column = TranslateColumn(*receiver);
  if (!column) return std::nullopt;
  std::vector<PythonCodePtr> arguments;
  for (size_t i = 0; i < count; ++i) {
    auto argument = ValueOrColumn(first[i]);
    if (!argument) return std::nullopt;
    arguments.push_back(*std::move(argument));
  }
  return Atom(
      PythonMethod(Lifted(*column, PythonLevel::kAtom), std::string(name), std::move(arguments)));
}

MaybeColumn TranslateNot(const ExpressionPtr& child) {
  const auto* call = std::get_if<UnresolvedFunction>(&child->node);
  if (call != nullptr && call->name == "==" && call->arguments.size() == 2) {
    return TranslateInfix({"==", "!=", PythonLevel::kComparison}, child);
  }
  const MaybeColumn column = TranslateColumn(*child);
  if (!column) return std::nullopt;
  return PythonColumn{
      .code = PythonSequence({PythonText("~"), Lifted(*column, PythonLevel::kAtom)}),
      .level = PythonLevel::kUnary};
}

// condition, value, …[, otherwise].
MaybeColumn TranslateWhen(const Arguments& arguments) {
  PythonCodePtr code;
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    const MaybeColumn condition = TranslateColumn(*arguments[i]);
    const MaybeCode value = ValueOrColumn(arguments[i + 1]);
    if (!condition || !value) return std::nullopt;
    code = code == nullptr ? PythonCall("F.when", {condition->code, *value})
                           : PythonMethod(code, "when", {condition->code, *value});
  }
  if (arguments.size() % 2 == 1) {
    const MaybeCode otherwise = ValueOrColumn(arguments.back());
    if (!otherwise || code == nullptr) return std::nullopt;
    code = PythonMethod(code, "otherwise", {*otherwise});
  }
  return Atom(code);
}

// name, value, …: F.struct takes the names as aliases.
MaybeColumn TranslateNamedStruct(const Arguments& arguments) {
  std::vector<PythonCodePtr> fields;
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    const Literal* name = AsLiteral(arguments[i]);
    const MaybeColumn value = TranslateColumn(*arguments[i + 1]);
    if (name == nullptr || !name->type.Is(TypeKind::kString) || !value) return std::nullopt;
    fields.push_back(
        PythonMethod(Lifted(*value, PythonLevel::kAtom), "alias",
                     {PythonText(PythonString(std::get<std::string>(name->value.data)))}));
  }
  if (fields.empty() || arguments.size() % 2 == 1) return std::nullopt;
  return Atom(PythonCall("F.struct", std::move(fields)));
}

MaybeCode TranslateLambda(const ExpressionPtr& expression) {
  const auto* lambda = std::get_if<LambdaFunction>(&expression->node);
  if (lambda == nullptr) return std::nullopt;
  PythonNames names;
  for (const std::string& parameter : lambda->parameters) {
    if (names.Claim(parameter) != parameter) return std::nullopt;
  }
  const MaybeColumn body = TranslateColumn(*lambda->body);
  if (!body) return std::nullopt;
  return PythonSequence(
      {PythonText(fmt::format("lambda {}: ", fmt::join(lambda->parameters, ", "))), body->code});
}

MaybeCode TranslateByKind(char kind, const ExpressionPtr& argument) {
  if (kind == 'f') return TranslateLambda(argument);
  if (kind == 'c') return TranslateArgument(*argument);
  const Literal* literal = AsLiteral(argument);
  if (literal == nullptr || literal->type.Is(TypeKind::kNull)) return std::nullopt;
  const auto value = TranslateLiteral(*literal);
  if (!value) return std::nullopt;
  return PythonText(*value);
}

MaybeColumn TranslateTableFunction(const PythonFunction& row, const Arguments& arguments) {
  std::vector<PythonCodePtr> codes;
  bool is_optional = false;
  size_t at = 0;
  char repeated = 0;
  for (size_t i = 0; i < row.arguments.size(); ++i) {
    const char kind = row.arguments[i];
    if (kind == '?') {
      is_optional = true;
    } else if (kind == '*') {
      repeated = row.arguments[i - 1];
    } else if (at < arguments.size()) {
      auto code = TranslateByKind(kind, arguments[at++]);
      if (!code) return std::nullopt;
      codes.push_back(*std::move(code));
    } else if (!is_optional) {
      return std::nullopt;
    }
  }
  for (; at < arguments.size(); ++at) {
    auto code = repeated == 0 ? std::nullopt : TranslateByKind(repeated, arguments[at]);
    if (!code) return std::nullopt;
    codes.push_back(*std::move(code));
  }
  return Atom(PythonCall("F." + std::string(row.python_name), std::move(codes)));
}

MaybeColumn TranslateDistinct(const UnresolvedFunction& call, const std::string& name) {
  static constexpr PythonFunction kCount{"count", "count_distinct", "cc*"};
  static constexpr PythonFunction kOneCount{"count", "count_distinct", "c"};
  static constexpr PythonFunction kSum{"sum", "sum_distinct", "c"};
  if (name == "count") {
    return TranslateTableFunction(call.arguments.size() == 1 ? kOneCount : kCount, call.arguments);
  }
  if (name == "sum") return TranslateTableFunction(kSum, call.arguments);
  return std::nullopt;
}

MaybeColumn TranslateOperator(const UnresolvedFunction& call, const ExpressionPtr& whole) {
  const Arguments& arguments = call.arguments;
  const auto* infix = std::find_if(kInfix.begin(), kInfix.end(),
                                   [&](const auto& row) { return row.name == call.name; });
  if (infix != kInfix.end() && arguments.size() == 2) return TranslateInfix(*infix, whole);
  if (call.name == "-" && arguments.size() == 1) {
    const MaybeColumn child = TranslateColumn(*arguments[0]);
    if (!child) return std::nullopt;
    return PythonColumn{
        .code = PythonSequence({PythonText("-"), Lifted(*child, PythonLevel::kAtom)}),
        .level = PythonLevel::kUnary};
  }
  if (call.name == "not" && arguments.size() == 1) return TranslateNot(arguments[0]);
  if (call.name == "||" && arguments.size() == 2) {
    Arguments parts;
    Flatten(whole, call.name, parts);
    return TranslateTableFunction(*FindPythonFunction("concat"), parts);
  }
  const bool is_pattern = call.name == "like" || call.name == "rlike" || call.name == "ilike";
  if (is_pattern && arguments.size() == 2) {
    const Literal* pattern = AsLiteral(arguments[1]);
    if (pattern == nullptr || !pattern->type.Is(TypeKind::kString)) return std::nullopt;
    return Method(arguments[0], call.name, &arguments[1], 1);
  }
  for (const ColumnMethod& row : kMethods) {
    const size_t count = arguments.size() - 1;
    if (row.name != call.name || arguments.empty()) continue;
    if (count < row.min_arguments || count > row.max_arguments) return std::nullopt;
    return Method(arguments[0], row.python_name, arguments.data() + 1, count);
  }
  return std::nullopt;
}

MaybeColumn TranslateCall(const UnresolvedFunction& call, const ExpressionPtr& whole) {
  if (call.filter != nullptr || !call.within_group.empty() || call.ignore_nulls)
    return std::nullopt;
  const std::string name = ToLower(call.name);
  if (call.is_distinct) return TranslateDistinct(call, name);
  if (name == "named_struct") return TranslateNamedStruct(call.arguments);
  if (call.is_internal) return std::nullopt;
  if (name == "when") return TranslateWhen(call.arguments);
  if (name == "if" && call.arguments.size() == 3) return TranslateWhen(call.arguments);
  if (auto column = TranslateOperator(call, whole)) return column;
  const bool is_cast =
      std::find(kCastFunctions.begin(), kCastFunctions.end(), name) != kCastFunctions.end();
  if (is_cast && call.arguments.size() == 1) {
    const MaybeColumn child = TranslateColumn(*call.arguments[0]);
    if (!child) return std::nullopt;
    return Atom(
        PythonMethod(Lifted(*child, PythonLevel::kAtom), "cast", {PythonText(PythonString(name))}));
  }
  const PythonFunction* row = FindPythonFunction(name);
  return row == nullptr ? std::nullopt : TranslateTableFunction(*row, call.arguments);
}

MaybeCode TranslateSortOrder(const SortOrder& order) {
  const bool is_descending = order.direction == SortDirection::kDescending;
  const MaybeColumn child = TranslateColumn(*order.child);
  if (!child) return std::nullopt;
  const bool is_default = order.null_order == NullOrder::kDefault ||
                          (order.null_order == NullOrder::kLast) == is_descending;
  if (is_default && !is_descending) return TranslateArgument(*order.child);
  const std::string_view method = is_default      ? "desc"
                                  : is_descending ? "desc_nulls_first"
                                                  : "asc_nulls_last";
  return PythonMethod(Lifted(*child, PythonLevel::kAtom), std::string(method), {});
}

std::optional<std::string> BoundText(const FrameBound& bound) {
  switch (bound.type) {
    case BoundType::kUnboundedPreceding:
      return "Window.unboundedPreceding";
    case BoundType::kUnboundedFollowing:
      return "Window.unboundedFollowing";
    case BoundType::kCurrentRow:
      return "Window.currentRow";
    case BoundType::kValue:
      break;
  }
  if (const Literal* literal = AsLiteral(bound.value)) {
    return literal->type.Is(TypeKind::kInteger) ? TranslateLiteral(*literal) : std::nullopt;
  }
  const auto* minus = std::get_if<UnresolvedFunction>(&bound.value->node);
  if (minus == nullptr || minus->name != "-" || minus->arguments.size() != 1) return std::nullopt;
  const Literal* literal = AsLiteral(minus->arguments[0]);
  if (literal == nullptr || !literal->type.Is(TypeKind::kInteger)) return std::nullopt;
  const auto digits = TranslateLiteral(*literal);
  if (!digits || digits->starts_with('-')) return std::nullopt;
  return *digits == "0" ? "0" : "-" + *digits;
}

MaybeColumn TranslateWindow(const WindowExpression& window) {
  const MaybeColumn function = TranslateColumn(*window.function);
  if (!function) return std::nullopt;
  std::vector<PythonCodePtr> partitions;
  std::vector<PythonCodePtr> orders;
  for (const ExpressionPtr& key : window.partition_by) {
    auto code = TranslateArgument(*key);
    if (!code) return std::nullopt;
    partitions.push_back(*std::move(code));
  }
  for (const ExpressionPtr& key : window.order_by) {
    const auto* order = std::get_if<SortOrder>(&key->node);
    auto code = order == nullptr ? TranslateArgument(*key) : TranslateSortOrder(*order);
    if (!code) return std::nullopt;
    orders.push_back(*std::move(code));
  }
  PythonCodePtr spec = PythonMethod(PythonText("Window"), "partitionBy", std::move(partitions));
  if (!orders.empty()) spec = PythonMethod(spec, "orderBy", std::move(orders));
  if (window.frame) {
    const bool is_row = window.frame->type == FrameType::kRow;
    const auto lower = BoundText(window.frame->lower);
    const auto upper = BoundText(window.frame->upper);
    if (!lower || !upper) return std::nullopt;
    // A range's distance is of the order column's type, which is not known here.
    const bool has_distance = window.frame->lower.type == BoundType::kValue ||
                              window.frame->upper.type == BoundType::kValue;
    if (!is_row && has_distance) return std::nullopt;
    spec = PythonMethod(spec, is_row ? "rowsBetween" : "rangeBetween",
                        {PythonText(*lower), PythonText(*upper)});
  }
  return Atom(PythonMethod(Lifted(*function, PythonLevel::kAtom), "over", {spec}));
}

MaybeColumn TranslateExtract(const ExtractValue& extract) {
  const Literal* key = AsLiteral(extract.extraction);
  const MaybeColumn child = TranslateColumn(*extract.child);
  if (key == nullptr || !child) return std::nullopt;
  const bool is_plain = key->type.Is(TypeKind::kString) || key->type.Is(TypeKind::kInteger);
  const auto value = is_plain ? TranslateLiteral(*key) : std::nullopt;
  if (!value) return std::nullopt;
  return Atom(PythonSequence(
      {Lifted(*child, PythonLevel::kAtom), PythonText(fmt::format("[{}]", *value))}));
}

PythonCodePtr ColumnByName(const std::vector<std::string>& parts) {
  return PythonCall("F.col", {PythonText(PythonString(JoinAttributeName(parts)))});
}

}  // namespace

std::optional<std::string> TranslateLiteral(const Literal& literal) {
  if (literal.value.is_null()) {
    return literal.type.Is(TypeKind::kNull) ? std::optional<std::string>("None") : std::nullopt;
  }
  switch (literal.type.kind) {
    case TypeKind::kBoolean:
      return std::get<bool>(literal.value.data) ? "True" : "False";
    case TypeKind::kInteger:
      return std::to_string(std::get<int64_t>(literal.value.data));
    case TypeKind::kLong: {
      // Python's small numbers become INT.
      const int64_t value = std::get<int64_t>(literal.value.data);
      if (value >= INT32_MIN && value <= INT32_MAX) return std::nullopt;
      return std::to_string(value);
    }
    case TypeKind::kDouble: {
      const double value = std::get<double>(literal.value.data);
      if (!std::isfinite(value)) return std::nullopt;
      const std::string text = fmt::format("{}", value);
      return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
    }
    case TypeKind::kString:
      return PythonString(std::get<std::string>(literal.value.data));
    default:
      return std::nullopt;
  }
}

std::optional<PythonColumn> TranslateColumn(const Expression& expression) {
  if (const auto* literal = std::get_if<Literal>(&expression.node)) {
    const auto value = TranslateLiteral(*literal);
    if (!value) return std::nullopt;
    return Atom(PythonCall("F.lit", {PythonText(*value)}));
  }
  if (const auto* attribute = std::get_if<UnresolvedAttribute>(&expression.node)) {
    if (attribute->plan_id || attribute->is_metadata_column) return std::nullopt;
    return Atom(ColumnByName(attribute->parts));
  }
  if (const auto* variable = std::get_if<LambdaVariable>(&expression.node)) {
    if (variable->parts.size() != 1) return std::nullopt;
    return Atom(PythonText(variable->parts[0]));
  }
  if (const auto* cast = std::get_if<Cast>(&expression.node)) {
    if (cast->mode != EvalMode::kSession) return std::nullopt;
    const MaybeColumn child = TranslateColumn(*cast->child);
    if (!child) return std::nullopt;
    return Atom(PythonMethod(Lifted(*child, PythonLevel::kAtom), "cast",
                             {PythonText(PythonString(SimpleString(cast->type)))}));
  }
  if (std::holds_alternative<UnresolvedFunction>(expression.node)) {
    const ExpressionPtr whole = std::make_shared<const Expression>(expression);
    return TranslateCall(std::get<UnresolvedFunction>(whole->node), whole);
  }
  if (const auto* window = std::get_if<WindowExpression>(&expression.node))
    return TranslateWindow(*window);
  if (const auto* extract = std::get_if<ExtractValue>(&expression.node))
    return TranslateExtract(*extract);
  if (const auto* order = std::get_if<SortOrder>(&expression.node)) {
    const MaybeCode code = TranslateSortOrder(*order);
    if (!code) return std::nullopt;
    return Atom(*code);
  }
  return std::nullopt;
}

std::optional<PythonCodePtr> TranslateArgument(const Expression& expression) {
  const auto* attribute = std::get_if<UnresolvedAttribute>(&expression.node);
  if (attribute != nullptr && !attribute->plan_id && !attribute->is_metadata_column) {
    return PythonText(PythonString(JoinAttributeName(attribute->parts)));
  }
  const MaybeColumn column = TranslateColumn(expression);
  if (!column) return std::nullopt;
  return column->code;
}

}  // namespace ember
