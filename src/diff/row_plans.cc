#include "diff/row_plans.h"

#include <ember/functions.h>
#include <fmt/format.h>

#include <algorithm>

namespace ember {
namespace {

using functions::expr;

constexpr int64_t kBuckets = 65536;

// A cell as it can be compared, grouped and sorted: maps as their entries in order, and text where
// the two sides have different types.
std::string Comparable(const ComparedColumn& column, const std::string& name) {
  const std::string quoted = QuoteIdentifier(name);
  if (!column.is_same_type) return fmt::format("CAST({} AS STRING)", quoted);
  if (column.type.Is(TypeKind::kMap)) return fmt::format("sort_array(map_entries({}))", quoted);
  return quoted;
}

bool IsNested(const ComparedColumn& column) {
  return column.is_same_type && !column.type.IsAtomic() && !column.type.Is(TypeKind::kNull);
}

}  // namespace

RowPlans::RowPlans(const DataFrame& a, const DataFrame& b, std::vector<ComparedColumn> columns,
                   double tolerance)
    : a_(a), b_(b), columns_(std::move(columns)), tolerance_(tolerance) {
  std::vector<Column> columns_a;
  std::vector<Column> columns_b;
  for (size_t i = 0; i < columns_.size(); ++i) {
    const std::string alias = fmt::format("c{}", i);
    columns_a.push_back(expr(Comparable(columns_[i], columns_[i].name)).Alias(alias));
    columns_b.push_back(expr(Comparable(columns_[i], columns_[i].name_b)).Alias(alias));
  }
  a_ = a.Select(columns_a);
  b_ = b.Select(columns_b);
}

bool RowPlans::has_key() const {
  return std::any_of(columns_.begin(), columns_.end(), [](const auto& c) { return c.is_key; });
}

// xxhash64 passes over nulls, so they are hashed as flags; nested values as JSON, which keeps their
// parts apart.
std::string RowPlans::HashOf(bool is_key_only) const {  // NOLINT: a value, not a switch
  std::string cells;
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (is_key_only && !columns_[i].is_key) continue;
    const std::string cell = IsNested(columns_[i])
                                 ? fmt::format("to_json(named_struct('v', c{}))", i)
                                 : fmt::format("c{}", i);
    cells += fmt::format("{}{}, c{} IS NULL", cells.empty() ? "" : ", ", cell, i);
  }
  return fmt::format("xxhash64({})", cells);
}

std::string RowPlans::BucketExpression() const {
  return fmt::format("pmod({}, {}L)", HashOf(has_key()), kBuckets);
}

DataFrame RowPlans::Both() const {
  return Filtered(a_)
      .Select({functions::star(), expr("1L").Alias("side")})
      .Union(Filtered(b_).Select({functions::star(), expr("-1L").Alias("side")}));
}

// Halves of the hash, so that sums over 2^31 rows fit a BIGINT.
DataFrame RowPlans::Buckets() const {
  return Both()
      .Select({expr("side"), expr(BucketExpression()).Alias("bucket"),
               expr(HashOf(false)).Alias("hash")})
      .GroupBy({expr("bucket")})
      .Agg({expr("count_if(side > 0)").Alias("rows_a"), expr("count_if(side < 0)").Alias("rows_b"),
            expr("sum(side * (hash & 4294967295L))").Alias("low"),
            expr("sum(side * shiftrightunsigned(hash, 32))").Alias("high")});
}

void RowPlans::Keep(const std::vector<int64_t>& buckets) { kept_ = buckets; }

DataFrame RowPlans::Filtered(const DataFrame& side) const {
  if (kept_.empty()) return side;
  return side.Filter(fmt::format("{} IN ({})", BucketExpression(), fmt::join(kept_, ", ")));
}

DataFrame RowPlans::UnequalRows() const {
  std::vector<Column> cells;
  for (size_t i = 0; i < columns_.size(); ++i) cells.push_back(expr(fmt::format("c{}", i)));
  return Both().GroupBy(cells).Agg({expr("sum(side)").Alias("rows")}).Filter("rows <> 0");
}

DataFrame RowPlans::RepeatedKeys() const {
  std::vector<Column> keys;
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].is_key) keys.push_back(expr(fmt::format("c{}", i)));
  }
  return Both()
      .GroupBy(keys)
      .Agg({expr("count_if(side > 0)").Alias("rows_a"), expr("count_if(side < 0)").Alias("rows_b")})
      .Agg({expr("count_if(rows_a > 1)").Alias("a"), expr("count_if(rows_b > 1)").Alias("b")});
}

// The columns with `prefix` for c, whether there is a row at all, and its number among equal keys.
DataFrame RowPlans::Side(const DataFrame& side, char prefix) const {
  std::vector<Column> out;
  std::string keys;
  std::string others;
  for (size_t i = 0; i < columns_.size(); ++i) {
    const std::string cell = fmt::format("c{}", i);
    out.push_back(expr(cell).Alias(fmt::format("{}{}", prefix, i)));
    std::string& list = columns_[i].is_key ? keys : others;
    list += (list.empty() ? "" : ", ") + cell;
  }
  out.push_back(expr("true").Alias(fmt::format("{}_there", prefix)));
  if (has_ordinal_) {
    out.push_back(
        expr(fmt::format("row_number() OVER ({}{} ORDER BY {})",
                         keys.empty() ? "" : "PARTITION BY ", keys, others.empty() ? keys : others))
            .Alias(fmt::format("{}_number", prefix)));
  }
  return Filtered(side).Select(out);
}

std::string RowPlans::DiffersExpression(size_t column) const {
  const std::string equal = fmt::format("(a{0} <=> b{0})", column);
  if (!columns_[column].is_tolerant) return "NOT " + equal;
  // Infinities are near nothing but themselves, which `<=>` has said.
  return fmt::format(
      "NOT ({1} OR coalesce(abs(CAST(a{0} AS DOUBLE) - CAST(b{0} AS DOUBLE)) < double('Infinity') "
      "AND abs(CAST(a{0} AS DOUBLE) - CAST(b{0} AS DOUBLE)) <= {2}D * greatest(1D, abs(CAST(a{0} "
      "AS DOUBLE)), abs(CAST(b{0} AS DOUBLE))), false))",
      column, equal, tolerance_);
}

DataFrame RowPlans::MatchedRows() const {
  std::string condition = has_ordinal_ ? "a_number <=> b_number" : "";
  std::vector<Column> flags{functions::star()};
  std::string changed = "false";
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].is_key) {
      condition += fmt::format("{0}a{1} <=> b{1}", condition.empty() ? "" : " AND ", i);
      continue;
    }
    flags.push_back(expr(fmt::format("a_there <=> b_there AND {}", DiffersExpression(i)))
                        .Alias(fmt::format("d{}", i)));
    changed += fmt::format(" OR d{}", i);
  }
  return Side(a_, 'a')
      .Join(Side(b_, 'b'), expr(condition), JoinType::kFullOuter)
      .Select(flags)
      .WithColumn("status", expr(fmt::format("CASE WHEN b_there IS NULL THEN 'a' WHEN a_there IS "
                                             "NULL THEN 'b' WHEN {} THEN 'c' END",
                                             changed)))
      .Filter("status IS NOT NULL");
}

}  // namespace ember
