#include "functions/native_tables.h"

namespace ember {

std::vector<NativeFunction> HashNatives() { return {}; }

}  // namespace ember
