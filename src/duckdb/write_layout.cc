#include "duckdb/write_layout.h"

#include <algorithm>

namespace ember {
namespace {

// A node that gives its input's rows on, file by file.
const ResolvedRelation* PassesRowsOn(const ResolvedRelation& relation) {
  if (const auto* project = std::get_if<ResolvedProject>(&relation.node))
    return project->input.get();
  if (const auto* filter = std::get_if<ResolvedFilter>(&relation.node)) return filter->input.get();
  if (const auto* generate = std::get_if<ResolvedGenerate>(&relation.node))
    return generate->input.get();
  return nullptr;
}

bool AllThere(const std::vector<ResolvedExpressionPtr>& expressions,
              const std::vector<ResolvedColumn>& columns) {
  for (const ResolvedExpressionPtr& expression : expressions) {
    const auto* reference = std::get_if<ColumnReference>(&expression->node);
    if (reference == nullptr) return false;
    const auto same = [&](const ResolvedColumn& column) { return column.id == reference->id; };
    if (std::none_of(columns.begin(), columns.end(), same)) return false;
  }
  return true;
}

}  // namespace

WriteLayout LayoutOf(const ResolvedRelation& relation, int shuffle_partitions) {
  WriteLayout layout;
  layout.input = &relation;
  int at_most = 0;
  for (const ResolvedRelation* node = &relation; node != nullptr;) {
    if (const auto* sort = std::get_if<ResolvedSort>(&node->node)) {
      layout.is_sorted = true;
      if (sort->is_global) break;
      node = sort->input.get();
      continue;
    }
    if (const auto* repartition = std::get_if<ResolvedRepartition>(&node->node)) {
      if (repartition->is_coalesce) {
        at_most = repartition->partitions.value_or(1);
        node = repartition->input.get();
        continue;
      }
      layout.files = repartition->partitions.value_or(shuffle_partitions);
      if (AllThere(repartition->expressions, relation.columns))
        layout.hash_by = repartition->expressions;
      std::vector<ResolvedExpressionPtr> keys;
      for (const ResolvedSortOrder& order : repartition->range_order)
        keys.push_back(order.expression);
      if (repartition->by_range && AllThere(keys, relation.columns))
        layout.range_by = repartition->range_order;
      break;
    }
    node = PassesRowsOn(*node);
  }
  if (at_most > 0) layout.files = std::min(layout.files, at_most);
  layout.files = std::max(layout.files, 1);
  return layout;
}

}  // namespace ember
