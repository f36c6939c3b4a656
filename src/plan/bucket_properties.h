#pragma once

#include <map>
#include <string>
#include <vector>

namespace ember {

/// How rows of a table are put into buckets: CLUSTERED BY (columns) SORTED BY (sort_columns) INTO
/// count BUCKETS. A command says it among the table's properties, under the keys by which Spark
/// keeps it in a metastore (HiveExternalCatalog); no property of a user's begins so.
struct BucketProperties {
  int count = 0;
  std::vector<std::string> columns;
  std::vector<std::string> sort_columns;
};
void PutBucketProperties(const BucketProperties& buckets,
                         std::map<std::string, std::string>& properties);
/// Takes them out again; no columns where there are none.
BucketProperties TakeBucketProperties(std::map<std::string, std::string>& properties);

}  // namespace ember
