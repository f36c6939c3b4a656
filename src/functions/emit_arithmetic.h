#pragma once

#include "functions/registry.h"
#include "types/coercion.h"

namespace ember {

/// DuckDB SQL of Spark's arithmetic. In ANSI mode results that do not fit raise, in try_ functions
/// they are null, with ANSI mode off integers wrap around and decimals are null.
Result<std::string> EmitAdd(const EmitContext& context);
Result<std::string> EmitSubtract(const EmitContext& context);
Result<std::string> EmitMultiply(const EmitContext& context);
Result<std::string> EmitDivide(const EmitContext& context);
Result<std::string> EmitRemainder(const EmitContext& context);
Result<std::string> EmitPmod(const EmitContext& context);
Result<std::string> EmitIntegralDivide(const EmitContext& context);
Result<std::string> EmitNegative(const EmitContext& context);
Result<std::string> EmitAbs(const EmitContext& context);

/// Types of their results; null arguments make the other's type.
Result<DataType> ResultAdd(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultSubtract(std::span<const ArgumentInfo> arguments,
                                const TypeContext& context);
Result<DataType> ResultMultiply(std::span<const ArgumentInfo> arguments,
                                const TypeContext& context);
Result<DataType> ResultDivide(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<DataType> ResultRemainder(std::span<const ArgumentInfo> arguments,
                                 const TypeContext& context);
Result<DataType> ResultIntegralDivide(std::span<const ArgumentInfo> arguments,
                                      const TypeContext& context);

/// Decimals: `operation` on the two arguments, as context.result.
Result<std::string> EmitDecimal(DecimalOperation operation, const EmitContext& context);

}  // namespace ember
