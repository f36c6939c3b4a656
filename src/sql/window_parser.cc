#include <cctype>

#include "sql/sql_parser.h"

namespace ember {
namespace {

// Literals and arithmetic on them: what Spark can fold before it resolves functions.
bool IsConstant(const Expression& expression) {
  if (std::holds_alternative<Literal>(expression.node)) return true;
  if (const auto* cast = std::get_if<Cast>(&expression.node)) return IsConstant(*cast->child);
  const auto* call = std::get_if<UnresolvedFunction>(&expression.node);
  if (call == nullptr || std::isalpha(static_cast<unsigned char>(call->name[0])) != 0) {
    if (call == nullptr || (call->name != "-" && call->name != "positive")) return false;
  }
  for (const auto& argument : call->arguments) {
    if (!IsConstant(*argument)) return false;
  }
  return true;
}

// `2 PRECEDING` is -(2): Spark keeps the negation apart from the number and shows it so.
ExpressionPtr Negated(const ExpressionPtr& value) { return Call("-", {value}); }

}  // namespace

Result<ParsedWindow> SqlParser::FindWindow(const std::string& name, const Token& token) const {
  if (!windows_.empty()) {
    const auto it = windows_.back().find(ToLower(name));
    if (it != windows_.back().end()) return it->second;
  }
  Error error =
      MakeError("MISSING_WINDOW_SPECIFICATION",
                {{"windowName", name}, {"docroot", "https://spark.apache.org/docs/latest"}});
  return At(std::move(error), token);
}

Result<ParsedWindow> SqlParser::ParseWindowSpec() {
  const size_t first = at_;
  if (IsIdentifier()) {
    ASSIGN_OR_RETURN(std::string name, ParseNamePart());
    return FindWindow(name, tokens_[first]);
  }
  RETURN_IF_ERROR(ExpectSymbol("("));
  if (IsIdentifier() && IsSymbol(")", 1)) {
    ASSIGN_OR_RETURN(std::string name, ParseNamePart());
    ++at_;
    return FindWindow(name, tokens_[first + 1]);
  }
  ParsedWindow spec;
  if (TakeWords({"CLUSTER", "BY"})) {
    ASSIGN_OR_RETURN(spec.partition_by,
                     ParseExpressions());  // only partitions here, unlike in a query
  } else {
    if (TakeWords({"PARTITION", "BY"}) || TakeWords({"DISTRIBUTE", "BY"})) {
      ASSIGN_OR_RETURN(spec.partition_by, ParseExpressions());
    }
    if (IsAnyWord({"ORDER", "SORT"}) && (IsWord("BY", 1) || !spec.partition_by.empty())) {
      ++at_;
      RETURN_IF_ERROR(ExpectWordOrMissing("BY"));
      ASSIGN_OR_RETURN(spec.order_by, ParseSortItems());
    }
  }
  if (IsAnyWord({"ROWS", "RANGE"})) {
    ASSIGN_OR_RETURN(spec.frame, ParseWindowFrame());
  }
  // (w ORDER BY a) is not Spark's; its parser points at the parenthesis.
  if (at_ == first + 1 && !IsSymbol(")")) return SyntaxError(tokens_[first]);
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return spec;
}

Result<WindowFrame> SqlParser::ParseWindowFrame() {
  WindowFrame frame;
  frame.type = IsWord("ROWS") ? FrameType::kRow : FrameType::kRange;
  ++at_;
  const bool is_between = TakeWord("BETWEEN");
  ASSIGN_OR_RETURN(frame.lower, ParseFrameBound());
  if (is_between) {
    RETURN_IF_ERROR(ExpectWord("AND"));
    ASSIGN_OR_RETURN(frame.upper, ParseFrameBound());
  }
  return frame;
}

Result<FrameBound> SqlParser::ParseFrameBound() {
  if (IsWord("UNBOUNDED") && IsAnyWord({"PRECEDING", "FOLLOWING"}, 1)) {
    const bool preceding = IsWord("PRECEDING", 1);
    at_ += 2;
    return FrameBound{.type = preceding ? BoundType::kUnboundedPreceding
                                        : BoundType::kUnboundedFollowing};
  }
  if (TakeWords({"CURRENT", "ROW"})) return FrameBound{.type = BoundType::kCurrentRow};
  // Not a whole expression: BETWEEN … AND … would swallow the AND.
  const size_t first = at_;
  ASSIGN_OR_RETURN(auto value, ParseValue());
  if (IsAnyWord({"PRECEDING", "FOLLOWING"}) && !IsConstant(*value)) {
    return ParseError("_LEGACY_ERROR_TEMP_0064", {{"msg", "Frame bound value must be a literal."}},
                      first);
  }
  if (TakeWord("PRECEDING")) return FrameBound{.type = BoundType::kValue, .value = Negated(value)};
  RETURN_IF_ERROR(ExpectWord("FOLLOWING"));
  return FrameBound{.type = BoundType::kValue, .value = std::move(value)};
}

// The WINDOW clause stands behind the select list that uses it: it is read first. Fills the newest
// scope.
Status SqlParser::ScanWindowClause() {
  const size_t start = at_;
  size_t i = at_;
  for (;; ++i) {
    const size_t ahead = i - start;
    if (tokens_[i].kind == TokenKind::kEnd || IsSymbol(")", ahead)) return {};
    if (IsSymbol("(", ahead)) {
      i = BehindGroup(i) - 1;
      continue;
    }
    if (i > start && IsAnyWord({"UNION", "INTERSECT", "MINUS"}, ahead) && StartsClause(ahead))
      return {};
    if (i > start && IsWord("SELECT", ahead) && !IsTerminator(ahead + 1)) return {};
    if (IsWord("WINDOW", ahead) && IsIdentifier(ahead + 1) && IsWord("AS", ahead + 2)) break;
  }
  at_ = i + 1;
  do {
    ASSIGN_OR_RETURN(std::string name, ParseNamePart());
    RETURN_IF_ERROR(ExpectWord("AS"));
    ASSIGN_OR_RETURN(ParsedWindow spec, ParseWindowSpec());
    windows_.back().emplace(ToLower(name), std::move(spec));
  } while (TakeSymbol(","));
  at_ = start;
  return {};
}

Status SqlParser::SkipWindowClause() {
  if (!IsWord("WINDOW") || !StartsClause()) return {};
  ++at_;
  do {
    at_ += 2;  // name AS, as ScanWindowClause found them
    at_ = IsSymbol("(") ? BehindGroup(at_) : at_ + 1;
  } while (TakeSymbol(","));
  return {};
}

}  // namespace ember
