#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "functions/registry.h"
#include "plan/command.h"
#include "plan/expression.h"
#include "plan/relation.h"
#include "types/coercion.h"

namespace ember {

/// A column of a resolved plan: `id` is unique in the plan and stays with the column, `name` is for
/// display and may repeat.
struct ResolvedColumn {
  int64_t id = 0;
  std::string name;
  DataType type;
  bool nullable = true;
  std::string metadata;
  std::vector<std::string>
      qualifier;  // parts of the relation's name: t, or spark_catalog default t
};

struct ResolvedExpression;
struct ResolvedRelation;
using ResolvedExpressionPtr = std::shared_ptr<const ResolvedExpression>;
using ResolvedRelationPtr = std::shared_ptr<const ResolvedRelation>;

struct ColumnReference {
  int64_t id = 0;
  std::string name;
  bool is_outer = false;  // a column of an enclosing query
};
struct ResolvedSortOrder {
  ResolvedExpressionPtr expression;
  SortDirection direction = SortDirection::kAscending;
  bool nulls_first = true;
};
/// A scalar, aggregate or window call of a registry row; arguments are already converted.
struct ResolvedCall {
  const FunctionRow* function = nullptr;
  std::vector<ResolvedExpressionPtr> arguments;
  bool is_distinct = false;
  bool ignore_nulls = false;
  bool is_try = false;
  ResolvedExpressionPtr filter;
  std::vector<ResolvedSortOrder> order;  // within group
};
struct ResolvedCast {
  ResolvedExpressionPtr child;
  CastMode mode = CastMode::kAnsi;
};
struct ResolvedBound {
  BoundType type = BoundType::kCurrentRow;
  ResolvedExpressionPtr value;  // constant, signed as in FrameBound
};
struct ResolvedWindow {
  ResolvedExpressionPtr call;
  std::vector<ResolvedExpressionPtr> partition_by;
  std::vector<ResolvedSortOrder> order_by;
  FrameType frame_type = FrameType::kRange;
  ResolvedBound lower;
  ResolvedBound upper;
  bool has_frame = false;  // false: ranking functions and the like, which take none
};
/// x -> body; parameters are columns of their own ids.
struct ResolvedLambda {
  std::vector<ResolvedColumn> parameters;
  ResolvedExpressionPtr body;
};
/// A field of a struct by its position; of an array of structs: the array of that field.
struct ResolvedFieldAccess {
  ResolvedExpressionPtr child;
  int ordinal = 0;
};
struct ResolvedSubquery {
  SubqueryKind kind = SubqueryKind::kScalar;
  ResolvedRelationPtr plan;
  std::vector<ResolvedExpressionPtr> in_values;
};

using ResolvedExpressionNode =
    std::variant<Literal, ColumnReference, ResolvedCall, ResolvedCast, ResolvedWindow,
                 ResolvedLambda, ResolvedFieldAccess, ResolvedSubquery>;

struct ResolvedExpression {
  ResolvedExpressionNode node;
  DataType type;
  bool nullable = true;
  std::string pretty;  // Spark's text of the expression: column names and error parameters
};

/// expression AS column: what Project and Aggregate compute. A plain reference keeps its id.
struct NamedExpression {
  ResolvedColumn column;
  ResolvedExpressionPtr expression;
};

/// Files of one read, listed and typed; `handle` is the source's own (duckdb/ knows what to do with
/// it).
struct SourceHandle {
  virtual ~SourceHandle() = default;
};

struct ResolvedScan {
  std::shared_ptr<const SourceHandle> source;
  std::string description;  // for explain: "parquet [/path]"
};
struct ResolvedLocal {
  std::shared_ptr<const std::string> arrow_ipc;  // null: no rows
};
struct ResolvedValues {
  std::vector<std::vector<ResolvedExpressionPtr>> rows;
};
struct ResolvedRange {
  int64_t start = 0;
  int64_t end = 0;
  int64_t step = 1;
};
struct ResolvedOneRow {};
struct ResolvedProject {
  ResolvedRelationPtr input;
  std::vector<NamedExpression> expressions;
};
struct ResolvedFilter {
  ResolvedRelationPtr input;
  ResolvedExpressionPtr condition;
};
struct ResolvedJoin {
  ResolvedRelationPtr left;
  ResolvedRelationPtr right;
  JoinType type = JoinType::kInner;
  ResolvedExpressionPtr condition;
  bool is_lateral = false;
};
/// Columns pair by position; types are already equal.
struct ResolvedSetOperation {
  ResolvedRelationPtr left;
  ResolvedRelationPtr right;
  SetOperationKind kind = SetOperationKind::kUnion;
  bool is_all = false;
};
struct ResolvedSort {
  ResolvedRelationPtr input;
  std::vector<ResolvedSortOrder> order;
  bool is_global = true;
};
struct ResolvedLimit {
  ResolvedRelationPtr input;
  std::optional<int64_t> limit;
  int64_t offset = 0;
};
struct ResolvedTail {
  ResolvedRelationPtr input;
  int64_t count = 0;
};
/// Output: `aggregates`, nothing else. They hold aggregate calls and references to the columns of
/// `grouping` (by id); a grouping column that is output is a plain reference among them.
/// Grouping sets: each set holds indexes into `grouping`; empty means the plain set of all of them.
/// When `grouping_id_column` is not 0, `aggregates` may reference it: a bigint, bit i from the
/// right set when grouping expression n-1-i is not in the current set.
struct ResolvedAggregate {
  ResolvedRelationPtr input;
  std::vector<NamedExpression> grouping;
  std::vector<NamedExpression> aggregates;
  std::vector<std::vector<int>> grouping_sets;
  int64_t grouping_id_column = 0;
};
/// One row per distinct value of `keys` (the first in input order); all columns are kept.
struct ResolvedDeduplicate {
  ResolvedRelationPtr input;
  std::vector<ResolvedExpressionPtr> keys;
};
struct ResolvedSample {
  ResolvedRelationPtr input;
  double lower_bound = 0;
  double upper_bound = 1;
  bool with_replacement = false;
  int64_t seed = 0;
};
/// Input columns, then the generator's columns.
struct ResolvedGenerate {
  ResolvedRelationPtr input;
  ResolvedExpressionPtr generator;  // a call of a kGenerator row
  bool is_outer = false;
  std::vector<ResolvedColumn> generated;
};
/// Each input row once per row of `projections` (unpivot, rollup by hand); output ids are
/// `columns`.
struct ResolvedExpand {
  ResolvedRelationPtr input;
  std::vector<std::vector<ResolvedExpressionPtr>> projections;
  std::vector<ResolvedColumn> columns;
};
/// Only the number (and order) of files when the result is written depends on it.
struct ResolvedRepartition {
  ResolvedRelationPtr input;
  std::optional<int> partitions;
  bool by_range = false;
  bool is_coalesce = false;
  std::vector<ResolvedExpressionPtr> expressions;
  std::vector<ResolvedSortOrder> range_order;
};
/// A plan that was persisted: the session decides where its rows are. Columns of `input` keep their
/// ids.
struct ResolvedCached {
  ResolvedRelationPtr input;
  uint64_t key = 0;
};
struct ResolvedShowString {
  ResolvedRelationPtr input;
  int rows = 20;
  int truncate = 20;
  bool vertical = false;
  bool html = false;
};

using ResolvedRelationNode =
    std::variant<ResolvedScan, ResolvedLocal, ResolvedValues, ResolvedRange, ResolvedOneRow,
                 ResolvedProject, ResolvedFilter, ResolvedJoin, ResolvedSetOperation, ResolvedSort,
                 ResolvedLimit, ResolvedTail, ResolvedAggregate, ResolvedDeduplicate,
                 ResolvedSample, ResolvedGenerate, ResolvedExpand, ResolvedRepartition,
                 ResolvedCached, ResolvedShowString>;

/// A relation whose columns are known. The engine needs `node` and `columns`; the rest is the
/// analyzer's.
struct ResolvedRelation {
  ResolvedRelationNode node;
  std::vector<ResolvedColumn> columns;
  /// Plan ids of the unresolved relations that this one stands for.
  std::vector<int64_t> plan_ids;
  /// Columns of the input that are no output but can be named by qualifier (USING joins).
  std::vector<ResolvedColumn> hidden;
  /// A subquery alias: what is below cannot be named from above.
  bool is_aliased = false;
};

Schema SchemaOf(const ResolvedRelation& relation);

}  // namespace ember
