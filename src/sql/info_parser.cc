#include <fmt/format.h>

#include <cctype>
#include <cstdlib>

#include "sql/sql_parser.h"

namespace ember {
namespace {

std::string_view TrimSpace(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
    text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
    text.remove_suffix(1);
  return text;
}

// What SparkSqlParser takes as an unquoted key.
bool IsConfigKey(std::string_view text) {
  for (const char c : text) {
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_' && c != '.' && c != ':' &&
        c != '\\')
      return false;
  }
  return !text.empty();
}

bool IsBackquoted(std::string_view text) {
  return text.size() > 1 && text.front() == '`' && text.back() == '`';
}

}  // namespace

// SHOW TABLES|VIEWS|… [FROM name] [LIKE 'pattern']
Result<Statement> SqlParser::ParseShow() {
  ++at_;
  Show show;
  const auto take_from = [this, &show]() -> Status {
    if (!IsAnyWord({"FROM", "IN"}) || !IsIdentifier(1)) return {};
    ++at_;
    ASSIGN_OR_RETURN(show.name, ParseNameReference());
    return {};
  };
  const auto take_pattern = [this, &show]() -> Status {
    if (IsWord("LIKE") || IsString()) {
      (void)TakeWord("LIKE");
      ASSIGN_OR_RETURN(show.pattern, ParseString());
    }
    return {};
  };
  if (IsAnyWord({"TABLES", "VIEWS", "DATABASES", "SCHEMAS", "NAMESPACES", "CATALOGS"})) {
    show.what = ToLower(Peek().text);
    if (show.what == "schemas" || show.what == "namespaces") show.what = "databases";
    ++at_;
    RETURN_IF_ERROR(take_from());
    RETURN_IF_ERROR(take_pattern());
  } else if (IsWord("COLUMNS")) {
    ++at_;
    show.what = "columns";
    if (!IsAnyWord({"FROM", "IN"})) return SyntaxErrorHere();
    RETURN_IF_ERROR(take_from());
    const std::vector<std::string> table = show.name;
    show.name.clear();
    RETURN_IF_ERROR(take_from());
    show.name.push_back(table.empty() ? "" : table.back());
    if (show.name.size() == 1) show.name = table;
  } else if (IsAnyWord({"PARTITIONS", "TBLPROPERTIES"})) {
    show.what = ToLower(Peek().text);
    ++at_;
    ASSIGN_OR_RETURN(show.name, ParseNameReference());
    if (show.what == "partitions" && IsWord("PARTITION")) {
      ASSIGN_OR_RETURN(show.partition, ParsePartitionSpec());
    }
    if (TakeSymbol("(")) {
      if (IsString()) {
        ASSIGN_OR_RETURN(show.pattern, ParseString());
      } else {
        ASSIGN_OR_RETURN(auto key, ParseMultipartName());
        for (const auto& part : key) show.pattern += (show.pattern.empty() ? "" : ".") + part;
      }
      RETURN_IF_ERROR(ExpectSymbol(")"));
    }
  } else if (IsWords({"CREATE", "TABLE"})) {
    at_ += 2;
    show.what = "create table";
    ASSIGN_OR_RETURN(show.name, ParseNameReference());
    if (IsWords({"AS", "SERDE"})) return Unsupported("SHOW CREATE TABLE … AS SERDE");
  } else if (IsWord("CURRENT") && IsAnyWord({"DATABASE", "SCHEMA", "NAMESPACE"}, 1)) {
    at_ += 2;
    show.what = "current namespace";
  } else if (IsWord("FUNCTIONS") || (IsIdentifier() && IsWord("FUNCTIONS", 1))) {
    show.what = "functions";
    if (!IsWord("FUNCTIONS")) {
      const std::string scope = ToLower(Peek().text);
      if (scope == "user" || scope == "system") show.what = scope + " functions";
      ++at_;
    }
    ++at_;
    RETURN_IF_ERROR(take_from());
    (void)(IsWord("LIKE") && !IsString(1) && TakeWord("LIKE"));
    if (IsIdentifier() && !IsWord("LIKE")) {
      ASSIGN_OR_RETURN(auto name, ParseMultipartName());
      show.pattern = name.back();
    } else {
      RETURN_IF_ERROR(take_pattern());
    }
  } else if (Peek().kind == TokenKind::kWord) {
    return Unsupported(fmt::format("the statement SHOW {}", ToUpper(Peek().text)));
  } else {
    return SyntaxErrorHere();
  }
  return Statement(Command{std::move(show)});
}

