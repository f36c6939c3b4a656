#include "duckdb/csv_options.h"

#include "duckdb/row_text.h"
#include "functions/datetime_pattern.h"

namespace ember {
namespace {

// A pattern that Spark would not take, as its error.
Status CheckPattern(const std::string& pattern) {
  if (pattern.empty()) return {};
  Result<DateTimePattern> compiled = DateTimePattern::Make(pattern, DateTimePattern::Use::kParse);
  if (!compiled.ok()) return std::move(compiled).error();
  return {};
}

// CharsetProvider: Spark takes these names only. The bytes of the others are not read here.
Status CheckCharset(const std::string& charset) {
  const std::string name = LowerCase(charset);
  if (name == "utf-8" || name == "us-ascii" || name == "iso-8859-1") return {};
  if (name == "utf-16" || name == "utf-16be" || name == "utf-16le" || name == "utf-32")
    return Unsupported("CSV encoding " + charset);
  return MakeError(
      "INVALID_PARAMETER_VALUE.CHARSET",
      {{"functionName", "`CSVOptions`"},
       {"parameter", "`charset`"},
       {"charset", charset},
       {"charsets", "iso-8859-1, us-ascii, utf-16, utf-16be, utf-16le, utf-32, utf-8"}});
}

}  // namespace

Result<CsvOptions> ParseCsvOptions(const FileSource& source) {
  const Options& options = source.options;
  CsvOptions csv;
  ASSIGN_OR_RETURN(csv.has_header, BooleanOption(options, "header", false));
  ASSIGN_OR_RETURN(csv.infer_schema, BooleanOption(options, "inferschema", false));
  ASSIGN_OR_RETURN(csv.is_multi_line, BooleanOption(options, "multiline", false));
  ASSIGN_OR_RETURN(csv.prefer_date, BooleanOption(options, "preferdate", true));
  ASSIGN_OR_RETURN(csv.enforce_schema, BooleanOption(options, "enforceschema", true));
  ASSIGN_OR_RETURN(csv.prunes_columns, BooleanOption(options, "columnpruning", !csv.is_multi_line));
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
      TextOption(options, "encoding", TextOption(options, "charset", "UTF-8"));
  RETURN_IF_ERROR(CheckCharset(charset));
  csv.is_latin1 = LowerCase(charset) == "iso-8859-1";
  if (csv.is_latin1 && csv.is_multi_line) return Unsupported("multiLine CSV in " + charset);
  csv.line_separator = TextOption(options, "linesep", "");
  if (csv.line_separator == "\n" || csv.line_separator == "\r\n") csv.line_separator.clear();
  if (csv.line_separator.size() > 2) {
    return MakeError("java.lang.IllegalArgumentException",
                     {{"message", "requirement failed: 'lineSep' can contain only 1 character."}});
  }
  if (!csv.line_separator.empty() && (csv.is_multi_line || csv.is_latin1))
    return Unsupported("the option lineSep of multiLine CSV and of " + charset);
  const std::string mode = LowerCase(TextOption(options, "mode", "permissive"));
  if (mode == "dropmalformed") csv.mode = CsvParseMode::kDropMalformed;
  if (mode == "failfast") csv.mode = CsvParseMode::kFailFast;
  ASSIGN_OR_RETURN(csv.separator, CsvSeparator(options));
  csv.quote = TextOption(options, "quote", "\"");
  csv.escape = TextOption(options, "escape", "\\");
  csv.escape_escape = TextOption(options, "chartoescapequoteescaping", "");
  ASSIGN_OR_RETURN(csv.trims_left, BooleanOption(options, "ignoreleadingwhitespace", false));
  ASSIGN_OR_RETURN(csv.trims_right, BooleanOption(options, "ignoretrailingwhitespace", false));
  if (LowerCase(TextOption(options, "unescapedquotehandling", "stop_at_delimiter")) !=
      "stop_at_delimiter")
    return Unsupported("the option unescapedQuoteHandling when reading CSV");
  for (const std::string* pattern :
       {&csv.date_format, &csv.timestamp_format, &csv.timestamp_ntz_format})
    RETURN_IF_ERROR(CheckPattern(*pattern));
  return csv;
}

CsvSpec SpecOfCsv(const CsvOptions& csv) {
  return {.format = {.separator = csv.separator,
                     .quote = csv.quote,
                     .escape = csv.escape,
                     .escape_escape = csv.escape_escape,
                     .trims_left = csv.trims_left,
                     .trims_right = csv.trims_right},
          .comment = csv.comment,
          .null_value = csv.null_value,
          .empty_value = csv.empty_value,
          .nan_value = csv.nan_value,
          .positive_inf = csv.positive_inf,
          .negative_inf = csv.negative_inf,
          .zone = csv.zone,
          .date_format = csv.date_format,
          .timestamp_format = csv.timestamp_format,
          .timestamp_ntz_format = csv.timestamp_ntz_format,
          .prefers_date = csv.prefer_date};
}

}  // namespace ember
