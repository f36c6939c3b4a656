#pragma once

#include <string>
#include <vector>

#include "duckdb/file_source.h"

namespace ember {

/// A table function call that gives the lines of the files as column "line" (null for an empty
/// one), line ends left out, and the raw values of partition folders. Nothing is sniffed and
/// nothing is taken apart.
std::string LineScanSql(const FileSource& source, int skip_lines = 0);
/// ", value AS cN …" of the partition columns; `first` is the number of file columns before them.
Result<std::string> PartitionColumns(const FileSource& source,
                                     const std::vector<ResolvedColumn>& columns, size_t first);

}  // namespace ember
