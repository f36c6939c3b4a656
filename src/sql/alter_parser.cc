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
// ANALYZE TABLE name COMPUTE STATISTICS …: Ember keeps no statistics, nothing but speed needs them.
Result<Statement> SqlParser::ParseRepair() {
  if (TakeWord("ANALYZE")) {
    if (!TakeWord("TABLE")) return Unsupported("ANALYZE of anything but a table");
    AlterTable analyze{.what = "analyze"};
    ASSIGN_OR_RETURN(analyze.name, ParseNameReference());
    if (IsWord("PARTITION")) return Unsupported("ANALYZE TABLE … PARTITION");
    RETURN_IF_ERROR(ExpectWords({"COMPUTE", "STATISTICS"}));
    if (IsWords({"FOR", "COLUMNS"})) return Unsupported("ANALYZE TABLE … FOR COLUMNS");
    if (!TakeWord("NOSCAN")) (void)TakeWords({"FOR", "ALL", "COLUMNS"});
    return Statement(Command{std::move(analyze)});
  }
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

// DELETE FROM target [WHERE …]; UPDATE target SET … [WHERE …]; MERGE INTO target USING … ON … WHEN
// …: Spark analyses them and refuses tables of files when they run. What they name is kept as a
// query, whose analysis finds what Spark's finds.
Result<Statement> SqlParser::ParseDelete() {
  AlterTable change{.what = ToLower(Peek().text)};
  ++at_;
  if (change.what == "delete") RETURN_IF_ERROR(ExpectWord("FROM"));
  if (change.what == "merge") RETURN_IF_ERROR(ExpectWord("INTO"));
  ASSIGN_OR_RETURN(change.name, ParseNameReference());
  change.query = MakeRelation(ReadTable{.name = change.name, .options = {}});
  if (IsWord("AS") || (IsIdentifier() && !IsAnyWord({"SET", "USING", "WHERE"}))) {
    ASSIGN_OR_RETURN(change.query, ParseTableAlias(std::move(change.query)));
  }
  if (change.what == "merge") {
    RETURN_IF_ERROR(ExpectWord("USING"));
    Join join{.left = std::move(change.query), .type = JoinType::kInner};
    ASSIGN_OR_RETURN(join.right, ParseRelationPrimary());
    RETURN_IF_ERROR(ExpectWord("ON"));
    ASSIGN_OR_RETURN(join.condition, ParseExpression());
    if (!IsWord("WHEN")) return SyntaxErrorHere();
    while (Peek().kind != TokenKind::kEnd && !IsSymbol(";")) ++at_;
    change.query = MakeRelation(std::move(join));
    return Statement(Command{std::move(change)});
  }
  // A filter that reads column and value, so that WHERE still sees the table's columns.
  const auto assign = [&]() -> Status {
    ASSIGN_OR_RETURN(auto column, ParseMultipartName());
    RETURN_IF_ERROR(ExpectSymbol("="));
    ASSIGN_OR_RETURN(auto value, ParseExpression());
    auto read = Call("struct", {Attribute(std::move(column)), std::move(value)});
    change.query = MakeRelation(Filter{std::move(change.query), Call("isnull", {std::move(read)})});
    return {};
  };
  if (change.what == "update") {
    RETURN_IF_ERROR(ExpectWord("SET"));
    do {
      RETURN_IF_ERROR(assign());
    } while (TakeSymbol(","));
  }
  if (TakeWord("WHERE")) {
    ASSIGN_OR_RETURN(auto condition, ParseExpression());
    change.query = MakeRelation(Filter{std::move(change.query), std::move(condition)});
  }
  return Statement(Command{std::move(change)});
}

}  // namespace ember
