// CSV files as Spark reads them (CSVOptions, UnivocityParser, CSVInferSchema): lines and records
// are taken apart by our own code; DuckDB only splits files into lines.
#include <fmt/format.h>

#include <set>

#include "duckdb/file_formats.h"
#include "duckdb/line_scan.h"
#include "duckdb/row_text.h"
#include "duckdb/sql_writer.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"
#include "functions/registry.h"

namespace ember {
namespace {

constexpr int64_t kHeadBytes = 1 << 20;

enum class ParseMode { kPermissive, kDropMalformed, kFailFast };

struct CsvOptions {
  bool has_header = false;
  bool infer_schema = false;
  bool is_multi_line = false;
  bool prefer_date = true;
  std::string comment;
  std::string null_value;
  std::string empty_value;
  std::string nan_value = "NaN";
  std::string positive_inf = "Inf";
  std::string negative_inf = "-Inf";
  std::string date_format;
  std::string timestamp_format;
  std::string timestamp_ntz_format;
  std::string corrupt_column;
  std::string zone;
  std::string format_text;  // for ember_csv_split
  ParseMode mode = ParseMode::kPermissive;
};

std::string WithLength(const std::string& part) {
  return std::string(1, static_cast<char>('a' + part.size())) + part;
}

Result<CsvOptions> ParseOptions(const FileSource& source) {
  const Options& options = source.options;
  CsvOptions csv;
  ASSIGN_OR_RETURN(csv.has_header, BooleanOption(options, "header", false));
  ASSIGN_OR_RETURN(csv.infer_schema, BooleanOption(options, "inferschema", false));
  ASSIGN_OR_RETURN(csv.is_multi_line, BooleanOption(options, "multiline", false));
  ASSIGN_OR_RETURN(csv.prefer_date, BooleanOption(options, "preferdate", true));
  csv.comment = TextOption(options, "comment", "");
  csv.null_value = TextOption(options, "nullvalue", "");
  csv.empty_value = TextOption(options, "emptyvalue", "");
  csv.nan_value = TextOption(options, "nanvalue", "NaN");
  csv.positive_inf = TextOption(options, "positiveinf", "Inf");
  csv.negative_inf = TextOption(options, "negativeinf", "-Inf");
  csv.date_format = TextOption(options, "dateformat", "");
  csv.timestamp_format = TextOption(options, "timestampformat", "");
  csv.timestamp_ntz_format = TextOption(options, "timestampntzformat", "");
  csv.corrupt_column =
      TextOption(options, "columnnameofcorruptrecord", source.read.corrupt_record_column);
  csv.zone = TextOption(options, "timezone", source.read.zone);
  const std::string charset =
      LowerCase(TextOption(options, "encoding", TextOption(options, "charset", "utf-8")));
  if (charset != "utf-8" && charset != "utf8" && charset != "us-ascii")
    return Unsupported("CSV encoding " + charset);
  const std::string line_end = TextOption(options, "linesep", "\n");
  if (line_end != "\n" && line_end != "\\n" && line_end != "\r\n")
    return Unsupported("the option lineSep when reading CSV");
  const std::string mode = LowerCase(TextOption(options, "mode", "permissive"));
  if (mode == "dropmalformed") csv.mode = ParseMode::kDropMalformed;
  if (mode == "failfast") csv.mode = ParseMode::kFailFast;
  ASSIGN_OR_RETURN(const std::string separator, CsvSeparator(options));
  ASSIGN_OR_RETURN(const bool trim_left, BooleanOption(options, "ignoreleadingwhitespace", false));
  ASSIGN_OR_RETURN(const bool trim_right,
                   BooleanOption(options, "ignoretrailingwhitespace", false));
  csv.format_text = WithLength(separator) + WithLength(TextOption(options, "quote", "\"")) +
                    WithLength(TextOption(options, "escape", "\\")) + (trim_left ? "l" : "") +
                    (trim_right ? "r" : "");
  return csv;
}

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r\f\v") == std::string_view::npos;
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
  const bool is_plain = !path.ends_with(".gz") && !path.ends_with(".zst");
  if (is_plain) {
    ASSIGN_OR_RETURN(head, store.ReadAll(path, kHeadBytes));
  } else {
    if (engine == nullptr) return first;
    FileSource one = source;
    std::erase_if(one.files, [&](const FileInfo& file) { return file.path != path; });
    one.partition_schema.clear();
    ASSIGN_OR_RETURN(Connection connection, engine->Connect());
    ASSIGN_OR_RETURN(auto rows, connection.Rows(fmt::format("SELECT \"line\" FROM {} LIMIT 1000",
                                                            LineScanSql(one))));
    for (const auto& row : rows) head += row[0].value_or("") + "\n";
  }
  if (head.starts_with("\xEF\xBB\xBF")) head.erase(0, 3);
  size_t start = 0;
  for (bool is_first = true; start < head.size(); is_first = false) {
    size_t end = head.find('\n', start);
    if (end == std::string::npos) end = head.size();
    std::string line = head.substr(start, end - start);
    if (line.ends_with('\r')) line.pop_back();
    start = end + 1;
    if (IsBlank(line) || (!csv.comment.empty() && line.starts_with(csv.comment))) continue;
    if (csv.is_multi_line) line = head.substr(start - line.size() - 1);
    first = {.text = std::move(line), .is_first = is_first, .found = true};
    return first;
  }
  return first;
}

// CSVUtils.makeSafeHeader.
std::vector<std::string> SafeNames(const std::vector<std::optional<std::string>>& fields,
                                   const CsvOptions& csv) {
  std::vector<std::string> names;
  if (!csv.has_header) {
    for (size_t i = 0; i < fields.size(); ++i) names.push_back(fmt::format("_c{}", i));
    return names;
  }
  std::map<std::string, int> counts;
  for (const auto& field : fields) {
    if (field && !field->empty()) ++counts[LowerCase(*field)];
  }
  for (size_t i = 0; i < fields.size(); ++i) {
    const bool is_missing = !fields[i] || fields[i]->empty() || *fields[i] == csv.null_value;
    if (is_missing) {
      names.push_back(fmt::format("_c{}", i));
    } else if (counts[LowerCase(*fields[i])] > 1) {
      names.push_back(fmt::format("{}{}", *fields[i], i));
    } else {
      names.push_back(*fields[i]);
    }
  }
  return names;
}

// SQL that gives the records of the files as "line" (with folders' values beside it).
Result<std::string> RecordsSql(const FileSource& source, const CsvOptions& csv, Store& store) {
  const std::string format = SqlString(csv.format_text);
  if (csv.is_multi_line) {
    if (!source.partition_schema.empty()) return Unsupported("multiLine CSV in partition folders");
    const std::string records = fmt::format("ember_csv_records(content, {})", format);
    const std::string kept = fmt::format(
        "list_filter({}, lambda r: trim(r) <> ''{})", records,
        csv.comment.empty() ? ""
                            : fmt::format(" AND NOT starts_with(r, {})", SqlString(csv.comment)));
    return fmt::format("(SELECT unnest({}{}) AS \"line\", filename FROM read_text({})) AS l", kept,
                       csv.has_header ? "[2:]" : "", FileListSql(source.files));
  }
  bool skip_first = csv.has_header;
  std::set<std::string> headers;
  if (csv.has_header) {
    for (const FileInfo& file : source.files) {
      ASSIGN_OR_RETURN(FirstLine first, FindFirstLine(file.path, csv, store, nullptr, source));
      const bool is_compressed = !first.found && file.size > 0 &&
                                 (file.path.ends_with(".gz") || file.path.ends_with(".zst"));
      if (is_compressed || (first.found && first.is_first)) continue;
      skip_first = false;
      break;
    }
    for (const FileInfo& file : source.files) {
      if (skip_first) break;
      ASSIGN_OR_RETURN(FirstLine first, FindFirstLine(file.path, csv, store, nullptr, source));
      if (first.found) headers.insert(first.text);
    }
  }
  std::string condition = "\"line\" IS NOT NULL AND trim(\"line\", e' \\t\\r\\f\\v') <> ''";
  if (!csv.comment.empty())
    condition += fmt::format(" AND NOT starts_with(\"line\", {})", SqlString(csv.comment));
  for (const std::string& header : headers)
    condition += fmt::format(" AND \"line\" <> {}", SqlString(header));
  std::string scan = LineScanSql(source, skip_first ? 1 : 0);
  if (csv.mode == ParseMode::kFailFast || source.gives_file_names)
    scan.insert(scan.size() - 1, ", filename = true");
  return fmt::format(
      "(SELECT * REPLACE (rtrim(\"line\", e'\\r') AS \"line\") FROM {} WHERE {}) AS l", scan,
      condition);
}

// The text of field `index` of the list "f": null where Spark reads null.
std::string FieldText(size_t index, const CsvOptions& csv) {
  const std::string field = fmt::format("f[{}]", index + 1);
  if (csv.null_value.empty() && csv.empty_value.empty())
    return fmt::format("nullif(substr({}, 2), '')", field);
  return fmt::format(
      "nullif(CASE {0} WHEN 'u' THEN {1} WHEN 'q' THEN {2} ELSE substr({0}, 2) END, {1})", field,
      SqlString(csv.null_value), SqlString(csv.empty_value));
}

Result<std::string> PatternSql(const std::string& text, const std::string& pattern,
                               const DataType& type, const CsvOptions& csv) {
  const FunctionRow* row = FindFunction("try_to_timestamp");
  if (row == nullptr) return Unsupported("date and timestamp patterns when reading CSV");
  const std::vector<ArgumentInfo> infos = {
      {.type = StringType(), .nullable = true, .constant = std::nullopt, .pretty = "value"},
      {.type = StringType(), .nullable = false, .constant = Value{pattern}, .pretty = pattern}};
  const std::vector<std::string> arguments = {text, SqlString(pattern)};
  EmitContext context;
  context.arguments = infos;
  context.sql = arguments;
  context.result = TimestampType();
  context.is_try = true;
  context.zone = csv.zone;
  ASSIGN_OR_RETURN(std::string sql, EmitCall(*row, context));
  if (type.Is(TypeKind::kTimestamp)) return sql;
  return EmitCast(sql, TimestampType(), type, CastMode::kTry, csv.zone);
}

// The value of a type from its text; null when the text is not one (UnivocityParser.makeConverter).
Result<std::string> ValueSql(const std::string& text, const DataType& type, const CsvOptions& csv) {
  ASSIGN_OR_RETURN(const std::string storage, DuckDbTypeName(type));
  switch (type.kind) {
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return text;
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
      return fmt::format(
          "CASE WHEN regexp_full_match({0}, '[+-]?[0-9]+') THEN TRY_CAST({0} AS {1}) END", text,
          storage);
    case TypeKind::kFloat:
    case TypeKind::kDouble: {
      ASSIGN_OR_RETURN(std::string number,
                       EmitCast(text, StringType(), type, CastMode::kTry, csv.zone));
      return fmt::format(
          "CASE {0} WHEN {1} THEN CAST('nan' AS {4}) WHEN {2} THEN CAST('inf' AS {4}) WHEN {3} "
          "THEN CAST('-inf' AS {4}) "
          "ELSE {5} END",
          text, SqlString(csv.nan_value), SqlString(csv.positive_inf), SqlString(csv.negative_inf),
          storage, number);
    }
    case TypeKind::kDecimal:
      return EmitCast(fmt::format("replace({}, ',', '')", text), StringType(), type, CastMode::kTry,
                      csv.zone);
    case TypeKind::kBoolean:
      return fmt::format("CASE lower({}) WHEN 'true' THEN true WHEN 'false' THEN false END", text);
    case TypeKind::kDate:
      if (!csv.date_format.empty()) return PatternSql(text, csv.date_format, type, csv);
      return EmitCast(text, StringType(), type, CastMode::kTry, csv.zone);
    case TypeKind::kTimestamp:
      if (!csv.timestamp_format.empty()) return PatternSql(text, csv.timestamp_format, type, csv);
      return EmitCast(text, StringType(), type, CastMode::kTry, csv.zone);
    case TypeKind::kTimestampNtz:
      if (!csv.timestamp_ntz_format.empty())
        return PatternSql(text, csv.timestamp_ntz_format, type, csv);
      return EmitCast(text, StringType(), type, CastMode::kTry, csv.zone);
    default:
      return MakeError("UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                       {{"format", "CSV"},
                        {"columnName", "`value`"},
                        {"columnType", "\"" + SqlText(type) + "\""}});
  }
}

