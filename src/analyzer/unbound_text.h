#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "plan/expression.h"

namespace ember {

/// Spark's text of an expression whose lambda parameters are not bound: what errors show when a
/// higher-order function refuses its other arguments. Parameters keep their names.
Result<std::string> UnboundText(const Expression& expression, std::string_view zone);

}  // namespace ember
