#include "functions/registry.h"

namespace ember {

std::span<const FunctionRow> ConditionalFunctions() { return {}; }

}  // namespace ember
