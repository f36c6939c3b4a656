#include <fmt/format.h>

#include "sql/sql_parser.h"

namespace ember {
namespace {

// Spark's own parser gives up on deep nesting too (FAILED_TO_PARSE_TOO_COMPLEX). One level of
// parentheses costs about ten stack frames here, and all later passes recurse over the tree.
constexpr int kMaxDepth = 300;

}  // namespace

Result<SqlParser> SqlParser::Make(std::string_view sql, const SqlOptions& options) {
  auto tokens = Tokenize(sql, {.double_quoted_identifiers = options.double_quoted_identifiers});
  if (!tokens.ok()) return std::move(tokens).error();
  return SqlParser(sql, options, std::move(tokens).value());
}

SqlParser::SqlParser(std::string_view sql, const SqlOptions& options, std::vector<Token> tokens)
    : sql_(sql), options_(options), tokens_(std::move(tokens)), group_end_(tokens_.size(), 0) {
  std::vector<size_t> open;
  for (size_t i = 0; i < tokens_.size(); ++i) {
    if (tokens_[i].kind != TokenKind::kSymbol) continue;
    if (tokens_[i].text == "(") open.push_back(i);
    if (tokens_[i].text == ")" && !open.empty()) {
      group_end_[open.back()] = i;
      open.pop_back();
    }
  }
}

const Token& SqlParser::Peek(size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

bool SqlParser::IsWord(std::string_view keyword, size_t ahead) const {
  const Token& token = Peek(ahead);
  return token.kind == TokenKind::kWord && EqualsIgnoreCase(token.text, keyword);
}

bool SqlParser::IsAnyWord(std::initializer_list<std::string_view> keywords, size_t ahead) const {
  if (Peek(ahead).kind != TokenKind::kWord) return false;
  for (const auto keyword : keywords) {
    if (EqualsIgnoreCase(Peek(ahead).text, keyword)) return true;
  }
  return false;
}

bool SqlParser::IsWords(std::initializer_list<std::string_view> keywords) const {
  size_t ahead = 0;
  for (const auto keyword : keywords) {
    if (!IsWord(keyword, ahead++)) return false;
  }
  return true;
}

bool SqlParser::IsSymbol(std::string_view symbol, size_t ahead) const {
  const Token& token = Peek(ahead);
  return token.kind == TokenKind::kSymbol && token.text == symbol;
}

bool SqlParser::IsIdentifier(size_t ahead) const {
  const TokenKind kind = Peek(ahead).kind;
  return kind == TokenKind::kWord || kind == TokenKind::kQuotedIdentifier;
}

bool SqlParser::IsString(size_t ahead) const { return Peek(ahead).kind == TokenKind::kString; }

bool SqlParser::IsTerminator(size_t ahead) const {
  return Peek(ahead).kind == TokenKind::kEnd || IsSymbol(")", ahead) || IsSymbol(",", ahead) ||
         IsSymbol(";", ahead);
}

bool SqlParser::TakeWord(std::string_view keyword) {
  if (!IsWord(keyword)) return false;
  ++at_;
  return true;
}

bool SqlParser::TakeWords(std::initializer_list<std::string_view> keywords) {
  if (!IsWords(keywords)) return false;
  at_ += keywords.size();
  return true;
}

bool SqlParser::TakeSymbol(std::string_view symbol) {
  if (!IsSymbol(symbol)) return false;
  ++at_;
  return true;
}

// The hints below follow ANTLR's recovery: it drops a token when the expected one comes next, and
// else goes on as if the expected one stood there, where that can be.
Status SqlParser::ExpectWord(std::string_view keyword) {
  if (TakeWord(keyword)) return {};
  if (IsWord(keyword, 1)) return SyntaxErrorHere(fmt::format(": extra input '{}'", Peek().text));
  return SyntaxErrorHere();
}

Status SqlParser::ExpectWordOrMissing(std::string_view keyword) {
  if (TakeWord(keyword)) return {};
  return SyntaxErrorHere(fmt::format(": missing '{}'", keyword));
}

Status SqlParser::ExpectSymbolOrMissing(std::string_view symbol) {
  if (TakeSymbol(symbol)) return {};
  return SyntaxErrorHere(fmt::format(": missing '{}'", symbol));
}

Status SqlParser::ExpectWords(std::initializer_list<std::string_view> keywords) {
  for (const auto keyword : keywords) RETURN_IF_ERROR(ExpectWord(keyword));
  return {};
}

Status SqlParser::ExpectSymbol(std::string_view symbol) {
  if (TakeSymbol(symbol)) return {};
  if (IsSymbol(symbol, 1)) return SyntaxErrorHere(fmt::format(": extra input '{}'", Peek().text));
  return SyntaxErrorHere();
}

Status SqlParser::ExpectEnd() {
  bool behind_semicolon = false;
  while (TakeSymbol(";")) behind_semicolon = true;
  if (Peek().kind == TokenKind::kEnd) {
    if (deferred_error_) return *deferred_error_;
    return {};
  }
  // ANTLR's recovery by dropping one token: the hint names it when it is all that is too much.
  const bool last = behind_semicolon || Peek(1).kind == TokenKind::kEnd || IsSymbol(";", 1);
  return SyntaxErrorHere(last ? fmt::format(": extra input '{}'", Peek().text) : "");
}

size_t SqlParser::BehindGroup(size_t open) const {
  return open < group_end_.size() && group_end_[open] > 0 ? group_end_[open] + 1
                                                          : tokens_.size() - 1;
}

std::string SqlParser::TextBetween(size_t first_token, size_t end_token) const {
  if (first_token >= end_token) return "";
  const size_t start = tokens_[first_token].offset;
  const Token& last = tokens_[end_token - 1];
  return std::string(sql_.substr(start, last.offset + last.text.size() - start));
}

Error SqlParser::SyntaxError(const Token& token, std::string_view hint) const {
  const std::string error =
      token.kind == TokenKind::kEnd ? "end of input" : fmt::format("'{}'", token.text);
  return At(MakeError("PARSE_SYNTAX_ERROR", {{"error", error}, {"hint", std::string(hint)}}),
            token);
}

Error SqlParser::At(Error error, const Token& token) const {
  error.message += fmt::format(" (line {}, pos {})", token.line, token.column);
  const int start = token.character;
  const int length = CharacterCount(token.text);
  error.query_contexts = {{.fragment = std::string(token.text),
                           .start_index = start,
                           .stop_index = start + std::max(length, 1) - 1}};
  return error;
}

Error SqlParser::ParseError(std::string_view condition, ErrorParameters parameters,
                            size_t first_token) const {
  return At(MakeError(condition, std::move(parameters)), tokens_[first_token]);
}

void SqlParser::Defer(Error error) {
  if (!deferred_error_) deferred_error_ = std::move(error);
}

Status SqlParser::CheckDepth() {
  if (depth_ > kMaxDepth) return At(MakeError("FAILED_TO_PARSE_TOO_COMPLEX"), Peek());
  return {};
}

ExpressionPtr SqlParser::Node(ExpressionNode node, size_t first_token) const {
  const std::string text = TextBetween(first_token, at_);
  const int start = tokens_[first_token].character;
  QueryContext origin{
      .fragment = text, .start_index = start, .stop_index = start + CharacterCount(text) - 1};
  return std::make_shared<const Expression>(
      Expression{.node = std::move(node), .origin = std::move(origin)});
}

ExpressionPtr SqlParser::CallNode(std::string name, std::vector<ExpressionPtr> arguments,
                                  size_t first_token) const {
  UnresolvedFunction function;
  function.name = std::move(name);
  function.arguments = std::move(arguments);
  return Node(std::move(function), first_token);
}

}  // namespace ember
