#include <fmt/format.h>

#include <utility>

#include "analyzer/analyzer.h"
#include "analyzer/pretty_names.h"
#include "analyzer/resolved_relations.h"

namespace ember {
namespace {

std::string Text(const ResolvedExpression& expression);

std::string TextOf(const std::vector<ResolvedExpressionPtr>& list) {
  std::string out;
  for (const auto& item : list) out += (out.empty() ? "" : ", ") + Text(*item);
  return out;
}

std::string TextOf(const std::vector<ResolvedSortOrder>& order) {
  std::string out;
  for (const auto& item : order) {
    out += fmt::format("{}{} {} nulls {}", out.empty() ? "" : ", ", Text(*item.expression),
                       item.direction == SortDirection::kAscending ? "asc" : "desc",
                       item.nulls_first ? "first" : "last");
  }
  return out;
}

std::string BoundText(const ResolvedBound& bound) {
  switch (bound.type) {
    case BoundType::kUnboundedPreceding:
      return "unbounded preceding";
    case BoundType::kCurrentRow:
      return "current row";
    case BoundType::kUnboundedFollowing:
      return "unbounded following";
    case BoundType::kValue:
      return Text(*bound.value);
  }
  return "";
}

struct ExpressionText {
  std::string operator()(const Literal& n) const {
    return fmt::format("{}:{}", PrettyLiteral(n, "UTC"), SimpleString(n.type));
  }
  std::string operator()(const ColumnReference& n) const {
    return fmt::format("{}{}#{}", n.is_outer ? "outer " : "", n.name, n.id);
  }
  std::string operator()(const ResolvedCall& n) const {
    std::string out = fmt::format("{}({}{})", n.function->name, n.is_distinct ? "distinct " : "",
                                  TextOf(n.arguments));
    if (n.ignore_nulls) out += " ignore nulls";
    if (!n.order.empty()) out += " within group " + TextOf(n.order);
    if (n.filter) out += " filter " + Text(*n.filter);
    return out;
  }
  std::string operator()(const ResolvedCast& n) const {
    const char* mode = n.mode == CastMode::kAnsi ? "ansi" : "legacy";
    return fmt::format("{}_cast({}", n.mode == CastMode::kTry ? "try" : mode, Text(*n.child));
  }
  std::string operator()(const ResolvedWindow& n) const {
    std::string out = Text(*n.call) + " over (partition " + TextOf(n.partition_by) + " order " +
                      TextOf(n.order_by);
    if (n.has_frame) {
      out += fmt::format(" {} {} to {}", n.frame_type == FrameType::kRow ? "rows" : "range",
                         BoundText(n.lower), BoundText(n.upper));
    }
    return out + ")";
  }
  std::string operator()(const ResolvedLambda& n) const {
    std::string out;
    for (const auto& parameter : n.parameters) {
      out += fmt::format("{}{}#{}", out.empty() ? "" : ", ", parameter.name, parameter.id);
    }
    return fmt::format("({}) -> {}", out, Text(*n.body));
  }
  std::string operator()(const ResolvedFieldAccess& n) const {
    return fmt::format("{}.{}", Text(*n.child), n.ordinal);
  }
  std::string operator()(const ResolvedSubquery& n) const {
    const char* kind = n.kind == SubqueryKind::kScalar ? "scalar" : "exists";
    if (n.kind == SubqueryKind::kIn) kind = "in";
    return fmt::format("{} subquery({}) [{}]", kind, TextOf(n.in_values), Dump(*n.plan));
  }
};

std::string Text(const ResolvedExpression& expression) {
  std::string out = std::visit(ExpressionText{}, expression.node);
  if (std::holds_alternative<ResolvedCast>(expression.node)) {
    out += fmt::format(" as {})", SimpleString(expression.type));
  }
  return out;
}

std::string TextOf(const std::vector<NamedExpression>& list) {
  std::string out;
  for (const auto& item : list) {
    out +=
        fmt::format("{}{} as #{}", out.empty() ? "" : ", ", Text(*item.expression), item.column.id);
  }
  return out;
}

std::string_view JoinName(JoinType type) {
  switch (type) {
    case JoinType::kInner:
      return "inner";
    case JoinType::kLeftOuter:
      return "left";
    case JoinType::kRightOuter:
      return "right";
    case JoinType::kFullOuter:
      return "full";
    case JoinType::kLeftSemi:
      return "semi";
    case JoinType::kLeftAnti:
      return "anti";
    case JoinType::kCross:
      return "cross";
  }
  return "";
}

struct NodeText {
  std::string operator()(const ResolvedScan& n) const { return "Scan " + n.description; }
  std::string operator()(const ResolvedLocal&) const { return "Local"; }
  std::string operator()(const ResolvedValues& n) const {
    std::string out = "Values";
    for (const auto& row : n.rows) out += " (" + TextOf(row) + ")";
    return out;
  }
  std::string operator()(const ResolvedRange& n) const {
    return fmt::format("Range {} {} {}", n.start, n.end, n.step);
  }
  std::string operator()(const ResolvedOneRow&) const { return "OneRow"; }
  std::string operator()(const ResolvedProject& n) const {
    return "Project " + TextOf(n.expressions);
  }
  std::string operator()(const ResolvedFilter& n) const { return "Filter " + Text(*n.condition); }
  std::string operator()(const ResolvedJoin& n) const {
    return fmt::format("Join {}{} {}", JoinName(n.type), n.is_lateral ? " lateral" : "",
                       n.condition ? Text(*n.condition) : "");
  }
  std::string operator()(const ResolvedSetOperation& n) const {
    const char* kind = n.kind == SetOperationKind::kUnion ? "Union" : "Intersect";
    if (n.kind == SetOperationKind::kExcept) kind = "Except";
    return fmt::format("{}{}", kind, n.is_all ? " all" : "");
  }
  std::string operator()(const ResolvedSort& n) const {
    return fmt::format("Sort{} {}", n.is_global ? "" : " within partitions", TextOf(n.order));
  }
  std::string operator()(const ResolvedLimit& n) const {
    return fmt::format("Limit {} offset {}", n.limit ? std::to_string(*n.limit) : "all", n.offset);
  }
  std::string operator()(const ResolvedTail& n) const { return fmt::format("Tail {}", n.count); }
  std::string operator()(const ResolvedAggregate& n) const {
    std::string sets;
    for (const auto& set : n.grouping_sets) {
      sets += " {";
      for (const int index : set) sets += fmt::format(" {}", index);
      sets += " }";
    }
    return fmt::format(
        "Aggregate [{}] [{}]{}", TextOf(n.grouping), TextOf(n.aggregates),
        sets.empty() ? "" : fmt::format(" sets{} id #{}", sets, n.grouping_id_column));
  }
  std::string operator()(const ResolvedDeduplicate& n) const {
    return "Deduplicate " + TextOf(n.keys);
  }
  std::string operator()(const ResolvedSample& n) const {
    return fmt::format("Sample {} {} {} {}", n.lower_bound, n.upper_bound, n.with_replacement,
                       n.seed);
  }
  std::string operator()(const ResolvedGenerate& n) const {
    return fmt::format("Generate{} {}", n.is_outer ? " outer" : "", Text(*n.generator));
  }
  std::string operator()(const ResolvedExpand& n) const {
    std::string out = "Expand";
    for (const auto& row : n.projections) out += " (" + TextOf(row) + ")";
    return out;
  }
  std::string operator()(const ResolvedRepartition& n) const {
    return fmt::format("Repartition {} {} {} {} {}",
                       n.partitions ? std::to_string(*n.partitions) : "default", n.by_range,
                       n.is_coalesce, TextOf(n.expressions), TextOf(n.range_order));
  }
  std::string operator()(const ResolvedCached& n) const {
    return fmt::format("Cached {:x}", n.key);
  }
  std::string operator()(const ResolvedShowString& n) const {
    return fmt::format("ShowString {} {} {} {}", n.rows, n.truncate, n.vertical, n.html);
  }
};

void DumpInto(const ResolvedRelation& relation, int depth, std::string& out) {
  out += std::string(static_cast<size_t>(depth) * 2, ' ');
  out += std::visit(NodeText{}, relation.node) + " -> ";
  bool first = true;
  for (const auto& column : relation.columns) {
    out += fmt::format("{}{}#{} {}{}", first ? "" : ", ", column.name, column.id,
                       SimpleString(column.type), column.nullable ? "" : "!");
    first = false;
  }
  out += "\n";
  ForEachInput(relation,
               [&](const ResolvedRelationPtr& input) { DumpInto(*input, depth + 1, out); });
}

}  // namespace

std::string Dump(const ResolvedRelation& relation) {
  std::string out;
  DumpInto(relation, 0, out);
  return out;
}

}  // namespace ember
