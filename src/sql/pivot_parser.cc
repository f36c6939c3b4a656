#include "sql/sql_parser.h"

namespace ember {

// PIVOT (aggregates FOR column IN (values))
Result<RelationPtr> SqlParser::ParsePivot(RelationPtr input) {
  at_ += 2;
  Aggregate pivot;
  pivot.input = std::move(input);
  pivot.type = GroupType::kPivot;
  pivot.is_sql = true;
  ASSIGN_OR_RETURN(pivot.aggregates, ParseNamedExpressions());
  RETURN_IF_ERROR(ExpectWord("FOR"));
  if (IsSymbol("(")) {
    ASSIGN_OR_RETURN(auto names, ParseIdentifierList());
    std::vector<ExpressionPtr> columns;
    for (auto& name : names) columns.push_back(Attribute({std::move(name)}));
    pivot.pivot_column = columns.size() == 1 ? columns[0] : Call("struct", std::move(columns));
  } else {
    ASSIGN_OR_RETURN(std::string name, ParseNamePart());
    pivot.pivot_column = Attribute({std::move(name)});
  }
  RETURN_IF_ERROR(ExpectWord("IN"));
  RETURN_IF_ERROR(ExpectSymbol("("));
  ASSIGN_OR_RETURN(pivot.pivot_values, ParseNamedExpressions());
  RETURN_IF_ERROR(ExpectSymbol(")"));
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return MakeRelation(std::move(pivot));
}

// UNPIVOT [INCLUDE NULLS] (value FOR name IN (columns)), or with several values a row
// ((value, …) FOR name IN ((column, …) [AS text], …))
Result<RelationPtr> SqlParser::ParseUnpivot(RelationPtr input) {
  ++at_;
  Unpivot unpivot;
  unpivot.input = std::move(input);
  unpivot.is_sql = true;
  unpivot.include_nulls = IsWord("INCLUDE");
  if (IsAnyWord({"INCLUDE", "EXCLUDE"})) {
    ++at_;
    RETURN_IF_ERROR(ExpectWord("NULLS"));
  }
  RETURN_IF_ERROR(ExpectSymbol("("));
  const bool is_multiple = IsSymbol("(");
  if (is_multiple) {
    ASSIGN_OR_RETURN(unpivot.value_columns, ParseIdentifierList());
  } else {
    ASSIGN_OR_RETURN(unpivot.value_column, ParseIdentifier());
  }
  RETURN_IF_ERROR(ExpectWord("FOR"));
  ASSIGN_OR_RETURN(unpivot.variable_column, ParseIdentifier());
  RETURN_IF_ERROR(ExpectWord("IN"));
  RETURN_IF_ERROR(ExpectSymbol("("));
  unpivot.values.emplace();
  do {
    if (is_multiple && !IsSymbol("(")) return SyntaxErrorHere(": missing '('");
    ASSIGN_OR_RETURN(auto column, is_multiple ? ParseUnpivotGroup() : ParseUnpivotColumn());
    unpivot.values->push_back(std::move(column));
  } while (TakeSymbol(","));
  RETURN_IF_ERROR(ExpectSymbol(")"));
  RETURN_IF_ERROR(ExpectSymbol(")"));
  return ParseTableAlias(MakeRelation(std::move(unpivot)));
}

Result<ExpressionPtr> SqlParser::ParseUnpivotColumn() {
  const size_t first = at_;
  ASSIGN_OR_RETURN(auto name, ParseMultipartName());
  auto column = Node(UnresolvedAttribute{.parts = std::move(name)}, first);
  const bool has_as = TakeWord("AS");
  if (!has_as && !IsIdentifier()) return column;
  ASSIGN_OR_RETURN(std::string alias, ParseNamePart());
  return As(std::move(column), std::move(alias));
}

// (column, …) [AS text]
Result<ExpressionPtr> SqlParser::ParseUnpivotGroup() {
  const size_t first = at_++;
  UnresolvedFunction group{.name = "struct", .is_internal = true};
  do {
    const size_t column = at_;
    ASSIGN_OR_RETURN(auto name, ParseMultipartName());
    group.arguments.push_back(Node(UnresolvedAttribute{.parts = std::move(name)}, column));
  } while (TakeSymbol(","));
  RETURN_IF_ERROR(ExpectSymbol(")"));
  auto node = Node(std::move(group), first);
  const bool has_as = TakeWord("AS");
  if (!has_as && !IsIdentifier()) return node;
  ASSIGN_OR_RETURN(std::string alias, ParseNamePart());
  return As(std::move(node), std::move(alias));
}

}  // namespace ember
