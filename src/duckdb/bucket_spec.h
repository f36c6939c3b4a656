#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "types/data_type.h"

namespace ember {

/// bucketBy(count, columns).sortBy(sort_columns): rows of one bucket are in files of their own,
/// sorted. No columns: not bucketed.
struct BucketSpec {
  int count = 0;
  std::vector<std::string> columns;
  std::vector<std::string> sort_columns;

  bool empty() const { return columns.empty(); }
  bool operator==(const BucketSpec&) const = default;
};

/// "4 buckets, bucket columns: [id], sort columns: [date]", as errors show it; "not bucketed".
std::string BucketText(const BucketSpec& spec);

/// What a bucketed table is made of.
struct BucketedTable {
  const Schema& schema;
  const std::vector<std::string>& partition_by;
  std::string name;  // "`spark_catalog`.`default`.`t`"
  int64_t max_buckets = 100000;
};
/// The spec under the names of the table's columns. The errors of PreprocessTableCreation: a number
/// out of range, columns that are not there, named twice, of the partitioning, or without an order.
Result<BucketSpec> NormalizeBuckets(BucketSpec spec, const BucketedTable& table);

}  // namespace ember
