#pragma once

#include <string>
#include <vector>

#include "duckdb/file_source.h"

namespace ember {

/// A table function call that gives the lines of the files as column "line" (null for an empty
/// one), line ends left out, and the raw values of partition folders. Nothing is sniffed and
/// nothing is taken apart.
std::string LineScanSql(const FileSource& source, int skip_lines = 0);
/// The same of files whose lines end with `separator`: each file is read as a whole.
Result<std::string> SeparatedScanSql(const FileSource& source, const std::string& separator,
                                     int skip_lines = 0);
/// What the beginning of local files holds, as much as is quickly read.
struct TextTraits {
  bool is_utf8 = true;
  bool mixes_line_ends = false;  // more than one of \n, \r and \r\n, or \r alone
};
Result<TextTraits> TextTraitsOf(const FileSource& source, Store& store);
/// The lines that the option samplingRatio leaves to inference (JsonUtils.sample, CSVUtils.sample).
/// `first` is the number of lines before them.
Result<std::string> SampledLinesSql(const FileSource& source, std::string lines, int first = 0);
/// ", value AS cN …" of the partition columns; `first` is the number of file columns before them.
Result<std::string> PartitionColumns(const FileSource& source,
                                     const std::vector<ResolvedColumn>& columns, size_t first);

}  // namespace ember
