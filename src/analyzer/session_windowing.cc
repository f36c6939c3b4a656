// SessionWindowing and MergingSessionsExec as windows: a row opens a session when it starts after
// all rows before it have ended; the sessions are numbered and span their rows.
#include "analyzer/session_windowing.h"

#include <utility>

namespace ember {
namespace {

// Helper columns, by names that no SQL text can give a column.
constexpr char kStart[] = "\001start", kEnd[] = "\001end", kOpens[] = "\001opens",
               kSession[] = "\001session";

// Appends a column that `expression` computes over the columns of `input`.
Result<ResolvedRelationPtr> WithColumn(Analysis& analysis, ResolvedRelationPtr input,
                                       const ExpressionPtr& expression, std::string name,
                                       const Scope* outer) {
  const Scope scope = Scope::Over(*input, outer);
  ASSIGN_OR_RETURN(auto value, analysis.ResolveExpression(*expression, scope));
  std::vector<SelectItem> items;
  for (const auto& column : input->columns) items.push_back({.named = PassThrough(column)});
  items.push_back({.named = analysis.Named(std::move(value), std::move(name))});
  return analysis.ProjectItems(std::move(input), std::move(items));
}

ExpressionPtr OverRows(ExpressionPtr function, std::vector<ExpressionPtr> keys,
                       std::vector<ExpressionPtr> order, std::optional<WindowFrame> frame) {
  return MakeExpression(WindowExpression{.function = std::move(function),
                                         .partition_by = std::move(keys),
                                         .order_by = std::move(order),
                                         .frame = std::move(frame)});
}

}  // namespace

Result<ResolvedRelationPtr> WithSessionWindow(Analysis& analysis, ResolvedRelationPtr input,
                                              const UnresolvedFunction& call,
                                              const std::vector<ExpressionPtr>& keys,
                                              const Scope* outer) {
  const auto columns = input->columns;
  const Scope scope = Scope::Over(*input, outer);
  ASSIGN_OR_RETURN(const auto session, analysis.ResolveCall(call, scope));
  std::vector<NamedExpression> first;
  for (const auto& column : columns) first.push_back(PassThrough(column));
  for (const char* bound : {kStart, kEnd}) {
    ASSIGN_OR_RETURN(auto value, analysis.ExtractField(session, bound + 1));
    first.push_back(analysis.Named(std::move(value), bound));
  }
  ASSIGN_OR_RETURN(auto is_open, analysis.MakeCall("<", {Reference(first[columns.size()].column),
                                                         Reference(first.back().column)}));
  input = MakeProject(std::move(input), std::move(first));
  input = Analysis::Over(*input, ResolvedFilter{input, std::move(is_open)});

  const auto start = Attribute({kStart});
  const std::vector<ExpressionPtr> order = {MakeExpression(SortOrder{.child = start})};
  const WindowFrame before = {.type = FrameType::kRow,
                              .lower = {.type = BoundType::kUnboundedPreceding, .value = {}},
                              .upper = {.type = BoundType::kValue, .value = LiteralInteger(-1)}};
  auto ended = OverRows(Call("max", {Attribute({kEnd})}), keys, order, before);
  auto opens =
      Call("if", {Call("<=", {start, std::move(ended)}), LiteralInteger(0), LiteralInteger(1)});
  ASSIGN_OR_RETURN(input, WithColumn(analysis, std::move(input), opens, kOpens, outer));
  // Rows of one start are peers: all of them are in the session that one of them opens.
  const auto number = OverRows(Call("sum", {Attribute({kOpens})}), keys, order, std::nullopt);
  ASSIGN_OR_RETURN(input, WithColumn(analysis, std::move(input), number, kSession, outer));
  std::vector<ExpressionPtr> rows = keys;
  rows.push_back(Attribute({kSession}));
  const auto span = Call(
      "named_struct",
      {LiteralString("start"), OverRows(Call("min", {start}), rows, {}, std::nullopt),
       LiteralString("end"), OverRows(Call("max", {Attribute({kEnd})}), rows, {}, std::nullopt)});
  ASSIGN_OR_RETURN(input, WithColumn(analysis, std::move(input), span, "session_window", outer));
  std::vector<NamedExpression> items;
  for (const auto& column : columns) items.push_back(PassThrough(column));
  items.push_back(PassThrough(input->columns.back()));
  items.back().column.metadata = kSessionWindowMark;
  return MakeProject(std::move(input), std::move(items));
}

}  // namespace ember
