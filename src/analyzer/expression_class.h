#pragma once

#include <string>

#include "functions/registry.h"

namespace ember {

/// The Java class of Spark's expression for a function, which some errors name: of the row's name
/// with a capital, where no other is known.
std::string ExpressionClassName(const FunctionRow& row);

}  // namespace ember
