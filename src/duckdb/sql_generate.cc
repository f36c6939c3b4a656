// Generators (explode and its kin) of the SQL writer: each input row once per element of a list.
#include <fmt/format.h>

#include "duckdb/sql_writer.h"
#include "functions/cast_sql.h"

namespace ember {
namespace {

bool IsOuter(const ResolvedGenerate& node, std::string_view name) {
  return node.is_outer || name.ends_with("_outer");
}

// With OUTER a row whose list is null or empty stays, with nulls.
std::string OrOneNull(const std::string& list, const std::string& source, bool is_outer) {
  if (!is_outer) return list;
  return fmt::format("CASE WHEN coalesce(len({}), 0) = 0 THEN [NULL] ELSE {} END", source, list);
}

}  // namespace

Result<std::string> SqlWriter::WriteNode(const ResolvedGenerate& node,
                                         const ResolvedRelation& relation) {
  const auto* call = std::get_if<ResolvedCall>(&node.generator->node);
  if (call == nullptr) return InternalError("a generator that is not a call");
  const std::string_view name = call->function->name;
  const bool is_outer = IsOuter(node, name);
  ASSIGN_OR_RETURN(std::string input, WriteRelation(*node.input));
  std::string columns;  // of the input, then the generated ones
  for (const ResolvedColumn& column : relation.columns) {
    columns += (columns.empty() ? "" : ", ") + ColumnName(column.id);
  }
  const bool has_position = name.starts_with("posexplode");
  if (name.starts_with("explode") || has_position) {
    ASSIGN_OR_RETURN(std::string list, WriteExpression(*call->arguments[0]));
    const bool is_map = call->arguments[0]->type.Is(TypeKind::kMap);
    const std::string keys = is_map ? fmt::format("map_keys({})", list) : list;
    std::vector<std::string> lists;
    if (has_position)
      lists.push_back(OrOneNull(fmt::format("range(len({}))", keys), keys, is_outer));
    lists.push_back(OrOneNull(keys, keys, is_outer));
    if (is_map) lists.push_back(OrOneNull(fmt::format("map_values({})", list), keys, is_outer));
    std::string outputs;
    for (size_t i = 0; i < lists.size() && i < node.generated.size(); ++i) {
      ASSIGN_OR_RETURN(std::string type, DuckDbTypeName(node.generated[i].type));
      outputs += fmt::format(", unnest(CAST({} AS {}[])) AS {}", lists[i], type,
                             ColumnName(node.generated[i].id));
    }
    return fmt::format("SELECT {} FROM (SELECT *{} FROM ({}) AS t) AS g", columns, outputs, input);
  }
  // The others give a list of structs: inline as its argument, stack row by row, any further row by
  // its template.
  std::string list;
  if (name.starts_with("inline")) {
    ASSIGN_OR_RETURN(list, WriteExpression(*call->arguments[0]));
  } else if (name == "stack") {
    const size_t width = node.generated.size();
    std::string rows;
    for (size_t first = 1; first < call->arguments.size(); first += width) {
      std::string fields;
      for (size_t i = 0; i < width; ++i) {
        ASSIGN_OR_RETURN(std::string type, DuckDbTypeName(node.generated[i].type));
        std::string sql = "NULL";
        if (first + i < call->arguments.size()) {
          ASSIGN_OR_RETURN(sql, WriteExpression(*call->arguments[first + i]));
        }
        fields += fmt::format("{}\"f{}\" := CAST({} AS {})", i > 0 ? ", " : "", i, sql, type);
      }
      rows += fmt::format("{}struct_pack({})", rows.empty() ? "" : ", ", fields);
    }
    list = fmt::format("[{}]", rows);
  } else {
    ASSIGN_OR_RETURN(list, WriteExpression(*node.generator));
  }
  std::string outputs;
  for (size_t i = 0; i < node.generated.size(); ++i) {
    outputs += fmt::format("{}struct_extract_at(\"row\", {}) AS {}", i > 0 ? ", " : "", i + 1,
                           ColumnName(node.generated[i].id));
  }
  std::string kept;
  for (const ResolvedColumn& column : node.input->columns) kept += ColumnName(column.id) + ", ";
  return fmt::format("SELECT {}{} FROM (SELECT *, unnest({}) AS \"row\" FROM ({}) AS t) AS g", kept,
                     outputs, OrOneNull(list, list, is_outer), input);
}

}  // namespace ember
