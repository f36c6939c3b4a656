#pragma once

#include <ember/session.h>

#include <string>
#include <vector>

#include "base/result.h"

namespace ember {

/// A column that both sides have, and how its cells compare.
struct ComparedColumn {
  std::string name;          // as side A writes it
  std::string name_b;        // as side B does: case may differ
  DataType type;             // A's
  bool is_same_type = true;  // else cells compare as text
  bool is_key = false;
  bool is_tolerant = false;  // a fractional number, compared with a tolerance
};

/// Plans over two outputs whose columns are c0, c1, … in one order: keys first as callers give
/// them. Everything is computed in the engine; nothing but counts and samples leaves it.
class RowPlans {
 public:
  RowPlans(const DataFrame& a, const DataFrame& b, std::vector<ComparedColumn> columns,
           double tolerance);

  /// For each of 65,536 parts by the hash of the rows (of the key, where there is one): bucket,
  /// rows_a, rows_b and three sums that are 0 when the part has the same rows on both sides.
  DataFrame Buckets() const;
  /// Looks at rows of these parts only from now on.
  void Keep(const std::vector<int64_t>& buckets);

  /// Whole rows, c0 … and `rows`: how many more A has (negative: B).
  DataFrame UnequalRows() const;

  /// One row: keys that occur more than once in A, and in B.
  DataFrame RepeatedKeys() const;
  /// Rows of equal keys are matched in the order of their other cells from now on.
  void NumberRepeatedKeys() { has_ordinal_ = true; }
  /// Rows matched by key: a0 …, b0 …, `status` 'a' (only there), 'b' or 'c' (changed), d0 … whether
  /// a cell differs. Without equal rows.
  DataFrame MatchedRows() const;

  const std::vector<ComparedColumn>& columns() const { return columns_; }

 private:
  DataFrame Filtered(const DataFrame& side) const;
  DataFrame Side(const DataFrame& side, char prefix) const;
  DataFrame Both() const;
  std::string HashOf(bool is_key_only) const;
  std::string BucketExpression() const;
  std::string DiffersExpression(size_t column) const;
  bool has_key() const;

  DataFrame a_;
  DataFrame b_;
  std::vector<ComparedColumn> columns_;
  double tolerance_;
  std::vector<int64_t> kept_;
  bool has_ordinal_ = false;
};

}  // namespace ember
