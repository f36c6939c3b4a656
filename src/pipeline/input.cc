#include "pipeline/input.h"

#include <ember/functions.h>
#include <fmt/format.h>

#include <algorithm>

namespace ember {
namespace {

using functions::expr;

constexpr const char* kCorrupt = "_corrupt_record";

std::string SqlText(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

// The raw text of a column, null when it is empty.
std::string RawText(const InputColumn& column) {
  return fmt::format("nullif(trim(CAST({} AS STRING)), '')", QuoteIdentifier(column.source));
}

// The column cast to its type; `tolerant`: null where the text does not fit.
std::string Converted(const InputColumn& column, const std::string& raw, std::string_view cast) {
  if (!column.type) return QuoteIdentifier(column.source);
  const std::string type = ember::SqlText(*column.type);
  if (column.format.empty()) return fmt::format("{}({} AS {})", cast, raw, type);
  const bool tolerant = cast == "try_cast";
  return fmt::format("CAST({}({}, {}) AS {})", tolerant ? "try_to_timestamp" : "to_timestamp", raw,
                     SqlText(column.format), type);
}

DataFrameReader Reader(const InputSpec& input, const SparkSession& session) {
  DataFrameReader reader = session.Read();
  reader.Format(input.format);
  if (input.format == "csv" && !input.options.contains("header")) reader.Option("header", "true");
  for (const auto& [key, value] : input.options) reader.Option(key, value);
  return reader;
}

Status CheckSourceColumns(const InputSpec& input, const std::vector<std::string>& names) {
  for (const InputColumn& column : input.columns) {
    if (std::find(names.begin(), names.end(), column.source) == names.end()) {
      return InvalidInput(
          fmt::format("inputs.{}: there is no column '{}' in the files: they have {}. Map it: `{}: "
                      "{{from: NAME, type: …}}`",
                      input.name, column.source, fmt::join(names, ", "), column.name));
    }
  }
  return {};
}

std::string Reason(const InputSpec& input) {
  std::string reasons;
  for (const InputColumn& column : input.columns) {
    const std::string raw = RawText(column);
    if (column.required) {
      reasons += fmt::format(", CASE WHEN {} IS NULL THEN {} END", raw,
                             SqlText(column.name + " is missing"));
    }
    if (column.type && column.type->kind != TypeKind::kString) {
      reasons +=
          fmt::format(", CASE WHEN {0} IS NOT NULL AND {1} IS NULL THEN concat({2}, {0}, {3}) END",
                      raw, Converted(column, raw, "try_cast"), SqlText(column.name + ": '"),
                      SqlText("' is not " + SimpleString(*column.type)));
    }
  }
  return fmt::format("concat_ws('; ', CASE WHEN {} IS NOT NULL THEN 'malformed row' END{})",
                     kCorrupt, reasons);
}

}  // namespace

Result<InputFrames> ReadInput(const InputSpec& input, const std::vector<std::string>& paths,
                              const SparkSession& session) {
  DataFrameReader reader = Reader(input, session);
  DataFrame raw = reader.Load(paths);
  if (input.columns.empty()) return InputFrames{.rows = raw, .rejects = std::nullopt};
  ASSIGN_OR_RETURN(const std::vector<std::string> names, raw.Columns());
  RETURN_IF_ERROR(CheckSourceColumns(input, names));

  const bool keep_rejects = !input.rejects.empty();
  std::vector<Column> columns;
  for (const InputColumn& column : input.columns) {
    const std::string converted =
        Converted(column, RawText(column), keep_rejects ? "try_cast" : "CAST");
    columns.push_back(expr(converted).Alias(column.name));
  }
  if (!keep_rejects) return InputFrames{.rows = raw.Select(columns), .rejects = std::nullopt};

  std::string ddl;
  std::vector<Column> raw_columns = {expr("input_file_name()").Alias("file")};
  for (const std::string& name : names) {
    ddl += QuoteIdentifier(name) + " STRING, ";
    raw_columns.push_back(expr(QuoteIdentifier(name)));
  }
  reader.Schema(ddl + kCorrupt + " STRING").Option("columnNameOfCorruptRecord", kCorrupt);
  const DataFrame checked = reader.Load(paths);
  const std::string reason = Reason(input);
  raw_columns.push_back(expr(kCorrupt));
  raw_columns.push_back(expr(reason).Alias("reason"));
  return InputFrames{.rows = checked.Filter(reason + " = ''").Select(columns),
                     .rejects = checked.Filter(reason + " <> ''").Select(raw_columns)};
}

}  // namespace ember
