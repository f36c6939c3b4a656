#include "functions/native_tables.h"

namespace ember {

std::vector<NativeFunction> RegexNatives() { return {}; }

}  // namespace ember
