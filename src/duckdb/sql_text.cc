#include "duckdb/sql_text.h"

#include <fmt/format.h>

#include <cstdint>
#include <set>

#include "duckdb/sql_writer.h"
#include "functions/row_index.h"

namespace ember {

std::string FromQuery(const std::string& query) { return fmt::format("({}) AS t", query); }

std::string FromQueryFor(std::string_view sql, const std::string& query) {
  if (sql.find(kRowIndexColumn) == std::string_view::npos) return FromQuery(query);
  return fmt::format("(SELECT *, row_number() OVER () - 1 AS {} FROM ({}) AS i) AS t",
                     kRowIndexColumn, query);
}

std::string_view EveryColumnFor(std::string_view sql) {
  return sql.find(kRowIndexColumn) == std::string_view::npos ? "*" : "* EXCLUDE (\"row_index\")";
}

std::string JoinTexts(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

std::vector<std::string> DistinctColumnNames(const std::vector<ResolvedColumn>& columns) {
  std::set<int64_t> seen;
  std::vector<std::string> names;
  for (const ResolvedColumn& column : columns) {
    if (seen.insert(column.id).second) names.push_back(ColumnName(column.id));
  }
  return names;
}

std::string ColumnNamesOrNothing(const std::vector<ResolvedColumn>& columns) {
  return columns.empty() ? std::string(kNoColumnsSql)
                         : JoinTexts(DistinctColumnNames(columns), ", ");
}

std::string AllColumnNames(const std::vector<ResolvedColumn>& columns) {
  std::set<int64_t> seen;
  std::vector<std::string> names;
  for (size_t i = 0; i < columns.size(); ++i) {
    const bool is_new = seen.insert(columns[i].id).second;
    names.push_back(is_new ? ColumnName(columns[i].id) : fmt::format("\"again{}\"", i));
  }
  return JoinTexts(names, ", ");
}

bool IsItsOwnReference(const NamedExpression& named) {
  const auto* reference = std::get_if<ColumnReference>(&named.expression->node);
  return reference != nullptr && reference->id == named.column.id && !reference->is_outer;
}

bool IsFloatingType(const DataType& type) {
  return type.Is(TypeKind::kFloat) || type.Is(TypeKind::kDouble);
}

std::string NormalizedKey(const std::string& sql, const DataType& type) {
  if (!IsFloatingType(type)) return sql;
  return fmt::format("(CASE WHEN {0} = 0 THEN 0 ELSE {0} END)", sql);
}

std::string EveryColumnNormalized(const std::vector<ResolvedColumn>& columns) {
  std::set<int64_t> seen;
  std::vector<std::string> replaced;
  for (const ResolvedColumn& column : columns) {
    if (!IsFloatingType(column.type) || !seen.insert(column.id).second) continue;
    const std::string name = ColumnName(column.id);
    replaced.push_back(fmt::format("{} AS {}", NormalizedKey(name, column.type), name));
  }
  return replaced.empty() ? "*" : fmt::format("* REPLACE ({})", JoinTexts(replaced, ", "));
}

}  // namespace ember
