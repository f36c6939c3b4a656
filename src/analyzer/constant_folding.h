#pragma once

#include <optional>

#include "analyzer/resolved.h"

namespace ember {

/// The value of a constant expression of the shapes that rows ask for: literals, casts between
/// simple types, negation, arrays and structs of constants. Null when it is not one of these.
std::optional<Value> FoldConstant(const ResolvedExpression& expression);

}  // namespace ember
