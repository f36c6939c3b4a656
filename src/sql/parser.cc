#include "sql/parser.h"

#include "sql/sql_parser.h"

namespace ember {

Result<Statement> ParseStatement(std::string_view sql, const SqlOptions& options) {
  ASSIGN_OR_RETURN(SqlParser parser, SqlParser::Make(sql, options));
  return parser.ParseSingleStatement();
}

Result<ExpressionPtr> ParseExpression(std::string_view sql, const SqlOptions& options) {
  ASSIGN_OR_RETURN(SqlParser parser, SqlParser::Make(sql, options));
  return parser.ParseSingleExpression();
}

Result<std::vector<std::string>> ParseTableName(std::string_view name) {
  ASSIGN_OR_RETURN(SqlParser parser, SqlParser::Make(name, {}));
  return parser.ParseSingleTableName();
}

// UnresolvedAttribute.parseAttributeName: no keywords, no escapes but doubled backticks.
Result<std::vector<std::string>> ParseAttributeName(std::string_view name) {
  const auto syntax_error = [name]() {
    return MakeError("INVALID_ATTRIBUTE_NAME_SYNTAX", {{"name", std::string(name)}});
  };
  std::vector<std::string> parts;
  std::string part;
  bool quoted = false;
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (quoted) {
      if (c != '`') {
        part += c;
      } else if (i + 1 < name.size() && name[i + 1] == '`') {
        part += name[++i];
      } else {
        quoted = false;
        if (i + 1 < name.size() && name[i + 1] != '.') return syntax_error();
      }
    } else if (c == '`') {
      if (!part.empty()) return syntax_error();
      quoted = true;
    } else if (c == '.') {
      if (i == 0 || name[i - 1] == '.' || i + 1 == name.size()) return syntax_error();
      parts.push_back(std::move(part));
      part.clear();
    } else {
      part += c;
    }
  }
  if (quoted) return syntax_error();
  parts.push_back(std::move(part));
  return parts;
}

}  // namespace ember
