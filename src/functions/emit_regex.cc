#include "functions/emit_regex.h"

#include <fmt/format.h>

#include "functions/argument_errors.h"
#include "functions/error_token.h"
#include "functions/regex.h"
#include "functions/sql_build.h"

namespace ember {
namespace {

// Spark's text of a string in error parameters: toSQLValue.
std::string QuotedText(std::string_view text) {
  std::string quoted = "'";
  for (char c : text) {
    if (c == '\\' || c == '\'') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

// StringUtils.escapeLikeRegex: an escape stands before %, _ or itself.
Status CheckLikePattern(std::string_view pattern, char escape) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != escape) continue;
    if (i + 1 == pattern.size()) {
      return MakeError("INVALID_FORMAT.ESC_AT_THE_END", {{"format", QuotedText(pattern)}});
    }
    const char next = pattern[++i];
    if (next == '%' || next == '_' || next == escape) continue;
    return MakeError("INVALID_FORMAT.ESC_IN_THE_MIDDLE",
                     {{"format", QuotedText(pattern)}, {"char", QuotedText(pattern.substr(i, 1))}});
  }
  return {};
}

Result<std::string> EmitLikeAs(const EmitContext& context, std::string_view keyword) {
  std::string escape = "\\";
  if (context.arguments.size() > 2) escape = ConstantText(context.arguments[2]).value_or("\\");
  if (escape.size() != 1) return Unsupported("an ESCAPE of more than one byte");
  std::string suffix = fmt::format(" ESCAPE {}", SqlString(escape));
  if (auto pattern = ConstantText(context.arguments[1])) {
    RETURN_IF_ERROR(CheckLikePattern(*pattern, escape[0]));
    // Without an escape DuckDB turns prefixes, suffixes and infixes into plain searches.
    if (pattern->find(escape) == std::string::npos) suffix.clear();
  }
  return fmt::format("({} {} {}{})", context.sql[0], keyword, context.sql[1], suffix);
}

std::string RaisePattern(std::string_view function, const std::string& pattern) {
  const TokenParameter parameters[] = {
      {"functionName", fmt::format("`{}`", function)},
      {"parameter", "`regexp`"},
      {"value", fmt::format("ember_quoted_sql({})", pattern), true}};
  return RaiseSql("INVALID_PARAMETER_VALUE.PATTERN", parameters);
}

std::string NullTest(const EmitContext& context) {
  std::string test;
  for (const std::string& sql : context.sql) {
    test += fmt::format("{}{} IS NULL", test.empty() ? "" : " OR ", sql);
  }
  return test;
}

// A constant pattern that compiles needs no guard.
bool IsGoodPattern(const EmitContext& context) {
  auto pattern = ConstantText(context.arguments[1]);
  return pattern && Regex::Compile(*pattern) != nullptr;
}

Result<std::string> EmitGuarded(const EmitContext& context, std::string_view function,
                                const std::string& call) {
  if (IsGoodPattern(context)) return call;
  return fmt::format("coalesce({}, CASE WHEN {} THEN NULL ELSE {} END)", call, NullTest(context),
                     RaisePattern(function, context.sql[1]));
}

Result<std::string> EmitExtract(const EmitContext& context, std::string_view function) {
  const std::string group = context.sql.size() > 2 ? context.sql[2] : "1";
  std::string call =
      fmt::format("ember_{}({}, {}, {})", function, context.sql[0], context.sql[1], group);
  if (IsGoodPattern(context)) {
    const int groups = Regex::Compile(*ConstantText(context.arguments[1]))->group_count();
    auto index = context.sql.size() > 2 ? ConstantInteger(context.arguments[2]) : int64_t{1};
    if (index && *index >= 0 && *index <= groups) return call;
  }
  const TokenParameter parameters[] = {
      {"functionName", fmt::format("`{}`", function)},
      {"parameter", "`idx`"},
      {"groupCount", fmt::format("ember_regexp_groups({})", context.sql[1]), true},
      {"groupIndex", fmt::format("CAST({} AS VARCHAR)", group), true}};
  std::string failure = SqlCase(fmt::format("ember_regexp_groups({}) IS NULL", context.sql[1]),
                                RaisePattern(function, context.sql[1]),
                                RaiseSql("INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX", parameters));
  return fmt::format("coalesce({}, CASE WHEN {} THEN NULL ELSE {} END)", call, NullTest(context),
                     failure);
}

Result<std::string> EmitMatch(const EmitContext& context, std::string_view function) {
  return EmitGuarded(context, function,
                     fmt::format("ember_regexp_like({}, {})", context.sql[0], context.sql[1]));
}

}  // namespace

