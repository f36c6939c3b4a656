#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "duckdb/parquet_schema.h"
#include "types/data_type.h"

namespace ember {

/// Whether DuckDB's type of a column is how Spark's type is stored, so that nothing has to be
/// asked; nested types count as such.
Result<bool> IsStoredAs(const DataType& wanted, const std::string& stored);
/// SQL of a column that IsStoredAs its type.
Result<std::string> ParquetColumnSql(const StructField& field, const std::string& stored);
/// SQL of a column of another type, by the way each file stores it
/// (ParquetVectorUpdaterFactory): FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH where Spark
/// does not take it.
Result<std::string> ConvertedParquetColumnSql(const StructField& field,
                                              std::span<const ParquetElement> elements);

}  // namespace ember
