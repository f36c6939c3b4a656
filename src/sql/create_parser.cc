#include <fmt/format.h>

#include <cstdlib>

#include "plan/bucket_properties.h"
#include "sql/sql_parser.h"

namespace ember {

Result<Statement> SqlParser::ParseCreate() {
  ++at_;
  const bool or_replace = TakeWords({"OR", "REPLACE"});
  if (IsAnyWord({"DATABASE", "SCHEMA", "NAMESPACE"}) && !or_replace) {
    ++at_;
    CreateNamespace create;
    ASSIGN_OR_RETURN(create.if_not_exists, ParseIfNotExists());
    ASSIGN_OR_RETURN(create.name, ParseNameReference());
    if (Peek().kind == TokenKind::kWord) {
      return Unsupported(fmt::format("CREATE DATABASE … {}", ToUpper(Peek().text)));
    }
    return Statement(Command{std::move(create)});
  }
  const size_t kind = IsWord("GLOBAL") ? 1 : 0;
  const bool is_temporary = IsAnyWord({"TEMPORARY", "TEMP"}, kind);
  if (IsWord("VIEW", kind + is_temporary)) return ParseCreateView(or_replace);
  if (IsWord("TABLE")) return ParseCreateTable(or_replace);
  if (Peek().kind != TokenKind::kWord) return SyntaxErrorHere();
  std::string name = "CREATE";
  for (size_t i = 0; i < 2 && Peek(i).kind == TokenKind::kWord; ++i)
    name += " " + ToUpper(Peek(i).text);
  return Unsupported(fmt::format("the statement {}", name));
}

// [GLOBAL] TEMPORARY VIEW name [(columns)] AS query, or … USING format OPTIONS (…)
Result<Statement> SqlParser::ParseCreateView(bool or_replace) {
  CreateView view;
  view.or_replace = or_replace;
  view.is_global = TakeWord("GLOBAL");
  view.is_temporary = TakeWord("TEMPORARY") || TakeWord("TEMP");
  RETURN_IF_ERROR(ExpectWord("VIEW"));
  ASSIGN_OR_RETURN(view.if_not_exists, ParseIfNotExists());
  ASSIGN_OR_RETURN(view.name, ParseNameReference());
  std::optional<Schema> schema;
  if (IsSymbol("(")) {
    const bool is_typed = IsIdentifier(2) && !IsWord("COMMENT", 2);
    if (is_typed) {
      ASSIGN_OR_RETURN(schema, ParseTableColumns());
    } else {
      RETURN_IF_ERROR(ParseViewColumns(view));
    }
  }
  if (view.is_temporary && TakeWord("USING")) {
    ReadFiles files;
    ASSIGN_OR_RETURN(auto format, ParseMultipartName());
    files.format = ToLower(format.back());
    files.schema = std::move(schema);
    if (TakeWord("OPTIONS")) {
      ASSIGN_OR_RETURN(files.options, ParseProperties());
    }
    if (const auto path = files.options.find("path"); path != files.options.end()) {
      files.paths.push_back(path->second);
      files.options.erase(path);
    }
    view.input = MakeRelation(std::move(files));
    return Statement(Command{std::move(view)});
  }
  if (schema) return SyntaxErrorHere();
  while (true) {
    if (TakeWord("COMMENT")) {
      ASSIGN_OR_RETURN(view.comment, ParseString());
    } else if (TakeWord("TBLPROPERTIES")) {
      ASSIGN_OR_RETURN(view.properties, ParseTableProperties());
    } else {
      break;
    }
  }
  if (IsWord("PARTITIONED") || IsWord("WITH")) {
    return Unsupported(fmt::format("CREATE VIEW … {}", ToUpper(Peek().text)));
  }
  RETURN_IF_ERROR(ExpectWord("AS"));
  const size_t first = at_;
  ASSIGN_OR_RETURN(view.input, ParseQuery());
  view.text = TextBetween(first, at_);
  return Statement(Command{std::move(view)});
}

// (name [COMMENT 'text'], …)
Status SqlParser::ParseViewColumns(CreateView& view) {
  RETURN_IF_ERROR(ExpectSymbol("("));
  do {
    ASSIGN_OR_RETURN(std::string name, ParseNamePart());
    view.columns.push_back(std::move(name));
    view.column_comments.emplace_back();
    if (TakeWord("COMMENT")) {
      ASSIGN_OR_RETURN(view.column_comments.back(), ParseString());
    }
  } while (TakeSymbol(","));
  return Peek().kind == TokenKind::kEnd ? ExpectSymbolOrMissing(")") : ExpectSymbol(")");
}

Result<Statement> SqlParser::ParseCreateTable(bool or_replace) {
  if (or_replace) {  // Spark refuses it for tables of files, once the statement is read
    at_ += 1;
    AlterTable replace{.what = "replace"};
    ASSIGN_OR_RETURN(replace.name, ParseNameReference());
    at_ = tokens_.size() - 1;
    return Statement(Command{std::move(replace)});
  }
  ++at_;
  CreateTable table;
  ASSIGN_OR_RETURN(table.if_not_exists, ParseIfNotExists());
  ASSIGN_OR_RETURN(table.name, ParseNameReference());
  if (IsWord("LIKE") && IsIdentifier(1)) {
    ++at_;
    ASSIGN_OR_RETURN(table.like, ParseNameReference());
    RETURN_IF_ERROR(ParseTableClauses(table));
    return Statement(Command{std::move(table)});
  }
  const bool has_columns = IsSymbol("(") && !GroupIsQuery();
  if (has_columns) {
    ASSIGN_OR_RETURN(table.schema, ParseTableColumns());
  }
  RETURN_IF_ERROR(ParseTableClauses(table));
  const bool has_as = TakeWord("AS");
  if (!has_as && !StartsQuery() && !IsSymbol("(")) return Statement(Command{std::move(table)});
  if (has_columns) {
    return ParseError(
        "_LEGACY_ERROR_TEMP_0035",
        {{"message", "Schema may not be specified in a Create Table As Select (CTAS) statement"}},
        at_);
  }
  WriteFiles write;
  write.format = std::move(table.format);
  write.table = std::move(table.name);
  write.mode = table.if_not_exists ? SaveMode::kIgnore : SaveMode::kErrorIfExists;
  write.partition_by = std::move(table.partition_by);
  BucketProperties buckets = TakeBucketProperties(table.properties);
  write.bucket_by = std::move(buckets.columns);
  write.sort_by = std::move(buckets.sort_columns);
  write.buckets = buckets.count;
  write.options = std::move(table.options);
  if (!table.location.empty()) write.options["path"] = table.location;
  write.comment = std::move(table.comment);
  write.properties = std::move(table.properties);
  ASSIGN_OR_RETURN(write.input, ParseQuery());
  return Statement(Command{std::move(write)});
}

// USING, OPTIONS, PARTITIONED BY, CLUSTERED BY and LOCATION in any order, each at most once.
Status SqlParser::ParseTableClauses(CreateTable& table) {
  // (a, b), or (a ASC, b) where `is_sorted`.
  const auto parse_names = [&](std::vector<std::string>& names, bool is_sorted) -> Status {
    const size_t start = at_;
    RETURN_IF_ERROR(ExpectSymbolOrMissing("("));
    do {
      ASSIGN_OR_RETURN(std::string name, ParseNamePart());
      names.push_back(std::move(name));
      if (is_sorted && IsWord("DESC")) {
        return ParseError(
            "_LEGACY_ERROR_TEMP_0035",
            {{"message", fmt::format("Column ordering must be ASC, was '{}'", Peek().text)}},
            start);
      }
      if (is_sorted) (void)TakeWord("ASC");
    } while (TakeSymbol(","));
    return ExpectSymbol(")");
  };
  if (TakeWord("USING")) {
    ASSIGN_OR_RETURN(auto format, ParseMultipartName());
    table.format = ToLower(format.back());
  }
  BucketProperties buckets;
  while (true) {
    if (IsWord("OPTIONS") && IsSymbol("(", 1)) {
      if (!table.options.empty())
        return ParseError("DUPLICATE_CLAUSES", {{"clauseName", "OPTIONS"}}, at_);
      ++at_;
      ASSIGN_OR_RETURN(table.options, ParseProperties());
    } else if (IsWords({"PARTITIONED", "BY"})) {
      if (!table.partition_by.empty()) {
        return ParseError("DUPLICATE_CLAUSES", {{"clauseName", "PARTITIONED BY"}}, at_);
      }
      at_ += 2;
      ASSIGN_OR_RETURN(table.partition_by, ParsePartitionFields(table.schema));
    } else if (IsWord("LOCATION") && IsString(1)) {
      if (!table.location.empty())
        return ParseError("DUPLICATE_CLAUSES", {{"clauseName", "LOCATION"}}, at_);
      ++at_;
      ASSIGN_OR_RETURN(table.location, ParseString());
    } else if (IsWord("COMMENT") && IsString(1)) {
      if (!table.comment.empty())
        return ParseError("DUPLICATE_CLAUSES", {{"clauseName", "COMMENT"}}, at_);
      ++at_;
      ASSIGN_OR_RETURN(table.comment, ParseString());
    } else if (IsWord("TBLPROPERTIES") && IsSymbol("(", 1)) {
      if (!table.properties.empty())
        return ParseError("DUPLICATE_CLAUSES", {{"clauseName", "TBLPROPERTIES"}}, at_);
      ++at_;
      ASSIGN_OR_RETURN(table.properties, ParseTableProperties());
    } else if (IsWords({"CLUSTERED", "BY"})) {
      if (!buckets.columns.empty())
        return ParseError("DUPLICATE_CLAUSES", {{"clauseName", "CLUSTERED BY"}}, at_);
      at_ += 2;
      RETURN_IF_ERROR(parse_names(buckets.columns, false));
      if (TakeWords({"SORTED", "BY"})) RETURN_IF_ERROR(parse_names(buckets.sort_columns, true));
      RETURN_IF_ERROR(ExpectWord("INTO"));
      if (Peek().kind != TokenKind::kNumber) return SyntaxErrorHere();
      buckets.count = std::atoi(std::string(Peek().text).c_str());
      ++at_;
      RETURN_IF_ERROR(ExpectWord("BUCKETS"));
    } else if (IsAnyWord({"CLUSTER", "SKEWED", "ROW", "STORED"})) {
      return Unsupported(fmt::format("CREATE TABLE … {}", ToUpper(Peek().text)));
    } else {
      break;
    }
  }
  if (!buckets.columns.empty()) PutBucketProperties(buckets, table.properties);
  if (const auto path = table.options.find("path");
      path != table.options.end() && table.location.empty()) {
    table.location = path->second;
    table.options.erase(path);
  }
  return {};
}

// (name [type], …): a typed column is added to the schema.
Result<std::vector<std::string>> SqlParser::ParsePartitionFields(Schema& schema) {
  RETURN_IF_ERROR(ExpectSymbolOrMissing("("));
  std::vector<std::string> names;
  do {
    if (IsIdentifier() && IsSymbol("(", 1)) return Unsupported("partition transforms");
    if (IsTerminator(1)) {
      ASSIGN_OR_RETURN(std::string name, ParseNamePart());
      names.push_back(std::move(name));
    } else {
      ASSIGN_OR_RETURN(StructField field, ParseField());
      names.push_back(field.name);
      schema.push_back(std::move(field));
    }
  } while (TakeSymbol(","));
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return names;
}

// (name type [NOT NULL] [COMMENT '…'], …)
Result<Schema> SqlParser::ParseTableColumns() {
  RETURN_IF_ERROR(ExpectSymbol("("));
  Schema columns;
  do {
    ASSIGN_OR_RETURN(StructField field, ParseField());
    if (IsAnyWord({"DEFAULT", "GENERATED"})) {
      return Unsupported(fmt::format("columns with {}", ToUpper(Peek().text)));
    }
    columns.push_back(std::move(field));
  } while (TakeSymbol(","));
  RETURN_IF_ERROR(Peek().kind == TokenKind::kEnd ? ExpectSymbolOrMissing(")") : ExpectSymbol(")"));
  return columns;
}

// (key value, key = value, 'key' 'value', a.b true); keys in lower case.
Result<Options> SqlParser::ParseProperties() {
  RETURN_IF_ERROR(ExpectSymbol("("));
  Options options;
  do {
    ASSIGN_OR_RETURN(auto property, ParseProperty());
    options[ToLower(property.first)] = std::move(property.second);
  } while (TakeSymbol(","));
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return options;
}

// The same; keys keep their case.
Result<std::map<std::string, std::string>> SqlParser::ParseTableProperties() {
  RETURN_IF_ERROR(ExpectSymbol("("));
  std::map<std::string, std::string> properties;
  do {
    ASSIGN_OR_RETURN(auto property, ParseProperty());
    properties.insert_or_assign(std::move(property.first), std::move(property.second));
  } while (TakeSymbol(","));
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return properties;
}

Result<std::string> SqlParser::ParsePropertyKey() {
  if (IsString()) return ParseString();
  ASSIGN_OR_RETURN(auto parts, ParseMultipartName());
  std::string key;
  for (const auto& part : parts) key += (key.empty() ? "" : ".") + part;
  return key;
}

Result<std::pair<std::string, std::string>> SqlParser::ParseProperty() {
  std::pair<std::string, std::string> property;
  ASSIGN_OR_RETURN(property.first, ParsePropertyKey());
  (void)(TakeSymbol("=") || TakeSymbol("=="));
  if (IsString()) {
    ASSIGN_OR_RETURN(property.second, ParseString());
  } else if (Peek().kind == TokenKind::kNumber) {
    property.second = tokens_[at_++].text;
  } else if (IsAnyWord({"TRUE", "FALSE"})) {
    property.second = ToLower(tokens_[at_++].text);
  } else {
    return SyntaxErrorHere();
  }
  return property;
}

}  // namespace ember
