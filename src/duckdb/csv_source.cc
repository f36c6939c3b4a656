// CSV files as Spark reads them (CSVOptions, UnivocityParser, CSVInferSchema). DuckDB splits files
// into lines, in parallel and in order; our own functions find the fields of a line once and read
// each column that is needed from its field (record_functions.cc).
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <set>

#include "duckdb/csv_options.h"
#include "duckdb/csv_record.h"
#include "duckdb/csv_values.h"
#include "duckdb/file_formats.h"
#include "duckdb/line_scan.h"
#include "duckdb/sql_writer.h"
#include "functions/error_token.h"
#include "functions/sql_build.h"
#include "functions/utf8_text.h"

namespace ember {
namespace {

constexpr int64_t kHeadBytes = 1 << 20;

std::string SpecSql(const CsvOptions& csv) { return SqlString(CsvSpecText(SpecOfCsv(csv))); }

bool IsCompressed(std::string_view path) { return path.ends_with(".gz") || path.ends_with(".zst"); }

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r\f\v") == std::string_view::npos;
}

Result<std::string> LinesSql(const FileSource& source, const CsvOptions& csv, int skip_lines,
                             bool gives_names = false) {
  if (!csv.line_separator.empty()) return SeparatedScanSql(source, csv.line_separator, skip_lines);
  if (csv.repairs_text) {
    if (!source.partition_schema.empty())
      return Unsupported("CSV that is not UTF-8 in partition folders");
    return fmt::format(
        "(SELECT unnest(ember_split_ends(ember_repair_bytes(content))[{}:]) AS \"line\", filename "
        "FROM read_blob({}))",
        skip_lines + 1, FileListSql(source.files));
  }
  std::string scan = LineScanSql(source, skip_lines);
  // With this DuckDB takes each of \n, \r and \r\n for a line end, as Hadoop does. Where it finds
  // \r\n by itself it loses the character after a lone \r. The empty lines it adds are no records.
  scan.insert(scan.size() - 1, ", new_line = '\\n'");
  if (csv.is_latin1 || csv.repairs_text) scan.insert(scan.size() - 1, ", encoding = 'latin-1'");
  if (gives_names) scan.insert(scan.size() - 1, ", filename = true");
  return scan;
}

Result<CsvOptions> CsvOptionsOf(const FileSource& source, Store& store) {
  ASSIGN_OR_RETURN(CsvOptions csv, ParseCsvOptions(source));
  if (csv.is_latin1) return csv;
  ASSIGN_OR_RETURN(const TextTraits traits, TextTraitsOf(source, store));
  csv.repairs_text = !traits.is_utf8;
  return csv;
}

std::string Utf8OfLatin1(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) text += static_cast<char>(0xC0 | byte >> 6);
    text += static_cast<char>(byte < 0x80 ? byte : 0x80 | (byte & 0x3F));
  }
  return text;
}

// The first line that counts; and whether it is the very first of the file.
struct FirstLine {
  std::string text;
  bool is_first = true;
  bool found = false;
};

Result<FirstLine> FindFirstLine(const std::string& path, const CsvOptions& csv, Store& store,
                                Engine* engine, const FileSource& source) {
  FirstLine first;
  std::string head;
  if (!IsCompressed(path)) {
    ASSIGN_OR_RETURN(head, store.ReadAll(path, kHeadBytes));
  } else {
    if (engine == nullptr) return first;
    FileSource one = source;
    std::erase_if(one.files, [&](const FileInfo& file) { return file.path != path; });
    one.partition_schema.clear();
    ASSIGN_OR_RETURN(Connection connection, engine->Connect());
    ASSIGN_OR_RETURN(const std::string lines, LinesSql(one, csv, 0));
    ASSIGN_OR_RETURN(auto rows,
                     connection.Rows(fmt::format("SELECT \"line\" FROM {} LIMIT 1000", lines)));
    for (const auto& row : rows) head += row[0].value_or("") + "\n";
  }
  if (head.starts_with("\xEF\xBB\xBF")) head.erase(0, 3);
  if (csv.is_latin1 && !IsCompressed(path)) head = Utf8OfLatin1(head);
  if (csv.repairs_text) head = RepairUtf8(head);
  const std::string_view own_end = csv.line_separator;
  const std::string_view ends = own_end.empty() ? "\r\n" : own_end;
  size_t start = 0;
  for (bool is_first = true; start < head.size(); is_first = false) {
    size_t end = head.find_first_of(ends, start);
    if (end == std::string::npos) end = head.size();
    std::string line = head.substr(start, end - start);
    start = end + 1;
    if (IsBlank(line) || (!csv.comment.empty() && line.starts_with(csv.comment))) continue;
    if (csv.is_multi_line) line = head.substr(start - line.size() - 1);
    first = {.text = std::move(line), .is_first = is_first, .found = true};
    return first;
  }
  return first;
}

