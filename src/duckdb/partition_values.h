#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "types/data_type.h"

namespace ember {

inline constexpr std::string_view kNullPartition = "__HIVE_DEFAULT_PARTITION__";

/// ExternalCatalogUtils.escapePathName and its inverse.
std::string EscapePathName(std::string_view name);
std::string UnescapePathName(std::string_view name);

/// The columns and raw values that a file's folders below `base` give, outermost first. Folders
/// that are not "key=value" end the search from the file upwards.
std::vector<std::pair<std::string, std::string>> PartitionOf(std::string_view file,
                                                             std::string_view base);

/// Spark's type of one raw value (PartitioningUtils.inferPartitionColumnValue): int, bigint,
/// decimal, double, date, timestamp, string; void for the null partition.
DataType InferPartitionType(std::string_view raw);
/// The type that holds the values of both.
DataType WidenPartitionTypes(const DataType& a, const DataType& b);

}  // namespace ember
