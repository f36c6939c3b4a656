#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "plan/relation.h"
#include "types/data_type.h"

namespace ember {

/// A column to be written as text: its name and the SQL of its value.
struct TextColumn {
  StructField field;
  std::string sql;
};

/// SQL of one line of a CSV, JSON or text file for a row, as Spark writes it; and the header line
/// of CSV.
Result<std::string> CsvLineSql(const std::vector<TextColumn>& columns, const Options& options,
                               const std::string& zone);
Result<std::string> CsvHeader(const std::vector<TextColumn>& columns, const Options& options);
Result<std::string> JsonLineSql(const std::vector<TextColumn>& columns, const Options& options,
                                const std::string& zone);

/// SQL of Spark's default ISO text of an instant or a wall clock time, milliseconds and offset
/// included.
Result<std::string> IsoTimestampSql(const std::string& sql, const DataType& type,
                                    const std::string& zone);
/// The separator option: `sep` or `delimiter`, with Spark's escapes ("\t").
Result<std::string> CsvSeparator(const Options& options);

}  // namespace ember
