#pragma once

#include <string>
#include <utility>
#include <vector>

#include "duckdb/table_catalog.h"
#include "plan/command.h"

namespace ember {

/// Partition columns and the raw text of their values, in the table's order.
using PartitionTexts = std::vector<std::pair<std::string, std::string>>;

/// The values that a PARTITION clause gives; PARTITIONS_NOT_FOUND for what is no partition column,
/// CAST_INVALID_INPUT for text that is no value of the column's type. Columns that are left out, or
/// have no value, are left out.
Result<PartitionTexts> FitPartition(const TableInfo& table, const PartitionSpec& spec);
/// "ticker=AAPL/year=2024": the folder of the partition below the table.
std::string PartitionFolder(const PartitionTexts& partition);
/// Folders of the partitions that a table has, sorted; also of those without files.
Result<std::vector<std::string>> ListPartitions(const TableInfo& table, Store& store);
/// Whether the folder has the values of `partition`.
bool IsInPartition(const std::string& folder, const PartitionTexts& partition);
/// "PARTITION (`ticker` = AAPL, `year` = 2024)", as errors show it.
std::string PartitionText(const PartitionTexts& partition);
/// "`spark_catalog`.`default`.`t`".
std::string QuotedTable(const TableInfo& table);

}  // namespace ember
