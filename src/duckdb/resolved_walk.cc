#include "duckdb/resolved_walk.h"

namespace ember {

std::vector<ResolvedRelationPtr> InputsOf(const ResolvedRelation& relation) {
  return std::visit(
      [](const auto& node) -> std::vector<ResolvedRelationPtr> {
        if constexpr (requires { node.left; }) {
          return {node.left, node.right};
        } else if constexpr (requires { node.input; }) {
          return {node.input};
        } else {
          return {};
        }
      },
      relation.node);
}

void VisitRelations(const ResolvedRelation& relation,
                    const std::function<void(const ResolvedRelation&)>& visit) {
  visit(relation);
  for (const ResolvedRelationPtr& input : InputsOf(relation)) VisitRelations(*input, visit);
}

}  // namespace ember
