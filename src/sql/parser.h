#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "plan/command.h"
#include "plan/expression.h"

namespace ember {

/// How the session reads SQL text.
struct SqlOptions {
  bool ansi = true;
  bool double_quoted_identifiers = false;
  std::string zone = "UTC";  // the session's, for TIMESTAMP '…'
};

/// One statement of Spark SQL. Errors: PARSE_SYNTAX_ERROR (parameters error, hint) with the
/// position as query context and "line, column" in the message; the other PARSE_* and INVALID_*
/// conditions of Spark's parser.
Result<Statement> ParseStatement(std::string_view sql, const SqlOptions& options = {});
/// One expression, with an optional alias (selectExpr, F.expr).
Result<ExpressionPtr> ParseExpression(std::string_view sql, const SqlOptions& options = {});
/// "a.b.`c d`" as a column name of the DataFrame API: dots separate, backticks quote.
Result<std::vector<std::string>> ParseAttributeName(std::string_view name);
/// A possibly qualified table name.
Result<std::vector<std::string>> ParseTableName(std::string_view name);

}  // namespace ember
