#pragma once

#include <optional>

#include "analyzer/resolved.h"

namespace ember {

/// The value of a constant expression as far as it is plain to see: a literal, its negation, and
/// casts between integers. Function rows use it to choose SQL; nothing is lost when it gives none.
std::optional<Value> FoldConstant(const ResolvedExpression& expression);

}  // namespace ember
