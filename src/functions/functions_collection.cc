#include "functions/registry.h"

namespace ember {

std::span<const FunctionRow> CollectionFunctions() { return {}; }

}  // namespace ember
