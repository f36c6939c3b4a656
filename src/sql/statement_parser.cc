#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sql/sql_parser.h"

namespace ember {
namespace {

// First words of the statements of Spark's grammar that Ember does not run.
constexpr auto kUnsupportedStatements = std::to_array<std::string_view>(
    {"ADD", "BEGIN", "CALL", "DECLARE", "EXECUTE", "LIST", "LOAD", "REPLACE"});

// Hive's statements that Spark's grammar knows in order to refuse them
// (unsupportedHiveNativeCommands); the longest fit counts.
struct HiveStatement {
  std::string_view first;
  std::string_view second;
};
constexpr HiveStatement kHiveStatements[] = {
    {"ALTER", "INDEX"},
    {"COMMIT", ""},
    {"CREATE", "INDEX"},
    {"CREATE", "ROLE"},
    {"DFS", ""},
    {"DROP", "ROLE"},
    {"EXPORT", "TABLE"},
    {"GRANT", "ROLE"},
    {"GRANT", ""},
    {"IMPORT", "TABLE"},
    {"LOCK", "DATABASE"},
    {"LOCK", "TABLE"},
    {"REVOKE", "ROLE"},
    {"REVOKE", ""},
    {"ROLLBACK", ""},
    {"START", "TRANSACTION"},
    {"UNLOCK", "DATABASE"},
    {"UNLOCK", "TABLE"},
};

}  // namespace

Result<Statement> SqlParser::ParseSingleStatement() {
  const bool is_blank = sql_.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
  if (is_blank) return MakeError("PARSE_EMPTY_STATEMENT");
  ASSIGN_OR_RETURN(Statement statement, ParseStatementBody());
  RETURN_IF_ERROR(ExpectEnd());
  return statement;
}

Result<ExpressionPtr> SqlParser::ParseSingleExpression() {
  ASSIGN_OR_RETURN(auto expression, ParseNamedExpression());
  RETURN_IF_ERROR(ExpectEnd());
  return expression;
}

Result<Statement> SqlParser::ParseStatementBody() {
  for (const HiveStatement& hive : kHiveStatements) {
    if (!IsWord(hive.first) || (!hive.second.empty() && !IsWord(hive.second, 1))) continue;
    std::string operation(hive.first);
    if (!hive.second.empty()) operation += " " + std::string(hive.second);
    return ParseError("INVALID_STATEMENT_OR_CLAUSE", {{"operation", std::move(operation)}}, at_);
  }
  if (IsAnyWord({"SET", "RESET"})) return ParseSetReset();
  if (IsWord("CREATE")) return ParseCreate();
  if (IsWord("INSERT")) return ParseInsert();
  if (IsWord("DROP")) return ParseDrop();
  if (IsWord("USE")) return ParseUse();
  if (IsWord("SHOW")) return ParseShow();
  if (IsAnyWord({"DESCRIBE", "DESC"})) return ParseDescribe();
  if (IsWord("EXPLAIN")) return ParseExplain();
  if (IsAnyWord({"CACHE", "UNCACHE", "CLEAR", "REFRESH"})) return ParseCacheStatement();
  if (IsWord("ALTER")) return ParseAlter();
  if (IsWord("TRUNCATE")) return ParseTruncate();
  if (IsAnyWord({"MSCK", "REPAIR", "ANALYZE"})) return ParseRepair();
  if (IsWord("COMMENT")) return ParseCommentOn();
  if (IsAnyWord({"DELETE", "MERGE", "UPDATE"})) return ParseDelete();
  const bool unsupported =
      Peek().kind == TokenKind::kWord &&
      std::any_of(kUnsupportedStatements.begin(), kUnsupportedStatements.end(),
                  [this](std::string_view word) { return EqualsIgnoreCase(word, Peek().text); });
  if (unsupported) return ParseUnsupportedStatement();
  ASSIGN_OR_RETURN(auto query, ParseQuery());
  return Statement(std::move(query));
}

Result<Statement> SqlParser::ParseUnsupportedStatement() {
  if (IsWord("BEGIN")) {
    return ParseError("UNSUPPORTED_FEATURE.SQL_SCRIPTING",
                      {{"sqlScriptingEnabled", "\"spark.sql.scripting.enabled\""}}, at_);
  }
  std::string name = ToUpper(Peek().text);
  ++at_;
  if (Peek().kind != TokenKind::kWord) return SyntaxErrorHere();
  if (Peek().kind == TokenKind::kWord) name += " " + ToUpper(Peek().text);
  return Unsupported(fmt::format("the statement {}", name));
}

Result<bool> SqlParser::ParseIfNotExists() {
  if (!IsWord("IF") || !IsWord("NOT", 1)) return false;
  ++at_;
  RETURN_IF_ERROR(ExpectWords({"NOT", "EXISTS"}));
  return true;
}

Result<bool> SqlParser::ParseIfExists() {
  if (!IsWords({"IF", "EXISTS"})) return false;
  at_ += 2;
  return true;
}

Result<Statement> SqlParser::ParseUse() {
  ++at_;
  if (IsAnyWord({"NAMESPACE", "DATABASE", "SCHEMA"}) && IsIdentifier(1)) ++at_;
  ASSIGN_OR_RETURN(auto name, ParseNameReference());
  return Statement(Command{UseNamespace{std::move(name)}});
}

Result<Statement> SqlParser::ParseDrop() {
  ++at_;
  if (IsAnyWord({"DATABASE", "SCHEMA", "NAMESPACE"})) {
    ++at_;
    DropNamespace drop;
    ASSIGN_OR_RETURN(drop.if_exists, ParseIfExists());
    ASSIGN_OR_RETURN(drop.name, ParseNameReference());
    drop.cascade = TakeWord("CASCADE");
    if (!drop.cascade) (void)TakeWord("RESTRICT");
    return Statement(Command{std::move(drop)});
  }
  if (IsAnyWord({"TABLE", "VIEW"})) {
    DropTable drop;
    drop.is_view = IsWord("VIEW");
    ++at_;
    ASSIGN_OR_RETURN(drop.if_exists, ParseIfExists());
    ASSIGN_OR_RETURN(drop.name, ParseNameReference());
    drop.purge = !drop.is_view && TakeWord("PURGE");
    return Statement(Command{std::move(drop)});
  }
  if (Peek().kind != TokenKind::kWord) return SyntaxErrorHere();
  return Unsupported(fmt::format("the statement DROP {}", ToUpper(Peek().text)));
}

Result<Statement> SqlParser::ParseExplain() {
  ++at_;
  Explain explain;
  explain.mode = "simple";
  if (IsAnyWord({"LOGICAL", "FORMATTED", "EXTENDED", "CODEGEN", "COST"})) {
    explain.mode = ToLower(Peek().text);
    ++at_;
  }
  if (explain.mode == "logical") return Unsupported("EXPLAIN LOGICAL");
  ASSIGN_OR_RETURN(Statement statement, ParseStatementBody());
  auto* query = std::get_if<RelationPtr>(&statement);
  if (query == nullptr) return Unsupported("EXPLAIN of a command");
  explain.input = std::move(*query);
  return Statement(Command{std::move(explain)});
}

}  // namespace ember