// CSVUtils.makeSafeHeader.
std::vector<std::string> SafeNames(const std::vector<CsvField>& fields, const CsvOptions& csv) {
  std::vector<std::string> names;
  if (!csv.has_header) {
    for (size_t i = 0; i < fields.size(); ++i) names.push_back(fmt::format("_c{}", i));
    return names;
  }
  std::map<std::string, int> counts;
  const auto text_of = [&](const CsvField& field) {
    return field.text.empty() && !field.is_missing ? csv.empty_value : field.text;
  };
  for (const CsvField& field : fields) ++counts[LowerCase(text_of(field))];
  for (size_t i = 0; i < fields.size(); ++i) {
    const std::string text = text_of(fields[i]);
    if (text.empty() || text == csv.null_value) {
      names.push_back(fmt::format("_c{}", i));
    } else if (counts[LowerCase(text)] > 1) {
      names.push_back(fmt::format("{}{}", text, i));
    } else {
      names.push_back(text);
    }
  }
  return names;
}

// The names of the columns by a file's first line.
std::vector<std::string> HeaderNames(const FirstLine& first, const CsvOptions& csv) {
  const CsvSpec spec = SpecOfCsv(csv);
  const std::string line = csv.is_multi_line ? FirstCsvRecord(first.text, spec.format) : first.text;
  return SafeNames(SplitCsvRecord(line, spec.format), csv);
}

// CSVHeaderChecker with enforceSchema=false: every file's header names the columns. Spark reads
// the largest file first.
Status CheckHeaders(const FileSource& source, const CsvOptions& csv, Store& store) {
  std::vector<FileInfo> files = source.files;
  std::stable_sort(files.begin(), files.end(),
                   [](const FileInfo& a, const FileInfo& b) { return a.size > b.size; });
  for (const FileInfo& file : files) {
    if (IsCompressed(file.path)) return Unsupported("enforceSchema=false for compressed CSV files");
    ASSIGN_OR_RETURN(FirstLine first, FindFirstLine(file.path, csv, store, nullptr, source));
    if (!first.found) continue;
    const std::vector<std::string> names = HeaderNames(first, csv);
    bool is_same = names.size() == source.file_schema.size();
    for (size_t i = 0; is_same && i < names.size(); ++i)
      is_same = LowerCase(names[i]) == LowerCase(source.file_schema[i].name);
    if (!is_same) {
      return MakeError("FAILED_READ_FILE.NO_HINT", {{"path", "file://" + file.path}});
    }
  }
  return {};
}

// SQL that gives the records of the files as "line" (with folders' values beside it).
Result<std::string> RecordsSql(const FileSource& source, const CsvOptions& csv, Store& store) {
  const std::string spec = SpecSql(csv);
  if (csv.is_multi_line) {
    if (!source.partition_schema.empty()) return Unsupported("multiLine CSV in partition folders");
    for (const FileInfo& file : source.files) {
      if (IsCompressed(file.path)) return Unsupported("multiLine CSV in compressed files");
    }
    return fmt::format(
        "(SELECT unnest(list_filter(ember_csv_records({3}, {0}), lambda r: "
        "ember_csv_is_record(r, {0})){1}) AS \"line\", filename FROM {4}({2})) AS l",
        spec, csv.has_header ? "[2:]" : "", FileListSql(source.files),
        csv.repairs_text ? "ember_repair_bytes(content)" : "content",
        csv.repairs_text ? "read_blob" : "read_text");
  }
  bool skip_first = csv.has_header;
  std::set<std::string> headers;
  if (csv.has_header) {
    for (const FileInfo& file : source.files) {
      ASSIGN_OR_RETURN(FirstLine first, FindFirstLine(file.path, csv, store, nullptr, source));
      const bool is_unseen = !first.found && file.size > 0 && IsCompressed(file.path);
      if (is_unseen || (first.found && first.is_first)) continue;
      skip_first = false;
      break;
    }
    for (const FileInfo& file : source.files) {
      if (skip_first) break;
      ASSIGN_OR_RETURN(FirstLine first, FindFirstLine(file.path, csv, store, nullptr, source));
      if (first.found) headers.insert(first.text);
    }
  }
  std::string condition = fmt::format("ember_csv_is_record(\"line\", {})", spec);
  for (const std::string& header : headers)
    condition += fmt::format(" AND \"line\" <> {}", SqlString(header));
  const bool gives_names = csv.mode == CsvParseMode::kFailFast || source.gives_file_names;
  ASSIGN_OR_RETURN(const std::string scan, LinesSql(source, csv, skip_first ? 1 : 0, gives_names));
  return fmt::format("(SELECT * FROM {} WHERE {}) AS l", scan, condition);
}

