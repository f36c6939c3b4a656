// df.observe and df.transpose.
#include <algorithm>
#include <cmath>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/constant_folding.h"

namespace ember {
namespace {

// CheckAnalysis.checkMetric: what may not be part of a metric, outermost first.
Status CheckMetric(const ResolvedExpression& expression, const std::string& shown, bool seen) {
  const auto refuse = [&](std::string_view what, const std::string& text) {
    return MakeError("INVALID_OBSERVED_METRICS." + std::string(what),
                     {{"expr", QuoteExpression(text)}});
  };
  if (std::holds_alternative<ResolvedWindow>(expression.node)) {
    return refuse("WINDOW_EXPRESSIONS_UNSUPPORTED", shown);
  }
  if (std::holds_alternative<ColumnReference>(expression.node) && !seen) {
    return refuse("NON_AGGREGATE_FUNC_ARG_IS_ATTRIBUTE", expression.pretty);
  }
  bool below = seen;
  if (const auto* call = std::get_if<ResolvedCall>(&expression.node)) {
    const bool is_aggregate = call->function->kind == FunctionKind::kAggregate;
    if (is_aggregate && call->is_distinct) {
      return refuse("AGGREGATE_EXPRESSION_WITH_DISTINCT_UNSUPPORTED", shown);
    }
    if (is_aggregate && seen) return refuse("NESTED_AGGREGATES_UNSUPPORTED", shown);
    if (is_aggregate && call->filter != nullptr) {
      return refuse("AGGREGATE_EXPRESSION_WITH_FILTER_UNSUPPORTED", shown);
    }
    if (!seen && !call->function->is_deterministic) {
      return refuse("NON_AGGREGATE_FUNC_ARG_IS_NON_DETERMINISTIC", shown);
    }
    below = seen || is_aggregate;
    for (const auto& argument : call->arguments) {
      RETURN_IF_ERROR(CheckMetric(*argument, shown, below));
    }
  }
  if (const auto* cast = std::get_if<ResolvedCast>(&expression.node)) {
    return CheckMetric(*cast->child, shown, below);
  }
  return {};
}

// The order of two values of one atomic type.
bool IsBefore(const Value& a, const Value& b) {
  if (const auto* x = std::get_if<int64_t>(&a.data)) return *x < std::get<int64_t>(b.data);
  if (const auto* x = std::get_if<std::string>(&a.data)) return *x < std::get<std::string>(b.data);
  if (const auto* x = std::get_if<bool>(&a.data)) return *x < std::get<bool>(b.data);
  if (const auto* x = std::get_if<DecimalValue>(&a.data)) {
    return x->unscaled < std::get<DecimalValue>(b.data).unscaled;
  }
  const auto* x = std::get_if<double>(&a.data);
  const auto* y = std::get_if<double>(&b.data);
  if (x == nullptr || y == nullptr || std::isnan(*x)) return false;
  return std::isnan(*y) || *x < *y;
}

}  // namespace

// The rows pass; who runs the plan reads the metrics as an aggregate of the input.
Result<ResolvedRelationPtr> Analysis::ResolveNode(const CollectMetrics& collect,
                                                  const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*collect.input, outer));
  if (collect.name.empty()) {
    return MakeError("INVALID_OBSERVED_METRICS.MISSING_NAME",
                     {{"operator", "'CollectMetrics " + collect.name}});
  }
  ASSIGN_OR_RETURN(auto items, ResolveSelectList(collect.metrics, Scope::Over(*input, outer)));
  for (const auto& item : items) {
    const std::string& pretty = item.named.expression->pretty;
    const bool is_column = std::holds_alternative<ColumnReference>(item.named.expression->node);
    const std::string shown =
        is_column ? pretty : pretty + " AS " + QuoteIdentifier(item.named.column.name);
    RETURN_IF_ERROR(CheckMetric(*item.named.expression, shown, false));
  }
  return input;
}

