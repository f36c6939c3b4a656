// Expressions of the SQL writer.
#include <fmt/format.h>

#include <limits>

#include "analyzer/constant_folding.h"
#include "duckdb/sql_writer.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"

namespace ember {
namespace {

std::string Joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += ", ";
    out += part;
  }
  return out;
}

// Interval bounds are stored as numbers; DuckDB's RANGE over dates and timestamps wants intervals.
std::string BoundSql(const DataType& type, const std::string& digits) {
  if (type.Is(TypeKind::kDayTimeInterval)) return fmt::format("to_microseconds({})", digits);
  if (type.Is(TypeKind::kYearMonthInterval)) return fmt::format("to_months({})", digits);
  return digits;
}

}  // namespace

Result<std::string> SqlWriter::WriteExpression(const ResolvedExpression& expression) {
  return std::visit([&](const auto& node) { return WriteNode(node, expression); }, expression.node);
}

Result<std::string> SqlWriter::WriteNode(const Literal& node, const ResolvedExpression&) {
  return EmitLiteral(node);
}

Result<std::string> SqlWriter::WriteNode(const ColumnReference& node, const ResolvedExpression&) {
  if (node.is_outer) ++outer_references_;
  const auto substitute = substitutes_.find(node.id);
  if (substitute != substitutes_.end()) return substitute->second;
  return ColumnName(node.id);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedCall& node,
                                         const ResolvedExpression& expression) {
  return WriteCall(node, expression, "");
}

Result<std::string> SqlWriter::WriteCall(const ResolvedCall& call,
                                         const ResolvedExpression& expression, std::string over) {
  if (has_file_name_ && call.function->name == "input_file_name")
    return std::string(kFileNameColumn);
  std::vector<ArgumentInfo> infos;
  std::vector<std::string> sql;
  for (const auto& argument : call.arguments) {
    ASSIGN_OR_RETURN(std::string text, WriteExpression(*argument));
    sql.push_back(std::move(text));
    infos.push_back({.type = argument->type,
                     .nullable = argument->nullable,
                     .constant = FoldConstant(*argument),
                     .pretty = argument->pretty,
                     .is_literal = std::holds_alternative<Literal>(argument->node)});
  }
  std::string tail;
  if (call.filter != nullptr) {
    ASSIGN_OR_RETURN(std::string filter, WriteExpression(*call.filter));
    tail = fmt::format(" FILTER (WHERE {})", filter);
  }
  tail += over;
  std::string order;
  if (!call.order.empty()) {
    ASSIGN_OR_RETURN(order, WriteOrder(call.order));
    order = "ORDER BY " + order;
  }
  EmitContext context;
  context.arguments = infos;
  context.sql = sql;
  context.result = expression.type;
  context.ansi = options_.ansi;
  context.is_try = call.is_try;
  context.zone = options_.zone;
  context.distinct = call.is_distinct ? "DISTINCT " : "";
  context.tail = tail;
  context.order = order;
  context.is_descending =
      !call.order.empty() && call.order[0].direction == SortDirection::kDescending;
  context.ignore_nulls = call.ignore_nulls;
  return EmitCall(*call.function, context);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedCast& node,
                                         const ResolvedExpression& expression) {
  ASSIGN_OR_RETURN(std::string child, WriteExpression(*node.child));
  return EmitCast(child, node.child->type, expression.type, node.mode, options_.zone);
}

Result<std::string> SqlWriter::WriteBound(const ResolvedBound& bound, const ResolvedWindow& window,
                                          bool is_lower) {
  switch (bound.type) {
    case BoundType::kUnboundedPreceding:
      return std::string("UNBOUNDED PRECEDING");
    case BoundType::kUnboundedFollowing:
      return std::string("UNBOUNDED FOLLOWING");
    case BoundType::kCurrentRow:
      return std::string("CURRENT ROW");
    case BoundType::kValue:
      break;
  }
  const std::optional<Value> value = FoldConstant(*bound.value);
  if (!value.has_value()) return Unsupported("a window frame bound that is not a constant");
  const DataType& type = bound.value->type;
  bool negative = false;
  std::string digits;
  if (const auto* number = std::get_if<int64_t>(&value->data)) {
    // Half of the range is as good as unbounded, and DuckDB's own arithmetic cannot overflow on it.
    constexpr int64_t kFar = std::numeric_limits<int64_t>::max() / 2;
    if (*number <= -kFar) return std::string("UNBOUNDED PRECEDING");
    if (*number >= kFar) return std::string("UNBOUNDED FOLLOWING");
    if (window.frame_type == FrameType::kRow && *number == 0) return std::string("CURRENT ROW");
    negative = *number < 0;
    digits = std::to_string(negative ? -*number : *number);
  } else if (const auto* real = std::get_if<double>(&value->data)) {
    negative = *real < 0;
    digits = fmt::format("{}::DOUBLE", negative ? -*real : *real);
  } else if (const auto* decimal = std::get_if<DecimalValue>(&value->data)) {
    negative = decimal->unscaled < 0;
    digits = DecimalText(negative ? -decimal->unscaled : decimal->unscaled, type.scale);
  } else {
    return Unsupported("a window frame bound of type " + SimpleString(type));
  }
  if (digits == "0" && !type.IsInterval()) return std::string("CURRENT ROW");
  static_cast<void>(is_lower);
  return fmt::format("{} {}", BoundSql(type, digits), negative ? "PRECEDING" : "FOLLOWING");
}

