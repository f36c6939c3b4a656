#include "functions/error_token.h"

#include <charconv>

namespace ember {
namespace {

// The token: kBegin CONDITION '(' count ')' then `count` times name '=' bytes ':' text, bytes being
// the length of text. Lengths in place of delimiters, so that a value may hold anything.
constexpr std::string_view kBegin =
    "\x02"
    "EMBER:";

std::string Quote(std::string_view text, char quote) {
  std::string quoted(1, quote);
  for (char c : text) {
    if (c == quote) quoted += quote;
    quoted += c;
  }
  quoted += quote;
  return quoted;
}

// Takes a decimal number and the character after it off the front of `text`.
std::optional<size_t> TakeNumber(std::string_view& text, char after) {
  size_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data() + text.size() || *end != after)
    return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end - text.data()) + 1);
  return number;
}

// One condition of Spark's has a Java class for each target
// (QueryExecutionErrors.invalidInputInCastTo…).
void ChooseClass(Error& error) {
  if (error.condition != "CAST_INVALID_INPUT") return;
  auto target = error.parameters.find("targetType");
  if (target == error.parameters.end()) return;
  if (target->second == "\"BOOLEAN\"") error.error_class = ErrorClass::kRuntime;
  if (target->second == "\"DATE\"" || target->second.starts_with("\"TIMESTAMP")) {
    error.error_class = ErrorClass::kDateTime;
  }
}

}  // namespace

std::string SqlString(std::string_view text) {
  // DuckDB's literals hold any byte but NUL.
  size_t nul = text.find('\0');
  if (nul == std::string_view::npos) return Quote(text, '\'');
  std::string sql = "(" + Quote(text.substr(0, nul), '\'');
  text.remove_prefix(nul + 1);
  sql += " || chr(0) || " + SqlString(text) + ")";
  return sql;
}

std::string SqlIdentifier(std::string_view name) { return Quote(name, '"'); }

std::string RaiseSql(std::string_view condition, std::span<const TokenParameter> parameters) {
  std::string constant(kBegin);
  constant.append(condition).append("(").append(std::to_string(parameters.size())).append(")");
  std::string sql = "error(";
  for (const TokenParameter& parameter : parameters) {
    constant.append(parameter.name).append("=");
    if (!parameter.is_sql) {
      constant.append(std::to_string(parameter.text.size())).append(":").append(parameter.text);
      continue;
    }
    std::string value = "coalesce(CAST(" + parameter.text + " AS VARCHAR), 'null')";
    sql.append(SqlString(constant)).append(" || strlen(").append(value).append(") || ':' || ");
    sql.append(value).append(" || ");
    constant.clear();
  }
  return sql + SqlString(constant) + ")";
}

std::string RaiseDivideByZero() {
  const TokenParameter parameters[] = {{"config", "\"spark.sql.ansi.enabled\""}};
  return RaiseSql("DIVIDE_BY_ZERO", parameters);
}

std::string RaiseOverflow(std::string_view message, std::string_view suggestion) {
  std::string alternative;
  if (!suggestion.empty()) {
    alternative =
        " Use '" + std::string(suggestion) + "' to tolerate overflow and return NULL instead.";
  }
  const TokenParameter parameters[] = {{"message", std::string(message)},
                                       {"alternative", alternative},
                                       {"config", "\"spark.sql.ansi.enabled\""}};
  return RaiseSql("ARITHMETIC_OVERFLOW", parameters);
}

std::optional<Error> ParseErrorToken(std::string_view message) {
  size_t begin = message.find(kBegin);
  if (begin == std::string_view::npos) return std::nullopt;
  message.remove_prefix(begin + kBegin.size());
  size_t open = message.find('(');
  if (open == std::string_view::npos) return std::nullopt;
  std::string condition(message.substr(0, open));
  message.remove_prefix(open + 1);
  std::optional<size_t> count = TakeNumber(message, ')');
  if (!count) return std::nullopt;
  ErrorParameters parameters;
  for (size_t i = 0; i < *count; ++i) {
    size_t equals = message.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    std::string name(message.substr(0, equals));
    message.remove_prefix(equals + 1);
    std::optional<size_t> bytes = TakeNumber(message, ':');
    if (!bytes || *bytes > message.size()) return std::nullopt;
    parameters[name] = std::string(message.substr(0, *bytes));
    message.remove_prefix(*bytes);
  }
  Error error = MakeError(condition, std::move(parameters));
  ChooseClass(error);
  return error;
}

}  // namespace ember