// A call of one of the functions that read a field: "line" and its places "f" are columns.
std::string FieldSql(std::string_view function, size_t index, const CsvOptions& csv) {
  return fmt::format("ember_csv_{}(\"line\", f, {}, {})", function, index, SpecSql(csv));
}

// The function ember_csv_… that reads a type; empty for those that CSV does not hold.
std::string_view ReaderOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return "text";
    case TypeKind::kByte:
      return "tinyint";
    case TypeKind::kShort:
      return "smallint";
    case TypeKind::kInteger:
      return "integer";
    case TypeKind::kLong:
      return "bigint";
    case TypeKind::kFloat:
      return "float";
    case TypeKind::kDouble:
      return "double";
    case TypeKind::kBoolean:
      return "boolean";
    case TypeKind::kDate:
      return "date";
    case TypeKind::kTimestamp:
      return "timestamp";
    case TypeKind::kTimestampNtz:
      return "timestamp_ntz";
    default:
      return "";
  }
}

// Unscaled digits as a decimal. Up to 18 digits, those of the factor 10^-scale included, DuckDB
// multiplies in 64 bits.
std::string DecimalSql(size_t index, const DataType& type, const CsvOptions& csv) {
  constexpr int kMaxLongPrecision = 18;
  const int room = type.precision + type.scale + 1;
  const bool is_short = room <= kMaxLongPrecision;
  const std::string unscaled = fmt::format("ember_csv_{}(\"line\", f, {}, {}, {}, {})",
                                           is_short ? "short_decimal" : "decimal", index,
                                           SpecSql(csv), type.precision, type.scale);
  if (!is_short || type.scale == 0) return ScaledDecimal(unscaled, type);
  return fmt::format(
      "CAST(CAST({0} AS DECIMAL({1}, 0)) * CAST('0.{2:0>{3}}' AS DECIMAL({4}, {3})) AS "
      "DECIMAL({1}, "
      "{3}))",
      unscaled, type.precision, 1, type.scale, type.scale + 1);
}

// The value of a type from field `index`; null when its text is none (UnivocityParser).
Result<std::string> ValueSql(size_t index, const DataType& type, const CsvOptions& csv) {
  if (type.Is(TypeKind::kDecimal)) return DecimalSql(index, type, csv);
  if (type.Is(TypeKind::kBinary)) return fmt::format("encode({})", FieldSql("text", index, csv));
  const std::string_view reader = ReaderOf(type.kind);
  if (!reader.empty()) return FieldSql(reader, index, csv);
  return MakeError(
      "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
      {{"format", "CSV"}, {"columnName", "`value`"}, {"columnType", "\"" + SqlText(type) + "\""}});
}

// CSVInferSchema.compatibleType over the bits of all values.
DataType TypeOfBits(int64_t seen) {
  const auto has = [&](CsvClass c) { return (seen & BitOf(c)) != 0; };
  const bool is_number = has(CsvClass::kInteger) || has(CsvClass::kLong) ||
                         has(CsvClass::kDecimal) || has(CsvClass::kDouble);
  const bool is_time = has(CsvClass::kDate) || has(CsvClass::kTimestamp);
  const int kinds = (is_number ? 1 : 0) + (is_time ? 1 : 0) + (has(CsvClass::kBoolean) ? 1 : 0);
  if (has(CsvClass::kString) || kinds != 1) return StringType();
  if (is_time) return has(CsvClass::kTimestamp) ? TimestampType() : DateType();
  if (!is_number) return BooleanType();
  if (has(CsvClass::kDouble)) return DoubleType();
  if (!has(CsvClass::kDecimal)) return has(CsvClass::kLong) ? LongType() : IntegerType();
  const int widest = std::bit_width(static_cast<uint64_t>(seen)) - 1 - kFirstPrecisionBit;
  const int integral = has(CsvClass::kLong) ? 20 : has(CsvClass::kInteger) ? 10 : 1;
  return DecimalType(std::max(widest, integral), 0);
}

}  // namespace

