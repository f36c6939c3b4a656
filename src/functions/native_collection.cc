#include "functions/native_tables.h"

namespace ember {

std::vector<NativeFunction> CollectionNatives() { return {}; }

}  // namespace ember
