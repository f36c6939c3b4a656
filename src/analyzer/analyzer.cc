#include "analyzer/analyzer.h"

#include <algorithm>
#include <utility>

#include "analyzer/analysis.h"

namespace ember {

namespace {
// Each level of a plan takes a few stack frames; deeper plans are refused rather than overflow.
constexpr int kMaxDepth = 4000;
}  // namespace

Result<ResolvedRelationPtr> Analysis::Resolve(const Relation& relation, const Scope* outer) {
  if (depth_ >= kMaxDepth) return Unsupported("plans of more than 4000 levels");
  // Asked before the input is resolved: a persisted plan is analysed with what the catalog said
  // when it was persisted.
  const auto key = catalog_.FindCached(relation);
  ++depth_;
  auto resolved =
      std::visit([&](const auto& node) { return ResolveNode(node, outer); }, relation.node);
  --depth_;
  if (!resolved.ok()) return resolved;
  if (key) {
    std::vector<ResolvedColumn> columns = (*resolved)->columns;
    ResolvedRelation cached = *MakeResolvedRelation(ResolvedCached{*resolved, *key}, columns);
    cached.hidden = (*resolved)->hidden;
    cached.is_aliased = (*resolved)->is_aliased;
    resolved = std::make_shared<const ResolvedRelation>(std::move(cached));
  }
  if (!relation.plan_id) return resolved;
  const auto& ids = (*resolved)->plan_ids;
  if (std::find(ids.begin(), ids.end(), *relation.plan_id) != ids.end()) return resolved;
  ResolvedRelation named = **resolved;
  named.plan_ids.push_back(*relation.plan_id);
  return std::make_shared<const ResolvedRelation>(std::move(named));
}

Result<ResolvedRelationPtr> Analyze(const Relation& relation, SourceCatalog& catalog,
                                    const AnalyzerOptions& options) {
  Analysis analysis(catalog, options);
  return analysis.Resolve(relation, nullptr);
}

}  // namespace ember
