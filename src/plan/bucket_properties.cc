#include "plan/bucket_properties.h"

#include <cstdlib>
#include <string_view>

namespace ember {
namespace {

constexpr std::string_view kCount = "spark.sql.sources.schema.numBuckets";
constexpr std::string_view kColumn = "spark.sql.sources.schema.bucketCol.";
constexpr std::string_view kSortColumn = "spark.sql.sources.schema.sortCol.";

void PutNames(std::string_view prefix, const std::vector<std::string>& names,
              std::map<std::string, std::string>& properties) {
  for (size_t i = 0; i < names.size(); ++i)
    properties[std::string(prefix) + std::to_string(i)] = names[i];
}

std::vector<std::string> TakeNames(std::string_view prefix,
                                   std::map<std::string, std::string>& properties) {
  std::vector<std::string> names;
  while (true) {
    auto taken = properties.extract(std::string(prefix) + std::to_string(names.size()));
    if (taken.empty()) return names;
    names.push_back(std::move(taken.mapped()));
  }
}

}  // namespace

void PutBucketProperties(const BucketProperties& buckets,
                         std::map<std::string, std::string>& properties) {
  properties[std::string(kCount)] = std::to_string(buckets.count);
  PutNames(kColumn, buckets.columns, properties);
  PutNames(kSortColumn, buckets.sort_columns, properties);
}

BucketProperties TakeBucketProperties(std::map<std::string, std::string>& properties) {
  BucketProperties buckets;
  if (auto count = properties.extract(std::string(kCount)); !count.empty())
    buckets.count = std::atoi(count.mapped().c_str());
  buckets.columns = TakeNames(kColumn, properties);
  buckets.sort_columns = TakeNames(kSortColumn, properties);
  return buckets;
}

}  // namespace ember
