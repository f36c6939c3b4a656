#include "functions/registry.h"

namespace ember {

std::span<const FunctionRow> WindowFunctions() { return {}; }

}  // namespace ember
