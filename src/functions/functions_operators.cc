#include "functions/registry.h"

namespace ember {

std::span<const FunctionRow> OperatorFunctions() { return {}; }

}  // namespace ember
