#pragma once

#include <functional>
#include <string>

#include "analyzer/resolved.h"

namespace ember {

/// Walkers of resolved relations.
void ForEachInput(const ResolvedRelation& relation,
                  const std::function<void(const ResolvedRelationPtr&)>& visit);
/// t.a: the column with its qualifier.
std::string PrettyQualified(const ResolvedColumn& column);

}  // namespace ember
