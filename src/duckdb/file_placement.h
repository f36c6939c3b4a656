#pragma once

#include <string>
#include <vector>

#include "duckdb/file_writer.h"

namespace ember {

/// Which file each row of a write goes to, as Spark's FileFormatWriter has it: by the folder of its
/// partition values, by its bucket, by the task that had the row. And what that file is called.
class FilePlacement {
 public:
  static Result<FilePlacement> Make(const FileWriteRequest& request, const ResolvedRelation& plan,
                                    SqlWriter& writer, std::string extension);

  /// Positions of the columns that folders hold.
  const std::vector<int>& partitions() const { return partitions_; }
  /// Whether all rows go to one file.
  bool is_single() const { return names_.empty(); }
  /// Whether rows go into folders or buckets: files only where there are rows.
  bool is_dynamic() const { return !partitions_.empty() || !request_.bucket.empty(); }
  /// ", … AS \"__p0\", …": what a SELECT over the plan has besides its outputs. Ranges are not
  /// among them but "__rank", the row's place among the distinct keys from 1: Spark puts bounds
  /// between them when it has seen all.
  const std::string& keys() const { return keys_; }
  /// Quoted names of the keys that tell files apart, the folder's first; rows of one file have the
  /// same values of all of them.
  const std::vector<std::string>& names() const { return names_; }
  bool has_ranks() const { return has_ranks_; }
  /// The task of a row by its "__rank", where `bounds` are the last ranks of all tasks but one.
  std::string TaskSql(const std::vector<int64_t>& bounds) const;

  /// "ticker=AAPL/part-00000-<uuid>_00003.c001.snappy.parquet": the count-th file of those that
  /// have these values of the keys, in the order of names().
  std::string PathOf(const std::vector<std::string>& values, int64_t count) const;

 private:
  FilePlacement(const FileWriteRequest& request, std::string extension);
  Status AddPartitions(const ResolvedRelation& plan);
  Status AddBuckets(const ResolvedRelation& plan, SqlWriter& writer);
  Status AddTasks(SqlWriter& writer);
  void Add(const std::string& sql, const std::string& name);
  std::string MergedTask(const std::string& task) const;

  const FileWriteRequest& request_;
  std::string extension_;
  std::string uuid_;
  std::vector<int> partitions_;
  std::string keys_;
  std::vector<std::string> names_;
  bool has_ranks_ = false;
};

inline constexpr std::string_view kRankColumn = "\"__rank\"";

/// The last ranks of each of `partitions` tasks but the last, as RangePartitioner.determineBounds
/// has them of a sample that is the whole. `candidates` are at least the keys at which the count of
/// rows passes a multiple of rows / partitions.
struct RankedKey {
  int64_t rank = 0;         // from 1, no gaps
  int64_t rows_before = 0;  // of lower rank
  int64_t rows_after = 0;   // with its own
};
std::vector<int64_t> RangeBounds(const std::vector<RankedKey>& candidates, int64_t rows,
                                 int64_t ranks, int partitions);

}  // namespace ember
