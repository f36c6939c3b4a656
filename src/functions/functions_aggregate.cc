#include "functions/registry.h"

namespace ember {

std::span<const FunctionRow> AggregateFunctions() { return {}; }

}  // namespace ember
