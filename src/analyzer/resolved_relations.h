#pragma once

#include <functional>
#include <string>

#include "analyzer/resolved_expressions.h"

namespace ember {

/// Walkers of resolved relations.
void ForEachInput(const ResolvedRelation& relation,
                  const std::function<void(const ResolvedRelationPtr&)>& visit);
/// Every expression of a relation and of those below it, parts and subqueries included.
void ForEachExpression(const ResolvedRelation& relation, const ExpressionVisitor& visit);
/// t.a: the column with its qualifier.
std::string PrettyQualified(const ResolvedColumn& column);

}  // namespace ember
