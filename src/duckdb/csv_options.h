#pragma once

#include <string>

#include "base/result.h"
#include "duckdb/csv_spec.h"
#include "duckdb/file_source.h"

namespace ember {

enum class CsvParseMode { kPermissive, kDropMalformed, kFailFast };

/// The options of a CSV read (CSVOptions); texts that are given own themselves.
struct CsvOptions {
  bool has_header = false;
  bool infer_schema = false;
  bool is_multi_line = false;
  bool is_latin1 = false;      // a byte is a character
  bool repairs_text = false;   // the bytes are not all UTF-8
  std::string line_separator;  // empty: \n, \r and \r\n
  bool prefer_date = true;
  bool enforce_schema = true;
  bool prunes_columns = true;  // fields that nobody reads are not even counted
  std::string comment;
  std::string null_value;
  std::string empty_value;
  std::string nan_value = "NaN";
  std::string positive_inf = "Inf";
  std::string negative_inf = "-Inf";
  std::string date_format;
  std::string timestamp_format;
  std::string timestamp_ntz_format;
  std::string corrupt_column;
  std::string zone;
  std::string separator;
  std::string quote;
  std::string escape;
  std::string escape_escape;
  bool trims_left = false;
  bool trims_right = false;
  CsvParseMode mode = CsvParseMode::kPermissive;
};

/// Reads them; an option that is not supported is an error.
Result<CsvOptions> ParseCsvOptions(const FileSource& source);
/// What the native functions need of them; borrows.
CsvSpec SpecOfCsv(const CsvOptions& csv);

}  // namespace ember
