#pragma once

#include "functions/registry.h"

namespace ember {

/// round and bround: RoundBase; floor and ceil, with digits RoundFloor and RoundCeil.
Result<DataType> ResultRound(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultFloor(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<std::vector<DataType>> CoerceFloor(std::span<const ArgumentInfo> arguments,
                                          const TypeContext& context);
Result<std::vector<DataType>> CoerceCeil(std::span<const ArgumentInfo> arguments,
                                         const TypeContext& context);
Result<std::string> EmitRound(const EmitContext& context);
Result<std::string> EmitBround(const EmitContext& context);
Result<std::string> EmitFloor(const EmitContext& context);
Result<std::string> EmitCeil(const EmitContext& context);

}  // namespace ember
