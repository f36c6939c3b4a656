#include "duckdb/line_scan.h"

#include <fmt/format.h>

#include "duckdb/file_formats.h"
#include "duckdb/sql_writer.h"

namespace ember {
namespace {

// Lines of up to so many bytes. It is the size of DuckDB's buffers as well, which else hold sixteen
// such lines: 256 MB for each thread.
constexpr int64_t kMaxLineBytes = 16 << 20;

std::string CompressionOf(const FileSource& source) {
  const std::string& path = source.files[0].path;
  if (path.ends_with(".gz")) return "gzip";
  if (path.ends_with(".zst")) return "zstd";
  return "none";
}

}  // namespace

std::string LineScanSql(const FileSource& source, int skip_lines) {
  return fmt::format(
      "read_csv({}, columns = {{'line': 'VARCHAR'}}, auto_detect = false, header = false, delim = "
      "e'\\x01\\x02\\x03\\x04', "
      "quote = '', escape = '', comment = '', nullstr = '', strict_mode = false, "
      "null_padding = false, "
      "ignore_errors = false, all_varchar = true, skip = {}, max_line_size = {}, buffer_size = "
      "{}, compression = "
      "'{}', "
      "hive_partitioning = {}{}, parallel = true)",
      FileListSql(source.files), skip_lines, kMaxLineBytes, kMaxLineBytes, CompressionOf(source),
      !source.partition_schema.empty(),
      source.partition_schema.empty() ? "" : ", hive_types_autocast = false");
}

Result<std::string> PartitionColumns(const FileSource& source,
                                     const std::vector<ResolvedColumn>& columns, size_t first) {
  std::string list;
  for (size_t i = 0; i < source.partition_schema.size(); ++i) {
    ASSIGN_OR_RETURN(std::string sql, PartitionColumnSql(source, source.partition_schema[i]));
    list += fmt::format(", {} AS {}", sql, ColumnName(columns[first + i].id));
  }
  return list;
}

}  // namespace ember
