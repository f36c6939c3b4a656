#pragma once

#include <ember/join_type.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "plan/expression.h"

namespace ember {

/// Options compare case-insensitively in Spark: keys are kept lower-case here.
using Options = std::map<std::string, std::string>;
void SetOption(Options& options, std::string key, std::string value);

/// spark.read.format(…).schema(…).options(…).load(paths).
struct ReadFiles {
  std::string format;  // parquet csv json text
  std::vector<std::string> paths;
  Options options;
  std::optional<Schema> schema;
};
/// spark.table / a name in FROM.
struct ReadTable {
  std::vector<std::string> name;
  Options options;
};
/// A SQL query text inside a plan (spark.sql in Connect).
struct SqlQuery {
  std::string text;
  std::map<std::string, ExpressionPtr> named_arguments;
  std::vector<ExpressionPtr> positional_arguments;
};
/// Rows sent by a client: one Arrow IPC stream. Without data: no rows of `schema`.
struct LocalRelation {
  std::shared_ptr<const std::string> arrow_ipc;  // null for none
  std::optional<Schema> schema;
};
/// A local relation whose bytes were sent ahead as artifact `cache/<hash>`.
struct CachedLocalRelation {
  std::string hash;
};
/// VALUES rows; `names` are col1, col2, … unless aliased.
struct InlineTable {
  std::vector<std::vector<ExpressionPtr>> rows;
  std::vector<std::string> names;
};
/// One row without columns: SELECT without FROM.
struct OneRow {};
struct Project {
  RelationPtr input;
  std::vector<ExpressionPtr> expressions;
};
struct Filter {
  RelationPtr input;
  ExpressionPtr condition;
};
/// SQL HAVING above an Aggregate: its condition may use aggregates and grouping columns.
struct Having {
  RelationPtr input;
  ExpressionPtr condition;
};
struct Join {
  RelationPtr left;
  RelationPtr right;
  JoinType type = JoinType::kInner;
  ExpressionPtr condition;  // null for none
  std::vector<std::string> using_columns;
  bool is_natural = false;
  bool is_lateral = false;
};
enum class SetOperationKind { kUnion, kIntersect, kExcept };
struct SetOperation {
  RelationPtr left;
  RelationPtr right;
  SetOperationKind kind = SetOperationKind::kUnion;
  bool is_all = false;
  bool by_name = false;
  bool allow_missing_columns = false;
};
struct Sort {
  RelationPtr input;
  std::vector<ExpressionPtr> order;  // SortOrder expressions
  bool is_global = true;             // false: sortWithinPartitions
};
struct Limit {
  RelationPtr input;
  ExpressionPtr count;
};
struct Offset {
  RelationPtr input;
  ExpressionPtr count;
};
struct Tail {
  RelationPtr input;
  int64_t count = 0;
};
enum class GroupType { kGroupBy, kRollup, kCube, kGroupingSets, kPivot };
struct Aggregate {
  RelationPtr input;
  GroupType type = GroupType::kGroupBy;
  std::vector<ExpressionPtr> grouping;
  std::vector<ExpressionPtr> aggregates;
  std::vector<std::vector<ExpressionPtr>> grouping_sets;
  ExpressionPtr pivot_column;
  std::vector<ExpressionPtr> pivot_values;  // empty: distinct values of the column
  /// DataFrame: the grouping columns precede `aggregates` in the output. SQL: the select list is
  /// all there is, and GROUP BY may name ordinals and select aliases (GROUP BY ALL is one column
  /// called ALL). SQL PIVOT: all columns that neither the pivot column nor the aggregates use are
  /// grouped by; a pivot value may be an Alias; pivoting by several columns is by a struct of them.
  bool is_sql = false;
};
struct Sample {
  RelationPtr input;
  double lower_bound = 0;
  double upper_bound = 1;
  bool with_replacement = false;
  int64_t seed = 0;
  /// randomSplit: rows are put in an order first, so that the parts are disjoint.
  bool deterministic_order = false;
};
struct Deduplicate {
  RelationPtr input;
  std::vector<std::string> columns;  // empty: all
};
struct Range {
  int64_t start = 0;
  int64_t end = 0;
  int64_t step = 1;
};
/// `input AS alias(columns…)`.
struct SubqueryAlias {
  RelationPtr input;
  std::string alias;
  std::vector<std::string> qualifier;
  std::vector<std::string> columns;
};
struct Repartition {
  RelationPtr input;
  std::optional<int> partitions;
  bool shuffle = true;  // false: coalesce
  bool by_range = false;
  std::vector<ExpressionPtr> expressions;
};
struct WithColumns {
  RelationPtr input;
  std::vector<ExpressionPtr> columns;  // Alias expressions
};
struct WithColumnsRenamed {
  RelationPtr input;
  std::vector<std::pair<std::string, std::string>> renames;
};
struct DropColumns {
  RelationPtr input;
  std::vector<ExpressionPtr> columns;
  std::vector<std::string> names;
};
struct ToDataFrame {
  RelationPtr input;
  std::vector<std::string> names;
};
/// DataFrame.to(schema).
struct ToSchema {
  RelationPtr input;
  Schema schema;
};
struct Hint {
  RelationPtr input;
  std::string name;
  std::vector<ExpressionPtr> parameters;
};
struct Unpivot {
  RelationPtr input;
  std::vector<ExpressionPtr> ids;
  std::optional<std::vector<ExpressionPtr>> values;  // none: all columns that are not ids
  std::string variable_column;
  std::string value_column;
  bool include_nulls = true;
  /// SQL UNPIVOT: the ids are all columns that are not among `values`; a value that is an Alias has
  /// that name in the variable column.
  bool is_sql = false;
  /// SQL with several values a row: their names; `value_column` is empty, and each of `values` is
  /// an internal call of struct with as many columns.
  std::vector<std::string> value_columns;
};
struct FillNa {
  RelationPtr input;
  std::vector<std::string> columns;
  std::vector<Literal> values;  // one for all columns, or one a column
};
struct DropNa {
  RelationPtr input;
  std::vector<std::string> columns;
  std::optional<int> min_non_nulls;
};
struct ReplaceValues {
  RelationPtr input;
  std::vector<std::string> columns;
  std::vector<std::pair<Literal, Literal>> replacements;
};
struct Describe {
  RelationPtr input;
  std::vector<std::string> columns;
};
struct Summary {
  RelationPtr input;
  std::vector<std::string> statistics;
};
struct Crosstab {
  RelationPtr input;
  std::string column1;
  std::string column2;
};
struct ColumnStatistic {  // df.stat.cov / corr
  RelationPtr input;
  std::string function;  // cov corr
  std::string column1;
  std::string column2;
};
struct ApproxQuantile {
  RelationPtr input;
  std::vector<std::string> columns;
  std::vector<double> probabilities;
  double relative_error = 0;
};
struct FreqItems {
  RelationPtr input;
  std::vector<std::string> columns;
  double support = 0.01;
};
/// df.observe: the rows of `input`; the metrics go to the client beside them.
struct CollectMetrics {
  RelationPtr input;
  std::string name;
  std::vector<ExpressionPtr> metrics;
};
/// df.transpose: the index column's values name the new columns.
struct Transpose {
  RelationPtr input;
  std::vector<ExpressionPtr> index_columns;  // empty: the first column
};
/// The text of df.show() as one row, one column.
struct ShowString {
  RelationPtr input;
  int rows = 20;
  int truncate = 20;
  bool vertical = false;
  bool html = false;
};
/// LATERAL VIEW [OUTER] generator(…) alias AS columns.
struct Generate {
  RelationPtr input;
  ExpressionPtr generator;
  bool is_outer = false;
  std::string alias;
  std::vector<std::string> columns;
};
/// A table-valued function in FROM: range(…), explode(…).
struct TableFunction {
  std::string name;
  std::vector<ExpressionPtr> arguments;
};
struct CommonTable {
  std::string name;
  std::vector<std::string> columns;
  RelationPtr plan;
};
struct WithTables {
  std::vector<CommonTable> tables;
  RelationPtr input;
};
/// Spark Connect's WithRelations: subqueries refer to `references` by plan id.
struct WithReferences {
  RelationPtr input;
  std::vector<RelationPtr> references;
};
/// The result of a catalog call or a command that lists things; resolved by the session.
struct CatalogQuery {
  std::string operation;  // "listTables", "currentDatabase", …: spark.catalog's names
  std::map<std::string, std::string> arguments;
};
/// Rows known when the plan is made (results of commands), as values.
struct ValuesRelation {
  Schema schema;
  std::vector<std::vector<Value>> rows;
};

using RelationNode =
    std::variant<ReadFiles, ReadTable, SqlQuery, LocalRelation, CachedLocalRelation, InlineTable,
                 OneRow, Project, Filter, Having, Join, SetOperation, Sort, Limit, Offset, Tail,
                 Aggregate, Sample, Deduplicate, Range, SubqueryAlias, Repartition, WithColumns,
                 WithColumnsRenamed, DropColumns, ToDataFrame, ToSchema, Hint, Unpivot, FillNa,
                 DropNa, ReplaceValues, Describe, Summary, Crosstab, ColumnStatistic,
                 ApproxQuantile, FreqItems, CollectMetrics, Transpose, ShowString, Generate,
                 TableFunction, WithTables, WithReferences, CatalogQuery, ValuesRelation>;

/// An immutable relation tree node.
struct Relation {
  RelationNode node;
  std::optional<int64_t> plan_id;
};

RelationPtr MakeRelation(RelationNode node, std::optional<int64_t> plan_id = std::nullopt);

}  // namespace ember
