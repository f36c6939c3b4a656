#include "functions/registry.h"

namespace ember {

std::span<const FunctionRow> StringFunctions() { return {}; }

}  // namespace ember
