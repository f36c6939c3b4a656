#include "sql/sql_parser.h"

namespace ember {

// (column [= constant], …), after PARTITION.
Result<PartitionSpec> SqlParser::ParsePartitionSpec() {
  RETURN_IF_ERROR(ExpectWord("PARTITION"));
  RETURN_IF_ERROR(ExpectSymbol("("));
  PartitionSpec spec;
  do {
    PartitionValue value;
    ASSIGN_OR_RETURN(value.column, ParseNamePart());
    for (const PartitionValue& other : spec) {
      if (!EqualsIgnoreCase(other.column, value.column)) continue;
      return ParseError("DUPLICATE_KEY", {{"keyColumn", QuoteIdentifier(value.column)}}, at_ - 1);
    }
    if (TakeSymbol("=") || TakeSymbol("==")) {
      const size_t first = at_;
      ASSIGN_OR_RETURN(value.value, ParsePrimary());
      if (!std::holds_alternative<Literal>(value.value->node)) return SyntaxError(tokens_[first]);
    }
    spec.push_back(std::move(value));
  } while (TakeSymbol(","));
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return spec;
}

// INSERT INTO|OVERWRITE [TABLE] name [PARTITION (…) [IF NOT EXISTS]] [BY NAME | (columns)] query
Result<Statement> SqlParser::ParseInsert() {
  const size_t first = at_++;
  WriteFiles write;
  write.is_insert_into = true;
  if (!IsAnyWord({"INTO", "OVERWRITE"})) return SyntaxErrorHere();
  write.mode = IsWord("OVERWRITE") ? SaveMode::kOverwrite : SaveMode::kAppend;
  ++at_;
  if (write.mode == SaveMode::kOverwrite &&
      (IsWord("DIRECTORY") || (IsWord("LOCAL") && IsWord("DIRECTORY", 1)))) {
    return ParseInsertDirectory(first);
  }
  if (IsWord("TABLE") && IsIdentifier(1)) ++at_;
  ASSIGN_OR_RETURN(write.table, ParseNameReference());
  if (IsWord("WITH") && IsSymbol("(", 1)) {
    ++at_;
    ASSIGN_OR_RETURN(write.options, ParseProperties());
  }
  if (IsWord("PARTITION") && IsSymbol("(", 1)) {
    ASSIGN_OR_RETURN(write.partition, ParsePartitionSpec());
    ASSIGN_OR_RETURN(write.if_not_exists, ParseIfNotExists());
  }
  if (TakeWords({"BY", "NAME"})) {
    write.is_by_name = true;
  } else if (IsWord("REPLACE") && IsWord("WHERE", 1)) {
    return Unsupported("INSERT … REPLACE WHERE");
  } else if (IsSymbol("(") && !GroupIsQuery()) {
    ASSIGN_OR_RETURN(write.insert_columns, ParseIdentifierList());
  }
  ASSIGN_OR_RETURN(write.input, ParseQuery());
  return Statement(Command{std::move(write)});
}

// [LOCAL] DIRECTORY ['path'] USING format [OPTIONS (…)] query
Result<Statement> SqlParser::ParseInsertDirectory(size_t first) {
  (void)TakeWord("LOCAL");
  RETURN_IF_ERROR(ExpectWord("DIRECTORY"));
  WriteFiles write;
  write.mode = SaveMode::kOverwrite;
  if (IsString()) {
    ASSIGN_OR_RETURN(write.path, ParseString());
  }
  if (IsAnyWord({"ROW", "STORED"})) return Unsupported("INSERT OVERWRITE DIRECTORY … STORED AS");
  RETURN_IF_ERROR(ExpectWord("USING"));
  ASSIGN_OR_RETURN(auto format, ParseMultipartName());
  write.format = ToLower(format.back());
  if (IsWord("OPTIONS") && IsSymbol("(", 1)) {
    ++at_;
    ASSIGN_OR_RETURN(write.options, ParseProperties());
  }
  const auto path = write.options.find("path");
  if (write.path.empty() == (path == write.options.end())) {
    return ParseError("_LEGACY_ERROR_TEMP_0049", {}, first);
  }
  if (path != write.options.end()) {
    write.path = path->second;
    write.options.erase(path);
  }
  ASSIGN_OR_RETURN(write.input, ParseQuery());
  return Statement(Command{std::move(write)});
}

}  // namespace ember
