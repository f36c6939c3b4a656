#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace ember {

/// What the values of a CSV column look like.
struct SampledColumn {
  std::string header;           // as in the file; _c0, _c1 … when it has no header line
  std::string type = "string";  // a Spark type
  std::string format;           // of dates that are not yyyy-MM-dd
  /// Numbers that Spark does not read: 1.234,50 or 1,234.50; empty when there are none.
  std::string grouping;
};

/// The first lines of a CSV file.
struct CsvSample {
  char separator = ',';
  bool has_header = true;
  std::vector<SampledColumn> columns;
};

/// Looks at the start of a file, or of the first .csv file of a folder: separator, header line,
/// types and date formats. Errors: an unreadable or empty file, or one that is no UTF-8 text.
Result<CsvSample> SampleCsv(const std::string& path);

}  // namespace ember
