#include "sql/sql_parser.h"

namespace ember {
namespace {

constexpr int kMaxChain = 1000;  // a.b.c …, a[0][0] …

}  // namespace

/// Names of a lambda's parameters, in scope while its body is parsed.
class LambdaScope {
 public:
  LambdaScope(SqlParser& parser, std::vector<std::string> names) : parser_(parser) {
    parser_.lambda_parameters_.push_back(std::move(names));
  }
  ~LambdaScope() { parser_.lambda_parameters_.pop_back(); }
  LambdaScope(const LambdaScope&) = delete;
  LambdaScope& operator=(const LambdaScope&) = delete;

 private:
  SqlParser& parser_;
};

Result<ExpressionPtr> SqlParser::ParsePrimary() {
  const size_t first = at_;
  ASSIGN_OR_RETURN(auto head, ParsePrimaryHead());
  return ParsePostfix(std::move(head), first);
}

Result<ExpressionPtr> SqlParser::ParsePostfix(ExpressionPtr head, size_t first) {
  DepthGuard guard(*this);
  for (int length = 0;; ++length) {
    const bool is_postfix = IsSymbol(".") || IsSymbol("[") || IsSymbol("::");
    if (is_postfix && length > kMaxChain)
      return At(MakeError("FAILED_TO_PARSE_TOO_COMPLEX"), Peek());
    if (is_postfix) RETURN_IF_ERROR(CheckDepth());
    if (IsSymbol(".") && IsIdentifier(1)) {
      ++at_;
      ASSIGN_OR_RETURN(std::string field, ParseIdentifier());
      head = Node(ExtractValue{std::move(head), LiteralString(std::move(field))}, first);
    } else if (TakeSymbol("[")) {
      ASSIGN_OR_RETURN(auto index, ParseValue());
      RETURN_IF_ERROR(Peek().kind == TokenKind::kWord ? ExpectSymbolOrMissing("]")
                                                      : ExpectSymbol("]"));
      head = Node(ExtractValue{std::move(head), std::move(index)}, first);
    } else if (TakeSymbol("::")) {
      ASSIGN_OR_RETURN(DataType type, ParseType());
      head = Node(Cast{.child = std::move(head), .type = std::move(type)}, first);
    } else if (IsWord("COLLATE") && IsIdentifier(1)) {
      return Unsupported("COLLATE");
    } else {
      return head;
    }
  }
}

Result<ExpressionPtr> SqlParser::ParsePrimaryHead() {
  const size_t first = at_;
  switch (Peek().kind) {
    case TokenKind::kNumber:
      return ParseNumber(false);
    case TokenKind::kString:
      return ParseStringLiteral();
    case TokenKind::kWord:
      return ParseWordPrimary();
    case TokenKind::kQuotedIdentifier:
      return IsLambda() ? ParseLambda() : ParseNameOrCall();
    case TokenKind::kSymbol:
      break;
    case TokenKind::kEnd:
    case TokenKind::kHintStart:
    case TokenKind::kHintEnd:
    case TokenKind::kUnknown:
      return SyntaxErrorHere();
  }
  if (IsSymbol("(")) return ParseParenthesized();
  if (IsSymbol("-") && Peek(1).kind == TokenKind::kNumber) {
    ++at_;
    return ParseNumber(true);
  }
  if (TakeSymbol("*")) {
    UnresolvedStar star;
    RETURN_IF_ERROR(ParseExcept(star));
    return Node(std::move(star), first);
  }
  if (TakeSymbol("?")) return Node(Parameter{.position = parameters_++}, first);
  if (IsSymbol(":") && IsIdentifier(1)) {
    ++at_;
    ASSIGN_OR_RETURN(std::string name, ParseIdentifier());
    return Node(Parameter{.name = std::move(name)}, first);
  }
  return SyntaxErrorHere();
}

Result<ExpressionPtr> SqlParser::ParseWordPrimary() {
  const size_t first = at_;
  if (IsLambda()) return ParseLambda();
  if (IsInterval()) return ParseInterval();
  if (IsString(1)) return ParseTypedLiteral();
  if (!IsSymbol(".", 1) && !IsSymbol("(", 1)) {
    if (TakeWord("NULL")) return Node(Literal{NullType(), {}}, first);
    if (TakeWord("TRUE")) return Node(Literal{BooleanType(), {true}}, first);
    if (TakeWord("FALSE")) return Node(Literal{BooleanType(), {false}}, first);
    if (IsAnyWord({"CURRENT_DATE", "CURRENT_TIMESTAMP", "CURRENT_USER"})) {
      const std::string name = ToLower(tokens_[at_++].text);
      return CallNode(name, {}, first);
    }
    if (IsAnyWord({"USER", "SESSION_USER"})) {
      ++at_;
      return CallNode("current_user", {}, first);
    }
  }
  if (IsWord("CASE") && !IsTerminator(1) && !IsSymbol(".", 1) &&
      !IsAnyWord({"FROM", "END", "AS"}, 1)) {
    return ParseCase();
  }
  if (IsSymbol("(", 1)) {
    ASSIGN_OR_RETURN(auto special, ParseSpecialCall());
    if (special) return *std::move(special);
  }
  return ParseNameOrCall();
}

// EXCEPT (name, …) behind a star.
Status SqlParser::ParseExcept(UnresolvedStar& star) {
  if (!IsWord("EXCEPT") || !IsSymbol("(", 1) || GroupIsQuery(1)) return {};
  at_ += 2;
  do {
    ASSIGN_OR_RETURN(auto name, ParseMultipartName());
    star.except.push_back(std::move(name));
  } while (TakeSymbol(","));
  return ExpectSymbol(")");
}

Result<ExpressionPtr> SqlParser::ParseNameOrCall() {
  const size_t first = at_;
  std::vector<std::string> parts;
  while (true) {
    ASSIGN_OR_RETURN(std::string part, ParseIdentifier());
    parts.push_back(std::move(part));
    if (!IsSymbol(".")) break;
    if (IsSymbol("*", 1)) {
      at_ += 2;
      UnresolvedStar star{.target = std::move(parts)};
      RETURN_IF_ERROR(ParseExcept(star));
      return Node(std::move(star), first);
    }
    ++at_;
  }
  if (IsSymbol("(")) return ParseCall(std::move(parts), first);
  return ColumnReference(std::move(parts), first);
}

// A name that a lambda around it declares is its variable; all others are columns. The analyzer
// would find the same: parameters hide columns.
ExpressionPtr SqlParser::ColumnReference(std::vector<std::string> parts, size_t first) const {
  for (auto scope = lambda_parameters_.rbegin(); scope != lambda_parameters_.rend(); ++scope) {
    for (const auto& name : *scope) {
      if (!EqualsIgnoreCase(name, parts[0])) continue;
      ExpressionPtr variable = Node(LambdaVariable{{name}}, first);
      for (size_t i = 1; i < parts.size(); ++i) {
        variable = Node(ExtractValue{std::move(variable), LiteralString(parts[i])}, first);
      }
      return variable;
    }
  }
  return Node(UnresolvedAttribute{.parts = std::move(parts)}, first);
}

Result<ExpressionPtr> SqlParser::ParseSubquery(SubqueryKind kind,
                                               std::vector<ExpressionPtr> in_values) {
  const size_t first = at_ - 1;
  ASSIGN_OR_RETURN(auto query, ParseQuery());
  RETURN_IF_ERROR(Peek().kind == TokenKind::kEnd ? ExpectSymbolOrMissing(")") : ExpectSymbol(")"));
  return Node(
      SubqueryExpression{.kind = kind, .plan = std::move(query), .in_values = std::move(in_values)},
      first);
}

Result<ExpressionPtr> SqlParser::ParseParenthesized() {
  const size_t first = at_;
  if (IsLambda()) return ParseLambda();
  if (GroupIsQuery()) {
    ++at_;
    return ParseSubquery(SubqueryKind::kScalar, {});
  }
  ++at_;
  ASSIGN_OR_RETURN(auto expression, ParseNamedExpression());
  if (!IsSymbol(",")) {
    if (std::holds_alternative<Alias>(expression->node)) return SyntaxErrorHere();
    RETURN_IF_ERROR(ExpectSymbol(")"));
    return expression;
  }
  // A row is CreateNamedStruct in Spark: columns keep their names, other fields are called colN.
  std::vector<ExpressionPtr> arguments;
  const auto add = [&arguments](const ExpressionPtr& field) {
    std::string name = "col" + std::to_string(arguments.size() / 2 + 1);
    if (const auto* attribute = std::get_if<UnresolvedAttribute>(&field->node))
      name = attribute->parts.back();
    if (const auto* alias = std::get_if<Alias>(&field->node)) name = alias->names[0];
    arguments.push_back(LiteralString(std::move(name)));
    arguments.push_back(field);
  };
  add(expression);
  while (TakeSymbol(",")) {
    ASSIGN_OR_RETURN(auto field, ParseNamedExpression());
    add(field);
  }
  RETURN_IF_ERROR(ExpectSymbol(")"));
  UnresolvedFunction row;
  row.name = "named_struct";
  row.arguments = std::move(arguments);
  row.is_internal = true;
  return Node(std::move(row), first);
}

// A CASE WHEN that fails is, to Spark's parser, a column called CASE (with the alias WHEN, where
// one can be).
Result<ExpressionPtr> SqlParser::ParseCase() {
  const size_t first = at_;
  const size_t unexpected = named_start_ == first ? 2 : 1;
  auto result = ParseCaseBody();
  if (result.ok() || result.error().condition != "PARSE_SYNTAX_ERROR") return result;
  at_ = first;
  if (!IsWord("WHEN", 1)) return result;
  const bool is_last = unexpected == 2 && Peek(3).kind == TokenKind::kEnd;
  const std::string hint = is_last ? ": extra input '" + std::string(Peek(2).text) + "'" : "";
  return SyntaxError(Peek(unexpected), hint);
}

Result<ExpressionPtr> SqlParser::ParseCaseBody() {
  const size_t first = at_++;
  ExpressionPtr value;
  if (!IsWord("WHEN")) {
    ASSIGN_OR_RETURN(value, ParseExpression());
  }
  std::vector<ExpressionPtr> arguments;
  while (arguments.empty() || IsWord("WHEN")) {
    RETURN_IF_ERROR(ExpectWord("WHEN"));
    ASSIGN_OR_RETURN(auto condition, ParseExpression());
    RETURN_IF_ERROR(ExpectWord("THEN"));
    ASSIGN_OR_RETURN(auto result, ParseExpression());
    arguments.push_back(value == nullptr ? condition : Call("==", {value, condition}));
    arguments.push_back(std::move(result));
  }
  if (TakeWord("ELSE")) {
    ASSIGN_OR_RETURN(auto otherwise, ParseExpression());
    arguments.push_back(std::move(otherwise));
  }
  RETURN_IF_ERROR(ExpectWord("END"));
  return CallNode("when", std::move(arguments), first);
}

bool SqlParser::IsLambda() const {
  if (IsIdentifier()) return IsSymbol("->", 1);
  if (!IsSymbol("(")) return false;
  const size_t behind = BehindGroup(at_) - at_;
  if (behind < 4 || !IsSymbol("->", behind)) return false;
  for (size_t i = 1; i + 1 < behind; ++i) {
    if (i % 2 == 1 ? !IsIdentifier(i) : !IsSymbol(",", i)) return false;
  }
  return true;
}

Result<ExpressionPtr> SqlParser::ParseLambda() {
  const size_t first = at_;
  const bool is_list = TakeSymbol("(");
  std::vector<std::string> names;
  do {
    ASSIGN_OR_RETURN(std::string name, ParseIdentifier());
    names.push_back(std::move(name));
  } while (is_list && TakeSymbol(","));
  if (is_list) RETURN_IF_ERROR(ExpectSymbol(")"));
  RETURN_IF_ERROR(ExpectSymbol("->"));
  LambdaScope scope(*this, names);
  ASSIGN_OR_RETURN(auto body, ParseExpression());
  return Node(LambdaFunction{.body = std::move(body), .parameters = std::move(names)}, first);
}

}  // namespace ember
