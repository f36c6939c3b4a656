#include "functions/registry.h"

namespace ember {

std::span<const FunctionRow> GeneratorFunctions() { return {}; }

}  // namespace ember
