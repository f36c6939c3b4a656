#pragma once

#include <string>
#include <vector>

#include "duckdb/bucket_spec.h"
#include "duckdb/engine.h"
#include "duckdb/sql_writer.h"
#include "duckdb/write_layout.h"
#include "plan/relation.h"
#include "session/session.h"
#include "store/store.h"

namespace ember {

/// One write of a resolved plan into a folder, in Spark's layout.
struct FileWriteRequest {
  std::string format;
  Options options;
  std::vector<std::string> partition_by;
  BucketSpec bucket;
  Schema schema;  // of the plan's columns, by position
  WriteLayout layout;
  std::string zone;
  std::string directory;  // an empty local folder
  std::string default_codec;
  int64_t max_records_per_file = 0;  // 0: no limit
  /// A file has at most a quarter more bytes, and each but the last of a folder at least half of
  /// them; 0: no limit.
  int64_t target_file_bytes = 0;
  StagedWrite* staged = nullptr;  // is told what the files will be called; may be null
};

/// Checks what Spark checks before a write starts: types the format cannot hold, columns named
/// twice, partition columns that are not there.
Status CheckWrite(const FileWriteRequest& request);
/// Runs the plan and leaves part files (and partition folders) in the directory. Files are relative
/// paths. The plan may have further columns after those of the schema (WriteLayout::plan).
Result<WriteResult> WritePlan(const FileWriteRequest& request, const ResolvedRelation& plan,
                              SqlWriter& writer, Engine& engine, const ExecuteOptions& options);

}  // namespace ember
