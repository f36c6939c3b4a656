#pragma once

#include <span>
#include <string>
#include <vector>

#include "functions/registry.h"

namespace ember {

/// mask(text, upper, lower, digit, other).
Result<std::vector<DataType>> CoerceMask(std::span<const ArgumentInfo> arguments,
                                         const TypeContext& context);
Result<std::string> EmitMask(const EmitContext& context);

}  // namespace ember
