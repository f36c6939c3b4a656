#pragma once

#include <string_view>
#include <vector>

#include "analyzer/analysis.h"

namespace ember {

/// Metadata of the column that SessionWindowing makes.
inline constexpr std::string_view kSessionWindowMark = R"({"spark.sessionWindow":true})";

/// `input` with the column session_window: the session of a call of session_window() that a row is
/// in, among the rows of equal `keys`. Rows without a time, or with a gap that is not positive, are
/// dropped.
Result<ResolvedRelationPtr> WithSessionWindow(Analysis& analysis, ResolvedRelationPtr input,
                                              const UnresolvedFunction& call,
                                              const std::vector<ExpressionPtr>& keys,
                                              const Scope* outer);

}  // namespace ember
