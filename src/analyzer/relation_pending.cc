#include "analyzer/analysis.h"

namespace ember {

#define EMBER_PENDING(Node, name) \
  Result<ResolvedRelationPtr> Analysis::ResolveNode(const Node&, const Scope*) { return Unsupported(name); }
EMBER_PENDING(Describe, "describe")
EMBER_PENDING(Summary, "summary")
EMBER_PENDING(Crosstab, "crosstab")
EMBER_PENDING(ColumnStatistic, "cov and corr")
EMBER_PENDING(ApproxQuantile, "approxQuantile")
EMBER_PENDING(FreqItems, "freqItems")
bool Analysis::IsSqlUnpivot(const Unpivot& unpivot) const { return unpivot.is_sql; }

}  // namespace ember
