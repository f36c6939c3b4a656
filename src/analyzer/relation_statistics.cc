#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/name_matching.h"

namespace ember {
namespace {

const std::vector<std::string>& DescribeStatistics() {
  static const std::vector<std::string> names = {"count", "mean", "stddev", "min", "max"};
  return names;
}

const std::vector<std::string>& SummaryStatistics() {
  static const std::vector<std::string> names = {"count", "mean", "stddev", "min",
                                                 "25%",   "50%",  "75%",    "max"};
  return names;
}

ExpressionPtr CastTo(ExpressionPtr child, DataType type, EvalMode mode) {
  return MakeExpression(Cast{.child = std::move(child), .type = std::move(type), .mode = mode});
}

// Strings are averaged as the numbers they hold, if they do.
ExpressionPtr AsDouble(const ResolvedColumn& column, ExpressionPtr child) {
  if (!column.type.IsStringLike()) return child;
  return CastTo(std::move(child), DoubleType(), EvalMode::kTry);
}

ExpressionPtr Named(const ResolvedColumn& column) { return Attribute({column.name}); }

// StatFunctions.summary: one statistic of one column.
Result<ExpressionPtr> Statistic(const std::string& statistic, const ResolvedColumn& column) {
  const auto child = Named(column);
  const std::string name = LowerName(statistic);
  if (name == "count" || name == "min" || name == "max" || name == "approx_count_distinct") {
    return Call(name, {child});
  }
  if (name == "count_distinct") {
    return MakeExpression(
        UnresolvedFunction{.name = "count", .arguments = {child}, .is_distinct = true});
  }
  if (name == "mean") return Call("avg", {AsDouble(column, child)});
  if (name == "stddev") return Call("stddev_samp", {AsDouble(column, child)});
  if (name.ends_with('%')) {
    double percent = 0;
    const char* end = name.data() + name.size() - 1;
    const auto parsed = std::from_chars(name.data(), end, percent);
    if (parsed.ec == std::errc() && parsed.ptr == end && percent >= 0 && percent <= 100) {
      // ApproximatePercentile makes a decimal of its own scale of the double that it found.
      auto value = column.type.Is(TypeKind::kDecimal)
                       ? CastTo(child, DoubleType(), EvalMode::kSession)
                       : AsDouble(column, child);
      return Call("percentile_approx", {std::move(value), LiteralDouble(percent / 100)});
    }
  }
  return MakeError("UNRECOGNIZED_STATISTIC", {{"stats", "'" + statistic + "'"}});
}

bool IsDescribed(const ResolvedColumn& column) {
  return column.type.IsNumeric() || column.type.IsStringLike();
}

Error StatisticRequires(const std::string& what) {
  return MakeError("java.lang.IllegalArgumentException",
                   {{"message", "requirement failed: " + what}});
}

// "string" is StringType in Scala's texts.
std::string ScalaName(const DataType& type) {
  std::string name = SimpleString(type);
  name = name.substr(0, name.find_first_of("<("));
  if (!name.empty()) name[0] = static_cast<char>(std::toupper(name[0]));
  return name + "Type";
}

// null is a value of its own: "null".
ExpressionPtr CrossKey(const std::string& column) {
  const auto child = Attribute({column});
  return Call("when", {Call("isnull", {child}), LiteralString("null"),
                       CastTo(child, StringType(), EvalMode::kSession)});
}

}  // namespace

Result<ResolvedRelationPtr> Analysis::ResolveNode(const Describe& describe, const Scope* outer) {
  RelationPtr input = describe.input;
  if (!describe.columns.empty()) {
    Project project{.input = input, .expressions = {}};
    for (const auto& name : describe.columns) project.expressions.push_back(Attribute({name}));
    input = MakeRelation(std::move(project));
  }
  return ResolveNode(Summary{.input = input, .statistics = DescribeStatistics()}, outer);
}

// One aggregate of all statistics of all columns, then one row per statistic.
Result<ResolvedRelationPtr> Analysis::ResolveNode(const Summary& summary, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*summary.input, outer));
  const auto& names = summary.statistics.empty() ? SummaryStatistics() : summary.statistics;
  std::vector<const ResolvedColumn*> chosen;
  for (const auto& column : input->columns) {
    if (IsDescribed(column)) chosen.push_back(&column);
  }
  std::vector<SelectItem> items;
  ResolvedExpand expand;
  for (const auto& name : names) {
    std::vector<ResolvedExpressionPtr> row = {ResolvedLiteral({StringType(), {name}})};
    for (const auto* column : chosen) {
      const std::vector<ResolvedColumn> only = {*column};
      Scope scope;
      scope.levels = {&only};
      ASSIGN_OR_RETURN(const auto source, Statistic(name, *column));
      ASSIGN_OR_RETURN(auto value, ResolveExpression(*source, scope));
      ASSIGN_OR_RETURN(value, MakeCast(std::move(value), StringType(), SessionCast(), false));
      SelectItem item;
      item.named = Analysis::Named(std::move(value), column->name);
      row.push_back(Reference(item.named.column));
      items.push_back(std::move(item));
    }
    if (chosen.empty()) RETURN_IF_ERROR(CheckStatistic(name));
    expand.projections.push_back(std::move(row));
  }
  expand.columns.push_back(NewColumn("summary", StringType(), true));
  for (const auto* column : chosen) {
    expand.columns.push_back(NewColumn(column->name, StringType(), true));
  }
  if (items.empty()) {
    expand.input = MakeResolvedRelation(ResolvedOneRow{}, {});
  } else {
    ASSIGN_OR_RETURN(expand.input, AggregateItems(std::move(input), {}, std::move(items)));
  }
  auto columns = expand.columns;
  return MakeResolvedRelation(std::move(expand), std::move(columns));
}

