#include "functions/registry.h"

namespace ember {

std::span<const FunctionRow> DatetimeFunctions() { return {}; }

}  // namespace ember
