// Grouping and distinct rows of the SQL writer.
#include <fmt/format.h>

#include <set>

#include "duckdb/sql_text.h"
#include "duckdb/sql_writer.h"

namespace ember {
namespace {

// The grouping columns one by one: a column that is there twice has two bits.
std::string KeyList(const std::vector<NamedExpression>& grouping) {
  std::vector<std::string> names;
  for (const NamedExpression& named : grouping) names.push_back(ColumnName(named.column.id));
  return JoinTexts(names, ", ");
}

}  // namespace

Result<std::string> SqlWriter::WriteNode(const ResolvedAggregate& node, const ResolvedRelation&) {
  ASSIGN_OR_RETURN(std::string input, WriteRelation(*node.input));
  std::vector<ResolvedColumn> references;
  std::set<int64_t> known;
  std::string computed;
  for (const NamedExpression& named : node.grouping) {
    if (IsItsOwnReference(named)) {
      references.push_back(named.column);
    } else if (known.insert(named.column.id).second) {
      ASSIGN_OR_RETURN(std::string sql, WriteExpression(*named.expression));
      computed += fmt::format(", {} AS {}", NormalizedKey(sql, named.column.type),
                              ColumnName(named.column.id));
    }
  }
  std::vector<ResolvedColumn> keys;
  for (const NamedExpression& named : node.grouping) keys.push_back(named.column);
  std::vector<std::string> outputs = DistinctColumnNames(keys);
  std::set<int64_t> seen;
  for (const ResolvedColumn& key : keys) seen.insert(key.id);
  std::string group = JoinTexts(DistinctColumnNames(keys), ", ");
  if (node.grouping_id_column != 0) {
    // GROUPING() has no name of its own inside the SELECT that it belongs to.
    substitutes_[node.grouping_id_column] =
        keys.empty() ? "CAST(0 AS BIGINT)"
                     : fmt::format("CAST(grouping({}) AS BIGINT)", KeyList(node.grouping));
  }
  for (const NamedExpression& named : node.aggregates) {
    if (!seen.insert(named.column.id).second) continue;
    ASSIGN_OR_RETURN(std::string sql, WriteExpression(*named.expression));
    outputs.push_back(fmt::format("{} AS {}", sql, ColumnName(named.column.id)));
  }
  substitutes_.erase(node.grouping_id_column);
  if (!node.grouping_sets.empty()) {
    std::vector<std::string> sets;
    for (const auto& set : node.grouping_sets) {
      std::vector<ResolvedColumn> columns;
      for (int index : set) columns.push_back(keys[index]);
      sets.push_back(fmt::format("({})", JoinTexts(DistinctColumnNames(columns), ", ")));
    }
    group = fmt::format("GROUPING SETS ({})", JoinTexts(sets, ", "));
  }
  if (outputs.empty()) outputs.emplace_back(kNoColumnsSql);
  const std::string output = JoinTexts(outputs, ", ");
  // Grouping expressions become columns first, so that aggregates can name them by id.
  std::string from = FromQueryFor(computed + output, input);
  const std::string every = EveryColumnNormalized(references);
  if (!computed.empty() || every != "*") {
    from = fmt::format("(SELECT {}{} FROM {}) AS t", every, computed, from);
  }
  // No key: one row, also for no input.
  if (group.empty()) group = "()";
  // Without rows Spark's grouping sets give none, the grand total included.
  const std::string having =
      !node.grouping_sets.empty() && !keys.empty() ? " HAVING count(*) > 0" : "";
  return fmt::format("SELECT {} FROM {} GROUP BY {}{}", output, from, group, having);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedDeduplicate& node,
                                         const ResolvedRelation& relation) {
  ASSIGN_OR_RETURN(std::string input, WriteRelation(*node.input));
  std::set<int64_t> keys;
  for (const auto& key : node.keys) {
    if (const auto* reference = std::get_if<ColumnReference>(&key->node))
      keys.insert(reference->id);
  }
  bool covers_all = true;
  for (const ResolvedColumn& column : relation.columns)
    covers_all = covers_all && keys.contains(column.id);
  if (covers_all) {
    return fmt::format("SELECT DISTINCT {} FROM {}", EveryColumnNormalized(relation.columns),
                       FromQuery(input));
  }
  ASSIGN_OR_RETURN(std::string list, List(node.keys));
  return fmt::format("SELECT DISTINCT ON ({}) * FROM {}", list, FromQuery(input));
}

}  // namespace ember
