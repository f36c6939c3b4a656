#pragma once

#include <span>

#include "functions/registry.h"

namespace ember {

/// Result types that many rows share; each is a ResultTypeFunction.
Result<DataType> ResultNull(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultBoolean(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultByte(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultInteger(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultLong(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultFloat(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultDouble(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultString(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultBinary(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultDate(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultTimestamp(std::span<const ArgumentInfo> arguments,
                                 const TypeContext& context);
Result<DataType> ResultTimestampNtz(std::span<const ArgumentInfo> arguments,
                                    const TypeContext& context);
Result<DataType> ResultSameAsFirst(std::span<const ArgumentInfo> arguments,
                                   const TypeContext& context);
Result<DataType> ResultSameAsSecond(std::span<const ArgumentInfo> arguments,
                                    const TypeContext& context);
Result<DataType> ResultSameAsLast(std::span<const ArgumentInfo> arguments,
                                  const TypeContext& context);
/// array<first argument>, with nulls when the argument may be null.
Result<DataType> ResultArrayOfFirst(std::span<const ArgumentInfo> arguments,
                                    const TypeContext& context);
/// array<string>; elements may be null, or never are.
Result<DataType> ResultStringArray(std::span<const ArgumentInfo> arguments,
                                   const TypeContext& context);
Result<DataType> ResultStringArrayNoNulls(std::span<const ArgumentInfo> arguments,
                                          const TypeContext& context);
/// The element of the first argument, an array.
Result<DataType> ResultElementOfFirst(std::span<const ArgumentInfo> arguments,
                                      const TypeContext& context);

}  // namespace ember
