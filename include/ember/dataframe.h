#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <ember/column.h>
#include <ember/data_type.h>
#include <ember/join_type.h>
#include <ember/result.h>
#include <ember/value.h>

namespace ember {

struct Relation;
class Session;
class DataFrame;
class DataFrameWriter;

/// A row of a result: one Value per column.
using Row = std::vector<Value>;

/// What a write left behind.
struct WriteSummary {
  int64_t rows = 0;
  int64_t bytes = 0;
  std::vector<std::string> files;
};

/// Groups of rows, waiting for their aggregates.
class GroupedData {
 public:
  DataFrame Agg(std::vector<Column> aggregates) const;
  DataFrame Count() const;
  /// One output column per value (and aggregate) instead of one row; without `values`, Spark's
  /// rule: the distinct values, sorted, found by a query.
  GroupedData Pivot(const Column& column, std::vector<Value> values = {}) const;

 private:
  friend class DataFrame;
  enum class Kind { kGroupBy, kRollup, kCube };
  GroupedData(std::shared_ptr<Session> session, std::shared_ptr<const Relation> input, Kind kind,
              std::vector<Column> grouping);
  std::shared_ptr<Session> session_;
  std::shared_ptr<const Relation> input_;
  Kind kind_;
  std::vector<Column> grouping_;
  std::vector<Column> pivot_;  // none or one
  std::vector<Value> pivot_values_;
};

/// A plan over a session: a value, cheap to copy, lazy. Transformations only build the plan; the
/// actions (Collect, Count, Show, schema, Write) run it and return its errors, which are Spark's.
///
///     auto result = prices.GroupBy({"ticker",
///     "date"}).Agg({avg("close_price").Alias("avg_price")}); Result<std::vector<Row>> rows =
///     result.OrderBy({"date"}).Collect();
class DataFrame {
 public:
  DataFrame(std::shared_ptr<Session> session, std::shared_ptr<const Relation> relation);

  DataFrame Select(std::vector<Column> columns) const;
  DataFrame SelectExpr(const std::vector<std::string>& expressions) const;
  DataFrame Filter(const Column& condition) const;
  /// SQL text of the condition.
  DataFrame Filter(std::string_view condition) const;
  DataFrame Filter(const char* condition) const { return Filter(std::string_view(condition)); }
  DataFrame Filter(const std::string& condition) const {
    return Filter(std::string_view(condition));
  }
  GroupedData GroupBy(std::vector<Column> columns) const;
  GroupedData Rollup(std::vector<Column> columns) const;
  GroupedData Cube(std::vector<Column> columns) const;
  DataFrame Agg(std::vector<Column> aggregates) const;
  DataFrame OrderBy(std::vector<Column> columns) const;
  DataFrame SortWithinPartitions(std::vector<Column> columns) const;
  DataFrame Limit(int count) const;
  DataFrame Offset(int count) const;
  DataFrame Distinct() const;
  /// Keeps one row per distinct value of `columns`; all columns when empty.
  DataFrame DropDuplicates(std::vector<std::string> columns = {}) const;
  DataFrame WithColumn(std::string_view name, const Column& column) const;
  DataFrame WithColumnRenamed(std::string_view from, std::string_view to) const;
  DataFrame Drop(std::vector<std::string> columns) const;
  DataFrame ToDF(std::vector<std::string> names) const;
  DataFrame Alias(std::string_view name) const;
  DataFrame Join(const DataFrame& other, const Column& condition,
                 JoinType type = JoinType::kInner) const;
  /// Equal on columns of the same name, which the result has once.
  DataFrame Join(const DataFrame& other, std::vector<std::string> using_columns,
                 JoinType type = JoinType::kInner) const;
  DataFrame CrossJoin(const DataFrame& other) const;
  DataFrame Union(const DataFrame& other) const;
  DataFrame UnionByName(const DataFrame& other) const;
  DataFrame Intersect(const DataFrame& other) const;
  DataFrame Except(const DataFrame& other) const;
  /// A hint such as "broadcast".
  DataFrame Hint(std::string_view name) const;
  DataFrame Repartition(int partitions) const;
  /// Rows of equal `columns` together; as many partitions as spark.sql.shuffle.partitions says when
  /// no number is given.
  DataFrame Repartition(int partitions, std::vector<Column> columns) const;
  DataFrame Repartition(std::vector<Column> columns) const;
  /// Neighbouring values of `columns` (or sort orders: Col("date").Desc()) together.
  DataFrame RepartitionByRange(int partitions, std::vector<Column> columns) const;
  DataFrame RepartitionByRange(std::vector<Column> columns) const;
  DataFrame Coalesce(int partitions) const;

  /// Keeps the rows in memory (or on disk) at the first use, until Unpersist.
  Status Cache() const;
  /// The same at a level of Spark's: MEMORY_AND_DISK (Cache's), MEMORY_ONLY, DISK_ONLY, …
  /// EMBER_INVALID_INPUT for a name that is none.
  Status Persist(std::string_view level) const;
  Status Unpersist() const;
  Status CreateOrReplaceTempView(std::string_view name) const;

  Result<Schema> schema() const;
  Result<std::vector<std::string>> Columns() const;
  Result<std::vector<Row>> Collect() const;
  Result<int64_t> Count() const;
  /// The table that Spark's show() prints.
  Result<std::string> ShowString(int rows = 20, int truncate = 20) const;
  Result<std::string> Explain() const;
  DataFrameWriter Write() const;

  const std::shared_ptr<const Relation>& relation() const { return relation_; }
  const std::shared_ptr<Session>& session() const { return session_; }

 private:
  std::shared_ptr<Session> session_;
  std::shared_ptr<const Relation> relation_;
};

/// df.Write().Mode("overwrite").PartitionBy({"year"}).Parquet(path).
class DataFrameWriter {
 public:
  /// error (default), append, overwrite, ignore.
  DataFrameWriter& Mode(std::string_view mode);
  DataFrameWriter& Format(std::string_view format);
  DataFrameWriter& Option(std::string_view key, std::string_view value);
  DataFrameWriter& PartitionBy(std::vector<std::string> columns);
  /// Rows in `buckets` files by Spark's hash of `columns`, each sorted as SortBy says. For tables
  /// only: Spark keeps in its catalog what is in which bucket.
  DataFrameWriter& BucketBy(int buckets, std::vector<std::string> columns);
  DataFrameWriter& SortBy(std::vector<std::string> columns);
  /// PATH_ALREADY_EXISTS when the mode is error and there is something at `path`. A failed write
  /// leaves what was there before.
  Result<WriteSummary> Save(std::string_view path);
  Result<WriteSummary> Parquet(std::string_view path);
  Result<WriteSummary> Csv(std::string_view path);
  Result<WriteSummary> Json(std::string_view path);
  Result<WriteSummary> SaveAsTable(std::string_view name);

 private:
  friend class DataFrame;
  DataFrameWriter(std::shared_ptr<Session> session, std::shared_ptr<const Relation> relation);
  std::shared_ptr<Session> session_;
  std::shared_ptr<const Relation> relation_;
  std::string mode_ = "error";
  std::string format_ = "parquet";
  std::vector<std::pair<std::string, std::string>> options_;
  Result<WriteSummary> Run(std::string_view path, std::vector<std::string> table);
  std::vector<std::string> partition_by_;
  int buckets_ = 0;
  std::vector<std::string> bucket_by_;
  std::vector<std::string> sort_by_;
};

}  // namespace ember
