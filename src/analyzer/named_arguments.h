#pragma once

#include <optional>

#include "base/result.h"
#include "plan/expression.h"

namespace ember {

/// The call with its named arguments (f(x => 1)) at their places and defaults between them. Only
/// functions with a declared signature take names; only they tell which parameter is missing. None
/// when the call may stay as it is.
Result<std::optional<UnresolvedFunction>> PlaceNamedArguments(const UnresolvedFunction& call);

/// The value of an argument x => value, null for others.
const Expression* NamedArgumentValue(const Expression& argument);

}  // namespace ember
