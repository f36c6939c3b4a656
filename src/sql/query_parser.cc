#include "sql/sql_parser.h"

namespace ember {
namespace {

constexpr int kMaxSetOperations = 1000;

std::optional<SetOperationKind> SetOperationOf(std::string_view word) {
  if (EqualsIgnoreCase(word, "UNION")) return SetOperationKind::kUnion;
  if (EqualsIgnoreCase(word, "INTERSECT")) return SetOperationKind::kIntersect;
  if (EqualsIgnoreCase(word, "EXCEPT") || EqualsIgnoreCase(word, "MINUS"))
    return SetOperationKind::kExcept;
  return std::nullopt;
}

}  // namespace

// ctes? queryTerm queryOrganization
Result<RelationPtr> SqlParser::ParseQuery() {
  DepthGuard guard(*this);
  RETURN_IF_ERROR(CheckDepth());
  if (IsWord("WITH")) return ParseWith();
  ASSIGN_OR_RETURN(auto query, ParseQueryTerm(false));
  return ParseOrganization(std::move(query));
}

Result<RelationPtr> SqlParser::ParseWith() {
  RETURN_IF_ERROR(ExpectWord("WITH"));
  if (IsWord("RECURSIVE") && IsIdentifier(1)) return Unsupported("WITH RECURSIVE");
  WithTables with;
  do {
    CommonTable table;
    ASSIGN_OR_RETURN(table.name, ParseNamePart());
    if (IsSymbol("(") && !GroupIsQuery()) {
      ASSIGN_OR_RETURN(table.columns, ParseIdentifierList());
    }
    (void)TakeWord("AS");
    RETURN_IF_ERROR(ExpectSymbol("("));
    ASSIGN_OR_RETURN(table.plan, ParseQuery());
    RETURN_IF_ERROR(ExpectSymbol(")"));
    for (const auto& other : with.tables) {
      if (EqualsIgnoreCase(other.name, table.name)) {
        return ParseError("DUPLICATED_CTE_NAMES", {{"duplicateNames", QuoteIdentifier(table.name)}},
                          at_ - 1);
      }
    }
    with.tables.push_back(std::move(table));
  } while (TakeSymbol(","));
  ASSIGN_OR_RETURN(with.input, ParseQuery());
  return MakeRelation(std::move(with));
}

// INTERSECT binds tighter than the others, all to the left.
Result<RelationPtr> SqlParser::ParseQueryTerm(bool intersect_only) {
  Result<RelationPtr> left = intersect_only ? ParseQueryPrimary() : ParseQueryTerm(true);
  for (int count = 0; left.ok(); ++count) {
    if (IsSymbol("|>")) return Unsupported("the pipe operator |>");
    const auto kind = Peek().kind == TokenKind::kWord ? SetOperationOf(Peek().text) : std::nullopt;
    if (!kind || intersect_only != (*kind == SetOperationKind::kIntersect)) return left;
    if (count > kMaxSetOperations) return At(MakeError("FAILED_TO_PARSE_TOO_COMPLEX"), Peek());
    ++at_;
    SetOperation operation;
    operation.kind = *kind;
    operation.is_all = TakeWord("ALL");
    if (!operation.is_all) (void)TakeWord("DISTINCT");
    operation.left = std::move(left).value();
    ASSIGN_OR_RETURN(operation.right, intersect_only ? ParseQueryPrimary() : ParseQueryTerm(true));
    left = MakeRelation(std::move(operation));
  }
  return left;
}

Result<RelationPtr> SqlParser::ParseQueryPrimary() {
  if (IsSymbol("(")) {
    ++at_;
    ASSIGN_OR_RETURN(auto query, ParseQuery());
    if (!IsSymbol(")"))
      return SyntaxErrorHere(Peek().kind == TokenKind::kEnd ? ": missing ')'" : "");
    ++at_;
    return query;
  }
  if (IsWord("SELECT")) return ParseSelect(nullptr);
  if (IsWord("VALUES")) return ParseValues();
  if (TakeWord("TABLE")) {
    ASSIGN_OR_RETURN(auto name, ParseNameReference());
    return MakeRelation(ReadTable{.name = std::move(name)});
  }
  if (IsWord("FROM")) {  // FROM t SELECT …; the select list may be left out
    ASSIGN_OR_RETURN(auto from, ParseFrom());
    if (IsWord("SELECT")) return ParseSelect(std::move(from));
    if (IsWord("INSERT")) return Unsupported("FROM … INSERT");
    if (!IsTerminator() && !IsSymbol("|>")) return SyntaxErrorHere();
    return from;
  }
  if (IsAnyWord({"MAP", "REDUCE"}) && !IsTerminator(1))
    return Unsupported("MAP … USING and REDUCE … USING");
  return SyntaxErrorHere();
}

// VALUES rows, as a query or in FROM, with the alias of a table.
Result<RelationPtr> SqlParser::ParseValues() {
  const size_t first = at_;
  RETURN_IF_ERROR(ExpectWord("VALUES"));
  InlineTable table;
  do {
    ASSIGN_OR_RETURN(auto row, ParseValuesRow());
    table.rows.push_back(std::move(row));
  } while (TakeSymbol(","));
  for (size_t i = 0; i < table.rows[0].size(); ++i)
    table.names.push_back("col" + std::to_string(i + 1));
  std::string alias;
  if (HasTableAlias()) {
    (void)(IsWord("AS") && IsIdentifier(1) && TakeWord("AS"));
    ASSIGN_OR_RETURN(alias, ParseStrictIdentifier());
    if (IsSymbol("(")) {
      ASSIGN_OR_RETURN(table.names, ParseIdentifierList());
    }
  }
  for (size_t i = 0; i < table.rows.size(); ++i) {
    if (table.rows[i].size() == table.names.size()) continue;
    Defer(ParseError("INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH",
                     {{"expectedNumCols", std::to_string(table.names.size())},
                      {"actualNumCols", std::to_string(table.rows[i].size())},
                      {"rowIndex", std::to_string(i)}},
                     first));
  }
  if (alias.empty()) return MakeRelation(std::move(table));
  return MakeRelation(
      SubqueryAlias{.input = MakeRelation(std::move(table)), .alias = std::move(alias)});
}

Result<std::vector<ExpressionPtr>> SqlParser::ParseValuesRow() {
  ASSIGN_OR_RETURN(auto expression, ParseExpression());
  // Rows are structs: (1, 2) and struct(1, 2).
  const auto* row = std::get_if<UnresolvedFunction>(&expression->node);
  if (row == nullptr) return std::vector<ExpressionPtr>{std::move(expression)};
  const auto value_of = [](const ExpressionPtr& field) {
    const auto* alias = std::get_if<Alias>(&field->node);
    return alias == nullptr ? field : alias->child;
  };
  std::vector<ExpressionPtr> values;
  if (row->is_internal && row->name == "named_struct") {
    for (size_t i = 1; i < row->arguments.size(); i += 2)
      values.push_back(value_of(row->arguments[i]));
    return values;
  }
  if (row->name == "struct" && !row->arguments.empty()) {
    for (const auto& field : row->arguments) values.push_back(value_of(field));
    return values;
  }
  return std::vector<ExpressionPtr>{std::move(expression)};
}

// ORDER BY, CLUSTER BY, DISTRIBUTE BY, SORT BY, WINDOW, LIMIT, OFFSET.
Result<RelationPtr> SqlParser::ParseOrganization(RelationPtr input) {
  const size_t first = at_;
  std::vector<ExpressionPtr> order;
  std::vector<ExpressionPtr> cluster;
  std::vector<ExpressionPtr> distribute;
  std::vector<ExpressionPtr> sort;
  if (TakeWords({"ORDER", "BY"})) {
    auto items = ParseSortItems();
    // To Spark's parser, ORDER is the alias of a table then.
    if (!items.ok() && Peek().kind == TokenKind::kEnd) return SyntaxError(tokens_[first]);
    ASSIGN_OR_RETURN(order, std::move(items));
  }
  if (TakeWords({"CLUSTER", "BY"})) {
    ASSIGN_OR_RETURN(cluster, ParseExpressions());
  }
  if (TakeWords({"DISTRIBUTE", "BY"})) {
    ASSIGN_OR_RETURN(distribute, ParseExpressions());
  }
  if (TakeWords({"SORT", "BY"})) {
    ASSIGN_OR_RETURN(sort, ParseSortItems());
  }
  const bool has_order = !order.empty();
  const bool has_cluster = !cluster.empty();
  const bool has_local = !distribute.empty() || !sort.empty();
  if (has_order + has_cluster + has_local > 1) {
    return ParseError("UNSUPPORTED_FEATURE.COMBINATION_QUERY_RESULT_CLAUSES", {}, first);
  }
  if (has_order) input = MakeRelation(Sort{.input = std::move(input), .order = std::move(order)});
  if (has_cluster) {
    distribute = cluster;
    for (auto& key : cluster) sort.push_back(MakeExpression(SortOrder{.child = std::move(key)}));
  }
  if (!distribute.empty()) {
    input =
        MakeRelation(Repartition{.input = std::move(input), .expressions = std::move(distribute)});
  }
  if (!sort.empty()) {
    input =
        MakeRelation(Sort{.input = std::move(input), .order = std::move(sort), .is_global = false});
  }
  RETURN_IF_ERROR(SkipWindowClause());
  ExpressionPtr limit;
  if (IsWord("LIMIT") && !IsTerminator(1)) {
    ++at_;
    if (!TakeWord("ALL")) {
      ASSIGN_OR_RETURN(limit, ParseExpression());
    }
  }
  if (IsWord("OFFSET") && !IsTerminator(1)) {
    ++at_;
    ASSIGN_OR_RETURN(auto offset, ParseExpression());
    input = MakeRelation(Offset{.input = std::move(input), .count = std::move(offset)});
  }
  if (limit != nullptr)
    input = MakeRelation(Limit{.input = std::move(input), .count = std::move(limit)});
  return input;
}

}  // namespace ember
