// Text files: a row a line.
#include <fmt/format.h>

#include "duckdb/file_formats.h"
#include "duckdb/line_scan.h"
#include "duckdb/sql_writer.h"

namespace ember {
namespace {

Result<std::string> LinesSql(const FileSource& source, Store& store) {
  const auto separator = source.options.find("linesep");
  if (separator != source.options.end()) return SeparatedScanSql(source, separator->second);
  ASSIGN_OR_RETURN(const TextTraits traits, TextTraitsOf(source, store));
  if (traits.mixes_line_ends && source.partition_schema.empty()) {
    return fmt::format(
        "(SELECT unnest(ember_split_ends(content)) AS \"line\", filename FROM read_text({}))",
        FileListSql(source.files));
  }
  std::string scan = LineScanSql(source);
  if (source.gives_file_names) scan.insert(scan.size() - 1, ", filename = true");
  return scan;
}

}  // namespace

Result<std::string> TextScanSql(const FileSource& source,
                                const std::vector<ResolvedColumn>& columns, Store& store) {
  ASSIGN_OR_RETURN(const bool is_whole, BooleanOption(source.options, "wholetext", false));
  ASSIGN_OR_RETURN(std::string folders, PartitionColumns(source, columns, 1));
  const std::string value = is_whole ? "content" : "coalesce(\"line\", '')";
  std::string from = fmt::format("read_text({})", FileListSql(source.files));
  if (!is_whole) {
    ASSIGN_OR_RETURN(from, LinesSql(source, store));
  } else if (!source.partition_schema.empty()) {
    return Unsupported("wholetext with partition folders");
  }
  return fmt::format("SELECT {} AS {}{} FROM {}", value, ColumnName(columns[0].id),
                     folders + FileNameOutput(source), from);
}

}  // namespace ember
