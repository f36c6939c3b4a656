#include <algorithm>
#include <cctype>
#include <limits>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/constant_folding.h"
#include "analyzer/resolved_relations.h"

namespace ember {
namespace {

std::optional<int64_t> OrdinalOf(const Expression& expression) {
  const Expression* source = &expression;
  if (const auto* order = std::get_if<SortOrder>(&expression.node)) source = order->child.get();
  const auto* literal = std::get_if<Literal>(&source->node);
  if (literal == nullptr || !literal->type.Is(TypeKind::kInteger)) return std::nullopt;
  const auto* value = std::get_if<int64_t>(&literal->value.data);
  return value ? std::optional(*value) : std::nullopt;
}

// ORDER BY ALL: a lone name that is no column.
bool IsOrderByAll(const Sort& sort, const std::vector<ResolvedColumn>& columns,
                  const Analysis& analysis) {
  if (sort.order.size() != 1) return false;
  const auto* order = std::get_if<SortOrder>(&sort.order[0]->node);
  if (order == nullptr) return false;
  const auto* name = std::get_if<UnresolvedAttribute>(&order->child->node);
  if (name == nullptr || name->parts.size() != 1 || name->plan_id) return false;
  if (!analysis.Equal(name->parts[0], "all")) return false;
  return std::none_of(columns.begin(), columns.end(), [&](const ResolvedColumn& column) {
    return analysis.Equal(column.name, "all");
  });
}

// The requirements of Sample, with its margin for sums of the weights of randomSplit.
Status CheckFraction(const Sample& sample) {
  constexpr double kMargin = 1e-6;
  const double fraction = sample.upper_bound - sample.lower_bound;
  const bool fits = fraction >= -kMargin && (sample.with_replacement || fraction <= 1.0 + kMargin);
  if (fits) return {};
  return MakeError(
      "java.lang.IllegalArgumentException",
      {{"message",
        "requirement failed: Sampling fraction (" + JavaDoubleText(fraction) +
            (sample.with_replacement ? ") must be nonnegative with replacement"
                                     : ") must be on interval [0, 1] without replacement")}});
}

// ResolveHints.ResolveCoalesceHints: the hints that say how many files a write makes. Columns come
// as names, or as text from DataFrame.hint.
std::optional<Repartition> RepartitionOf(const Hint& hint) {
  std::string name = hint.name;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  Repartition repartition{.input = hint.input};
  repartition.shuffle = name != "coalesce";
  repartition.by_range = name == "repartition_by_range";
  if (repartition.shuffle && !repartition.by_range && name != "repartition") return {};
  for (const ExpressionPtr& parameter : hint.parameters) {
    const auto* literal = std::get_if<Literal>(&parameter->node);
    if (literal == nullptr) {
      repartition.expressions.push_back(parameter);
    } else if (const auto* text = std::get_if<std::string>(&literal->value.data)) {
      repartition.expressions.push_back(MakeExpression(UnresolvedAttribute{{*text}}));
    } else if (const auto* number = std::get_if<int64_t>(&literal->value.data)) {
      repartition.partitions = static_cast<int>(*number);
    }
  }
  if (!repartition.shuffle && !repartition.partitions) return {};
  return repartition;
}

}  // namespace

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Sort& sort, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*sort.input, outer));
  const std::vector<ResolvedColumn> columns = input->columns;
  Scope scope = Scope::Over(*input, outer);
  AppendExposableLevels(*input, scope);
  std::vector<ResolvedSortOrder> order;
  const bool order_by_all = IsOrderByAll(sort, columns, *this);
  for (const auto& expression : sort.order) {
    if (order_by_all) {
      ResolvedSortOrder item;
      const auto& source = std::get<SortOrder>(expression->node);
      item.direction = source.direction;
      item.nulls_first = source.null_order == NullOrder::kDefault
                             ? source.direction == SortDirection::kAscending
                             : source.null_order == NullOrder::kFirst;
      for (const auto& column : columns) {
        item.expression = Reference(column);
        order.push_back(item);
      }
      continue;
    }
    const auto ordinal = options_.order_by_ordinal ? OrdinalOf(*expression) : std::nullopt;
    if (!ordinal) {
      ASSIGN_OR_RETURN(auto item, ResolveSortOrder(*expression, scope));
      order.push_back(std::move(item));
      continue;
    }
    if (*ordinal < 1 || *ordinal > static_cast<int64_t>(columns.size())) {
      return MakeError("ORDER_BY_POS_OUT_OF_RANGE", {{"index", std::to_string(*ordinal)},
                                                     {"size", std::to_string(columns.size())}});
    }
    ASSIGN_OR_RETURN(auto item, ResolveSortOrder(*expression, scope));
    item.expression = Reference(columns[static_cast<size_t>(*ordinal) - 1]);
    order.push_back(std::move(item));
  }
  std::vector<ResolvedExpressionPtr> expressions;
  for (const auto& item : order) expressions.push_back(item.expression);
  ASSIGN_OR_RETURN(Exposed exposed, Expose(input, expressions));
  if (exposed.relation == nullptr) {
    return MakeError("UNSUPPORTED_EXPR_FOR_OPERATOR",
                     {{"invalidExprSqls", QuoteExpression(expressions[0]->pretty)}});
  }
  for (size_t i = 0; i < order.size(); ++i) order[i].expression = exposed.expressions[i];
  // A window or a subquery in ORDER BY is computed below, so that the sort has plain columns.
  ASSIGN_OR_RETURN(exposed.relation, ComputeBelow(std::move(exposed.relation), order));
  const bool extended = exposed.relation->columns.size() != columns.size();
  ResolvedRelation sorted = *MakeResolvedRelation(
      ResolvedSort{exposed.relation, std::move(order), sort.is_global}, exposed.relation->columns);
  sorted.hidden = input->hidden;
  auto result = std::make_shared<const ResolvedRelation>(std::move(sorted));
  if (!extended) return result;
  return KeepColumns(std::move(result), columns);
}

