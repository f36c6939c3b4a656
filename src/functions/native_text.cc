#include "functions/native_tables.h"

namespace ember {

std::vector<NativeFunction> TextNatives() { return {}; }

}  // namespace ember
