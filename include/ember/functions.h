#pragma once

#include <string_view>
#include <vector>

#include <ember/column.h>

/// Spark's functions, under Spark's names. What is not listed is reached by call("name", {…}) or
/// expr("…").
///
///     using namespace ember::functions;
///     Column average = avg("close_price").Alias("avg_price");
namespace ember::functions {

Column col(std::string_view name);
Column lit(int value);
Column lit(int64_t value);
Column lit(double value);
Column lit(const char* value);
Column lit(std::string_view value);
/// A SQL boolean.
Column lit(bool value);  // NOLINT
/// NULL of type VOID.
Column null();
/// `*`.
Column star();
/// SQL text of one expression.
Column expr(std::string_view sql);
/// Any function by Spark's name: UNRESOLVED_ROUTINE when there is none, raised by the action.
Column call(std::string_view name, std::vector<Column> arguments);
/// CASE WHEN condition THEN value; continue with Column::When and Otherwise.
Column when(const Column& condition, const Column& value);

// Aggregates.
Column avg(const Column& column);
Column sum(const Column& column);
Column min(const Column& column);
Column max(const Column& column);
Column count(const Column& column);
Column count_distinct(std::vector<Column> columns);
Column first(const Column& column);
Column last(const Column& column);
Column min_by(const Column& column, const Column& by);
Column max_by(const Column& column, const Column& by);
Column stddev(const Column& column);
Column variance(const Column& column);
Column median(const Column& column);
Column corr(const Column& a, const Column& b);
Column collect_list(const Column& column);
Column collect_set(const Column& column);

// Window functions.
Column row_number();
Column rank();
Column dense_rank();
Column lag(const Column& column, int offset = 1);
Column lead(const Column& column, int offset = 1);

// Scalars.
Column abs(const Column& column);
Column sqrt(const Column& column);
Column log(const Column& column);
Column exp(const Column& column);
Column round(const Column& column, int scale = 0);
Column coalesce(std::vector<Column> columns);
Column concat(std::vector<Column> columns);
Column upper(const Column& column);
Column lower(const Column& column);
Column year(const Column& column);
Column month(const Column& column);
Column to_date(const Column& column);
Column to_timestamp(const Column& column);
Column date_trunc(std::string_view unit, const Column& column);

}  // namespace ember::functions
