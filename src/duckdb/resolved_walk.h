#pragma once

#include <functional>

#include "analyzer/resolved.h"

namespace ember {

/// The relations directly below, subqueries of expressions not included.
std::vector<ResolvedRelationPtr> InputsOf(const ResolvedRelation& relation);
/// Calls `visit` for the relation and all below, top down.
void VisitRelations(const ResolvedRelation& relation,
                    const std::function<void(const ResolvedRelation&)>& visit);

}  // namespace ember
