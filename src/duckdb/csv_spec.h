#pragma once

#include <string>
#include <string_view>

#include "duckdb/csv_record.h"

namespace ember {

/// What the native functions must know of a read: one constant text in the SQL. The views borrow
/// from it.
struct CsvSpec {
  CsvFormat format;
  std::string_view comment;
  std::string_view null_value;
  std::string_view empty_value;
  std::string_view nan_value = "NaN";
  std::string_view positive_inf = "Inf";
  std::string_view negative_inf = "-Inf";
  std::string_view zone = "UTC";
  std::string_view date_format;           // empty: as a cast reads
  std::string_view timestamp_format;      // empty: as a cast reads
  std::string_view timestamp_ntz_format;  // empty: as a cast reads
  bool prefers_date = true;
};

/// The text of a spec, and back. The spec read from it borrows from `text`.
std::string CsvSpecText(const CsvSpec& spec);
CsvSpec ReadCsvSpec(std::string_view text);

}  // namespace ember
