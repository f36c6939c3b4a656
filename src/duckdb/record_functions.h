#pragma once

#include <vector>

#include "functions/native.h"

namespace ember {

/// Native functions that take records of text files apart.
std::vector<NativeFunction> RecordFunctions();

}  // namespace ember
