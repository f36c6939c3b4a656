#include "functions/native_tables.h"

namespace ember {

std::vector<NativeFunction> JsonNatives() { return {}; }

}  // namespace ember
