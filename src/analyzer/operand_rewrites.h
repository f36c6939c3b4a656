#pragma once

#include <optional>

#include "analyzer/resolved.h"

namespace ember {

class Analysis;

/// What Spark's analyzer makes of a call's operands before it converts their types, and shows in
/// the name of the column: a whole number meets a whole bound (1 < 1.5 is 1 < 2), an operand
/// without a type is NULL.
void RewriteOperands(ResolvedCall& call);

/// With ANSI mode off a boolean that is compared with 1 or 0 is that boolean, or its opposite
/// (TypeCoercion.BooleanEquality); nothing for other calls.
std::optional<Result<ResolvedExpressionPtr>> BooleanEquality(Analysis& analysis,
                                                             const ResolvedCall& call);

}  // namespace ember
