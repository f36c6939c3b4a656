#include <ember/column.h>

#include "plan/attribute_name.h"
#include "plan/expression.h"
#include "plan/relation.h"

namespace ember {
namespace {

// A name that does not split is kept whole: the analyzer then says what is wrong with it.
ExpressionPtr NamedColumn(std::string_view name) {
  if (name == "*") return MakeExpression(UnresolvedStar{});
  auto parts = SplitAttributeName(name);
  return Attribute(parts.ok() ? *std::move(parts) : std::vector<std::string>{std::string(name)});
}

std::vector<ExpressionPtr> Expressions(const std::vector<Column>& columns) {
  std::vector<ExpressionPtr> out;
  out.reserve(columns.size());
  for (const Column& column : columns) out.push_back(column.expression());
  return out;
}

Column Binary(const char* name, const Column& a, const Column& b) {
  return Column(Call(name, {a.expression(), b.expression()}));
}

Column Ordered(const Column& column, SortDirection direction, NullOrder nulls) {
  return Column(MakeExpression(
      SortOrder{.child = column.expression(), .direction = direction, .null_order = nulls}));
}

FrameBound Bound(int64_t value) {
  if (value == WindowSpec::kUnboundedPreceding)
    return {.type = BoundType::kUnboundedPreceding, .value = nullptr};
  if (value == WindowSpec::kUnboundedFollowing)
    return {.type = BoundType::kUnboundedFollowing, .value = nullptr};
  if (value == WindowSpec::kCurrentRow) return {.type = BoundType::kCurrentRow, .value = nullptr};
  const bool fits = value >= INT32_MIN && value <= INT32_MAX;
  return {.type = BoundType::kValue,
          .value = fits ? LiteralInteger(static_cast<int32_t>(value)) : LiteralLong(value)};
}

}  // namespace

Column::Column(std::string_view name) : expression_(NamedColumn(name)) {}
Column::Column(const char* name) : Column(std::string_view(name)) {}
Column::Column(const std::string& name) : Column(std::string_view(name)) {}
Column::Column(std::shared_ptr<const Expression> expression) : expression_(std::move(expression)) {}

Column Column::Alias(std::string_view name) const {
  return Column(As(expression_, std::string(name)));
}

Column Column::Cast(const DataType& type) const {
  return Column(
      MakeExpression(ember::Cast{.child = expression_, .type = type, .mode = EvalMode::kSession}));
}

Column Column::Cast(std::string_view type) const {
  auto parsed = ParseDataType(type);
  if (parsed.ok()) return Cast(*parsed);
  // The SQL parser gives the error when the column is used.
  return Column(MakeExpression(ExpressionString{"CAST(NULL AS " + std::string(type) + ")"}));
}

Column Column::Asc() const { return Ordered(*this, SortDirection::kAscending, NullOrder::kFirst); }
Column Column::Desc() const { return Ordered(*this, SortDirection::kDescending, NullOrder::kLast); }
Column Column::AscNullsLast() const {
  return Ordered(*this, SortDirection::kAscending, NullOrder::kLast);
}
Column Column::DescNullsFirst() const {
  return Ordered(*this, SortDirection::kDescending, NullOrder::kFirst);
}
Column Column::IsNull() const { return Column(Call("isnull", {expression_})); }
Column Column::IsNotNull() const { return Column(Call("isnotnull", {expression_})); }
Column Column::EqNullSafe(const Column& other) const { return Binary("<=>", *this, other); }

Column Column::IsIn(std::vector<Column> values) const {
  values.insert(values.begin(), *this);
  return Column(Call("in", Expressions(values)));
}

Column Column::Between(const Column& low, const Column& high) const {
  return *this >= low && *this <= high;
}

Column Column::Like(std::string_view pattern) const {
  return Column(Call("like", {expression_, LiteralString(std::string(pattern))}));
}

Column Column::RLike(std::string_view pattern) const {
  return Column(Call("rlike", {expression_, LiteralString(std::string(pattern))}));
}

Column Column::GetItem(const Column& key) const {
  return Column(MakeExpression(ExtractValue{.child = expression_, .extraction = key.expression()}));
}

Column Column::Over(const WindowSpec& window) const {
  WindowExpression over;
  over.function = expression_;
  over.partition_by = Expressions(window.partition_by_);
  for (const Column& column : window.order_by_) {
    const bool is_order = std::holds_alternative<SortOrder>(column.expression()->node);
    over.order_by.push_back(is_order ? column.expression() : column.Asc().expression());
  }
  if (!window.frame_.empty()) {
    const WindowSpec::Frame& frame = window.frame_.front();
    over.frame = WindowFrame{.type = frame.is_rows ? FrameType::kRow : FrameType::kRange,
                             .lower = Bound(frame.start),
                             .upper = Bound(frame.end)};
  }
  return Column(MakeExpression(std::move(over)));
}

Column Column::When(const Column& condition, const Column& value) const {
  const auto* call = std::get_if<UnresolvedFunction>(&expression_->node);
  std::vector<ExpressionPtr> arguments;
  if (call != nullptr && call->name == "when") arguments = call->arguments;
  arguments.push_back(condition.expression());
  arguments.push_back(value.expression());
  return Column(Call("when", std::move(arguments)));
}

Column Column::Otherwise(const Column& value) const {
  const auto* call = std::get_if<UnresolvedFunction>(&expression_->node);
  std::vector<ExpressionPtr> arguments;
  if (call != nullptr && call->name == "when") arguments = call->arguments;
  arguments.push_back(value.expression());
  return Column(Call("when", std::move(arguments)));
}

Column operator+(const Column& a, const Column& b) { return Binary("+", a, b); }
Column operator-(const Column& a, const Column& b) { return Binary("-", a, b); }
Column operator*(const Column& a, const Column& b) { return Binary("*", a, b); }
Column operator/(const Column& a, const Column& b) { return Binary("/", a, b); }
Column operator%(const Column& a, const Column& b) { return Binary("%", a, b); }
Column operator-(const Column& a) { return Column(Call("negative", {a.expression()})); }
Column operator==(const Column& a, const Column& b) { return Binary("==", a, b); }
Column operator!=(const Column& a, const Column& b) { return !(a == b); }
Column operator<(const Column& a, const Column& b) { return Binary("<", a, b); }
Column operator<=(const Column& a, const Column& b) { return Binary("<=", a, b); }
Column operator>(const Column& a, const Column& b) { return Binary(">", a, b); }
Column operator>=(const Column& a, const Column& b) { return Binary(">=", a, b); }
Column operator&&(const Column& a, const Column& b) { return Binary("and", a, b); }
Column operator||(const Column& a, const Column& b) { return Binary("or", a, b); }
Column operator!(const Column& a) { return Column(Call("not", {a.expression()})); }

WindowSpec WindowSpec::PartitionBy(std::vector<Column> columns) const {
  WindowSpec spec = *this;
  spec.partition_by_ = std::move(columns);
  return spec;
}
WindowSpec WindowSpec::OrderBy(std::vector<Column> columns) const {
  WindowSpec spec = *this;
  spec.order_by_ = std::move(columns);
  return spec;
}
WindowSpec WindowSpec::RowsBetween(int64_t start, int64_t end) const {
  WindowSpec spec = *this;
  spec.frame_ = {Frame{.is_rows = true, .start = start, .end = end}};
  return spec;
}
WindowSpec WindowSpec::RangeBetween(int64_t start, int64_t end) const {
  WindowSpec spec = *this;
  spec.frame_ = {Frame{.is_rows = false, .start = start, .end = end}};
  return spec;
}

}  // namespace ember
