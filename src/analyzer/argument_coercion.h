#pragma once

#include <string>
#include <vector>

#include "analyzer/resolved_expressions.h"
#include "types/coercion.h"

namespace ember {

/// The arguments as rows see them.
std::vector<ArgumentInfo> ArgumentInfos(const std::vector<ResolvedExpressionPtr>& arguments);

/// Converts a call's arguments by its row's rule and checks their types (TypeCoercion, then
/// checkInputDataTypes). `pretty` is the call's text in errors.
Status CoerceArguments(ResolvedCall& call, const TypeContext& context, CastMode mode,
                       const std::string& pretty);

/// An error of a row with the call's text, which rows do not know.
Error WithCallText(Error error, const std::string& pretty);

}  // namespace ember
