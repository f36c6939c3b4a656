#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "functions/registry.h"

namespace ember {

/// What the rows of operators compute, beside emit_arithmetic.h and emit_interval.h: how they are
/// typed, printed and written.

bool ArithmeticIsNullable(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<std::string> EmitPlus(const EmitContext& context);
Result<std::string> EmitMinus(const EmitContext& context);
Result<DataType> ResultPlus(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultMinus(std::span<const ArgumentInfo> arguments, const TypeContext& context);
std::optional<Replacement> ReplacePlus(std::span<const ArgumentInfo> arguments);
std::optional<Replacement> ReplaceMinus(std::span<const ArgumentInfo> arguments);
std::string PrettyPlus(std::span<const std::string> text);
std::string PrettyMinus(std::span<const std::string> text);
std::string PrettyNotEqual(std::span<const std::string> text);
std::string PrettyBitwiseNot(std::span<const std::string> text);
std::string PrettyIn(std::span<const std::string> text);
std::string PrettyIsNull(std::span<const std::string> text);
std::string PrettyIsNotNull(std::span<const std::string> text);
std::string PrettyMoveForward(std::span<const std::string> text);
std::string PrettyMoveBack(std::span<const std::string> text);
std::string PrettyAddDays(std::span<const std::string> text);
std::string PrettySubtractDays(std::span<const std::string> text);
Result<std::vector<DataType>> CoerceBetween(std::span<const ArgumentInfo> arguments,
                                            const TypeContext& context);
Result<std::string> EmitIn(const EmitContext& context);
Result<std::string> EmitAnd(const EmitContext& context);
Result<std::string> EmitOr(const EmitContext& context);
Result<std::string> EmitLess(const EmitContext& context);
Result<std::string> EmitLessOrEqual(const EmitContext& context);
Result<std::string> EmitGreater(const EmitContext& context);
Result<std::string> EmitGreaterOrEqual(const EmitContext& context);
Result<std::string> EmitShiftLeft(const EmitContext& context);
Result<std::string> EmitShiftRight(const EmitContext& context);
Result<std::string> EmitShiftRightUnsigned(const EmitContext& context);
Result<std::vector<DataType>> CoerceShift(std::span<const ArgumentInfo> arguments,
                                          const TypeContext&);
Result<std::string> EmitCalendarProduct(const EmitContext& context);
Result<std::string> EmitCalendarQuotient(const EmitContext&);

}  // namespace ember
