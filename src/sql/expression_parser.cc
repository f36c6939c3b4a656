#include <array>

#include "sql/sql_parser.h"

namespace ember {
namespace {

// Left-deep chains (a + b + c …) make trees as high as they are long.
constexpr int kMaxChain = 1000;

struct OperatorRow {
  std::string_view symbol;
  std::string_view name;
  int level;
};

// Higher levels bind tighter: SqlBaseParser's valueExpression.
constexpr auto kOperators = std::to_array<OperatorRow>({
    {"*", "*", 7},   {"/", "/", 7},   {"%", "%", 7},   {"+", "+", 6},   {"-", "-", 6},
    {"||", "||", 6}, {"<<", "<<", 5}, {"&", "&", 4},   {"^", "^", 3},   {"|", "|", 2},
    {"=", "==", 1},  {"==", "==", 1}, {"<>", "!=", 1}, {"!=", "!=", 1}, {"<=>", "<=>", 1},
    {"<", "<", 1},   {">", ">", 1},   {"<=", "<=", 1}, {">=", ">=", 1}, {"!<", ">=", 1},
    {"!>", "<=", 1},
});

// AstBuilder.visitLogicalBinary balances long chains; column names show it.
ExpressionPtr Balanced(std::string_view name, const std::vector<ExpressionPtr>& operands,
                       size_t low, size_t high) {
  if (low == high) return operands[low];
  const size_t middle = low + (high - low) / 2;
  return Call(std::string(name),
              {Balanced(name, operands, low, middle), Balanced(name, operands, middle + 1, high)});
}

bool IsStringLiteral(const ExpressionPtr& expression) {
  const auto* literal = std::get_if<Literal>(&expression->node);
  return literal != nullptr && literal->type.Is(TypeKind::kString);
}

}  // namespace

Result<ExpressionPtr> SqlParser::ParseExpression() {
  DepthGuard guard(*this);
  RETURN_IF_ERROR(CheckDepth());
  return ParseLogical("OR");
}

Result<std::vector<ExpressionPtr>> SqlParser::ParseExpressions() {
  std::vector<ExpressionPtr> expressions;
  do {
    ASSIGN_OR_RETURN(auto expression, ParseExpression());
    expressions.push_back(std::move(expression));
  } while (TakeSymbol(","));
  return expressions;
}

Result<ExpressionPtr> SqlParser::ParseNamedExpression() {
  const size_t first = at_;
  named_start_ = first;
  ASSIGN_OR_RETURN(auto child, ParseExpression());
  // `a AS FROM t` is a column called AS; `a AS from FROM t` one called from.
  const bool is_name = IsIdentifier(1) && (!StartsClause(1) || StartsClause(2) || IsTerminator(2));
  const bool has_as = IsWord("AS") && (is_name || IsSymbol("(", 1));
  if (!has_as && (!IsIdentifier() || (StartsClause() && !IsWord("SELECT")))) return child;
  if (has_as) ++at_;
  if (has_as && IsSymbol("(")) {
    ASSIGN_OR_RETURN(auto names, ParseIdentifierList());
    return Node(Alias{.child = std::move(child), .names = std::move(names)}, first);
  }
  ASSIGN_OR_RETURN(std::string name, ParseNamePart());
  return Node(Alias{.child = std::move(child), .names = {std::move(name)}}, first);
}

Result<std::vector<ExpressionPtr>> SqlParser::ParseNamedExpressions() {
  std::vector<ExpressionPtr> expressions;
  const size_t first = at_;
  do {
    if (!expressions.empty() && StartsClause() && IsWord("FROM")) {
      return ParseError("TRAILING_COMMA_IN_SELECT", {}, first);
    }
    ASSIGN_OR_RETURN(auto expression, ParseNamedExpression());
    expressions.push_back(std::move(expression));
  } while (TakeSymbol(","));
  return expressions;
}

Result<ExpressionPtr> SqlParser::ParseLogical(std::string_view keyword) {
  std::vector<ExpressionPtr> operands;
  do {
    ASSIGN_OR_RETURN(auto operand, keyword == "OR" ? ParseLogical("AND") : ParseNot());
    operands.push_back(std::move(operand));
  } while (IsWord(keyword) && !IsTerminator(1) && TakeWord(keyword));
  return Balanced(keyword == "OR" ? "or" : "and", operands, 0, operands.size() - 1);
}

Result<ExpressionPtr> SqlParser::ParseNot() {
  const size_t first = at_;
  if (!IsSymbol("!") && !(IsWord("NOT") && !IsTerminator(1))) return ParsePredicate();
  DepthGuard guard(*this);
  RETURN_IF_ERROR(CheckDepth());
  ++at_;
  ASSIGN_OR_RETURN(auto child, ParseNot());
  return CallNode("not", {std::move(child)}, first);
}

Result<ExpressionPtr> SqlParser::ParsePredicate() {
  const size_t first = at_;
  ASSIGN_OR_RETURN(auto value, ParseValue());
  return ParsePredicateTail(std::move(value), first);
}

bool SqlParser::HasPredicate(size_t ahead) const {
  if (IsWord("IN", ahead)) return IsSymbol("(", ahead + 1) && !IsSymbol(")", ahead + 2);
  return IsAnyWord({"BETWEEN", "LIKE", "ILIKE", "RLIKE", "REGEXP"}, ahead) &&
         !IsTerminator(ahead + 1);
}

Result<ExpressionPtr> SqlParser::ParsePredicateTail(ExpressionPtr value, size_t first) {
  if (IsWord("IS") &&
      (IsAnyWord({"NULL", "NOT", "TRUE", "FALSE", "UNKNOWN", "DISTINCT"}, 1) || IsSymbol("!", 1))) {
    return ParseIsTail(std::move(value), first);
  }
  const bool is_negated = (IsWord("NOT") || IsSymbol("!")) && HasPredicate(1);
  if (!is_negated && !HasPredicate(0)) return value;
  if (is_negated) ++at_;
  Result<ExpressionPtr> predicate = value;
  if (TakeWord("BETWEEN")) {
    ASSIGN_OR_RETURN(auto lower, ParseValue());
    RETURN_IF_ERROR(ExpectWord("AND"));
    ASSIGN_OR_RETURN(auto upper, ParseValue());
    predicate = CallNode("between", {value, lower, upper}, first);
  } else if (TakeWord("IN")) {
    predicate = ParseInTail(value, first);
  } else {
    return ParseLikeTail(std::move(value), is_negated, first);
  }
  if (!predicate.ok() || !is_negated) return predicate;
  return CallNode("not", {std::move(predicate).value()}, first);
}

Result<ExpressionPtr> SqlParser::ParseIsTail(ExpressionPtr value, size_t first) {
  ++at_;
  const bool is_negated = TakeWord("NOT") || TakeSymbol("!");
  if (TakeWord("NULL") || TakeWord("UNKNOWN")) {
    return CallNode(is_negated ? "isnotnull" : "isnull", {std::move(value)}, first);
  }
  ExpressionPtr result;
  bool negate = is_negated;
  if (TakeWord("DISTINCT")) {
    RETURN_IF_ERROR(ExpectWord("FROM"));
    ASSIGN_OR_RETURN(auto right, ParseValue());
    result = CallNode("<=>", {std::move(value), std::move(right)}, first);
    negate = !is_negated;
  } else if (IsAnyWord({"TRUE", "FALSE"})) {
    const bool is_true = IsWord("TRUE");
    ++at_;
    result = CallNode("<=>", {std::move(value), LiteralBoolean(is_true)}, first);
  } else {
    return SyntaxErrorHere();
  }
  if (!negate) return result;
  return CallNode("not", {std::move(result)}, first);
}

Result<ExpressionPtr> SqlParser::ParseInTail(ExpressionPtr value, size_t first) {
  if (GroupIsQuery()) {
    std::vector<ExpressionPtr> values = {value};
    // (a, b) IN (SELECT …) compares column by column.
    const auto* row = std::get_if<UnresolvedFunction>(&value->node);
    if (row != nullptr && row->is_internal && row->name == "named_struct") {
      values.clear();
      for (size_t i = 1; i < row->arguments.size(); i += 2) values.push_back(row->arguments[i]);
    }
    ++at_;
    return ParseSubquery(SubqueryKind::kIn, std::move(values));
  }
  RETURN_IF_ERROR(ExpectSymbol("("));
  std::vector<ExpressionPtr> arguments = {std::move(value)};
  ASSIGN_OR_RETURN(auto candidates, ParseExpressions());
  arguments.insert(arguments.end(), candidates.begin(), candidates.end());
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return CallNode("in", std::move(arguments), first);
}

Result<ExpressionPtr> SqlParser::ParseLikeTail(ExpressionPtr value, bool is_negated, size_t first) {
  const size_t operator_at = at_++;
  std::string name = ToLower(tokens_[operator_at].text);
  if (name == "regexp") name = "rlike";
  if (name != "rlike" && IsAnyWord({"ANY", "SOME", "ALL"}) && IsSymbol("(", 1)) {
    return ParseQuantifiedLike(std::move(value), name, is_negated, first);
  }
  std::vector<ExpressionPtr> arguments = {std::move(value)};
  ASSIGN_OR_RETURN(auto pattern, ParseValue());
  arguments.push_back(std::move(pattern));
  if (name != "rlike" && IsWord("ESCAPE") && IsString(1)) {
    const std::string escape = UnescapeString(Peek(1).text);
    if (CharacterCount(escape) != 1) {
      return ParseError("INVALID_ESC", {{"invalidEscape", std::string(Peek(1).text)}}, first);
    }
    at_ += 2;
    arguments.push_back(LiteralString(escape));
  }
  auto like = CallNode(name, std::move(arguments), first);
  return is_negated ? CallNode("not", {std::move(like)}, first) : like;
}

// LIKE ANY over literal patterns is one function (LikeAny, NotLikeAll …), else a chain of LIKEs.
Result<ExpressionPtr> SqlParser::ParseQuantifiedLike(ExpressionPtr value, std::string_view name,
                                                     bool is_negated, size_t first) {
  const bool is_all = IsWord("ALL");
  at_ += 2;
  if (IsSymbol(")")) {
    return ParseError("_LEGACY_ERROR_TEMP_0064",
                      {{"msg", "Expected something between '(' and ')'."}}, first);
  }
  ASSIGN_OR_RETURN(auto patterns, ParseExpressions());
  RETURN_IF_ERROR(ExpectSymbol(")"));
  bool literals = true;
  for (const auto& pattern : patterns) literals = literals && IsStringLiteral(pattern);
  if (literals) {
    const bool lower = name == "ilike";
    std::vector<ExpressionPtr> arguments = {lower ? Call("lower", {value}) : value};
    for (const auto& pattern : patterns)
      arguments.push_back(lower ? Call("lower", {pattern}) : pattern);
    return CallNode(std::string(is_negated ? "not" : "") + (is_all ? "likeall" : "likeany"),
                    std::move(arguments), first);
  }
  ExpressionPtr result;
  for (const auto& pattern : patterns) {
    auto like = CallNode(std::string(name), {value, pattern}, first);
    if (is_negated) like = CallNode("not", {std::move(like)}, first);
    result = result == nullptr ? like : CallNode(is_all ? "and" : "or", {result, like}, first);
  }
  return result;
}

std::optional<SqlParser::BinaryOperator> SqlParser::PeekBinaryOperator() const {
  if (IsWord("DIV") && !IsTerminator(1)) return BinaryOperator{"div", 7, 1};
  if (Peek().kind != TokenKind::kSymbol) return std::nullopt;
  // Shifts to the right come as single tokens (see Tokenize).
  const auto touches = [this](size_t ahead) {
    return IsSymbol(">", ahead) && Peek(ahead).offset == Peek().offset + ahead;
  };
  if (IsSymbol(">") && touches(1)) {
    return touches(2) ? BinaryOperator{">>>", 5, 3} : BinaryOperator{">>", 5, 2};
  }
  for (const auto& row : kOperators) {
    if (row.symbol == Peek().text) return BinaryOperator{row.name, row.level, 1};
  }
  return std::nullopt;
}

Result<ExpressionPtr> SqlParser::ParseValue(int min_level) {
  const size_t first = at_;
  ASSIGN_OR_RETURN(auto left, ParseUnary());
  for (int length = 0;; ++length) {
    const auto binary = PeekBinaryOperator();
    if (!binary || binary->level < min_level) return left;
    if (length > kMaxChain) return At(MakeError("FAILED_TO_PARSE_TOO_COMPLEX"), Peek());
    at_ += binary->tokens;
    ASSIGN_OR_RETURN(auto right, ParseValue(binary->level + 1));
    const bool is_not_equal = binary->name == "!=";
    left = CallNode(is_not_equal ? "==" : std::string(binary->name),
                    {std::move(left), std::move(right)}, first);
    if (is_not_equal) left = CallNode("not", {std::move(left)}, first);
  }
}

Result<ExpressionPtr> SqlParser::ParseUnary() {
  const bool is_sign = IsSymbol("-") || IsSymbol("+") || IsSymbol("~");
  if (!is_sign || (IsSymbol("-") && Peek(1).kind == TokenKind::kNumber)) return ParsePrimary();
  DepthGuard guard(*this);
  RETURN_IF_ERROR(CheckDepth());
  const size_t first = at_++;
  const std::string_view symbol = tokens_[first].text;
  ASSIGN_OR_RETURN(auto child, ParseUnary());
  return CallNode(symbol == "-"   ? "-"
                  : symbol == "+" ? "positive"
                                  : "~",
                  {std::move(child)}, first);
}

Result<ExpressionPtr> SqlParser::ParseSortItem() {
  const size_t first = at_;
  SortOrder order;
  ASSIGN_OR_RETURN(order.child, ParseExpression());
  if (TakeWord("DESC")) {
    order.direction = SortDirection::kDescending;
  } else {
    (void)TakeWord("ASC");
  }
  if (IsWord("NULLS") && IsAnyWord({"FIRST", "LAST"}, 1)) {
    order.null_order = IsWord("FIRST", 1) ? NullOrder::kFirst : NullOrder::kLast;
    at_ += 2;
  }
  return Node(std::move(order), first);
}

Result<std::vector<ExpressionPtr>> SqlParser::ParseSortItems() {
  std::vector<ExpressionPtr> items;
  do {
    ASSIGN_OR_RETURN(auto item, ParseSortItem());
    items.push_back(std::move(item));
  } while (TakeSymbol(","));
  return items;
}

}  // namespace ember