Result<ResolvedRelationPtr> Analysis::ComputeBelow(ResolvedRelationPtr input,
                                                   std::vector<ResolvedSortOrder>& order) {
  std::vector<NamedExpression> items;
  for (const auto& column : input->columns) items.push_back(PassThrough(column));
  const size_t before = items.size();
  for (auto& item : order) {
    if (!ContainsWindow(*item.expression)) continue;
    NamedExpression named = Named(item.expression, item.expression->pretty);
    item.expression = Reference(named.column);
    items.push_back(std::move(named));
  }
  if (items.size() == before) return input;
  return MakeProject(std::move(input), std::move(items));
}

Result<int64_t> Analysis::ResolveCount(const Expression& expression, std::string_view name,
                                       const ResolvedRelation& input) {
  const Scope scope = Scope::Over(input, nullptr);
  ASSIGN_OR_RETURN(auto count, ResolveExpression(expression, scope));
  const auto invalid = [&](std::string_view kind) {
    return std::string("INVALID_LIMIT_LIKE_EXPRESSION.") + std::string(kind);
  };
  const auto value = FoldConstant(*count);
  if (!value) {
    return MakeError(invalid("IS_UNFOLDABLE"),
                     {{"name", std::string(name)}, {"expr", QuoteExpression(count->pretty)}});
  }
  if (!count->type.Is(TypeKind::kInteger) && !count->type.Is(TypeKind::kLong) &&
      !count->type.Is(TypeKind::kShort) && !count->type.Is(TypeKind::kByte)) {
    return MakeError(invalid("DATA_TYPE"), {{"name", std::string(name)},
                                            {"expr", QuoteExpression(count->pretty)},
                                            {"dataType", "\"" + SqlText(count->type) + "\""}});
  }
  if (value->is_null()) {
    return MakeError(invalid("IS_NULL"),
                     {{"name", std::string(name)}, {"expr", QuoteExpression(count->pretty)}});
  }
  const int64_t number = std::get<int64_t>(value->data);
  if (number < 0) {
    return MakeError(invalid("IS_NEGATIVE"), {{"name", std::string(name)},
                                              {"expr", QuoteExpression(count->pretty)},
                                              {"v", std::to_string(number)}});
  }
  return number;
}

