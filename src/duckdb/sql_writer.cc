#include "duckdb/sql_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "duckdb/needed_columns.h"
#include "duckdb/sql_text.h"
#include "duckdb/stacked_projects.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"
#include "functions/order_key.h"
#include "functions/row_index.h"

namespace ember {
namespace {

template <typename... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

bool CallsInputFileName(const ResolvedExpression& expression) {
  if (const auto* cast = std::get_if<ResolvedCast>(&expression.node))
    return CallsInputFileName(*cast->child);
  if (const auto* field = std::get_if<ResolvedFieldAccess>(&expression.node))
    return CallsInputFileName(*field->child);
  const auto* call = std::get_if<ResolvedCall>(&expression.node);
  if (call == nullptr) return false;
  return call->function->name == "input_file_name" ||
         std::any_of(
             call->arguments.begin(), call->arguments.end(),
             [](const ResolvedExpressionPtr& argument) { return CallsInputFileName(*argument); });
}

bool HoldsStruct(const DataType& type) {
  if (type.Is(TypeKind::kStruct)) return true;
  if (type.children == nullptr) return false;
  return std::any_of(type.children->begin(), type.children->end(),
                     [](const StructField& child) { return HoldsStruct(child.type); });
}

}  // namespace

Result<std::string> OutputSql(const ResolvedColumn& column) {
  const std::string name = ColumnName(column.id);
  if (HoldsStruct(column.type)) return name;
  ASSIGN_OR_RETURN(std::string type, DuckDbTypeName(column.type));
  return fmt::format("CAST({} AS {})", name, type);
}

std::string ColumnName(int64_t id) { return fmt::format("\"c{}\"", id); }

Result<std::string> SqlWriter::WriteQuery(const ResolvedRelation& relation) {
  ASSIGN_OR_RETURN(std::string query, WriteRelation(relation));
  if (relation.columns.empty()) {
    return fmt::format("SELECT {} FROM {}", kNoColumnsSql, FromQuery(query));
  }
  std::vector<std::string> columns;
  for (size_t i = 0; i < relation.columns.size(); ++i) {
    ASSIGN_OR_RETURN(std::string sql, OutputSql(relation.columns[i]));
    columns.push_back(fmt::format("{} AS {}", sql, ColumnName(i)));
  }
  return fmt::format("SELECT {} FROM {}", JoinTexts(columns, ", "), FromQuery(query));
}

Result<std::string> SqlWriter::WriteRelation(const ResolvedRelation& relation) {
  if (!needed_) needed_ = NeededColumns(relation);
  return std::visit([&](const auto& node) { return WriteNode(node, relation); }, relation.node);
}

Result<std::string> SqlWriter::List(const std::vector<ResolvedExpressionPtr>& expressions) {
  std::vector<std::string> parts;
  for (const auto& expression : expressions) {
    ASSIGN_OR_RETURN(std::string sql, WriteExpression(*expression));
    parts.push_back(std::move(sql));
  }
  return JoinTexts(parts, ", ");
}

// expression AS id, each id once.
Result<std::string> SqlWriter::Named(const std::vector<NamedExpression>& expressions) {
  std::set<int64_t> seen;
  std::vector<std::string> parts;
  for (const NamedExpression& named : expressions) {
    if (!seen.insert(named.column.id).second) continue;
    ASSIGN_OR_RETURN(std::string sql, WriteExpression(*named.expression));
    parts.push_back(
        IsItsOwnReference(named) ? sql : fmt::format("{} AS {}", sql, ColumnName(named.column.id)));
  }
  return JoinTexts(parts, ", ");
}

bool SqlWriter::HasOwnOrder(const ResolvedRelation& relation) {
  // More rows than these are several partitions for Spark too.
  constexpr int64_t kManyRows = int64_t{1} << 20;
  return std::visit(
      Overloaded{
          [](const ResolvedLocal&) { return true; },
          [](const ResolvedValues&) { return true; },
          [](const ResolvedOneRow&) { return true; },
          [](const ResolvedRange& node) { return (node.end - node.start) / node.step < kManyRows; },
          [&](const ResolvedScan& node) { return tables_.IsOnePartition(node); },
          [&](const ResolvedCached& node) { return HasOwnOrder(*node.input); },
          [&](const ResolvedProject& node) { return HasOwnOrder(*node.input); },
          [&](const ResolvedFilter& node) { return HasOwnOrder(*node.input); },
          [&](const ResolvedSort& node) { return HasOwnOrder(*node.input); },
          [&](const ResolvedLimit& node) { return HasOwnOrder(*node.input); },
          [&](const ResolvedTail& node) { return HasOwnOrder(*node.input); },
          [&](const ResolvedSample& node) { return HasOwnOrder(*node.input); },
          [&](const ResolvedGenerate& node) { return HasOwnOrder(*node.input); },
          [&](const ResolvedExpand& node) { return HasOwnOrder(*node.input); },
          [&](const ResolvedRepartition& node) { return HasOwnOrder(*node.input); },
          [&](const ResolvedJoin& node) {
            return HasOwnOrder(*node.left) && HasOwnOrder(*node.right);
          },
          [&](const ResolvedSetOperation& node) {
            return node.is_all && HasOwnOrder(*node.left) && HasOwnOrder(*node.right);
          },
          [](const ResolvedAggregate&) { return false; },
          [](const ResolvedDeduplicate&) { return false; },
          [](const ResolvedShowString&) { return false; },
      },
      relation.node);
}

// Lets the scan below a project give the file of each row, if nothing but projects and filters is
// between.
void SqlWriter::CarryFileNames(const ResolvedProject& node) {
  const auto calls = [](const NamedExpression& named) {
    return CallsInputFileName(*named.expression);
  };
  if (std::none_of(node.expressions.begin(), node.expressions.end(), calls)) return;
  std::vector<const ResolvedRelation*> between;
  for (const ResolvedRelation* below = node.input.get(); below != nullptr;) {
    between.push_back(below);
    if (std::holds_alternative<ResolvedScan>(below->node)) {
      file_name_carriers_.insert(between.begin(), between.end());
      return;
    }
    if (const auto* project = std::get_if<ResolvedProject>(&below->node)) {
      below = project->input.get();
    } else if (const auto* filter = std::get_if<ResolvedFilter>(&below->node)) {
      below = filter->input.get();
    } else {
      return;
    }
  }
}

Result<std::string> SqlWriter::WriteNode(const ResolvedProject& node,
                                         const ResolvedRelation& relation) {
  if (const auto merged = MergeStackedProjects(node)) return WriteNode(*merged, relation);
  CarryFileNames(node);
  ASSIGN_OR_RETURN(std::string input, WriteRelation(*node.input));
  const bool outer_has_file_name = has_file_name_;
  const bool outer_has_own_order = has_own_order_;
  has_file_name_ = file_name_carriers_.contains(node.input.get());
  has_own_order_ = HasOwnOrder(*node.input);
  const bool outer_in_select = std::exchange(in_select_, true);
  auto written = Named(node.expressions);
  in_select_ = outer_in_select;
  has_file_name_ = outer_has_file_name;
  has_own_order_ = outer_has_own_order;
  ASSIGN_OR_RETURN(std::string expressions, std::move(written));
  if (file_name_carriers_.contains(&relation)) {
    expressions += fmt::format("{}{}", expressions.empty() ? "" : ", ", kFileNameColumn);
  }
  if (expressions.empty()) expressions = kNoColumnsSql;
  // A bare SELECT takes constants without a FROM, so that DuckDB need not plan a scan of one row.
  const std::string from = FromQueryFor(expressions, input);
  if (std::holds_alternative<ResolvedOneRow>(node.input->node) && from == FromQuery(input)) {
    return "SELECT " + expressions;
  }
  return fmt::format("SELECT {} FROM {}", expressions, from);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedScan& node,
                                         const ResolvedRelation& relation) {
  return tables_.ScanSql(
      node, relation.columns, *needed_,
      file_name_carriers_.contains(&relation) ? FileNames::kGiven : FileNames::kNone);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedLocal& node,
                                         const ResolvedRelation& relation) {
  if (node.arrow_ipc == nullptr) {
    std::vector<std::string> parts;
    for (const ResolvedColumn& column : relation.columns) {
      ASSIGN_OR_RETURN(std::string type, DuckDbTypeName(column.type));
      parts.push_back(fmt::format("CAST(NULL AS {}) AS {}", type, ColumnName(column.id)));
    }
    if (parts.empty()) parts.emplace_back(kNoColumnsSql);
    return fmt::format("SELECT {} WHERE false", JoinTexts(parts, ", "));
  }
  ASSIGN_OR_RETURN(std::string table, tables_.LocalTable(node, relation.columns));
  if (relation.columns.empty()) return fmt::format("SELECT {} FROM {}", kNoColumnsSql, table);
  return fmt::format("SELECT * FROM {} AS t({})", table, AllColumnNames(relation.columns));
}

Result<std::string> SqlWriter::WriteNode(const ResolvedValues& node,
                                         const ResolvedRelation& relation) {
  std::vector<std::string> types;
  for (const ResolvedColumn& column : relation.columns) {
    ASSIGN_OR_RETURN(std::string type, DuckDbTypeName(column.type));
    types.push_back(std::move(type));
  }
  if (node.rows.empty() || relation.columns.empty()) {
    std::vector<std::string> parts;
    for (size_t i = 0; i < types.size(); ++i) {
      parts.push_back(
          fmt::format("CAST(NULL AS {}) AS {}", types[i], ColumnName(relation.columns[i].id)));
    }
    if (parts.empty()) parts.emplace_back(kNoColumnsSql);
    return fmt::format("SELECT {} FROM range({})", JoinTexts(parts, ", "), node.rows.size());
  }
  std::vector<std::string> rows;
  for (const auto& row : node.rows) {
    std::vector<std::string> cells;
    for (size_t i = 0; i < row.size(); ++i) {
      ASSIGN_OR_RETURN(std::string sql, WriteExpression(*row[i]));
      // One row decides the types of all: DuckDB must not widen them by rules of its own.
      cells.push_back(rows.empty() ? fmt::format("CAST({} AS {})", sql, types[i]) : std::move(sql));
    }
    rows.push_back(fmt::format("({})", JoinTexts(cells, ", ")));
  }
  return fmt::format("SELECT * FROM (VALUES {}) AS t({})", JoinTexts(rows, ", "),
                     AllColumnNames(relation.columns));
}

Result<std::string> SqlWriter::WriteNode(const ResolvedRange& node,
                                         const ResolvedRelation& relation) {
  return fmt::format("SELECT range AS {} FROM range({}, {}, {})",
                     ColumnName(relation.columns[0].id), node.start, node.end, node.step);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedOneRow&, const ResolvedRelation&) {
  return fmt::format("SELECT {}", kNoColumnsSql);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedFilter& node, const ResolvedRelation&) {
  ASSIGN_OR_RETURN(std::string input, WriteRelation(*node.input));
  const bool outer_in_select = std::exchange(in_select_, false);
  auto written = WriteExpression(*node.condition);
  in_select_ = outer_in_select;
  ASSIGN_OR_RETURN(std::string condition, std::move(written));
  return fmt::format("SELECT {} FROM {} WHERE {}", EveryColumnFor(condition),
                     FromQueryFor(condition, input), condition);
}

Result<std::string> SqlWriter::WriteOrder(const std::vector<ResolvedSortOrder>& order) {
  std::vector<std::string> parts;
  for (const ResolvedSortOrder& item : order) {
    ASSIGN_OR_RETURN(std::string sql, WriteExpression(*item.expression));
    // A bare number in ORDER BY would be a position.
    if (std::holds_alternative<Literal>(item.expression->node)) sql = fmt::format("({}, 0)", sql);
    sql = OrderKey(sql, item.expression->type);
    // DuckDB takes a column that it sorts by back from the key, where -0.0 is 0.0.
    if (IsFloatingType(item.expression->type)) sql = fmt::format("({} + 0)", sql);
    parts.push_back(fmt::format("{} {} NULLS {}", sql,
                                item.direction == SortDirection::kAscending ? "ASC" : "DESC",
                                item.nulls_first ? "FIRST" : "LAST"));
  }
  return JoinTexts(parts, ", ");
}

Result<std::string> SqlWriter::WriteNode(const ResolvedSort& node, const ResolvedRelation&) {
  ASSIGN_OR_RETURN(std::string input, WriteRelation(*node.input));
  ASSIGN_OR_RETURN(std::string order, WriteOrder(node.order));
  // SortExec is stable; DuckDB's sort is not.
  if (HasOwnOrder(*node.input)) order += fmt::format(", {}", kRowIndexColumn);
  return fmt::format("SELECT {} FROM {} ORDER BY {}", EveryColumnFor(order),
                     FromQueryFor(order, input), order);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedLimit& node, const ResolvedRelation&) {
  // A limit right above its sort belongs to it: DuckDB then keeps only the top rows.
  std::string body;
  if (std::holds_alternative<ResolvedSort>(node.input->node)) {
    ASSIGN_OR_RETURN(body, WriteRelation(*node.input));
  } else {
    ASSIGN_OR_RETURN(std::string input, WriteRelation(*node.input));
    body = fmt::format("SELECT * FROM {}", FromQuery(input));
  }
  if (node.limit.has_value()) body += fmt::format(" LIMIT {}", *node.limit);
  if (node.offset > 0) body += fmt::format(" OFFSET {}", node.offset);
  return body;
}

Result<std::string> SqlWriter::WriteNode(const ResolvedTail& node,
                                         const ResolvedRelation& relation) {
  ASSIGN_OR_RETURN(std::string input, WriteRelation(*node.input));
  return fmt::format(
      "SELECT {} FROM (SELECT *, row_number() OVER () AS \"row\", count(*) OVER () AS \"rows\" "
      "FROM {}) AS t "
      "WHERE \"row\" > \"rows\" - {} ORDER BY \"row\"",
      ColumnNamesOrNothing(relation.columns), FromQuery(input), node.count);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedSample& node,
                                         const ResolvedRelation& relation) {
  ASSIGN_OR_RETURN(std::string input, WriteRelation(*node.input));
  if (node.with_replacement) {
    constexpr double kMaxMean = 40;
    const double mean = node.upper_bound - node.lower_bound;
    if (mean >= kMaxMean) return Unsupported("sample with replacement of a fraction above 40");
    return fmt::format(
        "SELECT {} FROM (SELECT *, unnest(range(ember_sample_count(CAST('{}' AS BIGINT), "
        "row_number() OVER () - 1, {}::DOUBLE))) AS \"draw\" FROM {}) AS t",
        ColumnNamesOrNothing(relation.columns), node.seed, mean, FromQuery(input));
  }
  // BernoulliCellSampler: rows whose draw is in the cell.
  return fmt::format(
      "SELECT {} FROM (SELECT *, ember_rand(CAST('{}' AS BIGINT), row_number() OVER () - 1) AS "
      "\"draw\" FROM {}) AS t WHERE \"draw\" >= {}::DOUBLE AND \"draw\" < {}::DOUBLE",
      ColumnNamesOrNothing(relation.columns), node.seed, FromQuery(input), node.lower_bound,
      node.upper_bound);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedExpand& node,
                                         const ResolvedRelation& relation) {
  ASSIGN_OR_RETURN(std::string input, WriteRelation(*node.input));
  std::vector<std::string> rows;
  for (const auto& projection : node.projections) {
    std::vector<std::string> fields;
    for (size_t i = 0; i < projection.size(); ++i) {
      ASSIGN_OR_RETURN(std::string sql, WriteExpression(*projection[i]));
      ASSIGN_OR_RETURN(std::string type, DuckDbTypeName(node.columns[i].type));
      fields.push_back(
          fmt::format("{} := CAST({} AS {})", ColumnName(node.columns[i].id), sql, type));
    }
    rows.push_back(fmt::format("struct_pack({})", JoinTexts(fields, ", ")));
  }
  std::vector<std::string> outputs;
  for (const std::string& name : DistinctColumnNames(relation.columns)) {
    outputs.push_back(fmt::format("\"row\".{} AS {}", name, name));
  }
  return fmt::format("SELECT {} FROM (SELECT unnest([{}]) AS \"row\" FROM {}) AS t",
                     JoinTexts(outputs, ", "), JoinTexts(rows, ", "), FromQuery(input));
}

Result<std::string> SqlWriter::WriteNode(const ResolvedRepartition& node, const ResolvedRelation&) {
  return WriteRelation(*node.input);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedCached& node,
                                         const ResolvedRelation& relation) {
  ASSIGN_OR_RETURN(std::string table, tables_.CachedTable(node));
  if (relation.columns.empty()) return fmt::format("SELECT {} FROM {}", kNoColumnsSql, table);
  return fmt::format("SELECT * FROM {} AS t({})", table, AllColumnNames(relation.columns));
}

Result<std::string> SqlWriter::WriteNode(const ResolvedShowString&, const ResolvedRelation&) {
  return Unsupported("a shown table inside another query");
}

}  // namespace ember
