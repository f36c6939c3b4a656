// Text files: a row a line.
#include <fmt/format.h>

#include "duckdb/file_formats.h"
#include "duckdb/line_scan.h"
#include "duckdb/sql_writer.h"

namespace ember {
namespace {

std::string LinesSql(const FileSource& source) {
  std::string scan = LineScanSql(source);
  if (source.gives_file_names) scan.insert(scan.size() - 1, ", filename = true");
  return scan;
}

}  // namespace

Result<std::string> TextScanSql(const FileSource& source,
                                const std::vector<ResolvedColumn>& columns) {
  ASSIGN_OR_RETURN(const bool is_whole, BooleanOption(source.options, "wholetext", false));
  if (source.options.contains("linesep"))
    return Unsupported("the option lineSep when reading text");
  ASSIGN_OR_RETURN(std::string folders, PartitionColumns(source, columns, 1));
  const std::string value = is_whole ? "content" : "coalesce(\"line\", '')";
  const std::string from =
      is_whole ? fmt::format("read_text({})", FileListSql(source.files)) : LinesSql(source);
  if (is_whole && !source.partition_schema.empty())
    return Unsupported("wholetext with partition folders");
  return fmt::format("SELECT {} AS {}{} FROM {}", value, ColumnName(columns[0].id),
                     folders + FileNameOutput(source), from);
}

}  // namespace ember
