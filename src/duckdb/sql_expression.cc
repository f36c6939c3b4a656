// Expressions of the SQL writer.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "analyzer/constant_folding.h"
#include "duckdb/aggregate_registration.h"
#include "duckdb/sql_writer.h"
#include "functions/cast_sql.h"
#include "functions/emit_random.h"
#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "functions/native.h"
#include "functions/row_index.h"

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

// An aggregate without keys, under whatever is computed from it.
bool GivesOneRow(const ResolvedRelation& relation) {
  if (const auto* project = std::get_if<ResolvedProject>(&relation.node)) {
    return GivesOneRow(*project->input);
  }
  const auto* aggregate = std::get_if<ResolvedAggregate>(&relation.node);
  return aggregate != nullptr && aggregate->grouping.empty();
}

// A frame of rows that ends before it starts: DuckDB's parser refuses what for Spark is empty.
bool IsEmptyFrame(const ResolvedWindow& window) {
  if (window.frame_type != FrameType::kRow) return false;
  const auto offset = [](const ResolvedBound& bound) -> std::optional<int64_t> {
    if (bound.type == BoundType::kCurrentRow) return 0;
    if (bound.type != BoundType::kValue) return std::nullopt;
    const std::optional<Value> value = FoldConstant(*bound.value);
    const auto* number = value ? std::get_if<int64_t>(&value->data) : nullptr;
    return number == nullptr ? std::nullopt : std::optional<int64_t>(*number);
  };
  const auto lower = offset(window.lower), upper = offset(window.upper);
  return lower && upper && *lower > *upper;
}

// Whether the answer depends on the order of rows that are equal in the window's order.
bool SeesOrderOfPeers(const ResolvedWindow& window, std::string_view function) {
  constexpr std::string_view kByRow[] = {"lag", "lead", "ntile", "row_number"};
  constexpr std::string_view kByPeers[] = {"cume_dist", "dense_rank", "percent_rank", "rank"};
  constexpr std::string_view kOrdered[] = {"any_value", "collect_list", "first",   "first_value",
                                           "last",      "last_value",   "listagg", "nth_value"};
  const auto is_one_of = [&](auto& names) {
    return std::ranges::find(names, function) != std::end(names);
  };
  if (is_one_of(kByRow)) return true;
  if (is_one_of(kByPeers)) return false;
  if (is_one_of(kOrdered)) return true;
  const bool is_whole = window.lower.type == BoundType::kUnboundedPreceding &&
                        window.upper.type == BoundType::kUnboundedFollowing;
  return window.frame_type == FrameType::kRow && !is_whole;
}

// Whether the argument is computed for some rows only.
bool IsBranch(std::string_view function, size_t index) {
  constexpr std::string_view kBranching[] = {"and",  "case",  "coalesce", "if",
                                             "nvl2", "nanvl", "or",       "when"};
  return index > 0 && std::ranges::find(kBranching, function) != std::end(kBranching);
}

// The condition under which the argument after those of `sql` is computed; empty where unknown.
std::string GuardOf(const ResolvedCall& call, std::span<const std::string> sql) {
  const std::string_view name = call.function->name;
  const size_t index = sql.size();
  std::string guard;
  const auto add = [&](const std::string& operand, std::string_view test) {
    guard += fmt::format("{}({}) {}", guard.empty() ? "" : " AND ", operand, test);
  };
  if (name == "if") add(sql[0], index == 1 ? "IS TRUE" : "IS NOT TRUE");
  if (name == "and") add(sql[0], "IS NOT FALSE");
  if (name == "or") add(sql[0], "IS NOT TRUE");
  if (name == "coalesce") {
    for (const std::string& operand : sql) add(operand, "IS NULL");
  }
  if (name == "when") {
    // condition, value, condition, value, …[, otherwise]
    for (size_t i = 0; i < index; i += 2) add(sql[i], i + 1 == index ? "IS TRUE" : "IS NOT TRUE");
  }
  return guard;
}

// The call with our own aggregates in their form for one state (aggregate_registration.h); none
// when it calls no such aggregate.
std::optional<std::string> WithOneState(std::string sql) {
  bool has_any = false;
  for (const NativeAggregate& native : NativeAggregates()) {
    const std::string call = std::string(native.name) + "(";
    if (sql.find(call) == std::string::npos) continue;
    has_any = true;
    sql = Replaced(sql, call, std::string(native.name) + std::string(kOneStateSuffix) + "(");
  }
  return has_any ? std::optional(std::move(sql)) : std::nullopt;
}

// Whether every row's frame is its whole partition.
bool IsWholePartition(const ResolvedWindow& node) {
  if (node.order_by.empty() && (!node.has_frame || node.frame_type == FrameType::kRange))
    return true;
  return node.has_frame && node.lower.type == BoundType::kUnboundedPreceding &&
         node.upper.type == BoundType::kUnboundedFollowing;
}

}  // namespace

