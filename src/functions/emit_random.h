#pragma once

#include "functions/registry.h"

namespace ember {

/// rand and randn: with a seed exactly the draws of Spark's generator for one partition, row by
/// row; without one, any.
Result<std::vector<DataType>> CoerceSeed(std::span<const ArgumentInfo> arguments,
                                         const TypeContext& context);
Result<DataType> ResultRand(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultRandn(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<std::string> EmitRand(const EmitContext& context);
Result<std::string> EmitRandn(const EmitContext& context);

/// Whether the SQL draws from a seed. Such a draw must be made for every row or for none.
bool DrawsFromSeed(std::string_view sql);

}  // namespace ember