Result<std::string> EmitLike(const EmitContext& context) { return EmitLikeAs(context, "LIKE"); }

Result<std::string> EmitIlike(const EmitContext& context) { return EmitLikeAs(context, "ILIKE"); }

Result<std::string> EmitRlike(const EmitContext& context) { return EmitMatch(context, "rlike"); }
Result<std::string> EmitRegexp(const EmitContext& context) { return EmitMatch(context, "regexp"); }
Result<std::string> EmitRegexpLike(const EmitContext& context) {
  return EmitMatch(context, "regexp_like");
}

Result<std::string> EmitRegexpExtract(const EmitContext& context) {
  return EmitExtract(context, "regexp_extract");
}

Result<std::string> EmitRegexpExtractAll(const EmitContext& context) {
  return EmitExtract(context, "regexp_extract_all");
}

Result<std::string> EmitRegexpReplace(const EmitContext& context) {
  const std::string position = context.sql.size() > 3 ? context.sql[3] : "1";
  std::string call = fmt::format("ember_regexp_replace({}, {}, {}, {})", context.sql[0],
                                 context.sql[1], context.sql[2], position);
  auto replacement = ConstantText(context.arguments[2]);
  if (IsGoodPattern(context) && replacement &&
      replacement->find_first_of("\\$") == std::string::npos) {
    return call;
  }
  const TokenParameter parameters[] = {
      {"source", context.sql[0], true},
      {"pattern", context.sql[1], true},
      {"replacement", context.sql[2], true},
      {"position", fmt::format("CAST({} AS VARCHAR)", position), true}};
  std::string failure = SqlCase(fmt::format("ember_regexp_groups({}) IS NULL", context.sql[1]),
                                RaisePattern("regexp_replace", context.sql[1]),
                                RaiseSql("INVALID_REGEXP_REPLACE", parameters));
  return fmt::format("coalesce({}, CASE WHEN {} THEN NULL ELSE {} END)", call, NullTest(context),
                     failure);
}

Result<std::string> EmitRegexpCount(const EmitContext& context) {
  return EmitGuarded(context, "regexp_extract_all",
                     fmt::format("ember_regexp_count({}, {})", context.sql[0], context.sql[1]));
}

Result<std::string> EmitRegexpInstr(const EmitContext& context) {
  return EmitGuarded(context, "regexp_instr",
                     fmt::format("ember_regexp_instr({}, {})", context.sql[0], context.sql[1]));
}

Result<std::string> EmitRegexpSubstr(const EmitContext& context) {
  std::string call = fmt::format("ember_regexp_substr({}, {})", context.sql[0], context.sql[1]);
  if (IsGoodPattern(context)) return call;
  std::string test =
      fmt::format("{} OR ember_regexp_groups({}) IS NOT NULL", NullTest(context), context.sql[1]);
  return fmt::format("coalesce({}, CASE WHEN {} THEN NULL ELSE {} END)", call, test,
                     RaisePattern("regexp_extract", context.sql[1]));
}

Result<std::string> EmitSplit(const EmitContext& context) {
  const std::string limit = context.sql.size() > 2 ? context.sql[2] : "-1";
  return EmitGuarded(context, "split",
                     fmt::format("ember_split({}, {}, {})", context.sql[0], context.sql[1], limit));
}

}  // namespace ember
