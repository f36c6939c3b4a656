#pragma once

#include <span>
#include <string>
#include <vector>

#include "functions/registry.h"

namespace ember {

/// trim, ltrim, rtrim: the characters first, then the text; or the text alone.
Result<std::vector<DataType>> CoerceTrimmed(std::span<const ArgumentInfo> arguments,
                                            const TypeContext& context);
Result<std::string> EmitTrim(const EmitContext& context);
Result<std::string> EmitLtrim(const EmitContext& context);
Result<std::string> EmitRtrim(const EmitContext& context);
std::string PrettyTrim(std::span<const std::string> text);
std::string PrettyLtrim(std::span<const std::string> text);
std::string PrettyRtrim(std::span<const std::string> text);

}  // namespace ember
