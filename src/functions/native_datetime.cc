#include "functions/native_tables.h"

namespace ember {

std::vector<NativeFunction> DatetimeNatives() { return {}; }

}  // namespace ember
