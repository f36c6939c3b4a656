#include "duckdb/line_scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "duckdb/file_formats.h"
#include "duckdb/sql_writer.h"
#include "functions/error_token.h"
#include "functions/utf8_text.h"
#include "types/value.h"

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

// Of all files together: a hundredth of a second.
constexpr int64_t kMaxCheckedBytes = 64 << 20;

bool MixesLineEnds(std::string_view text) {
  size_t at = text.find('\r');
  if (at == std::string_view::npos) return false;
  bool has_pairs = false;
  for (; at != std::string_view::npos; at = text.find('\r', at + 1)) {
    if (at + 1 < text.size() && text[at + 1] != '\n') return true;
    has_pairs = true;
  }
  // Pairs only: each \n has its \r.
  for (at = text.find('\n'); has_pairs && at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    if (at == 0 || text[at - 1] != '\r') return true;
  }
  return text.ends_with('\r');
}

// Scala's require.
Error Requirement(const std::string& text) {
  return MakeError("java.lang.IllegalArgumentException",
                   {{"message", "requirement failed: " + text}});
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

Result<TextTraits> TextTraitsOf(const FileSource& source, Store& store) {
  TextTraits traits;
  int64_t left = kMaxCheckedBytes;
  for (const FileInfo& file : source.files) {
    const bool is_remote = file.path.find("://") != std::string::npos;
    if (left <= 0 || is_remote || CompressionOf(source) != "none") break;
    ASSIGN_OR_RETURN(const std::string text, store.ReadAll(file.path, left));
    const bool is_cut = static_cast<int64_t>(text.size()) == left;
    left -= static_cast<int64_t>(text.size());
    // A cut may part a character.
    const size_t whole = is_cut ? std::min(text.rfind('\n'), text.size()) : text.size();
    traits.is_utf8 = traits.is_utf8 && IsUtf8(std::string_view(text).substr(0, whole));
    traits.mixes_line_ends = traits.mixes_line_ends || MixesLineEnds(text);
  }
  return traits;
}

Result<std::string> SeparatedScanSql(const FileSource& source, const std::string& separator,
                                     int skip_lines) {
  if (separator.empty()) {
    return Requirement("'lineSep' cannot be an empty string.");
  }
  if (!source.partition_schema.empty())
    return Unsupported("the option lineSep for files in partition folders");
  if (CompressionOf(source) != "none")
    return Unsupported("the option lineSep for compressed files");
  return fmt::format(
      "(SELECT unnest(ember_split_lines(content, {})[{}:]) AS \"line\", filename FROM "
      "read_text({}))",
      SqlString(separator), skip_lines + 1, FileListSql(source.files));
}

Result<std::string> SampledLinesSql(const FileSource& source, std::string lines, int first) {
  const auto option = source.options.find("samplingratio");
  if (option == source.options.end()) return lines;
  const double ratio = std::strtod(option->second.c_str(), nullptr);
  if (!(ratio > 0)) {
    return Requirement(
        fmt::format("samplingRatio ({}) should be greater than 0", JavaDoubleText(ratio)));
  }
  if (ratio > 0.99) return lines;
  return fmt::format(
      "(SELECT * FROM (SELECT *, row_number() OVER () - {} AS \"row\" FROM {}) WHERE "
      "ember_rand(1::BIGINT, \"row\") < {}::DOUBLE)",
      1 - first, lines, ratio);
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
