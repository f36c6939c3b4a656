#include <set>

#include "plan/dump.h"
#include "sql/sql_parser.h"

namespace ember {
namespace {

using GroupingSets = std::vector<std::vector<ExpressionPtr>>;

constexpr size_t kMaxCubeSets = 12;

// The concatenation of every set of `a` with every set of `b`.
GroupingSets CrossProduct(const GroupingSets& a, const GroupingSets& b) {
  GroupingSets product;
  for (const auto& left : a) {
    for (const auto& right : b) {
      product.push_back(left);
      product.back().insert(product.back().end(), right.begin(), right.end());
    }
  }
  return product;
}

GroupingSets RollupSets(const GroupingSets& columns) {
  GroupingSets sets;
  for (size_t length = columns.size() + 1; length-- > 0;) {
    sets.emplace_back();
    for (size_t i = 0; i < length; ++i)
      sets.back().insert(sets.back().end(), columns[i].begin(), columns[i].end());
  }
  return sets;
}

GroupingSets CubeSets(const GroupingSets& columns) {
  GroupingSets sets = {{}};
  for (const auto& column : columns) sets = CrossProduct(sets, {column, {}});
  return sets;
}

bool AllSingle(const GroupingSets& sets) {
  for (const auto& set : sets) {
    if (set.size() != 1) return false;
  }
  return true;
}

std::vector<ExpressionPtr> Flattened(const GroupingSets& sets) {
  std::vector<ExpressionPtr> all;
  std::set<std::string> seen;
  for (const auto& set : sets) {
    for (const auto& expression : set) {
      if (seen.insert(Dump(*expression)).second) all.push_back(expression);
    }
  }
  return all;
}

}  // namespace

/// The windows of one SELECT, in scope while it is parsed.
class WindowScope {
 public:
  explicit WindowScope(SqlParser& parser) : parser_(parser) { parser_.windows_.emplace_back(); }
  ~WindowScope() { parser_.windows_.pop_back(); }
  WindowScope(const WindowScope&) = delete;
  WindowScope& operator=(const WindowScope&) = delete;

