#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "sql/sql_parser.h"

namespace ember {
namespace {

// Names that make `format`.`path` a file source (ResolveSQLOnFile).
constexpr auto kFileFormats =
    std::to_array<std::string_view>({"parquet", "csv", "json", "text", "orc", "avro"});

bool IsFileFormat(const std::string& name) {
  return std::find(kFileFormats.begin(), kFileFormats.end(), ToLower(name)) != kFileFormats.end();
}

}  // namespace

// FROM relation, relation … LATERAL VIEW … PIVOT …
Result<RelationPtr> SqlParser::ParseFrom() {
  RETURN_IF_ERROR(ExpectWord("FROM"));
  RelationPtr left;
  do {
    const bool is_lateral = IsWord("LATERAL") && !IsWord("VIEW", 1);
    if (is_lateral) ++at_;
    if (left == nullptr || !is_lateral) {
      ASSIGN_OR_RETURN(auto right, ParseRelation());
      left = left == nullptr
                 ? right
                 : MakeRelation(Join{.left = std::move(left), .right = std::move(right)});
    } else {
      ASSIGN_OR_RETURN(auto right, ParseRelationPrimary());
      left = MakeRelation(
          Join{.left = std::move(left), .right = std::move(right), .is_lateral = true});
      ASSIGN_OR_RETURN(left, ParseRelationExtensions(std::move(left)));
    }
  } while (TakeSymbol(","));
  ASSIGN_OR_RETURN(left, ParseLateralViews(std::move(left)));
  if (IsWord("PIVOT") && StartsClause()) {
    ASSIGN_OR_RETURN(left, ParsePivot(std::move(left)));
  }
  if (IsWord("UNPIVOT") && StartsClause()) {
    ASSIGN_OR_RETURN(left, ParseUnpivot(std::move(left)));
  }
  return left;
}

Result<RelationPtr> SqlParser::ParseLateralViews(RelationPtr input) {
  while (TakeWords({"LATERAL", "VIEW"})) {
    Generate generate;
    generate.input = std::move(input);
    generate.is_outer = IsWord("OUTER") && !IsSymbol("(", 1) && TakeWord("OUTER");
    const size_t first = at_;
    UnresolvedFunction function;
    ASSIGN_OR_RETURN(auto name, ParseMultipartName());
    for (const auto& part : name) function.name += (function.name.empty() ? "" : ".") + part;
    RETURN_IF_ERROR(ExpectSymbol("("));
    if (!IsSymbol(")")) {
      ASSIGN_OR_RETURN(function.arguments, ParseExpressions());
    }
    RETURN_IF_ERROR(ExpectSymbol(")"));
    generate.generator = Node(std::move(function), first);
    ASSIGN_OR_RETURN(generate.alias, ParseIdentifier());
    const bool has_as = IsWord("AS") && IsIdentifier(1) && TakeWord("AS");
    if (has_as || (IsIdentifier() && !StartsClause() && !IsStrictNonReserved())) {
      do {
        ASSIGN_OR_RETURN(std::string column, ParseIdentifier());
        generate.columns.push_back(std::move(column));
      } while (TakeSymbol(","));
    }
    input = MakeRelation(std::move(generate));
  }
  return input;
}

Result<RelationPtr> SqlParser::ParseRelation() {
  ASSIGN_OR_RETURN(auto left, ParseRelationPrimary());
  return ParseRelationExtensions(std::move(left));
}

Result<RelationPtr> SqlParser::ParseRelationExtensions(RelationPtr left) {
  while (true) {
    if (const auto join = PeekJoin()) {
      ASSIGN_OR_RETURN(left, ParseJoin(std::move(left), *join));
    } else if (IsWord("PIVOT") && StartsClause()) {
      ASSIGN_OR_RETURN(left, ParsePivot(std::move(left)));
    } else if (IsWord("UNPIVOT") && StartsClause()) {
      ASSIGN_OR_RETURN(left, ParseUnpivot(std::move(left)));
    } else {
      return left;
    }
  }
}

std::optional<SqlParser::JoinHead> SqlParser::PeekJoin() const {
  JoinHead head;
  size_t i = 0;
  if (IsWord("NATURAL", i)) {
    head.is_natural = true;
    ++i;
  }
  const auto take = [&](std::string_view keyword) { return IsWord(keyword, i) && ++i; };
  if (take("CROSS")) {
    head.type = JoinType::kCross;
  } else if (take("RIGHT")) {
    head.type = JoinType::kRightOuter;
    take("OUTER");
  } else if (take("FULL")) {
    head.type = JoinType::kFullOuter;
    take("OUTER");
  } else if (!take("INNER")) {
    const bool is_left = take("LEFT");
    if (take("SEMI")) {
      head.type = JoinType::kLeftSemi;
    } else if (take("ANTI")) {
      head.type = JoinType::kLeftAnti;
    } else if (is_left) {
      head.type = JoinType::kLeftOuter;
      take("OUTER");
    }
  }
  if (!IsWord("JOIN", i)) {
    // A kind of join, then something else: the keyword is missing.
    head.is_broken = i > 0 && !head.is_natural;
    if (!head.is_broken) return std::nullopt;
    head.tokens = i;
    return head;
  }
  head.tokens = i + 1;
  return head;
}

Result<RelationPtr> SqlParser::ParseJoin(RelationPtr left, const JoinHead& head) {
  if (head.is_natural && head.type == JoinType::kCross) {
    return ParseError("INCOMPATIBLE_JOIN_TYPES", {{"joinType1", "NATURAL"}, {"joinType2", "CROSS"}},
                      at_);
  }
  at_ += head.tokens;
  if (head.is_broken) {
    return IsWord("JOIN", 1) ? ExpectWord("JOIN").error() : ExpectWordOrMissing("JOIN").error();
  }
  Join join{.left = std::move(left), .type = head.type, .is_natural = head.is_natural};
  join.is_lateral = IsWord("LATERAL") && TakeWord("LATERAL");
  ASSIGN_OR_RETURN(join.right, ParseRelationPrimary());
  if (!head.is_natural) {
    if (TakeWord("ON")) {
      ASSIGN_OR_RETURN(join.condition, ParseExpression());
    } else if (TakeWord("USING")) {
      if (!IsSymbol("(")) return ExpectSymbolOrMissing("(").error();
      ASSIGN_OR_RETURN(join.using_columns, ParseIdentifierList());
    }
  }
  return MakeRelation(std::move(join));
}

Result<RelationPtr> SqlParser::ParseRelationPrimary() {
  DepthGuard guard(*this);
  RETURN_IF_ERROR(CheckDepth());
  if (IsWord("VALUES") && StartsQuery()) return ParseValues();
  if (!IsSymbol("(")) return ParseTable();
  const bool is_query = GroupIsQuery();
  ++at_;
  ASSIGN_OR_RETURN(auto inner, is_query ? ParseQuery() : ParseRelation());
  if (!IsSymbol(")")) return SyntaxErrorHere(Peek().kind == TokenKind::kEnd ? ": missing ')'" : "");
  ++at_;
  ASSIGN_OR_RETURN(inner, ParseSample(std::move(inner)));
  return ParseTableAlias(std::move(inner));
}

Result<RelationPtr> SqlParser::ParseTable() {
  const bool is_clause = IsWord("IDENTIFIER") && IsSymbol("(", 1);
  ASSIGN_OR_RETURN(auto name, ParseNameReference());
  if (!is_clause && IsSymbol("(")) return ParseTableFunction(std::move(name));
  const size_t temporal = IsWord("FOR") ? 1 : 0;
  if (IsAnyWord({"VERSION", "SYSTEM_VERSION", "TIMESTAMP", "SYSTEM_TIME"}, temporal) &&
      IsWord("AS", temporal + 1) && IsWord("OF", temporal + 2)) {
    return ParseError("UNSUPPORTED_FEATURE.TIME_TRAVEL", {{"relationId", QuoteName(name)}}, at_);
  }
  Options options;
  if (IsWord("WITH") && IsSymbol("(", 1)) {
    ++at_;
    ASSIGN_OR_RETURN(options, ParseProperties());
  }
  RelationPtr table;
  if (name.size() == 2 && IsFileFormat(name[0])) {
    table = MakeRelation(ReadFiles{.format = ToLower(name[0]),
                                   .paths = {name[1]},
                                   .options = std::move(options),
                                   .schema = {}});
  } else {
    table = MakeRelation(ReadTable{.name = std::move(name), .options = std::move(options)});
  }
  ASSIGN_OR_RETURN(table, ParseSample(std::move(table)));
  return ParseTableAlias(std::move(table));
}

Result<RelationPtr> SqlParser::ParseTableFunction(std::vector<std::string> name) {
  TableFunction function;
  for (const auto& part : name) function.name += (function.name.empty() ? "" : ".") + part;
  RETURN_IF_ERROR(ExpectSymbol("("));
  while (!IsSymbol(")")) {
    if (IsWord("TABLE") && (IsSymbol("(", 1) || IsIdentifier(1)))
      return Unsupported("TABLE arguments of functions");
    ASSIGN_OR_RETURN(auto argument, ParseArgument());
    function.arguments.push_back(std::move(argument));
    if (!IsSymbol(")")) RETURN_IF_ERROR(ExpectSymbol(","));
  }
  ++at_;
  // Functions are not sampled: TABLESAMPLE is their alias, and a list of columns follows.
  if (IsWord("TABLESAMPLE") && IsSymbol("(", 1) && !IsIdentifier(2)) return SyntaxError(Peek(2));
  return ParseTableAlias(MakeRelation(std::move(function)));
}

bool SqlParser::HasTableAlias() const {
  if (IsWord("AS") && IsIdentifier(1) && !IsStrictNonReserved(1)) return true;
  return IsIdentifier() && !IsStrictNonReserved() && !StartsClause();
}

Result<RelationPtr> SqlParser::ParseTableAlias(RelationPtr input) {
  if (!HasTableAlias()) return input;
  if (IsWord("AS") && IsIdentifier(1)) ++at_;
  SubqueryAlias alias;
  alias.input = std::move(input);
  ASSIGN_OR_RETURN(alias.alias, ParseStrictIdentifier());
  if (IsSymbol("(")) {
    ASSIGN_OR_RETURN(alias.columns, ParseIdentifierList());
  }
  return MakeRelation(std::move(alias));
}

// TABLESAMPLE (10 PERCENT | 5 ROWS | BUCKET 1 OUT OF 4) [REPEATABLE (seed)]
Result<RelationPtr> SqlParser::ParseSample(RelationPtr input) {
  if (!IsWord("TABLESAMPLE") || !StartsClause()) return input;
  const size_t first = at_;
  at_ += 2;
  Sample sample;
  sample.input = std::move(input);
  const bool is_negative = TakeSymbol("-");
  if (TakeWord("BUCKET")) {
    const double numerator = std::atof(std::string(Peek().text).c_str());
    ++at_;
    RETURN_IF_ERROR(ExpectWords({"OUT", "OF"}));
    const double denominator = std::atof(std::string(Peek().text).c_str());
    ++at_;
    if (IsWord("ON")) return Unsupported("TABLESAMPLE (BUCKET … ON …)");
    sample.upper_bound = denominator == 0 ? -1 : numerator / denominator;
  } else if (Peek().kind == TokenKind::kNumber && IsWord("PERCENT", 1)) {
    sample.upper_bound = std::atof(std::string(Peek().text).c_str()) / 100 * (is_negative ? -1 : 1);
    at_ += 2;
  } else {
    const size_t count_at = at_;
    ASSIGN_OR_RETURN(auto count, ParseExpression());
    if (IsSymbol(")")) {
      return ParseError("_LEGACY_ERROR_TEMP_0016", {{"bytesStr", TextBetween(count_at, at_)}},
                        first);
    }
    RETURN_IF_ERROR(ExpectWord("ROWS"));
    RETURN_IF_ERROR(ExpectSymbol(")"));
    return MakeRelation(Limit{.input = std::move(sample.input), .count = std::move(count)});
  }
  if (sample.upper_bound < 0 || sample.upper_bound > 1) {
    return ParseError("_LEGACY_ERROR_TEMP_0064",
                      {{"msg", fmt::format("Sampling fraction ({}) must be on interval [0, 1]",
                                           JavaDoubleText(sample.upper_bound))}},
                      first);
  }
  RETURN_IF_ERROR(ExpectSymbol(")"));
  if (IsWord("REPEATABLE") && IsSymbol("(", 1)) {
    sample.seed = std::atoll(std::string(Peek(2).text).c_str());
    at_ += 3;
    RETURN_IF_ERROR(ExpectSymbol(")"));
  }
  return MakeRelation(std::move(sample));
}

}  // namespace ember
