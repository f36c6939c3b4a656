#pragma once

#include "functions/registry.h"

namespace ember {

/// Arithmetic of dates, timestamps and intervals. The rows of + - * / are replaced by these
/// internal rows before types are converted (BinaryArithmeticWithDatetimeResolver); their names
/// hold a space, so that no query can name them.
std::optional<Replacement> ReplaceAdd(std::span<const ArgumentInfo> arguments);
std::optional<Replacement> ReplaceSubtract(std::span<const ArgumentInfo> arguments);
std::optional<Replacement> ReplaceMultiply(std::span<const ArgumentInfo> arguments);
std::optional<Replacement> ReplaceDivide(std::span<const ArgumentInfo> arguments);

Result<std::string> EmitAddDayInterval(const EmitContext& context);
Result<std::string> EmitSubtractDayInterval(const EmitContext& context);
Result<std::string> EmitAddInterval(const EmitContext& context);
Result<std::string> EmitSubtractInterval(const EmitContext& context);
Result<std::string> EmitSubtractDates(const EmitContext& context);
Result<std::string> EmitSubtractTimestamps(const EmitContext& context);
Result<std::string> EmitMultiplyInterval(const EmitContext& context);
Result<std::string> EmitDivideInterval(const EmitContext& context);

Result<DataType> ResultDatetimeAndInterval(std::span<const ArgumentInfo> arguments,
                                           const TypeContext& context);
Result<DataType> ResultDayInterval(std::span<const ArgumentInfo> arguments,
                                   const TypeContext& context);
Result<DataType> ResultDayTimeInterval(std::span<const ArgumentInfo> arguments,
                                       const TypeContext& context);
/// The widest interval of the first argument's kind.
Result<DataType> ResultWholeInterval(std::span<const ArgumentInfo> arguments,
                                     const TypeContext& context);
/// Strings become the other side's type, dates timestamps.
Result<std::vector<DataType>> CoerceTimestampDifference(std::span<const ArgumentInfo> arguments,
                                                        const TypeContext& context);
Result<std::vector<DataType>> CoerceDateDifference(std::span<const ArgumentInfo> arguments,
                                                   const TypeContext& context);
Result<std::vector<DataType>> CoerceIntervalFactor(std::span<const ArgumentInfo> arguments,
                                                   const TypeContext& context);

}  // namespace ember
