#pragma once

#include "duckdb/file_source.h"

namespace ember {

/// What each format does for file_source.cc: the schema of files, and a SELECT of their columns
/// where the i-th is named ColumnName(ids[i]).
Result<SchemaCache::Entry> DescribeParquet(const FileSource& source, Engine& engine);
Result<std::string> ParquetScanSql(const FileSource& source,
                                   const std::vector<ResolvedColumn>& columns, Engine& engine);
Result<Schema> DescribeCsv(const FileSource& source, Store& store, Engine& engine);
/// Of CSV and JSON only the columns in `needed` are converted, and can be malformed.
Result<std::string> CsvScanSql(const FileSource& source, const std::vector<ResolvedColumn>& columns,
                               const std::set<int64_t>& needed, Store& store);
Result<Schema> DescribeJson(const FileSource& source, Engine& engine);
Result<std::string> JsonScanSql(const FileSource& source,
                                const std::vector<ResolvedColumn>& columns,
                                const std::set<int64_t>& needed);
Result<std::string> TextScanSql(const FileSource& source,
                                const std::vector<ResolvedColumn>& columns, Store& store);

/// SQL of a partition column's value from the raw text DuckDB takes out of the path.
Result<std::string> PartitionColumnSql(const FileSource& source, const StructField& field);
/// ", … AS kFileNameColumn" when the source gives file names, else nothing; of a scan with DuckDB's
/// filename column.
std::string FileNameOutput(const FileSource& source);
/// COLUMN_ALREADY_EXISTS when two names differ in nothing but letter case.
Status CheckDistinctNames(const Schema& fields);
/// Index of a name among fields, ignoring case; -1 for none.
int FindField(const Schema& fields, std::string_view name);

}  // namespace ember
