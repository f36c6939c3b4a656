// Joins and set operations of the SQL writer.
#include <fmt/format.h>

#include "duckdb/sql_text.h"
#include "duckdb/sql_writer.h"
#include "duckdb/stacked_projects.h"

namespace ember {
namespace {

// Parts tied in pairs, so that hundreds of them nest a few levels deep.
std::string Balanced(std::vector<std::string> parts, std::string_view operation) {
  while (parts.size() > 2) {
    std::vector<std::string> pairs;
    for (size_t i = 0; i + 1 < parts.size(); i += 2) {
      pairs.push_back(fmt::format("({}{}{})", parts[i], operation, parts[i + 1]));
    }
    if (parts.size() % 2 != 0) pairs.push_back(std::move(parts.back()));
    parts = std::move(pairs);
  }
  return JoinTexts(parts, operation);
}

std::string_view JoinKeyword(JoinType type) {
  switch (type) {
    case JoinType::kInner:
      return "JOIN";
    case JoinType::kLeftOuter:
      return "LEFT JOIN";
    case JoinType::kRightOuter:
      return "RIGHT JOIN";
    case JoinType::kFullOuter:
      return "FULL JOIN";
    case JoinType::kLeftSemi:
      return "SEMI JOIN";
    case JoinType::kLeftAnti:
      return "ANTI JOIN";
    case JoinType::kCross:
      return "CROSS JOIN";
  }
  return {};
}

std::string_view SetKeyword(SetOperationKind kind) {
  switch (kind) {
    case SetOperationKind::kUnion:
      return "UNION";
    case SetOperationKind::kIntersect:
      return "INTERSECT";
    case SetOperationKind::kExcept:
      return "EXCEPT";
  }
  return {};
}

}  // namespace

Result<std::string> SqlWriter::WriteNode(const ResolvedJoin& node,
                                         const ResolvedRelation& relation) {
  ASSIGN_OR_RETURN(std::string left, WriteRelation(*node.left));
  ASSIGN_OR_RETURN(std::string right, WriteRelation(*node.right));
  std::string condition;
  if (node.condition != nullptr) {
    ASSIGN_OR_RETURN(condition, WriteExpression(*node.condition));
  }
  std::string_view keyword = JoinKeyword(node.type);
  if (node.type == JoinType::kCross && !condition.empty()) keyword = JoinKeyword(JoinType::kInner);
  if (node.type == JoinType::kInner && condition.empty()) keyword = JoinKeyword(JoinType::kCross);
  if (keyword != JoinKeyword(JoinType::kCross)) {
    condition = fmt::format(" ON {}", condition.empty() ? "true" : condition);
  }
  return fmt::format("SELECT {} FROM ({}) AS l {} {}({}) AS r{}",
                     ColumnNamesOrNothing(relation.columns), left, keyword,
                     node.is_lateral ? "LATERAL " : "", right, condition);
}

Result<std::string> SqlWriter::WriteNode(const ResolvedSetOperation& node,
                                         const ResolvedRelation& relation) {
  std::string every = "*";
  if (node.kind != SetOperationKind::kUnion || !node.is_all) {
    // Rows are compared as keys of groups are.
    std::vector<ResolvedColumn> by_position = relation.columns;
    for (size_t i = 0; i < by_position.size(); ++i) by_position[i].id = static_cast<int64_t>(i);
    every = EveryColumnNormalized(by_position);
  }
  std::vector<std::string> sides;
  for (const ResolvedRelationPtr& input : UnitedInputs(node)) {
    ASSIGN_OR_RETURN(std::string side, WriteQuery(*input));
    if (every != "*") side = fmt::format("SELECT {} FROM {}", every, FromQuery(side));
    sides.push_back(fmt::format("({})", side));
  }
  const std::string keyword =
      fmt::format(" {}{} ", SetKeyword(node.kind), node.is_all ? " ALL" : "");
  const std::string both = Balanced(sides, keyword);
  if (relation.columns.empty()) return fmt::format("SELECT {} FROM ({}) AS t", kNoColumnsSql, both);
  return fmt::format("SELECT * FROM ({}) AS t({})", both, AllColumnNames(relation.columns));
}

}  // namespace ember