Result<Statement> SqlParser::ParseDescribe() {
  ++at_;
  DescribeObject describe;
  if (IsWord("FUNCTION") && !IsTerminator(1)) {
    ++at_;
    describe.what = "function";
    describe.is_extended = IsWord("EXTENDED") && !IsTerminator(1) && TakeWord("EXTENDED");
    if (IsIdentifier()) {
      ASSIGN_OR_RETURN(describe.name, ParseNameReference());
    } else if (IsString()) {
      ASSIGN_OR_RETURN(std::string name, ParseString());
      describe.name = {std::move(name)};
    } else if (Peek().kind == TokenKind::kSymbol) {
      describe.name = {std::string(tokens_[at_++].text)};
    } else {
      return SyntaxErrorHere();
    }
    return Statement(Command{std::move(describe)});
  }
  if (IsAnyWord({"DATABASE", "SCHEMA", "NAMESPACE"}) && !IsTerminator(1)) {
    ++at_;
    describe.what = "database";
    describe.is_extended = IsWord("EXTENDED") && !IsTerminator(1) && TakeWord("EXTENDED");
    ASSIGN_OR_RETURN(describe.name, ParseNameReference());
    return Statement(Command{std::move(describe)});
  }
  if (IsWord("QUERY") && StartsQuery(1)) ++at_;
  if (StartsQuery() || (IsSymbol("(") && GroupIsQuery())) {
    describe.what = "query";
    ASSIGN_OR_RETURN(describe.query, ParseQuery());
    return Statement(Command{std::move(describe)});
  }
  describe.what = "table";
  (void)(IsWord("TABLE") && IsIdentifier(1) && TakeWord("TABLE"));
  describe.is_extended = IsAnyWord({"EXTENDED", "FORMATTED"}) && IsIdentifier(1);
  if (describe.is_extended) ++at_;
  ASSIGN_OR_RETURN(describe.name, ParseNameReference());
  if (IsWord("PARTITION") && IsSymbol("(", 1)) {
    if (describe.is_extended) return Unsupported("DESCRIBE EXTENDED … PARTITION");
    ASSIGN_OR_RETURN(describe.partition, ParsePartitionSpec());
    return Statement(Command{std::move(describe)});
  }
  if (IsWords({"AS", "JSON"})) return Unsupported("DESCRIBE … AS JSON");
  if (IsIdentifier()) {
    ASSIGN_OR_RETURN(describe.column, ParseMultipartName());
  }
  return Statement(Command{std::move(describe)});
}

Result<Statement> SqlParser::ParseCacheStatement() {
  CacheTable cache;
  cache.what = ToLower(Peek().text);
  ++at_;
  if (cache.what == "clear") {
    RETURN_IF_ERROR(ExpectWordOrMissing("CACHE"));
    return Statement(Command{std::move(cache)});
  }
  if (cache.what == "cache") cache.is_lazy = TakeWord("LAZY");
  if (cache.what == "refresh" && !IsWord("TABLE") && !IsTerminator()) {
    if (IsWord("FUNCTION")) return Unsupported("REFRESH FUNCTION");
    cache.what = "refresh path";  // files are listed anew by every query
    if (IsString()) {
      RETURN_IF_ERROR(ParseString());
    } else {
      at_ = tokens_.size() - 1;
    }
    return Statement(Command{std::move(cache)});
  }
  RETURN_IF_ERROR(ExpectWord("TABLE"));
  if (cache.what == "uncache") {
    ASSIGN_OR_RETURN(cache.if_exists, ParseIfExists());
  }
  ASSIGN_OR_RETURN(cache.name, ParseNameReference());
  if (cache.what == "cache") {
    if (IsWord("OPTIONS") && IsSymbol("(", 1)) return Unsupported("CACHE TABLE … OPTIONS");
    (void)TakeWord("AS");
    if (StartsQuery() || IsSymbol("(")) {
      ASSIGN_OR_RETURN(cache.query, ParseQuery());
    }
  }
  return Statement(Command{std::move(cache)});
}

