#include <ember/functions.h>

#include "plan/expression.h"
#include "plan/relation.h"

namespace ember::functions {
namespace {

Column CallColumns(std::string_view name, const std::vector<Column>& columns) {
  std::vector<ExpressionPtr> arguments;
  arguments.reserve(columns.size());
  for (const Column& column : columns) arguments.push_back(column.expression());
  return Column(Call(std::string(name), std::move(arguments)));
}

}  // namespace

Column col(std::string_view name) { return Column(name); }
Column lit(int value) { return Column(LiteralInteger(value)); }
Column lit(int64_t value) { return Column(LiteralLong(value)); }
Column lit(double value) { return Column(LiteralDouble(value)); }
Column lit(const char* value) { return Column(LiteralString(value)); }
Column lit(std::string_view value) { return Column(LiteralString(std::string(value))); }
Column lit(bool value) { return Column(LiteralBoolean(value)); }
Column null() { return Column(LiteralNull()); }
Column star() { return Column(MakeExpression(UnresolvedStar{})); }
Column expr(std::string_view sql) {
  return Column(MakeExpression(ExpressionString{std::string(sql)}));
}
Column call(std::string_view name, std::vector<Column> arguments) {
  return CallColumns(name, arguments);
}
Column when(const Column& condition, const Column& value) {
  return CallColumns("when", {condition, value});
}

Column avg(const Column& column) { return CallColumns("avg", {column}); }
Column sum(const Column& column) { return CallColumns("sum", {column}); }
Column min(const Column& column) { return CallColumns("min", {column}); }
Column max(const Column& column) { return CallColumns("max", {column}); }
Column count(const Column& column) {
  // count(*) is count(1) in Spark.
  if (std::holds_alternative<UnresolvedStar>(column.expression()->node))
    return CallColumns("count", {lit(1)});
  return CallColumns("count", {column});
}
Column count_distinct(std::vector<Column> columns) {
  UnresolvedFunction function;
  function.name = "count";
  function.is_distinct = true;
  for (const Column& column : columns) function.arguments.push_back(column.expression());
  return Column(MakeExpression(std::move(function)));
}
Column first(const Column& column) { return CallColumns("first", {column}); }
Column last(const Column& column) { return CallColumns("last", {column}); }
Column min_by(const Column& column, const Column& by) {
  return CallColumns("min_by", {column, by});
}
Column max_by(const Column& column, const Column& by) {
  return CallColumns("max_by", {column, by});
}
Column stddev(const Column& column) { return CallColumns("stddev", {column}); }
Column variance(const Column& column) { return CallColumns("variance", {column}); }
Column median(const Column& column) { return CallColumns("median", {column}); }
Column corr(const Column& a, const Column& b) { return CallColumns("corr", {a, b}); }
Column collect_list(const Column& column) { return CallColumns("collect_list", {column}); }
Column collect_set(const Column& column) { return CallColumns("collect_set", {column}); }

Column row_number() { return CallColumns("row_number", {}); }
Column rank() { return CallColumns("rank", {}); }
Column dense_rank() { return CallColumns("dense_rank", {}); }
Column lag(const Column& column, int offset) { return CallColumns("lag", {column, lit(offset)}); }
Column lead(const Column& column, int offset) { return CallColumns("lead", {column, lit(offset)}); }

Column abs(const Column& column) { return CallColumns("abs", {column}); }
Column sqrt(const Column& column) { return CallColumns("sqrt", {column}); }
Column log(const Column& column) { return CallColumns("ln", {column}); }
Column exp(const Column& column) { return CallColumns("exp", {column}); }
Column round(const Column& column, int scale) { return CallColumns("round", {column, lit(scale)}); }
Column coalesce(std::vector<Column> columns) { return CallColumns("coalesce", columns); }
Column concat(std::vector<Column> columns) { return CallColumns("concat", columns); }
Column upper(const Column& column) { return CallColumns("upper", {column}); }
Column lower(const Column& column) { return CallColumns("lower", {column}); }
Column year(const Column& column) { return CallColumns("year", {column}); }
Column month(const Column& column) { return CallColumns("month", {column}); }
Column to_date(const Column& column) { return CallColumns("to_date", {column}); }
Column to_timestamp(const Column& column) { return CallColumns("to_timestamp", {column}); }
Column date_trunc(std::string_view unit, const Column& column) {
  return CallColumns("date_trunc", {lit(unit), column});
}

}  // namespace ember::functions
