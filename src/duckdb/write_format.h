#pragma once

#include <string>
#include <vector>

#include "duckdb/file_writer.h"

namespace ember {

/// How rows become files of one format: the SELECT list that makes them, and what COPY is told.
class WriteFormat {
 public:
  /// `written`: positions, in the plan, of the columns that the files hold.
  static Result<WriteFormat> Make(const FileWriteRequest& request, const ResolvedRelation& plan,
                                  const std::vector<int>& written);

  /// The outputs of a SELECT over the plan: for Parquet each column by its name, for text formats
  /// the line.
  const std::string& outputs() const { return outputs_; }
  /// What stands between the brackets of COPY.
  const std::string& copy_options() const { return copy_options_; }
  /// ".snappy.parquet", ".csv.gz".
  const std::string& extension() const { return extension_; }
  /// `rows`, a SELECT of the outputs, without those that no line is written for.
  std::string WithoutEmptyLines(const std::string& rows) const;

 private:
  std::string outputs_;
  std::string copy_options_;
  std::string extension_;
  std::string single_csv_column_;  // quoted; empty when lines cannot be empty
};

}  // namespace ember