// Classes of values in the order in which CSVInferSchema tries types.
enum ValueClass {
  kIntegerClass = 1,
  kLongClass,
  kDecimalClass,
  kDoubleClass,
  kDateClass,
  kTimestampClass,
  kBooleanClass,
  kStringClass
};

Result<std::string> ClassSql(const std::string& text, const CsvOptions& csv) {
  ASSIGN_OR_RETURN(std::string timestamp, ValueSql(text, TimestampType(), csv));
  std::string date = fmt::format(
      "regexp_full_match({0}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') AND TRY_CAST({0} AS DATE) IS NOT "
      "NULL",
      text);
  if (!csv.date_format.empty()) {
    ASSIGN_OR_RETURN(std::string parsed, ValueSql(text, DateType(), csv));
    date = fmt::format("{} IS NOT NULL", parsed);
  }
  if (!csv.prefer_date) date = "false";
  return fmt::format(
      "CASE WHEN {0} IS NULL OR {0} = '' THEN NULL "
      "WHEN regexp_full_match({0}, '[+-]?[0-9]+') AND TRY_CAST({0} AS INTEGER) IS NOT NULL THEN "
      "{1} "
      "WHEN regexp_full_match({0}, '[+-]?[0-9]+') AND TRY_CAST({0} AS BIGINT) IS NOT NULL THEN {2} "
      "WHEN regexp_full_match({0}, '[+-]?[0-9][0-9,]*') AND length(replace({0}, ',', '')) <= 38 "
      "THEN {3} "
      "WHEN regexp_full_match({0}, "
      "'\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?[dDfF]?\\s*') OR {0} IN ({4}, {5}, "
      "{6}) THEN {7} "
      "WHEN {8} THEN {9} WHEN {10} IS NOT NULL THEN {11} WHEN lower({0}) IN ('true', 'false') THEN "
      "{12} ELSE {13} END",
      text, int{kIntegerClass}, int{kLongClass}, int{kDecimalClass}, SqlString(csv.nan_value),
      SqlString(csv.positive_inf), SqlString(csv.negative_inf), int{kDoubleClass}, date,
      int{kDateClass}, timestamp, int{kTimestampClass}, int{kBooleanClass}, int{kStringClass});
}

