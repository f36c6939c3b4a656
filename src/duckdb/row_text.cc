#include "duckdb/row_text.h"

#include <fmt/format.h>

#include "duckdb/file_source.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"
#include "functions/registry.h"

namespace ember {
namespace {

// Text of a datetime by a user's pattern, through the row of date_format.
Result<std::string> PatternSql(const std::string& sql, const DataType& type,
                               const std::string& pattern, const std::string& zone) {
  const FunctionRow* row = FindFunction("date_format");
  if (row == nullptr) return Unsupported("datetime patterns in written files");
  std::string instant = sql;
  if (type.Is(TypeKind::kDate)) {
    ASSIGN_OR_RETURN(instant, EmitCast(sql, type, TimestampType(), CastMode::kAnsi, zone));
  }
  const std::vector<ArgumentInfo> infos = {
      {.type = TimestampType(), .nullable = true, .constant = std::nullopt, .pretty = "value"},
      {.type = StringType(), .nullable = false, .constant = Value{pattern}, .pretty = pattern}};
  const std::vector<std::string> arguments = {instant, SqlString(pattern)};
  EmitContext context;
  context.arguments = infos;
  context.sql = arguments;
  context.result = StringType();
  context.zone = zone;
  return EmitCall(*row, context);
}

Result<std::string> DatetimeSql(const std::string& sql, const DataType& type,
                                const Options& options, const std::string& zone) {
  const char* key = type.Is(TypeKind::kDate)        ? "dateformat"
                    : type.Is(TypeKind::kTimestamp) ? "timestampformat"
                                                    : "timestampntzformat";
  const auto pattern = options.find(key);
  const std::string own_zone = TextOption(options, "timezone", zone);
  if (pattern != options.end()) return PatternSql(sql, type, pattern->second, own_zone);
  if (type.Is(TypeKind::kDate)) return EmitCast(sql, type, StringType(), CastMode::kAnsi, own_zone);
  return IsoTimestampSql(sql, type, own_zone);
}

std::string EscapeCharacter(const Options& options) { return TextOption(options, "escape", "\\"); }
std::string QuoteCharacter(const Options& options) { return TextOption(options, "quote", "\""); }

std::string ReplaceAll(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

Result<std::string> JsonValueSql(const std::string& sql, const DataType& type,
                                 const Options& options, const std::string& zone, int depth);

Result<std::string> JsonObjectSql(const std::vector<TextColumn>& columns, const Options& options,
                                  const std::string& zone, int depth) {
  ASSIGN_OR_RETURN(const bool ignore_nulls, BooleanOption(options, "ignorenullfields", true));
  std::string fields;
  for (const TextColumn& column : columns) {
    ASSIGN_OR_RETURN(std::string value,
                     JsonValueSql(column.sql, column.field.type, options, zone, depth));
    const std::string name =
        fmt::format("CAST(to_json({}) AS VARCHAR) || ':'", SqlString(column.field.name));
    const std::string missing = ignore_nulls ? "NULL" : fmt::format("{} || 'null'", name);
    fields += fmt::format(", CASE WHEN {} IS NULL THEN {} ELSE {} || {} END", column.sql, missing,
                          name, value);
  }
  if (fields.empty()) return std::string("'{}'");
  return fmt::format("('{{' || concat_ws(','{}) || '}}')", fields);
}

Result<std::string> JsonValueSql(const std::string& sql, const DataType& type,
                                 const Options& options, const std::string& zone, int depth) {
  const std::string item = fmt::format("\"i{}\"", depth);
  switch (type.kind) {
    case TypeKind::kBoolean:
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
    case TypeKind::kDecimal:
      return EmitCast(sql, type, StringType(), CastMode::kAnsi, zone);
    case TypeKind::kFloat:
    case TypeKind::kDouble: {
      ASSIGN_OR_RETURN(std::string text, EmitCast(sql, type, StringType(), CastMode::kAnsi, zone));
      return fmt::format("CASE WHEN isfinite({}) THEN {} ELSE '\"' || {} || '\"' END", sql, text,
                         text);
    }
    case TypeKind::kDate:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz: {
      ASSIGN_OR_RETURN(std::string text, DatetimeSql(sql, type, options, zone));
      return fmt::format("('\"' || {} || '\"')", text);
    }
    case TypeKind::kBinary:
      return fmt::format("('\"' || to_base64({}) || '\"')", sql);
    case TypeKind::kArray: {
      ASSIGN_OR_RETURN(std::string body,
                       JsonValueSql(item, type.element().type, options, zone, depth + 1));
      return fmt::format(
          "('[' || array_to_string(list_transform({}, lambda {}: coalesce({}, 'null')), ',') || "
          "']')",
          sql, item, body);
    }
    case TypeKind::kMap: {
      ASSIGN_OR_RETURN(std::string key, EmitCast(item + ".\"key\"", type.key().type, StringType(),
                                                 CastMode::kAnsi, zone));
      ASSIGN_OR_RETURN(std::string value, JsonValueSql(item + ".\"value\"", type.value().type,
                                                       options, zone, depth + 1));
      return fmt::format(
          "('{{' || array_to_string(list_transform(map_entries({}), lambda {}: CAST(to_json({}) AS "
          "VARCHAR) || ':' || "
          "coalesce({}, 'null')), ',') || '}}')",
          sql, item, key, value);
    }
    case TypeKind::kStruct: {
      std::vector<TextColumn> fields;
      for (size_t i = 0; i < type.fields().size(); ++i) {
        fields.push_back({type.fields()[i], fmt::format("struct_extract_at({}, {})", sql, i + 1)});
      }
      ASSIGN_OR_RETURN(std::string object, JsonObjectSql(fields, options, zone, depth));
      return fmt::format("CASE WHEN {} IS NULL THEN NULL ELSE {} END", sql, object);
    }
    default: {
      ASSIGN_OR_RETURN(std::string text, EmitCast(sql, type, StringType(), CastMode::kAnsi, zone));
      return fmt::format("CAST(to_json({}) AS VARCHAR)", text);
    }
  }
}

}  // namespace

Result<std::string> IsoTimestampSql(const std::string& sql, const DataType& type,
                                    const std::string& zone) {
  constexpr std::string_view kPattern = "'%Y-%m-%dT%H:%M:%S.%g'";
  if (!type.Is(TypeKind::kTimestamp)) return fmt::format("strftime({}, {})", sql, kPattern);
  if (zone == "UTC" || zone == "Etc/UTC" || zone == "GMT")
    return fmt::format("(strftime({}, {}) || 'Z')", sql, kPattern);
  ASSIGN_OR_RETURN(std::string local,
                   EmitCast(sql, TimestampType(), TimestampNtzType(), CastMode::kAnsi, zone));
  const std::string minutes =
      fmt::format("((epoch_us({}) - epoch_us({})) // 60000000)", local, sql);
  return fmt::format(
      "(strftime({0}, {1}) || CASE WHEN {2} = 0 THEN 'Z' ELSE format('{{}}{{:02d}}:{{:02d}}', CASE "
      "WHEN {2} < 0 THEN '-' "
      "ELSE '+' END, abs({2}) // 60, abs({2}) % 60) END)",
      local, kPattern, minutes);
}

Result<std::string> CsvSeparator(const Options& options) {
  const std::string text = TextOption(options, "sep", TextOption(options, "delimiter", ","));
  if (text == "\\t") return std::string("\t");
  if (text == "\\\\") return std::string("\\");
  if (text.empty()) return MakeError("INVALID_DELIMITER_VALUE.EMPTY_STRING");
  return text;
}

Result<std::string> CsvHeader(const std::vector<TextColumn>& columns, const Options& options) {
  ASSIGN_OR_RETURN(std::string separator, CsvSeparator(options));
  const std::string quote = QuoteCharacter(options);
  std::string header;
  for (const TextColumn& column : columns) {
    const std::string& name = column.field.name;
    const bool is_quoted = name.find(separator) != std::string::npos ||
                           name.find(quote) != std::string::npos ||
                           name.find_first_of("\r\n") != std::string::npos;
    if (!header.empty()) header += separator;
    header += is_quoted ? quote + ReplaceAll(name, quote, EscapeCharacter(options) + quote) + quote
                        : name;
  }
  return header;
}

Result<std::string> CsvLineSql(const std::vector<TextColumn>& columns, const Options& options,
                               const std::string& zone) {
  ASSIGN_OR_RETURN(const std::string separator, CsvSeparator(options));
  ASSIGN_OR_RETURN(const bool quote_all, BooleanOption(options, "quoteall", false));
  ASSIGN_OR_RETURN(const bool escapes_quotes, BooleanOption(options, "escapequotes", true));
  ASSIGN_OR_RETURN(const bool trim_left, BooleanOption(options, "ignoreleadingwhitespace", true));
  ASSIGN_OR_RETURN(const bool trim_right, BooleanOption(options, "ignoretrailingwhitespace", true));
  const std::string quote = QuoteCharacter(options);
  std::string null_value = TextOption(options, "nullvalue", "");
  if (quote_all) null_value = quote + null_value + quote;
  const std::string empty_value = TextOption(options, "emptyvalue", "\"\"");
  std::string line;
  for (const TextColumn& column : columns) {
    const DataType& type = column.field.type;
    std::string text;
    if (type.IsDatetime()) {
      ASSIGN_OR_RETURN(text, DatetimeSql(column.sql, type, options, zone));
    } else {
      ASSIGN_OR_RETURN(text, EmitCast(column.sql, type, StringType(), CastMode::kAnsi, zone));
    }
    const bool may_need_quotes = type.IsStringLike() || type.Is(TypeKind::kBinary) || quote_all;
    if (type.IsStringLike() && trim_left) text = fmt::format("ltrim({})", text);
    if (type.IsStringLike() && trim_right) text = fmt::format("rtrim({})", text);
    if (may_need_quotes && !quote.empty()) {
      const std::string escape = EscapeCharacter(options);
      // Inside quotes the escape character stands for itself only when doubled.
      const std::string doubled = escape == quote || escape.empty()
                                      ? text
                                      : fmt::format("replace({}, {}, {})", text, SqlString(escape),
                                                    SqlString(escape + escape));
      const std::string quoted = fmt::format("({0} || replace({1}, {0}, {2}) || {0})",
                                             SqlString(quote), doubled, SqlString(escape + quote));
      std::string needs =
          fmt::format("contains({0}, {1}) OR contains({0}, chr(10)) OR contains({0}, chr(13))",
                      text, SqlString(separator));
      // univocity quotes for the sake of a quote in the text, or at its start.
      needs += fmt::format(" OR {}({}, {})", escapes_quotes ? "contains" : "starts_with", text,
                           SqlString(quote));
      // A line that starts with # would be taken for a comment.
      if (line.empty()) needs += fmt::format(" OR starts_with({}, '#')", text);
      if (quote_all) needs = "true";
      text = fmt::format("CASE WHEN {0} = '' THEN {1} WHEN {2} THEN {3} ELSE {0} END", text,
                         SqlString(empty_value), needs, quoted);
    }
    line += fmt::format("{}coalesce({}, {})",
                        line.empty() ? "" : fmt::format(" || {} || ", SqlString(separator)), text,
                        SqlString(null_value));
  }
  return line;
}

Result<std::string> JsonLineSql(const std::vector<TextColumn>& columns, const Options& options,
                                const std::string& zone) {
  return JsonObjectSql(columns, options, zone, 0);
}

}  // namespace ember
