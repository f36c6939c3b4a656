#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "diff/comparison.h"
#include "store/store.h"

namespace ember {

/// How an output lies in its folder.
struct OutputFiles {
  std::string path;
  std::string format;  // parquet csv json text
  int64_t files = 0;   // with data
  bool is_folder = false;
  bool has_success = false;                    // the marker _SUCCESS
  std::vector<std::string> partition_columns;  // in the order of the folders
  std::set<std::string> partition_folders;     // "year=2017/month=1"
  std::set<std::string> suffixes;              // "snappy.parquet"
};

/// Looks at a file or folder. `format` empty: by the files' names. Errors: PATH_NOT_FOUND;
/// EMBER_INVALID_INPUT for names that tell no format.
Result<OutputFiles> ListOutput(Store& store, const std::string& path, const std::string& format);

/// The number of files is no difference: it depends on how many tasks wrote.
std::vector<Difference> CompareLayout(const OutputFiles& a, const OutputFiles& b);

}  // namespace ember