// CSVInferSchema.compatibleType over all classes seen (bit per class).
DataType TypeOfClasses(int64_t seen, int digits) {
  const auto has = [&](int c) { return (seen >> c & 1) != 0; };
  const bool is_number =
      has(kIntegerClass) || has(kLongClass) || has(kDecimalClass) || has(kDoubleClass);
  const bool is_time = has(kDateClass) || has(kTimestampClass);
  const int kinds = (is_number ? 1 : 0) + (is_time ? 1 : 0) + (has(kBooleanClass) ? 1 : 0);
  if (seen == 0 || has(kStringClass) || kinds != 1) return StringType();
  if (is_time) return has(kTimestampClass) ? TimestampType() : DateType();
  if (!is_number) return BooleanType();
  if (has(kDoubleClass)) return DoubleType();
  if (has(kDecimalClass)) return DecimalType(std::max(digits, has(kLongClass) ? 20 : 1), 0);
  return has(kLongClass) ? LongType() : IntegerType();
}

}  // namespace

Result<Schema> DescribeCsv(const FileSource& source, Store& store, Engine& engine) {
  ASSIGN_OR_RETURN(CsvOptions csv, ParseOptions(source));
  FirstLine first;
  for (const FileInfo& file : source.files) {
    ASSIGN_OR_RETURN(first, FindFirstLine(file.path, csv, store, &engine, source));
    if (first.found) break;
  }
  if (!first.found) return Schema();
  ASSIGN_OR_RETURN(Connection connection, engine.Connect());
  std::string line = SqlString(first.text);
  if (csv.is_multi_line)
    line = fmt::format("ember_csv_records({}, {})[1]", line, SqlString(csv.format_text));
  ASSIGN_OR_RETURN(auto rows,
                   connection.Rows(fmt::format("SELECT substr(unnest(ember_csv_split({}, {})), 2)",
                                               line, SqlString(csv.format_text))));
  std::vector<std::optional<std::string>> fields;
  for (auto& row : rows) fields.push_back(row[0]);
  Schema schema;
  for (std::string& name : SafeNames(fields, csv))
    schema.push_back({std::move(name), StringType(), true, ""});
  if (!csv.infer_schema) return schema;
  ASSIGN_OR_RETURN(std::string records, RecordsSql(source, csv, store));
  std::string list;
  for (size_t i = 0; i < schema.size(); ++i) {
    const std::string text = FieldText(i, csv);
    ASSIGN_OR_RETURN(std::string value_class, ClassSql(text, csv));
    list += fmt::format(
        "{}coalesce(bit_or(1 << ({})), 0), coalesce(max(length(regexp_replace({}, '[^0-9]', '', "
        "'g'))), 0)",
        i > 0 ? ", " : "", value_class, text);
  }
  ASSIGN_OR_RETURN(auto classes,
                   connection.Rows(fmt::format(
                       "SELECT {} FROM (SELECT ember_csv_split(\"line\", {}) AS f FROM {}) AS s",
                       list, SqlString(csv.format_text), records)));
  for (size_t i = 0; i < schema.size(); ++i) {
    schema[i].type =
        TypeOfClasses(std::stoll(*classes[0][2 * i]), std::stoi(*classes[0][2 * i + 1]));
  }
  return schema;
}

