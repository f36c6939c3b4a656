#pragma once

#include <string>
#include <vector>

#include "duckdb/engine.h"
#include "store/store.h"
#include "types/data_type.h"

namespace ember {

/// An element of the schema in a file's footer: one row of DuckDB's parquet_schema().
struct ParquetElement {
  std::string file;
  std::string name;
  std::string physical;
  std::string repetition;
  int children = 0;
  std::string converted;
  int scale = 0;
  int precision = 0;
  std::string logical;
};

/// Whether a logical type's text holds `part`, as "unit=TimeUnit(MILLIS=MilliSeconds()".
bool HoldsText(const std::string& text, std::string_view part);
/// Spark's name of a physical type.
std::string ParquetPhysicalName(const ParquetElement& element);

/// The schema of a file by its elements alone (ParquetToSparkSchemaConverter), without Spark's own
/// notes. PARQUET_TYPE_ILLEGAL for what Spark does not read.
Result<Schema> ReadParquetSchema(Connection& connection, const FileInfo& file);
/// The columns of each file, without what is inside of them.
Result<std::vector<ParquetElement>> ParquetColumnsOf(Connection& connection,
                                                     const std::vector<FileInfo>& files);

}  // namespace ember
