#pragma once

#include <vector>

#include "functions/native.h"

namespace ember {

/// Native functions by group, each in its own file (native_text.cc …); NativeFunctions() gathers
/// them.
std::vector<NativeFunction> AggregateNatives();
std::vector<NativeFunction> TextNatives();
std::vector<NativeFunction> RegexNatives();
std::vector<NativeFunction> MathNatives();
std::vector<NativeFunction> CastNatives();
std::vector<NativeFunction> DecimalNatives();
std::vector<NativeFunction> FormatNatives();
std::vector<NativeFunction> CharsetNatives();
std::vector<NativeFunction> HashNatives();
std::vector<NativeFunction> DatetimeNatives();
std::vector<NativeFunction> CollectionNatives();
std::vector<NativeFunction> JsonNatives();

}  // namespace ember
