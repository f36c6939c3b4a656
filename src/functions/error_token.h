#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace ember {

/// A parameter of a token: constant text, or DuckDB SQL that gives VARCHAR.
struct TokenParameter {
  std::string_view name;
  std::string text;
  bool is_sql = false;
};

/// DuckDB SQL `error(…)` that raises the Spark condition; the message it carries is Ember's token,
/// read back by ParseErrorToken. Types as any (DuckDB gives error() the type the context wants).
std::string RaiseSql(std::string_view condition, std::span<const TokenParameter> parameters);
/// RaiseSql("DIVIDE_BY_ZERO", config = "spark.sql.ansi.enabled") and the like, the frequent ones.
std::string RaiseDivideByZero();
std::string RaiseOverflow(std::string_view message, std::string_view suggestion);

/// The error in a DuckDB message that holds a token; none when there is no token in it.
std::optional<Error> ParseErrorToken(std::string_view message);

/// A DuckDB string literal, quoted; and a DuckDB identifier, quoted.
std::string SqlString(std::string_view text);
std::string SqlIdentifier(std::string_view name);

}  // namespace ember
