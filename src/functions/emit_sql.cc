#include "functions/emit_sql.h"

namespace ember {

std::string CastSql(std::string_view sql, std::string_view type) {
  return "CAST(" + std::string(sql) + " AS " + std::string(type) + ")";
}

std::string Guarded(std::string_view condition, std::string_view raise, std::string_view value) {
  std::string sql = "CASE WHEN ";
  sql.append(condition).append(" THEN ").append(raise).append(" ELSE ").append(value);
  return "(" + sql + " END)";
}

std::string AddFilter(std::string_view tail, std::string_view condition) {
  constexpr std::string_view kFilter = " FILTER (WHERE ";
  std::string sql(kFilter);
  sql.append("(").append(condition).append(")");
  if (tail.starts_with(kFilter)) {
    return sql + " AND " + std::string(tail.substr(kFilter.size()));
  }
  return sql + ")" + std::string(tail);
}

std::string Replaced(std::string_view text, std::string_view key, std::string_view value) {
  std::string out;
  for (size_t at = text.find(key); at != std::string_view::npos; at = text.find(key)) {
    out.append(text.substr(0, at)).append(value);
    text.remove_prefix(at + key.size());
  }
  return out.append(text);
}

std::string WithValue(std::string_view name, std::string_view sql, std::string_view body) {
  std::string text = "list_transform([";
  text.append(sql).append("], lambda ").append(name).append(": ").append(body).append(")[1]");
  return text;
}

LambdaText SplitLambda(std::string_view sql) {
  constexpr std::string_view kKeyword = "lambda ";
  LambdaText lambda;
  if (sql.starts_with("(") && sql.ends_with(")") && sql.substr(1).starts_with(kKeyword)) {
    sql = sql.substr(1, sql.size() - 2);
  }
  if (sql.starts_with(kKeyword)) sql.remove_prefix(kKeyword.size());
  size_t colon = sql.find(':');
  std::string_view names = sql.substr(0, colon);
  while (!names.empty()) {
    size_t comma = std::min(names.find(','), names.size());
    std::string_view name = names.substr(0, comma);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    lambda.parameters.emplace_back(name);
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  lambda.body = colon == std::string_view::npos ? "" : std::string(sql.substr(colon + 1));
  return lambda;
}

std::string ApplyLambda(const LambdaText& lambda, std::span<const std::string> arguments) {
  std::string sql = "(" + lambda.body + ")";
  for (size_t i = lambda.parameters.size(); i-- > 0;) {
    sql = WithValue(lambda.parameters[i], arguments[i], sql);
  }
  return sql;
}

}  // namespace ember
