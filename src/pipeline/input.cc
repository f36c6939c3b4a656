#include "pipeline/input.h"

#include <ember/functions.h>
#include <fmt/format.h>

#include <algorithm>

namespace ember {
namespace {

using functions::expr;

constexpr const char* kCorrupt = "_corrupt_record";
constexpr const char* kFile = "__file";
constexpr const char* kReason = "__reason";

std::string SqlText(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
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
  if (input.format == "csv" && !input.columns.empty()) {
    // Blanks around a value are no part of it; nothing but blanks is null.
    reader.Option("ignoreLeadingWhiteSpace", "true").Option("ignoreTrailingWhiteSpace", "true");
  }
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

// The typed value of a column in the checked frame, beside its raw text.
std::string TypedName(size_t column) { return fmt::format("__typed_{}", column); }

bool IsText(const InputColumn& column) {
  return !column.type || column.type->kind == TypeKind::kString;
}

std::string Reason(const InputSpec& input) {
  std::string reasons;
  for (size_t i = 0; i < input.columns.size(); ++i) {
    const InputColumn& column = input.columns[i];
    const std::string raw = QuoteIdentifier(column.source);
    if (column.required) {
      reasons += fmt::format(", CASE WHEN {} IS NULL THEN {} END", raw,
                             SqlText(column.name + " is missing"));
    }
    if (!IsText(column)) {
      reasons +=
          fmt::format(", CASE WHEN {0} IS NOT NULL AND {1} IS NULL THEN concat({2}, {0}, {3}) END",
                      raw, TypedName(i), SqlText(column.name + ": '"),
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
  if (input.columns.empty())
    return InputFrames{.rows = raw, .rejects = std::nullopt, .checked = std::nullopt};
  ASSIGN_OR_RETURN(const std::vector<std::string> names, raw.Columns());
  RETURN_IF_ERROR(CheckSourceColumns(input, names));

  if (input.rejects.empty()) {
    std::vector<Column> columns;
    for (const InputColumn& column : input.columns) {
      columns.push_back(
          expr(Converted(column, QuoteIdentifier(column.source), "CAST")).Alias(column.name));
    }
    return InputFrames{
        .rows = raw.Select(columns), .rejects = std::nullopt, .checked = std::nullopt};
  }
  // In steps, each a projection over names: raw text, typed values, reason. The raw text stays only
  // where it is needed.
  std::string ddl;
  for (const std::string& name : names) ddl += QuoteIdentifier(name) + " STRING, ";
  // A record of too few or too many fields is a reject whatever is read of it later.
  reader.Schema(ddl + kCorrupt + " STRING")
      .Option("columnNameOfCorruptRecord", kCorrupt)
      .Option("columnPruning", "false");
  std::vector<Column> typed = {functions::star(), expr("input_file_name()").Alias(kFile)};
  std::vector<Column> kept = {expr(kReason)};
  std::vector<Column> columns;
  for (size_t i = 0; i < input.columns.size(); ++i) {
    const InputColumn& column = input.columns[i];
    typed.push_back(
        expr(Converted(column, QuoteIdentifier(column.source), "try_cast")).Alias(TypedName(i)));
    kept.push_back(expr(TypedName(i)));
    columns.push_back(expr(TypedName(i)).Alias(column.name));
  }
  std::vector<Column> rejected = {expr(kFile).Alias("file")};
  const auto keep_of_rejects = [&](const std::string& name, const std::string& display) {
    kept.push_back(
        expr(fmt::format("CASE WHEN {} <> '' THEN {} END", kReason, name)).Alias(display));
  };
  keep_of_rejects(kFile, kFile);
  for (const std::string& name : names) {
    keep_of_rejects(QuoteIdentifier(name), "__raw_" + name);
    rejected.push_back(expr(QuoteIdentifier("__raw_" + name)).Alias(name));
  }
  keep_of_rejects(kCorrupt, kCorrupt);
  rejected.push_back(expr(kCorrupt));
  rejected.push_back(expr(kReason).Alias("reason"));
  const DataFrame checked = reader.Load(paths)
                                .Select(typed)
                                .Select({functions::star(), expr(Reason(input)).Alias(kReason)})
                                .Select(kept);
  return InputFrames{.rows = checked.Filter(fmt::format("{} = ''", kReason)).Select(columns),
                     .rejects = checked.Filter(fmt::format("{} <> ''", kReason)).Select(rejected),
                     .checked = checked};
}

}  // namespace ember
