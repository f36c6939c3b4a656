#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analyzer/resolved.h"
#include "analyzer/source_catalog.h"
#include "duckdb/engine.h"
#include "plan/relation.h"
#include "store/store.h"

namespace ember {

/// What the session's configuration says about reading files.
struct FileReadOptions {
  std::string zone = "UTC";
  bool ansi = true;
  bool infer_partition_types = true;
  bool merge_schema = false;
  std::string corrupt_record_column = "_corrupt_record";
};

/// A read that was listed and typed. Columns: those of the files, then those of the folders.
struct FileSource final : SourceHandle {
  std::string format;
  std::vector<FileInfo> files;
  Options options;
  Schema file_schema;       // without partition columns
  Schema partition_schema;  // types of the folder columns
  bool has_user_schema = false;
  bool gives_file_names = false;  // input_file_name(): one more column, kFileNameColumn
  FileReadOptions read;
  /// Parquet: DuckDB's type of each top-level column of the first file, by lower-case name.
  std::map<std::string, std::string> stored_types;
};

/// Schemas of files by path, modification time and size. Thread-safe; shared by the sessions of an
/// engine.
class SchemaCache {
 public:
  struct Entry {
    Schema schema;
    std::map<std::string, std::string> stored_types;
  };
  std::optional<Entry> Find(const std::string& key);
  void Put(const std::string& key, Entry entry);

 private:
  std::mutex mutex_;
  std::map<std::string, Entry> entries_;
};

/// Lists and types a read; SourceCatalog::DescribeFiles.
Result<SourceSchema> DescribeFileSource(const ReadFiles& read, const FileReadOptions& options,
                                        Store& store, Engine& engine, SchemaCache& cache);
/// A SELECT over the files; columns named by id, of which the query reads those in `needed`.
Result<std::string> FileScanSql(const FileSource& source,
                                const std::vector<ResolvedColumn>& columns,
                                const std::set<int64_t>& needed, Engine& engine, Store& store);

/// The value of a boolean option.
Result<bool> BooleanOption(const Options& options, const std::string& key, bool default_value);
std::string TextOption(const Options& options, const std::string& key, std::string default_value);
/// A list of paths as a DuckDB list literal.
std::string FileListSql(const std::vector<FileInfo>& files);
std::string LowerCase(std::string_view text);
/// A format that Ember does not support, or that nobody knows.
Error FormatError(const std::string& format);

}  // namespace ember