// Spark's generator goes on at the rows that come to it only: their number counts.
Result<std::string> SqlWriter::DrawnInBranch(const std::string& text, const ResolvedCall& call,
                                             std::span<const std::string> before) {
  const std::string guard = GuardOf(call, before);
  if (!in_select_ || guard.empty() || text.find(" OVER (") != std::string::npos) {
    return Unsupported("a random number with a seed in a branch that not every row takes");
  }
  return Replaced(text, kRowIndexColumn,
                  fmt::format("(count(CASE WHEN {} THEN 1 END) OVER (ORDER BY {} ROWS BETWEEN "
                              "UNBOUNDED PRECEDING AND CURRENT ROW) - 1)",
                              guard, kRowIndexColumn));
}

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
    if (IsBranch(call.function->name, sql.size()) && DrawsFromSeed(text)) {
      ASSIGN_OR_RETURN(text, DrawnInBranch(text, call, sql));
    }
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

// "ORDER BY …" and the frame. WindowExec sorts stably: among equal rows the order of the input
// decides, where it has one, for what counts rows. Frames of peers have to see equal rows as such.
Result<std::string> SqlWriter::WriteWindowFrame(const ResolvedWindow& node) {
  const auto& call = std::get<ResolvedCall>(node.call->node);
  std::string order;
  if (!node.order_by.empty()) {
    ASSIGN_OR_RETURN(order, WriteOrder(node.order_by));
  }
  const bool is_range = node.frame_type == FrameType::kRange && !node.order_by.empty();
  // From the first row on the first value is the same for every end of the frame.
  const bool is_first =
      call.function->name.starts_with("first") && !call.ignore_nulls && call.arguments.size() == 1;
  const bool starts_at_first = node.lower.type == BoundType::kUnboundedPreceding &&
                               node.upper.type == BoundType::kCurrentRow;
  const bool by_rows = !node.has_frame || !is_range || (is_first && starts_at_first);
  if (has_own_order_ && by_rows && SeesOrderOfPeers(node, call.function->name)) {
    order += fmt::format("{}{}", order.empty() ? "" : ", ", kRowIndexColumn);
  }
  std::string text = order.empty() ? "" : "ORDER BY " + order;
  if (!node.has_frame || IsEmptyFrame(node)) return text;
  ASSIGN_OR_RETURN(std::string lower, WriteBound(node.lower, node, true));
  ASSIGN_OR_RETURN(std::string upper, WriteBound(node.upper, node, false));
  // Without an order every row is a peer of every other, which is what an unbounded row frame says.
  if (node.frame_type == FrameType::kRange && node.order_by.empty()) {
    lower = "UNBOUNDED PRECEDING";
    upper = "UNBOUNDED FOLLOWING";
  }
  return fmt::format("{} {} BETWEEN {} AND {}", text,
                     is_range && !(is_first && starts_at_first) ? "RANGE" : "ROWS", lower, upper);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedWindow& node, const ResolvedExpression&) {
  const auto* call = std::get_if<ResolvedCall>(&node.call->node);
  if (call == nullptr) return InternalError("a window over something that is not a call");
  const bool is_empty = node.has_frame && IsEmptyFrame(node);
  if (is_empty && call->function->kind != FunctionKind::kAggregate) {
    ASSIGN_OR_RETURN(std::string type, DuckDbTypeName(node.call->type));
    return fmt::format("CAST(NULL AS {})", type);
  }
  std::string partition;
  if (!node.partition_by.empty()) {
    ASSIGN_OR_RETURN(std::string list, List(node.partition_by));
    partition = "PARTITION BY " + list + " ";
  }
  ASSIGN_OR_RETURN(std::string frame, WriteWindowFrame(node));
  std::string over =
      fmt::format("{} OVER ({}{})", is_empty ? " FILTER (WHERE false)" : "", partition, frame);
  ASSIGN_OR_RETURN(std::string sql, WriteCall(*call, *node.call, std::move(over)));
  if (is_empty || !IsWholePartition(node) || !WithOneState(sql)) return sql;
  // In an order DuckDB takes the partition row by row, as Spark does.
  std::string order(kRowIndexColumn);
  if (!node.order_by.empty()) {
    ASSIGN_OR_RETURN(order, WriteOrder(node.order_by));
  }
  over =
      fmt::format(" OVER ({}ORDER BY {} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)",
                  partition, order);
  ASSIGN_OR_RETURN(sql, WriteCall(*call, *node.call, std::move(over)));
  return *WithOneState(std::move(sql));
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
  // Spark's analyzer lets a correlated subquery pass when it gives one row by its form, or one for
  // each value that it is bound to: then more are an error.
  if (is_correlated && GivesOneRow(*node.plan)) {
    return fmt::format("(SELECT {} FROM ({}) AS t)", column, plan);
  }
  if (is_correlated) {
    return fmt::format("(SELECT CASE WHEN count(*) > 1 THEN {} ELSE first({}) END FROM ({}) AS t)",
                       RaiseSql("SCALAR_SUBQUERY_TOO_MANY_ROWS", {}), column, plan);
  }
  return fmt::format(
      "(SELECT CASE WHEN count(*) > 1 THEN {} ELSE first({}) END FROM ({} LIMIT 2) AS t)",
      RaiseSql("SCALAR_SUBQUERY_TOO_MANY_ROWS", {}), column,
      fmt::format("SELECT {} FROM ({}) AS u", column, plan));
}

}  // namespace ember
