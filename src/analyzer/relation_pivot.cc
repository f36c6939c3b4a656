#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/constant_folding.h"
#include "analyzer/name_matching.h"
#include "analyzer/pretty_names.h"

namespace ember {
namespace {

struct PivotValue {
  ResolvedExpressionPtr value;
  std::string name;
};

}  // namespace

// ResolvePivot. Spark aggregates by groups and pivot column first and then takes each value's row:
// a value that does not occur in a group gives null, also for count.
Result<ResolvedRelationPtr> Analysis::ResolvePivot(const Aggregate& aggregate,
                                                   ResolvedRelationPtr input, const Scope* outer) {
  const Scope scope = Scope::Over(*input, outer);
  ASSIGN_OR_RETURN(auto column, ResolveExpression(*aggregate.pivot_column, scope));
  if (!AcceptsType(TypeClass::kOrderable, column->type)) {
    return MakeError("INCOMPARABLE_PIVOT_COLUMN", {{"columnName", QuoteName({column->pretty})}});
  }
  ASSIGN_OR_RETURN(auto items, ResolveSelectList(aggregate.aggregates, scope));
  for (const auto& item : items) {
    if (ContainsAggregate(*item.named.expression)) continue;
    return MakeError("_LEGACY_ERROR_TEMP_1006",
                     {{"sql", QualifiedSql(*item.named.expression, *input)}});
  }
  std::vector<NamedExpression> grouping;
  if (aggregate.is_sql && aggregate.grouping.empty()) {
    std::set<int64_t> used = ReferencedIds(*column);
    for (const auto& item : items) used.merge(ReferencedIds(*item.named.expression));
    for (const auto& c : input->columns) {
      if (!used.contains(c.id)) grouping.push_back(PassThrough(c));
    }
  } else {
    ASSIGN_OR_RETURN(grouping, ResolveGrouping(aggregate.grouping, scope, {}));
  }
  std::vector<PivotValue> values;
  if (aggregate.pivot_values.empty()) {
    ASSIGN_OR_RETURN(auto found, CollectPivotValues(input, column));
    for (auto& cell : found) {
      auto value = MakeResolved(Literal{column->type, cell}, column->type, cell.is_null(), "");
      std::string name = cell.is_null() ? "null" : PivotName(*value);
      values.push_back({std::move(value), std::move(name)});
    }
  }
  for (const auto& source : aggregate.pivot_values) {
    ASSIGN_OR_RETURN(auto list, ResolveSelectList({source}, scope));
    auto value = list[0].named.expression;
    if (!FoldConstant(*value)) {
      return MakeError("NON_LITERAL_PIVOT_VALUES",
                       {{"expression", QuoteExpression(value->pretty)}});
    }
    if (!CanCast(value->type, column->type, SessionCast())) {
      return MakeError("PIVOT_VALUE_DATA_TYPE_MISMATCH",
                       {{"value", value->pretty},
                        {"valueType", SimpleString(value->type)},
                        {"pivotType", SimpleString(column->type)}});
    }
    std::string name = list[0].has_alias ? list[0].named.column.name : PivotName(*value);
    values.push_back({ImplicitCastTo(value, column->type, SessionCast()), std::move(name)});
  }
  std::vector<SelectItem> output;
  for (const auto& group : grouping) output.push_back({.named = group});
  for (const auto& value : values) {
    ASSIGN_OR_RETURN(auto match, MakeCall("<=>", {column, value.value}));
    ASSIGN_OR_RETURN(auto present, PivotPresence(match));
    for (const auto& item : items) {
      auto filtered = Rewrite(
          item.named.expression, [&](const ResolvedExpressionPtr& part) -> ResolvedExpressionPtr {
            if (!IsAggregateCall(*part)) return nullptr;
            ResolvedCall call = std::get<ResolvedCall>(part->node);
            if (call.filter) {
              auto both = MakeCall("and", {call.filter, match});
              if (both.ok()) call.filter = *both;
            } else {
              call.filter = match;
            }
            return MakeResolved(std::move(call), part->type, part->nullable, part->pretty);
          });
      auto null = MakeResolved(Literal{filtered->type, {}}, filtered->type, true, "NULL");
      ASSIGN_OR_RETURN(auto guarded, MakeCall("if", {present, filtered, std::move(null)}));
      const std::string& alias = item.named.column.name;
      SelectItem out;
      out.named =
          Named(std::move(guarded), items.size() == 1 ? value.name : value.name + "_" + alias);
      out.named.column.nullable = true;
      output.push_back(std::move(out));
    }
  }
  return AggregateItems(std::move(input), std::move(grouping), std::move(output));
}

// count(1) FILTER (match) > 0.
Result<ResolvedExpressionPtr> Analysis::PivotPresence(const ResolvedExpressionPtr& match) {
  const FunctionRow* count = FindFunction("count");
  if (count == nullptr) return Unsupported("pivot without the function count");
  ResolvedCall call;
  call.function = count;
  call.arguments = {ResolvedLiteral({IntegerType(), {int64_t{1}}})};
  call.filter = match;
  ASSIGN_OR_RETURN(auto counted, FinishCall(std::move(call)));
  return MakeCall(">", {std::move(counted), ResolvedLiteral({LongType(), {int64_t{0}}})});
}

// The value as text (Cast to string), for structs too.
std::string Analysis::PivotName(const ResolvedExpression& value) const {
  const auto constant = FoldConstant(value);
  if (!constant) return value.pretty;
  const auto text = [&](const auto& self, const DataType& type, const Value& cell) -> std::string {
    if (cell.is_null()) return "null";
    if (type.Is(TypeKind::kStruct)) {
      std::string out;
      const auto& cells = std::get<std::vector<Value>>(cell.data);
      for (size_t i = 0; i < cells.size(); ++i) {
        out += (i > 0 ? ", " : "") + self(self, type.fields()[i].type, cells[i]);
      }
      return "{" + out + "}";
    }
    std::string pretty = PrettyLiteral({type, cell}, options_.zone);
    // DATE '2024-01-01' and its like: the text between the quotes.
    const size_t open = pretty.find('\'');
    if (type.IsDatetime() && open != std::string::npos) {
      return pretty.substr(open + 1, pretty.size() - open - 2);
    }
    return pretty;
  };
  return text(text, value.type, *constant);
}

// RelationalGroupedDataset.collectPivotValues: distinct values in order, at most pivot_max_values.
Result<std::vector<Value>> Analysis::CollectPivotValues(const ResolvedRelationPtr& input,
                                                        const ResolvedExpressionPtr& column) {
  NamedExpression named = Named(column, column->pretty);
  const ResolvedColumn out = named.column;
  auto projected = MakeProject(input, {std::move(named)});
  auto distinct = Over(*projected, ResolvedDeduplicate{projected, {Reference(out)}});
  auto limited =
      Over(*distinct, ResolvedLimit{distinct, int64_t{options_.pivot_max_values} + 1, 0});
  ResolvedSortOrder order;
  order.expression = Reference(out);
  auto sorted = Over(*limited, ResolvedSort{limited, {order}, true});
  ASSIGN_OR_RETURN(const auto rows, catalog_.Collect(*sorted));
  if (rows.size() > static_cast<size_t>(options_.pivot_max_values)) {
    return MakeError("_LEGACY_ERROR_TEMP_1324",
                     {{"pivotColumn", column->pretty},
                      {"maxValues", std::to_string(options_.pivot_max_values)},
                      {"config", "spark.sql.pivotMaxValues"}});
  }
  std::vector<Value> values;
  for (const auto& row : rows) values.push_back(row[0]);
  return values;
}

}  // namespace ember
