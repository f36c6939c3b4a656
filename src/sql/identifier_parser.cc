#include <fmt/format.h>

#include <algorithm>

#include "sql/sql_parser.h"

namespace ember {
namespace {

bool IsPlainName(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  });
}

}  // namespace

Result<std::string> SqlParser::ParseIdentifier() {
  if (!IsIdentifier()) return SyntaxErrorHere();
  const Token& token = tokens_[at_];
  if (token.kind == TokenKind::kQuotedIdentifier) {
    ++at_;
    return UnquoteIdentifier(token.text);
  }
  if (!IsPlainName(token.text)) {
    return ParseError("INVALID_IDENTIFIER", {{"ident", std::string(token.text)}}, at_);
  }
  ++at_;
  return std::string(token.text);
}

Result<std::string> SqlParser::ParseNamePart() {
  const size_t first = at_;
  ASSIGN_OR_RETURN(std::string name, ParseIdentifier());
  if (!IsSymbol("-") || !IsIdentifier(1)) return name;
  while (IsSymbol("-") && IsIdentifier(1)) at_ += 2;
  return ParseError("INVALID_IDENTIFIER", {{"ident", TextBetween(first, at_)}}, first);
}

Result<std::string> SqlParser::ParseStrictIdentifier() {
  if (IsStrictNonReserved()) return SyntaxErrorHere();
  return ParseIdentifier();
}

Result<std::vector<std::string>> SqlParser::ParseMultipartName() {
  std::vector<std::string> parts;
  do {
    ASSIGN_OR_RETURN(std::string part, ParseNamePart());
    parts.push_back(std::move(part));
  } while (TakeSymbol("."));
  return parts;
}

Result<std::vector<std::string>> SqlParser::ParseNameReference() {
  if (!IsWord("IDENTIFIER") || !IsSymbol("(", 1)) return ParseMultipartName();
  if (!IsString(2) || !IsSymbol(")", 3))
    return Unsupported("IDENTIFIER of anything but a string literal");
  const std::string text = UnescapeString(Peek(2).text);
  at_ += 4;
  return ParseTableName(text);
}

Result<std::vector<std::string>> SqlParser::ParseIdentifierList() {
  RETURN_IF_ERROR(ExpectSymbol("("));
  std::vector<std::string> names;
  do {
    ASSIGN_OR_RETURN(std::string name, ParseNamePart());
    names.push_back(std::move(name));
  } while (TakeSymbol(","));
  RETURN_IF_ERROR(Peek().kind == TokenKind::kEnd ? ExpectSymbolOrMissing(")") : ExpectSymbol(")"));
  return names;
}

Result<std::string> SqlParser::ParseString() {
  if (!IsString()) return SyntaxErrorHere();
  return UnescapeString(tokens_[at_++].text);
}

// Spark's strictNonReserved: names of columns and tables, but never an alias of a table.
bool SqlParser::IsStrictNonReserved(size_t ahead) const {
  return IsAnyWord({"ANTI", "CROSS", "EXCEPT", "FULL", "INNER", "INTERSECT", "JOIN", "LATERAL",
                    "LEFT", "NATURAL", "ON", "RIGHT", "SEMI", "MINUS", "UNION", "USING"},
                   ahead);
}

// Whether the word opens the next clause rather than being an alias: `FROM t LIMIT` is a table t
// called LIMIT.
bool SqlParser::StartsClause(size_t ahead) const {
  if (IsAnyWord({"FROM", "WHERE", "HAVING", "LIMIT", "OFFSET", "SELECT", "UNION", "EXCEPT",
                 "INTERSECT", "MINUS"},
                ahead)) {
    // `SELECT a LIMIT FROM t`: a column called LIMIT.
    const bool is_alias =
        IsWord("FROM", ahead + 1) && !IsTerminator(ahead + 2) && !IsWord("SELECT", ahead);
    return !IsTerminator(ahead + 1) && (!is_alias || IsWord("FROM", ahead));
  }
  if (IsAnyWord({"GROUP", "ORDER", "SORT", "CLUSTER", "DISTRIBUTE"}, ahead))
    return IsWord("BY", ahead + 1);
  if (IsWord("LATERAL", ahead)) return IsWord("VIEW", ahead + 1);
  if (IsWord("WINDOW", ahead)) return IsIdentifier(ahead + 1) && IsWord("AS", ahead + 2);
  if (IsAnyWord({"PIVOT", "TABLESAMPLE"}, ahead)) return IsSymbol("(", ahead + 1);
  if (IsWord("FOR", ahead)) {  // of PIVOT and UNPIVOT
    return IsIdentifier(ahead + 1)
               ? IsWord("IN", ahead + 2)
               : IsSymbol("(", ahead + 1) && IsWord("IN", BehindGroup(at_ + ahead + 1) - at_);
  }
  if (IsWord("INSERT", ahead)) return IsAnyWord({"INTO", "OVERWRITE"}, ahead + 1);
  if (IsWord("UNPIVOT", ahead)) {
    return IsSymbol("(", ahead + 1) || IsAnyWord({"INCLUDE", "EXCLUDE"}, ahead + 1);
  }
  return false;
}

bool SqlParser::StartsQuery(size_t ahead) const {
  if (IsAnyWord({"SELECT", "FROM"}, ahead))
    return !IsTerminator(ahead + 1) && !IsSymbol(".", ahead + 1);
  if (IsWord("VALUES", ahead))
    return !IsTerminator(ahead + 1) && Peek(ahead + 1).kind != TokenKind::kSymbol
               ? true
               : IsSymbol("(", ahead + 1);
  if (IsWord("TABLE", ahead)) return IsIdentifier(ahead + 1);
  if (IsWord("WITH", ahead)) {
    return IsIdentifier(ahead + 1) && (IsWord("AS", ahead + 2) || IsSymbol("(", ahead + 2));
  }
  return false;
}

// Whether the parenthesis at `ahead` holds a query. `((SELECT 1) + 1)` does not, `((SELECT 1) UNION
// SELECT 2)` does: what follows the innermost query decides.
bool SqlParser::GroupIsQuery(size_t ahead) const {
  size_t open = at_ + ahead;
  size_t inner = open;
  const auto is_open = [this](size_t i) {
    return tokens_[i].kind == TokenKind::kSymbol && tokens_[i].text == "(";
  };
  while (inner + 1 < tokens_.size() && is_open(inner + 1)) ++inner;
  if (!StartsQuery(inner + 1 - at_)) return false;
  for (; inner > open; --inner) {
    const size_t behind = BehindGroup(inner) - at_;
    if (IsSymbol(")", behind)) continue;
    return IsAnyWord({"UNION", "EXCEPT", "INTERSECT", "MINUS", "ORDER", "SORT", "CLUSTER",
                      "DISTRIBUTE", "LIMIT", "OFFSET", "WINDOW"},
                     behind);
  }
  return true;
}

Result<std::vector<std::string>> SqlParser::ParseSingleTableName() {
  ASSIGN_OR_RETURN(auto name, ParseMultipartName());
  RETURN_IF_ERROR(ExpectEnd());
  return name;
}

}  // namespace ember