 private:
  SqlParser& parser_;
};

// SELECT … of a query; `from` is given for FROM t SELECT …
Result<RelationPtr> SqlParser::ParseSelect(RelationPtr from) {
  WindowScope windows(*this);
  RETURN_IF_ERROR(ScanWindowClause());
  RETURN_IF_ERROR(ExpectWord("SELECT"));
  ASSIGN_OR_RETURN(auto hints, ParseHints());
  const bool has_quantifier =
      IsAnyWord({"DISTINCT", "ALL"}) && !IsTerminator(1) && !IsSymbol(".", 1);
  const bool is_distinct = has_quantifier && IsWord("DISTINCT");
  if (has_quantifier) ++at_;
  ASSIGN_OR_RETURN(auto items, ParseNamedExpressions());
  if (from == nullptr) {
    if (IsWord("FROM") && StartsClause()) {
      ASSIGN_OR_RETURN(from, ParseFrom());
    } else {
      from = MakeRelation(OneRow{});
    }
  }
  ASSIGN_OR_RETURN(auto query, ParseSelectBody(std::move(from), std::move(items), is_distinct));
  for (auto hint = hints.rbegin(); hint != hints.rend(); ++hint) {
    hint->input = std::move(query);
    query = MakeRelation(std::move(*hint));
  }
  return query;
}

// LATERAL VIEW, WHERE, GROUP BY, HAVING, WINDOW, and the select list on top.
Result<RelationPtr> SqlParser::ParseSelectBody(RelationPtr from, std::vector<ExpressionPtr> items,
                                               bool is_distinct) {
  ASSIGN_OR_RETURN(RelationPtr query, ParseLateralViews(std::move(from)));
  if (IsWord("WHERE") && StartsClause()) {
    ++at_;
    ASSIGN_OR_RETURN(auto condition, ParseExpression());
    query = MakeRelation(Filter{std::move(query), std::move(condition)});
  }
  const bool has_grouping = TakeWords({"GROUP", "BY"});
  Aggregate aggregate;
  if (has_grouping) {
    ASSIGN_OR_RETURN(aggregate, ParseGroupBy());
  }
  const bool has_having = IsWord("HAVING") && StartsClause();
  if (has_grouping || has_having) {
    aggregate.input = std::move(query);
    aggregate.aggregates = std::move(items);
    aggregate.is_sql = true;
    query = MakeRelation(std::move(aggregate));
  } else {
    query = MakeRelation(Project{std::move(query), std::move(items)});
  }
  if (has_having) {
    ++at_;
    ASSIGN_OR_RETURN(auto condition, ParseExpression());
    query = MakeRelation(Having{std::move(query), std::move(condition)});
  }
  RETURN_IF_ERROR(SkipWindowClause());
  if (is_distinct) query = MakeRelation(Deduplicate{.input = std::move(query), .columns = {}});
  return query;
}

// /*+ BROADCAST(t), COALESCE(2) */
Result<std::vector<Hint>> SqlParser::ParseHints() {
  std::vector<Hint> hints;
  while (Peek().kind == TokenKind::kHintStart) {
    ++at_;
    while (Peek().kind != TokenKind::kHintEnd) {
      Hint hint;
      ASSIGN_OR_RETURN(hint.name, ParseIdentifier());
      if (TakeSymbol("(")) {
        do {
          ASSIGN_OR_RETURN(auto parameter, ParsePrimary());
          hint.parameters.push_back(std::move(parameter));
        } while (TakeSymbol(","));
        RETURN_IF_ERROR(ExpectSymbol(")"));
      }
      hints.push_back(std::move(hint));
      (void)TakeSymbol(",");
    }
    ++at_;
  }
  return hints;
}

// What follows GROUP BY. Several grouping analytics together, and composite columns, become
// grouping sets.
Result<Aggregate> SqlParser::ParseGroupBy() {
  Aggregate aggregate;
  GroupingSets sets = {{}};
  bool is_plain = true;
  size_t elements = 0;
  do {
    const bool is_rollup = IsWord("ROLLUP") && IsSymbol("(", 1);
    const bool is_cube = IsWord("CUBE") && IsSymbol("(", 1);
    const bool is_sets = IsWords({"GROUPING", "SETS"}) && IsSymbol("(", 2);
    ++elements;
    if (!is_rollup && !is_cube && !is_sets) {
      ASSIGN_OR_RETURN(auto expression, ParseExpression());
      sets = CrossProduct(sets, {{expression}});
      continue;
    }
    is_plain = false;
    const size_t first = at_;
    ASSIGN_OR_RETURN(auto element, ParseGroupingElement());
    if (!is_sets && elements == 1 && !IsSymbol(",")) {
      const size_t behind = at_;
      at_ = first + 1;
      ASSIGN_OR_RETURN(auto columns, ParseGroupingList());
      at_ = behind;
      if (AllSingle(columns)) {
        aggregate.type = is_rollup ? GroupType::kRollup : GroupType::kCube;
        aggregate.grouping = Flattened(columns);
        return aggregate;
      }
    }
    sets = CrossProduct(sets, element);
  } while (TakeSymbol(","));
  aggregate.grouping = Flattened(sets);
  if (!is_plain) {
    aggregate.type = GroupType::kGroupingSets;
    aggregate.grouping_sets = std::move(sets);
  } else if (IsWord("WITH") && IsAnyWord({"ROLLUP", "CUBE"}, 1)) {
    aggregate.type = IsWord("ROLLUP", 1) ? GroupType::kRollup : GroupType::kCube;
    at_ += 2;
  } else if (IsWords({"GROUPING", "SETS"}) && IsSymbol("(", 2)) {
    aggregate.type = GroupType::kGroupingSets;
    at_ += 2;
    ASSIGN_OR_RETURN(aggregate.grouping_sets, ParseGroupingList());
  }
  return aggregate;
}

// ROLLUP (…), CUBE (…) or GROUPING SETS (…), which may hold the others, as the sets they stand for.
Result<GroupingSets> SqlParser::ParseGroupingElement() {
  DepthGuard guard(*this);
  RETURN_IF_ERROR(CheckDepth());
  if (IsAnyWord({"ROLLUP", "CUBE"}) && IsSymbol("(", 1)) {
    const bool is_rollup = IsWord("ROLLUP");
    ++at_;
    ASSIGN_OR_RETURN(auto columns, ParseGroupingList());
    if (!is_rollup && columns.size() > kMaxCubeSets)
      return Unsupported("CUBE of more than 12 columns");
    return is_rollup ? RollupSets(columns) : CubeSets(columns);
  }
  if (IsWords({"GROUPING", "SETS"}) && IsSymbol("(", 2)) {
    at_ += 3;
    GroupingSets sets;
    do {
      ASSIGN_OR_RETURN(auto element, ParseGroupingElement());
      sets.insert(sets.end(), element.begin(), element.end());
    } while (TakeSymbol(","));
    RETURN_IF_ERROR(ExpectSymbol(")"));
    return sets;
  }
  ASSIGN_OR_RETURN(auto set, ParseGroupingSet());
  return GroupingSets{std::move(set)};
}

// ( set, set, … ), each a column or a parenthesised list of columns.
Result<GroupingSets> SqlParser::ParseGroupingList() {
  RETURN_IF_ERROR(ExpectSymbol("("));
  GroupingSets sets;
  do {
    ASSIGN_OR_RETURN(auto set, ParseGroupingSet());
    sets.push_back(std::move(set));
  } while (TakeSymbol(","));
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return sets;
}

Result<std::vector<ExpressionPtr>> SqlParser::ParseGroupingSet() {
  // A parenthesis that ends the set is a list; else it belongs to an expression: (a + b) * 2.
  if (IsSymbol("(") && !GroupIsQuery()) {
    const size_t behind = BehindGroup(at_) - at_;
    if (IsSymbol(",", behind) || IsSymbol(")", behind)) {
      ++at_;
      std::vector<ExpressionPtr> set;
      if (!IsSymbol(")")) {
        ASSIGN_OR_RETURN(set, ParseExpressions());
      }
      RETURN_IF_ERROR(ExpectSymbol(")"));
      return set;
    }
  }
  ASSIGN_OR_RETURN(auto expression, ParseExpression());
  return std::vector<ExpressionPtr>{std::move(expression)};
}

}  // namespace ember
