#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <ember/value.h>

namespace ember {

struct Expression;
class WindowSpec;

/// A column expression, not yet bound to any data: a value, cheap to copy. Building one never
/// fails; what is wrong with it comes back from the action that runs it.
///
///     using namespace ember::functions;
///     Column change = (col("close_price") / lag(col("close_price"), 1).Over(by_ticker) -
///     lit(1)).Alias("change");
///
/// Operators follow Spark's SQL: null operands give null, `==` is SQL equality (EqNullSafe is
/// `<=>`).
class Column {
 public:
  /// By name, as col(name): dots separate struct fields, backticks quote.
  Column(std::string_view name);    // NOLINT: implicit by design, as in Spark
  Column(const char* name);         // NOLINT
  Column(const std::string& name);  // NOLINT
  explicit Column(std::shared_ptr<const Expression> expression);

  Column Alias(std::string_view name) const;
  Column Cast(const DataType& type) const;
  /// `type` as DDL, for example "decimal(10,2)"; text that is no type fails when the column is
  /// used.
  Column Cast(std::string_view type) const;
  Column Asc() const;
  Column Desc() const;
  Column AscNullsLast() const;
  Column DescNullsFirst() const;
  Column IsNull() const;
  Column IsNotNull() const;
  Column EqNullSafe(const Column& other) const;
  Column IsIn(std::vector<Column> values) const;
  Column Between(const Column& low, const Column& high) const;
  Column Like(std::string_view pattern) const;
  Column RLike(std::string_view pattern) const;
  /// A struct field, array element (0-based) or map value.
  Column GetItem(const Column& key) const;
  /// This window or aggregate function over `window`.
  Column Over(const WindowSpec& window) const;
  /// Within a when() chain.
  Column When(const Column& condition, const Column& value) const;
  Column Otherwise(const Column& value) const;

  const std::shared_ptr<const Expression>& expression() const { return expression_; }

 private:
  std::shared_ptr<const Expression> expression_;
};

Column operator+(const Column& a, const Column& b);
Column operator-(const Column& a, const Column& b);
Column operator*(const Column& a, const Column& b);
Column operator/(const Column& a, const Column& b);
Column operator%(const Column& a, const Column& b);
Column operator-(const Column& a);
Column operator==(const Column& a, const Column& b);
Column operator!=(const Column& a, const Column& b);
Column operator<(const Column& a, const Column& b);
Column operator<=(const Column& a, const Column& b);
Column operator>(const Column& a, const Column& b);
Column operator>=(const Column& a, const Column& b);
Column operator&&(const Column& a, const Column& b);
Column operator||(const Column& a, const Column& b);
Column operator!(const Column& a);

/// PARTITION BY … ORDER BY … frame of a window function.
///
///     WindowSpec last_20 = WindowSpec().PartitionBy({"ticker"}).OrderBy({"date"}).RowsBetween(-19,
///     0);
class WindowSpec {
 public:
  static constexpr int64_t kUnboundedPreceding = INT64_MIN;
  static constexpr int64_t kUnboundedFollowing = INT64_MAX;
  static constexpr int64_t kCurrentRow = 0;

  WindowSpec PartitionBy(std::vector<Column> columns) const;
  WindowSpec OrderBy(std::vector<Column> columns) const;
  /// Rows before (negative) and after (positive) the current one.
  WindowSpec RowsBetween(int64_t start, int64_t end) const;
  /// Values of the one order column, in its unit, relative to the current row's.
  WindowSpec RangeBetween(int64_t start, int64_t end) const;

 private:
  friend class Column;
  struct Frame {
    bool is_rows = true;
    int64_t start = kUnboundedPreceding;
    int64_t end = kCurrentRow;
  };
  std::vector<Column> partition_by_;
  std::vector<Column> order_by_;
  std::vector<Frame> frame_;  // none or one
};

}  // namespace ember
