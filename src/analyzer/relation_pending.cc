#include "analyzer/analysis.h"

namespace ember {

#define EMBER_PENDING(Node, name) \
  Result<ResolvedRelationPtr> Analysis::ResolveNode(const Node&, const Scope*) { return Unsupported(name); }
EMBER_PENDING(SetOperation, "set operations")
EMBER_PENDING(ToSchema, "DataFrame.to")
EMBER_PENDING(Unpivot, "unpivot")
EMBER_PENDING(FillNa, "fillna")
EMBER_PENDING(DropNa, "dropna")
EMBER_PENDING(ReplaceValues, "replace")
EMBER_PENDING(Describe, "describe")
EMBER_PENDING(Summary, "summary")
EMBER_PENDING(Crosstab, "crosstab")
EMBER_PENDING(ColumnStatistic, "cov and corr")
EMBER_PENDING(ApproxQuantile, "approxQuantile")
EMBER_PENDING(FreqItems, "freqItems")
EMBER_PENDING(TableFunction, "table functions")

Result<ResolvedExpressionPtr> Analysis::ResolveWindow(const WindowExpression&, const Scope&) { return Unsupported("windows"); }
Result<ResolvedExpressionPtr> Analysis::ResolveSubquery(const SubqueryExpression&, const Scope&) { return Unsupported("subqueries"); }
Result<ResolvedExpressionPtr> Analysis::ResolveHigherOrder(const UnresolvedFunction&, const FunctionRow&, const Scope&) { return Unsupported("higher-order functions"); }
Result<ResolvedRelationPtr> Analysis::ResolvePivot(const Aggregate&, ResolvedRelationPtr, const Scope*) { return Unsupported("pivot"); }
Result<ResolvedRelationPtr> Analysis::ResolveGroupingSets(const Aggregate&, ResolvedRelationPtr, const Scope&, const Scope&) { return Unsupported("grouping sets"); }
bool Analysis::IsGroupByAll(const Aggregate&) const { return false; }

}  // namespace ember
