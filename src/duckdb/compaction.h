#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "duckdb/duckdb_session.h"
#include "store/store.h"

namespace ember {

/// Many small files of a folder, and of each partition folder below it, are to become few.
struct CompactionRequest {
  std::string path;    // a folder, here or remote
  std::string format;  // parquet, csv, json, text; empty: by the files' names
  /// A file gets at most a quarter more bytes, and each but the last of a folder at least half.
  int64_t target_bytes = int64_t{128} << 20;
  std::vector<std::string> partitions;  // "year=2024": only folders with all of these
  std::optional<bool> has_header;       // CSV: whether the first line of each file names columns
  bool is_dry_run = false;
};

struct CompactedFolder {
  std::string path;
  int64_t rows = -1;  // -1: not counted (text formats, dry runs)
  int64_t files_before = 0;
  int64_t files_after = 0;  // of a dry run: about as many
  int64_t bytes_before = 0;
  int64_t bytes_after = -1;  // -1: not known (dry runs)
};
struct CompactionReport {
  std::vector<CompactedFolder> folders;  // those that change
  int64_t folders_left = 0;              // as good already
  int64_t files_left = 0;
};

/// Told before a folder is rewritten: which of how many.
using CompactionObserver =
    std::function<void(const CompactedFolder& folder, size_t index, size_t count)>;

/// Writes each folder's files anew: the same rows in the same order (files by name), the same
/// columns, Spark's schema in the footer and the compression as they were. Each folder is committed
/// by itself as every overwrite is: exactly the old files or exactly the new, for whoever reads
/// through Ember. A folder that others wrote into meanwhile is left alone, with an error.
///
/// Errors: PATH_NOT_FOUND; files of different schemas or formats in one folder, files beside
/// folders, buckets, and folders that a log of their own describes (Delta, Iceberg, Hudi), each
/// with what to do instead.
Result<CompactionReport> CompactFolders(const CompactionRequest& request,
                                        const LocalEngineOptions& options, Store& local,
                                        const CompactionObserver& observer,
                                        const std::stop_token& stop);

}  // namespace ember