Result<std::string> SqlWriter::WriteNode(const ResolvedWindow& node, const ResolvedExpression&) {
  std::vector<std::string> parts;
  if (!node.partition_by.empty()) {
    ASSIGN_OR_RETURN(std::string list, List(node.partition_by));
    parts.push_back("PARTITION BY " + list);
  }
  if (!node.order_by.empty()) {
    ASSIGN_OR_RETURN(std::string order, WriteOrder(node.order_by));
    parts.push_back("ORDER BY " + order);
  }
  if (node.has_frame) {
    ASSIGN_OR_RETURN(std::string lower, WriteBound(node.lower, node, true));
    ASSIGN_OR_RETURN(std::string upper, WriteBound(node.upper, node, false));
    // Without an order every row is a peer of every other, which is what an unbounded row frame
    // says.
    const bool is_range = node.frame_type == FrameType::kRange && !node.order_by.empty();
    if (node.frame_type == FrameType::kRange && node.order_by.empty()) {
      lower = "UNBOUNDED PRECEDING";
      upper = "UNBOUNDED FOLLOWING";
    }
    parts.push_back(fmt::format("{} BETWEEN {} AND {}", is_range ? "RANGE" : "ROWS", lower, upper));
  }
  std::string over = " OVER (";
  for (size_t i = 0; i < parts.size(); ++i) over += (i > 0 ? " " : "") + parts[i];
  over += ")";
  const auto* call = std::get_if<ResolvedCall>(&node.call->node);
  if (call == nullptr) return InternalError("a window over something that is not a call");
  return WriteCall(*call, *node.call, over);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedLambda& node, const ResolvedExpression&) {
  std::vector<std::string> names;
  for (const ResolvedColumn& parameter : node.parameters) names.push_back(ColumnName(parameter.id));
  ASSIGN_OR_RETURN(std::string body, WriteExpression(*node.body));
  return fmt::format("lambda {}: {}", Joined(names), body);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedFieldAccess& node,
                                         const ResolvedExpression&) {
  ASSIGN_OR_RETURN(std::string child, WriteExpression(*node.child));
  if (node.child->type.Is(TypeKind::kArray)) {
    return fmt::format("list_transform({}, lambda item: struct_extract_at(item, {}))", child,
                       node.ordinal + 1);
  }
  return fmt::format("struct_extract_at({}, {})", child, node.ordinal + 1);
}

Result<std::string> SqlWriter::WriteInSubquery(const ResolvedSubquery& node,
                                               const std::string& plan) {
  if (node.in_values.size() == 1) {
    ASSIGN_OR_RETURN(std::string value, WriteExpression(*node.in_values[0]));
    return fmt::format("({} IN (SELECT {} FROM ({}) AS t))", value,
                       ColumnName(node.plan->columns[0].id), plan);
  }
  // Over several columns Spark compares with three-valued logic column by column; DuckDB's row IN
  // does not.
  std::vector<std::string> comparisons;
  for (size_t i = 0; i < node.in_values.size(); ++i) {
    ASSIGN_OR_RETURN(std::string value, WriteExpression(*node.in_values[i]));
    comparisons.push_back(fmt::format("{} = {}", value, ColumnName(node.plan->columns[i].id)));
  }
  std::string all;
  for (const std::string& comparison : comparisons)
    all += (all.empty() ? "" : " AND ") + comparison;
  return fmt::format(
      "(SELECT CASE WHEN coalesce(bool_or(\"same\"), false) THEN true WHEN count(*) > "
      "count(\"same\") THEN NULL "
      "ELSE false END FROM (SELECT ({}) AS \"same\" FROM ({}) AS t) AS s)",
      all, plan);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedSubquery& node, const ResolvedExpression&) {
  const int outer_before = outer_references_;
  ASSIGN_OR_RETURN(std::string plan, WriteRelation(*node.plan));
  const bool is_correlated = outer_references_ != outer_before;
  switch (node.kind) {
    case SubqueryKind::kExists:
      return fmt::format("EXISTS (SELECT 1 FROM ({}) AS t)", plan);
    case SubqueryKind::kIn:
      return WriteInSubquery(node, plan);
    case SubqueryKind::kScalar:
      break;
  }
  const std::string column = ColumnName(node.plan->columns[0].id);
  // Spark's analyzer lets a correlated subquery pass only when it gives at most one row.
  if (is_correlated) return fmt::format("(SELECT {} FROM ({}) AS t)", column, plan);
  return fmt::format(
      "(SELECT CASE WHEN count(*) > 1 THEN {} ELSE first({}) END FROM ({} LIMIT 2) AS t)",
      RaiseSql("SCALAR_SUBQUERY_TOO_MANY_ROWS", {}), column,
      fmt::format("SELECT {} FROM ({}) AS u", column, plan));
}

}  // namespace ember