Status Analysis::CheckStatistic(const std::string& name) {
  const auto statistic = Statistic(name, NewColumn("", DoubleType(), true));
  if (!statistic.ok()) return statistic.error();
  return {};
}

// CrossTabulate: counts of pairs, one column per value of the second column.
Result<ResolvedRelationPtr> Analysis::ResolveNode(const Crosstab& crosstab, const Scope* outer) {
  Aggregate counts{.input = crosstab.input, .type = GroupType::kPivot};
  counts.grouping = {As(CrossKey(crosstab.column1), crosstab.column1 + "_" + crosstab.column2)};
  counts.pivot_column = CrossKey(crosstab.column2);
  counts.aggregates = {Call("count", {LiteralInteger(1)})};
  return ResolveNode(FillNa{.input = MakeRelation(std::move(counts)),
                            .columns = {},
                            .values = {{LongType(), {int64_t{0}}}}},
                     outer);
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const ColumnStatistic& statistic,
                                                  const Scope* outer) {
  const std::string name = statistic.function == "cov" ? "covar_samp" : "corr";
  // StatFunctions asks for numbers before it computes.
  ASSIGN_OR_RETURN(const auto input, Resolve(*statistic.input, outer));
  ASSIGN_OR_RETURN(const auto columns, FindColumns(*input, {statistic.column1, statistic.column2}));
  for (const auto* column : columns) {
    if (column->type.IsNumeric()) continue;
    return StatisticRequires(fmt::format(
        "Currently {} calculation for columns with dataType {} not supported.",
        statistic.function == "cov" ? "covariance" : "correlation", SimpleString(column->type)));
  }
  Aggregate aggregate{.input = statistic.input};
  aggregate.is_sql = true;
  aggregate.aggregates = {
      As(Call(name, {Attribute({statistic.column1}), Attribute({statistic.column2})}),
         statistic.function)};
  return ResolveNode(aggregate, outer);
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const ApproxQuantile& quantile,
                                                  const Scope* outer) {
  std::vector<ExpressionPtr> probabilities;
  for (const double probability : quantile.probabilities) {
    probabilities.push_back(LiteralDouble(probability));
  }
  constexpr double kExact = 2147483647;
  const double accuracy =
      quantile.relative_error <= 0 ? kExact : std::clamp(1 / quantile.relative_error, 1.0, kExact);
  std::vector<ExpressionPtr> columns;
  ASSIGN_OR_RETURN(const auto input, Resolve(*quantile.input, outer));
  for (const auto& name : quantile.columns) {
    const auto matches = MatchName({name}, input->columns, options_.case_sensitive);
    if (matches.size() == 1 && !matches[0].column->type.IsNumeric()) {
      return StatisticRequires(
          fmt::format("Quantile calculation for column {} with data type {} is not supported.",
                      name, ScalaName(matches[0].column->type)));
    }
    // StatFunctions leaves NaN out, as it does null.
    auto value = Call("nanvl", {CastTo(Attribute({name}), DoubleType(), EvalMode::kSession),
                                CastTo(LiteralNull(), DoubleType(), EvalMode::kSession)});
    auto values = Call("percentile_approx", {std::move(value), Call("array", probabilities),
                                             LiteralInteger(static_cast<int>(accuracy))});
    columns.push_back(CastTo(std::move(values), ArrayType(DoubleType(), true), EvalMode::kSession));
  }
  Aggregate aggregate{.input = quantile.input};
  aggregate.is_sql = true;
  aggregate.aggregates = {As(Call("array", std::move(columns)), "approx_quantile")};
  return ResolveNode(aggregate, outer);
}

Result<ResolvedRelationPtr> Analysis::ResolveNode(const FreqItems&, const Scope*) {
  return Unsupported("freqItems");
}

}  // namespace ember
