#include "functions/native_tables.h"

namespace ember {

std::vector<NativeFunction> CastNatives() { return {}; }

}  // namespace ember