Result<Schema> DescribeCsv(const FileSource& source, Store& store, Engine& engine) {
  ASSIGN_OR_RETURN(CsvOptions csv, CsvOptionsOf(source, store));
  FirstLine first;
  for (const FileInfo& file : source.files) {
    ASSIGN_OR_RETURN(first, FindFirstLine(file.path, csv, store, &engine, source));
    if (first.found) break;
  }
  if (!first.found) return Schema();
  Schema schema;
  for (std::string& name : HeaderNames(first, csv))
    schema.push_back({std::move(name), StringType(), true, ""});
  if (!csv.infer_schema) return schema;
  ASSIGN_OR_RETURN(std::string records, RecordsSql(source, csv, store));
  ASSIGN_OR_RETURN(records, SampledLinesSql(source, std::move(records), csv.has_header ? 1 : 0));
  std::string list;
  for (size_t i = 0; i < schema.size(); ++i) {
    list += fmt::format("{}coalesce(bit_or({}), 0)", i > 0 ? ", " : "", FieldSql("class", i, csv));
  }
  ASSIGN_OR_RETURN(Connection connection, engine.Connect());
  ASSIGN_OR_RETURN(
      auto classes,
      connection.Rows(fmt::format(
          "SELECT {} FROM (SELECT \"line\", ember_csv_fields(\"line\", {}) AS f FROM {}) "
          "AS s",
          list, SpecSql(csv), records)));
  for (size_t i = 0; i < schema.size(); ++i) {
    schema[i].type = TypeOfBits(std::stoll(*classes[0][i]));
  }
  return schema;
}

Result<std::string> CsvScanSql(const FileSource& source, const std::vector<ResolvedColumn>& columns,
                               const std::set<int64_t>& needed, Store& store) {
  ASSIGN_OR_RETURN(CsvOptions csv, CsvOptionsOf(source, store));
  if (csv.has_header && !csv.enforce_schema) RETURN_IF_ERROR(CheckHeaders(source, csv, store));
  ASSIGN_OR_RETURN(std::string records, RecordsSql(source, csv, store));
  const int corrupt =
      source.has_user_schema ? FindField(source.file_schema, csv.corrupt_column) : -1;
  std::string values;
  std::string bad;
  size_t token = 0;
  size_t needed_tokens = 0;
  for (size_t i = 0; i < source.file_schema.size(); ++i) {
    if (static_cast<int>(i) == corrupt) continue;
    ASSIGN_OR_RETURN(std::string value, ValueSql(token, source.file_schema[i].type, csv));
    values += fmt::format(", {} AS {}", value, ColumnName(columns[i].id));
    const bool is_needed = needed.contains(columns[i].id);
    needed_tokens += is_needed ? 1 : 0;
    if (is_needed && !source.file_schema[i].type.IsStringLike()) {
      bad += fmt::format(" OR ({} IS NULL AND {})", ColumnName(columns[i].id),
                         FieldSql("has", token, csv));
    }
    ++token;
  }
  if (corrupt >= 0 && needed_tokens == 0 && needed.contains(columns[corrupt].id))
    return MakeError("UNSUPPORTED_FEATURE.QUERY_ONLY_CORRUPT_RECORD_COLUMN");
  // UnivocityParser: where fields are left out, the parser gives as many as were asked for.
  const bool counts = !csv.prunes_columns || needed_tokens == token;
  bad = counts ? fmt::format("(ember_csv_count(f) <> {}{})", token, bad)
               : fmt::format("(false{})", bad);
  ASSIGN_OR_RETURN(std::string folders,
                   PartitionColumns(source, columns, source.file_schema.size()));
  const TokenParameter path = {"path", "'file://' || filename", true};
  const std::string failure = RaiseSql("FAILED_READ_FILE.NO_HINT", {&path, 1});
  std::string outputs;
  for (size_t i = 0; i < columns.size(); ++i) {
    std::string name = ColumnName(columns[i].id);
    if (static_cast<int>(i) == corrupt) {
      name = fmt::format("CASE WHEN {} THEN rtrim(\"line\", e'\\r') END AS {}", bad, name);
    } else if (csv.mode == CsvParseMode::kFailFast && needed.contains(columns[i].id)) {
      // With its value: DuckDB asks a filter on it before the condition below.
      name = fmt::format("CASE WHEN {} THEN {} ELSE {} END AS {}", bad, failure, name, name);
    }
    outputs += (outputs.empty() ? "" : ", ") + name;
  }
  if (outputs.empty()) outputs = "1 AS \"nothing\"";
  outputs += FileNameOutput(source);
  std::string condition;
  if (csv.mode == CsvParseMode::kDropMalformed) condition = fmt::format(" WHERE NOT {}", bad);
  if (csv.mode == CsvParseMode::kFailFast) {
    condition = fmt::format(" WHERE CASE WHEN {} THEN {} ELSE true END", bad, failure);
  }
  return fmt::format(
      "SELECT {} FROM (SELECT *{}{} FROM (SELECT *, ember_csv_fields(\"line\", {}) AS f FROM {}) "
      "AS "
      "s) AS v{}",
      outputs, values, folders, SpecSql(csv), records, condition);
}

}  // namespace ember
