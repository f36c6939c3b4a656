#include "functions/registry.h"

namespace ember {

std::span<const FunctionRow> MiscFunctions() { return {}; }

}  // namespace ember
