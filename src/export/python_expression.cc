#include "export/python_expression.h"

#include <fmt/format.h>

#include "export/python_translation.h"
#include "plan/attribute_name.h"
#include "sql/lexer.h"
#include "sql/parser.h"

namespace ember {
namespace {

using MaybeCode = std::optional<PythonCodePtr>;

PythonCodePtr WithAlias(const PythonCodePtr& code, const std::vector<std::string>& names) {
  std::vector<PythonCodePtr> arguments;
  for (const std::string& name : names) arguments.push_back(PythonText(PythonString(name)));
  return PythonMethod(code, "alias", std::move(arguments));
}

PythonCodePtr AsReceiver(const PythonColumn& column) {
  return column.level == PythonLevel::kAtom ? column.code : PythonParentheses(column.code);
}

// What has no alias and is no column gets Spark's name of its SQL, so it must stay SQL.
MaybeCode TranslateNamed(const Expression& expression, ColumnPlace place) {
  if (const auto* alias = std::get_if<Alias>(&expression.node)) {
    const auto child = TranslateColumn(*alias->child);
    if (!child || !alias->metadata.empty()) return std::nullopt;
    return WithAlias(AsReceiver(*child), alias->names);
  }
  if (const auto* star = std::get_if<UnresolvedStar>(&expression.node)) {
    if (!star->except.empty() || star->plan_id) return std::nullopt;
    const std::string name = star->target.empty() ? "*" : JoinAttributeName(star->target) + ".*";
    if (place != ColumnPlace::kColumn) return PythonText(PythonString(name));
    return PythonCall("F.col", {PythonText(PythonString(name))});
  }
  const bool is_name = std::holds_alternative<UnresolvedAttribute>(expression.node);
  if (place == ColumnPlace::kOutput && !is_name) return std::nullopt;
  if (place != ColumnPlace::kColumn) {
    // A literal among sort or grouping keys is an ordinal, which only SQL text can say.
    if (std::holds_alternative<Literal>(expression.node)) return std::nullopt;
    return TranslateArgument(expression);
  }
  const auto column = TranslateColumn(expression);
  if (!column) return std::nullopt;
  return column->code;
}

PythonCodePtr SqlColumn(const std::string& text) {
  return PythonCall("F.expr", {PythonLiteralText(OneLineSql(text))});
}

Result<PythonColumn> ExportChild(const Expression& child) {
  if (const auto* text = std::get_if<ExpressionString>(&child.node)) {
    auto parsed = ParseExpression(text->text);
    if (!parsed.ok()) return std::move(parsed).error();
    if (auto column = TranslateColumn(**parsed)) return *std::move(column);
    return PythonColumn{.code = SqlColumn(text->text)};
  }
  if (auto column = TranslateColumn(child)) return *std::move(column);
  return Unsupported("export of a column that PySpark has no words for and that is no SQL text");
}

Result<PythonCodePtr> ExportSortOrder(const SortOrder& order, ColumnPlace place) {
  // The text keeps its own name; only what stands around it is translated.
  if (const auto* text = std::get_if<ExpressionString>(&order.child->node)) {
    ASSIGN_OR_RETURN(const ExpressionPtr parsed, ParseExpression(text->text));
    const bool is_literal = std::holds_alternative<Literal>(parsed->node);
    SortOrder translated = order;
    translated.child = parsed;
    const auto column = is_literal ? std::nullopt : TranslateColumn(*MakeExpression(translated));
    if (column) return column->code;
    const PythonCodePtr child = SqlColumn(text->text);
    const bool is_descending = order.direction == SortDirection::kDescending;
    const bool is_default = order.null_order == NullOrder::kDefault ||
                            (order.null_order == NullOrder::kLast) == is_descending;
    if (is_default && !is_descending) return child;
    return PythonMethod(child,
                        is_default      ? "desc"
                        : is_descending ? "desc_nulls_first"
                                        : "asc_nulls_last",
                        {});
  }
  const auto code = TranslateNamed(*MakeExpression(order), place);
  if (code) return *code;
  return Unsupported("export of a sort key that PySpark has no words for and that is no SQL text");
}

}  // namespace

Result<PythonCodePtr> ExportColumn(const Expression& expression, ColumnPlace place) {
  if (const auto* text = std::get_if<ExpressionString>(&expression.node)) {
    ASSIGN_OR_RETURN(const ExpressionPtr parsed, ParseExpression(text->text));
    if (auto code = TranslateNamed(*parsed, place)) return *std::move(code);
    return SqlColumn(text->text);
  }
  if (const auto* alias = std::get_if<Alias>(&expression.node)) {
    if (!alias->metadata.empty()) return Unsupported("export of a column's metadata");
    ASSIGN_OR_RETURN(const PythonColumn child, ExportChild(*alias->child));
    return WithAlias(AsReceiver(child), alias->names);
  }
  if (const auto* order = std::get_if<SortOrder>(&expression.node))
    return ExportSortOrder(*order, place);
  if (auto code = TranslateNamed(expression, place)) return *std::move(code);
  return Unsupported("export of a column that PySpark has no words for and that is no SQL text");
}

std::optional<std::string> ConditionText(const Expression& expression) {
  const auto* text = std::get_if<ExpressionString>(&expression.node);
  if (text == nullptr) return std::nullopt;
  const auto parsed = ParseExpression(text->text);
  if (parsed.ok() && TranslateColumn(**parsed)) return std::nullopt;
  return OneLineSql(text->text);
}

std::optional<std::string> PythonValue(const Expression& expression) {
  const auto* literal = std::get_if<Literal>(&expression.node);
  return literal == nullptr ? std::nullopt : TranslateLiteral(*literal);
}

std::string OneLineSql(const std::string& text) {
  const auto tokens = Tokenize(text, {});
  if (text.find('\n') == std::string::npos || !tokens.ok()) return text;
  std::string out;
  size_t end = 0;
  for (const Token& token : *tokens) {
    if (token.kind == TokenKind::kEnd) break;
    if (!out.empty() && token.offset > end) out += ' ';
    out += token.text;
    end = token.offset + token.text.size();
  }
  return out;
}

}  // namespace ember
