#pragma once

#include <ember/session.h>

#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "diff/comparison.h"
#include "store/store.h"

namespace ember {

struct CompareOptions {
  std::vector<std::string> key;  // columns that tell rows apart; empty: rows compare whole
  /// Fractional numbers are equal when they differ by no more than this, times the larger of 1 and
  /// their magnitudes. 0: exactly. Without a key, rows are then matched by their other columns.
  double tolerance = 0;
  int samples = 20;                            // rows to show
  std::string format;                          // of both; empty: by the names of the files
  std::map<std::string, std::string> options;  // of the reader; CSV has header=true unless said
};

/// An output and where it is.
struct ComparedOutput {
  std::string path;
  Store* store = nullptr;
};

/// Compares two files or folders: how they lie, their columns, their rows as multisets (no engine
/// promises an order of rows in files). Runs on `session`, in space for what differs. Errors: a key
/// that is no column of both, and those of reading.
Result<Comparison> CompareOutputs(const SparkSession& session, const ComparedOutput& a,
                                  const ComparedOutput& b, const CompareOptions& options,
                                  const std::stop_token& stop);

}  // namespace ember