// The value of SET is raw text, up to the first semicolon.
Result<Statement> SqlParser::ParseSetReset() {
  SetConfig set;
  set.is_reset = IsWord("RESET");
  const size_t first = at_;
  if (!set.is_reset) {
    if (IsWord("TIME", 1) && IsWord("ZONE", 2)) return ParseSetTimeZone();
    if (IsAnyWord({"ROLE", "CATALOG", "COLLATION"}, 1) && !IsSymbol("=", 2)) {
      return Unsupported(fmt::format("SET {}", ToUpper(Peek(1).text)));
    }
    if (IsAnyWord({"VAR", "VARIABLE"}, 1) && !IsSymbol("=", 2)) return Unsupported("SET VARIABLE");
  }
  const Token& keyword = tokens_[first];
  std::string_view text = sql_.substr(keyword.offset + keyword.text.size());
  at_ = tokens_.size() - 1;
  const std::string_view statement = TrimSpace(text.substr(0, text.find(';')));
  const std::string_view condition =
      set.is_reset ? "INVALID_RESET_COMMAND_FORMAT" : "INVALID_SET_SYNTAX";
  if (statement.empty()) return Statement(Command{std::move(set)});
  const size_t equals = set.is_reset ? std::string_view::npos : statement.find('=');
  const std::string_view key = TrimSpace(statement.substr(0, equals));
  if (!IsConfigKey(key) && !IsBackquoted(key) && key != "-v")
    return ParseError(condition, {}, first);
  set.key = IsBackquoted(key) ? UnquoteIdentifier(key) : std::string(key);
  if (equals != std::string_view::npos) {
    const std::string_view value = TrimSpace(statement.substr(equals + 1));
    set.value = IsBackquoted(value) ? UnquoteIdentifier(value) : std::string(value);
  }
  return Statement(Command{std::move(set)});
}

// SET TIME ZONE 'zone' | LOCAL | INTERVAL …
Result<Statement> SqlParser::ParseSetTimeZone() {
  const size_t first = at_;
  at_ += 3;
  SetConfig set{.key = "spark.sql.session.timeZone"};
  if (IsString()) {
    ASSIGN_OR_RETURN(std::string zone, ParseString());
    set.value = std::move(zone);
    return Statement(Command{std::move(set)});
  }
  if (TakeWord("LOCAL")) return Unsupported("SET TIME ZONE LOCAL");
  if (IsInterval()) {
    ASSIGN_OR_RETURN(auto interval, ParseInterval());
    const auto& literal = std::get<Literal>(interval->node);
    if (deferred_error_) return *deferred_error_;
    const int64_t seconds = std::get<int64_t>(literal.value.data) / 1'000'000;
    const int64_t whole = std::get<int64_t>(literal.value.data);
    const bool is_time = literal.type.Is(TypeKind::kDayTimeInterval);
    if (!is_time || std::llabs(seconds) > 18 * 3600) {  // Spark shows hours, or months
      return ParseError("INVALID_INTERVAL_FORMAT.TIMEZONE_INTERVAL_OUT_OF_RANGE",
                        {{"input", std::to_string(is_time ? seconds / 3600 : whole)}}, first);
    }
    const int64_t size = std::llabs(seconds);
    set.value = fmt::format("{}{:02}:{:02}", seconds < 0 ? "-" : "+", size / 3600, size / 60 % 60);
    if (size % 60 != 0) *set.value += fmt::format(":{:02}", size % 60);
    return Statement(Command{std::move(set)});
  }
  return ParseError("_LEGACY_ERROR_TEMP_0045", {}, first);
}

}  // namespace ember
