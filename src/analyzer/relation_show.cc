#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/resolved_relations.h"

namespace ember {

// Dataset.getRows: one row more than is shown. The engine makes the texts (ToPrettyString).
Result<ResolvedRelationPtr> Analysis::ResolveNode(const ShowString& show, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*show.input, outer));
  auto limited = Over(*input, ResolvedLimit{input, int64_t{show.rows} + 1, 0});
  return MakeResolvedRelation(
      ResolvedShowString{.input = std::move(limited),
                         .rows = show.rows,
                         .truncate = show.truncate,
                         .vertical = show.vertical,
                         .html = show.html},
      {NewColumn(show.html ? "html_string" : "show_string", StringType(), false)});
}

}  // namespace ember