// ResolveTranspose. Spark looks at the rows here too: their index values name the columns.
Result<ResolvedRelationPtr> Analysis::ResolveNode(const Transpose& transpose, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*transpose.input, outer));
  const auto invalid = [](std::string reason) {
    return MakeError("TRANSPOSE_INVALID_INDEX_COLUMN", {{"reason", std::move(reason)}});
  };
  if (transpose.index_columns.size() > 1) {
    return invalid("Multiple index columns are not supported");
  }
  if (input->columns.empty()) return input;
  ResolvedExpressionPtr index = Reference(input->columns[0]);
  if (!transpose.index_columns.empty()) {
    ASSIGN_OR_RETURN(index,
                     ResolveExpression(*transpose.index_columns[0], Scope::Over(*input, outer)));
  }
  const auto* reference = std::get_if<ColumnReference>(&index->node);
  if (reference == nullptr) return invalid("Index column must be an atomic attribute");
  if (!index->type.IsAtomic()) {
    return Unsupported("transpose by a column of type " + SimpleString(index->type));
  }
  std::vector<ResolvedColumn> others;
  for (const auto& column : input->columns) {
    if (column.id != reference->id) others.push_back(column);
  }
  std::optional<DataType> common;
  for (const auto& column : others) {
    const std::vector<DataType> pair = {common.value_or(column.type), column.type};
    const auto wider = WiderTypeWithoutString(pair, options_.ansi);
    if (!wider) {
      return MakeError(
          "TRANSPOSE_NO_LEAST_COMMON_TYPE",
          {{"dt1", "\"" + SqlText(*common) + "\""}, {"dt2", "\"" + SqlText(column.type) + "\""}});
    }
    common = *wider;
  }
  return TransposeRows(std::move(input), index, others, common.value_or(StringType()));
}

Result<ResolvedRelationPtr> Analysis::TransposeRows(ResolvedRelationPtr input,
                                                    const ResolvedExpressionPtr& index,
                                                    const std::vector<ResolvedColumn>& others,
                                                    const DataType& type) {
  constexpr int64_t kMaxRows = 500;  // spark.sql.transposeMaxValues
  ASSIGN_OR_RETURN(auto is_named, MakeCall("isnotnull", {index}));
  auto relation = Over(*input, ResolvedFilter{input, std::move(is_named)});
  relation = Over(*relation, ResolvedLimit{relation, kMaxRows + 1, 0});
  std::vector<NamedExpression> cells;
  ASSIGN_OR_RETURN(auto key, MakeCast(index, StringType(), SessionCast(), false));
  cells.push_back(Named(std::move(key), "key"));
  cells.push_back(Named(index, "index"));
  for (const auto& column : others) {
    cells.push_back(Named(ImplicitCastTo(Reference(column), type, SessionCast()), column.name));
  }
  ASSIGN_OR_RETURN(auto rows,
                   catalog_.Collect(*MakeProject(std::move(relation), std::move(cells))));
  if (rows.size() > kMaxRows) {
    return MakeError("TRANSPOSE_EXCEED_ROW_LIMIT", {{"maxValues", std::to_string(kMaxRows)},
                                                    {"config", "spark.sql.transposeMaxValues"}});
  }
  // Rows of one index value stay in their order, which a sort of DuckDB's does not promise.
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return IsBefore(a[1], b[1]); });
  ValuesRelation values;
  values.schema.push_back({"key", StringType(), false, ""});
  for (const auto& row : rows) {
    values.schema.push_back({std::get<std::string>(row[0].data), type, true, ""});
  }
  for (size_t i = 0; i < others.size(); ++i) {
    std::vector<Value> cells_of_column = {Value{others[i].name}};
    for (const auto& row : rows) cells_of_column.push_back(row[i + 2]);
    values.rows.push_back(std::move(cells_of_column));
  }
  return ResolveNode(values, nullptr);
}

}  // namespace ember
