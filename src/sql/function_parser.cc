#include <algorithm>
#include <array>

#include "sql/sql_parser.h"

namespace ember {
namespace {

constexpr auto kDatetimeUnits =
    std::to_array<std::string_view>({"YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DAYOFYEAR", "HOUR",
                                     "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"});

bool IsDatetimeUnit(std::string_view word) {
  return std::any_of(kDatetimeUnits.begin(), kDatetimeUnits.end(),
                     [word](std::string_view unit) { return EqualsIgnoreCase(unit, word); });
}

}  // namespace

// Calls with a grammar of their own. None when the call turns out to be an ordinary one; the
// position is unchanged then.
Result<std::optional<ExpressionPtr>> SqlParser::ParseSpecialCall() {
  const size_t first = at_;
  Result<ExpressionPtr> result = ExpressionPtr();
  if (IsWord("EXISTS") && GroupIsQuery(1)) {
    at_ += 2;
    result = ParseSubquery(SubqueryKind::kExists, {});
  } else if (IsAnyWord({"CAST", "TRY_CAST"})) {
    result = ParseCast(IsWord("TRY_CAST"));
  } else if (IsWord("EXTRACT")) {
    result = ParseExtract();
  } else if (IsAnyWord({"SUBSTR", "SUBSTRING"})) {
    result = ParseSubstring();
  } else if (IsWord("TRIM")) {
    result = ParseTrim();
  } else if (IsWord("OVERLAY")) {
    result = ParseOverlay();
  } else if (IsWord("POSITION")) {
    result = ParsePosition();
  } else if (IsAnyWord({"TIMESTAMPADD", "DATEADD", "DATE_ADD"})) {
    result = ParseUnitCall("timestampadd");
  } else if (IsAnyWord({"TIMESTAMPDIFF", "DATEDIFF", "DATE_DIFF", "TIMEDIFF"})) {
    result = ParseUnitCall("timestampdiff");
  } else if (IsWord("STRUCT")) {
    result = ParseStruct();
  } else if (IsWord("IDENTIFIER")) {
    return Unsupported("IDENTIFIER(…) in an expression");
  }
  if (!result.ok()) return std::move(result).error();
  if (*result == nullptr) {
    at_ = first;
    return std::optional<ExpressionPtr>();
  }
  return std::optional<ExpressionPtr>(*std::move(result));
}

Result<ExpressionPtr> SqlParser::ParseCast(bool is_try) {
  const size_t first = at_;
  at_ += 2;
  if (IsSymbol(")")) return ExpressionPtr();
  ASSIGN_OR_RETURN(auto child, ParseExpression());
  if (!IsWord("AS") && !IsTerminator()) return SyntaxErrorHere();
  if (!TakeWord("AS")) return ExpressionPtr();
  ASSIGN_OR_RETURN(DataType type, ParseType());
  if (!IsSymbol(")")) return SyntaxErrorHere(": missing ')'");
  ++at_;
  return Node(Cast{.child = std::move(child),
                   .type = std::move(type),
                   .mode = is_try ? EvalMode::kTry : EvalMode::kSession},
              first);
}

Result<ExpressionPtr> SqlParser::ParseExtract() {
  const size_t first = at_;
  if (!IsIdentifier(2) || !IsWord("FROM", 3)) return ExpressionPtr();
  at_ += 2;
  ASSIGN_OR_RETURN(std::string field, ParseIdentifier());
  ++at_;
  ASSIGN_OR_RETURN(auto source, ParseValue());
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return CallNode("extract", {LiteralString(std::move(field)), std::move(source)}, first);
}

Result<ExpressionPtr> SqlParser::ParseSubstring() {
  const size_t first = at_;
  at_ += 2;
  if (IsSymbol(")")) return ExpressionPtr();
  ASSIGN_OR_RETURN(auto text, ParseExpression());
  if (!TakeWord("FROM")) return ExpressionPtr();
  std::vector<ExpressionPtr> arguments = {std::move(text)};
  ASSIGN_OR_RETURN(auto position, ParseValue());
  arguments.push_back(std::move(position));
  if (TakeWord("FOR") || TakeSymbol(",")) {
    ASSIGN_OR_RETURN(auto length, ParseValue());
    arguments.push_back(std::move(length));
  }
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return CallNode("substring", std::move(arguments), first);
}

Result<ExpressionPtr> SqlParser::ParseTrim() {
  const size_t first = at_;
  at_ += 2;
  std::string name = "trim";
  const bool has_option =
      IsAnyWord({"BOTH", "LEADING", "TRAILING"}) && !IsTerminator(1) && !IsSymbol(".", 1);
  if (has_option) {
    if (IsWord("LEADING")) name = "ltrim";
    if (IsWord("TRAILING")) name = "rtrim";
    ++at_;
  } else if (IsSymbol(")")) {
    return ExpressionPtr();
  }
  std::vector<ExpressionPtr> arguments;
  if (!IsWord("FROM") || IsTerminator(1)) {
    ASSIGN_OR_RETURN(auto characters, has_option ? ParseValue() : ParseExpression());
    arguments.push_back(std::move(characters));
  }
  if (!TakeWord("FROM")) {
    if (has_option) return SyntaxErrorHere();
    return ExpressionPtr();
  }
  ASSIGN_OR_RETURN(auto source, ParseValue());
  arguments.push_back(std::move(source));
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return CallNode(std::move(name), std::move(arguments), first);
}

Result<ExpressionPtr> SqlParser::ParseOverlay() {
  const size_t first = at_;
  at_ += 2;
  if (IsSymbol(")")) return ExpressionPtr();
  ASSIGN_OR_RETURN(auto input, ParseExpression());
  if (!TakeWord("PLACING")) return ExpressionPtr();
  std::vector<ExpressionPtr> arguments = {std::move(input)};
  ASSIGN_OR_RETURN(auto replacement, ParseValue());
  arguments.push_back(std::move(replacement));
  RETURN_IF_ERROR(ExpectWord("FROM"));
  ASSIGN_OR_RETURN(auto position, ParseValue());
  arguments.push_back(std::move(position));
  if (TakeWord("FOR")) {
    ASSIGN_OR_RETURN(auto length, ParseValue());
    arguments.push_back(std::move(length));
  }
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return CallNode("overlay", std::move(arguments), first);
}

Result<ExpressionPtr> SqlParser::ParsePosition() {
  const size_t first = at_;
  at_ += 2;
  if (IsSymbol(")")) return ExpressionPtr();
  ASSIGN_OR_RETURN(auto part, ParseValue());
  if (!TakeWord("IN")) return ExpressionPtr();
  ASSIGN_OR_RETURN(auto text, ParseValue());
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return CallNode("locate", {std::move(part), std::move(text)}, first);
}

// TIMESTAMPADD(unit, amount, timestamp) and its kin; without a unit they are ordinary functions of
// dates.
Result<ExpressionPtr> SqlParser::ParseUnitCall(std::string name) {
  const size_t first = at_;
  if (IsString(2) && IsSymbol(",", 3)) {
    at_ += 4;
    ASSIGN_OR_RETURN(auto rest, ParseExpressions());
    if (rest.size() != 2) return ExpressionPtr();
    return ParseError("INVALID_PARAMETER_VALUE.DATETIME_UNIT",
                      {{"functionName", QuoteIdentifier(ToLower(tokens_[first].text))},
                       {"parameter", "`unit`"},
                       {"invalidValue", std::string(tokens_[first + 2].text)}},
                      first);
  }
  if (!IsIdentifier(2) || !IsDatetimeUnit(Peek(2).text) || !IsSymbol(",", 3))
    return ExpressionPtr();
  const std::string unit(Peek(2).text);
  at_ += 4;
  ASSIGN_OR_RETURN(auto amount, ParseValue());
  if (IsSymbol(")")) return ExpressionPtr();  // date_add(day, 1): a column called day
  RETURN_IF_ERROR(ExpectSymbol(","));
  ASSIGN_OR_RETURN(auto timestamp, ParseValue());
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return CallNode(std::move(name), {LiteralString(unit), std::move(amount), std::move(timestamp)},
                  first);
}

Result<ExpressionPtr> SqlParser::ParseStruct() {
  const size_t first = at_;
  at_ += 2;
  std::vector<ExpressionPtr> fields;
  if (!IsSymbol(")")) {
    ASSIGN_OR_RETURN(fields, ParseNamedExpressions());
  }
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return CallNode("struct", std::move(fields), first);
}

Result<ExpressionPtr> SqlParser::ParseArgument() {
  if (IsIdentifier() && IsSymbol("=>", 1)) {
    const size_t first = at_;
    ASSIGN_OR_RETURN(std::string name, ParseIdentifier());
    ++at_;
    ASSIGN_OR_RETURN(auto value, ParseExpression());
    UnresolvedFunction argument;
    argument.name = "named_argument";
    argument.arguments = {LiteralString(std::move(name)), std::move(value)};
    argument.is_internal = true;
    return Node(std::move(argument), first);
  }
  return ParseExpression();
}

Status SqlParser::ParseArguments(UnresolvedFunction& function) {
  const bool has_quantifier =
      IsAnyWord({"DISTINCT", "ALL"}) && !IsTerminator(1) && !IsSymbol(".", 1);
  if (has_quantifier) {
    function.is_distinct = IsWord("DISTINCT");
    ++at_;
  }
  while (true) {
    ASSIGN_OR_RETURN(auto argument, ParseArgument());
    function.arguments.push_back(std::move(argument));
    // FIRST(x IGNORE NULLS) and its kin.
    if (IsAnyWord({"IGNORE", "RESPECT"}) && IsWord("NULLS", 1) && IsSymbol(")", 2)) {
      function.ignore_nulls = IsWord("IGNORE");
      at_ += 2;
    }
    if (!TakeSymbol(",")) return {};
  }
}

Result<ExpressionPtr> SqlParser::ParseCall(std::vector<std::string> name, size_t first) {
  UnresolvedFunction function;
  for (const auto& part : name) function.name += (function.name.empty() ? "" : ".") + part;
  RETURN_IF_ERROR(ExpectSymbol("("));
  if (!IsSymbol(")")) RETURN_IF_ERROR(ParseArguments(function));
  RETURN_IF_ERROR(IsWord("FROM") ? ExpectSymbolOrMissing(")") : ExpectSymbol(")"));
  // count(*) is count(1) from here on, in its name too.
  if (EqualsIgnoreCase(function.name, "count") && !function.is_distinct &&
      function.arguments.size() == 1) {
    const auto* star = std::get_if<UnresolvedStar>(&function.arguments[0]->node);
    if (star != nullptr && star->target.empty() && star->except.empty())
      function.arguments[0] = LiteralInteger(1);
  }
  return ParseCallTail(std::move(function), first);
}

Result<ExpressionPtr> SqlParser::ParseCallTail(UnresolvedFunction function, size_t first) {
  if (IsWord("USING") && IsString(1) && EqualsIgnoreCase(function.name, "transform")) {
    return Unsupported("SELECT TRANSFORM (scripts)");
  }
  if (IsWords({"WITHIN", "GROUP"}) && IsSymbol("(", 2)) {
    at_ += 3;
    RETURN_IF_ERROR(ExpectWords({"ORDER", "BY"}));
    ASSIGN_OR_RETURN(function.within_group, ParseSortItems());
    RETURN_IF_ERROR(ExpectSymbol(")"));
  }
  if (IsWord("FILTER") && IsSymbol("(", 1)) {
    if (!IsWord("WHERE", 2) || IsSymbol(")", 3)) {
      ++at_;
      return SyntaxErrorHere();
    }
    at_ += 3;
    ASSIGN_OR_RETURN(function.filter, ParseExpression());
    RETURN_IF_ERROR(ExpectSymbol(")"));
  }
  if (IsAnyWord({"IGNORE", "RESPECT"}) && IsWord("NULLS", 1)) {
    function.ignore_nulls = IsWord("IGNORE");
    at_ += 2;
  }
  const bool has_over =
      IsWord("OVER") &&
      (IsSymbol("(", 1) || (IsIdentifier(1) && !StartsClause(1) && !IsWord("AS", 1)));
  auto call = Node(std::move(function), first);
  return has_over ? ParseOver(std::move(call), first) : call;
}

Result<ExpressionPtr> SqlParser::ParseOver(ExpressionPtr function, size_t first) {
  ++at_;
  ASSIGN_OR_RETURN(ParsedWindow spec, ParseWindowSpec());
  return Node(WindowExpression{.function = std::move(function),
                               .partition_by = std::move(spec.partition_by),
                               .order_by = std::move(spec.order_by),
                               .frame = std::move(spec.frame)},
              first);
}

}  // namespace ember
