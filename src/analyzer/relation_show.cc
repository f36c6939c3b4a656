#include <utility>

#include "analyzer/analysis.h"
#include "analyzer/resolved_relations.h"

namespace ember {

// Dataset.getRows: every column as text (ToPrettyString), one row more than is shown.
Result<ResolvedRelationPtr> Analysis::ResolveNode(const ShowString& show, const Scope* outer) {
  ASSIGN_OR_RETURN(auto input, Resolve(*show.input, outer));
  std::vector<NamedExpression> texts;
  for (const auto& column : input->columns) {
    ResolvedExpressionPtr text = Reference(column);
    if (!column.type.IsStringLike()) {
      ASSIGN_OR_RETURN(text, MakeCast(std::move(text), StringType(), CastMode::kLegacy, false));
    }
    texts.push_back(Named(std::move(text), column.name));
  }
  auto limited = Over(*input, ResolvedLimit{input, int64_t{show.rows} + 1, 0});
  auto projected = MakeProject(std::move(limited), std::move(texts));
  return MakeResolvedRelation(ResolvedShowString{.input = std::move(projected),
                                                 .rows = show.rows,
                                                 .truncate = show.truncate,
                                                 .vertical = show.vertical,
                                                 .html = show.html},
                              {NewColumn(show.html ? "html_string" : "show_string", StringType(),
                                         false)});
}

}  // namespace ember