Result<std::string> CsvScanSql(const FileSource& source, const std::vector<ResolvedColumn>& columns,
                               Store& store) {
  ASSIGN_OR_RETURN(CsvOptions csv, ParseOptions(source));
  ASSIGN_OR_RETURN(std::string records, RecordsSql(source, csv, store));
  const int corrupt =
      source.has_user_schema ? FindField(source.file_schema, csv.corrupt_column) : -1;
  std::string values;
  std::string bad;
  size_t token = 0;
  for (size_t i = 0; i < source.file_schema.size(); ++i) {
    if (static_cast<int>(i) == corrupt) continue;
    const std::string text = FieldText(token++, csv);
    ASSIGN_OR_RETURN(std::string value, ValueSql(text, source.file_schema[i].type, csv));
    values += fmt::format(", {} AS {}", value, ColumnName(columns[i].id));
    if (!source.file_schema[i].type.IsStringLike()) {
      bad += fmt::format(" OR ({} IS NOT NULL AND {} IS NULL)", text, ColumnName(columns[i].id));
    }
  }
  bad = fmt::format("(len(f) <> {}{})", token, bad);
  ASSIGN_OR_RETURN(std::string folders,
                   PartitionColumns(source, columns, source.file_schema.size()));
  std::string outputs;
  for (size_t i = 0; i < columns.size(); ++i) {
    std::string name = ColumnName(columns[i].id);
    if (static_cast<int>(i) == corrupt)
      name = fmt::format("CASE WHEN {} THEN \"line\" END AS {}", bad, name);
    outputs += (outputs.empty() ? "" : ", ") + name;
  }
  if (outputs.empty()) outputs = "1 AS \"nothing\"";
  outputs += FileNameOutput(source);
  std::string condition;
  if (csv.mode == ParseMode::kDropMalformed) condition = fmt::format(" WHERE NOT {}", bad);
  if (csv.mode == ParseMode::kFailFast) {
    const TokenParameter path = {"path", "'file://' || filename", true};
    condition = fmt::format(" WHERE CASE WHEN {} THEN {} ELSE true END", bad,
                            RaiseSql("FAILED_READ_FILE.NO_HINT", {&path, 1}));
  }
  return fmt::format(
      "SELECT {} FROM (SELECT *{}{} FROM (SELECT *, ember_csv_split(\"line\", {}) AS f FROM {}) AS "
      "s) AS v{}",
      outputs, values, folders, SqlString(csv.format_text), records, condition);
}

}  // namespace ember
