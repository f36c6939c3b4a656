#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sql/sql_parser.h"

namespace ember {

// ALTER TABLE|VIEW name …
Result<Statement> SqlParser::ParseAlter() {
  ++at_;
  if (!IsAnyWord({"TABLE", "VIEW"})) {
    if (Peek().kind != TokenKind::kWord) return SyntaxErrorHere();
    return Unsupported(fmt::format("the statement ALTER {}", ToUpper(Peek().text)));
  }
  AlterTable alter;
  alter.is_view = IsWord("VIEW");
  ++at_;
  ASSIGN_OR_RETURN(alter.name, ParseNameReference());
  if (IsWord("RENAME") && IsWord("TO", 1)) {
    at_ += 2;
    alter.what = "rename";
    ASSIGN_OR_RETURN(alter.new_name, ParseNameReference());
  } else if (IsAnyWord({"SET", "UNSET"}) && IsWord("TBLPROPERTIES", 1)) {
    RETURN_IF_ERROR(ParseAlterProperties(alter));
  } else if (alter.is_view) {
    (void)TakeWord("AS");
    alter.what = "view text";
    const size_t first = at_;
    ASSIGN_OR_RETURN(alter.query, ParseQuery());
    alter.text = TextBetween(first, at_);
  } else if (IsWord("SET") && IsWord("LOCATION", 1)) {
    at_ += 2;
    alter.what = "set location";
    ASSIGN_OR_RETURN(alter.text, ParseString());
  } else if (TakeWords({"RECOVER", "PARTITIONS"})) {
    alter.what = "recover partitions";
  } else if (IsWord("PARTITION") || IsWord("PARTITION", 1) || IsWord("PARTITION", 2) ||
             IsWord("PARTITION", 3) || IsWord("PARTITION", 4)) {
    RETURN_IF_ERROR(ParseAlterPartition(alter));
  } else {
    RETURN_IF_ERROR(ParseAlterColumns(alter));
  }
  return Statement(Command{std::move(alter)});
}

// SET TBLPROPERTIES (key = value, …); UNSET TBLPROPERTIES [IF EXISTS] (key, …)
Status SqlParser::ParseAlterProperties(AlterTable& alter) {
  alter.what = IsWord("SET") ? "set properties" : "unset properties";
  at_ += 2;
  if (alter.what == "set properties") {
    ASSIGN_OR_RETURN(alter.properties, ParseTableProperties());
    return {};
  }
  ASSIGN_OR_RETURN(alter.if_exists, ParseIfExists());
  RETURN_IF_ERROR(ExpectSymbol("("));
  do {
    ASSIGN_OR_RETURN(std::string key, ParsePropertyKey());
    alter.keys.push_back(std::move(key));
  } while (TakeSymbol(","));
  return ExpectSymbol(")");
}

// ADD|DROP [IF [NOT] EXISTS] PARTITION (…) …; PARTITION (…) RENAME TO PARTITION (…)
Status SqlParser::ParseAlterPartition(AlterTable& alter) {
  if (IsWord("PARTITION")) {
    alter.what = "rename partition";
    ASSIGN_OR_RETURN(auto from, ParsePartitionSpec());
    RETURN_IF_ERROR(ExpectWords({"RENAME", "TO"}));
    ASSIGN_OR_RETURN(auto to, ParsePartitionSpec());
    alter.partitions = {std::move(from), std::move(to)};
    return {};
  }
  const bool adds = IsWord("ADD");
  if (!adds && !IsWord("DROP")) return SyntaxErrorHere();
  ++at_;
  alter.what = adds ? "add partition" : "drop partition";
  ASSIGN_OR_RETURN(alter.if_exists, adds ? ParseIfNotExists() : ParseIfExists());
  do {
    ASSIGN_OR_RETURN(auto spec, ParsePartitionSpec());
    if (IsWord("LOCATION")) return Unsupported("ALTER TABLE … ADD PARTITION … LOCATION");
    alter.partitions.push_back(std::move(spec));
  } while (adds ? IsWord("PARTITION") : TakeSymbol(","));
  if (!adds) (void)TakeWord("PURGE");
  return {};
}

// ADD COLUMN[S]; ALTER|CHANGE [COLUMN] name COMMENT|TYPE; DROP and RENAME COLUMN, which Spark
// refuses for tables of files when they are run.
Status SqlParser::ParseAlterColumns(AlterTable& alter) {
  if (IsWord("ADD") && IsAnyWord({"COLUMN", "COLUMNS"}, 1)) {
    at_ += 2;
    alter.what = "add columns";
    if (IsSymbol("(")) {
      ASSIGN_OR_RETURN(alter.columns, ParseTableColumns());
      return {};
    }
    do {
      ASSIGN_OR_RETURN(StructField field, ParseField());
      alter.columns.push_back(std::move(field));
    } while (TakeSymbol(","));
    return {};
  }
  if (IsAnyWord({"DROP", "RENAME"}) && IsAnyWord({"COLUMN", "COLUMNS"}, 1)) {
    const bool drops = IsWord("DROP");
    alter.what = drops ? "drop column" : "rename column";
    at_ += 2;
    ASSIGN_OR_RETURN(alter.if_exists, ParseIfExists());
    if (IsSymbol("(")) {
      ASSIGN_OR_RETURN(alter.keys, ParseIdentifierList());
      return {};
    }
    do {
      ASSIGN_OR_RETURN(auto name, ParseMultipartName());
      alter.keys.push_back(name.back());
    } while (drops && TakeSymbol(","));
    if (drops) return {};
    RETURN_IF_ERROR(ExpectWord("TO"));
    ASSIGN_OR_RETURN(std::string name, ParseNamePart());
    alter.new_name = {std::move(name)};
    return {};
  }
  if (IsAnyWord({"ALTER", "CHANGE"})) {
    ++at_;
    (void)(IsWord("COLUMN") && IsIdentifier(1) && TakeWord("COLUMN"));
    StructField field;
    ASSIGN_OR_RETURN(field.name, ParseNamePart());
    if (TakeWord("COMMENT")) {
      alter.what = "comment column";
      ASSIGN_OR_RETURN(std::string comment, ParseString());
      field.metadata = nlohmann::json{{"comment", comment}}.dump();
    } else if (TakeWord("TYPE")) {
      alter.what = "change type";
      ASSIGN_OR_RETURN(field.type, ParseType());
    } else {
      return Unsupported("ALTER TABLE … ALTER COLUMN other than COMMENT and TYPE");
    }
    alter.columns.push_back(std::move(field));
    return {};
  }
  if (Peek().kind != TokenKind::kWord) return SyntaxErrorHere();
  return Unsupported(fmt::format("the statement ALTER TABLE … {}", ToUpper(Peek().text)));
}

// TRUNCATE TABLE name [PARTITION (…)]
Result<Statement> SqlParser::ParseTruncate() {
  ++at_;
  RETURN_IF_ERROR(ExpectWord("TABLE"));
  AlterTable alter{.what = "truncate"};
  ASSIGN_OR_RETURN(alter.name, ParseNameReference());
  if (IsWord("PARTITION")) {
    ASSIGN_OR_RETURN(auto spec, ParsePartitionSpec());
    alter.partitions.push_back(std::move(spec));
  }
  return Statement(Command{std::move(alter)});
}

// [MSCK] REPAIR TABLE name [ADD|SYNC PARTITIONS]. What a table's folder holds is its partitions.
Result<Statement> SqlParser::ParseRepair() {
  (void)TakeWord("MSCK");
  RETURN_IF_ERROR(ExpectWords({"REPAIR", "TABLE"}));
  AlterTable alter{.what = "recover partitions"};
  ASSIGN_OR_RETURN(alter.name, ParseNameReference());
  if (IsWord("DROP") && IsWord("PARTITIONS", 1)) {
    return Unsupported("REPAIR TABLE … DROP PARTITIONS");
  }
  if (IsAnyWord({"ADD", "SYNC"}) && IsWord("PARTITIONS", 1)) at_ += 2;
  return Statement(Command{std::move(alter)});
}

// COMMENT ON TABLE name IS 'text' | NULL
Result<Statement> SqlParser::ParseCommentOn() {
  ++at_;
  RETURN_IF_ERROR(ExpectWord("ON"));
  if (!IsWord("TABLE")) return Unsupported("COMMENT ON of anything but a table");
  ++at_;
  AlterTable alter{.what = "comment"};
  ASSIGN_OR_RETURN(alter.name, ParseNameReference());
  RETURN_IF_ERROR(ExpectWord("IS"));
  if (!TakeWord("NULL")) {
    ASSIGN_OR_RETURN(alter.text, ParseString());
  }
  return Statement(Command{std::move(alter)});
}

// DELETE FROM name [alias] [WHERE condition]: Spark refuses it for tables of files, when it is run.
Result<Statement> SqlParser::ParseDelete() {
  ++at_;
  RETURN_IF_ERROR(ExpectWord("FROM"));
  AlterTable alter{.what = "delete"};
  ASSIGN_OR_RETURN(alter.name, ParseNameReference());
  if (!IsWord("WHERE") && (IsIdentifier() || IsWord("AS"))) {
    (void)TakeWord("AS");
    RETURN_IF_ERROR(ParseIdentifier());
  }
  if (TakeWord("WHERE")) RETURN_IF_ERROR(ParseExpression());
  return Statement(Command{std::move(alter)});
}

}  // namespace ember
