// SELECT * EXCEPT (…): UnresolvedStarExcept.
#include <algorithm>
#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/name_matching.h"

namespace ember {
namespace {

// What an exclusion takes away: a column, or what is below it by the positions of nested fields.
struct Exclusion {
  int64_t column = 0;
  std::vector<int> path;
};

Result<Exclusion> ExclusionOf(const ResolvedExpression& resolved) {
  Exclusion exclusion;
  const ResolvedExpression* expression = &resolved;
  while (const auto* access = std::get_if<ResolvedFieldAccess>(&expression->node)) {
    if (!access->child->type.Is(TypeKind::kStruct)) {
      return Unsupported("EXCEPT of a field of an array");
    }
    exclusion.path.insert(exclusion.path.begin(), access->ordinal);
    expression = access->child.get();
  }
  const auto* column = std::get_if<ColumnReference>(&expression->node);
  if (column == nullptr) return Unsupported("EXCEPT of something that is not a column or field");
  exclusion.column = column->id;
  return exclusion;
}

std::string ExceptList(const std::vector<std::vector<std::string>>& except) {
  std::string list;
  for (const auto& name : except) {
    std::string dotted;
    for (const auto& part : name) dotted += (dotted.empty() ? "" : ".") + part;
    list += (list.empty() ? "" : ", ") + dotted;
  }
  return list;
}

bool Overlap(const std::vector<int>& a, const std::vector<int>& b) {
  const size_t shared = std::min(a.size(), b.size());
  return std::equal(a.begin(), a.begin() + static_cast<ptrdiff_t>(shared), b.begin());
}

}  // namespace

// A struct without the fields at `paths`, of which none is empty.
Result<ResolvedExpressionPtr> Analysis::StructWithout(const ResolvedExpressionPtr& value,
                                                      const std::vector<std::vector<int>>& paths) {
  std::vector<ResolvedExpressionPtr> arguments;
  const auto& fields = value->type.fields();
  for (size_t i = 0; i < fields.size(); ++i) {
    std::vector<std::vector<int>> below;
    bool is_excluded = false;
    for (const auto& path : paths) {
      if (path.front() != static_cast<int>(i)) continue;
      is_excluded = is_excluded || path.size() == 1;
      below.emplace_back(path.begin() + 1, path.end());
    }
    if (is_excluded) continue;
    ASSIGN_OR_RETURN(auto field, ExtractField(value, fields[i].name));
    if (!below.empty()) {
      ASSIGN_OR_RETURN(field, StructWithout(field, below));
    }
    arguments.push_back(ResolvedLiteral({StringType(), {fields[i].name}}));
    arguments.push_back(std::move(field));
  }
  if (arguments.empty()) return Unsupported("a struct without fields");
  return MakeCall("named_struct", std::move(arguments));
}

Result<std::vector<NamedExpression>> Analysis::ExcludeColumns(
    std::vector<NamedExpression> expanded, const std::vector<std::vector<std::string>>& except) {
  std::vector<ResolvedColumn> columns;
  for (const auto& item : expanded) columns.push_back(item.column);
  Scope scope;
  scope.levels = {&columns};
  std::vector<Exclusion> exclusions;
  for (const auto& name : except) {
    ASSIGN_OR_RETURN(
        auto resolved,
        ResolveAttribute({.parts = name, .plan_id = {}, .is_metadata_column = false}, scope));
    ASSIGN_OR_RETURN(Exclusion exclusion, ExclusionOf(*resolved));
    for (const Exclusion& other : exclusions) {
      if (other.column == exclusion.column && Overlap(other.path, exclusion.path)) {
        return MakeError("EXCEPT_OVERLAPPING_COLUMNS", {{"columns", ExceptList(except)}});
      }
    }
    exclusions.push_back(std::move(exclusion));
  }
  std::vector<NamedExpression> kept;
  for (auto& item : expanded) {
    std::vector<std::vector<int>> paths;
    bool is_excluded = false;
    for (const Exclusion& exclusion : exclusions) {
      if (exclusion.column != item.column.id) continue;
      is_excluded = is_excluded || exclusion.path.empty();
      paths.push_back(exclusion.path);
    }
    if (is_excluded) continue;
    if (!paths.empty()) {
      ASSIGN_OR_RETURN(auto rest, StructWithout(item.expression, paths));
      item = Named(std::move(rest), item.column.name);
    }
    kept.push_back(std::move(item));
  }
  return kept;
}

}  // namespace ember