// An operator that hands on its input's columns, hidden ones and aliases included.
ResolvedRelationPtr Analysis::Over(const ResolvedRelation& input, ResolvedRelationNode node) {
  ResolvedRelation out;
  out.node = std::move(node);
  out.columns = input.columns;
  out.hidden = input.hidden;
  return std::make_shared<const ResolvedRelation>(std::move(out));
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Limit& limit, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*limit.input, outer));
  ASSIGN_OR_RETURN(const int64_t count, ResolveCount(*limit.count, "limit", *input));
  // LIMIT above OFFSET is one operator.
  if (const auto* offset = std::get_if<ResolvedLimit>(&input->node);
      offset != nullptr && !offset->limit) {
    if (count + offset->offset > std::numeric_limits<int32_t>::max()) {
      return MakeError(
          "SUM_OF_LIMIT_AND_OFFSET_EXCEEDS_MAX_INT",
          {{"limit", std::to_string(count)}, {"offset", std::to_string(offset->offset)}});
    }
    return Over(*input, ResolvedLimit{offset->input, count, offset->offset});
  }
  const ResolvedRelation& columns = *input;
  return Over(columns, ResolvedLimit{input, count, 0});
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Offset& offset, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*offset.input, outer));
  ASSIGN_OR_RETURN(const int64_t count, ResolveCount(*offset.count, "offset", *input));
  return Over(*input, ResolvedLimit{input, std::nullopt, count});
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Tail& tail, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*tail.input, outer));
  return Over(*input, ResolvedTail{input, tail.count});
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Sample& sample, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*sample.input, outer));
  RETURN_IF_ERROR(CheckFraction(sample));
  if (sample.deterministic_order) {
    // Dataset.randomSplit: all columns that can be ordered.
    std::vector<ResolvedSortOrder> order;
    for (const auto& column : input->columns) {
      if (!AcceptsType(TypeClass::kOrderable, column.type)) continue;
      ResolvedSortOrder item;
      item.expression = Reference(column);
      order.push_back(std::move(item));
    }
    input = Over(*input, ResolvedSort{input, std::move(order), true});
  }
  return Over(*input, ResolvedSample{.input = input,
                                     .lower_bound = sample.lower_bound,
                                     .upper_bound = sample.upper_bound,
                                     .with_replacement = sample.with_replacement,
                                     .seed = sample.seed});
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Hint& hint, const Scope* outer) {
  if (const auto repartition = RepartitionOf(hint)) return ResolveNode(*repartition, outer);
  // The others choose among equal plans; unknown ones are ignored, as in Spark.
  return Resolve(*hint.input, outer);
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Repartition& repartition,
                                                  const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*repartition.input, outer));
  const Scope scope = Scope::Over(*input, outer);
  ResolvedRepartition node;
  node.input = input;
  node.partitions = repartition.partitions;
  node.by_range = repartition.by_range;
  node.is_coalesce = !repartition.shuffle;
  for (const auto& expression : repartition.expressions) {
    const bool is_order = std::holds_alternative<SortOrder>(expression->node);
    if (is_order || repartition.by_range) {
      node.by_range = true;
      ASSIGN_OR_RETURN(auto order, ResolveSortOrder(*expression, scope));
      node.range_order.push_back(std::move(order));
      continue;
    }
    ASSIGN_OR_RETURN(auto resolved, ResolveExpression(*expression, scope));
    node.expressions.push_back(std::move(resolved));
  }
  return Over(*input, std::move(node));
}

}  // namespace ember
