#pragma once

#include "functions/registry.h"

namespace ember {

// What the rows of functions_string.cc compute by: conversions, result types, SQL and names.

bool FirstIsNullable(std::span<const ArgumentInfo> arguments, const TypeContext& context);
bool LocateIsNullable(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<std::string> EmitLocate(const EmitContext& context);
Result<DataType> ResultConcat(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<std::string> EmitLength(const EmitContext& context);
Result<std::string> EmitOctetLength(const EmitContext& context);
Result<std::string> EmitBitLength(const EmitContext& context);
Result<std::vector<DataType>> CoerceTextOrBinaryPair(std::span<const ArgumentInfo> arguments,
                                                     const TypeContext& context);
bool SearchIsNullable(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<std::string> EmitStartsWith(const EmitContext& context);
Result<std::string> EmitEndsWith(const EmitContext& context);
Result<std::string> EmitTextContains(const EmitContext& context);
Result<std::vector<DataType>> CoerceOverlay(std::span<const ArgumentInfo> arguments,
                                            const TypeContext& context);
Result<std::string> EmitOverlay(const EmitContext& context);
Result<std::vector<DataType>> CoerceDecode(std::span<const ArgumentInfo> arguments,
                                           const TypeContext& context);
Result<DataType> ResultDecode(std::span<const ArgumentInfo> arguments, const TypeContext& context);
bool DecodeIsNullable(std::span<const ArgumentInfo> arguments, const TypeContext& context);
Result<std::vector<DataType>> CoerceElt(std::span<const ArgumentInfo> arguments,
                                        const TypeContext& context);
Result<std::vector<DataType>> CoerceFormatNumber(std::span<const ArgumentInfo> arguments,
                                                 const TypeContext& context);
Result<std::vector<DataType>> CoerceFormatString(std::span<const ArgumentInfo> arguments,
                                                 const TypeContext& context);
Result<std::string> EmitLevenshtein(const EmitContext& context);
std::optional<Replacement> ReplaceLpad(std::span<const ArgumentInfo> arguments);
std::optional<Replacement> ReplaceRpad(std::span<const ArgumentInfo> arguments);
Result<std::string> EmitLpad(const EmitContext& context);
Result<std::string> EmitRpad(const EmitContext& context);
Result<std::string> EmitLpadBinary(const EmitContext& context);
Result<std::string> EmitRpadBinary(const EmitContext& context);
Result<DataType> ResultRegexpReplace(std::span<const ArgumentInfo> arguments,
                                     const TypeContext& context);
Result<std::string> EmitReverse(const EmitContext& context);
Result<std::string> EmitSplitPart(const EmitContext& context);
Result<std::string> EmitUpper(const EmitContext& context);
Result<std::string> EmitLower(const EmitContext& context);
Result<std::string> EmitInitcap(const EmitContext& context);
Result<std::string> EmitUnbase64(const EmitContext& context);
Result<std::string> EmitUrlDecode(const EmitContext& context);

}  // namespace ember
