#include "functions/native_tables.h"

namespace ember {

std::vector<NativeFunction> MathNatives() { return {}; }

}  // namespace ember
